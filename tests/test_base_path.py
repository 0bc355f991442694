"""Links from the root, in a site that lives below a path."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image

from plugins.base_path import absolute, from_root
from plugins.collections.liquid_variables import own_variables
from plugins.problems import Place
from plugins.settings import Settings
from plugins.site import Redirect
from tests.conftest import Site

LAB = "https://ann.example/lab"
FILES = {
    "index.html",
    "images/x.png",
    "images/ü b.png",
    "cv/index.html",
    "old.html",
    "lab/both.html",
    "both.html",
    "lab/own.html",
}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<img src="/images/x.png">', '<img src="/lab/images/x.png">', id="a picture"),
        pytest.param("<a href='/cv/#me'>", '<a href="/lab/cv/#me">', id="a page and its anchor"),
        pytest.param('<a href="/old">', '<a href="/lab/old">', id="a page without its extension"),
        pytest.param('<a href="/">', '<a href="/lab/">', id="the home page"),
        pytest.param('<a href="/cv/?a=1&amp;b=2">', '<a href="/lab/cv/?a=1&amp;b=2">', id="a query"),
        pytest.param('<img src="/images/%C3%BC%20b.png">', '<img src="/lab/images/%C3%BC%20b.png">', id="encoded"),
        pytest.param(
            '<video poster=/images/x.png src="/images/x.png">',
            '<video poster="/lab/images/x.png" src="/lab/images/x.png">',
            id="two attributes",
        ),
        pytest.param(f'<a href="{LAB}/cv/?a=1#b">', '<a href="/lab/cv/?a=1#b">', id="a whole address"),
        pytest.param(f'<a href="{LAB}">', '<a href="/lab">', id="the whole address of the site"),
        pytest.param(
            f'<img srcset="{LAB}/images/x.png 1x,{LAB}/images/x.png 2x">',
            '<img srcset="/lab/images/x.png 1x,/lab/images/x.png 2x">',
            id="whole addresses in a srcset",
        ),
        pytest.param('<object data="/images/x.png">', '<object data="/lab/images/x.png">', id="an object"),
        pytest.param(
            '<source srcset="/images/x.png 1x, images/x.png 2x,\n/images/x.png">',
            '<source srcset="/lab/images/x.png 1x, images/x.png 2x,\n/lab/images/x.png">',
            id="a srcset",
        ),
    ],
)
def test_a_link_to_a_file_of_the_site_gets_the_path(html: str, expected: str) -> None:
    """In Markdown and in raw HTML."""
    assert from_root(f"<p>a</p>{html}<p>b</p>", LAB, FILES) == f"<p>a</p>{expected}<p>b</p>"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<img src="/lab/images/x.png">', id="that has the path already"),
        pytest.param('<a href="/lab">', id="to the site without a slash"),
        pytest.param('<a href="/lab/">', id="to the site"),
        pytest.param('<a href="/lab/both.html">', id="that has the path, though it is a file with it too"),
        pytest.param('<img src="//host/images/x.png">', id="to another host"),
        pytest.param('<img src="https://host/images/x.png">', id="with a scheme"),
        pytest.param('<img src="images/x.png">', id="from the page"),
        pytest.param('<a href="/other-project/">', id="to another site on the same host"),
        pytest.param('<a href="/lab-2/images/x.png">', id="below a path that begins the same"),
        pytest.param('<a href="#me">', id="to an anchor"),
        pytest.param('<a href="https://ann.example/other/">', id="to another site on the same host, whole"),
        pytest.param('<a href="https://ann.example/lab-2/">', id="to a site whose address begins the same"),
        pytest.param('<img srcset="data:image/gif;base64,AAAA 1x">', id="with a comma of its own"),
        pytest.param('<a href="/%">', id="that is not encoded"),
        pytest.param('<a href="/[" title="/images/x.png">', id="that is no address"),
        pytest.param("<!-- <img src='/images/x.png'> -->", id="in a comment"),
        pytest.param("<script>'<img src=\"/images/x.png\">'</script>", id="in a script"),
        pytest.param("<pre>&lt;img src='/images/x.png'></pre>", id="in a text"),
    ],
)
def test_any_other_link_stays(html: str) -> None:
    """Byte for byte."""
    assert from_root(html, LAB, FILES) == html


def test_a_folder_of_the_paths_own_name() -> None:
    """What is only there with the path gets it once more."""
    assert from_root('<a href="/lab/own.html">', LAB, FILES) == '<a href="/lab/lab/own.html">'


def test_a_path_is_encoded() -> None:
    """As browsers send it; a link may have it encoded or not."""
    assert from_root('<a href="/cv/">', "https://ann.example/%C3%A4%20b", FILES) == '<a href="/%C3%A4%20b/cv/">'
    assert from_root('<a href="/%c3%a4 b/cv/">', "https://ann.example/%C3%A4%20b", FILES) == '<a href="/%c3%a4 b/cv/">'


def test_a_site_at_the_root_keeps_its_paths_and_loses_its_own_host() -> None:
    html = '<a href="https://ann.example/cv/"><img src="/images/x.png"><a href="https://ann.example"><a href="//b/">'
    moved = '<a href="/cv/"><img src="/images/x.png"><a href="/"><a href="//b/">'
    assert from_root(html, "https://ann.example", FILES) == moved


STUBS = {
    file: Redirect(source, target, Place("a.md"), source)
    for file, source, target in (
        ("talks/index.html", "/talks/", "/#talks"),
        ("publication/ü.html", "/publication/ü", "/cv/?a=1#%C3%BC"),
        ("lab.html", "/lab.html", "https://lab.example.org/"),
    )
}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("/talks/", "{}/#talks", id="from the root"),
        pytest.param("/talks", "{}/#talks", id="without the slash"),
        pytest.param("/talks/?b=2#c", "{}/?b=2#talks", id="with a query, and a fragment that the target has too"),
        pytest.param("../talks/", "{}/#talks", id="relative to the page"),
        pytest.param("/publication/%C3%BC", "{}/cv/?a=1#%C3%BC", id="encoded"),
        pytest.param("/publication/ü.html", "{}/cv/?a=1#%C3%BC", id="by its file"),
        pytest.param("/lab.html", "https://lab.example.org/", id="elsewhere"),
        pytest.param("talks/", "talks/", id="relative, to nothing"),
        pytest.param("../../talks/x", "../../talks/x", id="no old address"),
        pytest.param("mailto:a@b.example?x=/talks/", "mailto:a@b.example?x=/talks/", id="an e-mail address"),
        pytest.param("//b.example/talks/", "//b.example/talks/", id="another host"),
        pytest.param("//[/", "//[/", id="no address"),
    ],
)
@pytest.mark.parametrize("site_url", ["", "https://ann.example", LAB, "https://ann.example/%C3%A4%20b"])
def test_a_link_to_an_old_address_leads_past_it(site_url: str, address: str, expected: str) -> None:
    """So that nobody on the site passes a redirect; an address that the site answers itself stays as it is written."""
    moved = from_root(f'<a href="{address}">', site_url, FILES | set(STUBS), STUBS, "cv/")
    assert unescape(moved) == f'<a href="{expected.format(urlsplit(site_url).path)}">'


def test_feeds_have_whole_addresses() -> None:
    html = '<a href="/lab/cv/"><img src="//host/x"><a href="#a"><img srcset="/lab/x.png 2x">'
    whole = '<a href="https://ann.example/lab/cv/"><img src="//host/x"><a href="#a">'
    assert absolute(html, LAB) == f'{whole}<img srcset="https://ann.example/lab/x.png 2x">'


PAGE = """---
permalink: /
redirect_from: /was/
---
![x](/images/x.png) [CV](/cv/) [was](/was/) [Markdown](/index.md)

