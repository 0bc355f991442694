"""Kill builds at random moments and look at what is left; run by test_whole.py, or by hand with more builds.

    python tests/staging/killed.py SITE TIMES → one line of JSON: how many of the builds were killed, and each fault

SITE is a project folder whose content this program replaces. Every build is a fork of this process, which has
imported everything: a kill hits the build, not its start.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from plugins.builder import build


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write(version: int) -> None:
    """Write one of two sites, which differ in every page and in which pages there are."""
    pages = Path("content/pages")
    for name in range(6):
        page = pages / f"page{name}.md"
        redirects = "".join(f"  - /old{version}/{name}-{number}/\n" for number in range(20))
        page.write_text(f"---\ntitle: Page {name}\nredirect_from:\n{redirects}---\nVersion {version}\n")
    (pages / "about.md").write_text(f"---\npermalink: /\n---\nHome {version}\n")
    (pages / "extra.md").unlink(missing_ok=True)
    if version:
        (pages / "extra.md").write_text("---\ntitle: Extra\n---\nOnly here\n")


def main(site: str, times: int) -> None:
    os.chdir(site)
    output = Path("output")
    whole, lasting = [], []
    for version in (0, 1):
        write(version)
        began = time.monotonic()
        built = build("pelicanconf.py")
        assert not built.failed, built.problems
        lasting.append(time.monotonic() - began)
        whole.append(tree(output))
    assert whole[0] != whole[1]
    chance = random.Random(os.environ.get("SEED", "1"))
    killed, faults, seen = 0, [], {0: 0, 1: 0}
    longest = 2 * min(lasting)  # adapts until half of the builds end before they are killed, on any machine
    for number in range(times):
        write(number % 2)
        child = os.fork()
        if child == 0:
            build("pelicanconf.py")
            os._exit(0)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        hit = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        longest *= 1.05 if hit else 0.95
        killed += hit
        left = tree(output) if output.exists() else {}
        if left in whole:
            seen[whole.index(left)] += 1
        else:
            faults.append(f"build {number}: neither the old site nor the new one")
        if number % 20 == 19:
            assert not build("pelicanconf.py").failed
            if tree(output) != whole[number % 2]:
                faults.append(f"the build after {number} did not make its site")
            litter = {path.name for path in Path(".staging-output").iterdir()} - {"lock", "spare", "files.json"}
            if litter or tree(Path(".staging-output/spare")) != tree(output):
                faults.append(f"litter after build {number}: {sorted(litter)}")
    print(json.dumps({"killed": killed, "faults": faults, "seen": seen}))


main(sys.argv[1], int(sys.argv[2]))
