"""Markdown as Jekyll's kramdown reads it, for any Python-Markdown project: `extensions=["frontispiece.kramdown"]`.

In any Pelican site it needs no plugin: ``MARKDOWN = {"extensions": ["frontispiece.kramdown"]}``. (In a checkout that is
not installed, the package is called `plugins`.)

    source → comments and Liquid → blocks → spans → ElementTree → typography → HTML

``input/``      what happens to the text before it is parsed
``liquid/``     Liquid, if the text has any
``engine/``     the parsers' state, given a table of constructs, and what constructs are built on
``blocks/``     the block constructs, and their table
``spans/``      the span constructs, and their table
``resolving``   from blocks to the finished tree: spans, attributes, abbreviations, ids
``output/``     from the finished tree to HTML

The settings are academicpages': GFM input, heading ids, smart quotes, no hard wraps. After ``md.convert(text)``:

``md.problems``                 Problems: path "", lines counted in the given text
``md.source_without_comments``  the given Markdown without comments, with its Liquid run

Before it, but after ``md.reset()``, ``md.liquid_variables`` may be set to ``{"site": {...}, "page": {...}}``, and
``md.spans_only`` to True for a text that is part of a line: it has no blocks, no Liquid, and none of the refinements
that the options below switch.
"""

import gc
from collections.abc import Mapping
from functools import cached_property
from typing import cast
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.util import Registry

from ..problems import Place, Problems
from . import blocks
from .engine.definitions import ROOM, Definitions
from .engine.tree import Node
from .input.comments import Comments, clean, extract
from .output.elements import to_html
from .output.formulas import MathTranslator
from .output.rendering import Renderer
from .output.typography import refine
from .resolving import code_in, resolve

Variables = Mapping[str, Mapping[str, object]]  # of Liquid, by their first names: "site" and "page"

ATTEMPTS = 4  # at reading a text, until no comment is in what only looks like code; the last assumes no code at all


class KramdownMarkdown(Markdown):
    """An instance of Markdown with the attributes that this extension adds to it."""

    problems: Problems
    liquid_variables: Variables
    spans_only: bool
    source_without_comments: str


class KramdownExtension(Extension):
    """Replaces Python-Markdown's parser and inline patterns."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "emoji": [True, "Show :wave: as 👋, with GitHub's names"],
            "typogrify": [True, "Mark capitals and ampersands"],
        }
        super().__init__(**options)
        self.runs_liquid = True

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
        self.md.spans_only = False
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
        md.problems = Problems()
        source = clean(source)
        runs_liquid = self.runs_liquid and not md.spans_only and has_liquid(source)
        text = self._run_liquid(source) if runs_liquid else source
        marked, comments, definitions, root = _read(text, spans_only=md.spans_only)
        if comments.unclosed >= 0:
            md.problems.error(
                *_unclosed(text[comments.unclosed :], comments.unclosed if text == source else -1, source)
            )
        if definitions.room < 0:
            message = f"what is defined once and used often makes this page longer by more than {ROOM:,} characters"
            md.problems.error(Place("", 0, "definitions"), message, "define less, or use it less often")
        md.source_without_comments = comments.published(marked)
        math = MathTranslator(source, md.problems)
        element = Renderer(comments, math.translate, md.htmlStash.store).render(root)
        if not md.spans_only:
            refine(element, emoji=bool(self.getConfig("emoji")), typogrify=bool(self.getConfig("typogrify")))
        # Here, since Markdown() sets its own after the extensions were registered. Others serialize parts of the tree.
        md.serializer = lambda part: to_html(part, empty=part is element)
        return element

    def _run_liquid(self, source: str) -> str:
        """Return the text with its Liquid run, though not in comments."""
        from .liquid.running import run_liquid

        text, comments = extract(source)
        if comments.assumed:
            text, comments, *_ = _read(source)
        if comments.unclosed >= 0:  # which Liquid may hide
            text += source[comments.unclosed :]
        line_of = comments.line_counter(text)
        text = run_liquid(text, self.md.liquid_variables, line_of, self.md.problems, self._converter.convert)
        return clean(comments.restore(text)) if text else ""

    @cached_property
    def _converter(self) -> "ValueConverter":
        return ValueConverter()


class ValueConverter:
    """Converts values of Liquid, beside the page that is being converted and that they become a part of."""

    def __init__(self) -> None:
        self._extension = KramdownExtension(emoji=False, typogrify=False)
        self._md = cast(KramdownMarkdown, Markdown(extensions=[self._extension]))

    def convert(self, markdown: str, variables: Variables | None = None) -> tuple[str, Problems]:
        """Return Markdown as HTML, and its problems; its Liquid is run if it is given ``variables``."""
        self._md.reset()
        self._extension.runs_liquid = variables is not None
        self._md.liquid_variables = variables or {}
        return f"{self._md.convert(markdown)}\n", self._md.problems


def _read(text: str, *, spans_only: bool = False) -> tuple[str, Comments, Definitions, Node]:
    """Return the text with placeholders for its comments, the comments, the definitions and the tree."""
    refused: set[int] = set()
    for left in reversed(range(ATTEMPTS)):
        marked, comments = extract(text, refused if left else range(len(text)))
        definitions = Definitions(ROOM + len(text))
        root = Node("root")
        if spans_only:
            root.add_text(marked.strip(), "raw_text")
        else:
            blocks.parse_into(root, marked, definitions)
        resolve(root, definitions, comments.restore_in_line)
        wrong = comments.show(code_in(root, definitions))
        if not wrong:
            break
        refused |= wrong
    return marked, comments, definitions, root


def _unclosed(rest: str, position: int, source: str) -> tuple[Place, str, str]:
    """Return the problem of a comment with which the rest of the text begins; -1 where Liquid moved its position."""
    opening = rest.partition("\n")[0]
    begin, end = ("<!--", "-->") if opening.startswith("<") else ("{::comment}", "{:/comment}")
    line = source.count("\n", 0, position if position >= 0 else max(0, source.find(opening))) + 1
    message = f"'{begin}' is never closed, so that the rest of the page would vanish"
    return Place("", line, "comment"), message, f"write '{end}' where the comment ends"


def has_liquid(text: str) -> bool:
    """Return whether a text has what may be Liquid."""
    return "{{" in text or "{%" in text


def makeExtension(**options: object) -> KramdownExtension:  # noqa: N802  # Python-Markdown's name
    """Return the extension, which Python-Markdown finds under this name."""
    return KramdownExtension(**options)
