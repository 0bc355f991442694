"""Redirects of a whole site: stubs in the output, problems as they are printed."""

import pytest

from tests.conftest import Site

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
        ("https://example.org", "https://example.org/new/"),
        ("https://u.example/proj", "https://u.example/proj/new/"),
    ],
    ids=["without SITEURL, from the root", "absolute where SITEURL is set", "below the path of a project's site"],
)
def test_a_stub_names_its_target(site: Site, site_url: str, url: str) -> None:
    """Refresh, canonical and link name one URL."""
    site.write("content/pages/new.md", page("/new/", "redirect_from: /old/"))
    text = site.build(SITEURL=site_url).text("old/index.html")
    assert f'content="0; url={url}"' in text
    assert f'rel="canonical" href="{url}"' in text
    assert f'<a href="{url}">' in text


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
