"""`invoke serve` outlives every fault of a site: it shows it over the page, and the next save recovers."""

import http.client
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.conftest import Site
from tests.serving.faults import FAULTS, HOME, PAGE, Fault
from tests.serving.test_serve import Served, page, running, until

__all__ = ["page"]  # a fixture
AT_START = (
    "front matter is not YAML",
    "the settings end Python",
    "the content is moved away",
    "a plugin raises an interrupt",
    "a plugin raises when it is imported",
)
BY_NAME = {fault.name: fault for fault in FAULTS}
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


def shown(served: Served) -> list[str]:
    """Return the places of the problems that a page is told of when it is opened."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    try:
        connection.request("GET", "/.frontispiece/events")
        answer = connection.getresponse()
        while not (line := answer.readline()).startswith(b"data: "):
            pass
        return [problem["path"] for problem in json.loads(line[6:])["problems"]]
    finally:
        connection.close()


@pytest.mark.parametrize(
    "fault",
    [BY_NAME[name] for name in AT_START],
    ids=AT_START,
)
def test_a_site_that_is_broken_at_the_start_is_served_with_its_fault(seed_site: Site, fault: Fault) -> None:
    seed_site.own("theme")
    seed_site.write(PAGE, HOME)
    with ExitStack() as there:
        there.enter_context(fault.there(seed_site))
        with running(seed_site) as served:
            until(lambda: any(path.startswith(fault.place) for path in shown(served)), "the fault")
            assert "live.js" in served.get()
            there.close()
            seed_site.write(PAGE, f"{HOME}Mended.\n")
            until(lambda: "Mended." in served.get() and not shown(served), "the page")


def test_a_request_during_a_long_build_gets_the_site_before(seed_site: Site) -> None:
    seed_site.write(PAGE, HOME)
    with running(seed_site) as served:
        served.get()
        slow = "import time\nfrom pathlib import Path\nwhile not Path('go').exists():\n    time.sleep(0.05)\n"
        config = seed_site.root / "pelicanconf.py"
        config.write_text(f"{config.read_text()}\nSITENAME = 'Slow'\n{slow}")
        time.sleep(0.3)
        assert "Slow" not in served.get()
        (seed_site.root / "go").touch()
        until(lambda: "Slow" in served.get(), "the end of the build")


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
            print(number, fault.name)
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
