"""The page that it all began with."""

from tests.conftest import Site


def test_the_seed_builds(seed_site: Site) -> None:
    """The seed becomes the home page."""
    built = seed_site.build()
    assert "decipher learning principles" in built.text("index.html")
