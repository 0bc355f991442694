"""The headers of all pages, and the warnings for pages that widen their policy."""

import pytest

from plugins.hosting.headers import Headers, make_headers
from plugins.hosting.policy import report_widening
from plugins.problems import Problems
from plugins.site import Page

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


SOURCE = '---\ntitle: A\n---\n<IFRAME\n  src="https://v.example/x"></IFRAME>\n\n<p onclick="a( &quot; )">\n'


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param("<p>text</p>", [], id="words"),
        pytest.param(
            '<iframe src="https://v.example/x"></iframe>',
            [
                "p.md:5: warning: <iframe>: 'https://v.example/x' widens the page's Content-Security-Policy: "
                "frame-src allows https://v.example"
            ],
            id="the line of the address",
        ),
        pytest.param(
            '<iframe src="https://w.example/"></iframe>',
            [
                "p.md:4: warning: <iframe>: 'https://w.example/' widens the page's Content-Security-Policy: "
                "frame-src allows https://w.example"
            ],
            id="the line of the element, where the source has the address in another form",
        ),
        pytest.param(
            "<style>p {}</style>",
            [
                "p.md: warning: <style>: 'p {}' widens the page's Content-Security-Policy: "
                "style-src allows that text alone"
            ],
            id="the whole file, where the source has neither",
        ),
    ],
)
def test_what_widens_the_policy_is_reported(html: str, lines: list[str]) -> None:
    problems = Problems()
    report_widening(Page("p.md", "", "index.html", "A", html=html), lambda: SOURCE, "", problems)
    assert [str(problem) for problem in problems] == lines


def test_the_source_is_read_only_for_a_warning() -> None:
    def fail() -> str:
        raise AssertionError

    report_widening(Page("p.md", "", "index.html", "A", html="<p>"), fail, "", Problems())
