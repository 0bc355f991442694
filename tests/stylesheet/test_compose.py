"""Many files of styles become one text, its hash, or problems."""

import hashlib
from base64 import b64encode

import pytest

from plugins.stylesheet.compose import compose


def test_the_order_of_the_layers_comes_first_whatever_the_files_are_called() -> None:
    """layers.css leads, though other names sort before it."""
    sheet, problems = compose({"base.css": "@layer base{a{color:red}}", "layers.css": "@layer reset, base;"})
    assert problems == []
    assert sheet["text"].index("@layer reset") < sheet["text"].index("color:red")


def test_the_hash_is_that_of_the_text() -> None:
    """A policy may quote it as it is."""
    sheet, _ = compose({"base.css": "a { color : red }"})
    assert sheet["sha256"] == "sha256-" + b64encode(hashlib.sha256(sheet["text"].encode()).digest()).decode()


def test_a_file_that_is_no_css_is_a_problem_that_names_it() -> None:
    """A slip of the pen in a style does not go out as a broken page."""
    _, problems = compose({"base.css": "a { color: red } }"})
    assert [problem.path for problem in problems] == ["theme/styles/base.css"]
    assert "is no CSS" in str(problems[0])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("a{color:light-dark(#fff, #000)}", "light-dark(#fff,#000)", id="both schemes' colours"),
        pytest.param("a{color:oklch(45% .1 30)}", "oklch(45% .1 30)", id="a colour in OKLCH"),
        pytest.param("a { & b :is(c, d) { x: y } }", "& b :is(c,d)", id="nesting with a blank that means descendant"),
        pytest.param("p{hanging-punctuation:first allow-end}", "hanging-punctuation:first", id="a young property"),
        pytest.param("@page{@bottom-center{content:counter(page)}}", "@bottom-center", id="a page's margin box"),
        pytest.param("p{width:clamp(1rem, .9rem + .3vw, 2rem)}", ".9rem + .3vw", id="the blanks around a plus"),
    ],
)
def test_young_css_comes_through(written: str, kept: str) -> None:
    """The minifier understands what the theme is written in."""
    assert kept in compose({"base.css": written})[0]["text"]
