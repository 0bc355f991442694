"""Liquid prints what Jekyll prints: the table of cases.txt, and Jekyll itself where it is installed."""

import json
import os
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.liquid.conftest import Run
from tests.liquid.reading import HERE, SITE, Case, cases

CASES = list(cases())


def spaced(printed: str) -> str:
    """Return what is printed without the blank lines and indents of kramdown's HTML, which ours has not."""
    return re.sub(r"(>)(?:\s|\\n)+(?=<|$|\"|\|)|\\n(?=\")|\A\s+\Z", r"\1", printed)


def test_there_are_cases() -> None:
    assert len(CASES) > 300
    assert len({case.topic for case in CASES}) > 20


@pytest.mark.parametrize("case", CASES, ids=[f"{case.topic}: {case.template[:60]}" for case in CASES])
def test_it_prints_what_jekyll_prints(case: Case, run: Run) -> None:
    assert spaced(run(case.template)[0]) == spaced(case.printed)


def test_the_table_is_jekylls(need: Callable[..., str]) -> None:
    """Jekyll prints what the table says."""
    given = json.dumps({"source": str(SITE), "templates": [case.template for case in CASES]})
    command = [need("ruby", "jekyll"), str(HERE / "jekyll.rb")]
    ran = subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=120, env={**os.environ, "TZ": "UTC"}
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [case.printed for case in CASES]
