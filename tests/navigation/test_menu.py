"""A menu appears when there is something to choose."""

from pathlib import Path

import pytest

from plugins.navigation import plan_menu
from plugins.problems import Place, Problems
from plugins.site import Page, Redirect, StaticFile
from plugins.yaml_mapping import Path as KeyPath
from plugins.yaml_mapping import Reading, Value
from tests.conftest import Site


def page(path: str, url: str, heading: str = "", menu: Value = None) -> Page:
    """Return a page whose `menu`, where it has one, stands on line 3."""
    given = {} if menu is None else {"menu": menu}
    return Page(path, url, f"{url}index.html", "Site", heading, front_matter=given, lines=dict.fromkeys(given, 3))


def cv(menu: Value) -> Page:
    """Return a page at /cv/ with a `menu`."""
    return page("content/pages/cv.md", "cv/", "Curriculum Vitae", menu)


def menu_of(pages: list[Page], navigation: Reading | None = None) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the menu's labels and links, and the problems."""
    problems = Problems()
    files = [StaticFile("content/files/cv.pdf", "files/cv.pdf", Path("cv.pdf"))]
    entries = plan_menu(pages, files, STUBS, navigation, "Home", problems)
    return [(entry.label, entry.url) for entry in entries], [str(problem) for problem in problems]


HOME = page("content/pages/about.md", "")
STUBS = {
    file: Redirect(source, target, Place("a.md"), source)
    for file, source, target in (
        ("talks/index.html", "/talks/", "/#talks"),
        ("resume.html", "/resume", "/cv/?print=1"),
        ("blog.html", "/blog.html", "https://blog.example.org/"),
    )
}


@pytest.mark.parametrize(
    ("pages", "menu"),
    [
        pytest.param([HOME], [], id="one page has no menu"),
        pytest.param([page("a.md", "", "Me", True)], [], id="nor has a lone home page that asks for one"),
        pytest.param([HOME, cv(None)], [], id="pages that ask for no place have none"),
        pytest.param([HOME, cv(False)], [], id="menu: false"),
        pytest.param([HOME, cv(True)], [("Home", ""), ("Curriculum Vitae", "cv/")], id="the heading; home leads"),
        pytest.param([HOME, cv("CV")], [("Home", ""), ("CV", "cv/")], id="a label"),
        pytest.param(
            [page("a.md", "", "", "Me"), cv(True)], [("Me", ""), ("Curriculum Vitae", "cv/")], id="home's own label"
        ),
        pytest.param(
            [HOME, cv(2), page("a.md", "life/", "Life", {"title": "Off", "order": 1})],
            [("Home", ""), ("Off", "life/"), ("Curriculum Vitae", "cv/")],
            id="places in the order",
        ),
        pytest.param([cv({"title": "CV"})], [], id="a menu of one entry is none"),
        pytest.param([page("a.md", "", "", False), cv(True)], [], id="home may stay out"),
    ],
)
def test_the_pages_keys_make_the_menu(pages: list[Page], menu: list[tuple[str, str]]) -> None:
    """Labels and links, in order."""
    assert menu_of(pages) == (menu, [])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(cv(["CV"]), "content/pages/cv.md:3: menu: ['CV'] is not a position in a menu; write", id="a list"),
        pytest.param(cv({"name": "CV"}), "is not a position in a menu", id="a key that is none"),
        pytest.param(page("a.md", "a/", "", True), "a.md:3: menu: has no label, and the page has no title", id="no"),
    ],
)
def test_a_menu_that_cannot_be_read_is_a_problem(page: Page, said: str) -> None:
    """With its line."""
    assert said in menu_of([HOME, page])[1][0]


def reading(main: Value, lines: dict[KeyPath, int] | None = None) -> Reading:
    """Return what a navigation.yml with this `main` holds."""
    return Reading({"main": main}, lines or {})


LIFE = page("content/pages/life.md", "life/", "Life")


