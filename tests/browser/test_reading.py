"""The page as a reader meets it: its measure, its width, its keyboard."""

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Published, build, look, served, show
from tests.conftest import need_module, new_site

LINES = """() => {
    const text = document.querySelector(".e-content > h2 + p"), range = document.createRange(), lines = new Map();
    for (const node of (function* walk(at) {
        for (const child of at.childNodes) child.nodeType === 3 ? yield child : yield* walk(child);
    })(text))
        for (let at = 0; at < node.length; at++) {
            range.setStart(node, at); range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect(), line = Math.round((box.top + box.bottom) / 16);
            if (box.width) lines.set(line, (lines.get(line) ?? 0) + 1);
        }
    return [...lines.values()].slice(0, -1);
}"""


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_a_full_line_holds_60_to_70_characters(browser: Any, home: Published, width: int) -> None:
    """On average over the full lines of the seed's longest paragraph, with the face that this machine has."""
    page = look(browser, width)
    page.goto(home.url)
    lines = page.evaluate(LINES)
    assert len(lines) > 5
    assert 60 <= sum(lines) / len(lines) <= 70, lines


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("path", ["/", "/specimen/", "/empty/", "/long/", "/nowhere/"])
def test_nothing_is_wider_than_the_window(browser: Any, gallery: Published, path: str, text: int) -> None:
    """No horizontal bar, also with text of twice the size; a 70-letter word and a wide table among the rest."""
    widths = (320, 390, 768, 864, 1024, 1440)
    page = look(browser, max(widths), text=text)
    page.goto(gallery.url + path)
    for width in widths:
        show(page, width, "light")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_larger_text_folds_the_columns(browser: Any, home: Published) -> None:
    """Two columns at 1440 px, one with text of twice the size."""
    tops = {}
    for text in (100, 200):
        page = look(browser, 1440, text=text)
        page.goto(home.url)
        boxes = [page.locator(name).bounding_box() for name in ("aside", "main")]
        tops[text] = boxes[1]["x"] >= boxes[0]["x"] + boxes[0]["width"] - 1
    assert tops == {100: True, 200: False}


def test_the_portrait_the_name_and_the_first_line_are_aligned(browser: Any, home: Published) -> None:
    """The frame's top is level with the first line's capitals, as they are drawn; frame, name and links end at one edge."""
    image = need_module("PIL.Image")
    page = look(browser, 1440)
    page.goto(home.url)
    frame = page.locator(".profile-portrait").bounding_box()
    name = page.locator(".profile-name a").bounding_box()
    line = page.locator(".e-content > :first-child").bounding_box()
    clip = {"x": line["x"] + 2, "y": line["y"] - 20, "width": 24, "height": 60}
    drawn = image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
    top = next(y for y in range(drawn.height) if min(drawn.crop((0, y, drawn.width, y + 1)).tobytes()) < 128)
    assert abs(frame["y"] - (clip["y"] + top)) <= 3
    assert abs(frame["x"] + frame["width"] - name["x"] - name["width"]) <= 1


