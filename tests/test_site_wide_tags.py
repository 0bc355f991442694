"""Tags that every page has: those by which search engines know the owner, and the picture of link previews."""

import pytest

from tests.conftest import Site


@pytest.mark.usefixtures("home")
def test_search_engines_know_the_owner(site: Site) -> None:
    built = site.build(VERIFICATION={"google-site-verification": 'a"b', "msvalidate.01": "C"})
    assert '<meta name="google-site-verification" content="a&#34;b">\n<meta name="msvalidate.01" content="C">' in (
        built.text("index.html")
    )
    assert "site-verification" not in site.build().text("index.html")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("siteurl", "address"),
    [("https://ann.example/lab", "https://ann.example/lab/images/me.png"), ("", None)],
    ids=["with the site's address", "not without it"],
)
def test_previews_show_the_sites_picture(site: Site, siteurl: str, address: str | None) -> None:
    text = site.build(PREVIEW_IMAGE="images/me.png", SITEURL=siteurl).text("index.html")
    assert (f'<meta property="og:image" content="{address}">' in text) is (address is not None)
    assert ("og:image" in text) is (address is not None)


@pytest.mark.usefixtures("home")
def test_a_table_of_something_else_is_a_problem(site: Site) -> None:
    built = site.build(VERIFICATION=["x"])
    assert built.lines == ['pelicanconf.py: VERIFICATION: [\'x\'] is not a mapping of names to texts; write {"…": "…"}']
