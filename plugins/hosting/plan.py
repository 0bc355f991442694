"""The plan of the redirects → what each host reads of it, and the files that hosts read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..addresses import below
from ..problems import Place, Problems
from ..site import Redirect, RedirectPlan
from . import documents
from .headers import Headers
from .hosts import LISTED, PLACE, Host, select
from .rules import Rule, Selection

MARK = "# frontispiece"  # the line of an author's own file below which our lines are inserted
_MARK = re.compile(rb"^# frontispiece[ \t]*\r?$", re.MULTILINE)


class OwnFile(NamedTuple):
    """An author's own file that has the name of a host's file: its path from the project's root, and its content."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class HostPlan:
    """What is written for the hosts.

    ``extended`` are the author's own files into which our lines are inserted, by name, each as what stands before and
    after them: they are not copied. ``kept`` names those that stay as they are, so that none of ours is written.
    ``unwanted_stubs`` are the sources whose stub would take precedence over the rule of every host chosen.
    """

    hosts: Mapping[str, Host]
    selections: Mapping[str, Selection]
    base: str
    redirects: tuple[Redirect, ...]
    extended: Mapping[str, tuple[bytes, bytes]]
    kept: frozenset[str]
    unwanted_stubs: frozenset[str]


def select_rules(plan: RedirectPlan, hosts: Mapping[str, Host], base: str) -> dict[str, Selection]:
    """Return the redirects that each host gets, by its name; ``base`` is the path below which the site lives."""

    def rules() -> Iterator[Rule]:  # one by one: most hosts get only the first of a large table
        return (Rule(base + r.source, below(base, r.target), r.status) for r in plan.rules)

    return {name: select(host, rules()) for name, host in hosts.items()}


def plan_host_files(
    plan: RedirectPlan,
    hosts: Mapping[str, Host],
    selections: Mapping[str, Selection],
    base: str,
    own_files: Mapping[str, OwnFile],
    problems: Problems,
) -> HostPlan:
    """Settle which files are written, and report what is in the way.

    ``own_files`` are those of the author's files that have a name of `host_file_names`, by that name.
    """
    report_conflicts(hosts, selections, base, problems)
    for name, host in hosts.items():
        rules, full = selections[name].rules, selections[name].full
        if (left_out := len(plan.rules) - len(rules)) and name and host.files:
            reason = f"takes {host.limit}" if full else "cannot express every redirect"
            problems.warn(PLACE, f"{name!r} {reason}: {left_out:,} of {len(plan.rules):,} rely on their stubs")
    extended, kept = settle_own_files(own_files, hosts, problems)
    unwanted: frozenset[str] = frozenset()
    if hosts and not any(host.stubs for host in hosts.values()):
        unwanted = frozenset(rule.source.removeprefix(base) for each in selections.values() for rule in each.rules)
    return HostPlan(hosts, selections, base, plan.redirects, extended, kept, unwanted)


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


def render_host_files(plan: HostPlan, headers: Headers, site_url: str) -> dict[str, bytes]:
    """Return the content of each file that hosts read, by its name."""
    texts: dict[str, str] = {}
    for name, host in plan.hosts.items():
        selection = plan.selections[name]
        if host.limit.size:  # what the headers take of it is known by now
            used = max(len(write(Selection(), headers, plan.base).encode()) for write in host.files.values())
            selection = select(host, selection.rules, used)
        for file, write in host.files.items():
            texts[file] = write(selection, headers, plan.base)
    if plan.redirects:
        listed = {redirect.written: below(site_url, redirect.target) for redirect in plan.redirects}
        texts[LISTED] = documents.minified(listed)
    contents = {file: text.encode() for file, text in texts.items() if file not in plan.kept}
    for file, (before, after) in plan.extended.items():
        contents[file] = before + contents[file].rstrip() + after
    return {file: content for file, content in contents.items() if content}
