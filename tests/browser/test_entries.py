"""Sections of entries as a colleague meets them who looks for one paper: two, twelve, sixty and 267 of them.

In Chinese and Arabic too. On the screen, in the dark, on a phone and on paper.
"""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Published, build, look, served, show
from tests.browser.test_checkers import RUN_AXE, RUN_HTMLCS
from tests.browser.test_published import FIRST_ROUND_TRIP, HEADERS, UNKNOWN_TO_VNU
from tests.collections.works import ARABIC, CHINESE, publications, talks
from tests.conftest import need_module, new_site

SITES = {"two": 2, "twelve": 12, "sixty": 60, "many": 267, "chinese": 6, "arabic": 6}
NATIVE = {
    "chinese": ("zh", "宋宇航", "你好，我研究大脑如何学习。", CHINESE),
    "arabic": ("ar", "يوهانغ سونغ", "أهلا، أنا باحث في جامعة أكسفورد.", ARABIC),
}
UNFOLD = "document.querySelectorAll('details').forEach(part => part.open = true)"
ENGLISH = ".*appears to be written in English.*"  # as the titles of most papers are, whatever the page's language
TALLEST = 5400  # pixels of a page with sixty publications, all unfolded, 1440 wide


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Published]]:
    """Return the sites, built and served."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(served(lambda url, name=name: make(tmp_path_factory, name, url)))
            for name in SITES
        }  # type: ignore[misc]


def make(folder: pytest.TempPathFactory, name: str, url: str) -> Path:
    """Build one site with the seed's author."""
    site = new_site(folder.mktemp(name) / "site", seed=True)
    settings = {}
    if name in NATIVE:
        lang, native, text, entry = NATIVE[name]
        authors = site.root / "content" / "authors.yml"
        authors.write_text(authors.read_text("utf-8").replace("  bio:", f"  native_name: {native}\n  bio:", 1), "utf-8")
        site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: true\nlang: {lang}\n---\n{text}\n")
        site.write("content/publications/native.md", entry)
        settings["DEFAULT_LANG"] = lang
    for path, text in publications(SITES[name], abstracts=0.5 if name != "sixty" else 0):
        site.write(f"content/publications/{path}", text)
    if name not in ("sixty", "many"):
        for path, text in talks():
            site.write(f"content/talks/{path}", text)
    return build(site, url, **settings)


@pytest.mark.parametrize("name", SITES)
def test_the_checkers_find_nothing(
    browser: Any, sites: dict[str, Published], npm: Callable[[str], Path], name: str
) -> None:
    """axe with its best practices, and HTML_CodeSniffer, everything unfolded."""
    page = look(browser, 1440, bypass_csp=True)
    page.goto(sites[name].url)
    page.evaluate(UNFOLD)
    for checker in ("axe-core/axe.min.js", "html_codesniffer/build/HTMLCS.js"):
        page.evaluate(npm(checker).read_text())
    found: list[str] = []
    for scheme, width in (("dark", 390), ("light", 1440))[: 1 if SITES[name] > 50 else 2]:
        show(page, width, scheme)
        found += [f"{scheme} {width}: {line}" for run in (RUN_AXE, RUN_HTMLCS) for line in page.evaluate(run)]
    page.context.close()
    assert not found, "\n".join(found[:10])


def test_every_page_is_valid(sites: dict[str, Published], need: Callable[..., str], npm: Callable[[str], Path]) -> None:
    """The Nu validator: no error, no warning."""
    java, jar = need("java", "default-jre-headless"), npm("vnu-jar/build/dist/vnu.jar")
    pages = [str(published.output / "index.html") for name, published in sites.items() if name != "many"]
    done = subprocess.run(
        [java, "-jar", str(jar), "--filterpattern", f"{UNKNOWN_TO_VNU}|{ENGLISH}", *pages],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["twelve", "sixty"])
def test_the_page_comes_in_one_round_trip(sites: dict[str, Published], name: str) -> None:
    """At most 14,600 bytes under brotli 11, headers included, sixty papers with their links among them."""
    brotli = need_module("brotli")
    html = (sites[name].output / "index.html").read_bytes()
    assert html.count(b'class="h-cite"') >= SITES[name]
    sent = len(brotli.compress(html, quality=11)) + HEADERS
    assert sent <= FIRST_ROUND_TRIP, f"{sent} bytes"


@pytest.mark.parametrize("name", ["twelve", "sixty"])
def test_the_console_is_silent(browser: Any, sites: dict[str, Published], name: str) -> None:
    """No policy broken, nothing missing."""
    page = look(browser, 1440)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(sites[name].url, wait_until="networkidle")
    assert said == []


def test_sixty_publications_are_short(browser: Any, sites: dict[str, Published]) -> None:
    """All unfolded on a desk, and less than half of it at first."""
    page = look(browser, 1440)
    page.goto(sites["sixty"].url)
    heights = []
    for script in ("", UNFOLD):
        page.evaluate(script)
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
    assert heights[0] < TALLEST / 2
    assert heights[1] <= TALLEST


