"""No output file holds a byte of a file that is not to be published, and a warning names each such file.

Every file holds a mark with its own name. One site has all of them; each test asks for one.
"""

from collections.abc import Iterator

import pytest

from tests.conftest import Built, Site, new_site

FRONT = "---\ntitle: x\n---\n"
PAGES = {  # what a page may begin with
    "front matter": FRONT,
    "blank lines before it": f"\n \n\t\n{FRONT}",
    "a byte-order mark": f"\ufeff{FRONT}",
    "two of them": f"\ufeff\ufeff{FRONT}",
    "CRLF": FRONT.replace("\n", "\r\n"),
    "CR": FRONT.replace("\n", "\r"),
    "blanks behind the dashes": "---  \ntitle: x\n---\n",
    "dots at its end": "---\ntitle: x\n...\n",
    "empty front matter": "---\n---\n",
    "no end": "---\ntitle: x\n",
    "invalid YAML": "---\ntitle: [x\n---\n",
    "Hugo's plus signs": "+++\ntitle = 'x'\n+++\n",
    "Pelican's header": "Title: x\nStatus: draft\n\n",
    "Pelican's header in capitals": "TITLE: x\r\nDATE: 2020-01-01\r\n\r\n",
}
ENDINGS = "md markdown mkd mkdn mdown mkdown mdwn mdtext MD Markdown md.bak md.old md.txt html htm".split()
FOLDERS = ("lectures", "files", "files/deep/er", "images", "root", "root/.well-known", ".")
NAMES = (  # private names: of a file, of a folder
    *("_x.txt", ".x.txt", "_x.md", "_y", ".y", "__x.txt", ".env", ".htpasswd", ".netrc", "_config.yml", "_headers.txt"),
    *("_x/a.txt", ".x/a.txt", "_x/b/c/a.txt", ".ssh/id_ed25519", "_drafts/a.md", "_site/index.html", "_/a.txt"),
)
HOST_NAMES = (".htaccess", ".nojekyll", ".well-known/security.txt", "_redirects", "_headers", ".domains")
LITTER = (
    *(".#about.md", "#about.md#", "about.md~", ".about.md.swp", ".about.md.swo", "4913", "about.md___jb_tmp___"),
    *("about.md___jb_old___", "~$doc.docx", "._about.md", ".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"),
    *(
        ".idea/a.xml",
        ".vscode/a.json",
        ".Spotlight-V100/a",
        ".Trashes/a",
        ".fseventsd/a",
        "$RECYCLE.BIN/a",
        ".git/config",
    ),
)


def mark(path: str) -> str:
    """Return the words that no output file may hold: the file's own path, as no address can be written."""
    return f"<<{path.replace('/', '|')}>>"


def planted() -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file that is not to be published, and that a warning has to name."""
    for folder in FOLDERS:
        at = "" if folder == "." else f"{folder}/"
        for number, ending in enumerate(ENDINGS):
            yield f"{at}page{number}.{ending}", FRONT.encode()
        for name in NAMES:
            yield f"{at}{name}", b""
    for folder in ("pages", "pages/deep", "articles"):
        for name in NAMES:
            yield f"{folder}/{name}", FRONT.encode()
    for folder in ("lectures", "files"):
        for number, beginning in enumerate(PAGES.values()):
            yield f"{folder}/begins{number}.md", beginning.encode()
        yield f"{folder}/utf-16.md", FRONT.encode("utf-16")
    for folder in ("files", "pages", "lectures", "."):
        for name in HOST_NAMES:
            yield f"{folder}/{name}".removeprefix("./"), b""


PLANTED = dict(planted())
LITTERED = [f"{folder}/{name}" for folder in ("files", "pages", "root", "lectures/deep") for name in LITTER]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build one site that holds every file of the tables."""
    site = new_site(tmp_path_factory.mktemp("private") / "site")
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    for path, beginning in PLANTED.items():
        encoding = "utf-16-le" if beginning.startswith(b"\xff\xfe") else "utf-8"
        site.write(f"content/{path}", beginning + mark(path).encode(encoding))
    for path in LITTERED:
        site.write(f"content/{path}", mark(path))
    for name in HOST_NAMES:
        site.write(f"content/root/{name}", "# frontispiece\n")
    site.write("content/files/README.md", "# Data\n\nTitle: of the data\n")
    site.write("content/files/plain.md", "Some words.\n\n---\n\nTitle: x\n")
    result = site.build()
    assert not result.failed, result.lines
    return result


@pytest.fixture(scope="module")
def published(built: Built) -> bytes:
    """Return everything that is published, names included."""
    return b"\n".join(name.encode() + b"\n" + (built.output / name).read_bytes() for name in built.files())


