"""What one page's Liquid may take: steps, and with them time and memory.

The library's own limits leave room for more: it bounds each loop but not their sum, each output but not all that is
captured, and the size of variables only after a filter has made them.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from liquid import RenderContext, Token
from liquid.exceptions import ResourceLimitError

STEPS = 150_000  # and one more for two characters of the page: tags, outputs, rounds of loops …
BYTES = 2000  # … and values: so much memory is one step
_LOOP = 20  # steps to begin one
_FILTER, _VARIABLE = 12, 8  # times the memory of what goes into a filter, which may make so much of it, or is kept

# What a filter takes beyond that, by its arguments: what its result has more, or the time that it needs.
_PRODUCTS: dict[str, Callable[..., int]] = {
    "date": lambda value, form="": 256 * len(str(form)),
    "inspect": lambda value: 9 * _memory(value),
    "join": lambda items, glue=" ": len(items) * len(str(glue)) if isinstance(items, list | tuple) else 0,
    "markdownify": lambda text: 30_000 + 500 * len(str(text)),
    "number_of_words": lambda text, *_: 20 * len(str(text)),
    "replace": lambda text, old="", new="": str(text).count(str(old)) * len(str(new)),
    "slugify": lambda text, *_: 60 * len(str(text)),
    "smartify": lambda text: 1500 * len(str(text)),
    "split": lambda text, *_: 90 * len(str(text)),
    "times": lambda one, other=1: _memory(one) * _memory(other),
}


# Filters that look at a list or make another of its items, which they leave alone.
_OF_ITEMS = frozenset(
    "compact concat find find_exp first group_by group_by_exp last map pop push reverse sample shift size slice sort "
    "sort_natural unshift where where_exp".split()
)


class LimitedContext(RenderContext):
    """The state of rendering a template, which counts steps."""

    steps = 0

    @property
    def disabled_tags(self) -> list[str]:
        """The names of tags that are not allowed: none. The library asks for them at each tag, output and text."""
        self.spend(1)
        return []

    @disabled_tags.setter
    def disabled_tags(self, names: list[str]) -> None:
        pass

    def spend(self, steps: int) -> None:
        """Count steps; raises ResourceLimitError beyond the limit."""
        self.steps += steps
        if self.steps > self.env.step_limit:  # type: ignore[attr-defined]
            raise ResourceLimitError("takes too many steps, or too much memory", token=None)

    def stopindex(self, key: str, index: int | None = None) -> int:
        """Remember where a loop will end, which each loop does before it begins."""
        self.spend(_LOOP + (index or 0))
        return super().stopindex(key, index)

    def spend_on(self, value: object) -> None:
        """Count the steps that a value takes."""
        self.spend(_memory(value) // BYTES)

    def assign(self, key: str, val: object) -> None:
        """Set a variable."""
        self.spend(_VARIABLE * _memory(val) // BYTES)
        super().assign(key, val)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Return a filter."""
        apply, product = super().filter(name, token), _PRODUCTS.get(name)

        @wraps(apply)
        def counted(*values: Any, **options: Any) -> object:
            self.spend(_FILTER * sum(map(_of_items if name in _OF_ITEMS else _memory, values)) // BYTES)
            if product:
                self.spend(product(*values) // BYTES)
            result = apply(*values, **options)
            self.spend_on(result)
            return result

        return counted


def _of_items(value: object) -> int:
    """Return about how many bytes a value takes without its items' own."""
    return 200 * len(value) if isinstance(value, list | tuple | dict) else _memory(value)


def _memory(value: object) -> int:
    """Return about how many bytes a value takes, its parts as often as they occur."""
    if isinstance(value, range):
        return 90 * max(0, value.stop - value.start)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return sys.getsizeof(value, 90) + 200 * len(parts) + sum(map(_memory, parts))
