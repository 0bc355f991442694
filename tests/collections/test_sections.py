"""The sections of a page: which, in which order, with which headings, and never twice."""

import re

import pytest
from markupsafe import Markup

from plugins.collections.entry import Entry, PartialDate, Person
from plugins.collections.listing import as_markdown
from plugins.collections.own_name import OwnName
from plugins.collections.placing import KINDS, entry_marker, section_marker
from plugins.collections.sections import (
    FOLDED,
    WITH_BIBTEX,
    Heading,
    Section,
    make_view,
    newest_first,
    plan_sections,
    read_sections,
)
from plugins.collections.shown import Style, date_text, show
from plugins.language import words
from plugins.language.words import WORDS
from plugins.problems import Place, Problems
from tests.collections.works import publications, talks
from tests.conftest import Site

COLLECTIONS = ("publications", "talks", "teaching", "portfolio")


def entry(number: int = 1, **more: object) -> Entry:
    """Return an entry."""
    title = str(more.pop("title", f"Title {number}"))
    facts = {"collection": "publications", "place": Place(f"content/publications/{number}.md"), **more}
    return Entry(anchor=f"e{number}", title=title, title_html=Markup(title), **facts)  # type: ignore[arg-type]


def style(*names: Person, lang: str = "en") -> Style:
    """Return the style of a page."""
    return Style(words(lang), OwnName(names), set())


def headings(section: Section, lang: str = "en") -> list[tuple[str, list[str]]]:
    """Return the heading of each open group with the anchors below it."""
    view = make_view(section, style(lang=lang), Heading(2, "x", "X"))
    return [(group.title, [shown.anchor for shown in group.entries]) for group in view.groups]


