"""The span parser: what begins at this character? Each construct has a module; this one asks them in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from . import (
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
from .ruby import FLAGS, SPACE
from .tree import Node, Vain

if TYPE_CHECKING:
    from .definitions import Definitions

PATIENCE = 20_000  # steps that trials may take, and two more for each character: no real page takes a tenth of it
DEPTH = 60  # spans within spans; what is deeper is read as text

Parse = Callable[["Spans"], bool | None]


@dataclass(frozen=True, slots=True, eq=False)
class Constructs:
    """Which constructs are looked for, by their first character, and the pattern that finds the next candidate."""

    start: str
    by_character: dict[str, tuple[Parse, ...]]
    anywhere: tuple[Parse, ...] = ()  # may begin with any character


# A quote takes the character before it along, since that one decides which way it curls.
_ANYWHERE: tuple[Parse, ...] = (smart_quotes.parse, symbols.parse)
EVERYTHING = Constructs(
    r"""[*_`<\[&$]|!\[|\{:|--|\.\.\.|\\|~~| ?>>| <<|  (?=\n)|["']|[^\\](?=["'])""",
    {
        character: (*parsers, *_ANYWHERE)
        for character, parsers in {
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
        }.items()
    },
    _ANYWHERE,
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
    place and circumstances, and ``patience`` ends them on a page that is made of them.
    """

    def __init__(self, definitions: Definitions, text: str) -> None:
        """Begin with a text."""
        self.definitions = definitions
        self.text = text
        self.pos = 0
        self.tree = Node("root")
        self.above: list[Node] = []
        self.failed: set[tuple[object, ...]] = set()
        self.patience = PATIENCE + 2 * len(text)
        self.vain = Vain()
        self.closes: dict[str, int] = {}

    def parse(self, constructs: Constructs | None = None) -> list[Node]:
        """Return the text's spans; if ``constructs`` are given, no others are looked for."""
        self._run(None, constructs or EVERYTHING)
        return self.tree.children

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
            if accept:
                self.patience -= 1 + (start - self.pos) // 32
                if self.patience < 0:
                    return False
            tree.add_text(text[self.pos : start])
            self.pos = start
            if stop and (found := stop.match(text, start)) and (accept is None or accept(found)):
                return True
            for parse in constructs.by_character.get(text[start], constructs.anywhere):
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

    def last_close(self, mark: str) -> int:
        """Return where this mark stands last with no blank before it, so that it may close something; else -1."""
        if mark not in self.closes:
            found = -1
            while (at := self.text.rfind(mark, 0, found if found >= 0 else None)) > 0 and self.text[at - 1] in SPACE:
                found = at + len(mark) - 1
            self.closes[mark] = at
        return self.closes[mark]

    def within(self, *kinds: str) -> bool:
        """Say whether we are inside of a span of one of these kinds, at any depth."""
        if self.tree.kind in kinds:
            return True
        for node in self.above:  # noqa: SIM110  # asked at every asterisk and bracket: a generator would cost thrice
            if node.kind in kinds:
                return True
        return False

    def too_deep(self) -> bool:
        """Say whether spans nest deeper than Python's stack should have to follow."""
        return len(self.above) >= DEPTH

    def may_try(self, what: str) -> bool:
        """Say whether it is worth while to try what opens here, and may fail."""
        if self.patience <= 0 or self.too_deep():
            return False
        return not self.failed or self._trial(what) not in self.failed

    def give_up(self, what: str, start: int) -> None:
        """Undo a trial that began at ``start``, and remember that it failed."""
        self.pos = start
        self.failed.add(self._trial(what))

    def _trial(self, what: str) -> tuple[object, ...]:
        return self.pos, what, self.tree.kind, *(self.within(kind) for kind in ("em", "strong", "a", "img"))
