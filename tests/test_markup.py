"""The one scanner of HTML, compared with html5lib's tokenizer, which follows the standard step by step."""

import re
import time
from itertools import groupby
from typing import Any

import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.markup import RAW_TEXT, paragraphs, refresh_target, scan, to_text, without_comments, without_policy

PIECES = """< </ > / a b p script title style TextArea = " ' ! -- - ? &amp; &copy &lt x <!-- --> ]]> </script> </title
</style > href é &#65; & svg""".split()
Piece = tuple[str, Any]


def joined(pieces: list[Piece]) -> list[Piece]:
    """Join texts that follow each other."""
    found: list[Piece] = []
    for is_text, group in groupby(pieces, key=lambda piece: piece[0] == "text"):
        if is_text:
            found += [("text", text)] if (text := "".join(piece[1] for piece in group)) else []
        else:
            found += group
    return found


def ours(html: str) -> list[Piece]:
    tokens = list(scan(html))
    assert "".join(token.source for token in tokens) == html
    assert all(html.startswith(token.source, token.position) for token in tokens)
    pieces: list[Piece] = []
    for token in tokens:
        if token.kind == "text":
            unfinished = token is tokens[-1] and not token.name  # which a browser drops
            pieces.append(("text", re.sub(r"(?s)</?[a-zA-Z].*", "", token.source) if unfinished else token.source))
            pieces[-1] = ("text", token._replace(source=pieces[-1][1]).text)
        elif token.kind == "start":
            pieces.append((token.name, token.attributes))
        elif token.kind == "end":
            pieces.append((f"/{token.name}", {}))
    return joined(pieces)


def theirs(html: str) -> list[Piece]:
    tokenizer = HTMLTokenizer(html)
    pieces: list[Piece] = []
    for token in tokenizer:
        if token["type"] in (tokenTypes["Characters"], tokenTypes["SpaceCharacters"]):
            pieces.append(("text", token["data"]))
        elif token["type"] == tokenTypes["StartTag"]:
            pieces.append((token["name"], dict(token["data"])))
            if token["name"] in RAW_TEXT:  # what the standard leaves to the construction of the tree
                tokenizer.state = tokenizer.rawtextState
            elif token["name"] in ("textarea", "title"):
                tokenizer.state = tokenizer.rcdataState
        elif token["type"] == tokenTypes["EndTag"]:
            pieces.append((f"/{token['name']}", {}))
    return joined(pieces)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*PIECES, " ", "\n", "\f"]), max_size=14).map("".join))
@example('<a title="x>y" href=/x/>t</a>')
@example("<a href='?a=1&copy=2&copyright&amp;c&lt;' HREF=y disabled>")
@example("<script>a<b></b></script x><style>p</styles></style>")
@example("<style>&lt;</style><title>&lt;</title>")
@example("<!-->a<!--->b<!-- > --!>c<!-- d")
@example("</>a</ b>c<?d e>f<!g>h</")
def test_a_page_is_split_as_the_standard_says(html: str) -> None:
    assert ours(html) == theirs(html)


def test_cdata_ends_late_in_foreign_elements_alone() -> None:
    """In HTML it is a comment that ends with the first `>`."""
    inside = "<svg><![CDATA[ <a> ]]></svg>"
    assert [token.source for token in scan(inside)] == ["<svg>", "<![CDATA[ <a> ]]>", "</svg>"]
    nested = "<svg><svg></svg><![CDATA[ <a> ]]></svg>"
    assert [token.source for token in scan(nested)][3] == "<![CDATA[ <a> ]]>"
    assert [token.source for token in scan("<svg/><![CDATA[ <a> ]]>")] == ["<svg/>", "<![CDATA[ <a>", " ]]>"]


def test_an_empty_element_of_svg_swallows_nothing() -> None:
    """`<title/>` ends at once there; in HTML it does not."""
    assert [token.name for token in scan("<svg><title/><a></svg>")] == ["svg", "title", "a", "svg"]
    assert [token.kind for token in scan("<title/><a>")] == ["start", "text"]


@pytest.mark.parametrize(
    ("tag", "changes", "edited"),
    [
        ("<p>", {"id": 'a"&'}, '<p id="a&quot;&amp;">'),
        ('<P Class=a b="c>d" ID>', {"id": None, "class": "x"}, '<P class="x" b="c>d">'),
        ("<br/>", {"id": "a"}, '<br id="a"/>'),
        ("<a href=/x/>", {"id": "a"}, '<a id="a" href=/x/>'),
    ],
    ids=["escaped", "changed and removed", "an empty element", "a slash that is a value's"],
)
def test_an_edited_tag_keeps_the_rest_as_written(tag: str, changes: dict[str, str | None], edited: str) -> None:
    (token,) = scan(tag)
    assert token.edited(changes) == edited


def test_a_page_loses_its_policy_and_nothing_else() -> None:
    """Below the head a `<meta>` is no policy."""
    policy = """<META content="default-src 'none'; x > y" http-equiv=Content-Security-Policy>"""
    head = '<!doctype html><head><meta charset="utf-8">'
    body = f"<body><p>{policy}</p>"
    assert without_policy(f"{head}{policy}{body}") == f"{head}{body}"
    assert without_policy(f"{policy}<p>x") == "<p>x"


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/a?b=c&amp;d">', "/a?b=c&d"),
        ("<META content='0;URL = /a' HTTP-EQUIV=Refresh>", "/a"),
        ('<meta http-equiv="refresh" content="5; url=/a">', ""),
        ('<!-- <meta http-equiv="refresh" content="0; url=/a"> -->', ""),
        ('<body><pre>&lt;meta</pre><meta http-equiv="refresh" content="0; url=/a">', ""),
    ],
    ids=["decoded", "in any case and order", "a page that waits", "a comment", "below the head"],
)
def test_a_stub_redirects_at_once(html: str, target: str) -> None:
    assert refresh_target(html) == target


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a "', "<a b=' ", "</a", "<!--", "<![CDATA[", "<script>", "<svg><![CDATA[", "<a =", "a<?"]
)
def test_no_page_takes_more_than_linear_time(piece: str) -> None:
    """Four times the page takes far less than sixteen times as long."""

    def seconds(times: int) -> float:
        html = piece * times
        start = time.process_time()
        for _ in scan(html):
            pass
        return time.process_time() - start

    assert min(seconds(80_000) for _ in range(3)) < 9 * min(seconds(20_000) for _ in range(3)) + 0.02


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>AT&amp;T</b> &amp;\n <i title='>'>more</i>", "AT&T & more"),
        ("one<br>two<wbr>three", "one twothree"),
        ("a<!-- b --><style>c</style><script>d</script>e", "ae"),
        ("5 < 6 > 4, a<b", "5 < 6 > 4, a<b"),
    ],
    ids=["tags and references", "line breaks", "no comments and scripts", "no tags"],
)
def test_html_has_words(html: str, text: str) -> None:
    assert to_text(html) == text


def test_paragraphs_are_those_of_prose() -> None:
    html = """<svg><p>a</p></svg><P class="x>y">b <b>c</b></P><p>d<figure><p>e</p></figure> f<style>g</style><p>h"""
    assert list(paragraphs(html)) == ["b c", "d f", "h"]


def test_comments_leave_a_page() -> None:
    """A doctype stays, and so does what is no comment: text in scripts, attributes and elements of text."""
    kept = '<!doctype html><script>"<!-- a -->"</script><a title="<!-- b -->"><title><!-- c --></title>'
    assert without_comments(f"{kept}<p><!-- d --><b><!-->e<!-- f --!></b><!-- g") == f"{kept}<p><b>e</b>"
