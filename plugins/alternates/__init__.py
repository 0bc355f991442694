"""Each page's Markdown beside its HTML, for whoever reads text rather than pages. Edge.

``page.markdown`` is the source that the reader keeps: after Liquid, without comments. ``page.alternate`` is where it is
written, for templates to link to.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pelican import signals
from pelican.generators import Generator

from .source import beside, text


class MarkdownGenerator(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes the Markdown of every page that has an ``alternate``."""

    def generate_output(self, writer: Any) -> None:
        """Write them all."""
        for page in [*self.context["pages"], *self.context["articles"]]:
            if name := getattr(page, "alternate_file", ""):
                self.context["WRITE"](name, text(page.heading, page.markdown).encode())


def announce(pelican: Any) -> None:
    """Say who knows which files will be written."""
    pelican.settings.setdefault("MAKES", []).append(lambda context: [name for _, name in files(context)])


def files(context: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    """Yield each page with the name of its Markdown; a file that the author put there stays, and the page has none."""
    taken = {static.save_as for static in context["staticfiles"]}
    for page in [*context["pages"], *context["articles"]]:
        name = beside(page.save_as)
        if getattr(page, "markdown", "") and name not in taken:
            yield page, name


def place(generators: Iterable[Generator]) -> None:
    """Say where each page's Markdown goes."""
    for page, name in files(next(iter(generators)).context):
        page.alternate_file, page.alternate = name, quote(name)


def add_generator(pelican: Any) -> type[MarkdownGenerator]:
    """Let Pelican run the generator."""
    return MarkdownGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(announce)
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(place)
