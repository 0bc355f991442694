"""Every fault of an author's files, as the command line reports it: one line, status 1, and the last good site stays."""

import pytest

from tests.conftest import Site

HOME = "---\npermalink: /\nauthor_profile: true\nredirect_from:\n  - /about/\n---\nHome.\n"
X, AUTHORS = "content/pages/x.md", "content/authors.yml"
A_PATH = "write a path such as '/old/'"
NO_PROFILE = "write the author's name and facts into it, or 'author_profile: false' into the page"


def page(*lines: str) -> dict[str, str | bytes | None]:
    return {X: "\n".join(("---", "permalink: /x/", *lines, "---", "Text.", ""))}


# what the author writes (None: a file that is missing) → the lines that are printed
FAULTS: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "front matter that is not closed": (
        {X: "---\npermalink: /x/\n\nText.\n"},
        [f"{X}:1: front matter: '---' opens it here and nothing closes it; add a line '---' after the last key"],
    ),
    "YAML that does not parse": (
        page("title: A: b"),
        [f"{X}:3: title: has a second ': ', or is indented too far; put the value in quotes"],
    ),
    "a quote that is not closed": (page("title: 'A"), [f"{X}:3: title: has a quote that is not closed; close it"]),
    "front matter that is a list": (
        {X: "---\n- a\n- b\n---\n"},
        [f"{X}:2: YAML: this is a list, not keys with values; write 'key: value'"],
    ),
    "redirect_from as a mapping": (
        page("redirect_from:", "  a: /b/"),
        [f"{X}:3: redirect_from: {{'a': '/b/'}} is a mapping, not a path; {A_PATH}"],
    ),
    "redirect_from as a number": (
        page("redirect_from: 2020"),
        [f"{X}:3: redirect_from: 2020 is a number, not a path; {A_PATH}"],
    ),
    "redirect_from as a nested list": (
        page("redirect_from: [[/a/]]"),
        [f"{X}:3: redirect_from: ['/a/'] is a list, not a path; {A_PATH}"],
    ),
    "a source claimed for two targets": (
        page("redirect_from: /about/"),
        [
            f"{X}:3: redirect_from: '/about/' is claimed for '/x/' here and, as '/about/', for '/' in"
            " content/pages/about.md:4; keep one of them"
        ],
    ),
    "a source that differs from a page in case only": (
        page("redirect_from: /X/"),
        [
            f"{X}:3: redirect_from: '/X/' differs only in case from {X}, which a disk or host that ignores case would lose;"
            " remove this entry"
        ],
    ),
    "a source that leaves the site": (
        page("redirect_from: /../y"),
        [f"{X}:3: redirect_from: '/../y' leaves the site; {A_PATH}"],
    ),
    "a source that leaves it encoded": (
        page("redirect_from: /%2e%2e/y"),
        [f"{X}:3: redirect_from: '/%2e%2e/y' leaves the site; {A_PATH}"],
    ),
    "a script": (
        page("redirect_from: 'javascript:alert(1)'"),
        [f"{X}:3: redirect_from: 'javascript:alert(1)' is not a path on this site; {A_PATH}"],
    ),
    "a full URL": (
        page("redirect_from: https://a.example/c"),
        [f"{X}:3: redirect_from: 'https://a.example/c' is not a path on this site; write '/c'"],
    ),
    "a query": (
        page("redirect_from: /old?page=2"),
        [
            f"{X}:3: redirect_from: '/old?page=2' has a query, which stubs cannot match; write '/old', or declare it in redirects.yml"
        ],
    ),
    "a control character": (
        page('redirect_from: "/a\\tb"'),
        [f"{X}:3: redirect_from: '/a\\tb' holds a control character; {A_PATH}"],
    ),
    "a loop": (
        {
            X: "---\npermalink: /x/\nredirect_to: /y/\n---\n",
            "content/pages/y.md": "---\npermalink: /y/\nredirect_to: /x/\n---\n",
        },
        [
            f"{X}:3: redirect_to: '/x/' leads in a circle: → '/y/' (content/pages/y.md:3) → '/x/'; remove one of them",
            f"content/pages/y.md:3: redirect_to: '/y/' leads in a circle: → '/x/' ({X}:3) → '/y/'; remove one of them",
        ],
    ),
    "two pages with one permalink": (
        {X: "---\npermalink: /\n---\n"},
        [
            f"{X}:2: permalink: is published at '/index.html', which content/pages/about.md:2 takes already;"
            " give it a permalink of its own"
        ],
    ),
    "an unknown author": (
        page("author_profile: true", "author: Nobody"),
        [f"{X}:4: author: 'Nobody' is not in content/authors.yml; write one of 'Yuhang Song', or add it there"],
    ),
    "authors.yml missing": ({AUTHORS: None}, [f"{AUTHORS}: this file is missing; {NO_PROFILE}"]),
    "authors.yml empty": ({AUTHORS: ""}, [f"{AUTHORS}: this file is empty; {NO_PROFILE}"]),
    "authors.yml a list": (
        {AUTHORS: "- a\n"},
        [f"{AUTHORS}:1: YAML: this is a list, not keys with values; write 'key: value'"],
    ),
    "authors.yml not UTF-8": (
        {AUTHORS: "Yuhang Song:\n  bio: ü\n".encode("latin-1")},
        [f"{AUTHORS}:2: encoding: byte 0xFC is not UTF-8; save the file as UTF-8"],
    ),
    "an avatar that does not exist": (
        {AUTHORS: "Yuhang Song:\n  name: Y\n  avatar: nobody.png\n"},
        [
            f"{AUTHORS}:3: avatar: 'nobody.png' does not exist; put the picture at content/images/nobody.png,"
            " or delete the key to show the initials"
        ],
    ),
    "a page that is not UTF-8": (
        {X: "---\ntitle: ü\n---\n".encode("latin-1")},
        [f"{X}:2: encoding: byte 0xFC is not UTF-8; save the file as UTF-8"],
    ),
    "a comment that is never closed": (
        page() | {X: "---\npermalink: /x/\n---\n<!-- open\ntext\n"},
        [
            f"{X}:4: comment: '<!--' is never closed, so that the rest of the page would vanish;"
            " write '-->' where the comment ends"
        ],
    ),
    "two problems in two files": (
        {X: "---\npermalink: [a]\n---\n", "content/pages/a.md": "---\nredirect_from: 5\n---\n"},
        [
            f"content/pages/a.md:2: redirect_from: 5 is a number, not a path; {A_PATH}",
            f"{X}:2: permalink: ['a'] is not text; write one line of text",
        ],
    ),
}


@pytest.fixture
def good(site: Site) -> Site:
    """Return a site whose last build was good."""
    site.write("content/pages/about.md", HOME)
    site.write(AUTHORS, "Yuhang Song:\n  bio: Neurons\n")
    assert not site.build().failed
    return site


def everything(site: Site) -> dict[str, tuple[bytes, int]]:
    """Return each file of the output with its bytes and the time at which it was written."""
    output = site.root / "output"
    return {
        path.relative_to(output).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in output.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(("files", "lines"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_reported_and_the_site_stays(
    good: Site, files: dict[str, str | bytes | None], lines: list[str]
) -> None:
    """`invoke build` prints exactly these lines on standard error, ends with 1, and leaves the output as it was."""
    before = everything(good)
    assert "index.html" in before
    for path, text in files.items():
        if text is None:
            (good.root / path).unlink()
        else:
            good.write(path, text)
    ran = good.invoke("build")
    assert ran.stderr == "".join(f"{line}\n" for line in lines)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert everything(good) == before
