"""Whatever is wrong with authors.yml, an author or an avatar is reported with its place, and nothing is published."""

import pytest

from tests.conftest import Site

PAGE = "---\npermalink: /\nauthor_profile: true\n---\nHello.\n"
FILL = "write the author's name and facts into it, or 'author_profile: false' into the page"

# what is at fault: (authors.yml or None, the page, the line printed)
REFUSED: dict[str, tuple[str | bytes | None, str, str]] = {
    "authors.yml missing": (None, PAGE, f"content/authors.yml: this file is missing; {FILL}"),
    "authors.yml empty": ("", PAGE, f"content/authors.yml: this file is empty; {FILL}"),
    "authors.yml with comments only": ("# Jane\n", PAGE, f"content/authors.yml: this file is empty; {FILL}"),
    "authors.yml a list": (
        "# people\n- Yuhang Song\n",
        PAGE,
        "content/authors.yml:2: YAML: this is a list, not keys with values; write 'key: value'",
    ),
    "authors.yml one text": (
        "Yuhang Song\n",
        PAGE,
        "content/authors.yml:1: YAML: this is one value, not keys with values; write 'key: value'",
    ),
    "authors.yml not UTF-8": (
        b"Yuhang Song:\n  bio: caf\xe9\n",
        PAGE,
        "content/authors.yml:2: encoding: byte 0xE9 is not UTF-8; save the file as UTF-8",
    ),
    "authors.yml with a colon too many": (
        "Yuhang Song:\n  bio: AI: the hard way\n",
        PAGE,
        "content/authors.yml:2: bio: has a second ': ', or is indented too far; put the value in quotes",
    ),
    "an author who is one text": (
        "Yuhang Song: a scientist\nJane Doe:\n",
        PAGE.replace("true", "true\nauthor: Jane Doe"),
        "content/authors.yml:1: Yuhang Song: 'a scientist' is not a block of keys; write 'key: value' lines below it",
    ),
    "an author whom authors.yml does not know": (
        "Yuhang Song:\nJane Doe:\n",
        PAGE.replace("true", "true\nauthor: John Doe"),
        "content/pages/about.md:4: author: 'John Doe' is not in content/authors.yml; "
        "write one of 'Yuhang Song', 'Jane Doe', or add it there",
    ),
    "an AUTHOR whom authors.yml does not know": (
        "Jane Doe:\n",
        PAGE,
        "pelicanconf.py:8: AUTHOR: 'Yuhang Song' is not in content/authors.yml; write one of 'Jane Doe', or add it there",
    ),
    "an avatar that does not exist": (
        "Yuhang Song:\n  bio: x\n  avatar: me.png\n",
        PAGE,
        "content/authors.yml:3: avatar: 'me.png' does not exist; "
        "put the picture at content/images/me.png, or delete the key to show the initials",
    ),
    "an avatar outside content": (
        "Yuhang Song:\n  avatar: ../../pelicanconf.py\n",
        PAGE,
        "content/authors.yml:2: avatar: '../../pelicanconf.py' does not exist; "
        "put the picture at content/images/pelicanconf.py, or delete the key to show the initials",
    ),
    "an avatar of the page's own": (
        "Yuhang Song:\n",
        PAGE.replace("true", "true\nauthor:\n  avatar: me.png"),
        "content/pages/about.md:4: avatar: 'me.png' does not exist; "
        "put the picture at content/images/me.png, or delete the key to show the initials",
    ),
    "a script for an address": (
        "Yuhang Song:\n  github: javascript:alert(1)\n",
        PAGE,
        "content/authors.yml:2: github: 'javascript:alert(1)' is not a web address; write one that begins with https://",
    ),
    "an ORCID with a wrong digit": (
        "Yuhang Song:\n  orcid: 0000-0002-1825-0098\n",
        PAGE,
        "content/authors.yml:2: orcid: '0000-0002-1825-0098' has a wrong digit: the check digit does not match; "
        "write '0000-0002-1825-0097' or 'https://orcid.org/0000-0002-1825-0097'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_build_fails_with_one_line_that_has_the_place_the_reason_and_a_way_out(site: Site, case: str) -> None:
    authors, page, line = REFUSED[case]
    site.write("content/pages/about.md", "---\npermalink: /\n---\nThe last good build.\n")
    site.build()
    site.write("content/pages/about.md", page)
    if authors is not None:
        site.write("content/authors.yml", authors)
    built = site.build()
    assert built.failed
    assert built.lines == [line]
    assert "The last good build." in built.text("index.html")


def test_the_command_prints_the_line_and_no_traceback(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    ended = site.invoke("build")
    assert ended.returncode == 1
    assert f"content/authors.yml: this file is missing; {FILL}" in (ended.stdout + ended.stderr).splitlines()
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("value", ["false", "no", "~", '""', '"false"', "off"])
def test_without_a_profile_authors_yml_is_not_required(site: Site, value: str) -> None:
    site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: {value}\n---\nHello.\n")
    built = site.build()
    assert (built.failed, built.lines) == (False, [])
    assert "<aside" not in built.text("index.html")


@pytest.mark.parametrize("value", ["true", "yes", '"true"', "1", "left"])
def test_what_jekyll_reads_as_true_shows_the_sidebar(site: Site, value: str) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n")
    site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: {value}\n---\nHello.\n")
    assert '<aside class="profile h-card"' in site.build().text("index.html")
