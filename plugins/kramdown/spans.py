"""The span parser: what begins at this character? Each construct has a module; this one asks them in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from plugins.kramdown import (
    attribute_lists,
    autolinks,
    code_spans,
    emphasis,
    entities,
    footnote_markers,
    inline_math,
    links,
    smart_quotes,
    span_html,
    strikethrough,
    symbols,
)
from plugins.kramdown.ruby import FLAGS
from plugins.kramdown.tree import Node, Vain

if TYPE_CHECKING:
    from plugins.kramdown.definitions import Definitions

DEPTH = 60  # spans within spans; what is deeper is read as text

Parse = Callable[["Spans"], bool | None]


@dataclass(frozen=True, slots=True, eq=False)
class Constructs:
    """Which constructs are looked for, by their first character, and the pattern that finds the next candidate."""

    start: str
    by_character: dict[str, tuple[Parse, ...]]
    anywhere: tuple[Parse, ...] = ()  # may begin with any character


# A quote takes the character before it along, since that one decides which way it curls.
EVERYTHING = Constructs(
    r"""[*_`<\[&$]|!\[|\{:|--|\.\.\.|\\|~~| ?>>| <<|  (?=\n)|["']|[^\\](?=["'])""",
    {
        "*": (emphasis.parse,),
        "_": (emphasis.parse,),
        "`": (code_spans.parse,),
        "<": (autolinks.parse, span_html.parse),
        "[": (footnote_markers.parse, links.parse),
        "!": (links.parse,),
        "$": (inline_math.parse,),
        "{": (attribute_lists.parse_span,),
        "&": (entities.parse,),
        "~": (strikethrough.parse,),
        "\\": (inline_math.parse_tex,),
    },
    (smart_quotes.parse, symbols.parse),
)
CODE_ONLY = Constructs("`", {"`": (code_spans.parse,)})
HTML_ONLY = Constructs("<", {"<": (span_html.parse,)})
CODE_AND_HTML = Constructs("[`<]", {"`": (code_spans.parse,), "<": (span_html.parse,)})


@cache
def pattern_of(constructs: Constructs, stop: str) -> re.Pattern[str]:
    """Return the pattern of the next place to look at."""
    return re.compile(f"{stop}|{constructs.start}" if stop else constructs.start, FLAGS | re.DOTALL)


class Spans:
    """The state of parsing one text into spans.

    A construct's ``parse`` moves ``pos`` and adds to ``tree``, or returns False.

    Constructs that are opened and perhaps never closed are tried and undone. ``failed`` remembers each such trial by
    place and circumstances, and ``patience`` (in characters read for nothing) ends them on a page that is made of them.
    """

    def __init__(self, definitions: Definitions) -> None:
        """Begin without a text."""
        self.definitions = definitions
        self.text = ""
        self.pos = 0
        self.tree = Node("root")
        self.above: list[Node] = []
        self.failed: set[tuple[object, ...]] = set()
        self.patience = 0
        self.vain = Vain()

    def read(self, into: Node, text: str) -> None:
        """Parse a text of its own into a node."""
        outer = self.text, self.pos, self.tree, self.above, self.failed, self.vain
        self.text, self.pos, self.tree, self.above, self.failed, self.vain = text, 0, into, [], set(), Vain()
        if not outer[0]:
            self.patience = 200_000 + 4 * len(text)
        self._run(None, EVERYTHING)
        self.text, self.pos, self.tree, self.above, self.failed, self.vain = outer

    def read_only(self, text: str, constructs: Constructs) -> list[Node]:
        """Return the spans of a text, of which only some constructs are looked for."""
        root = Node("root")
        self.text, self.pos, self.tree = text, 0, root
        self.patience = 200_000 + 4 * len(text)
        self._run(None, constructs)
        return root.children

    def continue_into(
        self,
        into: Node,
        stop: re.Pattern[str],
        accept: Callable[[re.Match[str]], bool] | None = None,
        *,
        html_only: bool = False,
    ) -> bool:
        """Parse on into a node up to where ``stop`` matches and is accepted; say whether it did."""
        outer = self.tree
        self.above.append(outer)
        self.tree = into
        found = self._run(stop, HTML_ONLY if html_only else EVERYTHING, accept)
        self.tree = outer
        self.above.pop()
        return found

    def _run(
        self,
        stop: re.Pattern[str] | None,
        constructs: Constructs,
        accept: Callable[[re.Match[str]], bool] | None = None,
    ) -> bool:
        text, tree = self.text, self.tree
        end = len(text)
        search = pattern_of(constructs, stop.pattern if stop else "").search
        while self.pos < end:
            match = search(text, self.pos)
            if not match:
                if not stop:
                    tree.add_text(text[self.pos :])
                    self.pos = end
                return False
            start = match.start()
            tree.add_text(text[self.pos : start])
            self.pos = start
            if stop and (found := stop.match(text, start)) and (accept is None or accept(found)):
                return True
            for parse in (*constructs.by_character.get(text[start], ()), *constructs.anywhere):
                if parse(self) is not False:
                    break
            else:
                self.add_character()
        return False

    def add_character(self) -> None:
        """Take the character here as text."""
        self.tree.add_text(self.text[self.pos])
        self.pos += 1

    def add_text(self, text: str) -> None:
        """Take this text, which stands here, as text."""
        self.tree.add_text(text)
        self.pos += len(text)

    def within(self, *kinds: str) -> bool:
        """Say whether we are inside of a span of one of these kinds, at any depth."""
        return self.tree.kind in kinds or any(node.kind in kinds for node in self.above)

    def too_deep(self) -> bool:
        """Say whether spans nest deeper than Python's stack should have to follow."""
        return len(self.above) >= DEPTH

    def may_try(self, what: str) -> bool:
        """Say whether it is worth while to try what opens here, and may fail."""
        return self.patience > 0 and not self.too_deep() and self._trial(what) not in self.failed

    def give_up(self, what: str, start: int) -> None:
        """Undo a trial that began at ``start``, and remember that it failed."""
        self.patience -= self.pos - start
        self.pos = start
        self.failed.add(self._trial(what))

    def _trial(self, what: str) -> tuple[object, ...]:
        return self.pos, what, self.tree.kind, *(self.within(kind) for kind in ("em", "strong", "a", "img"))
