"""A long page lists its headings beside the text, unless its author does or does not want it."""

from typing import Any

import pytest

from plugins.navigation import Entry, menu_beside
from plugins.navigation.contents import Heading, table_of_contents
from plugins.site import Page
from tests.conftest import Site


def page(html: str, **front_matter: Any) -> Page:
    return Page("content/pages/a.md", "a/", "a/index.html", "A", html=html, front_matter=front_matter)


def headings(*levels: int) -> str:
    return "".join(f'<h{level} id="h{n}">Part <em>{n}</em></h{level}><p>x</p>' for n, level in enumerate(levels))


@pytest.mark.parametrize(
    ("levels", "lines"),
    [
        ((2, 2, 2, 2), []),
        ((2, 2, 2, 2, 2), [1, 1, 1, 1, 1]),
        ((1, 1, 1, 1, 1), [1, 1, 1, 1, 1]),
        ((1, 2, 2, 3, 2, 3), [1, 2, 2, 2]),
        ((2, 3, 2, 2, 2, 2), [1, 1, 1, 1, 1]),
        ((5, 5, 5, 5, 5, 6), []),
    ],
    ids=["four", "five", "five of the first level", "three levels", "enough of the highest", "levels that are too low"],
)
def test_five_headings_are_enough(levels: tuple[int, ...], lines: list[int]) -> None:
    assert [line.level for line in table_of_contents(page(headings(*levels)))] == lines


def test_a_line_has_the_words_of_its_heading() -> None:
    assert table_of_contents(page(headings(2, 2, 2, 2, 2)))[1] == Heading(1, "h1", "Part 1")


@pytest.mark.parametrize("toc", [False, "false", "no", "off"])
def test_toc_false_switches_it_off(toc: object) -> None:
    assert not table_of_contents(page(headings(2, 2, 2, 2, 2), toc=toc))
    assert table_of_contents(page(headings(2, 2, 2, 2, 2), toc=True))


def test_what_cannot_be_linked_or_is_a_year_is_no_line() -> None:
    html = headings(2, 2, 2, 2, 2) + '<h2>No id</h2><h2 id="e"></h2><h2 id="y">2024</h2><h2 id="z">Last</h2>'
    assert [line.anchor for line in table_of_contents(page(html))] == ["h0", "h1", "h2", "h3", "h4", "z"]


def test_a_menu_does_not_repeat_it() -> None:
    menu = [Entry("Home", "a/"), Entry("Part", "a/#h1"), Entry("CV", "cv/"), Entry("Other", "b/#h1")]
    assert [entry.label for entry in menu_beside(menu, page(""))] == ["Home", "CV", "Other"]
    assert menu_beside(menu[:2], page("")) == []


LONG = "".join(f"## Part {n}\n\nText.\n\n" for n in range(5))


def test_a_page_shows_it_in_its_language(site: Site) -> None:
    """Beside the author; a list in the text replaces it."""
    site.write("content/authors.yml", "Yuhang Song:\n  bio: x\n")
    site.write("content/pages/a.md", f"---\npermalink: /\nlang: fr\nauthor_profile: true\n---\n{LONG}")
    site.write("content/pages/b.md", f"---\npermalink: /b/\nauthor_profile: true\n---\n* TOC\n{{:toc}}\n\n{LONG}")
    site.write(
        "content/navigation.yml",
        "main:\n- {title: A, url: /}\n- {title: B, url: /b/}\n- {title: Part, url: /#part-1}\n",
    )
    built = site.build()
    assert not built.failed, built.lines
    html = built.text("index.html")
    assert '<nav class="contents" aria-label="Sommaire">' in html
    assert html.count('href="#part-1"') == html.count("Part 1</a>") == 1
    assert 'href="/#part-1"' not in html
    assert 'class="contents"' not in built.text("b/index.html")
    assert 'href="/#part-1"' in built.text("b/index.html")
