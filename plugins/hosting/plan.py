"""The plan of the redirects → what each host reads of it, and the files that hosts read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ..addresses import below
from ..problems import Place, Problems
from ..site import Redirect, RedirectPlan
from . import documents
from .headers import Headers
from .hosts import HOSTS, LISTED, PLACE, Host, select
from .lines import LONGEST_HEADER, MOST_HEADER_RULES, cloudflare_headers
from .rules import Rule, Selection

MARK = "# frontispiece"  # the line of an author's own file below which our lines are inserted
_MARK = re.compile(rb"^# frontispiece[ \t]*\r?$", re.MULTILINE)


class OwnFile(NamedTuple):
    """An author's own file that has the name of a host's file: its path from the project's root, and its content."""

    path: str
    data: bytes


class HostPlan(NamedTuple):
    """What is written for the hosts.

    ``extended`` are the author's own files into which our lines are inserted, by name, each as what stands before and
    after them: they are not copied. ``kept`` names those that stay as they are, so that none of ours is written.
    ``unwanted_stubs`` are the sources whose stub would take precedence over the rule of every host chosen.
    """

    hosts: Mapping[str, Host]
    selections: Mapping[str, Selection]
    base: str
    headers: Headers
    redirects: tuple[Redirect, ...]
    extended: Mapping[str, tuple[bytes, bytes]]
    kept: frozenset[str]
    unwanted_stubs: frozenset[str]


def select_rules(plan: RedirectPlan, hosts: Mapping[str, Host], headers: Headers, base: str) -> dict[str, Selection]:
    """Return the redirects that each host gets, by its name; ``base`` is the path below which the site lives."""

    def rules() -> Iterator[Rule]:  # one by one: most hosts get only the first of a large table
        redirects = chain(plan.queries, plan.rules)  # first what means fewer requests
        return (Rule(base + r.source, below(base, r.target), r.status, r.query) for r in redirects)

    return {name: select(host, rules(), headers, base) for name, host in hosts.items()}


def plan_host_files(
    plan: RedirectPlan,
    hosts: Mapping[str, Host],
    selections: Mapping[str, Selection],
    headers: Headers,
    base: str,
    own_files: Mapping[str, OwnFile],
    problems: Problems,
) -> HostPlan:
    """Settle which files are written, and report what is in the way.

    ``own_files`` are those of the author's files that have a name of `host_file_names`, by that name.
    """
    report_conflicts(hosts, selections, base, problems)
    for name, host in hosts.items():
        report_queries(name, selections[name], plan.queries, base, problems)
        report_limits(name or "Cloudflare", host, selections[name], len(plan.rules) if name else 0, headers, problems)
    extended, kept = settle_own_files(own_files, hosts, problems)
    unwanted: frozenset[str] = frozenset()
    if hosts and not any(host.stubs for host in hosts.values()):
        unwanted = frozenset(rule.source.removeprefix(base) for each in selections.values() for rule in each.rules)
    return HostPlan(hosts, selections, base, headers, plan.redirects, extended, kept, unwanted)


def report_queries(name: str, selection: Selection, queries: Sequence[Redirect], base: str, problems: Problems) -> None:
    """Report the redirects for a certain query that a host has no rule for: no stub can answer for them."""
    ruled = {(rule.source.removeprefix(base), rule.query) for rule in selection.rules}
    if left := [redirect.written for redirect in queries if (redirect.source, redirect.query) not in ruled]:
        listed = repr(left[0]) + (f" and {len(left) - 1:,} others" if left[1:] else "")
        able = ", ".join(repr(other) for other, host in HOSTS.items() if host.queries)
        reason = f"{name!r} cannot match their query" if name else "only some hosts can match a query"
        hint = "" if name else f"name yours in HOSTS if it is one of {able}"
        problems.warn(PLACE, f"{reason}, and no stub can, so that nothing redirects {listed}", hint)