<picture><source srcset="/images/x.png 2x"><img src="/images/x.png" alt="x"></picture>

[there]({{ site.baseurl }}/cv/) [whole]({{ site.url }}{{ site.baseurl }}/cv/) [filter]({{ '/cv/' | relative_url }})
[beside](https://ann.example/other/)
"""


def test_a_site_below_a_path(site: Site) -> None:
    """Every link leads into the site, on paper too, and the check finds nothing; without a path nothing changes."""
    site.write("content/pages/about.md", PAGE)
    site.write("content/pages/cv.md", "---\npermalink: /cv/\n---\nCV\n")
    site.write("content/images/x.png", b"png")
    plain = site.build(SITEURL="https://ann.example").text("index.html")
    assert plain.count('"/images/x.png') == 3
    page = site.build(SITEURL="https://ann.example/lab").text("index.html")
    assert page.count('"/lab/images/x.png') == 3
    assert page.count('href="/lab/cv/"') == 4
    assert "https://ann.example/other/" in page
    assert 'href="/lab/">was' in page
    assert 'href="/lab/index.md"' in page

    with (site.root / "publishconf.py").open("a", encoding="utf-8") as config:
        config.write('SITEURL = "https://ann.example/lab"\n')
    checked = site.invoke("check")
    assert (checked.returncode, checked.stderr) == (0, "")
    site.write("content/pages/about.md", PAGE + "[none](/files/none.pdf) [else](/lab/none/)\n")
    checked = site.invoke("check")
    assert checked.returncode == 1
    lines = [line.partition(": ")[2] for line in checked.stderr.splitlines()]
    assert lines == [
        "warning: href: '/files/none.pdf' is outside /lab/, and this site does not have it;"
        " put it at content/files/none.pdf, or write the whole address of another site",
        "href: '/lab/none/' does not exist; put it at content/none, or correct the address",
    ]


@pytest.mark.parametrize(
    ("siteurl", "baseurl", "expected"),
    [
        pytest.param("https://a.example/lab", None, ("https://a.example", "/lab"), id="by default the whole path"),
        pytest.param("https://a.example/lab", "", ("https://a.example/lab", ""), id="a url with the path"),
        pytest.param("https://a.example/x/lab", "/lab", ("https://a.example/x", "/lab"), id="a part of the path"),
        pytest.param("https://a.example", None, ("https://a.example", ""), id="no path"),
        pytest.param("", "/lab", ("", ""), id="a preview"),
    ],
)
def test_the_halves_of_an_address(siteurl: str, baseurl: str | None, expected: tuple[str, str]) -> None:
    """`site.url` and `site.baseurl`."""
    site = own_variables(Settings(siteurl=siteurl, baseurl=baseurl))
    assert (site["url"], site["baseurl"]) == expected


def test_only_what_others_read_is_absolute(site: Site) -> None:
    """Under ``www.``, on a preview or at a second name, nothing in a page leads away from it."""
    picture = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(picture, "PNG")
    site.write("content/images/me.png", picture.getvalue())
    site.write("content/root/favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.write("content/authors.yml", "A B:\n  avatar: me.png\n  cv: /files/cv.pdf\n  uri: https://ann.example/lab\n")
    site.write("content/files/cv.pdf", b"%PDF")
    head = "---\npermalink: {}\ntitle: A\nmenu: true\nauthor_profile: true\nredirect_from: {}\n---\n"
    text = "[a](https://ann.example/lab/b/) ![x]({{ site.url }}{{ site.baseurl }}/images/me.png)\n"
    site.write("content/pages/a.md", head.format("/", "/old/") + text)
    site.write("content/pages/b.md", head.format("/b/", "/c/") + text)
    site.write("content/articles/n.md", "---\ntitle: News\ndate: 2026-01-31\n---\n[b](/b/)\n")
    built = site.build(
        AUTHOR="A B", SITENAME="A B", SITEURL="https://ann.example/lab", FEED_DOMAIN="https://ann.example/lab",
        FEED_ALL_ATOM="feed.xml", AUTHOR_FILES_LINKED=True,
    )  # fmt: skip
    assert built.lines == []
    for name in built.files():
        if name.endswith(".html"):
            page = re.sub(
                r'<link rel="canonical"[^>]*>|<meta property[^>]*>|<script type="application/ld\+json">.*?</script>',
                "", built.text(name), flags=re.DOTALL,
            )  # fmt: skip
            own = re.findall(r'(?:href|src|srcset|url)="?[^"]*https://ann\.example[^" ]*', page)
            assert own in ([], ['href="https://ann.example/lab']), name  # that link is the author's own
    for name in ("index.html", "sitemap.xml", "feed.xml", "author.vcf", "resume.json", "redirects.json"):
        assert "https://ann.example/lab/" in built.text(name), name
    assert "https://ann.example/lab/b/" in built.text("feed.xml")
    assert 'href="/lab/' in built.text("index.html")
    assert 'url=/lab/b/"' in built.text("c/index.html")
