"""Import Pelican without what no build calls, which takes a third of a whole build (edge).

Pelican imports docutils, its reader of reStructuredText, whether or not there is such a page (``READERS`` in
pelicanconf.py switches that reader off), and with it what only its other commands use. While Pelican is imported,
stand-ins take their place; after it, they are themselves again for whoever asks. The command `pelican` imports all of
it as ever, and builds the same site.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

NAMES = (
    "docutils",  # the reader that is switched off
    "docutils.core",
    "docutils.io",
    "docutils.parsers",
    "docutils.parsers.rst",
    "docutils.parsers.rst.languages",
    "docutils.writers",
    "docutils.writers.html4css1",
    "pelican.rstdirectives",
    "multiprocessing",  # `pelican --listen --autoreload`
    "pelican.server",
    "watchfiles",
    "rich.console",  # what `pelican` shows on a terminal; a build's own words come from plugins.staging
    "rich.logging",
)


class _Anything(type):
    """Whatever is asked of it is another of its kind: a base class, a function, a constant."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (_Nothing,), {})


class _Nothing(metaclass=_Anything):
    """Stands for every class and function that is left out; made of anything, it does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take what comes."""

    def __getattr__(self, name: str) -> Any:
        return _Anything(name, (_Nothing,), {})


class _StandIn(ModuleType):
    """Stands for one module that is left out."""

    __path__: list[str] = []  # noqa: RUF012  (a package, as importlib knows it)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (_Nothing,), {})


@contextmanager
def lean() -> Iterator[None]:
    """Keep out what no build calls while the body imports Pelican; leave alone what is there already."""
    there = {name.partition(".")[0] for name in sys.modules}
    names = [name for name in NAMES if name.partition(".")[0] not in there]
    sys.modules.update({name: _StandIn(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
