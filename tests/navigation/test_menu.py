"""A menu appears when there is something to choose."""

import pytest

from plugins.navigation.menu import Entry, Page, from_file, from_pages
from tests.conftest import Site

HOME = Page("content/pages/about.md", "", "")


def cv(menu: object) -> Page:
    """Return a page at /cv/ with a `menu`."""
    return Page("content/pages/cv.md", "cv/", "Curriculum Vitae", menu, 3)


@pytest.mark.parametrize(
    ("pages", "menu"),
    [
        pytest.param([HOME], [], id="one page has no menu"),
        pytest.param([Page("a.md", "", "Me", True)], [], id="nor has a lone home page that asks for one"),
        pytest.param([HOME, cv(None)], [], id="pages that ask for no place have none"),
        pytest.param([HOME, cv(False)], [], id="menu: false"),
        pytest.param([HOME, cv(True)], [("Home", ""), ("Curriculum Vitae", "cv/")], id="the heading; home leads"),
        pytest.param([HOME, cv("CV")], [("Home", ""), ("CV", "cv/")], id="a label"),
        pytest.param(
            [Page("a.md", "", "", "Me"), cv(True)], [("Me", ""), ("Curriculum Vitae", "cv/")], id="home's own label"
        ),
        pytest.param(
            [HOME, cv(2), Page("a.md", "life/", "Life", {"title": "Off", "order": 1})],
            [("Home", ""), ("Off", "life/"), ("Curriculum Vitae", "cv/")],
            id="places in the order",
        ),
        pytest.param([cv({"title": "CV"})], [], id="a menu of one entry is none"),
        pytest.param([Page("a.md", "", "", False), cv(True)], [], id="home may stay out"),
    ],
)
def test_the_pages_keys_make_the_menu(pages: list[Page], menu: list[tuple[str, str]]) -> None:
    """Labels and links, in order."""
    assert from_pages(pages, "Home") == ([Entry(*entry) for entry in menu], [])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(cv(["CV"]), "content/pages/cv.md:3: menu: ['CV'] is no place in a menu; write", id="a list"),
        pytest.param(cv({"name": "CV"}), "is no place in a menu", id="a key that is none"),
        pytest.param(Page("a.md", "a/", "", True, 2), "a.md:2: menu: has no label, and the page has no title", id="no"),
    ],
)
def test_a_menu_that_cannot_be_read_is_a_problem(page: Page, said: str) -> None:
    """With its line."""
    _, problems = from_pages([HOME, page], "Home")
    assert said in str(problems[0])


KNOWN = {"": "", "cv": "cv/", "life": "life/", "files/cv.pdf": "files/cv.pdf"}


def test_academicpages_navigation_is_taken_as_it_is() -> None:
    """Pages, files, other sites; what leads nowhere is left out with a warning."""
    values = {
        "main": [
            {"title": "CV", "url": "/cv/"},
            {"title": "Life", "url": "life"},
            {"title": "PDF", "url": "/files/cv.pdf"},
            {"title": "Lab", "url": "https://example.org/lab"},
            {"title": "Talks", "url": "/talks/"},
        ]
    }
    entries, problems = from_file(values, {("main", 4, "url"): 12}, KNOWN)
    assert [(entry.label, entry.url) for entry in entries] == [
        ("CV", "cv/"),
        ("Life", "life/"),
        ("PDF", "files/cv.pdf"),
        ("Lab", "https://example.org/lab"),
    ]
    assert [str(problem) for problem in problems] == [
        "content/navigation.yml:12: warning: url: '/talks/' is no page and no file of this site, and is left out; "
        "write the page, or take the entry out"
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"main": "CV"}, "main: is no list of pages", id="no list"),
        pytest.param({"main": [{"title": "CV"}]}, "has no title or no url", id="no url"),
        pytest.param({"main": ["CV"]}, "has no title or no url", id="no mapping"),
        pytest.param({"main": [{"title": "X", "url": "javascript:alert(1)"}]}, "no page and no file", id="a script"),
    ],
)
def test_a_navigation_that_cannot_be_read_is_a_problem(values: dict[str, object], said: str) -> None:
    """Each says what is wrong."""
    assert said in str(from_file(values, {}, KNOWN)[1][0])


@pytest.mark.parametrize("main", [[{"title": "Home", "url": "/"}], []], ids=["the home page alone", "nothing"])
def test_a_navigation_of_less_than_two_pages_is_no_menu(main: list[dict[str, str]]) -> None:
    """There is nothing to choose."""
    assert from_file({"main": main}, {}, KNOWN) == ([], [])


def test_the_seed_alone_shows_no_menu(seed_site: Site) -> None:
    """Nothing to choose, nothing to see."""
    assert "<nav" not in seed_site.build().text("index.html")


def test_a_second_page_brings_the_menu_to_both(seed_site: Site) -> None:
    """Where one is is said to all: aria-current."""
    seed_site.write("content/pages/cv.md", '---\npermalink: /cv/\ntitle: CV\nmenu: "C & V"\n---\n\nText\n')
    built = seed_site.build(SITEURL="https://example.org/sub")
    home, cv_page = built.text("index.html"), built.text("cv/index.html")
    assert '<a href="https://example.org/sub/" aria-current="page">Home</a>' in home
    assert '<a href="https://example.org/sub/cv/">C &amp; V</a>' in home
    assert '<a href="https://example.org/sub/cv/" aria-current="page">C &amp; V</a>' in cv_page
    assert "<nav" in built.text("404.html")


def test_navigation_yml_decides_where_there_is_one(seed_site: Site) -> None:
    """The file over the pages' keys."""
    seed_site.write("content/pages/cv.md", "---\npermalink: /cv/\nmenu: Other\n---\n\nText\n")
    seed_site.write("content/navigation.yml", "main:\n  - title: Me\n    url: /\n  - title: CV\n    url: /cv/\n")
    html = seed_site.build().text("index.html")
    assert '<a href="/" aria-current="page">Me</a>' in html
    assert '<a href="/cv/">CV</a>' in html
    assert "Other" not in html
