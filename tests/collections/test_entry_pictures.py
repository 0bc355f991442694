"""Pictures of entries: in modern formats, with their size, without what a camera wrote; what is missing is reported."""

import re

import pytest

from tests.author_profile.pictures import photograph
from tests.conftest import Built, Site

PLACES = {
    "images/plot.jpg": ["/images/plot.jpg", "images/plot.jpg", "plot.jpg", "./plot.jpg"],
    "publications/figures/plot.jpg": ["figures/plot.jpg", "publications/figures/plot.jpg"],
}


def built(site: Site, written: str, key: str = "image") -> Built:
    """Build a home page with one publication that has a picture."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHello.\n")
    site.write("content/publications/a.md", f"---\ntitle: A\ndate: 2020-01-01\n{key}: {written}\n---\n")
    return site.build()


@pytest.mark.parametrize(("path", "written"), [(path, text) for path, texts in PLACES.items() for text in texts])
def test_a_picture_is_found_and_made_small(site: Site, path: str, written: str) -> None:
    """By its path below the content, in content/images, or beside the file; loaded late, with its size."""
    site.write(f"content/{path}", photograph(800, 400))
    found = built(site, written)
    assert found.lines == []
    html = found.text("index.html")
    (image,) = re.findall(r"<img[^>]*>", html)
    assert re.search(r' width="144" height="72" alt="" loading="lazy"', image)
    (src,) = re.findall(r' src="/([^"]*)"', image)
    assert src.startswith("images/entry-")
    addresses = {
        address for text in re.findall(r'srcset="([^"]*)"', html) for address in re.findall(r"/(\S+) \dx", text)
    }
    assert {src, *addresses} == {name for name in found.files() if name.startswith("images/entry-")}
    assert b"Exif" not in (found.output / src).read_bytes()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        pytest.param("none.png", "'none.png' does not exist; put it at content/images/none.png", id="missing"),
        pytest.param("https://x.example/a.png", "is on another site, from which every visitor", id="elsewhere"),
        pytest.param("broken.png", "'broken.png' is not a picture that can be read", id="broken"),
        pytest.param("../pelicanconf.py", "'../pelicanconf.py' does not exist", id="outside the content"),
    ],
)
def test_what_is_no_picture_is_a_warning(site: Site, written: str, message: str) -> None:
    """The entry is shown all the same."""
    site.write("content/images/broken.png", b"none")
    found = built(site, written)
    (line,) = found.lines
    assert line.startswith("content/publications/a.md")
    assert "warning: picture: " in line
    assert message in line
    assert ("<img" in found.text("index.html")) == ("://" in written)
    assert '<li id="a"' in found.text("index.html")
