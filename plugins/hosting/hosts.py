"""The table of hosts: what each reads, how much of it, and the functions that write it.

Every host also has the stubs, so a redirect that exceeds a host's limit, or that it has no rule for, is not lost.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..problems import Place, Problems
from . import cloudfront, documents, lines, servers
from .headers import Headers
from .rules import Entries, Entry, Rule, Selection

LISTED = "redirects.json"
"""The list of all redirects, which is written for every host, as jekyll-redirect-from does."""

PLACE = Place("publishconf.py", 0, "HOSTS")


class Limit(NamedTuple):
    """How much a host takes: ``most`` entries, ``size`` bytes of the whole file; 0 means that none is known."""

    most: int = 0
    size: int = 0


class Host(NamedTuple):
    """One host.

    ``entries_for`` returns the entries for one redirect, none where the host cannot express it. ``files`` maps each
    file's name to the function that writes it from (selection, headers, base), ``base`` being the path below which the
    site lives; an empty text makes no file. ``stubs`` is False where a file at a source takes precedence over a rule,
    ``queries`` True where a rule can match the query of a request.
    """

    entries_for: Callable[[Rule], Entries]
    files: Mapping[str, Callable[[Selection, Headers, str], str]]
    limit: Limit = Limit()
    stubs: bool = True
    queries: bool = False


def _whole_rule(rule: Rule) -> Entries:
    return [(f"{rule.source}?{rule.query}", rule)]  # the writer of the whole file formats it


LINES = {"_redirects": lines.redirects_file, "_headers": lines.headers_file}
CLOUDFLARE = {"_redirects": lines.redirects_file, "_headers": lines.cloudflare_headers}

HOSTS: dict[str, Host] = {
    # 2,000 static and 100 dynamic rules
    "cloudflare": Host(lines.cloudflare_lines, CLOUDFLARE, Limit(2000)),
    # the documentation: "10,000 or more: use wildcards"
    "netlify": Host(lines.netlify_lines, LINES, Limit(10_000), queries=True),
    "gitlab-pages": Host(lines.gitlab_lines, {"_redirects": lines.redirects_file}, Limit(1000, 64_000), stubs=False),
    "codeberg-pages": Host(lines.codeberg_lines, {"_redirects": lines.redirects_file}),
    "github-pages": Host(lambda rule: (), {}),
    "vercel": Host(documents.vercel_entries, {"vercel.json": documents.vercel}, Limit(2048), queries=True),
    "firebase": Host(documents.firebase_entries, {"firebase.json": documents.firebase}),
    "azure": Host(documents.azure_entries, {"staticwebapp.config.json": documents.azure}, Limit(0, 20_000)),
    "apache": Host(_whole_rule, {".htaccess": servers.apache}, queries=True),
    "nginx": Host(_whole_rule, {"nginx.conf": servers.nginx, "nginx-map.conf": servers.nginx_map}, queries=True),
    "caddy": Host(_whole_rule, {"caddy.conf": servers.caddy}, queries=True),
    "lighttpd": Host(_whole_rule, {"lighttpd.conf": servers.lighttpd}, queries=True),
    "amplify": Host(
        documents.amplify_entries,
        {"amplify-redirects.json": documents.amplify, "customHttp.yml": documents.amplify_headers},
    ),
    "cloudfront": Host(
        cloudfront.entries,
        {"cloudfront-request.js": cloudfront.request_function, "cloudfront-response.js": cloudfront.response_function},
        Limit(0, cloudfront.SIZE),
        queries=True,
    ),
    "serve": Host(documents.serve_entries, {"serve.json": documents.serve}),
    # the size to which IIS limits a configuration file
    "iis": Host(servers.iis_rules, {"web.config": servers.iis}, Limit(0, 250 * 1024), queries=True),
    "s3": Host(documents.s3_entries, {"s3-redirects.json": documents.s3}),
}

ANY_HOST = Host(lines.any_lines, CLOUDFLARE, Limit(1000, 64_000))
"""What is written where ``HOSTS`` is empty: files that some hosts read and that do no harm on the others."""

ALIASES = {
    "aws-amplify": "amplify",
    "azure-static-web-apps": "azure",
    "codeberg": "codeberg-pages",
    "cloudflare-pages": "cloudflare",
    "cloudflare-workers": "cloudflare",
    "github": "github-pages",
    "gitlab": "gitlab-pages",
}


def choose_hosts(setting: object, problems: Problems) -> dict[str, Host]:
    """Return the hosts of the setting ``HOSTS`` by name; ``ANY_HOST`` by the name "" where it is empty."""
    hosts: dict[str, Host] = {}
    for name in setting if isinstance(setting, list | tuple) else [setting] if setting else []:
        known = ALIASES.get(name, name) if isinstance(name, str) else ""
        if known in HOSTS:
            hosts[known] = HOSTS[known]
        else:
            problems.error(PLACE, f"{name!r} is not a known host", f"write some of {', '.join(sorted(HOSTS))}")
    return hosts if setting else {"": ANY_HOST}


def host_file_names(hosts: Mapping[str, Host]) -> Iterator[str]:
    """Yield the names of all files that may be written for these hosts; no redirect may begin there."""
    for host in hosts.values():
        yield from host.files
    if hosts:
        yield LISTED


def select(host: Host, rules: Iterable[Rule], headers: Headers, base: str) -> Selection:
    """Select the redirects that a host gets: in the order of the plan, until the first that its limits keep out.

    Nothing is read beyond that one: a table may have 100,000.
    """
    entries: dict[str, Entry] = {}
    selected: list[Rule] = []
    most, most_bytes = host.limit
    size = 0
    if most_bytes:  # the headers take some of it
        size = max(len(write(Selection(), headers, base).encode()) for write in host.files.values())
    for rule in rules:
        found = host.entries_for(rule) if host.queries or not rule.query else []
        new = {address: entry for address, entry in found if address not in entries}
        if most_bytes:
            texts = (entry if isinstance(entry, str) else documents.minified(entry) for entry in new.values())
            size += sum(len(text.encode()) + 1 for text in texts)
        limit = f"{most_bytes:,} bytes" if most_bytes and size > most_bytes else ""
        if most and len(entries) + len(new) > most:
            limit = f"{most:,} rules"
        if limit:
            return Selection(tuple(entries.values()), tuple(selected), limit, rule.source)
        if found:
            entries.update(new)
            selected.append(rule)
    return Selection(tuple(entries.values()), tuple(selected))
