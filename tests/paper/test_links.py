"""The addresses that a printed page lists for its links."""

import pytest

from plugins.paper import printed
from tests.conftest import Site


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        pytest.param('<a href="https://www.example.org/a/">x</a>', ["example.org/a"], id="no scheme, no last slash"),
        pytest.param('<a class="x" href=https://example.org/>x</a>', ["example.org"], id="without quotes"),
        pytest.param("<a href='mailto:a@b.org'>x</a>", ["a@b.org"], id="a mail address"),
        pytest.param('<a href="/files/cv.pdf">x</a>', ["site.org/files/cv.pdf"], id="a file of the site"),
        pytest.param('<a href="https://e.org/?a=1&amp;b=2">x</a>', ["e.org/?a=1&b=2"], id="an entity"),
        pytest.param('<a href="https://e.org/%C3%A9">x</a>', ["e.org/é"], id="letters instead of percent signs"),
        pytest.param('<a href="https://e.org/a%20b">x</a>', ["e.org/a%20b"], id="but no blank"),
        pytest.param('<a href="#fn">x</a>', [], id="a place in the page needs no address"),
        pytest.param('<a href="">x</a>', ["site.org"], id="the site itself"),
        pytest.param('<a href="http://[::1/">x</a>', ["[::1"], id="an address that cannot be read"),
        pytest.param('<!-- <a href="/x"> --><script>"<a href=/x>"</script>', [], id="neither comments nor scripts"),
        pytest.param('<a id="x">x</a><abbr href="/y">', [], id="no link"),
        pytest.param('<a title="a>b" href="/c">1</a> <a href="/c">2</a>', ["site.org/c"] * 2, id="each, also twice"),
    ],
)
def test_each_link_is_listed(html: str, addresses: list[str]) -> None:
    """As a person would type it."""
    assert printed(html, "https://site.org") == addresses


def test_a_page_lists_them_in_print_only(seed_site: Site) -> None:
    """In the order of the text; on the screen the list is hidden."""
    built = seed_site.build()
    html = built.text("index.html")
    listed = html.partition('<section class="printed-links">')[2].partition("</section>")[0]
    assert listed.count("<li>") == 8
    assert listed.index("jpmorgan.com/") < listed.index("fractile.ai<") < listed.index("businessweekly.co.uk/")
    assert ".printed-links{display:none}" in html
