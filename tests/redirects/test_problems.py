"""Each redirect problem as the author sees it: the exact line, exit status 1, no traceback, the output as it was."""

import pytest

from tests.conftest import Site

PAGE = "content/pages/a.md"
WAY_OUT = "write a path such as '/old/'"
WRONG = {
    "a mapping": ("redirect_from: {a: /x/}", f"redirect_from: {{'a': '/x/'}} is a mapping, not a path; {WAY_OUT}"),
    "a number": ("redirect_from: 2020", f"redirect_from: 2020 is a number, not a path; {WAY_OUT}"),
    "a nested list": ("redirect_from: [[/x/]]", f"redirect_from: ['/x/'] is a list, not a path; {WAY_OUT}"),
    "a query": (
        "redirect_from: /old?page=2",
        "redirect_from: '/old?page=2' has a query, which stubs cannot match; write '/old', or declare it in redirects.yml",
    ),
    "above the site": ("redirect_from: /../x", f"redirect_from: '/../x' leaves the site; {WAY_OUT}"),
    "above the site, encoded": ("redirect_from: /%2e%2e/x", f"redirect_from: '/%2e%2e/x' leaves the site; {WAY_OUT}"),
    "a script": (
        "redirect_from: 'javascript:alert(1)'",
        f"redirect_from: 'javascript:alert(1)' is not a path on this site; {WAY_OUT}",
    ),
    "a full URL": (
        "redirect_from: https://example.org/x/",
        "redirect_from: 'https://example.org/x/' is not a path on this site; write '/x/'",
    ),
    "a control character": ('redirect_from: "/a\\tb"', rf"redirect_from: '/a\tb' holds a control character; {WAY_OUT}"),
    "another page but for its case": (
        "redirect_from: /B/",
        "redirect_from: '/B/' differs only in case from content/pages/b.md, which a disk or host that ignores case "
        "would lose; remove this entry",
    ),
    "a circle": ("redirect_to: /a/", "redirect_to: '/a/' leads to itself; name another target"),
}


@pytest.mark.parametrize(("line", "message"), WRONG.values(), ids=WRONG)
def test_a_bad_redirect_is_one_line(site: Site, line: str, message: str) -> None:
    """The line names file, line and key, and says why."""
    site.write(PAGE, f"---\npermalink: /a/\ntitle: A\n{line}\n---\ntext\n")
    site.write("content/pages/b.md", "---\npermalink: /b/\ntitle: B\n---\ntext\n")
    built = site.build()
    assert built.failed
    assert built.lines == [f"{PAGE}:4: {message}"]


def test_a_source_claimed_by_two_pages_names_both_places(site: Site) -> None:
    """One line, both places."""
    for name in "ab":
        site.write(f"content/pages/{name}.md", f"---\npermalink: /{name}/\ntitle: A\nredirect_from: [/x/]\n---\n")
    assert site.build().lines == [
        "content/pages/b.md:4: redirect_from: '/x/' is claimed for '/b/' here and, as '/x/', for '/a/' in "
        "content/pages/a.md:4; keep one of them"
    ]


@pytest.mark.usefixtures("home")
def test_what_exists_wins_with_a_warning_and_the_build_goes_on(site: Site) -> None:
    """The page itself, another page and a static file: each warning names both places."""
    site.write(PAGE, "---\npermalink: /a/\ntitle: A\nredirect_from: [/a/, /b/, /files/x.txt]\n---\ntext\n")
    site.write("content/pages/b.md", "---\npermalink: /b/\ntitle: B\n---\ntext\n")
    site.write("content/files/x.txt", "x")
    built = site.build()
    assert not built.failed
    assert built.lines == [
        f"{PAGE}:4: warning: redirect_from: '/a/' is the address of this page itself, which stays; remove this entry",
        f"{PAGE}:4: warning: redirect_from: '/b/' is already an address of content/pages/b.md, which stays; "
        "remove this entry",
        f"{PAGE}:4: warning: redirect_from: '/files/x.txt' is already an address of content/files/x.txt, which stays; "
        "remove this entry",
    ]


@pytest.mark.usefixtures("home")
def test_the_sites_own_table_is_read_with_its_lines(site: Site) -> None:
    """content/redirects.yml: good entries become stubs, bad ones name their line."""
    site.write(PAGE, "---\npermalink: /a/\ntitle: A\n---\ntext\n")
    site.write("content/redirects.yml", "# old\n/x/: /a/\n/y/: {target: https://example.org/z, status: 302}\n")
    built = site.build(REDIRECTS={"/w/": "/x/"})
    assert built.lines == []
    assert "url=/a/" in built.text("x/index.html")
    assert "url=https://example.org/z" in built.text("y/index.html")
    assert "url=/a/" in built.text("w/index.html")
    site.write("content/redirects.yml", b"/x/: /a/\n/y/:\n/z/: \xff\n")
    assert site.build().lines == ["content/redirects.yml:3: encoding: byte 0xFF is not UTF-8; save the file as UTF-8"]
    site.write("content/redirects.yml", "/x/: /a/\n/y/:\n")
    assert site.build().lines == [
        "content/redirects.yml:2: /y/: None is not a target; write a path such as '/new/' or a full URL"
    ]
    assert "url=/a/" in built.text("w/index.html"), "the last good output stays"
