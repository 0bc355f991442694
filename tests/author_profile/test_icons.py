"""Every link has an icon: small, in the text's colour, and made of shapes only."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from plugins.author_profile.icons import PLAIN, find_icon, minimal_svg
from plugins.author_profile.keys import CONTACTS, PAGES
from plugins.author_profile.services import SERVICES
from plugins.problems import InvalidValueError, Problems
from tests.conftest import ROOT, Site

FOLDER = ROOT / "theme" / "icons"
WITHOUT_AN_ICON = {"aclanthology", "ieee", "impactstory", "openreview", "ssrn"}  # no collection has a readable one
NAMES = sorted({service.icon or key for key, service in SERVICES.items() if not service.dead} - WITHOUT_AN_ICON)


def themed(name: str) -> bytes | None:
    file = FOLDER / f"{name}.svg"
    return file.read_bytes() if file.is_file() else None


def drawn(name: str, read_icon: Callable[[str], bytes | None] = themed) -> str:
    problems = Problems()
    svg = find_icon(name, read_icon, problems)
    assert list(problems) == []
    return svg


@pytest.mark.parametrize(
    "name", [*NAMES, *sorted(CONTACTS), *sorted(PAGES.keys() - {"uri"}), "website", "location", "employer"]
)
def test_every_key_has_its_own_icon(name: str) -> None:
    svg = drawn(name)
    assert svg != drawn(PLAIN)
    assert 'aria-hidden="true"' in svg
    root = ElementTree.fromstring(svg)
    assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "circle", "rect", "polygon", "ellipse"}
    colours = {element.get(paint) for element in root.iter() for paint in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}
    assert len(svg) < 4000


@pytest.mark.parametrize("name", [*sorted(WITHOUT_AN_ICON), "no such thing", "../../etc/passwd"])
def test_a_name_without_an_icon_gets_that_of_a_plain_link(name: str) -> None:
    assert drawn(name) == drawn(PLAIN)


def test_a_file_in_the_folder_wins() -> None:
    icons = {"github": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'}
    assert (
        drawn("github", icons.get)
        == '<svg viewBox="0 0 1 1" fill="currentColor" aria-hidden="true"><path d="M0 0h1"/></svg>'
    )


def test_only_the_shapes_of_a_file_are_kept_in_the_text_s_colour() -> None:
    svg = """<?xml version="1.0"?><!-- drawn by hand -->
    <svg xmlns="http://www.w3.org/2000/svg" width="24px" height="24" onload="alert(1)" id="x" fill="none" stroke="#f00">
      <title>Me</title><style>path { fill: red }</style><script>alert(1)</script>
      <defs><path d="M9 9"/></defs><a href="javascript:alert(1)"><path d="M8 8"/></a>
      <g fill="red" style="fill: red"><rect width="4" height="4"
        x="1"/></g><image href="https://example.net/x.png"/><path d="M1 1" onclick="alert(1)" stroke="blue"/></svg>"""
    assert minimal_svg(svg) == (
        '<svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><g fill="none" stroke="currentColor">'
        '<g><rect width="4" height="4" x="1"/></g><path d="M1 1" stroke="currentColor"/></g></svg>'
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "is not an SVG: "),
        ("<html/>", "is not an SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "declares entities"),
    ],
)
def test_a_file_that_is_not_an_svg_is_reported(site: Site, text: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match=reason):
        minimal_svg(text)
    (site.root / "theme").unlink()
    (site.root / "theme").mkdir()
    for part in ("templates", "styles"):
        (site.root / "theme" / part).symlink_to(ROOT / "theme" / part)
    site.write("theme/icons/github.svg", text)
    site.write("content/authors.yml", "Yuhang Song:\n  github: jane\n")
    site.write("content/pages/about.md", "---\npermalink: /\nauthor_profile: true\n---\nHello.\n")
    (line,) = site.build().lines
    assert line.startswith(f"theme/icons/github.svg: {reason}")


def test_any_svg_in_the_folder_can_be_a_link_s_icon(site: Site) -> None:
    (site.root / "theme").unlink()
    (site.root / "theme").mkdir()
    for part in ("templates", "styles"):
        (site.root / "theme" / part).symlink_to(ROOT / "theme" / part)
    site.write(
        "theme/icons/my-lab.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7"><path d="M7 7"/></svg>'
    )
    link = "{label: Lab, url: https://lab.example.org, icon: my-lab.svg}"
    site.write("content/authors.yml", f"Yuhang Song:\n  links:\n    - {link}\n")
    site.write("content/pages/about.md", "---\npermalink: /\nauthor_profile: true\n---\nHello.\n")
    html = site.build().text("index.html")
    assert 'href="https://lab.example.org"><svg viewBox="0 0 7 7" ' in html
    assert "<span>Lab</span>" in html
