"""A biography's markup stays intact and becomes safe."""

import pytest

from plugins.author_profile.inline import lost_tags, to_html
from plugins.markup import to_text


@pytest.mark.parametrize(
    ("written", "html", "text"),
    [
        ("AT&T", "AT&amp;T", "AT&T"),
        ("one<br>two", "one<br>two", "one two"),
        ("<b>bold</b> &amp; <i>not</i>", "<b>bold</b> &amp; <i>not</i>", "bold & not"),
        ("**bold** and *not*", "<strong>bold</strong> and <em>not</em>", "bold and not"),
        ("[me](https://x.example/?a=1&b=2)", '<a href="https://x.example/?a=1&amp;b=2">me</a>', "me"),
        ("[me](javascript:alert(1))", "<a>me</a>", "me"),
        ('<a href="javascript:alert(1)" onclick="x">me</a>', "<a>me</a>", "me"),
        ("<script>alert(1)</script>words", "words", "words"),
        ('<img src=x onerror="alert(1)">words', "words", "words"),
        ("1. First\n2. Second", "1. First 2. Second", "1. First 2. Second"),
        ("# no heading\n\n- no list", "# no heading<br>- no list", "# no heading - no list"),
        ("5 < 6 > 4", "5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("snake_case_name", "snake_case_name", "snake_case_name"),
        ("caf&eacute; &#x4e2d;", "café 中", "café 中"),
        ("中文, **粗体**", "中文, <strong>粗体</strong>", "中文, 粗体"),
        ("<b>open", "<b>open</b>", "open"),
    ],
)
def test_a_text_keeps_what_a_sidebar_can_show(written: str, html: str, text: str) -> None:
    assert to_html(written) == html
    assert to_text(to_html(written)) == text


def test_a_name_is_not_read_as_markdown() -> None:
    assert to_html("*Jane* _Doe_<br>X", markdown=False) == "*Jane* _Doe_<br>X"


def test_the_tags_that_are_removed_are_listed() -> None:
    assert lost_tags('<img src="x"><b>x</b><marquee>y</marquee><p>z</p> <me@example.org> <https://x.example>') == [
        "img",
        "marquee",
    ]
