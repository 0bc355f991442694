"""The theme's CSS files become one text and its hash, or problems."""

import hashlib
from base64 import b64encode

import pytest

from plugins.problems import Problems
from plugins.stylesheet import Stylesheet, compose


def composed(files: dict[str, str], settings: str = "", problems: Problems | None = None) -> Stylesheet:
    return compose(files, settings, "#000000", Problems() if problems is None else problems)


def test_the_order_of_the_layers_comes_first_and_the_settings_last() -> None:
    """layers.css leads, though other names sort before it."""
    problems = Problems()
    sheet = composed({"base.css": "@layer base{a{color:red}}", "layers.css": "@layer reset, base;"}, "b{}", problems)
    assert not list(problems)
    assert sheet["text"] == "@layer reset,base;@layer base{a{color:red}}b{}"


def test_the_hash_is_that_of_the_text() -> None:
    """A policy may quote it as it is."""
    sheet = composed({"base.css": "a { color : red }"}, "b{color:blue}")
    assert sheet["text"] == "a{color:red}b{color:blue}"
    assert sheet["sha256"] == "sha256-" + b64encode(hashlib.sha256(sheet["text"].encode()).digest()).decode()
    assert sheet["accent"] == "#000000"


def test_a_file_that_is_not_valid_css_is_a_problem_that_names_it() -> None:
    problems = Problems()
    sheet = composed({"base.css": "a { color: red } }", "good.css": "a{color:red}"}, "", problems)
    assert sheet["text"] == "a{color:red}"
    (problem,) = problems
    assert str(problem).startswith("theme/styles/base.css: is not valid CSS: ")
    assert not problem.warning


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("a{color:light-dark(#fff, #000)}", "light-dark(#fff,#000)", id="both schemes' colours"),
        pytest.param("a{color:oklch(45% .1 30)}", "oklch(45% .1 30)", id="a colour in OKLCH"),
        pytest.param("a { & b :is(c, d) { x: y } }", "& b :is(c,d)", id="nesting with a space that means descendant"),
        pytest.param("p{hanging-punctuation:first allow-end}", "hanging-punctuation:first", id="a recent property"),
        pytest.param("@page{@bottom-center{content:counter(page)}}", "@bottom-center", id="a page's margin box"),
        pytest.param("p{width:clamp(1rem, .9rem + .3vw, 2rem)}", ".9rem + .3vw", id="the spaces around a plus"),
    ],
)
def test_recent_css_is_kept(written: str, kept: str) -> None:
    """The minifier understands what the theme is written in."""
    assert kept in composed({"base.css": written})["text"]
