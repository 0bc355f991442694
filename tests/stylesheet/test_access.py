"""What the converter's HTML lacks is added, and nothing else is touched."""

import pytest

from plugins.stylesheet.access import accessible


@pytest.mark.parametrize(
    ("html", "better"),
    [
        pytest.param("<pre><code>", '<pre tabindex="0"><code>', id="a keyboard reaches code"),
        pytest.param('<table class="a">', '<table tabindex="0" class="a">', id="a keyboard reaches a table"),
        pytest.param('<table tabindex="-1">', '<table tabindex="-1">', id="the author's own order stays"),
        pytest.param(
            '<math display="block"><mi>x</mi></math>',
            '<span class="formula" tabindex="0"><math display="block"><mi>x</mi></math></span>',
            id="and a wide formula",
        ),
        pytest.param("<math><mi>x</mi></math>", "<math><mi>x</mi></math>", id="but not one in a line"),
        pytest.param("<tablet><preface>", "<tablet><preface>", id="other names"),
        pytest.param("&lt;pre&gt; pre table", "&lt;pre&gt; pre table", id="words"),
        pytest.param(
            '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled">',
            '<input aria-label="A &amp; B" type="checkbox" class="task-list-item-checkbox" disabled="disabled">',
            id="a checkbox has a name",
        ),
        pytest.param('<input type="text">', '<input type="text">', id="another field has its author's"),
        pytest.param(
            '<sup id="fnref:1" role="doc-noteref"><a href="#fn:1">1</a></sup>',
            '<sup id="fnref:1"><a role="doc-noteref" href="#fn:1">1</a></sup>',
            id="the role is the link's",
        ),
        pytest.param('<li id="fn:1" role="doc-endnote">', '<li id="fn:1">', id="a role that was withdrawn"),
    ],
)
def test_a_page_gets_what_it_lacks(html: str, better: str) -> None:
    """Once: a second time changes nothing."""
    assert accessible(html, "A & B") == better
    assert accessible(better, "A & B") == better
