"""Finished HTML → the Content-Security-Policy that allows exactly what it contains.

The directives are those of Content Security Policy Level 3, W3C. Data blocks (`<script type="application/ld+json">`)
are not run and need no permission.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from ..markup import scan
from ..problems import Place, Problems
from ..site import Page
from .services import needs_of_service, services_in

BASE = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "data:"),  # local pictures, and those inside styles and icons
    "connect-src": ("'self'",),  # no page connects to anything, but Lighthouse fetches robots.txt from the page
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""What every page allows."""

ORDER = (
    "default-src script-src script-src-attr style-src style-src-attr img-src font-src media-src frame-src object-src"
    " connect-src worker-src manifest-src base-uri form-action"
).split()
NO_SCRIPTS = "require-trusted-types-for 'script'"
"""For a page without scripts: injected code cannot write into the page."""

CODE = {"", "module", "importmap", "speculationrules"}  # a script of any other type is a data block
JAVASCRIPT = re.compile(
    r"(?:text|application)/(?:x-)?(?:java|ecma)script$|text/(?:javascript1\.[0-5]|jscript|livescript)$"
)
IN_STYLES = re.compile(r"""(@import\s*)?(?:url\(\s*["']?([^"')]+)|@import\s*["']([^"']+))""", re.IGNORECASE)
LONGEST = 1500  # characters of the hashes of one kind of attributes; beyond that any such attribute is allowed
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|^[^\S\n]*//[^\n]*", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"""(?:(?:https?|wss?):|["'`])(//[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?)(?![\w.])""")

ADDRESSES = {  # (element, attribute) → directive
    tuple(place.split(".")): directive
    for directive, places in {
        "img-src": "img.src image.href image.xlink:href use.href input.src video.poster"
        " table.background td.background body.background",
        "media-src": "video.src audio.src track.src source.src",
        "frame-src": "iframe.src frame.src",
        "object-src": "object.data embed.src",
        "script-src": "script.src",
        "form-action": "form.action button.formaction input.formaction",
        "base-uri": "base.href",
    }.items()
    for place in places.split()
}
LINKS = {  # rel of a link → directive
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_LOADING = {element for element, _ in ADDRESSES} | {"link", "script", "style", "form"}
_ANYWHERE = re.compile(r"(?:style|on\w+|srcset)\s*=", re.IGNORECASE)  # what may stand on any other element
PRELOADED = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "fetch": "connect-src",
}


class Need(NamedTuple):
    """Something in a page that its policy must allow: the element, its address or code, and the source to allow."""

    element: str
    what: str
    directive: str
    source: str


def policy_for(needs: Iterable[Need], more: Iterable[tuple[str, str]] = ()) -> str:
    """Return the policy that allows just these needs and ``more``, as the value of a `<meta>`."""
    allowed = {name: dict.fromkeys(sources) for name, sources in BASE.items()}
    for directive, source in chain(((need.directive, need.source) for need in needs), more):
        sources = allowed.setdefault(directive, {})
        sources.pop("'none'", None)
        if directive.endswith("-attr"):
            sources["'unsafe-hashes'"] = None
        sources[source] = None
    for name in ("script-src", "style-src"):
        if "'unsafe-inline'" in allowed.get(name, ()):  # browsers ignore it beside a hash
            allowed[name] = {source: None for source in allowed[name] if not source.startswith("'sha")}
            allowed.pop(f"{name}-attr", None)
        elif len(" ".join(allowed.get(f"{name}-attr", ()))) > LONGEST:
            allowed[f"{name}-attr"] = {"'unsafe-inline'": None}
    directives = [f"{name} {' '.join(allowed[name])}" for name in ORDER if name in allowed]
    scripts = any(name.startswith("script-src") for name in allowed)
    return "; ".join([*directives, *([] if scripts else [NO_SCRIPTS])])


def needs_of(html: str, site_url: str = "") -> list[Need]:
    """Return what the elements of some HTML need; addresses on the host of ``site_url`` are the site's own."""
    return [need for need in _needs(html, urlsplit(site_url).netloc) if need.source]


