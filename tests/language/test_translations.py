"""Pages that are each other's translation lead to each other, for readers and for search engines."""

import pytest

from plugins.language.translations import Translation, find_translations
from plugins.site import Page
from tests.conftest import Site


def page(name: str, lang: str, **front_matter: str) -> Page:
    return Page(name, f"{name}/", f"{name}/index.html", name, lang=lang, front_matter=dict(front_matter))


def test_the_same_ref_or_slug_makes_translations() -> None:
    pages = [page("a", "en", ref="cv"), page("b", "zh-Hant", ref="cv"), page("c", "sw", slug="cv"), page("d", "de")]
    found = find_translations(pages)
    assert found == {
        key: [
            Translation("en", "English", "a/"),
            Translation("zh-Hant", "繁體中文", "b/"),
            Translation("sw", "sw", "c/"),
        ]
        for key in ("a", "b", "c")
    }


@pytest.mark.parametrize(
    "pages",
    [
        [page("a", "en", ref="x"), page("b", "de", ref="y")],
        [page("a", "en", ref="x"), page("b", "en", ref="x")],
        [page("a", "en"), page("b", "de")],
        [page("a", "en", ref="x"), page("b", "de", ref="x")._replace(is_article=True)],
    ],
    ids=["other names", "one language", "no names", "a page and an article"],
)
def test_other_pages_are_none(pages: list[Page]) -> None:
    assert find_translations(pages) == {}


def test_a_page_leads_to_its_translations(site: Site) -> None:
    """A switch on the page, `hreflang` in its head, and `x-default` for the site's language."""
    site.write("content/pages/a.md", "---\npermalink: /\nref: home\n---\nx\n")
    site.write("content/pages/b.md", "---\npermalink: /zh/\nlang: zh\nref: home\n---\nx\n")
    built = site.build(production=True, SITEURL="https://example.org")
    assert not built.failed, built.lines
    for name in ("index.html", "zh/index.html"):
        html = built.text(name)
        assert '<link rel="alternate" hreflang="en" href="https://example.org/">' in html
        assert '<link rel="alternate" hreflang="zh" href="https://example.org/zh/">' in html
        assert '<link rel="alternate" hreflang="x-default" href="https://example.org/">' in html
    assert (
        '<span lang="en">English</span> <a lang="zh" hreflang="zh" rel="alternate" href="/zh/">中文</a>'
        in built.text("index.html")
    )
