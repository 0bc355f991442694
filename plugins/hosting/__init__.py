"""Redirect table + header policy → the files each host reads, and the policy in every page."""

from typing import Any

from pelican import signals

from .generator import PLACE, HostGenerator, files, with_policy


def prepare(pelican: Any) -> None:
    """Give the templates the filter that fills in a page's policy, and say who knows which files will be written."""
    pelican.settings["JINJA_FILTERS"] = {**pelican.settings["JINJA_FILTERS"], "with_policy": with_policy}
    pelican.settings["POLICY_PLACE"] = PLACE
    pelican.settings.setdefault("MAKES", []).append(files)


def begin(generators: list[Any]) -> None:
    """Begin a run: no page has said yet what it needs."""
    generators[0].context["POLICIES"] = []


def add_generator(pelican: Any) -> type[HostGenerator]:
    """Let Pelican run the generator that writes the host files."""
    return HostGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(begin)
