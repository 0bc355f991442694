"""Edge: the plan and the finished pages → host files in the output. Goes when `plugins.pipeline` calls the steps."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import pass_context
from markupsafe import Markup
from pelican.generators import Generator

from ..memory import remembered
from ..problems import Problems, reported
from ..site import Page
from .headers import make_headers
from .hosts import choose_hosts, host_file_names
from .plan import OwnFile, plan_host_files, render_host_files, select_rules
from .policy import needs_of, policy_for
from .widening import report_widening

PLACE = "place-of-the-policy"
"""What the theme's base.html writes where a page's policy goes; see ``with_policy``."""


@pass_context
def with_policy(context: Mapping[str, Any], html: str) -> Markup:
    """Jinja filter around a whole page: put the policy that the finished page needs at its place, and keep it.

    A filter, because only the finished page shows what it holds, whatever the theme and the plugins put into it.
    """
    policy = policy_for(needs_of(html, context["SITEURL"]))
    context["POLICIES"].append(policy)
    finished = str(html).replace(PLACE, escape(str(policy), quote=False))  # it holds no double quotes
    return Markup(finished)  # noqa: S704  (the page was escaped as it was made)


class HostGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes what the hosts of ``HOSTS`` read."""

    def refresh_metadata_intersite_links(self) -> None:
        """Settle which redirects each host gets, and which of the author's own files are in the way.

        Pelican calls this on every generator after all content is known and all plans are made, and before anything is
        written; its name says what Pelican's own generators do then.
        """
        context, problems = self.context, reported(self.context)
        plan = context["REDIRECTS_PLAN"]
        base = urlsplit(self.settings["SITEURL"]).path.rstrip("/")
        hosts = choose_hosts(self.settings.get("HOSTS", []), problems)
        select = partial(select_rules, plan, hosts, base)
        selections = remembered(context, "host rules", (plan, base, list(hosts)), select)
        names = set(host_file_names(hosts))
        own = {static.save_as: static for static in context["staticfiles"] if static.save_as in names}
        files = {name: OwnFile(where(static), Path(static.source_path).read_bytes()) for name, static in own.items()}
        self.plan = plan_host_files(plan, hosts, selections, base, files, problems)
        for name in self.plan.extended:
            context["staticfiles"].remove(own[name])
        context["STUBS_UNWANTED"] = self.plan.unwanted_stubs
        for content in context["generated_content"].values():
            page = Page(where(content), content.url, content.save_as, content.title, html=content.content)
            read = partial(Path(content.source_path).read_text, "utf-8", "replace")
            report_widening(page, read, self.settings["SITEURL"], problems)

    def generate_output(self, writer: Any) -> None:
        """Write every file of every host; the pages are finished, and so is the policy."""
        headers = make_headers(
            self.context["POLICIES"],
            self.context.get("REDIRECT_STUB", ""),
            [static.save_as for static in self.context["staticfiles"]],
            self.plan.base,
            self.settings.get("HEADERS", {}),
            self.settings.get("STRICT_TRANSPORT_SECURITY", ""),
        )
        for name, data in render_host_files(self.plan, headers, self.settings["SITEURL"]).items():
            self.context["WRITE"](name, data)


def files(context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the files that hosts read."""
    return host_file_names(choose_hosts(context.get("HOSTS", []), Problems()))


def where(content: Any) -> str:
    """Return a content's path from the project's root, with forward slashes."""
    return Path(content.source_path).relative_to(Path(content.settings["PATH"]).parent).as_posix()
