"""Redirects of a whole site: stubs in the output, problems as they are printed."""

import io
import sys

import pytest
from pelican import signals
from pelican.settings import read_settings
from PIL import Image

from tests.conftest import Site

MINE = """
from pathlib import Path

from pelican import signals

def register():
    signals.all_generators_finalized.connect(write)

def write(generators):
    file = Path(generators[0].output_path, "mine.txt")
    file.parent.mkdir(parents=True)
    file.write_text("mine")
"""
HOME = "---\npermalink: /\ntitle: Home\n---\nhello\n"


def page(permalink: str, *lines: str) -> str:
    """Return a page's file: title on line 3, the given lines from line 4."""
    return "\n".join(["---", f"permalink: {permalink}", "title: A page", *lines, "---", "text", ""])


def test_the_seeds_old_addresses_lead_home(seed_site: Site) -> None:
    """The seed's two sources become stubs that lead to the home page."""
    built = seed_site.build()
    for file in ("about/index.html", "about.html"):
        text = built.text(file)
        assert '<meta http-equiv="refresh" content="0; url=/">' in text
        assert '<link rel="canonical" href="/">' in text
        assert '<a href="/">' in text
        assert "noindex" not in text
    assert not (built.output / "about.html").is_dir()


@pytest.mark.parametrize(
    ("site_url", "url"),
    [
        ("", "/new/"),
        ("https://example.org", "/new/"),
        ("https://u.example/proj", "/proj/new/"),
    ],
    ids=["without SITEURL", "at the root of a host", "below the path of a project's site"],
)
@pytest.mark.usefixtures("home")
def test_a_stub_names_its_target(site: Site, site_url: str, url: str) -> None:
    """From the root, so that it leads to the page under any name of the site; only the canonical URL is whole."""
    site.write("content/pages/new.md", page("/new/", "redirect_from: /old/"))
    text = site.build(SITEURL=site_url).text("old/index.html")
    assert f'content="0; url={url}"' in text
    assert f'rel="canonical" href="{site_url}/new/"' in text
    assert f'<a href="{url}">' in text


@pytest.mark.usefixtures("home")
def test_redirect_to_turns_the_page_into_a_stub(site: Site) -> None:
    """The page's file leads away, its old addresses too, straight, and its text is gone."""
    site.write(
        "content/pages/a.md", page("/a/", "redirect_from: /older/", "redirect_to: https://example.org/?x=1&y=2#z")
    )
    built = site.build()
    for file in ("a/index.html", "older/index.html"):
        assert 'url=https://example.org/?x=1&amp;y=2#z"' in built.text(file)
        assert 'rel="canonical" href="https://example.org/?x=1&amp;y=2"' in built.text(file)
    assert "<p>text</p>" not in built.text("a/index.html")


@pytest.mark.usefixtures("home")
def test_pages_and_files_stay_where_a_source_meets_them(site: Site) -> None:
    """What really exists at an address wins over a source."""
    site.write("content/pages/a.md", page("/a/", "redirect_from: [/a/, /b/, /files/x.pdf, /404.html]"))
    site.write("content/pages/b.md", page("/b/"))
    site.write("content/files/x.pdf", "%PDF")
    built = site.build()
    assert built.files().count("a/index.html") == 1
    assert "text" in built.text("a/index.html")
    assert "text" in built.text("b/index.html")
    assert built.text("files/x.pdf") == "%PDF"
    assert 'http-equiv="refresh"' not in built.text("404.html")


def test_no_redirect_begins_at_a_file_that_a_plugin_makes(seed_site: Site) -> None:
    """Neither stub nor rule, for the author's files, the Markdown of pages, and what the hosts themselves read."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(picture, "PNG")
    seed_site.write("content/images/me.png", picture.getvalue())
    authors = seed_site.root / "content" / "authors.yml"
    authors.write_text(authors.read_text() + "  avatar: me.png\n")
    hosts = ["netlify", "apache", "vercel"]
    before = seed_site.build(HOSTS=hosts)
    files = before.files()
    made = [name for name in files if not name.endswith(".html") and name != "images/me.png"]
    assert {"_redirects", ".htaccess", "vercel.json", "redirects.json", "author.vcf", "index.md"} < set(made)
    assert any(name.startswith("images/portrait-") for name in made)
    rules = before.text("_redirects")
    seed_site.write("content/redirects.yml", "".join(f'"/{name}": /\n' for name in made))
    built = seed_site.build(HOSTS=hosts)
    assert built.lines == [
        f"content/redirects.yml:{line}: warning: /{name}: '/{name}' is already an address of the site's own {name}, "
        "which stays; remove this entry"
        for line, name in enumerate(made, 1)
    ]
    assert built.files() == files
    assert built.text("_redirects") == rules


@pytest.mark.usefixtures("home")
def test_a_file_of_another_plugin_stays_too(site: Site) -> None:
    """No stub takes its place, and a warning says so."""
    site.write("content/pages/a.md", page("/a/", "redirect_from: /mine.txt"))
    site.write("mine.py", MINE)
    try:
        built = site.build(PLUGINS=[*read_settings(str(site.root / "pelicanconf.py"))["PLUGINS"], "mine"])
    finally:
        signals.all_generators_finalized.disconnect(sys.modules["mine"].write)  # no other site's plugin
    assert built.text("mine.txt") == "mine"
    assert built.lines == ["mine.txt: warning: was written by another plugin, and stays; rename it there"]