WRONG = {
    "a text": ("publications", "'publications' is not a list of sections"),
    "a number": (3, "3 is not a list of sections"),
    "a misspelled name": (["publicatons"], "'publicatons' is not one of the COLLECTIONS; write 'publications'"),
    "a folder that is no collection": (["zebras"], "or add it to COLLECTIONS"),
    "a number among names": ([1], "1 is not one of the COLLECTIONS"),
    "a list among names": ([["talks"]], "['talks'] is not one of the COLLECTIONS"),
    "the same twice": (["talks", "talks"], "'talks' is there twice"),
    "a title that is none": ({"talks": 3}, "3 is neither a title nor a mapping"),
    "a title inside that is none": ({"talks": {"title": 3}}, "has a title that is not a text"),
    "an unknown key": ({"talks": {"titel": "x"}}, "is neither a title nor a mapping"),
    "an unknown group": ({"talks": {"group": "venue"}}, "has the group 'venue'; write one of year, category, none"),
    "a group that is no text": ({"talks": {"group": ["year"]}}, "has the group ['year']"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_setting_is_reported(case: str) -> None:
    """With its value as written, and a way out; the sections are all there all the same."""
    value, message = WRONG[case]
    problems = Problems()
    sections = read_sections(value, COLLECTIONS, problems)
    (problem,) = problems
    assert (problem.path, problem.key) == ("pelicanconf.py", "SECTIONS")
    assert message in str(problem)
    assert not problem.warning
    assert {section.name for section in sections} >= set(COLLECTIONS) - {"talks"}


def test_the_setting_chooses_names_order_and_titles() -> None:
    """The others are shown only where a page places them."""
    wanted = {"talks": "", "publications": {"title": "Papers", "group": {"books": "My books"}}}
    sections = read_sections(wanted, COLLECTIONS, Problems())
    assert [(each.name, each.title, each.group, each.listed) for each in sections] == [
        ("talks", "", "year", True),
        ("publications", "Papers", "category", True),
        ("teaching", "", "year", False),
        ("portfolio", "", "year", False),
        ("articles", "", "year", False),
    ]
    listed = [section.name for section in read_sections((), COLLECTIONS, Problems()) if section.listed]
    assert listed == list(COLLECTIONS)


def test_the_newest_entry_is_first_and_the_order_is_stable() -> None:
    """Forthcoming ones before all, those without a date at the end, ties by the name of the file backwards."""
    dates = [PartialDate(2020, 5), PartialDate(), PartialDate(2020), PartialDate(text="in press"), PartialDate(2021)]
    dates += [PartialDate(2020, 5, 2), PartialDate(2021), PartialDate(2019, text="Spring 2019")]
    ordered = [each.anchor for each in newest_first([entry(n, date=date) for n, date in enumerate(dates)])]
    assert ordered == ["e3", "e6", "e4", "e5", "e0", "e2", "e7", "e1"]
    bib = [entry(n, place=Place("content/publications.bib", n), date=PartialDate(2020)) for n in range(3)]
    assert newest_first(bib) == bib


def test_entries_are_grouped_by_year() -> None:
    """Forthcoming and undated ones have words for headings."""
    dates = [PartialDate(text="in press"), PartialDate(2021, 3), PartialDate(2020), PartialDate(2020), PartialDate()]
    section = Section("publications", entries=[entry(n, date=date) for n, date in enumerate(dates)])
    assert headings(section) == [
        ("Forthcoming", ["e0"]), ("2021", ["e1"]), ("2020", ["e2", "e3"]), ("Undated", ["e4"]),
    ]  # fmt: skip
    assert headings(section, "de")[0][0] == "Im Erscheinen"
    undated = Section("portfolio", entries=[entry(1), entry(2)])
    assert headings(undated) == [("", ["e1", "e2"])]


def test_entries_are_grouped_by_category() -> None:
    """In the owner's order, else in academicpages'; those without a category come last."""
    kinds = ["conferences", "", "under_review", "manuscripts", "conferences"]
    section = Section(
        "publications", group="category", entries=[entry(n, category=kind) for n, kind in enumerate(kinds)]
    )
    assert headings(section) == [
        ("Journal articles", ["e3"]), ("Conference papers", ["e0", "e4"]), ("Under review", ["e2"]), ("Other", ["e1"]),
    ]  # fmt: skip
    chosen = section._replace(categories={"under_review": "Preprints", "conferences": "Talks"})
    assert [title for title, _ in headings(chosen)] == ["Preprints", "Talks", "Journal articles", "Other"]


def test_a_long_section_is_folded() -> None:
    """The newest years stay open until ten entries are; with selected entries these stay open instead."""
    many = [entry(n, date=PartialDate(2026 - n // 8), selected=n in (3, 30)) for n in range(FOLDED + 1)]
    section = Section("publications", entries=[each._replace(selected=False) for each in many])
    view = make_view(section, style(), Heading(2, "x", "X"))
    assert [(group.title, len(group.entries)) for group in view.groups] == [("2026", 8), ("2025", 8)]
    assert [group.title for group in view.folded] == ["2024", "2023", "2022", "2021"]
    assert view.summary == "More: 2021–2024 (25)"
    assert not make_view(section._replace(entries=many[:FOLDED]), style(), Heading(2, "x", "X")).folded

    view = make_view(section._replace(entries=many), style(), Heading(2, "x", "X"))
    assert [(group.title, [each.anchor for each in group.entries]) for group in view.groups] == [
        ("Selected", ["e3", "e30"])
    ]
    assert sum(len(group.entries) for group in view.folded) == len(many) - 2


def test_bibtex_is_beside_the_entries_of_a_short_section() -> None:
    """Of a longer one the file beside the page has it."""
    entries = [entry(n, bibtex="@misc{x}") for n in range(WITH_BIBTEX + 1)]
    for count, text in ((WITH_BIBTEX, "@misc{x}"), (WITH_BIBTEX + 1, "")):
        view = make_view(Section("publications", entries=entries[:count]), style(), Heading(2, "x", "X"))
        assert {each.bibtex for group in view.groups for each in group.entries} == {text}


def test_only_collections_with_entries_have_a_section() -> None:
    """In the order of the setting."""
    wanted = [Section("talks"), Section("teaching"), Section("publications")]
    planned = plan_sections([entry(1), entry(2, collection="talks")], wanted, {"talks": ["x.bib"]})
    assert [(each.name, len(each.entries), len(each.files)) for each in planned] == [
        ("talks", 1, 1),
        ("publications", 1, 0),
    ]


FACTS = {
    "authors, venue and year": (
        {"authors": (Person("Song", "Y."), Person("Li", "Bo", marks="*")), "venue": Markup("<b>J</b>"), "date": PartialDate(2020, 1, 2)},
        '<span class="p-author"><b>Y.\u00a0Song</b>, Bo Li<sup>*</sup></span>. <i class="p-publication"><b>J</b></i>, '
        '<time class="dt-published">2020</time>.',
    ),
    "more authors than are named": (
        {"authors": (Person("Li", "B. C."),), "others": True},
        '<span class="p-author">B.\u00a0C.\u00a0Li, et al.</span>',
    ),
    "a talk": (
        {"collection": "talks", "kind": "Keynote", "venue": Markup("MIT"), "date": PartialDate(2020, 3, 2)},
        'Keynote, MIT, <time class="dt-published" datetime="2020-03-02">2\u00a0March 2020</time>.',
    ),
    "a citation that names the venue": (
        {"citation": Markup("Song, Y. (2020). <i>Nature</i> 3."), "venue": Markup("Nature"), "date": PartialDate(2020)},
        "<b>Song, Y.</b> (2020). <i>Nature</i> 3.",
    ),
    "a date in words": ({"date": PartialDate(text="in press")}, "in press."),
    "an award and a category": (
        {"award": "Best <Paper>", "category": "under_review"},
        '<strong class="award">Best &lt;Paper&gt;</strong>. Under review.',
    ),
    "hostile names": (
        {"authors": (Person("<script>", "A.", marks="<"),)},
        '<span class="p-author">A. &lt;script&gt;<sup>&lt;</sup></span>.',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FACTS)
def test_the_facts_below_the_title(case: str) -> None:
    """In one order, each once, with the page's author marked."""
    facts, html = FACTS[case]
    assert show(entry(**facts), style(Person("Song", "Yuhang"))).facts == html  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", WORDS)
def test_dates_are_written_in_each_language(lang: str) -> None:
    """Twelve months, and the parts that are known."""
    known = words(lang)
    assert len(known["months"].split()) == 12
    full = date_text(PartialDate(2020, 12, 31), known)
    assert "2020" in full
    assert "31" in full
    assert "31" not in date_text(PartialDate(2020, 12), known)
    assert date_text(PartialDate(2020), known) == "2020"


# --- In a page --------------------------------------------------------------------------------------------------------


def a_site(site: Site, text: str, *, count: int = 3, head: str = "permalink: /") -> str:
    """Write a home page, some publications and talks; return the page's main part, built."""
    site.write("content/pages/home.md", f"---\n{head}\n---\n{text}")
    for name, body in publications(count):
        site.write(f"content/publications/{name}", body)
    for name, body in talks():
        site.write(f"content/talks/{name}", body)
    return built_main(site)


def built_main(site: Site, *, warnings: int = 0, **settings: object) -> str:
    """Return the main part of the home page, built with so many warnings."""
    built = site.build(**settings)
    assert not built.failed, built.lines
    assert len(built.problems) == warnings, built.lines
    return built.text("index.html").partition("<main")[2]


def outline(html: str) -> list[str]:
    """Return the headings of some HTML: ``2 Publications``."""
    return [f"{level} {text}" for level, text in re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", html)]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("Hello.", ["2 Publications", "3 2026"], id="no heading"),
        pytest.param("Hello.\n\n## Bio\n\nI.", ["2 Bio", "2 Publications", "3 2026"], id="parts of level 2"),
        pytest.param("# Bio\n\nI.\n\n# News\n\nII.", ["1 Bio", "1 News", "1 Publications", "2 2026"], id="of level 1"),
        pytest.param(
            "# Me\n\nI.\n\n## News\n\nII.", ["1 Me", "2 News", "2 Publications", "3 2026"], id="a title, then 2"
        ),
        pytest.param("Hi.\n\n### Bio\n\nI.", ["3 Bio", "3 Publications", "4 2026"], id="parts of level 3"),
    ],
)
def test_sections_follow_the_text_at_its_own_level(site: Site, text: str, headings: list[str]) -> None:
    """They are parts of the page like those that the author wrote."""
    assert outline(a_site(site, text))[: len(headings)] == headings


def test_a_page_places_its_sections(site: Site) -> None:
    """Below the author's own heading, or with one of its own; the home page shows the others."""
    site.write(
        "content/pages/cv.md",
        f"---\ntitle: CV\n---\n## Invited lectures\n\n{section_marker('talks')}\n\n## End\n\nText.\n",
    )
    html = a_site(site, f"{section_marker('publications')}\n\n## Bio\n\nI.\n")
    assert outline(html)[:1] == ["2 Publications"]
    assert outline(html)[-1] == "2 Bio"
    assert "Talks" not in html
    cv = (site.root / "output" / "cv" / "index.html").read_text("utf-8").partition("<main")[2]
    assert outline(cv) == ["1 CV", "2 Invited lectures", "3 2025", "3 2024", "3 2023", "2 End"]
    assert '<section class="entries" aria-labelledby="invited-lectures">' in cv
    (heading,) = re.findall(r'<section[^>]*labelledby="([^"]+)"', html)
    assert f'id="{heading}"' in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## My work\n\n{}", ["2 My work", "3 2026"], id="right above"),
        pytest.param("## Papers\n\nThe newest first.\n\n{}", ["2 Papers", "3 2026"], id="with a sentence between"),
        pytest.param("## Bio\n\nI.\n\n{}", ["2 Bio", "2 Publications", "3 2026"], id="another part before"),
    ],
)
def test_a_heading_above_a_section_is_its_own(site: Site, text: str, expected: list[str]) -> None:
    """No second heading says the same."""
    assert outline(a_site(site, text.format(section_marker("publications"))))[: len(expected)] == expected


def test_the_title_of_a_page_is_that_of_its_only_section(site: Site) -> None:
    """No second heading; years are of the level below."""
    site.write("content/pages/papers.md", f"---\ntitle: My papers\n---\n{section_marker('publications')}\n")
    a_site(site, "Hello.\n")
    html = (site.root / "output" / "papers" / "index.html").read_text("utf-8").partition("<main")[2]
    assert outline(html)[:2] == ["1 My papers", "2 2026"]
    assert '<section class="entries" aria-label="My papers">' in html


@pytest.mark.parametrize("name", ["zebras", "publicatons", "teaching"])
def test_a_section_without_entries_is_reported(site: Site, name: str) -> None:
    """With a near name, where there is one; nothing of the tag is left."""
    site.write("content/pages/home.md", f"---\npermalink: /\n---\nHello.\n\n{section_marker(name)}\n")
    for file, body in publications(1):
        site.write(f"content/publications/{file}", body)
    built = site.build()
    (line,) = built.lines
    assert line.startswith("content/pages/home.md: warning: section: there are no entries of ")
    assert ("write '{% section publications %}'" in line) == (name == "publicatons")
    assert "data-section" not in built.text("index.html")


HEADINGS = [
    "Publications", "Papers", "Selected publications", "Recent Papers & Preprints", "My publications", "论文发表", "代表论文",
    "Publikationen", "Publicaciones", "Publications choisies", "業績", "논문", "المنشورات", "Conference papers",
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_section_that_the_text_has_is_not_repeated(site: Site, heading: str) -> None:
    """A warning says how to choose; the other sections follow."""
    site.write("content/pages/home.md", f"---\npermalink: /\n---\nHi.\n\n## {heading}\n\n1. One\n")
    for name, body in publications(2):
        site.write(f"content/publications/{name}", body)
    built = site.build()
    found = [line for line in built.lines if "{% section publications %}" in line and heading in line]
    assert found == [f"content/pages/home.md: warning: the page has the heading {heading!r}, so that the section of "
                     "content/publications does not follow it; write '{% section publications %}' where it goes, or "
                     "SECTIONS without 'publications'"]  # fmt: skip
    assert 'class="entries"' not in built.text("index.html")


@pytest.mark.parametrize(
    "heading", ["Biography", "Research", "A publication is not a proof of anything at all", "News"]
)
def test_other_headings_do_not_hide_a_section(site: Site, heading: str) -> None:
    """A sentence, and what only sounds alike."""
    assert "2 Publications" in outline(a_site(site, f"Hi.\n\n## {heading}\n\nText.\n"))


def test_a_list_of_the_same_titles_is_not_repeated(site: Site) -> None:
    """Whatever its heading is."""
    files = dict(publications(3))
    titles = [match[1] for text in files.values() if (match := re.search('title: "(.*)"', text))]
    site.write(
        "content/pages/home.md", "---\npermalink: /\n---\n## Research\n\n" + "".join(f"- *{t}*, 2020\n" for t in titles)
    )
    for name, body in files.items():
        site.write(f"content/publications/{name}", body)
    built = site.build()
    assert any("the page lists 3 of the same titles" in line for line in built.lines), built.lines
    assert 'class="entries"' not in built.text("index.html")


def test_a_page_without_entries_keeps_its_bytes(site: Site) -> None:
    """Their styles are only where they are."""
    site.write("content/pages/cv.md", "---\ntitle: CV\n---\nText.\n")
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHi.\n")
    before = site.build().text("cv/index.html")
    for name, body in publications(2):
        site.write(f"content/publications/{name}", body)
    built = site.build()
    assert built.text("cv/index.html") == before
    assert ".p-name" in built.text("index.html")


def test_every_kind_is_a_collection() -> None:
    """The table of headings has academicpages' collections, which have words of the theme too."""
    assert set(KINDS) == set(COLLECTIONS) <= set(WORDS["en"])


def test_single_entries_make_one_list_without_ids_that_are_taken(site: Site) -> None:
    """What Liquid's include leaves; a section on the same page has the ids."""
    paths = [f"content/publications/{name}" for name, _ in publications(2)]
    markers = "\n\n".join(entry_marker("publications", path) for path in paths)
    html = a_site(site, f"{markers}\n\n{section_marker('publications')}\n", count=2)
    assert html.count('<li class="h-cite">') + html.count("<li id=") == 4 + 4
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.index('<div class="entries">') < html.index('<section class="entries"')


def test_a_list_of_single_entries_is_a_section_too(site: Site) -> None:
    """academicpages' loops, within a list of their own too: nothing is repeated on the home page, and files are there."""
    loop = "{% for post in site.NAME reversed %}\n  {% include archive-single-cv.html %}\n{% endfor %}"
    lists = f"Publications\n======\n  <ul>{loop.replace('NAME', 'publications')}</ul>\n\nMore\n"
    site.write("content/pages/cv.md", f"---\ntitle: CV\npermalink: /cv/\n---\n{lists}")
    text = f"---\ntitle: Papers\npermalink: /publications/\n---\n{loop.replace('NAME', 'publications')}\n"
    site.write("content/pages/list.md", text)
    a_site(site, "Hello.")
    built = site.build(production=True)
    assert built.lines == []
    home, cv, papers = (built.text(f"{name}index.html").partition("<main")[2] for name in ("", "cv/", "publications/"))
    assert (home.count("h-cite"), cv.count("h-cite"), papers.count("h-cite")) == (4, 3, 3)
    assert "<ul>" not in cv.partition("</h1>")[2].partition('<div class="entries">')[0]
    assert "publications.bib" in built.files()
    (anchor, *_) = re.findall(r'<li id="([^"]+)"', papers)
    assert f"/publications/#{anchor}" in built.text(f"publication/{anchor}/index.html")


def test_the_markdown_lists_the_entries_too(site: Site) -> None:
    """index.md: a heading and an item for each entry, where the section stands."""
    a_site(site, f"{section_marker('publications')}\n\nAfter.\n", count=2)
    text = (site.root / "output" / "index.md").read_text("utf-8")
    first = next(text for _, text in publications(2))
    title = first.partition('title: "')[2].partition('"')[0]
    assert f"\n{text}".count("\n- ") == 2 + 4
    assert title in text
    assert text.index(title) < text.index("After.") < text.index("## Talks")
    assert "data-section" not in text


def test_markdown_stays_markdown() -> None:
    """What has a meaning there is escaped, and an address with brackets ends where it ends."""
    odd = entry(
        title="A *star* [1] <b>",
        url="https://doi.org/10.1016/0001(80)90",
        authors=(Person("Li", "B_o"),),
        abstract=Markup("<p>One &lt;two&gt;</p><p>three</p>"),
        bibtex="@misc{x}",
    )
    assert as_markdown([odd]) == (
        "- [A \\*star\\* \\[1\\] \\<b\\>](<https://doi.org/10.1016/0001(80)90>). B\\_o Li.\n\n  One \\<two\\> three\n"
    )


def test_an_abstract_does_not_describe_the_page(site: Site) -> None:
    """A page of entries alone has no sentence of its own for search engines."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\n")
    for name, body in publications(2, abstracts=1):
        site.write(f"content/publications/{name}", body)
    html = site.build(production=True).text("index.html")
    assert "<summary>Abstract</summary>" in html
    assert 'name="description"' not in html
