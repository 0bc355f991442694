"""Markdown as Jekyll's kramdown reads it, for any Python-Markdown project: `extensions=["plugins.kramdown"]`.

    source → comments out → Liquid → blocks → spans → ElementTree → refinements → HTML

The settings are academicpages': GFM input, heading ids, smart quotes, no hard wraps. After ``md.convert(text)``:

``md.problems``                 list of Problem: path "", lines counted in the text that was given
``md.source_without_comments``  the Markdown that was given, as far as the public may read it

Before it, but after ``md.reset()``, ``md.liquid_variables`` may be set to ``{"site": {...}, "page": {...}}``.
"""

from __future__ import annotations

import gc
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.util import Registry

from ..problems import Problem
from .blocks import Blocks
from .comments import Comments, take_out
from .definitions import Definitions
from .mathml import MathError, as_source, to_mathml
from .rendering import Renderer
from .resolving import resolve
from .serializing import to_html
from .source import clean
from .tree import Node
from .typography import refine


class KramdownParser:
    """Takes the place of Python-Markdown's block parser and inline patterns."""

    def __init__(self, md: Markdown, *, emoji: bool, typogrify: bool) -> None:
        """Parse for this Markdown instance."""
        self.md: Any = md
        self.emoji = emoji
        self.typogrify = typogrify

    def parseDocument(self, lines: list[str]) -> ElementTree:  # noqa: N802  # Python-Markdown's name
        """Return the document's tree; what is at fault goes to ``md.problems``.

        A long page is a million small objects, none of them garbage: collecting meanwhile would double the time.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return ElementTree(self._parse(lines))
        finally:
            if collecting:
                gc.enable()

    def _parse(self, lines: list[str]) -> Element:
        self.md.serializer = to_html  # here, since Markdown() sets its own after the extensions were registered
        problems: list[Problem] = []
        self.md.problems = problems
        text, comments = take_out(clean("\n".join(lines)))
        if comments.unclosed_line:
            problems.append(
                Problem(
                    "",
                    comments.unclosed_line,
                    "comment",
                    "'<!--' is never closed, so that the rest of the page would vanish",
                    "write '-->' where the comment ends",
                )
            )
        if "{{" in text or "{%" in text:
            text = self._run_liquid(text, comments)
        self.md.source_without_comments = comments.strip(text)  # after Liquid, whose comments are private too
        definitions, root = Definitions(), Node("root")
        Blocks(definitions).read(root, text)
        resolve(root, definitions)
        math = MathTranslator("\n".join(lines), problems)
        element = Renderer(comments, math.translate, self.md.htmlStash.store).render(root)
        refine(element, emoji=self.emoji, typogrify=self.typogrify)
        return element

    def _run_liquid(self, text: str, comments: Comments) -> str:
        from .liquid import run_liquid

        line_of = comments.line_counter(text)

        def report(position: int | None, message: str) -> None:
            line = line_of(position or 0)
            hint = "what it would print is missing from the page"
            self.md.problems.append(Problem("", line, "liquid", message, hint, warning=True))

        return run_liquid(text, self.md.liquid_variables, report)


class MathTranslator:
    """Translates one document's math, and finds the line of what it cannot translate in the source."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        """Begin at the source's start."""
        self.source = source
        self.problems = problems
        self.pos = 0

    def translate(self, tex: str, block: bool) -> Element:
        """Return MathML, or the readable TeX and a warning."""
        first_line = tex.partition("\n")[0]
        found = self.source.find(first_line, self.pos)
        self.pos = found if found >= 0 else self.pos
        try:
            return to_mathml(tex, block=block)
        except MathError as error:
            line = self.source.count("\n", 0, self.pos) + 1
            message = f"'{first_line}' cannot be translated to MathML: {error}"
            self.problems.append(Problem("", line, "math", message, "its source is shown instead", warning=True))
            return as_source(tex, block=block)


class KramdownExtension(Extension):
    """Reads Markdown as kramdown does."""

    def __init__(self, **options: Any) -> None:
        """Take the options."""
        self.config = {
            "emoji": [True, "Show :wave: as 👋, with GitHub's names"],
            "typogrify": [True, "Mark capitals and ampersands, keep the last word off a line of its own"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Replace how Python-Markdown reads, and how it writes; other extensions' processors still run."""
        self.md: Any = md
        md.preprocessors = Registry()
        md.inlinePatterns = Registry()
        for name in ("inline", "prettify", "unescape"):
            md.treeprocessors.deregister(name, strict=False)
        md.registerExtension(self)
        self.md.parser = KramdownParser(  # type: ignore[assignment]  # it is only asked for `parseDocument`
            md, emoji=bool(self.getConfig("emoji")), typogrify=bool(self.getConfig("typogrify"))
        )
        self.reset()

    def reset(self) -> None:
        """Forget the last document."""
        self.md.problems = []
        self.md.liquid_variables = {}
        self.md.source_without_comments = ""


def makeExtension(**options: Any) -> KramdownExtension:  # noqa: N802  # Python-Markdown's name
    """Return the extension: what Python-Markdown calls for a dotted name."""
    return KramdownExtension(**options)
