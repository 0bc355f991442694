"""Services that pages use, the settings ALLOW and ANALYTICS, and the warnings about scripts that nobody knows."""

import re

import pytest

from plugins.hosting.policy import needs_of, policy_for, report_blocked
from plugins.hosting.services import DIRECTIVES, SERVICES, SOURCE, needs_of_service, read_allow, services_in, snippet
from plugins.problems import Problems
from plugins.site import Page
from tests.conftest import ROOT, Site

SNIPPETS = {  # as each service's own documentation has it
    "goatcounter": '<script data-goatcounter="https://me.goatcounter.com/count" async src="//gc.zgo.at/count.js"></script>',
    "plausible": '<script defer data-domain="me.org" src="https://plausible.io/js/script.outbound-links.js"></script>',
    "google-analytics": '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>',
    "cloudflare-analytics": "<script defer src='https://static.cloudflareinsights.com/beacon.min.js'></script>",
    "mathjax": '<script id="MathJax-script" async src="https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js"></script>',
    "mathjax-2": '<script src="https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/MathJax.js?config=TeX-AMS"></script>',
    "katex": '<script defer src="https://cdn.jsdelivr.net/npm/katex@0.16/dist/katex.min.js"></script>',
    "mermaid": '<script type="module">import m from "https://cdn.jsdelivr.net/npm/mermaid@11/dist/mermaid.esm.min.mjs"</script>',
    "twitter": '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>',
    "disqus": "<script>var s = document.createElement('script'); s.src = 'https://me.disqus.com/embed.js'; "
    "document.body.appendChild(s);</script>",
    "giscus": '<script src="https://giscus.app/client.js" data-repo="me/site" crossorigin="anonymous" async></script>',
    "utterances": '<script src="https://utteranc.es/client.js" repo="me/site" async></script>',
    "calendly": '<script src="https://assets.calendly.com/assets/external/widget.js" async></script>',
    "clustrmaps": '<script type="text/javascript" id="clustrmaps" src="//cdn.clustrmaps.com/map_v2.js?d=x"></script>',
    "altmetric": "<script src='https://d1bxh8uas1mnw7.cloudfront.net/assets/embed.js'></script>",
    "dimensions": '<script async src="https://badge.dimensions.ai/badge.js" charset="utf-8"></script>',
    "google-fonts": '<link href="https://fonts.googleapis.com/css2?family=Lora" rel="stylesheet">',
    "academicons": '<link rel="stylesheet" href="https://cdn.jsdelivr.net/gh/jpswalsh/academicons@1/css/academicons.min.css">',
    "font-awesome": '<script src="https://kit.fontawesome.com/0123456789.js" crossorigin="anonymous"></script>',
}


def sources_of(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in map(str.split, policy.split("; "))}


@pytest.mark.parametrize("name", SERVICES)
def test_the_snippet_of_a_service_gets_all_that_the_service_needs(name: str) -> None:
    """Without a setting and without a warning; the service is loaded from where the snippet says."""
    html = SNIPPETS[name]
    allowed = sources_of(policy_for(needs_of(html)))
    for directive, source in needs_of_service(name, "https://cdn.jsdelivr.net" if "jsdelivr" in html else ""):
        assert source in allowed[directive], (directive, source)
    assert blocked(html) == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_need_of_a_service_is_well_formed(name: str) -> None:
    needs = list(needs_of_service(name))
    assert needs
    for directive, source in needs:
        assert directive in DIRECTIVES
        assert SOURCE.fullmatch(source), source


def test_a_service_from_another_host_is_allowed_there() -> None:
    allowed = sources_of(policy_for(needs_of('<script src="/files/mathjax/tex-svg.js"></script>')))
    assert allowed["font-src"] == ["'self'", "data:"]
    assert allowed["style-src"] == ["'unsafe-inline'"]


