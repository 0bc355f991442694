"""Edge: the plan and the finished pages → host files in the output."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import pass_context
from markupsafe import Markup
from pelican.generators import Generator

from ..addresses import below
from ..caching import is_hashed
from ..memory import remembered
from ..problems import Problem, Problems, reported
from . import documents
from .headers import Headers
from .hosts import HOSTS, OTHER_NAMES, UNKNOWN, Host, Told, tell
from .policy import Policy, needs_of, policy_for, widening
from .rules import Rule

PLACE = "place-of-the-policy"
"""What the theme's base.html writes where a page's policy goes; see ``with_policy``."""

MARK = "# frontispiece"
"""The line of a user's own file where the lines that we write may stand."""

LISTED = "redirects.json"


@pass_context
def with_policy(context: Mapping[str, Any], html: str) -> Markup:
    """Jinja filter around a whole page: put the policy that the finished page needs at its place, and keep it.

    A filter, because only the finished page tells what it holds, whatever the theme and the plugins put into it.
    """
    policy = policy_for(needs_of(html, context["SITEURL"]))
    context["POLICIES"].append(policy)
    finished = str(html).replace(PLACE, escape(str(policy), quote=False))  # it holds no double quotes
    return Markup(finished)  # noqa: S704  (the page was escaped as it was made)


class HostGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes what the hosts of ``HOSTS`` read."""

    def refresh_metadata_intersite_links(self) -> None:
        """Settle what every later step must know: which redirects a host is told of, and what stands in the way.

        Pelican calls this on every generator after all content is known and all plans are made, and before anything is
        written; its name tells what Pelican's own generators do then.
        """
        context = self.context
        plan = context["REDIRECTS_PLAN"]
        self.base = urlsplit(self.settings["SITEURL"]).path.rstrip("/")
        self.hosts = chosen(self.settings, reported(context))
        self.told = remembered(context, "hosts told", (plan, self.base, list(self.hosts)), partial(self.tell, plan))
        self.report_conflicts()
        self.take_over_own_files()
        if self.hosts and not any(host.stubs for host in self.hosts.values()):
            told = {rule.source.removeprefix(self.base) for each in self.told.values() for rule in each.rules}
            context["STUBS_UNWANTED"] = frozenset(told)
        for content in context["generated_content"].values():
            reported(context).extend(widened(content, self.settings["SITEURL"]))

    def tell(self, plan: Any) -> dict[str, Told]:
        """Return what each host is told of the plan, by its name."""
        return {name: tell(host, self.rules(plan)) for name, host in self.hosts.items()}

    def rules(self, plan: Any) -> Iterator[Rule]:
        """Yield the plan's redirects as a host sees them."""
        return (Rule(self.base + r.source, below(self.base, r.target), r.status) for r in plan.rules)

    def report_conflicts(self) -> None:
        """Report two hosts that want different redirects under one file name, and count what a host is not told of."""
        headers = Headers()
        wanted: dict[str, tuple[str, str]] = {}
        for name, host in self.hosts.items():
            for file, write in host.files.items():
                text = write(self.told[name].entries, headers, self.base)
                other, there = wanted.setdefault(file, (name, text))
                if text != there:
                    message = f"{other!r} and {name!r} want a different {file}"
                    reported(self.context).add(
                        Problem("publishconf.py", 0, "HOSTS", message, "name one of them, and build once for each")
                    )
            total, told = len(self.context["REDIRECTS_PLAN"].rules), len(self.told[name].rules)
            if name and host.files and told < total:
                limit = f" takes {host.limit.most:,} rules" if host.limit.most and told else ""
                said = limit or " cannot be told of every redirect"
                message = f"{name!r}{said}: {total - told:,} of {total:,} keep to their stubs"
                reported(self.context).add(Problem("publishconf.py", 0, "HOSTS", message, warning=True))

    def take_over_own_files(self) -> None:
        """Keep the user's own files of the same name: one with the mark is extended there, any other is a problem."""
        self.own: dict[str, str] = {}
        names = {file: name for name, host in self.hosts.items() for file in host.files} | {LISTED: ""}
        for static in list(self.context["staticfiles"]):
            if static.save_as not in names:
                continue
            path = Path(static.source_path)
            if static.save_as == LISTED or not names[static.save_as]:
                names.pop(static.save_as)  # as jekyll-redirect-from does: the user's own stays, ours is not written
                self.own[static.save_as] = ""
                continue
            text = path.read_text("utf-8", errors="surrogateescape")
            if MARK in text.split("\n"):
                self.own[static.save_as] = text
                self.context["staticfiles"].remove(static)
                continue
            hint = "delete it, or leave that host out of HOSTS"
            if not static.save_as.endswith(".json"):
                hint = f"put a line {MARK!r} where the lines for {names[static.save_as]!r} may stand"
            where = (Path(self.settings["PATH"]).name / path.relative_to(self.settings["PATH"])).as_posix()
            message = f"{names[static.save_as]!r} needs a {static.save_as} of its own"
            reported(self.context).add(Problem(where, 0, "HOSTS", message, hint))

    def generate_output(self, writer: Any) -> None:
        """Write every file of every host; the pages are finished, and so is the policy."""
        headers = self.headers()
        texts = {}
        for name, host in self.hosts.items():
            told = self.told[name]
            if host.limit.size:
                used = max(len(write((), headers, self.base).encode()) for write in host.files.values())
                told = tell(host, told.rules, used)
            for file, write in host.files.items():
                texts[file] = write(told.entries, headers, self.base)
        if self.context["REDIRECTS_PLAN"].redirects and LISTED not in self.own:
            texts[LISTED] = documents.jekyll(
                {r.written: below(self.settings["SITEURL"], r.target) for r in self.context["REDIRECTS_PLAN"].redirects}
            )
        for file, text in texts.items():
            own = self.own.get(file)
            if own is not None:
                text = own.replace(MARK, f"{MARK}\n{text.rstrip()}", 1) if own else ""
            if text:
                self.context["WRITE"](file, text.encode("utf-8", "surrogateescape"))

    def headers(self) -> Headers:
        """Return the one policy of all pages: what any of them needs, the stubs' script, and the settings' headers."""
        policy = Policy()
        for each in self.context["POLICIES"]:
            policy.join(each)
        if shape := self.context.get("REDIRECT_STUB"):
            stub = policy_for(needs_of(shape))
            policy.join(Policy(stub.sources, policy.scripts))
        everywhere = {
            "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            **self.settings.get("HEADERS", {}),
        }
        if lasting := self.settings.get("STRICT_TRANSPORT_SECURITY"):
            everywhere["Strict-Transport-Security"] = lasting
        made = {f"/{static.save_as}" for static in self.context["staticfiles"]}
        made |= {path.removeprefix(self.base) for path in policy.local}
        hashed = sorted(path for path in made if path.startswith("/") and is_hashed(path))
        return Headers(everywhere, tuple(hashed))


