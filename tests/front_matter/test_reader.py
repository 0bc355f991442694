"""Whole pages through a build: what is published, what is refused, and how that reads."""

import pytest

from tests.conftest import Site

HOME = "---\npermalink: /\n---\nHome.\n"


def test_pages_are_published_at_their_addresses(site: Site) -> None:
    """Each way to say an address gives its file, and nothing else is in the output."""
    site.write("content/pages/about.md", HOME)
    site.write("content/pages/cv.md", "---\ntitle: CV\n---\nCV.\n")
    site.write("content/pages/a.md", "---\npermalink: /a.html\n---\nA.\n")
    site.write("content/pages/old.md", "---\nsave_as: x/y.html\nurl: x/y.html\n---\nX.\n")
    site.write("content/articles/2024-05-06-news.md", "---\ntitle: News\n---\nNews.\n")
    pages = {name for name in site.build().files() if name.endswith(".html")}
    lists = {f"{name}/index.html" for name in ("articles", "year-archive", "categories", "tags")}
    assert pages - {"404.html"} - lists == {"index.html", "cv/index.html", "a.html", "x/y.html", "news/index.html"}


@pytest.mark.parametrize("key", ["published: false", "status: draft", "published: no"])
def test_a_page_can_be_kept_out(site: Site, key: str) -> None:
    """An unpublished page and a draft reach no file; with SHOW_DRAFTS they do."""
    site.write("content/pages/about.md", HOME)
    site.write("content/pages/secret.md", f"---\n{key}\n---\nSecret.\n")
    built = site.build()
    assert not built.failed
    assert not [name for name in built.files() if "secret" in name]
    assert "secret/index.html" in site.build(SHOW_DRAFTS=True).files()


def test_a_page_that_cannot_be_read_is_a_problem(site: Site) -> None:
    """Pelican logs what it cannot read and publishes the rest: nothing may be missing unnoticed."""
    site.write("content/pages/about.md", HOME)
    (site.root / "content" / "pages" / "gone.md").symlink_to("nowhere.md")
    built = site.build()
    assert built.failed
    assert built.lines == [
        "content/pages/gone.md: is not published: links that lead nowhere are not followed; "
        "remove it, or restore what it leads to"
    ]


def test_real_spellings_are_read(site: Site) -> None:
    """CRLF, a byte-order mark, trailing blanks, comments and keys that nobody knows make no difference."""
    text = (
        "\ufeff---  \r\npermalink: /\r\n# title: 'x'\r\nclasses: wide\r\nsettings: 1\r\nheader:\r\n  image: a.png\r\n"
        "--- \r\nHello.\r\n"
    )
    site.write("content/pages/about.md", text)
    built = site.build()
    assert (built.failed, built.lines) == (False, [])
    assert "Hello." in built.text("index.html")


@pytest.mark.usefixtures("home")
def test_a_duplicate_key_is_reported(site: Site) -> None:
    """Of a key written twice the last counts, and a warning says so."""
    site.write("content/pages/about.md", "---\npermalink: /a/\npermalink: /b/\n---\nx\n")
    built = site.build()
    assert "b/index.html" in built.files()
    assert [line.split(": ")[:3] for line in built.lines] == [["content/pages/about.md:3", "warning", "permalink"]]


@pytest.mark.usefixtures("home")
def test_pelicans_own_header_is_read(site: Site) -> None:
    """A file without front matter may begin with Pelican's own lines."""
    site.write("content/pages/about.md", "Title: Old\nslug: old\n\nOld page.\n")
    built = site.build()
    assert "old/index.html" in built.files()
    assert "<p>Old page.</p>" in built.text("old/index.html")


def test_the_first_line_of_a_body_is_no_metadata(site: Site) -> None:
    """`Email: …` at the top of a body stays in the page."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\nEmail: me at home\n")
    assert "Email: me at home" in site.build().text("index.html")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "---\npermalink: /\nHello\n",
            "content/pages/x.md:1: front matter: '---' opens it here and nothing closes it; add a line '---' after the last key",
            id="not closed",
        ),
        pytest.param(
            "---\npermalink: /x/\nstatus: gone\n---\n",
            "content/pages/x.md:3: status: 'gone' is not a status, and the page would vanish;"
            " write one of published, hidden, draft, skip",
            id="a status",
        ),
        pytest.param(
            "---\ndate: soon\n---\n", "content/pages/x.md:2: date: 'soon' is not a date; write 2026-01-31", id="a date"
        ),
        pytest.param(
            "---\ntemplate: nope\n---\n",
            "content/pages/x.md:2: template: the theme has no 'nope.html'; leave the key out",
            id="a template",
        ),
        pytest.param(
            "---\npermalink: /\n---\n",
            "content/pages/x.md:2: permalink: is published at '/index.html', which content/pages/about.md:2 takes already;"
            " give it a permalink of its own",
            id="two pages with one permalink",
        ),
        pytest.param(
            "---\npermalink: /Index.html\n---\n",
            "content/pages/x.md:2: permalink: is published at '/Index.html', which content/pages/about.md:2 takes already;"
            " give it a permalink of its own",
            id="a permalink that differs in case only",
        ),
        pytest.param(
            "---\npermalink: /files/cv.pdf\n---\n",
            "content/files/cv.pdf: is published at '/files/cv.pdf', which content/pages/x.md:2 takes already; rename one of them",
            id="a page at a static file's address",
        ),
        pytest.param(
            b"---\ntitle: \xfc\n---\n",
            "content/pages/x.md:2: encoding: byte 0xFC is not UTF-8; save the file as UTF-8",
            id="not UTF-8",
        ),
    ],
)
def test_a_bad_page_stops_the_build(site: Site, text: str | bytes, line: str) -> None:
    """One problem line, and the build fails."""
    site.write("content/pages/about.md", HOME)
    site.write("content/files/cv.pdf", "x")
    site.write("content/pages/x.md", text)
    built = site.build()
    assert built.failed
    assert built.lines == [line]


def test_all_problems_are_reported_at_once(site: Site) -> None:
    """Two problems in two files come out together, sorted."""
    site.write("content/pages/b.md", "---\nstatus: gone\n---\n")
    site.write("content/pages/a.md", "---\nlang: 1 2\ntitle: [x]\n---\n")
    assert [line.split(": ")[0] for line in site.build().lines] == [
        "content/pages/a.md:2",
        "content/pages/a.md:3",
        "content/pages/b.md:2",
    ]


def test_a_file_that_is_no_page_is_reported(site: Site) -> None:
    """A picture or an HTML file among the pages is not published, and a warning says so."""
    site.write("content/pages/about.md", HOME)
    site.write("content/pages/me.jpg", b"x")
    site.write("content/pages/.DS_Store", b"x")
    assert site.build().lines == [
        "content/pages/me.jpg: warning: is not a Markdown file and will not be published; move it to content/files/"
    ]


def test_other_folders_are_copied(site: Site) -> None:
    """Any folder beside the pages is published as it is, dot-files of the root too."""
    site.write("content/pages/about.md", HOME)
    site.write("content/PDF/cv.pdf", b"x")
    site.write("content/files/notes.md", b"# x")
    for name in (".well-known/matrix", "CNAME"):
        site.write(f"content/root/{name}", b"x")
    files = site.build().files()
    assert {"PDF/cv.pdf", "files/notes.md", ".well-known/matrix", "CNAME"} <= set(files)
