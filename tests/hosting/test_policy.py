"""The Content-Security-Policy of a page allows exactly what the page contains."""

import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.hosting.policy import digest, needs_of, policy_for
from tests.conftest import Site

PLAIN = (
    "default-src 'none'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
HELD = {  # HTML → what its policy allows beside what every page's does
    "plain text": ("<p>Hello <a href='https://example.org/'>there</a></p>", set()),
    "a local picture": ('<img src="/images/me.png" alt="">', set()),
    "structured data": ('<script type="application/ld+json">{"a": 1}</script>', set()),
    "a picture from elsewhere": ('<img src="https://img.example/x.png">', {"img-src 'self' data: https://img.example"}),
    "a picture without a scheme": ('<img src="//img.example/x.png">', {"img-src 'self' data: img.example"}),
    "a set of pictures": (
        '<img srcset="/a.png 1x, https://img.example/b.png 2x" src="/a.png">',
        {"img-src 'self' data: https://img.example"},
    ),
    "a frame": ('<iframe src="https://video.example/embed/x?y=1"></iframe>', {"frame-src https://video.example"}),
    "a local frame": ('<iframe src="/files/x.pdf"></iframe>', {"frame-src 'self'"}),
    "a document in a frame": (
        '<iframe srcdoc="&lt;img src=https://img.example/x&gt;"></iframe>',
        {"img-src 'self' data: https://img.example"},
    ),
    "a style attribute": (
        '<p style="color: red">x</p>',
        {f"style-src-attr 'unsafe-hashes' {digest('color: red')}"},
    ),
    "an escaped style attribute": (
        '<p style="font-family: &quot;A&quot;">x</p>',
        {f"style-src-attr 'unsafe-hashes' {digest(chr(102) + 'ont-family: ' + chr(34) + 'A' + chr(34))}"},
    ),
    "a style": ("<style>p{color:red}</style>", {f"style-src {digest('p{color:red}')}"}),
    "a background from elsewhere": (
        "<style>p{background:url(https://img.example/x.png)}</style>",
        {
            f"style-src {digest('p{background:url(https://img.example/x.png)}')}",
            "img-src 'self' data: https://img.example",
        },
    ),
    "a local video": ('<video src="/files/a.mp4" poster="/images/a.png"></video>', {"media-src 'self'"}),
    "a form": ('<form action="https://forms.example/x">', {"form-action https://forms.example"}),
    "a form that is sent to its own page": ("<form>", {"form-action 'self'"}),
    "an object": ('<object data="/files/x.pdf"></object>', {"object-src 'self'"}),
    "a stylesheet from elsewhere": (
        '<link rel="stylesheet" href="https://css.example/a.css">',
        {"style-src https://css.example", "font-src https://css.example", "img-src 'self' data: https://css.example"},
    ),
}
SCRIPTS = {
    "an inline script": ("<script>alert(1)</script>", {f"script-src {digest('alert(1)')}"}),
    "a script from elsewhere": (
        '<script src="https://js.example/x.js?d=1"></script>',
        {
            "script-src https://js.example",
            "connect-src 'self' https://js.example",
            "img-src 'self' data: https://js.example",
        },
    ),
    "a local script": ('<script src="/files/x.js"></script>', {"script-src 'self'"}),
    "a handler": (
        '<p onclick="go(1)">x</p>',
        {f"script-src-attr 'unsafe-hashes' {digest('go(1)')}"},
    ),
}


@pytest.mark.parametrize(("held", "wider"), HELD.values(), ids=HELD)
def test_a_page_without_scripts_gets_exactly_what_it_needs(held: str, wider: set[str]) -> None:
    """Its policy differs from that of plain text in the directives that the element needs, and in no other."""
    directives = set(str(policy_for(needs_of(held))).split("; "))
    assert directives - set(PLAIN.split("; ")) == wider
    assert "require-trusted-types-for 'script'" in directives


@pytest.mark.parametrize(("held", "wider"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_page_with_scripts_gets_exactly_what_they_need(held: str, wider: set[str]) -> None:
    """Trusted types are not required: an unknown script might not use them."""
    directives = set(str(policy_for(needs_of(held))).split("; "))
    assert directives - set(PLAIN.split("; ")) == wider
    assert "require-trusted-types-for 'script'" not in directives


@pytest.mark.parametrize(
    ("attribute", "directive"),
    [("style", "style-src-attr"), ("onclick", "script-src-attr")],
    ids=["styles", "handlers"],
)
def test_many_attributes_with_code_are_allowed_as_a_whole(attribute: str, directive: str) -> None:
    """The hashes of 25 are listed; with more, the policy would grow without limit."""

    def allowed(count: int) -> str:
        page = "".join(f'<p {attribute}="a: {number}">x</p>' for number in range(count))
        return next(each for each in str(policy_for(needs_of(page))).split("; ") if each.startswith(directive))

    assert allowed(25).count("'sha256-") == 25
    assert allowed(40) == f"{directive} 'unsafe-inline'"


@given(st.text(max_size=60))
def test_no_html_makes_a_policy_of_another_shape(text: str) -> None:
    """No text in a page ends a directive, or the attribute that holds the policy."""
    policy = str(policy_for(needs_of(f'<img src="{text}"><iframe src="https://{text}"></iframe><p style="{text}">')))
    for directive in policy.split("; "):
        assert re.fullmatch(r"[a-z-]+( ['\w:./+=\[\]-]+)+", directive), directive


PAGE = """---
permalink: /a/
title: A
---
Words.

<iframe src="https://video.example/x"></iframe>

<p style="color: red">red</p>
"""


def meta(text: str) -> str:
    """Return the policy inside a page."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert found
    return html.unescape(found[1])


@pytest.mark.usefixtures("home")
def test_each_page_contains_its_own_policy_and_the_header_only_what_a_page_cannot(site: Site) -> None:
    """What an author's HTML shows is allowed without a word."""
    site.write("content/pages/a.md", PAGE)
    site.write("content/pages/b.md", "---\npermalink: /b/\ntitle: B\n---\nWords.\n")
    built = site.build(HOSTS=["netlify"])
    assert "frame-src https://video.example" in meta(built.text("a/index.html"))
    assert "frame-src" not in meta(built.text("b/index.html"))
    assert "frame-src" not in meta(built.text("404.html"))
    assert "Content-Security-Policy: frame-ancestors 'self'\n" in built.text("_headers")
    assert built.lines == []


def test_the_csp_evaluator_has_no_findings(
    seed_site: Site, npm: Callable[[str], Path], need: Callable[..., str]
) -> None:
    """On the seed's page, at any severity."""
    policy = meta(seed_site.build().text("index.html"))
    script = f"""
    const {{CspEvaluator}} = require({json.dumps(str(npm("csp_evaluator") / "dist/evaluator.js"))});
    const {{CspParser}} = require({json.dumps(str(npm("csp_evaluator") / "dist/parser.js"))});
    const policy = new CspParser({json.dumps(policy)}).csp;
    console.log(JSON.stringify(new CspEvaluator(policy).evaluate().map(each => each.description)));
    """
    done = subprocess.run(
        [need("node", "nodejs"), "-e", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == []
