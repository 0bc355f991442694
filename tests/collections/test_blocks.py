"""The text of an entry on a page of several: its ids are its own, its headings stand below those of the page."""

import pytest

from plugins.collections.blocks import within

CASES = {
    "nothing to do": ("<p>Text with h1.</p>", "<p>Text with h1.</p>"),
    "a heading": ('<h1 id="a">A</h1>', '<h4 id="x-a">A</h4>'),
    "headings of several levels": ("<h2>A</h2><h3>B</h3><h6>C</h6>", "<h4>A</h4><h5>B</h5><h6>C</h6>"),
    "headings that are low enough": ("<h5>A</h5>", "<h5>A</h5>"),
    "a link to a heading": ('<h4 id="a">A</h4><a href="#a">a</a>', '<h4 id="x-a">A</h4><a href="#x-a">a</a>'),
    "a link to the page": ('<h4 id="a">A</h4><a href="#b">b</a>', '<h4 id="x-a">A</h4><a href="#b">b</a>'),
    "a footnote": (
        '<sup id="fnref:1"><a href="#fn:1">1</a></sup><li id="fn:1"><a href="#fnref:1">↩</a></li>',
        '<sup id="x-fnref:1"><a href="#x-fn:1">1</a></sup><li id="x-fn:1"><a href="#x-fnref:1">↩</a></li>',
    ),
    "an element that begins like a heading": ('<hr><html-x id="b">', '<hr><html-x id="x-b">'),
}


@pytest.mark.parametrize(("html", "fitted"), CASES.values(), ids=CASES)
def test_a_text_within_a_page(html: str, fitted: str) -> None:
    assert within(html, "x") == fitted
