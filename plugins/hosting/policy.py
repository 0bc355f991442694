"""Finished HTML → the Content-Security-Policy that allows exactly what it holds, and the other headers.

Source of the directives: Content Security Policy Level 3, W3C. Data blocks (`<script type="application/ld+json">`) are
not run and need no permission.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

BASE = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "data:"),  # local pictures, and those that styles and icons carry in themselves
    "connect-src": ("'self'",),  # nothing here connects; but a checker in the page, Lighthouse, asks for robots.txt so
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""What every page is allowed."""

ORDER = (
    "default-src",
    "script-src",
    "script-src-attr",
    "style-src",
    "style-src-attr",
    "img-src",
    "font-src",
    "media-src",
    "frame-src",
    "object-src",
    "connect-src",
    "manifest-src",
    "base-uri",
    "form-action",
)
NO_SCRIPTS = "require-trusted-types-for 'script'"
"""Stands in the policy of a page without scripts of its own: nothing that got in could write into the page."""

HARMLESS = {("img-src", "'self'"), ("img-src", "data:"), ("media-src", "'self'"), ("font-src", "'self'")}
CODE = {"", "module", "importmap", "speculationrules"}  # values of a script's type that make it no data block
JAVASCRIPT = re.compile(
    r"(?:text|application)/(?:x-)?(?:java|ecma)script$|text/(?:javascript1\.[0-5]|jscript|livescript)$"
)
IN_STYLES = re.compile(r"""(@import\s*)?(?:url\(\s*["']?([^"')]+)|@import\s*["']([^"']+))""", re.IGNORECASE)
LONGEST = 1500  # characters of hashes of style attributes; beyond that any style attribute is allowed

