"""The headers of every file."""

import pytest

from plugins.hosting.headers import Headers, make_headers
from tests.conftest import Site

PORTRAIT = "images/portrait-0123456789-2x.webp"


def headers(*files: str, transport_security: str = "", **settings: str) -> Headers:
    """Return the headers of a site with some files; ``settings`` are of the setting HEADERS."""
    return make_headers(files, settings, transport_security)


def test_the_policy_of_the_header_says_only_what_is_right_for_every_file() -> None:
    """What may load is for each page itself to say: an author's own slides or notebook run as without headers."""
    assert headers().everywhere["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_the_settings_add_headers_and_replace_ours() -> None:
    assert headers(**{"X-Content-Type-Options": "x", "X-More": "y"}).everywhere.items() >= {
        ("X-Content-Type-Options", "x"),
        ("X-More", "y"),
    }
    assert "Strict-Transport-Security" not in headers().everywhere
    assert headers(transport_security="max-age=1").everywhere["Strict-Transport-Security"] == "max-age=1"


def test_hashed_files_are_listed_from_the_root_of_the_site() -> None:
    assert headers(PORTRAIT, "files/report.20240131.pdf", "images/me.png").hashed == (f"/{PORTRAIT}",)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"HEADERS": {"X-A": "a\n/evil\n  X-B: c"}}, id="a value of two lines"),
        pytest.param({"HEADERS": {"X-A: b": "c"}}, id="a name with a colon"),
        pytest.param({"HEADERS": {"X A": "c"}}, id="a name with a blank"),
        pytest.param({"HEADERS": {"": "c"}}, id="no name"),
        pytest.param({"HEADERS": {"X-A": 3}}, id="a number"),
        pytest.param({"STRICT_TRANSPORT_SECURITY": "max-age=1\nX: y"}, id="two lines of HSTS"),
        pytest.param({"STRICT_TRANSPORT_SECURITY": 3}, id="a number of HSTS"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_would_be_another_line_of_a_hosts_file_is_refused(site: Site, settings: dict[str, object]) -> None:
    """One problem for the one setting."""
    built = site.build(HOSTS=["netlify", "nginx"], **settings)
    assert built.failed
    assert [problem.key for problem in built.problems] == list(settings)