def chosen(settings: Mapping[str, Any], problems: Problems) -> dict[str, Host]:
    """Return the hosts that the settings name, by name; where they name none, what harms nowhere, by the name ""."""
    named = settings.get("HOSTS", [])
    hosts: dict[str, Host] = {}
    for name in named if isinstance(named, list | tuple) else [named]:
        known = OTHER_NAMES.get(name, name) if isinstance(name, str) else name
        if known in HOSTS:
            hosts[known] = HOSTS[known]
        else:
            hint = f"write some of {', '.join(sorted(HOSTS))}"
            problems.add(Problem("publishconf.py", 0, "HOSTS", f"{name!r} is no host that is known", hint))
    return hosts if named else {"": UNKNOWN}


def files(context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the files that hosts read."""
    for host in chosen(context, Problems()).values():
        yield from host.files
    yield LISTED


def widened(content: Any, site_url: str) -> Iterator[Problem]:
    """Yield a warning for each kind of thing in an author's page that its policy must allow."""
    needs = widening(content.content, site_url)
    if not needs:
        return
    source = Path(content.source_path)
    rows = source.read_text("utf-8", errors="replace").split("\n")
    for need in needs:
        line = next((at for at, row in enumerate(rows, 1) if need.what and need.what in row), 0)
        line = line or next((at for at, row in enumerate(rows, 1) if f"<{need.element}" in row.lower()), 0)
        said = need.source if not need.source.startswith("'sha256") else "that text alone"
        message = f"{need.what!r} widens the page's Content-Security-Policy: {need.directive} allows {said}"
        yield Problem(where(content), line, f"<{need.element}>", message, warning=True)


def where(content: Any) -> str:
    """Return a content's path from the project's root, with forward slashes."""
    return Path(content.source_path).relative_to(Path(content.settings["PATH"]).parent).as_posix()
