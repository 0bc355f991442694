"""An invalid setting is reported with its value, the reason and what to write instead."""

import re

import pytest

from tests.conftest import Site

INVALID: dict[str, tuple[object, str]] = {
    "AUTHOR_PORTRAIT_SIZE": (5, "5 is out of range; write a whole number from 32 to 1024: CSS pixels"),
    "AUTHOR_PORTRAIT_SHAPE": ("star", "'star' is not one of the choices; write one of plate, square, circle, whole"),
    "AUTHOR_FILES": (["cv.doc"], "['cv.doc'] is not a list of the choices; write a list of author.vcf, resume.json"),
    "AUTHOR_FILES_LINKED": ("yes", "'yes' is neither True nor False; write True or False"),
    "AUTHOR_FILES_CONTACTS": ("phone", "'phone' is not a list of the choices; write a list of phone, address"),
}


@pytest.mark.parametrize("setting", INVALID)
def test_an_invalid_setting_is_reported(site: Site, setting: str) -> None:
    value, message = INVALID[setting]
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHello.\n")
    (line,) = site.build(**{setting: value}).lines
    assert re.sub(r"^pelicanconf\.py:\d+", "pelicanconf.py", line) == f"pelicanconf.py: {setting}: {message}"


@pytest.mark.parametrize(
    ("setting", "written", "shown"),
    [
        pytest.param(True, "", True, id="as the setting says"),
        pytest.param(False, "", False, id="not by default"),
        pytest.param(True, "author_profile: false\n", False, id="the page goes first"),
        pytest.param(False, "author_profile: true\n", True, id="and shows it"),
    ],
)
def test_pages_that_do_not_say_show_the_sidebar_as_the_site_does(
    site: Site, setting: bool, written: str, shown: bool
) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  bio: Neurons\n")
    site.write("content/pages/about.md", f"---\npermalink: /\n{written}---\nHome.\n")
    assert ("Neurons" in site.build(AUTHOR_PROFILE=setting).text("index.html")) is shown
