"""A build, from top to bottom: read → plan → check → render → write. Edge.

Pelican drives the build and sends a signal at each stage; this is the only module that connects them. Blinker calls the
receivers of one signal in no fixed order, so each signal has one receiver here, which calls the steps in written order.
The steps are pure functions of the packages beside this module; `plugins.adapter` translates between them and Pelican.
"""

import json
import sys
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import Readers

from . import (
    adapter,
    alternates,
    author_profile,
    front_matter,
    hosting,
    images,
    language,
    navigation,
    paper,
    redirects,
    stylesheet,
)
from .adapter import Build, Contents
from .problems import ContentError, Place, Problems
from .settings import FILE
from .site import Output, Page, Site, StaticFile


def register() -> None:
    """Connect the one receiver of each signal, in the order in which Pelican sends them."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(begin)
    signals.readers_init.connect(read)
    signals.all_generators_finalized.connect(plan)
    signals.get_writer.connect(check)
    signals.finalized.connect(finish)


def prepare(pelican: Pelican) -> None:
    """Add our filters to the templates' environment, and listen to what Pelican only logs."""


def begin(pelican: Pelican) -> type[Generator]:
    """Begin one run: wait for any other build, and let Pelican write beside ``output/``."""


def read(readers: Readers) -> None:
    """Read Markdown files by our reader."""


def plan(generators: list[Generator]) -> None:
    """Compute everything that the site will hold, from everything that was read."""
