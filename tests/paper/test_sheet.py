"""The browser prints the page with pictures from this disk and links to the published site."""

import pytest

from plugins.paper.printer import sheet

SITE = "https://site.org/sub"


@pytest.mark.parametrize(
    ("page", "written", "printed"),
    [
        ("index.html", '<img src="/images/a.png">', '<img src="file:///out/images/a.png">'),
        ("cv/index.html", '<img src="a.png">', '<img src="file:///out/cv/a.png">'),
        ("index.html", f'<img src="{SITE}/images/a%20b.png">', '<img src="file:///out/images/a%20b.png">'),
        ("index.html", "<img src='data:image/png;base64,x'>", "<img src='data:image/png;base64,x'>"),
        ("index.html", '<img src="https://example.org/a.png">', '<img src="https://example.org/a.png">'),
        ("index.html", '<img srcset="a.png 2x" loading=lazy src="a.png">', '<img src="file:///out/a.png">'),
        ("index.html", '<a href="/files/cv.pdf">', '<a href="/files/cv.pdf">'),
    ],
    ids=["a path", "beside the page", "a whole address", "inlined", "elsewhere", "one of several", "a link"],
)
def test_pictures_are_read_from_the_disk(page: str, written: str, printed: str) -> None:
    """Nothing that the site contains is requested from the network."""
    assert sheet(written, SITE, "/out", page) == printed


@pytest.mark.parametrize(("page", "base"), [("index.html", f"{SITE}/"), ("cv/index.html", f"{SITE}/cv/")])
def test_links_lead_to_the_published_site(page: str, base: str) -> None:
    """A PDF is read on other machines. The page's policy, which would forbid local pictures, is removed."""
    html = '<html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>'
    assert sheet(html, SITE, "/out", page) == f'<html><head><base href="{base}"><title>'
