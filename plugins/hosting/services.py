"""Services that pages use: what each loads, sends and frames, how its snippet is recognized, and counters' snippets.

To add a service, add a row. ``{home}`` is where the snippet loads it from; the row's own ``home`` if it is only named.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from ..problems import Place, Problems
from ..settings import FILE

EVERYTHING = "script-src style-src img-src font-src media-src frame-src connect-src".split()
"""The directives of an address in ``ALLOW`` that names none."""

DIRECTIVES = {*EVERYTHING, *"object-src worker-src manifest-src form-action base-uri".split()}
SOURCE = re.compile(
    r"'(?:self|unsafe-inline|unsafe-eval|wasm-unsafe-eval|unsafe-hashes|strict-dynamic|sha(?:256|384|512)-[\w+/=-]+)'"
    r"|(?:data|blob|mediastream|https?|wss?):"
    r"|(?:(?:https?|wss?)://)?(?:\*\.)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?::(?:\d+|\*))?(?:/[\w.~%+@=&/-]*)?"
)
"""A source expression of Content Security Policy Level 3, W3C, section 2.3.1, without nonces."""


class Service(NamedTuple):
    """One service.

    ``marks`` matches the address or the code of its snippet. ``needs`` is written as a policy is. ``snippet`` is what
    ``ANALYTICS = "name:id"`` puts into each page, ``id`` a pattern of the whole id. ``source`` is where its maker says
    so, "" where only its code shows it.
    """

    marks: str
    needs: str
    home: str = ""
    source: str = ""
    snippet: str = ""
    id: str = ""


SERVICES = {  # read on 2026-11-27
    "goatcounter": Service(
        r"//gc\.zgo\.at/|\.goatcounter\.com/count",
        "script-src https://gc.zgo.at; connect-src https://*.goatcounter.com; img-src https://*.goatcounter.com",
        source="https://www.goatcounter.com/help/csp",
        snippet='<script data-goatcounter="https://{id}.goatcounter.com/count" async src="https://gc.zgo.at/count.js">'
        "</script>",
        id=r"[a-z0-9-]+",
    ),
    "plausible": Service(
        r"//plausible\.io/js/",
        "script-src https://plausible.io; connect-src https://plausible.io",
        source="https://plausible.io/docs/plausible-script",
        snippet='<script defer data-domain="{id}" src="https://plausible.io/js/script.js"></script>',
        id=r"[A-Za-z0-9][A-Za-z0-9.,-]*",
    ),
    "google-analytics": Service(
        r"//(?:www\.)?googletagmanager\.com/gtag/|google-analytics\.com/(?:analytics|ga)\.js",
        "script-src https://*.googletagmanager.com https://*.google-analytics.com; "
        "img-src https://*.google-analytics.com https://*.googletagmanager.com; "
        "connect-src https://*.google-analytics.com https://analytics.google.com https://*.analytics.google.com "
        "https://*.googletagmanager.com",
        source="https://developers.google.com/tag-platform/security/guides/csp",
        snippet='<script async src="https://www.googletagmanager.com/gtag/js?id={id}"></script>'
        "<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}"
        "gtag('js',new Date());gtag('config','{id}')</script>",
        id=r"[A-Z]{1,3}-[A-Z0-9-]+",
    ),
    "cloudflare-analytics": Service(
        r"//static\.cloudflareinsights\.com/",
        "script-src https://static.cloudflareinsights.com; connect-src https://cloudflareinsights.com",
        source="https://developers.cloudflare.com/fundamentals/reference/policies-compliances/content-security-policies/",
        snippet='<script defer src="https://static.cloudflareinsights.com/beacon.min.js" '
        'data-cf-beacon=\'{{"token": "{id}"}}\'></script>',
        id=r"[0-9a-f]+",
    ),
    "mathjax": Service(
        r"(?i)mathjax[^\s\"']*\.js",
        "script-src {home}; font-src {home} data:; connect-src {home}; worker-src {home} blob:; "
        "style-src 'unsafe-inline'",
        home="https://cdn.jsdelivr.net",
        source="https://docs.mathjax.org/en/latest/options/safe.html",
    ),
    "mathjax-2": Service(
        r"(?i)mathjax[^\s\"']*/MathJax\.js|/MathJax\.js\?config=",
        "script-src {home} 'unsafe-eval'; font-src {home} data:; img-src {home}; style-src 'unsafe-inline'",
        home="https://cdnjs.cloudflare.com",
        source="https://github.com/mathjax/MathJax/issues/1988",
    ),
    "katex": Service(
        r"(?i)katex[^\s\"']*\.m?js",
        "script-src {home}; style-src {home}; font-src {home}",
        home="https://cdn.jsdelivr.net",
        source="https://katex.org/docs/browser",
    ),
    "mermaid": Service(
        r"(?i)mermaid[^\s\"']*\.m?js",
        "script-src {home}; style-src 'unsafe-inline'; font-src {home}",
        home="https://cdn.jsdelivr.net",
        source="https://github.com/mermaid-js/mermaid/issues/3630",
    ),
    "twitter": Service(
        r"//platform\.(?:twitter|x)\.com/",
        "script-src https://platform.twitter.com https://platform.x.com https://cdn.syndication.twimg.com; "
        "frame-src https://platform.twitter.com https://platform.x.com https://syndication.twitter.com; "
        "img-src https://platform.twitter.com https://syndication.twitter.com https://pbs.twimg.com "
        "https://abs.twimg.com; "
        "connect-src https://syndication.twitter.com; style-src https://platform.twitter.com 'unsafe-inline'",
        source="https://developer.x.com/en/docs/x-for-websites",
    ),
    "disqus": Service(
        r"\.disqus\.com/(?:embed|count)\.js",
        "script-src https://*.disqus.com https://*.disquscdn.com; frame-src https://disqus.com https://*.disqus.com; "
        "style-src https://*.disquscdn.com 'unsafe-inline'; img-src https://*.disqus.com https://*.disquscdn.com; "
        "font-src https://*.disquscdn.com; connect-src https://*.disqus.com",
    ),
    "giscus": Service(
        r"//giscus\.app/",
        "script-src https://giscus.app; style-src https://giscus.app; frame-src https://giscus.app",
        source="https://github.com/giscus/giscus/pull/920",
    ),
    "utterances": Service(
        r"//utteranc\.es/",
        "script-src https://utteranc.es; frame-src https://utteranc.es; style-src 'unsafe-inline'",
    ),
    "calendly": Service(
        r"//(?:assets\.)?calendly\.com/",
        "script-src https://assets.calendly.com; style-src https://assets.calendly.com 'unsafe-inline'; "
        "frame-src https://calendly.com; img-src https://assets.calendly.com; font-src https://assets.calendly.com; "
        "connect-src https://calendly.com",
    ),
    "clustrmaps": Service(
        r"clustrmaps\.com/",
        "script-src https://clustrmaps.com https://*.clustrmaps.com; img-src https://clustrmaps.com "
        "https://*.clustrmaps.com; connect-src https://clustrmaps.com https://*.clustrmaps.com; "
        "frame-src https://clustrmaps.com https://*.clustrmaps.com; style-src 'unsafe-inline'",
    ),
    "altmetric": Service(
        r"//d1bxh8uas1mnw7\.cloudfront\.net/|//embed\.altmetric\.com/",
        "script-src https://d1bxh8uas1mnw7.cloudfront.net https://embed.altmetric.com https://api.altmetric.com; "
        "style-src https://d1bxh8uas1mnw7.cloudfront.net https://embed.altmetric.com 'unsafe-inline'; "
        "img-src https://badges.altmetric.com https://d1bxh8uas1mnw7.cloudfront.net https://embed.altmetric.com; "
        "connect-src https://api.altmetric.com",
    ),
    "dimensions": Service(
        r"//badge\.dimensions\.ai/",
        "script-src https://badge.dimensions.ai; style-src https://badge.dimensions.ai 'unsafe-inline'; "
        "img-src https://badge.dimensions.ai; font-src https://badge.dimensions.ai; "
        "connect-src https://metrics-api.dimensions.ai https://badge.dimensions.ai",
    ),
    "google-fonts": Service(
        r"//fonts\.googleapis\.com/",
        "style-src https://fonts.googleapis.com; font-src https://fonts.gstatic.com",
        source="https://developers.google.com/fonts/faq",
    ),
    "academicons": Service(
        r"(?i)academicons[^\s\"']*\.css", "style-src {home}; font-src {home}", home="https://cdn.jsdelivr.net"
    ),
    "font-awesome": Service(
        r"//kit\.fontawesome\.com/",
        "script-src https://kit.fontawesome.com; style-src https://ka-f.fontawesome.com 'unsafe-inline'; "
        "font-src https://ka-f.fontawesome.com; connect-src https://ka-f.fontawesome.com",
        source="https://docs.fontawesome.com/web/dig-deeper/security",
    ),
}


def services_in(text: str) -> Iterator[str]:
    """Yield the names of the services whose snippet holds this address or code."""
    for name, service in SERVICES.items():
        if re.search(service.marks, text):
            yield name


def needs_of_service(name: str, home: str = "") -> Iterator[tuple[str, str]]:
    """Yield the directive and the source of each need of a service that is loaded from the source ``home``."""
    service = SERVICES[name]
    for directive in service.needs.format(home=home or service.home).split(";"):
        kind, *sources = directive.split()
        yield from ((kind, source) for source in sources)


def read_allow(setting: object, problems: Problems) -> tuple[tuple[str, str], ...]:
    """Return the directive and the source of each permission of the setting ``ALLOW``.

    It is a list of services and addresses, or a mapping of directives to lists of addresses. An address without a
    directive may load and send anything but forms.
    """
    place = Place(FILE, 0, "ALLOW")
    by_directive = setting if isinstance(setting, Mapping) else {"": setting}
    allowed: dict[tuple[str, str], None] = {}
    for directive, listed in by_directive.items():
        if directive and directive not in DIRECTIVES:
            problems.error(place, f"{directive!r} is not a directive", f"write one of {', '.join(sorted(DIRECTIVES))}")
            continue
        for source in listed if isinstance(listed, list | tuple) else [listed]:
            if not directive and isinstance(source, str) and source in SERVICES:
                allowed.update(dict.fromkeys(needs_of_service(source)))
            elif isinstance(source, str) and SOURCE.fullmatch(source):
                source = _origin(source)
                allowed.update(dict.fromkeys((each, source) for each in ([directive] if directive else EVERYTHING)))
            else:
                hint = f'write "https://…", or one of {", ".join(sorted(SERVICES))}'
                problems.error(place, f"{source!r} is neither an address nor a known service", hint)
    return tuple(allowed)


def _origin(source: str) -> str:
    """Return a source, the host of an address without a path in lower case, as the policies of pages have it."""
    return source.lower() if "://" in source and not urlsplit(source).path else source


def snippet(setting: object, problems: Problems) -> str:
    """Return the HTML of the counter that the setting ``ANALYTICS`` names, "" for none."""
    counters = {name: service for name, service in SERVICES.items() if service.snippet}
    name, _, identifier = setting.partition(":") if isinstance(setting, str) else ("", "", "")
    if not setting:
        return ""
    if name in counters and re.fullmatch(counters[name].id, identifier):
        return counters[name].snippet.format(id=escape(identifier))
    problems.error(
        Place(FILE, 0, "ANALYTICS"),
        f"{setting!r} is not a known counter and its id",
        f'write "goatcounter:NAME"; the counters are {", ".join(counters)}',
    )
    return ""
