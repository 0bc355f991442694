"""Math becomes MathML, or stays readable as its source with a warning."""

import pytest

from plugins.kramdown import KramdownMarkdown


@pytest.mark.parametrize(
    ("source", "tex", "display"),
    [
        ("a $$x^2$$ b", "x^2", "inline"),
        ("$$\nx^2\n$$", "x^2", "block"),
        (r"a \\(x_1 + y_1\\) b", "x_1 + y_1", "inline"),
        (r"a \\[x_1\\] b", "x_1", "block"),
        (
            r"$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$",
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            "block",
        ),
    ],
    ids=["within a line", "a block", "MathJax's parentheses", "MathJax's brackets", "aligned lines"],
)
def test_math_becomes_mathml(source: str, tex: str, display: str, md: KramdownMarkdown) -> None:
    """The formula is a <math> that carries its TeX, and needs no script."""
    html = md.convert(source)
    assert f'display="{display}"' in html
    assert 'alttext="' + tex.replace("&", "&amp;") + '"' in html
    assert "$" not in html
    assert not md.problems


def test_what_cannot_be_translated_is_shown_and_reported(md: KramdownMarkdown) -> None:
    """The TeX stays readable; the warning names its line and the cause."""
    html = md.convert("Text\n\nand $$\\nosuchthing{x}$$ here")
    assert r'<code class="math">\nosuchthing{x}</code>' in html
    (problem,) = md.problems
    assert (problem.line, problem.warning) == (3, True)
    assert r"\nosuchthing is not known" in problem.message


def test_dollars_are_dollars(md: KramdownMarkdown) -> None:
    """Amounts of money are not math."""
    assert md.convert("It cost $15M, then $20M.") == "<p>It cost $15M, then $20M.</p>"