def digest(text: str) -> str:
    """Return the source expression that allows one text inside the page."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8', 'surrogatepass')).digest()).decode()}'"


def _needs(html: str, site: str) -> Iterator[Need]:
    """Yield a page's needs; those with an empty source load nothing."""
    inline = text = ""  # the name of a style or script inside the page, and its text
    for token in scan(html):
        if token.kind == "start":
            if token.name not in _LOADING and not _ANYWHERE.search(token.source):
                continue
            attributes = token.attributes
            yield from _element_needs(token.name, attributes, site)
            inline, text = token.name if _is_inline_code(token.name, attributes) else "", ""
        elif token.kind == "text" and token.name:
            text = token.source
        elif token.kind == "end" and token.name == inline:
            yield Need(inline, text, f"{inline}-src", digest(text))
            if inline == "style":
                yield from _style_needs(inline, text, site)
            else:
                yield from _service_needs(inline, text)
            inline = ""


def _element_needs(tag: str, attributes: Mapping[str, str], site: str) -> Iterator[Need]:
    for name, value in attributes.items():
        if directive := ADDRESSES.get((tag, name)):
            yield Need(tag, value, directive, _source(value, site))
        elif name == "style" and value:
            yield Need(tag, f'style="{value}"', "style-src-attr", digest(value))
            yield from _style_needs(tag, value, site)
        elif name.startswith("on") and len(name) > 2 and value:
            yield Need(tag, f'{name}="{value}"', "script-src-attr", digest(value))
        elif name in ("srcset", "imagesrcset"):
            for candidate in value.split(","):
                url = candidate.split()[0] if candidate.split() else ""
                yield Need(tag, url, "img-src", _source(url, site))
        elif name == "srcdoc" and tag == "iframe":
            yield from _needs(value, site)
    if tag == "form" and "action" not in attributes:  # it is sent to the page itself
        yield Need(tag, "", "form-action", "'self'")
    elif tag == "link":
        yield from _link_needs(attributes, site)
    elif tag == "script" and (source := _source(attributes.get("src", ""), site)):
        yield from _service_needs(tag, attributes["src"], source)
        for directive in ("connect-src", "img-src") if source != "'self'" else ():  # it usually talks to its own host
            yield Need(tag, attributes["src"], directive, source)


def _link_needs(attributes: Mapping[str, str], site: str) -> Iterator[Need]:
    """Yield what a link loads, by its relation."""
    relations = attributes.get("rel", "").lower().split()
    directives = [LINKS[relation] for relation in relations if relation in LINKS]
    if "preload" in relations or "prefetch" in relations:
        directives += [PRELOADED[attributes["as"]]] if attributes.get("as") in PRELOADED else []
    href = attributes.get("href", "")
    for directive in directives:
        yield Need("link", href, directive, _source(href, site))
    if "style-src" in directives:  # its fonts and pictures are usually beside it
        for directive in ("font-src", "img-src"):
            yield Need("link", href, directive, _source(href, site))
        yield from _service_needs("link", href, _source(href, site))


def _service_needs(tag: str, text: str, home: str = "") -> Iterator[Need]:
    """Yield what the services need whose snippet is an address or some code, loaded from ``home``."""
    for name in services_in(text):
        for directive, source in needs_of_service(name, home):
            yield Need(tag, text, directive, source)


@lru_cache(maxsize=64)  # every page carries the same stylesheet
def _style_needs(tag: str, text: str, site: str) -> tuple[Need, ...]:
    """Return what a stylesheet or a style attribute loads."""
    needs: list[Need] = []
    for imported, url, bare in IN_STYLES.findall(text):
        address = url or bare
        is_font = re.search(r"\.(?:woff2?|ttf|otf)(?:[?#]|$)", address, re.IGNORECASE)
        directive = "style-src" if imported or bare else "font-src" if is_font else "img-src"
        needs.append(Need(tag, address, directive, _source(address, site)))
    return tuple(needs)


