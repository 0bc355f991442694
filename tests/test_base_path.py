"""Links from the root, in a site that lives below a path."""

from pathlib import Path

import pytest

from plugins.base_path import with_base
from plugins.front_matter import Source, liquid_variables, parse
from plugins.problems import Problems
from plugins.settings import Settings
from tests.conftest import Site

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
    assert with_base(f"<p>a</p>{html}<p>b</p>", "/lab", FILES) == f"<p>a</p>{expected}<p>b</p>"


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
        pytest.param('<a href="/%">', id="that is not encoded"),
        pytest.param('<a href="/[" title="/images/x.png">', id="that is no address"),
        pytest.param("<!-- <img src='/images/x.png'> -->", id="in a comment"),
        pytest.param("<script>'<img src=\"/images/x.png\">'</script>", id="in a script"),
        pytest.param("<pre>&lt;img src='/images/x.png'></pre>", id="in a text"),
    ],
)
def test_any_other_link_stays(html: str) -> None:
    """Byte for byte."""
    assert with_base(html, "/lab", FILES) == html


def test_a_folder_of_the_paths_own_name() -> None:
    """What is only there with the path gets it once more."""
    assert with_base('<a href="/lab/own.html">', "/lab", FILES) == '<a href="/lab/lab/own.html">'


def test_a_path_is_encoded() -> None:
    """As browsers send it; a link may have it encoded or not."""
    assert with_base('<a href="/cv/">', "/ä b", FILES) == '<a href="/%C3%A4%20b/cv/">'
    assert with_base('<a href="/%c3%a4 b/cv/">', "/ä b", FILES) == '<a href="/%c3%a4 b/cv/">'


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
    assert page.count('href="/lab/cv/"') == 3
    assert 'href="https://ann.example/lab/cv/"' in page
    assert 'href="/lab/was/"' in page
    assert 'href="/lab/index.md"' in page

    with (site.root / "publishconf.py").open("a", encoding="utf-8") as config:
        config.write('SITEURL = "https://ann.example/lab"\n')
    checked = site.invoke("check")
    assert (checked.returncode, checked.stderr) == (0, "")
    site.write("content/pages/about.md", PAGE + "[none](/files/none.pdf) [else](/lab/none/)\n")
    checked = site.invoke("check")
    assert checked.returncode == 1
    lines = [line.partition("warning: ")[2] for line in checked.stderr.splitlines()]
    assert lines == [
        "href: '/files/none.pdf' is outside /lab/, and this site does not have it;"
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
    front_matter = parse("---\na: b\n---\n", "a.md", Problems())
    settings = Settings(siteurl=siteurl, baseurl=baseurl)
    site = liquid_variables(front_matter, {"heading": ""}, Source("a.md", Path("a.md")), {}, settings)["site"]
    assert (site["url"], site["baseurl"]) == expected
