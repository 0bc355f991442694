"""The theme's words are in the page's language."""

import pytest

from plugins.language.words import FALLBACK, WORDS, words
from tests.conftest import Site


@pytest.mark.parametrize("lang", WORDS)
def test_every_language_has_every_word(lang: str) -> None:
    """None is missing, empty or unknown."""
    assert set(WORDS[lang]) == set(WORDS[FALLBACK])
    assert all(WORDS[lang].values())


@pytest.mark.parametrize(
    ("lang", "home"),
    [
        pytest.param("en-GB", "Home", id="a region of a known language"),
        pytest.param("zh-CN", "首页", id="Chinese as China writes it"),
        pytest.param("zh_TW", "首頁", id="Chinese as Taiwan writes it, with an underscore"),
        pytest.param("zh-Hant-HK", "首頁", id="Chinese of a stated script"),
        pytest.param("sw", "Home", id="a language without a row: English"),
    ],
)
def test_words_follow_the_tag(lang: str, home: str) -> None:
    """BCP 47, in any case."""
    assert words(lang)["home"] == home


def test_a_page_can_be_in_another_language_than_the_site(site: Site) -> None:
    """`lang` in the front matter sets the page's words and direction."""
    site.write("content/pages/a.md", "---\npermalink: /a/\nlang: ar\n---\n\nنص\n")
    site.write("content/pages/b.md", "---\npermalink: /\n---\n\nText\n")
    built = site.build(DEFAULT_LANG="de")
    assert '<html lang="ar" dir="rtl">' in built.text("a/index.html")
    assert "انتقل إلى المحتوى" in built.text("a/index.html")
    assert '<html lang="de">' in built.text("index.html")
    assert "Seite nicht gefunden" in built.text("404.html")


def test_runs_are_marked_in_the_heading_and_in_the_text(site: Site) -> None:
    """A page's own choice of languages goes before the site's."""
    head = "permalink: /\ntitle: <b>Hello</b> & 한국어\nscript_langs: {Han: ja}"
    site.write("content/pages/a.md", f"---\n{head}\n---\n\n안녕, world 本 Это\n")
    html = site.build(SCRIPT_LANGS={"Han": "zh", "Cyrillic": "ru"}).text("index.html")
    assert '<h1>Hello <span class="amp">&amp;</span> <span lang="ko">한국어</span></h1>' in html
    assert '<span lang="ko">안녕</span>, world <span lang="ja">本</span> <span lang="ru">Это</span>' in html


def test_an_unknown_script_is_a_problem(site: Site) -> None:
    """With its file and line."""
    site.write("content/pages/a.md", "---\npermalink: /\nscript_langs: {Hann: ja}\n---\n\nText\n")
    (line,) = site.build(SCRIPT_LANGS={"Thai": "th"}).lines
    assert line.startswith("content/pages/a.md:3: script_langs: 'Hann: ja' is not a script and its language")
