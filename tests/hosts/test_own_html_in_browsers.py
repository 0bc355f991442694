"""An author's own files in Chromium and Firefox, with the headers of a host: they run as they do without headers."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import new_site
from tests.hosts.browsers import Browser, running, served

SLIDES = """<!doctype html><html lang="en"><title>Slides</title><link rel="icon" href="data:,">
<style>body { color: rgb(1, 2, 3) }</style><body style="background: rgb(4, 5, 6)" onload="document.title = 'Loaded'">
<div id="plot"></div><script src="plot.js"></script>
<script>document.getElementById("plot").innerHTML = "<b style='color: rgb(7, 8, 9)'>" + plot() + "</b>";
eval("window.evaluated = 1"); new Worker(URL.createObjectURL(new Blob(["postMessage(2)"]))).onmessage = event => {
window.worked = event.data };</script>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>rect { fill: rgb(1, 2, 3) }</style>
<rect width="9" height="9" style="stroke: rgb(4, 5, 6)"/></svg>"""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
trailer<</Root 1 0 R>>
"""
PAGE = """---
permalink: /
title: Home
---
<iframe src="/files/slides/index.html" title="slides"></iframe>
<object data="/files/slides/index.html"></object>
<embed src="/files/slides/index.html">
<iframe src="/files/paper.pdf" title="paper"></iframe>
<object data="/files/paper.pdf" type="application/pdf"></object>
<embed src="/files/paper.pdf" type="application/pdf">
<object data="/files/drawing.svg" type="image/svg+xml" id="drawing"></object>
"""


CV = """---
permalink: /cv/
title: CV
author_profile: true
redirect_from: /old/
---
![me]({{ site.url }}/images/me.png) [home](https://me.example/)
"""
LOADED = """[...Array(window.length).keys()].filter(number => {
  try { return window[number].document.title === "Loaded" } catch (error) { return false }
}).length"""  # frames, objects and embeds whose HTML has run; a browser's viewer of PDFs may not be looked into


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a home page that frames own files."""
    site = new_site(tmp_path_factory.mktemp("own") / "site")
    site.write("content/pages/home.md", PAGE)
    site.write("content/root/favicon.ico", b"\0\0\1\0\0\0")
    site.write("content/files/slides/index.html", SLIDES)
    site.write("content/files/slides/plot.js", "function plot() { return 'drawn' }")
    site.write("content/files/drawing.svg", DRAWING)
    site.write("content/files/paper.pdf", PDF)
    picture = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(picture, "PNG")
    site.write("content/images/me.png", picture.getvalue())
    site.write("content/authors.yml", "A B:\n  avatar: me.png\n")
    site.write("content/pages/cv.md", CV)
    built = site.build(HOSTS=["netlify"], SITEURL="https://me.example", AUTHOR="A B")
    assert built.lines == []
    with served(built.output) as address:
        yield address


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(
    request: pytest.FixtureRequest, need: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Run each browser."""
    with running(request.param, True, need, tmp_path_factory.mktemp(request.param)) as started:
        yield started


def about_policy(browser: Browser) -> list[str]:
    """Return what the console says of a policy."""
    return [text for text in browser.said if "Content" in text and "Policy" in text]


def test_own_html_runs_scripts_styles_and_workers(browser: Browser, url: str) -> None:
    browser.said.clear()
    browser.go(f"{url}/files/slides/index.html")
    assert browser.value("document.title === 'Loaded' && window.evaluated === 1 && window.worked === 2") is True
    assert browser.value("getComputedStyle(document.body).color") == "rgb(1, 2, 3)"
    assert browser.value("getComputedStyle(document.body).backgroundColor") == "rgb(4, 5, 6)"
    assert browser.value("getComputedStyle(document.querySelector('b')).color") == "rgb(7, 8, 9)"
    assert about_policy(browser) == []


def test_a_drawing_by_itself_keeps_its_styles(browser: Browser, url: str) -> None:
    browser.said.clear()
    browser.go(f"{url}/files/drawing.svg")
    assert browser.value("getComputedStyle(document.querySelector('rect')).fill") == "rgb(1, 2, 3)"
    assert browser.value("getComputedStyle(document.querySelector('rect')).stroke") == "rgb(4, 5, 6)"
    assert about_policy(browser) == []


def test_own_files_show_in_frames_and_objects_of_a_page(browser: Browser, url: str) -> None:
    """HTML, a PDF and a drawing, and the console says nothing of a policy."""
    browser.said.clear()
    browser.go(f"{url}/")
    assert browser.value(f"({LOADED}) === 3") is True
    drawing = "document.getElementById('drawing').contentDocument"
    assert browser.value(f"{drawing} && !!{drawing}.querySelector('rect')") is True
    assert about_policy(browser) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_site_works_under_names_that_it_does_not_know(browser: Browser, url: str, host: str) -> None:
    """Built for https://me.example, seen elsewhere and without HTTPS: its pictures load, and stubs keep the query."""
    url = url.replace("127.0.0.1", host)
    browser.said.clear()
    browser.go(f"{url}/old/?a=b")
    assert browser.at(f"{url}/cv/?a=b")
    loaded = "[...document.images].length === 2 && [...document.images].every(each => each.naturalWidth > 0)"
    assert browser.value(loaded) is True
    assert browser.value("document.querySelector('main a[href]').href") == f"{url}/"
    assert about_policy(browser) == []
