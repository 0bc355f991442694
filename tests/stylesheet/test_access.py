"""What the converter's HTML lacks for keyboards and screen readers is added, and nothing else changes."""

from xml.etree.ElementTree import fromstring, tostring

import pytest

from plugins.stylesheet.access import make_accessible
from tests.conftest import Site

WORDS = {"task": "A & B", "code": "C", "table": "T", "formula": "F"}
LONG = "x" * 40
REACHED = 'tabindex="0" aria-label="{}"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(f"<pre>{LONG}</pre>", f'<pre role="group" {REACHED.format("C")}>{LONG}</pre>', id="a keyboard reaches long code"),
        pytest.param("<pre>a\nb</pre>", "<pre>a\nb</pre>", id="short code never scrolls"),
        pytest.param(f'<table class="a"><tr><td>{LONG}</td></tr></table>', f'<table {REACHED.format("T")} class="a"><tr><td>{LONG}</td></tr></table>', id="and a wide table"),
        pytest.param("<table><tr><td>a b c</td></tr></table>", "<table><tr><td>a b c</td></tr></table>", id="not a narrow one"),
        pytest.param(f'<pre role="note" tabindex="-1" aria-label="x">{LONG}</pre>', f'<pre role="note" tabindex="-1" aria-label="x">{LONG}</pre>', id="the author's own stays"),
        pytest.param(
            f'<math display="block"><mi>{LONG}</mi></math> y',
            f'<span tabindex="0" aria-label="F" class="formula" role="group"><math display="block"><mi>{LONG}</mi></math></span> y',
            id="and a wide formula",
        ),
        pytest.param('<math display="block"><mi>x</mi></math>', '<span class="formula"><math display="block"><mi>x</mi></math></span>', id="not a short one"),
        pytest.param("<math><mi>x</mi></math>", "<math><mi>x</mi></math>", id="nor one in a line"),
        pytest.param(
            '<input type="checkbox" class="task-list-item-checkbox"/>',
            '<input aria-label="A &amp; B" type="checkbox" class="task-list-item-checkbox">',
            id="a checkbox has a name",
        ),
        pytest.param('<input type="text"/>', '<input type="text">', id="another field has its author's"),
        pytest.param(
            '<sup id="fnref:1" role="doc-noteref"><a href="#fn:1">1</a></sup>',
            '<sup id="fnref:1"><a role="doc-noteref" href="#fn:1">1</a></sup>',
            id="the role is the link's",
        ),
        pytest.param(
            '<ol><li id="fn:1" role="doc-endnote">a</li></ol>', '<ol><li id="fn:1">a</li></ol>', id="a withdrawn role"
        ),
    ],
)  # fmt: skip
def test_a_page_gets_what_it_lacks(html: str, expected: str) -> None:
    """Once: a second time changes nothing."""
    root = fromstring(f"<div>{html}</div>")
    for _ in range(2):
        make_accessible(root, WORDS)
        assert tostring(root, "unicode", "html") == f"<div>{expected}</div>"


def test_a_checkbox_is_named_in_the_pages_language(site: Site) -> None:
    site.write("content/pages/a.md", "---\npermalink: /\nlang: de\n---\n- [x] a\n")
    assert '<input aria-label="Aufgabe" type="checkbox"' in site.build().text("index.html")
