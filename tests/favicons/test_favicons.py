"""The icon in the browser's tab: the author's own, else the monogram."""

import re

import pytest

from tests.conftest import Built, Site

PAGE = "---\npermalink: /\n---\nHello.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def icons(built: Built) -> list[str]:
    assert built.lines == []
    return re.findall(r'<link rel="icon" (.*?)>', built.text("index.html"))


@pytest.mark.parametrize(
    ("files", "favicon", "expected"),
    [
        pytest.param(["root/favicon.svg"], "", ['href="/favicon.svg" type="image/svg+xml"'], id="an SVG at the root"),
        pytest.param(["root/favicon.ico"], "", ['href="/favicon.ico"'], id="an ICO at the root"),
        pytest.param(["root/favicon.png"], "", ['href="/favicon.png" type="image/png"'], id="a PNG at the root"),
        pytest.param(
            ["root/favicon.svg", "root/favicon.ico"],
            "",
            ['href="/favicon.ico" sizes="32x32"', 'href="/favicon.svg" type="image/svg+xml"'],
            id="both, the ICO for browsers without SVG icons",
        ),
        pytest.param(
            ["root/favicon.ico", "images/my logo.svg"],
            "images/my logo.svg",
            ['href="/images/my%20logo.svg" type="image/svg+xml"'],
            id="the setting wins",
        ),
        pytest.param(["root/me.png"], "/root/me.png", ['href="/me.png" type="image/png"'], id="a file of content/root"),
    ],
)
def test_an_icon_of_the_authors_own_replaces_the_monogram(
    site: Site, files: list[str], favicon: str, expected: list[str]
) -> None:
    site.write("content/pages/about.md", PAGE)
    for file in files:
        site.write(f"content/{file}", SVG)
    built = site.build(FAVICON=favicon)
    assert icons(built) == expected
    assert "img-src 'self'" in built.text("index.html")


def test_without_an_icon_the_monogram_is_drawn(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    (icon,) = icons(site.build())
    assert icon.startswith('href="data:image/svg+xml,')


def test_icons_have_the_path_of_the_site(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    site.write("content/root/favicon.svg", SVG)
    assert icons(site.build(SITEURL="https://example.org/lab")) == ['href="/lab/favicon.svg" type="image/svg+xml"']


def test_a_favicon_that_does_not_exist_is_reported(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    built = site.build(FAVICON="images/logo.svg")
    assert built.failed
    (line,) = built.lines
    assert line.endswith("FAVICON: 'images/logo.svg' does not exist; put the file at content/images/logo.svg")
