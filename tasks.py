"""What one does with the site: `invoke --list`, `invoke -h TASK`. Those for the program's own code are here."""

import os
import subprocess
import sys
from pathlib import Path

from invoke import Context, Exit, task

os.chdir(Path(__file__).parent)  # every path of the settings is relative to the project's root
from plugins.tasks import *  # noqa: E402, F403


@task
def test(c: Context) -> None:
    """Run the tests; what follows `--` goes to pytest: `invoke test -- -k redirects`."""
    # A file's servers and browsers start once; which file is begun when is up to tests/conftest.py.
    parallel = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    if status := subprocess.call([sys.executable, "-m", "pytest", *parallel, *c.remainder.split()]):  # noqa: S603
        raise Exit(code=status)


@task(
    help={
        "what": "redirects: a build beside Hugo, Jekyll and a bare loop; live: a save beside other servers; "
        "entries: publications beside what reads BibTeX alone; "
        "kills: publications that are killed in the transfer; fuzz: whether every page ends quickly"
    }
)
def bench(c: Context, what: str) -> None:
    """Measure how long things take, beside other programs as far as they are installed."""
    if status := subprocess.call([sys.executable, f"tests/bench/{what}.py"]):  # noqa: S603
        raise Exit(code=status)
