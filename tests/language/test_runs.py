"""Runs of other scripts get the language that their letters give away, and no other."""

import pytest

from plugins.language.runs import mark


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("a 한국어 b", 'a <span lang="ko">한국어</span> b', id="Hangul is Korean"),
        pytest.param("a かな b", 'a <span lang="ja">かな</span> b', id="Kana is Japanese"),
        pytest.param("a 日本の本 b", 'a <span lang="ja">日本の本</span> b', id="Han beside Kana is Japanese"),
        pytest.param("at 清华大学 in", 'at <span lang="zh-Hans">清华大学</span> in', id="simplified Han is zh-Hans"),
        pytest.param("at 駅前 in", 'at <span lang="ja">駅前</span> in', id="Han that only Japan's set holds"),
        pytest.param("Yuhang (宋宇航) says", "Yuhang (宋宇航) says", id="Han that every set holds stays in doubt"),
        pytest.param(
            "宋宇航 of 清华大学",
            '<span lang="zh-Hans">宋宇航</span> of <span lang="zh-Hans">清华大学</span>',
            id="the rest of the page settles a doubt",
        ),
        pytest.param("a Это b", 'a <span lang="ru">Это</span> b', id="э is Russian"),
        pytest.param("a Київ b", 'a <span lang="uk">Київ</span> b', id="ї is Ukrainian"),
        pytest.param("a Москва b", "a Москва b", id="Cyrillic that many languages share stays in doubt"),
        pytest.param("a جامعة b", 'a <span lang="ar" dir="rtl">جامعة</span> b', id="ة is Arabic, from right to left"),
        pytest.param("a پدر b", 'a <span lang="fa" dir="rtl">پدر</span> b', id="پ is Persian"),
        pytest.param("a سلام b", "a سلام b", id="Arabic letters that three languages share stay in doubt"),
        pytest.param("a यह है b", 'a <span lang="hi">यह है</span> b', id="है is Hindi, and a blank does not end a run"),
        pytest.param("σ and αβ", "σ and αβ", id="Greek letters of a formula are no Greek"),
        pytest.param("ὁ λόγος", '<span lang="el">ὁ λόγος</span>', id="an accented Greek word is Greek"),
        pytest.param("«ё» – naïve café ½", "«<span lang=\"ru\">ё</span>» – naïve café ½", id="Latin with accents is the page's"),
        pytest.param("<p>日本の本。</p>", '<p lang="ja">日本の本。</p>', id="an element that is one run has it itself"),
        pytest.param("<code>かな</code>", "<code>かな</code>", id="code stays as it is"),
        pytest.param('<b lang="ja">かな</b>', '<b lang="ja">かな</b>', id="what the author marked stays so"),
        pytest.param('<img alt="かな">', '<img alt="かな">', id="an attribute is no text"),
        pytest.param("<!-- かな -->", "<!-- かな -->", id="a comment is no text"),
    ],
)  # fmt: skip
def test_a_run_has_the_language_that_its_letters_give_away(text: str, marked: str) -> None:
    """In an English page."""
    assert mark(text, "en", {}) == marked


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("zh-Hans", "清华大学", id="Han in a Chinese page"),
        pytest.param("ja", "日本の本", id="Han and Kana in a Japanese page"),
        pytest.param("ko", "大韓民國 한국", id="Han and Hangul in a Korean page"),
        pytest.param("ru", "Это Москва", id="Cyrillic in a Russian page"),
        pytest.param("ar", "جامعة", id="Arabic in an Arabic page"),
    ],
)
def test_a_pages_own_script_is_not_marked(lang: str, text: str) -> None:
    """It is what `<html lang>` says already."""
    assert mark(text, lang, {}) == text


def test_the_authors_word_settles_every_doubt() -> None:
    """`script_langs: {Han: zh-Hans}`, or nothing for a script to be left alone."""
    assert mark("宋宇航", "en", {"Han": "zh-Hans"}) == '<span lang="zh-Hans">宋宇航</span>'
    assert mark("かな", "en", {"Kana": ""}) == "かな"
