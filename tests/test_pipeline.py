"""What the order of a build's steps guarantees."""

import io

from PIL import Image

from tests.conftest import Site

HOME = "---\npermalink: /\ntitle: Home\n---\nHello.\n"


def photograph() -> bytes:
    """Return a JPEG with the metadata of a camera."""
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "JPEG", exif=exif)
    return data.getvalue()


def test_the_menu_may_lead_to_a_picture_whose_metadata_is_removed(site: Site) -> None:
    """The menu is planned from everything that was read, whichever step writes a file in the end."""
    site.write("content/pages/home.md", HOME)
    site.write("content/images/me.jpg", photograph())
    site.write("content/navigation.yml", "main:\n  - title: Home\n    url: /\n  - title: Me\n    url: /images/me.jpg\n")
    built = site.build()
    assert built.lines == []
    assert '<a href="/images/me.jpg">Me</a>' in built.text("index.html")
    assert b"Camera" not in (built.output / "images" / "me.jpg").read_bytes()


def test_a_page_that_has_moved_leaves_every_list(site: Site) -> None:
    """Menu, sitemap, llms.txt and the Markdown beside the pages name the pages that exist."""
    site.write("content/pages/home.md", HOME)
    site.write("content/pages/cv.md", "---\npermalink: /cv/\ntitle: CV\nmenu: true\n---\nText\n")
    site.write(
        "content/pages/moved.md",
        "---\npermalink: /moved/\ntitle: Moved\nmenu: true\nredirect_to: https://example.org/new/\n---\nText\n",
    )
    built = site.build(SITEURL="https://example.com")
    assert built.lines == []
    assert "Moved" not in built.text("index.html")
    assert "/moved/" not in built.text("sitemap.xml") + built.text("llms.txt")
    assert "https://example.org/new/" in built.text("moved/index.html")
    assert "moved/index.md" not in built.files()


def test_translations_are_listed_like_their_originals(site: Site) -> None:
    """There is one list of published pages: sitemap, llms.txt and the Markdown beside the pages agree."""
    site.write("content/pages/home.md", HOME)
    for lang in ("en", "fr"):
        site.write(f"content/pages/{lang}.md", f"---\npermalink: /{lang}/\nslug: x\nlang: {lang}\n---\nText\n")
    built = site.build(SITEURL="https://example.com")
    for lang in ("en", "fr"):
        assert f"<loc>https://example.com/{lang}/</loc>" in built.text("sitemap.xml")
        assert f"https://example.com/{lang}/index.md" in built.text("llms.txt")
        assert f"{lang}/index.md" in built.files()


def test_a_dated_paper_is_not_cached_for_ever_and_a_portrait_is(site: Site) -> None:
    """One rule says which names hold a hash, for every host."""
    site.write("content/pages/home.md", "---\npermalink: /\nauthor_profile: true\n---\nHello.\n")
    site.write("content/authors.yml", "author:\n  name: Ann\n  avatar: me.jpg\n")
    site.write("content/images/me.jpg", photograph())
    site.write("content/files/report-20240131.pdf", b"%PDF-")
    headers = site.build(HOSTS=["netlify"]).text("_headers")
    assert "report-20240131.pdf" not in headers
    assert "/images/portrait-" in headers
    assert "immutable" in headers


def test_a_site_without_a_home_page_is_refused_and_the_last_good_one_stays(site: Site) -> None:
    """A page, a file or a redirect may answer at `/`; a draft does not."""
    refused = ["content/pages: no page has the address '/'; write 'permalink: /' into one"]
    site.write("content/pages/home.md", "---\npermalink: /\n---\nThe last good build.\n")
    assert site.build().lines == []
    site.write("content/pages/home.md", "---\npermalink: /home/\n---\nText\n")
    built = site.build()
    assert (built.failed, built.lines) == (True, refused)
    assert "The last good build." in built.text("index.html")
    site.write("content/pages/home.md", "---\npermalink: /\npublished: false\n---\nText\n")
    assert site.build().lines == refused
    site.write("content/root/index.html", "<!doctype html>")
    assert site.build().lines == []
    (site.root / "content" / "root" / "index.html").unlink()
    site.write("content/pages/home.md", "---\npermalink: /home/\nredirect_from: /\n---\nText\n")
    assert site.build().lines == []
