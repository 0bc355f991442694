"""How long publications take, from front matter and from BibTeX, beside what reads BibTeX alone: `invoke bench entries`.

Reading is timed inside this process, a build as a whole process; both by processor time, in turn, so that the ratios
hold while the machine is busy with other things. What is not installed is left out and said so.
"""

import importlib.util
import logging
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from plugins.collections import bibliography, tex  # noqa: E402
from plugins.collections.bibliography import read_bibliography  # noqa: E402
from plugins.collections.export import FILES, bibliography_files  # noqa: E402
from plugins.collections.matching import merge  # noqa: E402
from plugins.problems import Problems  # noqa: E402

COUNTS = (1_000, 10_000)
ROUNDS = 5
FAMILIES = r"Smith M{\"u}ller Garc{\'i}a Chen O'Neil N{\o}rgaard Dvo{\v r}{\'a}k Tanaka {de la Cruz} Li".split(" ")
GIVEN = r"John Anna Jos{\'e} Wei Maria K. L.~M. Yuki Pierre Olga".split()
WORDS = (
    "deep learning of {B}ayesian graphs for efficient transport in quantum systems with applications to {DNA} "
    "sequencing and stable processes under uncertainty large scale inference networks"
).split()


def bibtex(count: int) -> str:
    """Return BibTeX as people have it: half articles with abstracts, half papers of conferences, some math."""
    pick = random.Random(1)
    entries = []
    for number in range(count):
        authors = " and ".join(f"{pick.choice(FAMILIES)}, {pick.choice(GIVEN)}" for _ in range(pick.randint(1, 6)))
        title = " ".join(pick.choices(WORDS, k=9)) + (
            f" in $\\mathbb{{R}}^{{{number}}}$" if number % 16 == 0 else f" {number}"
        )
        fields = {
            "author": authors,
            "title": title,
            "year": str(2000 + number % 24),
            "pages": f"{number}--{number + 9}",
        }
        if number % 2:
            abstract = " ".join(pick.choices(WORDS, k=120)).replace("{", "").replace("}", "") + r" by 12\% -- at most."
            more = {
                "journal": "Journal of Things",
                "volume": str(number % 40),
                "doi": f"10.1234/abc.{number}",
                "abstract": abstract,
            }
        else:
            more = {"booktitle": "Proceedings of the Conference on {AI} \\& Law", "publisher": "ACM"}
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in {**fields, **more}.items())
        entries.append(f"@{'article' if number % 2 else 'inproceedings'}{{key{number},\n{lines}}}\n")
    return "\n".join(entries)


def document(number: int) -> str:
    """Return a publication as academicpages has it."""
    return (
        f'---\ntitle: "Paper number {number} of a very long list"\ncollection: publications\n'
        f"permalink: /publication/paper-{number}\ndate: {2000 + number % 24}-0{1 + number % 9}-01\nvenue: 'Journal {number % 7}'\n"
        f"paperurl: 'https://example.org/files/paper{number}.pdf'\n"
        f"citation: 'Your Name, You. ({2000 + number % 24}). &quot;Paper number {number} of a very long list.&quot; <i>Journal</i>. 1(1).'\n"
        f"---\nThis paper is about the number {number}.\n"
    )


def in_turn(measured: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median seconds of processor time of each, all of them run in turn, with nothing remembered."""
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, run in measured.items():
            for remembered in (tex.decode, tex._math, tex._converted, tex._known, bibliography.read_person):
                remembered.cache_clear()
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def reading(count: int) -> None:
    """Print how long a bibliography takes to read, beside the parsers alone."""
    import bibtexparser

    text = bibtex(count)
    references = read_bibliography(text.encode(), "publications.bib", Problems())
    entries, records = merge([], references, "https://example.org", (), Problems())
    measured: dict[str, Callable[[], object]] = {
        "bibtexparser alone": lambda: bibtexparser.parse_string(text),
        "read": lambda: read_bibliography(text.encode(), "publications.bib", Problems()),
        "merge": lambda: merge([], references, "https://example.org", (), Problems()),
        "files for machines": lambda: bibliography_files(FILES, entries, records, "https://example.org"),
    }
    if importlib.util.find_spec("pybtex"):
        from pybtex.database import parse_string

        measured["pybtex alone"] = lambda: parse_string(text, "bibtex")
    else:
        print("pybtex is left out: pip install -e '.[bench]'", file=sys.stderr)
    taken = in_turn(measured)
    alone = taken["bibtexparser alone"]
    print(f"\n{count:,} entries of BibTeX     s    / bibtexparser")
    for name, seconds in taken.items():
        print(f"  {name:22} {seconds:7.3f} {seconds / alone:11.2f}")
    ours = sum(taken[name] for name in ("read", "merge", "files for machines"))
    print(f"  {'ours together':22} {ours:7.3f} {ours / alone:11.2f}")


def building(count: int) -> None:
    """Print how much longer a build takes with so many entries, from front matter and from BibTeX."""
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        sites = {name: Path(scratch, name) for name in ("without entries", "front matter", "BibTeX")}
        for name, folder in sites.items():
            (folder / "content/pages").mkdir(parents=True)
            (folder / "pelicanconf.py").write_text('from plugins.defaults import *\nSITENAME = "Home"\n')
            shutil.copy(ROOT / "tasks.py", folder)
            for part in ("plugins", "theme"):
                (folder / part).symlink_to(ROOT / part)
            (folder / "content/pages/about.md").write_text("---\npermalink: /\ntitle: Home\n---\n\nHello.\n")
            if name == "front matter":
                (folder / "content/publications").mkdir()
                for number in range(count):
                    (folder / f"content/publications/{number}.md").write_text(document(number))
            elif name == "BibTeX":
                (folder / "content/publications.bib").write_text(bibtex(count))
        for _ in range(3):
            for name, folder in sites.items():
                shutil.rmtree(folder / "output", ignore_errors=True)
                taken.setdefault(name, []).append(_processor_time(folder))
    nothing = statistics.median(taken["without entries"])
    print(f"\na build with {count:,} entries   s     more")
    for name, times in taken.items():
        print(f"  {name:22} {statistics.median(times):7.2f} {statistics.median(times) - nothing:8.2f}")


def _processor_time(folder: Path) -> float:
    """Return the processor time of one build, that of its own processes included."""
    script = (
        "import os, subprocess, sys; subprocess.run([sys.executable, '-m', 'invoke', 'build'], check=True, capture_output=True);"
        "print(sum(os.times()[2:4]))"
    )
    return float(subprocess.run([sys.executable, "-c", script], cwd=folder, check=True, capture_output=True).stdout)


def main(counts: tuple[int, ...]) -> None:
    """Print the tables for each number of entries."""
    logging.disable()
    for count in counts:
        reading(count)
        building(count)


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or COUNTS)
