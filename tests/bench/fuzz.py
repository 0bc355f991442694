"""Whether every page ends quickly, at full size: `invoke bench fuzz`. What fails is kept in tests/fuzz/kept/.

First documents composed at random, then each of the patterns of tests/fuzz/patterns.py from 1 kB to 1 MB. Each process
takes its share; a figure of time is the processor's.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
from tests.fuzz.grammar import KEPT, site  # noqa: E402
from tests.fuzz.measuring import MOST, HangError, growth, limit, seconds  # noqa: E402
from tests.fuzz.patterns import PAGES  # noqa: E402
from tests.fuzz.publishing import Publisher  # noqa: E402

DOCUMENTS = 20_000
CHUNK = 500
LENGTHS = (1_000, 10_000, 100_000)  # and of each ten times as much
MOST_SECONDS = 1.0  # for 10 kB
MOST_MEMORY = 512  # MB
PATIENCE = 300  # seconds until a page hangs


def peak() -> float:
    """Return the most memory that this process has taken, in MB; 0 on Windows, which does not tell."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def fuzz(first: int) -> tuple[list[str], float, int, float]:
    """Publish a chunk of documents; return the faults, the time and the seed of the slowest, and the peak of memory."""
    publisher, faults, slowest = Publisher(), list[str](), (0.0, first)
    for seed in range(first, first + CHUNK):
        page, authors = site(Random(seed))
        try:
            with limit(PATIENCE):
                took = seconds(publisher, (page, authors))
        except (Exception, HangError) as error:
            faults.append(f"seed {seed}: {type(error).__name__} {error}")
            publisher = Publisher()
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{seed}.md").write_text(page, "utf-8", errors="surrogatepass", newline="")
            (KEPT / f"{seed}.yml").write_text(authors, "utf-8", errors="surrogatepass", newline="")
            continue
        slowest = max(slowest, (took, seed))
        if took > MOST_SECONDS * max(1, len(page) / 10_000):
            faults.append(f"seed {seed}: {took:.2f} s for {len(page)} characters")
    return faults, *slowest, peak()


def grow(name: str) -> tuple[list[str], float, int, float, float]:
    """Publish a pattern in each length; return the faults, the worst factor and its length, the longest time, the peak."""
    publisher, faults, worst, longest = Publisher(), list[str](), (0.0, 0), 0.0
    for length in LENGTHS:
        try:
            with limit(PATIENCE):
                factor, longest = growth(publisher, name, length)
        except (Exception, HangError) as error:
            faults.append(f"{name}: {type(error).__name__} {error} at {length * 10} characters")
            break
        worst = max(worst, (factor, length))
        if length == LENGTHS[0] and longest > MOST_SECONDS:
            faults.append(f"{name}: {longest:.2f} s for 10 kB")
    return faults, *worst, longest, peak()


def main() -> Iterator[str]:
    """Print the figures; yield the faults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--patterns", default="", help="only those whose name contains this")
    given = parser.parse_args()
    with ProcessPoolExecutor(given.processes, max_tasks_per_child=1) as pool:  # so that memory is that of one pattern
        found = list(pool.map(fuzz, range(given.seed, given.seed + given.documents, CHUNK)))
        if found:
            took, seed = max((took, seed) for _, took, seed, _ in found)
            memory = max(memory for *_, memory in found)
            print(
                f"{len(found) * CHUNK} documents: slowest {took:.2f} s (seed {seed}), peak {memory:.0f} MB", flush=True
            )
        for faults, *_ in found:
            yield from faults
        names = [name for name in PAGES if given.patterns in name]
        rows = dict(zip(names, pool.map(grow, names), strict=True))
    by_factor = sorted(((factor, name, length) for name, (_, factor, length, *_) in rows.items()), reverse=True)
    by_memory = sorted(((memory, name) for name, (*_, memory) in rows.items()), reverse=True)
    by_time = sorted(((longest, name) for name, (*_, longest, _) in rows.items()), reverse=True)
    print(f"{len(rows)} patterns from 1 kB to 1 MB")
    for factor, name, length in by_factor[:5]:
        print(f"  ×{factor:.1f} from {length} to {length * 10} characters: {name}")
    for longest, name in by_time[:3]:
        print(f"  {longest:.1f} s for 1 MB: {name}")
    for memory, name in by_memory[:3]:
        print(f"  {memory:.0f} MB: {name}")
        if memory > MOST_MEMORY:
            yield f"{name}: {memory:.0f} MB"
    for factor, name, _ in by_factor:
        if factor > MOST:
            yield f"{name}: ×{factor:.1f}"
    for faults, *_ in rows.values():
        yield from faults


if __name__ == "__main__":
    faults = list(main())
    print(*(faults or ["no faults"]), sep="\n")
    sys.exit(bool(faults))
