"""What the converter's HTML lacks for keyboards and screen readers is added, and nothing else changes."""

from xml.etree.ElementTree import fromstring, tostring

import pytest

from plugins.stylesheet.access import make_accessible
from tests.conftest import Site


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<pre><code>a</code></pre>", '<pre tabindex="0"><code>a</code></pre>', id="a keyboard reaches code"),
        pytest.param('<table class="a"></table>', '<table tabindex="0" class="a"></table>', id="and a table"),
        pytest.param('<pre tabindex="-1">a</pre>', '<pre tabindex="-1">a</pre>', id="the author's own order stays"),
        pytest.param(
            '<math display="block"><mi>x</mi></math> y',
            '<span class="formula" tabindex="0"><math display="block"><mi>x</mi></math></span> y',
            id="and a wide formula",
        ),
        pytest.param(
            '<p tabindex="0"><math display="block"></math></p>',
            '<p tabindex="0"><math display="block"></math></p>',
            id="but not one that is reached already",
        ),
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
        make_accessible(root, "A & B")
        assert tostring(root, "unicode", "html") == f"<div>{expected}</div>"


def test_a_checkbox_is_named_in_the_pages_language(site: Site) -> None:
    site.write("content/pages/a.md", "---\npermalink: /\nlang: de\n---\n- [x] a\n")
    assert '<input aria-label="Aufgabe" type="checkbox"' in site.build().text("index.html")
