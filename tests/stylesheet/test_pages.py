"""What the first look at a built page holds."""

from tests.conftest import Site


def test_a_page_carries_its_styles_and_asks_for_nothing(seed_site: Site) -> None:
    """One request: no stylesheet, no script, no font from elsewhere."""
    html = seed_site.build().text("index.html")
    assert "<style>@layer reset" in html
    assert '<link rel="stylesheet"' not in html
    assert "<script src" not in html
    assert "@import" not in html


def test_a_page_without_a_title_has_no_empty_heading_and_takes_the_sites_name(seed_site: Site) -> None:
    """The seed's title is commented out."""
    html = seed_site.build().text("index.html")
    assert "<title>Yuhang Song</title>" in html
    assert "<h1></h1>" not in html


def test_an_unknown_address_has_a_page_with_a_way_home(seed_site: Site) -> None:
    """404.html lies at every depth, so its link is rooted."""
    html = seed_site.build(SITEURL="https://example.org/sub").text("404.html")
    assert 'href="/sub/"' in html
