"""``redirect_from`` and ``redirect_to`` → stub pages and the redirect table that hosting turns into rules."""

from typing import Any

from pelican import signals

from .generator import StubGenerator, make_plan


def add_generator(pelican: Any) -> type[StubGenerator]:
    """Let Pelican run the generator that writes the stubs."""
    return StubGenerator


def register() -> None:
    """Connect the receivers."""
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(make_plan)
