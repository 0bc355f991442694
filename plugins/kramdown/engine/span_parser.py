"""The span parser: it finds the next character at which a construct may begin, and tries those that begin with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from .constructs import Construct, Parser
from .definitions import Definitions
from .ruby import FLAGS, SPACE
from .tree import Node

BUDGET = 20_000  # steps that attempts may take, plus two per character: no real page takes a tenth of it
DEPTH = 60  # spans within spans; deeper ones become text

Table = Mapping[str, "tuple[Construct[SpanParser], ...]"]


@dataclass(frozen=True, slots=True, eq=False)
class Constructs:
    """A table of constructs by their first character, and the pattern that finds the next candidate."""

    start: str
    by_character: Table
    anywhere: "tuple[Construct[SpanParser], ...]" = ()  # may begin with any character


@cache
def _candidates(constructs: Constructs, stop: str) -> re.Pattern[str]:
    """Return the pattern of the next position to look at."""
    return re.compile(f"{stop}|{constructs.start}" if stop else constructs.start, FLAGS | re.DOTALL)


class SpanParser(Parser):
    """The state of parsing one text into spans with a given table of constructs.

    Spans whose delimiter may never be closed are attempted and undone. ``failed`` records each failed attempt with its
    position and surroundings; ``budget`` ends all attempts on a text that consists of nothing else.
    """

    def __init__(self, constructs: Constructs, definitions: Definitions, text: str) -> None:
        super().__init__(definitions, text)
        self.constructs = constructs
        self.ancestors: list[Node] = []
        self.failed: set[tuple[object, ...]] = set()
        self.budget = BUDGET + 2 * len(text)
        self.attempts = 0  # that the current position is within
        self.last_closes: dict[str, int] = {}
        self.targets: dict[int, tuple[int, bool]] | None = None  # of links, once one is read

    def parse(self, only: Constructs | None = None) -> list[Node]:
        """Return the text's spans; ``only`` limits the constructs of the top level."""
        self._run(None, only or self.constructs)
        return self.tree.children

    def parse_apart(self, text: str) -> list[Node]:
        """Return the spans of a separate text."""
        return SpanParser(self.constructs, self.definitions, text).parse()

    def continue_into(
        self,
        node: Node,
        stop: re.Pattern[str],
        accept: Callable[[re.Match[str]], bool] | None = None,
        *,
        only: Constructs | None = None,
    ) -> bool:
        """Parse into a node up to where ``stop`` matches and is accepted; return whether it was found."""
        outer = self.tree
        self.ancestors.append(outer)
        self.tree = node
        self.attempts += accept is not None
        found = self._run(stop, only or self.constructs, accept)
        self.attempts -= accept is not None
        self.tree = outer
        self.ancestors.pop()
        return found

    def _run(
        self,
        stop: re.Pattern[str] | None,
        constructs: Constructs,
        accept: Callable[[re.Match[str]], bool] | None = None,
    ) -> bool:
        text, tree = self.text, self.tree
        end = len(text)
        search = _candidates(constructs, stop.pattern if stop else "").search
        while self.pos < end:
            match = search(text, self.pos)
            if not match:
                if not stop:
                    tree.add_text(text[self.pos :])
                    self.pos = end
                return False
            start = match.start()
            if self.attempts:
                self.budget -= 1 + (start - self.pos) // 32
                if self.budget < 0:
                    return False
            tree.add_text(text[self.pos : start])
            self.pos = start
            if stop and (found := stop.match(text, start)) and (accept is None or accept(found)):
                return True
            for begins, read in constructs.by_character.get(text[start], constructs.anywhere):
                if match := begins(text, start):
                    self.pos = match.end()
                    if read(self, match) is not False:
                        break
                    self.pos = start
            else:
                self.add_character()
        return False

    def add(self, node: Node) -> Node:
        """Add a span to the tree, and return it."""
        self.tree.children.append(node)
        return node

    def add_character(self) -> None:
        """Read the current character as text."""
        self.tree.add_text(self.text[self.pos])
        self.pos += 1

    def add_text(self, text: str) -> None:
        """Read the given text, which stands at the current position, as text."""
        self.tree.add_text(text)
        self.pos += len(text)

    def last_close(self, mark: str) -> int:
        """Return the last position of a mark without a space before it, where it could close a span, or -1."""
        if mark not in self.last_closes:
            found = -1
            while (at := self.text.rfind(mark, 0, found if found >= 0 else None)) > 0 and self.text[at - 1] in SPACE:
                found = at + len(mark) - 1
            self.last_closes[mark] = at
        return self.last_closes[mark]

    def within(self, *kinds: str) -> bool:
        """Return whether the current node or one of its ancestors is of one of these kinds."""
        if self.tree.kind in kinds:
            return True
        for node in self.ancestors:  # noqa: SIM110  # called at every asterisk and bracket: a generator is three times as slow
            if node.kind in kinds:
                return True
        return False

    def too_deep(self) -> bool:
        """Return whether spans nest as deeply as Python's stack allows."""
        return len(self.ancestors) >= DEPTH

    def may_attempt(self, opening: str) -> bool:
        """Return whether to attempt the span that this delimiter opens, and that may turn out not to be closed."""
        if self.budget <= 0 or self.too_deep():
            return False
        return not self.failed or self._attempt(opening) not in self.failed

    def undo(self, opening: str, start: int) -> None:
        """Return to where a failed attempt began, and record it."""
        self.pos = start
        self.failed.add(self._attempt(opening))

    def _attempt(self, opening: str) -> tuple[object, ...]:
        return self.pos, opening, self.tree.kind, *(self.within(kind) for kind in ("em", "strong", "a", "img"))
