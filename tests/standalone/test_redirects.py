"""`frontispiece.redirects`, alone and with `frontispiece.hosting`, in a plain Pelican site."""

import re

import pytest

from plugins.standalone import plain
from tests.standalone.conftest import Quickstart

REDIRECTS, HOSTING = "frontispiece.redirects", "frontispiece.hosting"
YAML_READER = '''
import yaml
from pelican import signals
from pelican.readers import MarkdownReader
from pelican.utils import pelican_open

class Reader(MarkdownReader):
    """Reads YAML front matter as pelican-yaml-metadata does: lists stay lists."""
    def read(self, source_path):
        with pelican_open(source_path) as text:
            _, head, body = text.split("---", 2)
        values = {name.lower(): value for name, value in yaml.safe_load(head).items()}
        return body, {name: self.process_metadata(name, value) for name, value in values.items()}

def add(readers):
    readers.reader_classes["md"] = Reader

def register():
    signals.readers_init.connect(add)
'''


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("/old/", "/old/", id="one address"),
        pytest.param("/a/, /b/,/c/", ["/a/", "/b/", "/c/"], id="commas"),
        pytest.param("/a/ /b/", ["/a/", "/b/"], id="spaces"),
        pytest.param("/a/\n/b/", ["/a/", "/b/"], id="lines of one value"),
        pytest.param("/old page/", "/old page/", id="a space inside an address"),
        pytest.param("/a/,", "/a/", id="a comma at the end"),
        pytest.param(["/a/, /b/", "/c/"], ["/a/", "/b/", "/c/"], id="repeated lines, or YAML's list"),
        pytest.param(["/a/", None, 2020], ["/a/", None, 2020], id="what YAML's list holds beside texts"),
        pytest.param(None, None, id="YAML's empty value"),
        pytest.param(2020, 2020, id="YAML's number, which is reported"),
    ],
)
def test_old_addresses_of_a_metadata_line(value: object, expected: object) -> None:
    assert plain("redirect_from", value) == expected


def test_a_target_is_never_split() -> None:
    assert plain("redirect_to", "https://example.org/a, /b") == "https://example.org/a, /b"


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_pelicans_own_metadata_makes_stubs(quickstart: Quickstart, theme: str) -> None:
    """Pages, articles and the table of the settings; the stub is ours, for no theme of Pelican's has one."""
    quickstart.write(
        "content/pages/a.md", "Title: A\nRedirect_From: /old/, /older.html\nredirect_from: /oldest/\n\nA.\n"
    )
    quickstart.write("content/b.md", "Title: B\nDate: 2026-01-31\nredirect_from: /b/\n\nB.\n")
    quickstart.write("content/pages/c.md", "Title: C\nredirect_to: https://example.org/c\n\nC.\n")
    quickstart.write("content/d.md", "Title: D\nDate: 2026-01-31\nTags: tea\nredirect_to: /b.html\n\nD.\n")
    quickstart.configure('REDIRECTS = {"/x/": "/pages/cv.html"}\nSITEURL = "https://example.org"')
    assert quickstart.pelican(REDIRECTS, theme=theme) == []
    for stub, target in {
        "old/index.html": "/pages/a.html",
        "older.html": "/pages/a.html",
        "oldest/index.html": "/pages/a.html",
        "b/index.html": "/b.html",
        "x/index.html": "/pages/cv.html",
        "pages/c.html": "/c",
    }.items():
        text = quickstart.text(stub)
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in text
        assert "<script>const t=new URL" in text  # a plain site does not escape, ours does
    assert "pages/c.html" not in quickstart.text("index.html")
    assert "d.html" not in quickstart.text("tag/tea.html") + quickstart.text("archives.html")
    assert not quickstart.files() & {"_redirects", "_headers", "redirects.json"}


