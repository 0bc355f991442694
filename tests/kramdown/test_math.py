"""Math becomes MathML, or stays readable as its source with a warning."""

from xml.etree.ElementTree import tostring

import pytest

from plugins.kramdown import KramdownMarkdown
from plugins.mathml import to_mathml


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


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathrm d", '<mi mathvariant="normal">d</mi>'),
        (r"a\!b", '<mi>a</mi><mspace style="margin-inline-start:-0.1667em" /><mi>b</mi>'),
    ],
)
def test_letters_stay_upright_and_spaces_negative(tex: str, mathml: str) -> None:
    """What latex2mathml forgets, and what MathML Core has no more."""
    assert mathml in tostring(to_mathml(tex, block=False), "unicode")
