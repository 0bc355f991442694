"""An author's colour is taken if it can be read, and refused with the nearest that can."""

import pytest

from plugins.stylesheet.colour import contrast, parse
from plugins.stylesheet.settings import READABLE, grounds, rules
from tests.conftest import ROOT, Site

ON = grounds((ROOT / "theme" / "styles" / "tokens.css").read_text("utf-8"))


def test_the_grounds_are_the_themes_own() -> None:
    """Paper and wash of both schemes are found in tokens.css, so that the check checks something."""
    assert {scheme: len(found) for scheme, found in ON.items()} == {"light": 2, "dark": 2}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000", "#fff", 21.0, id="black on white"),
        pytest.param("#777777", "#fff", 4.48, id="the grey that just fails"),
        pytest.param("oklch(62.8% .2577 29.23)", "#fff", 4.0, id="red, said in OKLCH"),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Values that every contrast checker gives."""
    first, second = parse(one), parse(other)
    assert first
    assert second
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("written", ["#8c1d18", "#012345", "#ffffff", "oklch(45% 0.13 27)"])
def test_a_colour_is_written_as_it_was(written: str) -> None:
    """To OKLCH and back loses nothing."""
    assert str(parse(written)) == written


@pytest.mark.parametrize(
    ("scheme", "accent", "css"),
    [
        pytest.param("auto", "", "", id="the defaults add nothing"),
        pytest.param("light", "", "@layer settings{:root{color-scheme:light}}", id="one scheme for all"),
        pytest.param(
            "auto", "#8c1d18", "@layer settings{:root{--accent:light-dark(#8c1d18,#f29b90)}}", id="dark is mirrored"
        ),
        pytest.param(
            "auto",
            ("#8c1d18", "#f0a090"),
            "@layer settings{:root{--accent:light-dark(#8c1d18,#f0a090)}}",
            id="one for light and one for dark",
        ),
    ],
)
def test_settings_become_rules(scheme: str, accent: object, css: str) -> None:
    """In a layer of their own, over the theme's."""
    assert rules(scheme, accent, ON) == (css, [])


@pytest.mark.parametrize(
    ("scheme", "accent", "said"),
    [
        pytest.param("sepia", "", "'sepia' is no scheme; write 'auto', 'light' or 'dark'", id="no scheme"),
        pytest.param("auto", "red", "'red' is no colour; write '#8c1d18'", id="a name"),
        pytest.param("auto", "#12", "'#12' is no colour", id="two digits"),
        pytest.param("auto", ("#123", "#456", "#789"), "is no colour", id="three colours"),
        pytest.param("auto", 3, "3 is no colour", id="a number"),
        pytest.param(
            "auto",
            "#ff0000",
            "'#ff0000' has a contrast of only 3.53:1 in the light scheme and 3.42:1 in the dark scheme; "
            "4.5:1 is needed; the nearest is '#dc0000'",
            id="a red that fails in both",
        ),
        pytest.param("light", "#ff0000", "only 3.53:1 in the light scheme; 4.5:1", id="only the scheme that is shown"),
        pytest.param(
            "auto",
            ("#8c1d18", "#00f"),
            "'#8c1d18' and '#0000ff' has a contrast of only 1.97:1 in the dark",
            id="a pair",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(scheme: str, accent: object, said: str) -> None:
    """With the value as written, why, and a way out."""
    problems = rules(scheme, accent, ON)[1]
    assert said in " ".join(map(str, problems))
    assert [problem.path for problem in problems] == ["pelicanconf.py"]


@pytest.mark.parametrize(
    "written", ["#ff0000", "#ffee00", "#00ff00", "#ffffff", "oklch(60% .13 250)", "oklch(90% 0 0)"]
)
def test_the_nearest_is_one_that_passes(written: str) -> None:
    """An author may copy it from the message."""
    (problem,) = rules("auto", written, ON)[1]
    nearest = problem.hint.split("'")[1]
    assert rules("auto", nearest, ON)[1] == []


def test_a_failing_accent_ends_the_build(seed_site: Site) -> None:
    """At build, not at the reader's eye."""
    built = seed_site.build(THEME_ACCENT="#ff0000")
    assert built.failed
    assert any(
        line.startswith("pelicanconf.py: THEME_ACCENT: '#ff0000' has a contrast of only") for line in built.lines
    )
    assert READABLE == 4.5
