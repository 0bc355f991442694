"""An author's colour is taken if it can be read, and refused with the nearest that can."""

import re
import subprocess
import sys

import pytest
from coloraide import Color

from plugins.problems import InvalidValueError, Problems
from plugins.stylesheet import light_accent, papers, rules
from plugins.stylesheet.accent import accents, contrast, css, parse
from tests.conftest import PELICANCONF, ROOT, Site

TOKENS = (ROOT / "theme" / "styles" / "tokens.css").read_text("utf-8")


def found(scheme: str, accent: object) -> list[str]:
    """Return the problems of the two settings, as printed."""
    problems = Problems()
    rules(scheme, accent, TOKENS, problems)
    return list(map(str, problems))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000", "#fff", 21.0, id="black on white"),
        pytest.param("#777777", "#fff", 4.48, id="the grey that just fails"),
        pytest.param("oklch(62.8% .2577 29.23)", "#fff", 4.0, id="red in OKLCH"),
        pytest.param("color(display-p3 1 0 0)", "#fff", 4.0, id="a red that sRGB has not is clipped"),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Values that every contrast checker gives."""
    ((first,), (second,)) = parse(one), parse(other)
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("#8c1d18", "#8c1d18"),
        ("#012345", "#012345"),
        ("#ffffff", "#ffffff"),
        ("#FFF", "#ffffff"),
        ("rebeccapurple", "#663399"),
        ("rgb(140 29 24)", "#8c1d18"),
        ("hsl(10 50% 40%)", "#994433"),
        ("hwb(0 0% 50%)", "#800000"),
        (" oklch(45% 0.13 27) ", "oklch(45% 0.13 27)"),
        ("oklch(none 0.13 27)", "oklch(0% 0.13 27)"),
        ("lab(50% 40 59.5)", "oklch(57.77% 0.1543 49.29)"),
        ("color(display-p3 0 1 0)", "oklch(84.88% 0.3685 145.6)"),
    ],
)
def test_every_css_colour_can_be_written(written: str, printed: str) -> None:
    """What sRGB notations can hold is printed as #rrggbb, everything else in OKLCH."""
    assert [css(colour) for colour in parse(written)] == [printed]


@pytest.mark.parametrize(
    ("scheme", "accent", "printed"),
    [
        pytest.param("auto", "", "", id="the defaults add nothing"),
        pytest.param("light", "", "@layer settings{:root{color-scheme:light}}", id="one scheme for all"),
        pytest.param(
            "auto", "#8c1d18", "@layer settings{:root{--accent:light-dark(#8c1d18,#f29b90)}}", id="dark is mirrored"
        ),
        pytest.param(
            "auto",
            "oklch(45% .13 27)",
            "@layer settings{:root{--accent:light-dark(oklch(45% 0.13 27),oklch(74.5% 0.0936 27))}}",
            id="in the notation that was written",
        ),
        pytest.param(
            "auto",
            "oklch(none 0 0)",
            "@layer settings{:root{--accent:light-dark(oklch(0% 0 0),oklch(100% 0 0))}}",
            id="no lighter than white",
        ),
        pytest.param(
            "auto",
            ("#8c1d18", "#f0a090"),
            "@layer settings{:root{--accent:light-dark(#8c1d18,#f0a090)}}",
            id="one for light and one for dark",
        ),
        pytest.param(
            "dark",
            ["#ffffff", "#f0a090"],
            "@layer settings{:root{color-scheme:dark;--accent:light-dark(#ffffff,#f0a090)}}",
            id="the scheme that is not shown is not checked",
        ),
    ],
)
def test_settings_become_rules(scheme: str, accent: object, printed: str) -> None:
    """In a layer of their own, over the theme's."""
    problems = Problems()
    assert rules(scheme, accent, TOKENS, problems) == printed
    assert not list(problems)


EXAMPLE = "write '#8c1d18', 'oklch(45% .13 27)' or two of them, for light and for dark"


@pytest.mark.parametrize(
    ("scheme", "accent", "reported"),
    [
        pytest.param(
            "sepia", "", "THEME_SCHEME: 'sepia' is not a scheme; write 'auto', 'light' or 'dark'", id="not a scheme"
        ),
        pytest.param("auto", "reddish", f"THEME_ACCENT: 'reddish' is not a colour; {EXAMPLE}", id="not a name"),
        pytest.param("auto", "#12", f"THEME_ACCENT: '#12' is not a colour; {EXAMPLE}", id="two digits"),
        pytest.param("auto", "red;}", f"THEME_ACCENT: 'red;}}' is not a colour; {EXAMPLE}", id="more than a colour"),
        pytest.param("auto", "#8c1d1880", f"THEME_ACCENT: '#8c1d1880' is not a colour; {EXAMPLE}", id="transparent"),
        pytest.param(
            "dark", "oklch(45 .13 27)", f"THEME_ACCENT: 'oklch(45 .13 27)' is not a colour; {EXAMPLE}", id="without %"
        ),
        pytest.param(
            "auto",
            ("#123", "#456", "#789"),
            f"THEME_ACCENT: ('#123', '#456', '#789') is not a colour; {EXAMPLE}",
            id="three colours",
        ),
        pytest.param(
            "auto", ("#123", "no"), f"THEME_ACCENT: ('#123', 'no') is not a colour; {EXAMPLE}", id="one of two"
        ),
        pytest.param("auto", 3, f"THEME_ACCENT: 3 is not a colour; {EXAMPLE}", id="a number"),
        pytest.param(
            "auto",
            "red",
            "THEME_ACCENT: 'red' has a contrast of only 3.53:1 in the light scheme and 3.42:1 in the dark scheme; "
            "4.5:1 is needed; the nearest is '#dc0000'",
            id="a red that fails in both",
        ),
        pytest.param(
            "light",
            "#ff0000",
            "THEME_ACCENT: '#ff0000' has a contrast of only 3.53:1 in the light scheme; "
            "4.5:1 is needed; the nearest is '#de0000'",
            id="only the scheme that is shown",
        ),
        pytest.param(
            "auto",
            ("#8c1d18", "#00f"),
            "THEME_ACCENT: ('#8c1d18', '#00f') has a contrast of only 1.97:1 in the dark scheme; "
            "4.5:1 is needed; the nearest is '#8c1d18', '#2e7fff'",
            id="a pair",
        ),
        pytest.param(
            "auto",
            "oklch(60% .13 250)",
            "THEME_ACCENT: 'oklch(60% .13 250)' has a contrast of only 3.47:1 in the light scheme and 4.22:1 in the "
            "dark scheme; 4.5:1 is needed; the nearest is 'oklch(53.5% 0.13 250)'",
            id="in OKLCH",
        ),
    ],
)
def test_what_cannot_be_used_is_a_problem(scheme: str, accent: object, reported: str) -> None:
    """With the value as written, why, and a way out."""
    assert found(scheme, accent) == [f"pelicanconf.py: {reported}"]


