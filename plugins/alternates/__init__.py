"""Each page's Markdown beside its HTML, for whoever reads text rather than pages. Edge.

``page.markdown`` is the source that the reader keeps: after Liquid, without comments. ``page.alternate`` is where it is
written, for templates to link to.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from pelican import signals
from pelican.generators import Generator

from plugins.alternates.source import beside, text


class MarkdownGenerator(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes the Markdown of every page that has an ``alternate``."""

    def generate_output(self, writer: Any) -> None:
        """Write them all."""
        for page in [*self.context["pages"], *self.context["articles"]]:
            if name := getattr(page, "alternate_file", ""):
                self.context["WRITE"](name, text(page.heading, page.markdown).encode())


def place(generators: Iterable[Generator]) -> None:
    """Say where each page's Markdown goes; a file that the author put there stays, and the page has none."""
    context = next(iter(generators)).context
    taken = {static.save_as for static in context["staticfiles"]}
    for page in [*context["pages"], *context["articles"]]:
        name = beside(page.save_as)
        if getattr(page, "markdown", "") and name not in taken:
            page.alternate_file, page.alternate = name, quote(name)


def add_generator(pelican: Any) -> type[MarkdownGenerator]:
    """Let Pelican run the generator."""
    return MarkdownGenerator


def register() -> None:
    """Connect the receivers."""
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(place)
