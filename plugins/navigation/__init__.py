"""A site of more than one page → its menu, in the context as ``MENU``; empty where there is nothing to choose. Edge."""

from collections.abc import Iterable
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

from ..problems import Problem, reported
from ..yaml_mapping import read_mapping
from .menu import FILE, Entry, Page, from_file, from_pages


def make_menu(generators: Iterable[Generator]) -> None:
    """Leave the menu in the context that all generators share."""
    generator = next(iter(generators))
    context, content = generator.context, Path(generator.settings["PATH"])
    published = [*context["pages"], *context["hidden_pages"], *context["articles"]]
    entries: list[Entry] = []
    file = content / "navigation.yml"
    if file.is_file():
        try:
            read = read_mapping(file.read_text("utf-8"))
        except UnicodeDecodeError:
            problems = [Problem(FILE, 0, "", "is not UTF-8", "save it as UTF-8")]
        else:
            links = {page.save_as: page.url for page in published}
            links |= {static.save_as: static.url for static in context["staticfiles"]}
            known = {name.removesuffix("index.html").rstrip("/"): url for name, url in links.items()}
            entries, problems = from_file(read.values, read.lines, known)
            problems += [Problem(FILE, found.line, found.key, found.message, found.hint) for found in read.problems]
    else:
        facts = [
            Page(
                Path(page.source_path).relative_to(content.parent).as_posix(),
                page.url,
                getattr(page, "heading", page.title),
                getattr(page, "front_matter", {}).get("menu"),
                getattr(page, "key_lines", {}).get("menu", 0),
            )
            for page in published
        ]
        entries, problems = from_pages(facts, context["WORDS"]["home"])
    context["MENU"] = entries
    reported(generator.settings).extend(problems)


def register() -> None:
    """Connect the receivers."""
    signals.all_generators_finalized.connect(make_menu)
