"""Edge: what Pelican knows → the plan → stubs in the output."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from ..memory import remembered
from ..problems import Problem, reported
from ..yaml_mapping import read_mapping
from . import address, stub
from .declared import Page, Place, Redirect, declared, tabled
from .plan import plan

MAY_MOVE = ("published", "hidden")  # a draft's old addresses stay as they are until it is published


def make_plan(generators: list[Any]) -> None:
    """Plan against every page and static file, report what cannot be, and leave the plan in the context.

    A page with ``redirect_to`` gives up its file to its stub: it leaves the lists of what is printed and linked.
    """
    context = generators[0].context
    contents = [content for content in context["generated_content"].values() if hasattr(content, "front_matter")]
    pages = sorted(page_facts(content) for content in contents if content.status in MAY_MOVE)
    found = [remembered(context, "redirects declared", pages, partial(declared, pages)), *tables(context)]
    redirects = [redirect for each, _ in found for redirect in each]
    problems = [problem for _, faults in found for problem in faults]
    moved = {redirect.place.path for redirect in redirects if redirect.place.key == "redirect_to"}
    there = taken(context, moved)
    finished, refused = remembered(context, "redirects planned", (redirects, there), partial(plan, redirects, there))
    reported(context).extend((*problems, *refused))
    context["REDIRECTS_PLAN"] = finished
    for generator in generators:
        for kind in ("pages", "hidden_pages", "articles", "hidden_articles", "translations", "hidden_translations"):
            if listed := getattr(generator, kind, None):
                listed[:] = [content for content in listed if where(content) not in moved]


def tables(context: Mapping[str, Any]) -> Iterator[tuple[list[Redirect], list[Problem]]]:
    """Yield what the setting ``REDIRECTS`` and the file ``REDIRECTS_FILE`` declare."""
    yield tabled(context.get("REDIRECTS", {}), lambda source: Place("pelicanconf.py", 0, source or "REDIRECTS"))
    file = Path(context["PATH"], context.get("REDIRECTS_FILE", "redirects.yml"))
    if file.is_file():
        name = Path(os.path.relpath(file)).as_posix()
        try:
            reading = read_mapping(file.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            yield [], [Problem(name, 0, "", f"is not UTF-8 (byte {error.start + 1})", "save it as UTF-8")]
            return
        yield [], [replace(problem, path=name) for problem in reading.problems]
        yield tabled(reading.values, lambda source: Place(name, reading.lines.get((source,), 0), source))


def page_facts(content: Any) -> Page:
    """Return what redirects must know of one page or article."""
    url = address.encode(address.slashed(address.decode(content.url)))
    return Page(where(content), url, content.front_matter, content.key_lines)


def where(content: Any) -> str:
    """Return a content's path from the project's root, with forward slashes."""
    return Path(os.path.relpath(content.source_path)).as_posix()


def taken(context: Mapping[str, Any], moved: set[str]) -> dict[str, str]:
    """Return the files that the output will hold beside stubs → what a person calls them."""
    files: dict[str, str] = {name: f"the site's own {name}" for name in own_files(context)}
    for content in [*context["static_content"].values(), *context["generated_content"].values()]:
        if content is not None and where(content) not in moved:  # None: Pelican could not read it
            files[Path(content.save_as).as_posix()] = where(content)
    return files


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
        """Render the shape of all stubs: Pelican calls this when everything is planned and nothing is written yet."""
        if self.context["REDIRECTS_PLAN"].stubs:
            self.context["REDIRECT_STUB"] = self.get_template("redirect").render({**self.context, **stub.MARKS})

    def generate_output(self, writer: Any) -> None:
        """Write every stub of the plan, but those that a host's rule cannot have beside it."""
        stubs = self.context["REDIRECTS_PLAN"].stubs
        if not stubs:
            return
        unwanted = self.context.get("STUBS_UNWANTED", frozenset())
        text_for = stub.writer(self.context["REDIRECT_STUB"], self.settings["SITEURL"].rstrip("/"))
        write = self.context["WRITE"]
        for file, redirect in stubs.items():
            if redirect.source in unwanted:
                continue
            try:
                write(file, text_for(redirect.target))
            except FileExistsError:  # of a plugin that does not tell in MAKES
                message = f"{redirect.written!r} is already a file of the site, which stays"
                reported(self.context).add(redirect.place.problem(message, "remove this entry", warning=True))
