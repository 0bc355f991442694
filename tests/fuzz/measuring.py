"""How long a page takes, and how that grows with its length."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fuzz.patterns import page
from tests.fuzz.publishing import Publisher

MOST = 13  # times as long may ten times the page take: 10 · log n, and the noise of a machine
LEAST = 0.02  # seconds; below that, clocks and caches decide


class HangError(BaseException):
    """A page takes too long; no Exception, which the libraries catch."""


def seconds(publisher: Publisher, texts: tuple[str, str], repeat: int = 1) -> float:
    """Return the least time of several that this process takes to publish a page."""
    best = float("inf")
    for _ in range(repeat):
        began = time.process_time()  # other programs on this machine do not count
        publisher.publish(*texts)
        best = min(best, time.process_time() - began)
        if best > 10 * LEAST:
            break
    return best


def growth(publisher: Publisher, name: str, length: int) -> tuple[float, float]:
    """Return how many times as long a pattern of ten times this length takes, and how long, in seconds.

    What seems to take too long is measured again: a machine is never slow in each of five turns.
    """
    factor, large = float("inf"), float("inf")
    for _ in range(5):
        small = max(LEAST, seconds(publisher, page(name, length), 3))
        took = seconds(publisher, page(name, 10 * length))
        factor, large = min(factor, took / small), min(large, took)
        if factor <= MOST:
            break
    return factor, large


@contextmanager
def limit(wait: float) -> Iterator[None]:
    """Raise HangError in what takes longer than so many seconds; no limit on Windows, which has no such alarm."""
    import signal

    if not hasattr(signal, "setitimer"):
        yield
        return

    def end(*_: object) -> None:
        raise HangError(f"not done after {wait} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, wait)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
