"""Markdown as Jekyll's kramdown reads it, for any Python-Markdown project: `extensions=["frontispiece.kramdown"]`.

In any Pelican site it needs no plugin: ``MARKDOWN = {"extensions": ["frontispiece.kramdown"]}``. (In a checkout that is
not installed, the package is called `plugins`.)

    source → comments and Liquid → blocks → spans → ElementTree → typography → HTML

``input/``      what happens to the text before it is parsed
``engine/``     the parsers' state, given a table of constructs, and what constructs are built on
``blocks/``     the block constructs, and their table
``spans/``      the span constructs, and their table
``resolving``   from blocks to the finished tree: spans, attributes, abbreviations, ids
``output/``     from the finished tree to HTML

The settings are academicpages': GFM input, heading ids, smart quotes, no hard wraps. After ``md.convert(text)``:

``md.problems``                 Problems: path "", lines counted in the given text
``md.source_without_comments``  the given Markdown without comments, with its Liquid run

Before it, but after ``md.reset()``, ``md.liquid_variables`` may be set to ``{"site": {...}, "page": {...}}``.
"""

import gc
from typing import cast
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.util import Registry

from ..problems import Place, Problems
from . import blocks
from .engine.definitions import Definitions
from .input.comments import clean, extract, strip_extensions
from .output.elements import to_html
from .output.mathml import MathTranslator
from .output.rendering import Renderer
from .output.typography import refine
from .resolving import resolve


class KramdownMarkdown(Markdown):
    """An instance of Markdown with the attributes that this extension adds to it."""

    problems: Problems
    liquid_variables: dict[str, dict[str, object]]
    source_without_comments: str


class KramdownExtension(Extension):
    """Replaces Python-Markdown's parser and inline patterns."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "emoji": [True, "Show :wave: as 👋, with GitHub's names"],
            "typogrify": [True, "Mark capitals and ampersands, keep the last word off a line of its own"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Parse and serialize in the place of Python-Markdown; other extensions' tree processors still run."""
        self.md = cast(KramdownMarkdown, md)
        md.preprocessors = Registry()
        md.inlinePatterns = Registry()
        for name in ("inline", "prettify", "unescape"):
            md.treeprocessors.deregister(name, strict=False)
        md.registerExtension(self)
        md.parser = cast(BlockParser, self)  # Markdown only calls its `parseDocument`
        self.reset()

    def reset(self) -> None:
        """Forget the last document."""
        self.md.problems = Problems()
        self.md.liquid_variables = {}
        self.md.source_without_comments = ""

    def parseDocument(self, lines: list[str]) -> ElementTree:  # noqa: N802  # Python-Markdown's name
        """Return the document's tree; problems go to ``md.problems``.

        A long page is a million small objects, none of them garbage: collecting in the meantime would double the time.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return ElementTree(self._parse("\n".join(lines)))
        finally:
            if collecting:
                gc.enable()

    def _parse(self, source: str) -> Element:
        md = self.md
        md.serializer = to_html  # here, since Markdown() sets its own after the extensions were registered
        md.problems = Problems()
        text, comments = extract(clean(source))
        if comments.unclosed_line:
            md.problems.error(
                Place("", comments.unclosed_line, "comment"),
                "'<!--' is never closed, so that the rest of the page would vanish",
                "write '-->' where the comment ends",
            )
        if "{{" in text or "{%" in text:
            from .input.liquid import run_liquid

            text = run_liquid(text, md.liquid_variables, comments.line_counter(text), md.problems)
        md.source_without_comments = strip_extensions(comments.strip(text))  # after Liquid, which has comments too
        definitions = Definitions()
        root = blocks.parse(text, definitions)
        resolve(root, definitions)
        math = MathTranslator(source, md.problems)
        element = Renderer(comments, math.translate, md.htmlStash.store).render(root)
        refine(element, emoji=bool(self.getConfig("emoji")), typogrify=bool(self.getConfig("typogrify")))
        return element


def makeExtension(**options: object) -> KramdownExtension:  # noqa: N802  # Python-Markdown's name
    """Return the extension, which Python-Markdown finds under this name."""
    return KramdownExtension(**options)
