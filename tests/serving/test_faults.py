"""`invoke serve` outlives every fault of a site: it shows it over the page, and the next save recovers."""

import http.client
import os
import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Site
from tests.serving.faults import FAULTS, HOME, PAGE, Fault
from tests.serving.test_serve import Served, page, running

__all__ = ["page"]  # a fixture
COUNT = int(os.environ.get("FAULTS", "20"))


@pytest.fixture
def served(seed_site: Site) -> Iterator[Served]:
    seed_site.own("theme")
    seed_site.write(PAGE, HOME)
    with running(seed_site) as served:
        served.get()
        yield served


def chosen(count: int) -> list[Fault]:
    """Return faults in random order, each at most once more often than any other."""
    rounds = random.Random(20)
    return [each for _ in range(0, count, len(FAULTS)) for each in rounds.sample(FAULTS, len(FAULTS))][:count]


def test_random_faults_in_a_row_are_shown_and_each_mended_page_is_right(served: Served, page: Any) -> None:
    overlay = "document.querySelector('frontispiece-problems')"
    lost: list[str] = []
    ended = threading.Event()

    def ask() -> None:
        """Ask for the page all the time."""
        while not ended.wait(0.02):
            try:
                served.get()
            except (OSError, http.client.HTTPException) as error:
                lost.append(repr(error))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for number, fault in enumerate(chosen(COUNT)):
            with fault.there(served.site):
                page.wait_for_function(
                    "place => [...(" + overlay + "?.shadowRoot.querySelectorAll('strong') ?? [])]"
                    ".some(each => each.textContent.startsWith(place) && each.checkVisibility())",
                    arg=fault.place,
                    timeout=20_000,
                )
            served.site.write(PAGE, f"{HOME}Mended {number}.\n")
            page.wait_for_function(
                "word => document.querySelector('main')?.textContent.includes(word) && ("
                + overlay
                + "?.hidden ?? true)",
                arg=f"Mended {number}.",
                timeout=20_000,
            )
    finally:
        ended.set()
        asking.join()
    assert lost == []
    assert served.process.poll() is None
