"""The headers of every file."""

from plugins.hosting.headers import Headers, make_headers

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