def names_it(line: str, path: str) -> bool:
    """Whether a warning names a file, a folder that it lies in, or one of these among others of the same folder."""
    place, _, text = line.partition(": warning: ")
    below = f"content/{path}/".removeprefix(f"{place}/")
    if below == f"content/{path}/":
        return False
    return "is not published: " in text or text.startswith(f"{below.partition('/')[0]}, ") or " more are not " in text


@pytest.mark.parametrize("path", PLANTED)
def test_a_private_file_is_left_out_and_named(built: Built, published: bytes, path: str) -> None:
    for encoding in ("utf-8", "utf-16-le"):
        assert mark(path).encode(encoding) not in published
    assert any(names_it(line, path) for line in built.lines)


@pytest.mark.parametrize("path", LITTERED)
def test_what_editors_and_systems_leave_is_left_out_silently(built: Built, published: bytes, path: str) -> None:
    assert mark(path).encode() not in published
    assert not any(f"content/{path}" in line for line in built.lines)


@pytest.mark.parametrize("name", [*HOST_NAMES, "files/README.md", "files/plain.md"])
def test_what_is_meant_for_readers_and_hosts_is_published(built: Built, name: str) -> None:
    assert name in built.files()


def test_every_warning_is_about_a_file_that_was_planted(built: Built) -> None:
    assert built.lines
    assert [line for line in built.lines if not any(names_it(line, path) for path in PLANTED)] == []


LINKED = {  # what a page may link with Pelican's own words, and what the warning names
    "{static}/_x/a.txt": "content/_x",
    "{static}/lectures/b.md": "content/lectures/b.md",
    "{static}/pages/draft.md": "content/pages/draft.md",
    "{static}/../pelicanconf.py": "pelicanconf.py",
    "{attach}/../.env": ".env",
    "{attach}_notes.txt": "content/pages/_notes.txt",
    "{static}/.ssh/key": "content/.ssh",
    "{static}/files/out": "content/files/out",
    "{static}/4913": "content/4913",
}


@pytest.mark.parametrize("link", LINKED)
def test_a_link_of_a_page_publishes_nothing_private(site: Site, link: str) -> None:
    site.write("content/pages/home.md", f"---\npermalink: /\n---\n[x]({link})\n")
    private = "_x/a.txt lectures/b.md pages/_notes.txt .ssh/key 4913".split()
    for path in [*(f"content/{name}" for name in private), ".env", "../outside"]:
        site.write(path, f"---\ntitle: x\n---\n{mark(path)}")
    site.write("content/pages/draft.md", f"---\npublished: false\n---\n{mark('draft')}")
    site.write("pelicanconf.py", f"{(site.root / 'pelicanconf.py').read_text('utf-8')}\n# {mark('settings')}\n")
    site.write("content/files/plain", "x")
    (site.root / "content" / "files" / "out").symlink_to("../../../outside")
    built = site.build()
    assert not [name for name in built.files() if b"<<" in (built.output / name).read_bytes()]
    assert any(line.startswith(f"{LINKED[link]}: warning: is not published") for line in built.lines), built.lines


@pytest.mark.parametrize("paths", [["pages"], ["."], [""], ["pages/deep", "files"]])
def test_pages_are_not_copied_where_static_paths_hold_them(site: Site, home: None, paths: list[str]) -> None:
    for name in ("draft.md", "deep/draft.markdown", "deep/old.md"):
        site.write(f"content/pages/{name}", f"Title: x\nStatus: draft\n\n{mark('draft')}")
    site.write("content/pages/deep/a.png", "x")
    built = site.build(STATIC_PATHS=paths)
    assert "pages/deep/a.png" in built.files()
    assert not [line for line in built.lines if "a page links it" in line]
    assert not [name for name in built.files() if b"<<" in (built.output / name).read_bytes()]


def test_folders_outside_the_content_are_named(site: Site, home: None) -> None:
    site.write("shared/a.txt", "x")
    assert site.build(STATIC_PATHS=["../shared"]).lines == [
        "pelicanconf.py: warning: STATIC_PATHS: '../shared' lies outside the content, and is not published; "
        "move it there"
    ]


@pytest.mark.parametrize("ending", "md markdown mkd mkdn mdown mkdown MD MARKDOWN".split())
def test_every_ending_of_markdown_makes_a_page(site: Site, home: None, ending: str) -> None:
    site.write(f"content/pages/cv.{ending}", "---\ntitle: CV\n---\nWords.\n")
    built = site.build()
    assert built.lines == []
    assert "cv/index.html" in built.files()
    assert not [
        name for name in built.files() if name.endswith(ending) and name != "cv/index.md" and name != "index.md"
    ]