def test_yaml_metadata_is_read_as_a_yaml_plugin_gives_it(quickstart: Quickstart) -> None:
    quickstart.write("yaml_reader.py", YAML_READER)
    quickstart.configure('PLUGIN_PATHS = ["."]')
    quickstart.write("content/pages/cv.md", "---\ntitle: CV\nredirect_from:\n  - /old/\n  - /a b/\n---\nHello.\n")
    assert quickstart.pelican("yaml_reader", REDIRECTS) == []
    assert {"old/index.html", "a b/index.html"} <= quickstart.files()


def test_yaml_that_nobody_reads_is_reported(quickstart: Quickstart) -> None:
    """Pelican alone leaves the page out."""
    quickstart.write("content/pages/a.md", "---\nauthor_profile: true\nredirect_from:\n  - /old/\n---\nHello.\n")
    lines = quickstart.pelican(REDIRECTS)
    assert lines[-1] == (
        "content/pages/a.md: warning: is left out: Pelican alone does not read YAML front matter; "
        "install pelican-yaml-metadata"
    )


def test_the_themes_own_stub_is_used(quickstart: Quickstart) -> None:
    quickstart.write("mine/redirect.html", "<a href='{{ target }}'>moved from {{ SITENAME }}</a>")
    quickstart.configure('THEME_TEMPLATES_OVERRIDES = ["mine"]\nREDIRECTS = {"/x/": "/pages/cv.html"}')
    assert quickstart.pelican(REDIRECTS) == []
    assert quickstart.text("x/index.html") == "<a href='/pages/cv.html'>moved from My Site</a>"


def test_an_error_ends_the_build_before_anything_is_written(quickstart: Quickstart) -> None:
    """One line each, with file and line; all of them."""
    quickstart.write("content/pages/a.md", "Title: A\nRedirect_from: /old?page=2\n\nredirect_from: no metadata\n")
    quickstart.write("content/pages/b.md", "Title: B\nredirect_from: /x/, /../y\n\nB.\n")
    assert quickstart.pelican(REDIRECTS, status=1) == [
        "content/pages/a.md:2: redirect_from: '/old?page=2' has a query, which stubs cannot match; write '/old', or declare it in redirects.yml",
        "content/pages/b.md:2: redirect_from: '/../y' leaves the site; write a path such as '/old/'",
    ]
    assert quickstart.files() == set()


def test_nothing_that_pelican_writes_is_replaced(quickstart: Quickstart) -> None:
    """Pages, lists and feeds are known before; what only Pelican knows, such as a year's list, is found as it is written."""
    quickstart.write("content/a.md", "Title: A\nDate: 2026-01-31\nTags: tea\n\nA.\n")
    quickstart.configure(
        'YEAR_ARCHIVE_SAVE_AS = "posts/{date:%Y}/index.html"\nFEED_ALL_ATOM = "all.atom.xml"\n'
        'REDIRECTS = {"/posts/2026/": "/", "/tag/tea.html": "/", "/a.html": "/", "/all.atom.xml": "/"}'
    )
    lines = quickstart.pelican(REDIRECTS)
    assert [re.sub(r"^(pelicanconf.py):\d+", r"\1", line.partition(";")[0]) for line in lines] == [
        "pelicanconf.py: warning: REDIRECTS['/a.html']: '/a.html' is already an address of content/a.md, which stays",
        "pelicanconf.py: warning: REDIRECTS['/all.atom.xml']: '/all.atom.xml' is already an address of the site's own "
        "all.atom.xml, which stays",
        "pelicanconf.py: warning: REDIRECTS['/tag/tea.html']: '/tag/tea.html' is already an address of the site's own tag/tea.html, "
        "which stays",
        "posts/2026/index.html: warning: was written by Pelican or another plugin, and stays",
    ]
    for name in ("posts/2026/index.html", "tag/tea.html", "a.html", "all.atom.xml"):
        assert "http-equiv" not in quickstart.text(name)


def test_a_file_that_cannot_be_written_is_one_line(quickstart: Quickstart) -> None:
    quickstart.write("output/x/index.html/folder", "")
    quickstart.configure('REDIRECTS = {"/x/": "/pages/cv.html"}')
    assert quickstart.pelican(REDIRECTS, status=1) == ["x/index.html: Is a directory"]


