"""Import Pelican without docutils, which takes a third of a whole build and which no page here needs (edge).

Pelican imports docutils, its reader of reStructuredText, whether or not there is such a page; ``READERS`` in
pelicanconf.py switches that reader off. While Pelican is imported, a stand-in takes docutils' place; after it, docutils
is docutils again for whoever asks. The command `pelican` imports it as ever, and builds the same site.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

NAMES = (
    "docutils",
    "docutils.core",
    "docutils.io",
    "docutils.parsers",
    "docutils.parsers.rst",
    "docutils.parsers.rst.languages",
    "docutils.writers",
    "docutils.writers.html4css1",
)


class _Anything(type):
    """Whatever is asked of it is another of its kind: a base class, a function, a constant."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (_Nothing,), {})


class _Nothing(metaclass=_Anything):
    """Stands for every class and function of docutils; made of anything, it does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take what comes."""


class _StandIn(ModuleType):
    """Stands for one module of docutils."""

    __path__: list[str] = []  # noqa: RUF012  (a package, as importlib knows it)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (_Nothing,), {})


@contextmanager
def without_docutils() -> Iterator[None]:
    """Keep docutils out while the body imports Pelican; do nothing where either is there already."""
    if "docutils" in sys.modules or "pelican" in sys.modules:
        yield
        return
    sys.modules.update({name: _StandIn(name) for name in NAMES})
    try:
        yield
    finally:
        for name in NAMES:
            sys.modules.pop(name, None)