def test_styles_that_a_service_writes_are_allowed_beside_our_own() -> None:
    """A browser ignores 'unsafe-inline' beside a hash, so the hashes leave."""
    page = "<style>p{}</style><p style='color: red'>" + SNIPPETS["mathjax"]
    allowed = sources_of(policy_for(needs_of(page)))
    assert allowed["style-src"] == ["'unsafe-inline'"]
    assert "style-src-attr" not in allowed


# --- Warnings ---------------------------------------------------------------------------------------------------------

SOURCE_TEXT = (
    "---\ntitle: A\n---\nWords.\n\n<script src='https://w.example/w.js'></script>\n\n<script>\ngo()\n</script>\n"
)


def blocked(html: str, *allow: str, files: dict[str, bytes] | None = None, url: str = "") -> list[str]:
    """Return what is reported of a page with this HTML."""
    problems = Problems()
    page = Page("p.md", "a/", "a/index.html", "A", html=html)
    more = read_allow(allow, problems)
    report_blocked(page, lambda: SOURCE_TEXT, (files or {}).get, url, more, problems)
    return [str(problem) for problem in problems]


UNKNOWN = (
    "p.md:6: warning: <script>: 'https://w.example/w.js' is not a known service: what it loads or sends beyond w.example "
    'will be blocked; allow it: ALLOW = ["https://w.example", …]'
)


def test_a_script_of_unknown_needs_gets_one_warning_that_says_what_will_be_blocked() -> None:
    html = '<script src="https://w.example/w.js"></script>' * 2
    assert blocked(html) == [UNKNOWN]
    assert blocked(html, "https://w.example") == []


@pytest.mark.parametrize(
    ("html", "names"),
    [
        pytest.param("<script>\nfetch('https://api.example/x')</script>", "api.example", id="code on the page"),
        pytest.param('<script>x = "//api.example/x"</script>', "api.example", id="an address without a scheme"),
        pytest.param("<script>new WebSocket('wss://s.example:81/')</script>", "s.example:81", id="a socket"),
        pytest.param('<script src="x.js"></script>', "api.example", id="a file beside the page"),
        pytest.param('<script src="/a/x.js"></script>', "api.example", id="a file from the root"),
        pytest.param('<script src="https://me.org/a/x.js"></script>', "api.example", id="a file by its whole address"),
    ],
)
def test_hosts_that_code_names_and_the_policy_does_not_allow_are_reported(html: str, names: str) -> None:
    (line,) = blocked(html, files={"a/x.js": b"go('https://api.example/y', 'https://me.org/z')"}, url="https://me.org")
    assert f"this script names {names}: what it loads from there or sends there will be blocked" in line
    assert line.endswith(f'allow it: ALLOW = ["https://{names}"]')
    assert (
        blocked(html, f"https://{names}", files={"a/x.js": b"go('https://api.example/y')"}, url="https://me.org") == []
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<script>document.body.hidden = 1</script>", id="code that names no host"),
        pytest.param("<script>/* https://jquery.com */\n // see https://a.example\ngo()</script>", id="a comment"),
        pytest.param('<script type="application/ld+json">{"@id": "https://a.example"}</script>', id="data"),
        pytest.param("<script>img.src='https://img.example/x'</script><img src=https://img.example/y>", id="allowed"),
        pytest.param('<iframe src="https://video.example/x"></iframe>', id="a frame, which is allowed"),
        pytest.param('<img src="https://img.example/x.png" onerror="go()">', id="a picture and its handler"),
    ],
)
def test_what_nothing_blocks_is_not_reported(html: str) -> None:
    assert blocked(html) == []


def test_files_are_read_only_for_scripts() -> None:
    def fail(*_: str) -> bytes:
        raise AssertionError

    report_blocked(Page("p.md", "", "index.html", "A", html="<p>"), fail, fail, "", (), Problems())  # type: ignore[arg-type]


# --- Settings ---------------------------------------------------------------------------------------------------------

