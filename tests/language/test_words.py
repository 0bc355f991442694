"""The theme speaks the page's language."""

import pytest

from plugins.language.words import FALLBACK, WORDS, direction, words
from tests.conftest import Site


@pytest.mark.parametrize("lang", WORDS)
def test_every_language_has_every_word(lang: str) -> None:
    """No word is missing, none is empty, none is left over."""
    assert set(WORDS[lang]) == set(WORDS[FALLBACK])
    assert all(WORDS[lang].values())


@pytest.mark.parametrize(
    ("lang", "home"),
    [
        pytest.param("en-GB", "Home", id="a region of a known language"),
        pytest.param("zh-CN", "首页", id="Chinese as China writes it"),
        pytest.param("zh_TW", "首頁", id="Chinese as Taiwan writes it, with an underscore"),
        pytest.param("zh-Hant-HK", "首頁", id="Chinese of a stated script"),
        pytest.param("sw", "Home", id="a language without a row speaks English"),
    ],
)
def test_words_follow_the_tag(lang: str, home: str) -> None:
    """BCP 47, in any case."""
    assert words(lang)["home"] == home


@pytest.mark.parametrize(
    ("lang", "way"), [("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("en", "ltr"), ("arn", "ltr")]
)
def test_the_way_a_language_is_written(lang: str, way: str) -> None:
    """Mapudungun (arn) is not Arabic."""
    assert direction(lang) == way


def test_a_page_in_another_language_speaks_it(site: Site) -> None:
    """`lang` in the front matter turns the page, its words and its direction."""
    site.write("content/pages/a.md", "---\npermalink: /a/\nlang: ar\n---\n\nنص\n")
    site.write("content/pages/b.md", "---\npermalink: /\n---\n\nText\n")
    built = site.build(DEFAULT_LANG="de")
    assert '<html lang="ar" dir="rtl">' in built.text("a/index.html")
    assert "انتقل إلى المحتوى" in built.text("a/index.html")
    assert '<html lang="de">' in built.text("index.html")
    assert "Seite nicht gefunden" in built.text("404.html")


def test_a_heading_and_a_text_carry_their_runs(site: Site) -> None:
    """The title as well as the body."""
    site.write("content/pages/a.md", "---\npermalink: /\ntitle: <b>Hello</b> & 한국어\n---\n\n안녕, world\n")
    html = site.build().text("index.html")
    assert '<h1>Hello <span class="amp">&amp;</span> <span lang="ko">한국어</span></h1>' in html
    assert '<span lang="ko">안녕</span>, world' in html


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("script_langs: {Hann: ja}", "'Hann: ja' is no script and its language", id="no such script"),
        pytest.param("script_langs: ja", "'ja' is no mapping", id="no mapping"),
    ],
)
def test_a_script_that_does_not_exist_is_a_problem(site: Site, written: str, said: str) -> None:
    """With its file and line."""
    site.write("content/pages/a.md", f"---\npermalink: /\n{written}\n---\n\nText\n")
    line = next(line for line in site.build().lines if said in line)
    assert line.startswith("content/pages/a.md:3: script_langs: ")
