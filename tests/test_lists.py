"""The lists that Pelican can make show their entries in our layout; by default they are all off.

tests/browser looks at some of them with the checkers of HTML and of accessibility.
"""

import re

import pytest

from tests.conftest import Built, Site, new_site

SWITCHED_ON = {
    "DIRECT_TEMPLATES": ["404", "index", "archives", "authors", "categories", "tags"],
    "INDEX_SAVE_AS": "articles.html",
    "ARCHIVES_SAVE_AS": "archives.html",
    "AUTHORS_SAVE_AS": "authors.html",
    "CATEGORIES_SAVE_AS": "categories.html",
    "TAGS_SAVE_AS": "tags.html",
    "AUTHOR_SAVE_AS": "author/{slug}.html",
    "CATEGORY_SAVE_AS": "category/{slug}.html",
    "TAG_SAVE_AS": "tag/{slug}.html",
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}.html",
    "DEFAULT_PAGINATION": 2,
}
LISTS = {  # file → its heading, and the words that its list holds
    "articles.html": ("Articles", "Tea & sympathy Der Käfer"),
    "archives.html": ("Archive", "Tea & sympathy Der Käfer Old"),
    "authors.html": ("Authors", "Jane Doe (2) Yuhang Song (1)"),
    "categories.html": ("Categories", "life & work (2) misc (1)"),
    "tags.html": ("Tags", "R&D (2)"),
    "author/jane-doe.html": ("Jane Doe", "Tea & sympathy Der Käfer"),
    "category/life-work.html": ("life & work", "Tea & sympathy Der Käfer"),
    "tag/rd.html": ("R&D", "Tea & sympathy Der Käfer"),
    "2024.html": ("2024", "Old"),
}


def words_of(html: str) -> str:
    text = re.sub(r"<time.*?</time>|<nav.*?</nav>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(text.replace("&amp;", "&").split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = new_site(tmp_path_factory.mktemp("lists") / "site")
    site.write("content/pages/about.md", "---\npermalink: /\ntitle: Me\n---\nHello.\n")
    head = "category: life & work\nauthor: Jane Doe\ntags: [R&D]\n"
    site.write("content/articles/a.md", f"---\ntitle: Tea & sympathy\ndate: 2026-03-01\n{head}---\nMilk.\n")
    site.write("content/articles/b.md", f"---\ntitle: Der Käfer\nlang: de\ndate: 2026-02-01\n{head}---\nZucker.\n")
    site.write(
        "content/articles/c.md", "---\ntitle: Old\ndate: 2024-02-01\ncategory: misc\nauthor: Yuhang Song\n---\nText.\n"
    )
    built = site.build(**SWITCHED_ON)
    assert not built.failed, built.lines
    return built


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_switched_on_shows_its_entries(built: Built, name: str) -> None:
    """In our layout: one heading of the first level, the list below it."""
    html = built.text(name)
    heading, listed = LISTS[name]
    assert "<style>@layer reset" in html
    (main,) = re.findall(r"<main.*</main>", html, re.DOTALL)
    assert [words_of(found) for found in re.findall(r"<h\d.*?</h\d>", html)] == [heading]
    assert words_of(main) == f"{heading} {listed}"
    assert re.search(rf"<title>{re.escape(heading.replace('&', '&amp;'))} – ", html)


def test_an_article_in_another_language_says_so(built: Built) -> None:
    assert '<a lang="de" dir="ltr" href="/life%20&amp;%20work/b/">' in built.text("archives.html")


def test_long_lists_have_pages(built: Built) -> None:
    assert re.findall(r'rel="(next|prev)" href="([^"]*)"', built.text("articles.html")) == [("next", "/articles2.html")]
    assert words_of(built.text("articles2.html")).endswith("Articles Old")


def test_a_template_that_fills_content_shows_it_in_our_layout(site: Site) -> None:
    """Templates of plugins are written for the block of Pelican's own themes."""
    site.own("theme")
    site.write("theme/templates/foreign.html", '{% extends "base.html" %}{% block content %}<p>Hi</p>{% endblock %}')
    site.write("content/pages/about.md", "---\npermalink: /\ntemplate: foreign\n---\nHello.\n")
    assert re.search(r"<main[^>]*>\s*<p>Hi</p>\s*</main>", site.build().text("index.html"))