ADDRESSES = {  # (element, attribute) → directive
    ("img", "src"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("use", "href"): "img-src",
    ("input", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("table", "background"): "img-src",
    ("td", "background"): "img-src",
    ("body", "background"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("track", "src"): "media-src",
    ("source", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("script", "src"): "script-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("base", "href"): "base-uri",
}
LINKS = {  # rel of a link → directive
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
PRELOADED = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "fetch": "connect-src",
}


class Need(NamedTuple):
    """One thing that a page holds: the element, what of it, and what a policy must say for it."""

    element: str
    what: str
    directive: str
    source: str


@dataclass(slots=True)
class Policy:
    """A Content-Security-Policy: directive → the sources that it allows, in the order in which they were met."""

    sources: dict[str, list[str]] = field(default_factory=dict)
    scripts: bool = False
    local: set[str] = field(default_factory=set)  # paths of this site's own files that the page shows

    def allow(self, directive: str, source: str) -> None:
        """Allow one source more."""
        listed = self.sources.setdefault(directive, [])
        if source not in listed:
            listed.append(source)

    def join(self, other: "Policy") -> None:
        """Allow all that another policy allows."""
        self.scripts |= other.scripts
        self.local |= other.local
        for directive, sources in other.sources.items():
            for source in sources:
                self.allow(directive, source)

    def __str__(self) -> str:
        """Return the policy as a header or a `<meta>` says it."""
        merged = {**{name: list(sources) for name, sources in BASE.items()}}
        for name, sources in self.sources.items():
            held = [source for source in merged.get(name, []) if source != "'none'"]
            merged[name] = held + [source for source in sources if source not in held]
        for name in ("script-src-attr", "style-src-attr"):
            if len(" ".join(merged.get(name, ()))) > LONGEST:
                merged[name] = ["'unsafe-inline'"]
        said = [f"{name} {' '.join(merged[name])}" for name in ORDER if name in merged]
        return "; ".join([*said, *([] if self.scripts else [NO_SCRIPTS])])


def policy_for(needs: Iterable[Need]) -> Policy:
    """Return the policy that allows just these needs."""
    policy = Policy()
    for need in needs:
        if need.directive.endswith("-attr"):
            policy.allow(need.directive, "'unsafe-hashes'")
        policy.allow(need.directive, need.source)
        if need.source == "'self'":
            policy.local.add(urlsplit(need.what).path)
        policy.scripts |= need.directive.startswith("script-src")
    return policy


def needs_of(html: str, site_url: str = "") -> list[Need]:
    """Return what the elements of a page or a part of one need; ``site_url`` is what counts as the site itself."""
    scanner = Scanner(site_url)
    scanner.feed(html)
    scanner.close()
    return scanner.needs


def digest(text: str) -> str:
    """Return the hash by which a policy names an inline text."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8', 'surrogatepass')).digest()).decode()}'"


class Scanner(HTMLParser):
    """Collects the needs of a piece of HTML."""

    def __init__(self, site_url: str) -> None:
        """Begin with none."""
        super().__init__(convert_charrefs=True)
        self.site = urlsplit(site_url).netloc
        self.needs: list[Need] = []
        self.inline = ""  # the element whose text is being collected
        self.text: list[str] = []

    def add(self, element: str, what: str, directive: str, source: str) -> None:
        """Keep one need."""
        if source:
            self.needs.append(Need(element, what, directive, source))

    def source(self, url: str) -> str:
        """Return what a policy calls the place of a URL; "" for one that loads nothing."""
        url = "".join(url.split())
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        if parts.netloc == self.site and parts.netloc:
            return "'self'"
        if parts.netloc and re.fullmatch(r"[\w.:\[\]-]+", parts.netloc):
            return f"{parts.scheme or 'https'}://{parts.netloc.lower()}"
        if parts.scheme in ("data", "blob", "mailto"):
            return f"{parts.scheme}:"
        return "'self'" if url and not parts.scheme and not url.startswith("#") else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element needs."""
        values = {name: value or "" for name, value in reversed(attrs)}  # of one attribute twice the first counts
        for name, value in values.items():
            if directive := ADDRESSES.get((tag, name)):
                self.add(tag, value, directive, self.source(value))
            elif name == "style" and value:
                self.add(tag, f'style="{value}"', "style-src-attr", digest(value))
                self.styles(tag, value)
            elif name.startswith("on") and len(name) > 2 and value:
                self.add(tag, f'{name}="{value}"', "script-src-attr", digest(value))
            elif name in ("srcset", "imagesrcset"):
                for candidate in value.split(","):
                    url = candidate.split()[0] if candidate.split() else ""
                    self.add(tag, url, "img-src", self.source(url))
            elif name == "srcdoc" and tag == "iframe":
                self.needs += needs_of(value, f"https://{self.site}" if self.site else "")
        if tag == "form" and "action" not in values:
            self.add(tag, "", "form-action", "'self'")
        if tag == "link":
            self.link(values)
        kind = values.get("type", "").strip().lower()
        if tag == "style" or (tag == "script" and "src" not in values and (kind in CODE or JAVASCRIPT.match(kind))):
            self.inline, self.text = tag, []
        if tag == "script" and (there := self.source(values.get("src", ""))) not in ("", "'self'"):
            for directive in ("connect-src", "img-src"):  # a script talks to the place that it comes from
                self.add(tag, values["src"], directive, there)

    def link(self, values: dict[str, str]) -> None:
        """Note what a link loads by its relation."""
        relations = values.get("rel", "").lower().split()
        directives = [LINKS[relation] for relation in relations if relation in LINKS]
        if "preload" in relations or "prefetch" in relations:
            directives += [PRELOADED[values["as"]]] if values.get("as") in PRELOADED else []
        for directive in directives:
            self.add("link", values.get("href", ""), directive, self.source(values.get("href", "")))

    def handle_data(self, data: str) -> None:
        """Collect the text of a style or script."""
        if self.inline:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Hash the text of a style or script."""
        if tag != self.inline:
            return
        text, self.inline = "".join(self.text), ""
        self.add(tag, text.strip()[:40], f"{tag}-src", digest(text))
        if tag == "style":
            self.styles(tag, text)

    def styles(self, tag: str, text: str) -> None:
        """Note what a text of styles loads."""
        for imported, url, bare in IN_STYLES.findall(text):
            address = url or bare
            is_font = re.search(r"\.(?:woff2?|ttf|otf)(?:[?#]|$)", address, re.IGNORECASE)
            directive = "style-src" if imported or bare else "font-src" if is_font else "img-src"
            self.add(tag, address, directive, self.source(address))


def widening(html: str, site_url: str = "") -> list[Need]:
    """Return what in an author's HTML needs more than a page of words and local pictures does, each kind once."""
    found: dict[tuple[str, str, str], Need] = {}
    for need in needs_of(html, site_url):
        if (need.directive, need.source) not in HARMLESS:
            kind = need.source if not need.source.startswith("'sha256") else ""
            found.setdefault((need.element, need.directive, kind), need)
    return list(found.values())