def test_academicpages_navigation_is_taken_as_it_is() -> None:
    """Pages, files, other sites; what leads nowhere is left out with a warning."""
    main: Value = [
        {"title": "CV", "url": "/cv/"},
        {"title": "Life", "url": "life"},
        {"title": "PDF", "url": "/files/cv.pdf"},
        {"title": "Lab", "url": "https://example.org/lab"},
        {"title": "Teaching", "url": "/teaching/"},
    ]
    entries, problems = menu_of([HOME, cv(None), LIFE], reading(main, {("main", 4, "url"): 12}))
    assert entries == [
        ("CV", "cv/"),
        ("Life", "life/"),
        ("PDF", "files/cv.pdf"),
        ("Lab", "https://example.org/lab"),
    ]
    assert problems == [
        "content/navigation.yml:12: warning: url: '/teaching/' is neither a page nor a file of this site, and is left out; "
        "write the page, or remove the entry"
    ]


def test_an_entry_at_an_old_address_leads_to_its_target() -> None:
    """To the section of a page, with the query of the target and the entry's own fragment; nobody passes a redirect."""
    urls = ["/talks/", "talks", "/talks/index.html", "/resume#jobs", "/resume.html", "/blog.html"]
    entries, problems = menu_of([HOME], reading([{"title": url, "url": url} for url in urls], {}))
    assert [url for _, url in entries] == [
        *["#talks"] * 3,
        "cv/?print=1#jobs",
        "cv/?print=1",
        "https://blog.example.org/",
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("main", "said"),
    [
        pytest.param("CV", "main: is not a list of pages", id="no list"),
        pytest.param([{"title": "CV"}], "has no title or no url", id="no url"),
        pytest.param(["CV"], "has no title or no url", id="no mapping"),
        pytest.param([{"title": "X", "url": "javascript:alert(1)"}], "neither a page nor a file", id="a script"),
    ],
)
def test_a_navigation_that_cannot_be_read_is_a_problem(main: Value, said: str) -> None:
    """Each says what is wrong."""
    assert said in menu_of([HOME], reading(main))[1][0]


@pytest.mark.parametrize("main", [[{"title": "Home", "url": "/"}], []], ids=["the home page alone", "nothing"])
def test_a_navigation_of_less_than_two_pages_is_no_menu(main: Value) -> None:
    """There is nothing to choose."""
    assert menu_of([HOME, cv(True)], reading(main)) == ([], [])


def test_the_seed_alone_shows_no_menu(seed_site: Site) -> None:
    """Nothing to choose, nothing to see."""
    assert "<nav" not in seed_site.build().text("index.html")


def test_a_second_page_brings_the_menu_to_both(seed_site: Site) -> None:
    """Where one is is said to all: aria-current."""
    seed_site.write("content/pages/cv.md", '---\npermalink: /cv/\ntitle: CV\nmenu: "C & V"\n---\n\nText\n')
    built = seed_site.build(SITEURL="https://example.org/sub")
    home, cv_page = built.text("index.html"), built.text("cv/index.html")
    assert '<a href="/sub/" aria-current="page">Home</a>' in home
    assert '<a href="/sub/cv/">C &amp; V</a>' in home
    assert '<a href="/sub/cv/" aria-current="page">C &amp; V</a>' in cv_page
    assert "<nav" in built.text("404.html")


def test_navigation_yml_decides_where_there_is_one(seed_site: Site) -> None:
    """The file over the pages' keys."""
    seed_site.write("content/pages/cv.md", "---\npermalink: /cv/\nmenu: Other\n---\n\nText\n")
    seed_site.write("content/navigation.yml", "main:\n  - title: Me\n    url: /\n  - title: CV\n    url: /cv/\n")
    html = seed_site.build().text("index.html")
    assert '<a href="/" aria-current="page">Me</a>' in html
    assert '<a href="/cv/">CV</a>' in html
    assert "Other" not in html