STOPS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    return {
        what: at.textContent.trim().slice(0, 40), x: box.x, y: box.y + scrollY, visible: box.width > 0 && box.bottom > 0,
        column: at.closest("aside") ? 0 : 1,
        ring: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none",
    };
}"""


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", ["/", "/long/"])
def test_the_keyboard_walks_in_the_order_of_the_eye(browser: Any, gallery: Published, path: str, width: int) -> None:
    """Skip link first, then column by column from top to bottom; each stop is seen, and its ring too."""
    page = look(browser, width)
    page.goto(gallery.url + path)
    stops = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOPS)
        if stop is None or (stops and stop["what"] == stops[0]["what"]):
            break
        stops.append(stop)
        assert len(stops) < 200
    assert stops[0]["what"] == "Skip to content"
    assert len(stops) > 10
    assert all(stop["visible"] and stop["ring"] for stop in stops), stops
    places = [(stop["column"], round(stop["y"] / 8), stop["x"]) for stop in stops[1:]]
    for before, after in pairwise(places):
        assert before[0] <= after[0], (before, after)
        if before[0] == after[0]:
            assert before[1] <= after[1] + 1 or after[2] > before[2], (before, after)


def test_the_skip_link_leads_to_the_text(browser: Any, home: Published) -> None:
    """One key and Enter: the next stop is in the text."""
    page = look(browser, 1440)
    page.goto(home.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize(("scheme", "system"), [("light", "dark"), ("dark", "light")])
def test_a_fixed_scheme_is_kept(browser: Any, home: Published, tmp_path: Path, scheme: str, system: str) -> None:
    """THEME_SCHEME decides against the system; without it the system does."""

    def ground(url: str, system: str) -> str:
        page = look(browser, 1440, scheme=system)
        page.goto(url)
        return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    assert ground(home.url, "light") != ground(home.url, "dark")
    site = new_site(tmp_path / "site", seed=True)
    with served(lambda url: build(site, url, THEME_SCHEME=scheme)) as fixed:
        assert ground(fixed.url, system) == ground(home.url, scheme)


NAMES = ("Maximiliane Oppenheim", "Wolfgang Mommsen-Wumm", "Christopher Montgomery", "Gwendolyn Wammesmann-M")
LINES_OF_NAME = """() => {
    const name = document.querySelector(".profile-name");
    return Math.round(name.offsetHeight / parseFloat(getComputedStyle(name).lineHeight));
}"""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_22_letters_stays_on_one_line(browser: Any, tmp_path: Path, name: str) -> None:
    """At every width, and on paper."""
    site = new_site(tmp_path / "site", seed=True)
    site.write("content/authors.yml", f"{name}:\n  bio: Words.\n")
    page = look(browser, 1440)
    with served(lambda url: build(site, url, AUTHOR=name)) as published:
        page.goto(published.url)
        for width in (320, 390, 768, 1024, 1440, 2560):
            show(page, width, "light")
            assert page.evaluate(LINES_OF_NAME) == 1, width
        show(page, 700, "print")
        assert page.evaluate(LINES_OF_NAME) == 1


PAPER = (
    '{}. J. A. **Doe**, M. K. Lee, and Q. van der Berg. "[On the limits of learning in networks of spiking neurons, part '
    '{}](https://x.org/{})." *Proceedings of the ICML Workshop on AI/ML*, 2026. [[PDF]](https://x.org/p) [[Code]](https://x.org/c)'
)
BOX = """<div class='paper-box'><div class='paper-box-image'><div><div class="badge">CVPR 2016</div><img src='/images/a.png'
alt="x" width="100%"></div></div>
<div class='paper-box-text' markdown="1">

[Deep Residual Learning for Image Recognition](https://x.org)

**Kaiming He**, Xiangyu Zhang, Shaoqing Ren, Jian Sun

[**Project**](https://x.org) <strong><span class='show_paper_citations'></span></strong>
- Lorem ipsum dolor sit amet, consectetur adipiscing elit. Vivamus ornare aliquet ipsum, ac tempus justo dapibus sit amet.
</div>
</div>
"""


def test_lists_scan(browser: Any, tmp_path: Path) -> None:
    """Sixty publications in 5,400 px, a paper box in 220, its picture beside the title on a telephone too."""
    site = new_site(tmp_path / "site", seed=True)
    papers = "\n".join(PAPER.format(number, number, number) for number in range(1, 61))
    site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: true\n---\n{BOX}\n\n{papers}\n")
    image = need_module("PIL.Image")
    image.new("RGB", (300, 200)).save(site.write("content/images/a.png", b""))
    page = look(browser, 1440)
    with served(lambda url: build(site, url)) as published:
        page.goto(published.url)
        assert page.locator(".e-content > ol").bounding_box()["height"] <= 5400
        assert page.locator(".paper-box").bounding_box()["height"] <= 220
        for width in (390, 1440):
            show(page, width, "light")
            picture, title = (
                page.locator(f".paper-box {part}").bounding_box() for part in ("img", ".paper-box-text p >> nth=0")
            )
            assert picture["x"] + picture["width"] <= title["x"]
            assert abs(picture["y"] - title["y"]) <= 8