def report_limits(
    name: str, host: Host, selection: Selection, rules: int, headers: Headers, problems: Problems
) -> None:
    """Report what a limit of a host keeps out of its files, of ``rules`` redirects and of the headers.

    A redirect that the host's files cannot express is not reported: its stub answers, and nothing can be done.
    """
    if selection.limit and (left := rules - sum(not rule.query for rule in selection.rules)) > 0:
        message = f"{name!r} takes {selection.limit}: {left:,} of {rules:,} redirects keep to their stubs"
        hint = "declare those first that matter most"
        problems.warn(PLACE, f"{message}, {selection.first_left!r} and those after it", hint)
    if cloudflare_headers in host.files.values():
        if (left := len(headers.hashed) + 1 - MOST_HEADER_RULES) > 0:
            message = (
                f"{name!r} takes {MOST_HEADER_RULES} rules for headers: browsers ask again for {left:,} files whose"
            )
            problems.warn(PLACE, f"{message} names hold a hash, {headers.hashed[-left]!r} and those after it")
        for header, value in headers.everywhere.items():
            if len(f"  {header}: {value}") > LONGEST_HEADER:
                message = f"{header!r} is longer than the {LONGEST_HEADER:,} characters that {name!r} reads of a line"
                problems.warn(Place(PLACE.path, 0, "HEADERS"), message, "shorten it")


def report_conflicts(
    hosts: Mapping[str, Host], selections: Mapping[str, Selection], base: str, problems: Problems
) -> None:
    """Report each two hosts that need different redirects under one file name."""
    names = [file for host in hosts.values() for file in host.files]
    wanted: dict[str, tuple[str, str]] = {}
    for name, host in hosts.items():
        for file, write in host.files.items():
            if names.count(file) > 1:
                text = write(selections[name], Headers(), base)
                other, other_text = wanted.setdefault(file, (name, text))
                if text != other_text:
                    message = f"{other!r} and {name!r} need a different {file}"
                    problems.error(PLACE, message, "name one of them, and build once for each")


def settle_own_files(
    own_files: Mapping[str, OwnFile], hosts: Mapping[str, Host], problems: Problems
) -> tuple[dict[str, tuple[bytes, bytes]], frozenset[str]]:
    """Return the author's own files that are extended at their mark, and the names of those that stay as they are.

    1. Where no host was chosen a file stays, and so does a list of all redirects, as with jekyll-redirect-from.
    2. A file with the mark is extended.
    3. Any other is a problem: the host needs ours, and an author's file is never overwritten.
    """
    host_of = {file: name for name, host in hosts.items() for file in host.files}
    extended: dict[str, tuple[bytes, bytes]] = {}
    kept: set[str] = set()
    for file, own in own_files.items():
        host = host_of.get(file, "")
        if not host:
            kept.add(file)
        elif mark := _MARK.search(own.data):
            extended[file] = (own.data[: mark.end()] + b"\n", own.data[mark.end() :])
        else:
            hint = "delete it, or leave that host out of HOSTS"
            if not file.endswith(".json"):
                hint = f"put a line {MARK!r} where the lines for {host!r} may stand"
            problems.error(Place(own.path, 0, "HOSTS"), f"{host!r} needs a {file} of its own", hint)
    return extended, frozenset(kept)


def render_host_files(plan: HostPlan, site_url: str) -> dict[str, bytes]:
    """Return the content of each file that hosts read, by its name."""
    texts: dict[str, str] = {}
    for name, host in plan.hosts.items():
        for file, write in host.files.items():
            texts[file] = write(plan.selections[name], plan.headers, plan.base)
    if plan.hosts and plan.redirects:
        listed = {redirect.written: below(site_url, redirect.target) for redirect in plan.redirects}
        texts[LISTED] = documents.minified(listed)
    contents = {file: text.encode() for file, text in texts.items() if file not in plan.kept}
    for file, (before, after) in plan.extended.items():
        contents[file] = before + contents[file].rstrip() + after
    return {file: content for file, content in contents.items() if content}
