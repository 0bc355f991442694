"""Texts of front matter as HTML of one line: the parser of Markdown reads them, or would say the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.collections import inline
from plugins.problems import Place, Problems
from tests.collections.documents import convert

PIECES = [
    *"aZ09éß .,;:?!()/+=@%#^|–—’‘“”-'&<>*_`[]{}$\\\"~…\n",
    *(
        "word",
        "NASA",
        "R&D",
        "a & b",
        "it's",
        "&amp;",
        "&quot;",
        "&lt;",
        "<i>",
        "</i>",
        "<b>x</b>",
        "<br>",
        "--",
        "...",
        "1.",
        "**",
        ":x:",
        "王",
    ),
]
SHOWN = {
    "plain text": ("On things: a study (part 1)", "On things: a study (part 1)"),
    "what would begin a list": ("1. Things", "1. Things"),
    "what would be a heading": ("# Things", "# Things"),
    "an ampersand": ("Things & Co", "Things &amp; Co"),
    "a reference": ("&quot;Things&quot; &amp; &eacute;", '"Things" &amp; é'),
    "quotes": ('"It\'s" here', "“It’s” here"),
    "an abbreviation stays without small capitals": ("NASA in 2020", "NASA in 2020"),
    "HTML": ("<i>J</i>, <b>2</b>", "<i>J</i>, <b>2</b>"),
    "HTML that is not closed": ("<i>J", "<i>J</i>"),
    "HTML of blocks": ("<p>J</p>", "&lt;p&gt;J&lt;/p&gt;"),
    "emphasis": ("*C. elegans* and **more**", "<em>C. elegans</em> and <strong>more</strong>"),
    "asterisks that are none": ("A* search, D* lite and B*-trees", "A* search, D* lite and B*-trees"),
    "a footnote's mark": ("Lee, A.*, Ray, B.*", "Lee, A.*, Ray, B.*"),
    "math between dollars": (
        "The $x$ norm",
        'The <math display="inline" alttext="x"><mrow><mi>x</mi></mrow></math> norm',
    ),
    "math between brackets": (r"\(x\)", '<math display="inline" alttext="x"><mrow><mi>x</mi></mrow></math>'),
    "amounts": ("From $5 to $10 million", "From $5 to $10 million"),
    "amounts side by side": ("$5/$10", "$5/$10"),
    "a link": ("[J](https://x.org/y)", '<a href="https://x.org/y">J</a>'),
    "a comment": ("J <!-- note -->1", "J 1"),
    "Liquid": ("{{ site.url }} {% if %}", "{{ site.url }} {% if %}"),
    "lines": ("On\n  things", "On things"),
    "a script that has one language": ("한국어 title", '<span lang="ko">한국어</span> title'),
}


@pytest.mark.parametrize(("text", "html"), SHOWN.values(), ids=SHOWN)
def test_a_text_on_one_line(text: str, html: str) -> None:
    assert inline.to_html(text, Place("x.md"), convert, Problems()) == html


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=800, deadline=None, derandomize=True)
def test_a_text_that_needs_no_parser_is_what_the_parser_makes_of_it(text: str) -> None:
    text = " ".join(text.split())
    if inline._SIMPLE.fullmatch(text):
        assert inline.to_html(text, Place("x.md"), convert, Problems()) == convert(
            text, Place("x.md"), Problems(), spans_only=True
        )


def test_most_texts_need_no_parser() -> None:
    texts = ["On Things, and a & b", "Lee, A. (2020). &quot;T.&quot; <i>J</i>. 1(1).", "Université de Genève", "Bob's"]
    assert all(map(inline._SIMPLE.fullmatch, texts))
