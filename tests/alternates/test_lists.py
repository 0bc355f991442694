"""What lists the site for machines: sitemap.xml, robots.txt, llms.txt."""

import xml.etree.ElementTree as ET

from tests.conftest import Built, Site

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(built: Built) -> list[str]:
    """Return the addresses in sitemap.xml, which has to be XML for it."""
    root = ET.fromstring(built.text("sitemap.xml"))
    return [loc.text or "" for loc in root.findall("s:url/s:loc", NAMESPACE)]


def test_the_sitemap_names_every_page_and_nothing_else(seed_site: Site) -> None:
    """No stub, no 404, no page that moved, none that is hidden or asks to stay out."""
    seed_site.write("content/pages/cv.md", "---\npermalink: /c&v/\nmodified: 2026-01-31\n---\n\nText\n")
    seed_site.write("content/pages/gone.md", "---\npermalink: /gone/\nredirect_to: https://example.org/\n---\n")
    seed_site.write("content/pages/hidden.md", "---\npermalink: /hidden/\nstatus: hidden\n---\n\nText\n")
    seed_site.write("content/pages/out.md", "---\npermalink: /out/\nsitemap: false\n---\n\nText\n")
    built = seed_site.build(production=True, SITEURL="https://example.org/sub")
    assert listed(built) == ["https://example.org/sub/", "https://example.org/sub/c&v/"]
    assert "<lastmod>2026-01-31T00:00:00" in built.text("sitemap.xml")


def test_a_site_without_an_address_has_no_lists(seed_site: Site) -> None:
    """They hold whole addresses, or they hold nothing."""
    files = seed_site.build().files()
    assert not {"sitemap.xml", "robots.txt", "llms.txt"} & set(files)


def test_robots_txt_leads_to_the_sitemap_unless_the_author_wrote_one(seed_site: Site) -> None:
    """content/root/robots.txt takes the place of the theme's."""
    assert "Sitemap: https://example.org/sitemap.xml" in seed_site.build(
        production=True, SITEURL="https://example.org"
    ).text("robots.txt")
    seed_site.write("content/root/robots.txt", "User-agent: *\nDisallow: /\n")
    built = seed_site.build(production=True, SITEURL="https://example.org")
    assert built.text("robots.txt") == "User-agent: *\nDisallow: /\n"


def test_llms_txt_names_the_pages_in_plain_text(seed_site: Site) -> None:
    """Nothing in it is escaped: it is no HTML."""
    seed_site.write("content/pages/cv.md", '---\npermalink: /cv/\ntitle: "C & V"\ndescription: Less & more\n---\n\nA\n')
    text = seed_site.build(production=True, SITEURL="https://example.org").text("llms.txt")
    assert text.startswith("# Yuhang Song\n")
    assert "[C & V](https://example.org/cv/" in text
    assert "): Less & more" in text
    assert "publications" not in text


def test_llms_txt_names_the_files_about_publications(seed_site: Site) -> None:
    """Where there are any."""
    seed_site.write("content/publications/a.md", "---\ntitle: A\ndate: 2020-01-01\nauthors: Y. Song\n---\n")
    built = seed_site.build(production=True, SITEURL="https://example.org")
    assert "- [BibTeX](https://example.org/publications.bib)\n- [CSL-JSON](https" in built.text("llms.txt")
    assert {"publications.bib", "publications.json"} <= set(built.files())
