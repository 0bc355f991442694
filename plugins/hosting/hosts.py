"""The table of hosts: what each reads, how much of it, and the functions that write it.

Every host also has the stubs, so a redirect that does not fit, or that a host cannot say, is not lost. **Which fit** is
settled in the plan's order: each redirect is taken that the host can be told of, until the first that its limits keep
out.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import documents, lines, servers
from .headers import Headers
from .rules import Rule

Say = Callable[[Rule], list[tuple[str, Any]]]
Write = Callable[[tuple[Any, ...], Headers, str], str]


class Limit(NamedTuple):
    """How much a host takes: ``most`` entries, ``size`` bytes of the whole file; 0 means that none is known."""

    most: int = 0
    size: int = 0


NO_LIMIT = Limit()


@dataclass(frozen=True, slots=True)
class Host:
    """One host.

    ``say`` returns the entries that tell the host of one redirect, each with the address at which it is found, none
    where the host cannot be told. ``files`` maps each file's name to the function that writes it from (entries,
    headers, base), ``base`` being the path below which the site lives; no file is made of an empty text. ``stubs`` is
    False where a file at a source goes before a rule.
    """

    say: Say
    files: Mapping[str, Write]
    limit: Limit = NO_LIMIT
    stubs: bool = True


def itself(rule: Rule) -> list[tuple[str, Rule]]:
    """Say a redirect as it is, for hosts whose whole file is written in one piece."""
    return [(rule.source, rule)]


def nothing(rule: Rule) -> list[tuple[str, Rule]]:
    """Say nothing: the host has stubs alone."""
    return []


def nginx_map(rules: tuple[Rule, ...], headers: Headers, base: str) -> str:
    """Return nginx's second file, which a large table needs."""
    return servers.nginx_map(rules)


HOSTS: dict[str, Host] = {
    # 2,000 static and 100 dynamic rules; headers 100 rules, 2,000 characters a line
    "cloudflare": Host(
        lines.cloudflare_line, {"_redirects": lines.redirects_file, "_headers": lines.headers_file}, Limit(2000)
    ),
    # "10,000 or more: use wildcards", says the documentation
    "netlify": Host(
        lines.netlify_line, {"_redirects": lines.redirects_file, "_headers": lines.headers_file}, Limit(10_000)
    ),
    "gitlab-pages": Host(lines.gitlab_line, {"_redirects": lines.redirects_file}, Limit(1000, 64_000), stubs=False),
    "github-pages": Host(nothing, {}),
    "vercel": Host(documents.vercel_entry, {"vercel.json": documents.vercel}, Limit(2048)),
    "firebase": Host(documents.firebase_entry, {"firebase.json": documents.firebase}),
    "azure": Host(documents.azure_entry, {"staticwebapp.config.json": documents.azure}, Limit(0, 20_000)),
    "apache": Host(itself, {".htaccess": servers.apache}),
    "nginx": Host(itself, {"nginx.conf": servers.nginx, "nginx-map.conf": nginx_map}),
    "caddy": Host(itself, {"caddy.conf": servers.caddy}),
    "lighttpd": Host(itself, {"lighttpd.conf": servers.lighttpd}),
    "serve": Host(documents.serve_entry, {"serve.json": documents.serve}),
    "s3": Host(documents.s3_entry, {"s3-redirects.json": documents.s3}),
}

UNKNOWN = Host(
    lines.any_line, {"_redirects": lines.redirects_file, "_headers": lines.headers_file}, Limit(1000, 64_000)
)
"""What is written where ``HOSTS`` names none: files that some hosts read and that harm on no other."""

OTHER_NAMES = {
    "azure-static-web-apps": "azure",
    "cloudflare-pages": "cloudflare",
    "cloudflare-workers": "cloudflare",
    "github": "github-pages",
    "gitlab": "gitlab-pages",
}


class Told(NamedTuple):
    """What one host is told: its entries, and the redirects behind them."""

    entries: tuple[Any, ...]
    rules: tuple[Rule, ...]


def tell(host: Host, rules: Iterable[Rule], used: int = 0) -> Told:
    """Choose what a host is told of the redirects; ``used`` bytes of its file are taken by something else.

    Nothing is read beyond the first redirect that does not fit: a table may have 100,000.
    """
    entries: dict[str, Any] = {}
    told: list[Rule] = []
    size = used
    for rule in rules:
        said = host.say(rule)
        new = {address: entry for address, entry in said if address not in entries}
        if host.limit.size:
            size += sum(len(line(entry).encode()) + 1 for entry in new.values())
        if (host.limit.size and size > host.limit.size) or (
            host.limit.most and len(entries) + len(new) > host.limit.most
        ):
            break
        if said:
            entries.update(new)
            told.append(rule)
    return Told(tuple(entries.values()), tuple(told))


def line(entry: Any) -> str:
    """Return an entry as its file holds it."""
    return entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
