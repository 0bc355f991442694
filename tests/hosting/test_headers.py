"""The headers of all pages, and the warnings for pages that widen their policy."""

import pytest

from plugins.hosting.headers import Headers, make_headers
from plugins.hosting.policy import needs_of, policy_for, report_widening
from plugins.problems import Problems
from plugins.redirects.stub import SCRIPT, SCRIPT_HASH
from plugins.site import Page

PORTRAIT = "images/portrait-0123456789-2x.webp"


def headers(*pages: str, stub: str = "", files: tuple[str, ...] = (), **settings: str) -> Headers:
    """Return the headers of a site below `/proj`; ``settings`` are of the setting HEADERS."""
    return make_headers(
        [policy_for(needs_of(page)) for page in pages], stub, files, "/proj", settings, "max-age=1" if settings else ""
    )


def test_one_policy_allows_what_any_page_needs() -> None:
    policy = headers('<img src="https://a.example/x">', '<img src="https://b.example/x">').everywhere[
        "Content-Security-Policy"
    ]
    assert "img-src 'self' data: https://a.example https://b.example;" in policy
    assert policy.endswith("; require-trusted-types-for 'script'; frame-ancestors 'none'")


def test_the_policy_allows_the_script_of_stubs() -> None:
    """It writes nothing into the page, so that trusted types stay required."""
    policy = headers("<p>", stub=f"<script>{SCRIPT}</script>").everywhere["Content-Security-Policy"]
    assert f"script-src '{SCRIPT_HASH}'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "script-src" not in headers("<p>").everywhere["Content-Security-Policy"]


def test_the_settings_add_headers_and_replace_ours() -> None:
    assert headers("<p>", **{"X-Content-Type-Options": "x", "X-More": "y"}).everywhere.items() >= {
        ("X-Content-Type-Options", "x"),
        ("X-More", "y"),
        ("Strict-Transport-Security", "max-age=1"),
    }
    assert "Strict-Transport-Security" not in headers("<p>").everywhere


@pytest.mark.parametrize(
    ("page", "files"),
    [
        pytest.param("", (PORTRAIT, "files/report.20240131.pdf", "images/me.png"), id="a copied file"),
        pytest.param(f'<img src="/proj/{PORTRAIT}"><img src="/proj/images/me.png">', (), id="a file that a page shows"),
        pytest.param(f'<img src="/proj/{PORTRAIT}">', (PORTRAIT,), id="both"),
        pytest.param(f'<img src="{PORTRAIT}">', (PORTRAIT,), id="an address relative to the page"),
    ],
)
def test_hashed_files_are_listed_once_below_the_site(page: str, files: tuple[str, ...]) -> None:
    assert headers(page, files=files).hashed == (f"/{PORTRAIT}",)


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
