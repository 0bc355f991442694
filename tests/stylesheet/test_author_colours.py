"""Colours that authors write are readable in both schemes, and reach no further than the text."""

import re
from itertools import product

import pytest
from coloraide import Color

from plugins.stylesheet import readable_colours
from plugins.stylesheet.accent import contrast, grounds
from tests.conftest import ROOT, Site

TOKENS = (ROOT / "theme" / "styles" / "tokens.css").read_text("utf-8")
DARK = grounds(TOKENS, "dark")
COLOURS = (
    "red", "Blue", "black", "#333", "#8B0000", "rgb(0, 0, 139)", "rgb(0 0 0 / 60%)", "rgba(10,20,30,.8)",
    "hsl(240 100% 30%)", "hsla(120, 100%, 20%, 1)", "hwb(0 20% 60%)", "oklch(30% .1 20)", "color(display-p3 .6 0 0)",
    "#0000ffcc", "rebeccapurple", "lab(29% 39 20)",
)  # fmt: skip
PLACES = (
    '<p style="color:{}">', '<span style="font-size: 2em; Color : {} ">', "<a style='color:{};'>",
    '<font color="{}">', '<body text="{}">', '<mi mathcolor="{}">', "<style>.own {{ color: {} }}</style>",
    "<style>@media (min-width: 3em) {{ p, a:hover {{ color: {} !important }} }}</style>",
)  # fmt: skip


def made(html: str) -> str:
    """Return the page's text, and its author's styles behind it."""
    text, style = readable_colours(html, TOKENS)
    return f"{text}<style>{style}</style>" if style else text


@pytest.mark.parametrize(("colour", "place"), list(product(COLOURS, PLACES)))
def test_a_colour_of_text_is_itself_in_the_light_and_readable_in_the_dark(colour: str, place: str) -> None:
    light, lifted = re.search(r"light-dark\((.+),(#[0-9a-f]{6})\)", made(place.format(colour))).groups()  # type: ignore[union-attr]
    assert light == colour
    assert min(contrast(Color(lifted), ground) for ground in DARK) >= 4.5


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:inherit">', '<p style="color: currentColor">', '<p style="color:var(--x)">',
        '<p style="color:orange">', '<p style="width:3px">', '<p style="background:none">',
        '<p style="background: transparent">', '<p style="background:rgba(0,0,0,.05)">', "<p data-color='red'>",
        '<p style="color:light-dark(red, pink)">', '<p style="colour:red">', '<p style="color:#12">', "<p style>",
        '<p style="border: 1px solid red">', "<code>style=color:red</code>", '<input color="red" text="blue">',
        f'<p style="{"(" * 5000}">', f'<p style="color:red{"{" * 3000}">',
    ],
)  # fmt: skip
def test_what_can_be_read_or_names_no_colour_stays_byte_for_byte(html: str) -> None:
    assert made(html) == html


@pytest.mark.parametrize(
    ("html", "scheme"),
    [
        ('<div style="background:#fff">', "light"),
        ('<div style="background: url(a.png) no-repeat">', "light"),
        ('<div style="background-image: linear-gradient(#fff, #eee)">', "light"),
        ('<div style="background-color: navy">', "dark"),
        ('<div style="background: 0 0 / cover #222">', "dark"),
        ('<td bgcolor="eeeeee">', "light"),
        ("<table bgcolor=black>", "dark"),
        ('<table background="paper.png">', "light"),
        ("<style>.box { background: lightyellow }</style>", "light"),
        ("<style>.box { & p { background: black } }</style>", "dark"),
    ],
)
def test_what_has_a_ground_of_its_own_gets_the_ink_of_the_scheme_that_suits_it(html: str, scheme: str) -> None:
    ink = {"light": ";color:var(--ink)", "dark": ";print-color-adjust:exact;color:#dcd7cf"}
    assert f"color-scheme:{scheme}{ink[scheme]}" in made(html)


def test_a_colour_on_a_ground_of_its_own_stays() -> None:
    assert made('<p style="background:#fff;color:#333">') == (
        '<p style="color-scheme:light;background:#fff;color:#333">'
    )


def test_a_ground_that_shines_through_becomes_opaque_where_dark_ink_could_not_be_read() -> None:
    html = made('<p style="background: rgb(255 255 255 / 60%)">')
    assert re.fullmatch(r'<p style="color-scheme:light;color:var\(--ink\);background:#[0-9a-f]{6}">', html)


@pytest.mark.parametrize(
    ("selector", "scoped"),
    [
        ("p", ":where(.e-content) p"),
        ("h1, .x > a", ":where(.e-content) h1,:where(.e-content) .x > a"),
        ("a:is(.b, .c)", ":where(.e-content) a:is(.b, .c)"),
        ("body", ":where(.e-content)"),
        ("html body p", ":where(.e-content) p"),
        (":root", ":where(.e-content)"),
        ("body.dark a", ":where(.e-content).dark a"),
        ("#main-thing", ":where(.e-content) #main-thing"),
        ("bodyguard", ":where(.e-content) bodyguard"),
    ],
)
def test_a_style_reaches_only_the_text(selector: str, scoped: str) -> None:
    assert made(f"<style>{selector} {{ margin: 0 }}</style>") == f"<style>{scoped}{{margin:0}}</style>"


def test_the_white_ground_of_a_whole_page_is_the_paper() -> None:
    assert made("<style>body { background: #fff; margin: 0 }</style>") == "<style>:where(.e-content){margin:0}</style>"
    assert "background:#ffe" in made("<style>p { background: #ffe }</style>")
    assert "background:navy" in made("<style>body { background: navy }</style>")


def test_rules_that_select_nothing_stay() -> None:
    css = '@import "a.css";\n@font-face {font-family: x; src: url(x.woff2)}\n@keyframes k {from {color: red}}'
    assert made(f"<style>{css}</style>").replace(" ", "") == f"<style>{css}</style>".replace(" ", "")


def test_styles_go_to_the_head_and_keep_their_medium() -> None:
    """Those of a drawing stay in it; none of them can end the element."""
    assert readable_colours("<style media=print>p{margin:0}</style>x", TOKENS) == (
        "x",
        "@media print{:where(.e-content) p{margin:0}}",
    )
    drawing = "<svg><style>p{margin:0}</style></svg>"
    assert readable_colours(drawing, TOKENS) == (drawing, "")
    assert "</" not in readable_colours(r"<style>p::after{content:'\3c/style>'}</style>", TOKENS)[1]


def test_a_page_shows_them(site: Site) -> None:
    """From the Markdown to the page, and again for a page that is below a path."""
    site.write("content/pages/about.md", '---\npermalink: /\n---\n<p style="color:navy">Words</p>\n')
    built = site.build(SITEURL="https://example.org/lab")
    assert not built.failed
    assert 'style="color:light-dark(navy,#' in built.text("index.html")