def _is_inline_code(tag: str, attributes: Mapping[str, str]) -> bool:
    kind = attributes.get("type", "").strip().lower()
    is_code = kind in CODE or JAVASCRIPT.match(kind) is not None
    return tag == "style" or (tag == "script" and "src" not in attributes and is_code)


def _source(url: str, site: str) -> str:
    """Return the source expression that allows a URL; "" if it loads nothing."""
    url = "".join(url.split())
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc == site and parts.netloc:
        return "'self'"
    if parts.netloc and re.fullmatch(r"[\w.:\[\]-]+", parts.netloc):
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme else parts.netloc.lower()
    if parts.scheme in ("data", "blob", "mailto"):
        return f"{parts.scheme}:"
    return "'self'" if url and not parts.scheme and not url.startswith("#") else ""


def report_blocked(
    page: Page,
    read_source: Callable[[], str],
    read_file: Callable[[str], bytes | None],
    site_url: str,
    more: Iterable[tuple[str, str]],
    problems: Problems,
) -> None:
    """Warn of scripts in an author's HTML whose needs nobody knows: the page's policy blocks what it does not allow.

    Of a script from elsewhere that is everything beyond its host; of code on the page or in a file of the site, the
    hosts that it names. ``read_source`` returns the text of the page's file, ``read_file`` the bytes of a file of the
    site by its name; both are called only for scripts. ``more`` is what the setting ``ALLOW`` allows.
    """
    scripts = list(scripts_in(page.html)) if "<script" in page.html.lower() else []
    if not scripts:  # most pages: their HTML need not be looked into once more
        return
    place = cache(lambda text: _place(page, text, read_source()))
    allowed = {*more, *((need.directive, need.source) for need in needs_of(page.html, site_url))}
    hosts = {source.rpartition("//")[2].partition("/")[0] for _, source in allowed if "'" not in source}
    asked = {source.rpartition("//")[2] for directive, source in more if directive == "script-src"}
    site, base = urlsplit(site_url).netloc, urlsplit(site_url).path
    for address, code in scripts:
        source = _source(address, site) if address else ""
        if source not in ("", "'self'"):
            host = source.rpartition("//")[2]
            if not any(services_in(address)) and not any(fnmatch(host, each) for each in asked):
                message = f"{address!r} is not a known service: what it loads or sends beyond {host} will be blocked"
                problems.warn(place(address), message, f'allow it: ALLOW = ["https://{host}", …]')
            continue
        if source:
            path = urlsplit(urljoin(f"{base}/{page.url}", address)).path
            code = (read_file(unquote(path.removeprefix(base))[1:]) or b"").decode("utf-8", "replace")
        named = dict.fromkeys(address[2:].lower() for address in NAMED.findall(COMMENT.sub("", code)))
        if blocked := [name for name in named if name != site and not any(fnmatch(name, host) for host in hosts)]:
            listed = ", ".join(f'"https://{name}"' for name in blocked)
            message = f"this script names {', '.join(blocked)}: what it loads from there or sends there will be blocked"
            problems.warn(place(address or code.strip()[:40]), message, f"allow it: ALLOW = [{listed}]")


def scripts_in(html: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the code of each script that browsers run, one of the two empty."""
    code: str | None = None
    for token in scan(html):
        if token.kind == "start" and token.name == "script":
            if address := token.attributes.get("src"):
                yield address, ""
            code = "" if _is_inline_code("script", token.attributes) else None
        elif token.kind == "text" and token.name == "script" and code is not None:
            code = token.source
        elif token.kind == "end" and token.name == "script":
            if code:
                yield "", code
            code = None


def _place(page: Page, text: str, source: str) -> Place:
    """Return the line of a page's file that holds a script, by its address or the beginning of its code."""
    at = source.find(text.partition("\n")[0])
    at = at if at >= 0 else source.lower().find("<script")
    return Place(page.path, source.count("\n", 0, at) + 1 if at >= 0 else 0, "<script>")