def test_a_second_build_writes_the_same(quickstart: Quickstart) -> None:
    """Stubs of the build before are ours."""
    quickstart.configure('REDIRECTS = {"/x/": "/pages/cv.html"}')
    assert quickstart.pelican(REDIRECTS) == quickstart.pelican(REDIRECTS) == []


def test_hosting_adds_the_files_of_the_hosts(quickstart: Quickstart) -> None:
    """Rules, and headers that are right for every file: what a strange theme loads is not known."""
    quickstart.configure('HOSTS = ["netlify", "apache"]\nREDIRECTS = {"/x/": "/pages/cv.html"}')
    assert quickstart.pelican(REDIRECTS, HOSTING) == []
    assert "/x /pages/cv.html 301!" in quickstart.text("_redirects")
    assert "/pages/cv.html" in quickstart.text(".htaccess")
    assert "X-Content-Type-Options: nosniff" in quickstart.text("_headers")
    assert "default-src" not in quickstart.text("_headers") + quickstart.text(".htaccess")
    assert "redirects.json" in quickstart.files()


def test_an_own_file_of_a_host_is_extended(quickstart: Quickstart) -> None:
    quickstart.write("content/extra/_redirects", "/mine /pages/cv.html 302\n# frontispiece\n")
    quickstart.configure(
        'HOSTS = ["netlify"]\nREDIRECTS = {"/x/": "/pages/cv.html"}\nSTATIC_PATHS = ["extra"]\n'
        'EXTRA_PATH_METADATA = {"extra/_redirects": {"path": "_redirects"}}'
    )
    assert quickstart.pelican(REDIRECTS, HOSTING) == []
    assert quickstart.text("_redirects").split("\n")[::2] == ["/mine /pages/cv.html 302", "/x /pages/cv.html 301!"]


def test_settings_that_the_parts_do_not_read_are_not_checked(quickstart: Quickstart) -> None:
    """They may be another plugin's, or Pelican's own with another meaning."""
    quickstart.configure('FAVICON = 7\nPUBLISH = 7\nCACHE_PATH = ".other"')
    assert quickstart.pelican(REDIRECTS) == []


def test_a_setting_of_the_wrong_type_ends_the_build(quickstart: Quickstart) -> None:
    quickstart.configure('SITEURL = "example.org"')
    (line,) = quickstart.pelican(REDIRECTS, status=1)
    assert "SITEURL: 'example.org' is not the address of a site" in line


def test_hosting_without_redirects_reports_what_it_lacks(quickstart: Quickstart) -> None:
    quickstart.configure('HOSTS = ["netlify"]\nREDIRECTS = {"/x/": "/pages/cv.html"}')
    (line,) = quickstart.pelican(HOSTING)
    assert line.startswith("pelicanconf.py:")
    assert line.endswith(
        "PLUGINS: frontispiece.hosting writes headers alone without frontispiece.redirects; add 'frontispiece.redirects'"
    )
    assert "x/index.html" not in quickstart.files()
    assert "_headers" in quickstart.files()


def test_a_part_does_nothing_where_the_whole_program_is(quickstart: Quickstart) -> None:
    """Each redirect is planned once; no warning says that its stub was there already."""
    (quickstart.root / "pelicanconf.py").write_text("from frontispiece.defaults import *\n")
    quickstart.write(
        "content/pages/cv.md", "---\npermalink: /\nauthor_profile: true\nredirect_from: /x/\n---\nHello.\n"
    )
    quickstart.write("content/authors.yml", "Jane Doe:\n  bio: Hello\n")
    quickstart.configure('AUTHOR = "Jane Doe"\nSITENAME = "Jane Doe"')
    theme = str(quickstart.packages / "theme")
    parts = ("frontispiece.author_profile", REDIRECTS, HOSTING)
    assert quickstart.pelican("frontispiece", *parts, theme=theme) == []
    assert "Content-Security-Policy" in quickstart.text("_headers")
    assert quickstart.text("index.html").count("h-card") == 1
