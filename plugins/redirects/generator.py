"""Edge: what Pelican knows → the plan → stubs in the output. Goes when `plugins.pipeline` calls the steps."""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pelican.generators import Generator

from ..memory import remembered
from ..problems import Problem, Problems, reported
from ..site import Output, Page
from ..yaml_mapping import read_yaml
from . import stub
from .declared import declarations, declare, declare_file, declare_setting, moved_pages
from .plan import make_plan

Result = TypeVar("Result")


def plan_redirects(generators: list[Any]) -> None:
    """Plan against every page and static file, report what cannot be, and leave the plan in the context.

    A page with ``redirect_to`` gives up its file to its stub: it leaves the lists of what is printed and linked.
    """
    context, problems = generators[0].context, reported(generators[0].context)
    contents = [content for content in context["generated_content"].values() if hasattr(content, "front_matter")]
    found = declarations(page_of(content) for content in contents)
    redirects, faults = remembered(context, "redirects declared", found, partial(reporting, partial(declare, found)))
    problems.extend(faults)
    redirects = redirects + declare_setting(context.get("REDIRECTS", {}), "pelicanconf.py", problems)
    file = Path(context["PATH"], context.get("REDIRECTS_FILE", "redirects.yml"))
    if file.is_file():
        path = Path(os.path.relpath(file)).as_posix()
        redirects += declare_file(read_yaml(file.read_bytes(), path, problems), path, problems)
    moved = moved_pages(redirects)
    there = list(outputs(context, moved))
    finished, faults = remembered(
        context, "redirects planned", (redirects, there), partial(reporting, partial(make_plan, redirects, there))
    )
    problems.extend(faults)
    context["REDIRECTS_PLAN"] = finished
    for generator in generators:
        for kind in ("pages", "hidden_pages", "articles", "hidden_articles", "translations", "hidden_translations"):
            if listed := getattr(generator, kind, None):
                listed[:] = [content for content in listed if where(content) not in moved]


def reporting(compute: Callable[[Problems], Result]) -> tuple[Result, tuple[Problem, ...]]:
    """Return what can be remembered: the result and the problems."""
    problems = Problems()
    return compute(problems), tuple(problems)


def page_of(content: Any) -> Page:
    """Return what redirects must know of one page or article."""
    return Page(
        where(content),
        content.url,
        content.save_as,
        content.title,
        status=content.status,
        front_matter=content.front_matter,
        lines=content.key_lines,
    )


def where(content: Any) -> str:
    """Return a content's path from the project's root, with forward slashes."""
    return Path(os.path.relpath(content.source_path)).as_posix()


def outputs(context: Mapping[str, Any], moved: frozenset[str]) -> Iterator[Output]:
    """Yield the files that the output will hold beside stubs."""
    for name in own_files(context):
        yield Output(name, f"the site's own {name}")
    for content in [*context["static_content"].values(), *context["generated_content"].values()]:
        if content is not None and where(content) not in moved:  # None: Pelican could not read it
            yield Output(Path(content.save_as).as_posix(), where(content))


def own_files(context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files that templates, the theme and the other plugins make."""
    for name in context["DIRECT_TEMPLATES"]:
        yield context.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
    yield from context["TEMPLATE_PAGES"].values()
    for folder in context["THEME_STATIC_PATHS"]:
        root = Path(context["THEME"], folder)
        for file in root.rglob("*"):
            yield Path(context["THEME_STATIC_DIR"], file.relative_to(root)).as_posix()
    for makes in context.get("MAKES", ()):
        yield from makes(context)


class StubGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes the stubs."""

    def refresh_metadata_intersite_links(self) -> None:
        """Render the template of all stubs: Pelican calls this when all is planned and nothing is written yet."""
        if self.context["REDIRECTS_PLAN"].stubs:
            self.context["REDIRECT_STUB"] = self.get_template("redirect").render(
                {**self.context, **stub.TEMPLATE_VARIABLES}
            )

    def generate_output(self, writer: Any) -> None:
        """Write every stub of the plan, but those that a host's rule cannot have beside it."""
        stubs = self.context["REDIRECTS_PLAN"].stubs
        if not stubs:
            return
        unwanted = self.context.get("STUBS_UNWANTED", frozenset())
        stub_for = stub.stub_writer(self.context["REDIRECT_STUB"], self.settings["SITEURL"])
        write = self.context["WRITE"]
        for file, redirect in stubs.items():
            if redirect.source in unwanted:
                continue
            try:
                write(file, stub_for(redirect.target))
            except FileExistsError:  # of a plugin that does not name its files
                message = f"{redirect.written!r} is already a file of the site, which stays"
                reported(self.context).warn(redirect.place, message, "remove this entry")
