"""Runs of other scripts get the language of their script, if it has one."""

from xml.etree.ElementTree import tostring

import html5lib
import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from plugins.language.runs import heading_html, mark, script_langs
from plugins.problems import Place, Problems


def marked(html: str, lang: str = "en", **chosen: str) -> str:
    """Return HTML with its runs marked."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    mark(root, lang, chosen)
    return tostring(root, "unicode", "html").removeprefix("<DOCUMENT_FRAGMENT>").removesuffix("</DOCUMENT_FRAGMENT>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("a 한국어 b", 'a <span lang="ko">한국어</span> b', id="Hangul is Korean"),
        pytest.param("a かな b", 'a <span lang="ja">かな</span> b', id="Kana is Japanese"),
        pytest.param("a 日本の本 b", 'a <span lang="ja">日本の本</span> b', id="Han beside Kana is Japanese"),
        pytest.param(
            "<i>駅前</i> a <b>b</b> 本 c <i>かな</i>",
            '<i lang="ja">駅前</i> a <b>b</b> <span lang="ja">本</span> c <i lang="ja">かな</i>',
            id="Han anywhere on a page with Kana is Japanese",
        ),
        pytest.param("駅前 a <code>かな</code>", "駅前 a <code>かな</code>", id="but Kana in code counts for nothing"),
        pytest.param("at 清华大学 in", "at 清华大学 in", id="Han has several languages"),
        pytest.param("a Это b", "a Это b", id="Cyrillic has several languages"),
        pytest.param("a جامعة b", "a جامعة b", id="Arabic letters have several languages"),
        pytest.param("a यह है b", "a यह है b", id="Devanagari has several languages"),
        pytest.param("a שלום b", 'a <span lang="he" dir="rtl">שלום</span> b', id="Hebrew, from right to left"),
        pytest.param("a ภาษา ไทย b", 'a <span lang="th">ภาษา ไทย</span> b', id="a blank does not end a run"),
        pytest.param("한국 &amp; 한국", '<span lang="ko">한국 &amp; 한국</span>', id="nor does an ampersand"),
        pytest.param("한국a한국", '<span lang="ko">한국</span>a<span lang="ko">한국</span>', id="but a Latin letter does"),
        pytest.param(
            "한국かな", '<span lang="ko">한국</span><span lang="ja">かな</span>', id="and so does another script"
        ),
        pytest.param("σ and αβ", "σ and αβ", id="Greek letters without an accent are mathematics"),
        pytest.param("ὁ λόγος", '<span lang="el">ὁ λόγος</span>', id="an accented Greek word is Greek"),
        pytest.param("«한» – naïve café ½", '«<span lang="ko">한</span>» – naïve café ½', id="accented Latin is Latin"),
        pytest.param("<p>日本の本。</p>", '<p lang="ja">日本の本。</p>', id="an element that is one run has it itself"),
        pytest.param("<p>“한국어” 1</p>", '<p lang="ko">“한국어” 1</p>', id="also with signs around it"),
        pytest.param("<p>“한국어” x</p>", '<p>“<span lang="ko">한국어</span>” x</p>', id="but not with other words"),
        pytest.param(
            "<p>한국어<br>a</p>b 한국어<i>c</i>한국어",
            '<p><span lang="ko">한국어</span><br>a</p>b <span lang="ko">한국어</span><i>c</i><span lang="ko">한국어</span>',
            id="nor with other elements",
        ),
        pytest.param("<code>かな</code>", "<code>かな</code>", id="code stays as it is"),
        pytest.param('<b lang="ja">한<i>국</i></b>', '<b lang="ja">한<i>국</i></b>', id="a language of the author's stays"),
        pytest.param('<img alt="かな">', '<img alt="かな">', id="an attribute is not text"),
        pytest.param("<!-- かな -->", "<!-- かな -->", id="a comment is not text"),
    ],
)  # fmt: skip
def test_a_run_has_the_one_language_of_its_script(html: str, expected: str) -> None:
    """In an English page."""
    assert marked(html) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("zh-Hans", "清华大学", id="Han in a Chinese page"),
        pytest.param("ja", "日本の本", id="Han and Kana in a Japanese page"),
        pytest.param("ko", "大韓民國 한국", id="Han and Hangul in a Korean page"),
        pytest.param("yi", "ייִדיש", id="Hebrew letters in a Yiddish page"),
        pytest.param("el", "λόγος", id="Greek in a Greek page"),
    ],
)
def test_a_pages_own_script_is_not_marked(lang: str, text: str) -> None:
    """`<html lang>` covers it."""
    assert marked(text, lang) == text


def test_a_run_in_a_page_from_right_to_left_has_its_direction() -> None:
    assert marked("א 한 ב", "he") == 'א <span lang="ko" dir="ltr">한</span> ב'
    assert marked("ب שלום ب", "ar") == 'ب <span lang="he">שלום</span> ب'


def test_the_authors_choice_comes_first() -> None:
    """`script_langs: {Han: zh-Hans}`; an empty one leaves a script alone."""
    assert marked("宋宇航", Han="zh-Hans") == '<span lang="zh-Hans">宋宇航</span>'
    assert marked("宋宇航 a かな", Han="zh-Hans") == '<span lang="zh-Hans">宋宇航</span> a <span lang="ja">かな</span>'
    assert marked("σ", Greek="el") == '<span lang="el">σ</span>'
    assert marked("かな a 本", Kana="") == "かな a 本"


def test_a_title_is_marked_as_the_text_is() -> None:
    """It is plain text; its ampersand is set as in the headings of a text."""
    html = '&lt;b&gt; <span class="amp">&amp;</span> <span lang="ko">한국어</span> AT&amp;T'
    assert heading_html("<b> & 한국어 AT&T", "en", {}) == html
    assert heading_html("本 a かな", "en", {}) == '<span lang="ja">本</span> a <span lang="ja">かな</span>'


def test_html_that_markdown_passes_through_stays_as_it_is() -> None:
    """The tree does not contain what stands between `{::nomarkdown}` and `{:/}`."""

    class Mark(Treeprocessor):
        def run(self, root: object) -> None:
            mark(root, "en", {})

    converter = Markdown(extensions=["plugins.kramdown"], output_format="html")
    converter.treeprocessors.register(Mark(), "mark", -100)
    html = converter.convert("한국어\n\n{::nomarkdown}<p>한국어</p>{:/}\n\n<p>한국어</p>\n")
    assert html == '<p lang="ko">한국어</p>\n<p>한국어</p>\n<p lang="ko">한국어</p>'


@pytest.mark.parametrize(
    ("value", "chosen", "problem"),
    [
        pytest.param(None, {}, "", id="nothing"),
        pytest.param({"Han": "ja", "Kana": None}, {"Han": "ja", "Kana": ""}, "", id="a language, and none"),
        pytest.param("ja", {}, "a.md:3: script_langs: 'ja' is not a mapping; write 'Han: ja'", id="no mapping"),
        pytest.param(
            {"Hann": "ja", "Thai": "th"},
            {"Thai": "th"},
            "a.md:3: script_langs: 'Hann: ja' is not a script and its language; the scripts are Arabic, ",
            id="an unknown script",
        ),
        pytest.param(
            {"Han": 1}, {}, "a.md:3: script_langs: 'Han: 1' is not a script and its language", id="a language that is no text"
        ),
    ],
)  # fmt: skip
def test_the_authors_choice_is_checked(value: object, chosen: dict[str, str], problem: str) -> None:
    problems = Problems()
    assert script_langs(value, Place("a.md", 3, "script_langs"), problems) == chosen
    assert "".join(map(str, problems)).startswith(problem)
    assert len(problems) == bool(problem)