def test_two_wrong_settings_are_two_problems() -> None:
    assert len(found("sepia", "#12")) == 2


@pytest.mark.parametrize(
    "written", ["#ff0000", "#ffee00", "#00ff00", "#ffffff", "oklch(60% .13 250)", "oklch(90% 0 0)", "gold"]
)
def test_the_nearest_is_one_that_passes(written: str) -> None:
    """An author may copy it from the message."""
    (problem,) = found("auto", written)
    assert found("auto", problem.rpartition("is ")[2].strip("'")) == []


@pytest.mark.parametrize(("paper", "wash"), [("#888", "#fff"), ("#fff", "#888")])
def test_an_accent_is_checked_on_each_ground(paper: str, wash: str) -> None:
    tokens = "--paper: light-dark({}, #000); --wash: light-dark({}, #000);"
    assert accents("#6d6d6d", ("light",), tokens.format("#fff", "#fff"))
    with pytest.raises(InvalidValueError, match=r"1\.46:1 in the light scheme"):
        accents("#6d6d6d", ("light",), tokens.format(paper, wash))


def test_an_accent_is_taken_where_a_theme_names_no_ground() -> None:
    assert css(accents("#fff", ("light", "dark"), "")["light"]) == "#ffffff"


@pytest.mark.parametrize(
    ("accent", "tokens", "hexadecimal"),
    [
        pytest.param("", TOKENS, "#8b2320", id="the theme's own"),
        pytest.param("#012345", TOKENS, "#012345", id="the author's"),
        pytest.param(("rebeccapurple", "#fff"), TOKENS, "#663399", id="the author's for the light scheme"),
        pytest.param("#8c1d18ff", TOKENS, "#8c1d18", id="without the alpha that says opaque"),
        pytest.param("oklch(90% .4 150)", TOKENS, "#00ff00", id="clipped to sRGB"),
        pytest.param("#12", TOKENS, "#8b2320", id="a wrong one is reported elsewhere"),
        pytest.param("", "--accent: light-dark(oklch(42.5% .14 27), red);", "#8b2320", id="another theme's in OKLCH"),
        pytest.param("", "--paper: #fff;", "#000000", id="a theme without an accent"),
    ],
)
def test_an_icon_has_the_light_accent_in_hexadecimal(accent: object, tokens: str, hexadecimal: str) -> None:
    assert light_accent(accent, tokens) == hexadecimal


def test_the_themes_own_accent_is_readable() -> None:
    """It is held to what an author's is held to."""
    pair = accents((light_accent("", TOKENS), "oklch(77% .1 38)"), ("light", "dark"), TOKENS)
    assert "oklch(77% .1 38)" in TOKENS
    assert pair["light"] == Color("#8b2320")


def test_coloraide_is_imported_only_for_an_accent() -> None:
    """It takes a tenth of a second."""
    script = (
        "import sys; from plugins.problems import Problems; from plugins.stylesheet import light_accent, rules;"
        f"tokens = open({str(ROOT / 'theme/styles/tokens.css')!r}, encoding='utf-8').read();"
        "rules('light', '', tokens, Problems()); light_accent('', tokens);"
        "print('coloraide' in sys.modules);"
        "rules('light', 'navy', tokens, Problems()); print('coloraide' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


def test_a_failing_accent_ends_the_build(seed_site: Site) -> None:
    seed_site.write("pelicanconf.py", f'{PELICANCONF}\nTHEME_ACCENT = "#ff0000"\n')
    built = seed_site.build()
    assert built.failed
    assert any(
        re.match(r"pelicanconf\.py:\d+: THEME_ACCENT: '#ff0000' has a contrast of only", line) for line in built.lines
    )


@pytest.mark.parametrize(
    ("scheme", "tokens", "found"),
    [
        ("auto", "--paper: light-dark(#ffffff, #000000);", {"light": "#ffffff", "dark": "#000000"}),
        ("dark", "--paper: light-dark(#ffffff, #000000);", {"dark": "#000000"}),
        ("auto", "--paper: light-dark(white, oklch(0% 0 0));", {"light": "#ffffff", "dark": "#000000"}),
        ("auto", "--paper: beige;", {}),
        ([], "--paper: light-dark(#ffffff, nothing);", {"light": "#ffffff"}),
    ],
)
def test_browsers_show_the_paper_around_the_page(scheme: object, tokens: str, found: dict[str, str]) -> None:
    assert papers(scheme, tokens) == found