EVERY = "script-src style-src img-src font-src media-src frame-src connect-src".split()


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param("https://a.example", [(each, "https://a.example") for each in EVERY], id="one address"),
        pytest.param(["https://*.a.example"], [(each, "https://*.a.example") for each in EVERY], id="subdomains"),
        pytest.param(
            {"connect-src": ["https://a.example/x/"]}, [("connect-src", "https://a.example/x/")], id="directive"
        ),
        pytest.param({"worker-src": "blob:"}, [("worker-src", "blob:")], id="a scheme"),
        pytest.param(["google-fonts"], list(needs_of_service("google-fonts")), id="a service"),
    ],
)
def test_allow_is_read(setting: object, allowed: list[tuple[str, str]]) -> None:
    problems = Problems()
    assert list(read_allow(setting, problems)) == allowed
    assert not list(problems)


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(["https://a.example; script-src *"], id="a policy of its own"),
        pytest.param(["https://a.example https://b.example"], id="two in one"),
        pytest.param(["goat counter"], id="no service"),
        pytest.param(["*"], id="everything"),
        pytest.param([1], id="a number"),
        pytest.param([""], id="nothing at all"),
        pytest.param(["https://a.example/?q=1"], id="a query"),
        pytest.param(["'nonce-x'"], id="a nonce"),
        pytest.param({"scripts": ["https://a.example"]}, id="no directive"),
        pytest.param({"script-src": [None]}, id="no address"),
        pytest.param({3: ["https://a.example"]}, id="a directive that is a number"),
        pytest.param(3, id="no list"),
    ],
)
def test_what_is_no_permission_is_an_error(setting: object) -> None:
    problems = Problems()
    assert read_allow(setting, problems) == ()
    assert problems.failed
    assert {problem.key for problem in problems} == {"ALLOW"}


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        pytest.param("goatcounter:me", "https://me.goatcounter.com/count", id="goatcounter"),
        pytest.param("plausible:me.org", 'data-domain="me.org"', id="plausible"),
        pytest.param("google-analytics:G-ABC123", "gtag('config','G-ABC123')", id="google-analytics"),
        pytest.param("cloudflare-analytics:0a1b", """data-cf-beacon='{"token": "0a1b"}'""", id="cloudflare-analytics"),
    ],
)
def test_the_counter_is_in_every_page_and_allowed_there_but_in_no_stub(site: Site, setting: str, names: str) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\ntitle: Me\nredirect_from: /old/\n---\nHello.\n")
    built = site.build(ANALYTICS=setting)
    assert built.lines == []
    service = setting.partition(":")[0]
    for page in ("index.html", "404.html"):
        assert built.text(page).count(names) == 1
        policy = re.search('Content-Security-Policy" content="([^"]+)"', built.text(page))
        assert policy
        for directive, source in needs_of_service(service):
            assert source in sources_of(policy[1])[directive]
    assert "analytics" not in built.text("old/index.html")
    assert names not in built.text("old/index.html")


def test_every_counter_is_tried_above() -> None:
    assert {name for name, service in SERVICES.items() if service.snippet} == {
        "goatcounter", "plausible", "google-analytics", "cloudflare-analytics"
    }  # fmt: skip
    assert set(SNIPPETS) == set(SERVICES)
    for name, html in SNIPPETS.items():
        assert name in set(services_in(html))


@pytest.mark.parametrize(
    "setting",
    ["goatcounter", "goatcounter:", "goatcounter:a b", 'goatcounter:a"><script>', "matomo:3", "giscus:me", 3, ["x"]],
    ids=repr,
)
def test_what_is_no_counter_is_an_error(setting: object) -> None:
    problems = Problems()
    assert snippet(setting, problems) == ""
    assert [problem.key for problem in problems] == ["ANALYTICS"]


def test_the_settings_reach_every_page(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\ntitle: Me\n---\nHello.\n")
    built = site.build(ALLOW={"connect-src": ["https://api.example"]})
    assert "connect-src 'self' https://api.example;" in built.text("index.html")


def test_the_readme_lists_the_services() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("## Services\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `\"([\w-]+)\"` \|", section, re.MULTILINE)) == set(SERVICES)