@pytest.mark.parametrize(("name", "text"), [("twelve", 100), ("twelve", 200), ("arabic", 100), ("chinese", 100)])
def test_nothing_is_wider_than_the_window(browser: Any, sites: dict[str, Published], name: str, text: int) -> None:
    """With abstracts and BibTeX unfolded, from 320 px on."""
    widths = (320, 390, 768, 1440)
    page = look(browser, max(widths), text=text)
    page.goto(sites[name].url)
    page.evaluate(UNFOLD)
    for width in widths:
        show(page, width, "light")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


YEARS = """() => [...document.querySelectorAll(".year")].slice(0, 3).map(part => {
    const [year, title] = [part.firstElementChild, part.querySelector(".p-name")].map(e => e.getBoundingClientRect());
    return [year.left, year.right, year.top, title.left, title.right, title.top, document.querySelector("main").getBoundingClientRect()
        [getComputedStyle(part).direction === "rtl" ? "right" : "left"]];
})"""


@pytest.mark.parametrize("name", ["twelve", "arabic"])
@pytest.mark.parametrize("width", [900, 1440, 1920])
def test_years_stand_on_the_spine(browser: Any, sites: dict[str, Published], name: str, width: int) -> None:
    """Level with the first title of the year, and clear of it."""
    page = look(browser, width)
    page.goto(sites[name].url)
    for left, right, top, title_left, title_right, title_top, spine in page.evaluate(YEARS):
        assert abs((left + right) / 2 - spine) <= 1.5
        assert right < title_left or left > title_right
        assert abs(top - title_top) <= 8


def test_years_stand_above_where_there_is_no_margin(browser: Any, sites: dict[str, Published]) -> None:
    """On a phone."""
    page = look(browser, 390)
    page.goto(sites["twelve"].url)
    for _, _, top, *_, title_top, _ in page.evaluate(YEARS):
        assert top + 16 < title_top


LINKS = """() => [...document.querySelectorAll("li .links")].map(run => {
    const box = run.getBoundingClientRect(), room = run.parentElement.getBoundingClientRect().width;
    return [run.childElementCount, new Set([...run.children].map(link => Math.round(link.getBoundingClientRect().top))).size, box.width, room];
})"""


@pytest.mark.parametrize("width", [390, 1440])
def test_the_links_of_an_entry_stay_together(browser: Any, sites: dict[str, Published], width: int) -> None:
    """On one line, as long as one is long enough for them."""
    page = look(browser, width)
    page.goto(sites["sixty"].url)
    page.evaluate(UNFOLD)
    runs = page.evaluate(LINKS)
    assert len(runs) > 50
    assert max(count for count, *_ in runs) > 2
    for _, lines, _, _ in runs:
        assert lines == 1


def test_an_old_address_unfolds_its_entry(browser: Any, sites: dict[str, Published]) -> None:
    """The fragment of a folded entry opens its years, and so does finding a text in it."""
    page = look(browser, 1440)
    html = (sites["sixty"].output / "index.html").read_text("utf-8")
    anchor = re.findall(r'<li id="([^"]+)"', html)[-1]
    title = re.findall(r'class="p-name[^>]*>([^<]*)<', html)[-1]
    for fragment in (f"#{anchor}", f"#:~:text={title.replace(' ', '%20')}"):
        page.goto("about:blank")
        page.goto(f"{sites['sixty'].url}/{fragment}")
        page.wait_for_function("document.querySelector('.entries > details').open")
        page.wait_for_function(f"document.getElementById('{anchor}').getBoundingClientRect().top < innerHeight")


def test_bibtex_is_selected_whole(browser: Any, sites: dict[str, Published]) -> None:
    """One click into it takes it all."""
    page = look(browser, 1440)
    page.goto(sites["twelve"].url)
    page.locator("summary", has_text="BibTeX").first.click()
    page.locator(".entries pre").first.click()
    selected = str(page.evaluate("getSelection().toString()")).strip()
    assert selected.startswith("@")
    assert selected.endswith("}")


def test_paper_has_all_years_and_short_links(
    browser: Any, sites: dict[str, Published], need: Callable[..., str], tmp_path: Path
) -> None:
    """Years unfolded, abstracts not; one lasting address for each entry, and none of them in the list at the end."""
    page = look(browser, 1440)
    for name, count in (("sixty", 60), ("twelve", 12)):
        page.goto(sites[name].url)
        show(page, 1440, "print")
        file = tmp_path / f"{name}.pdf"
        page.pdf(path=file, format="A4", prefer_css_page_size=True)
        done = subprocess.run(
            [need("pdftotext", "poppler-utils"), "-layout", file, "-"], capture_output=True, text=True, check=True
        )
        html = (sites[name].output / "index.html").read_text("utf-8")
        titles = re.findall(r'class="p-name[^>]*>([^<]*)<', html)
        assert len(titles) >= count
        flat = " ".join(done.stdout.split())
        assert [title for title in titles if title[:30] not in flat] == []
        assert "@article" not in flat
        assert "Abstract" not in flat
        lasting = re.findall(r'<span class="links">.*?</span>', html)
        assert flat.count("https://doi.org/") == sum("//doi.org/" in run for run in lasting)
        end = flat.partition("Links in the text")[2]
        assert "doi.org" not in end
        assert "arxiv.org" not in end
        assert flat.count("\f") <= 6
