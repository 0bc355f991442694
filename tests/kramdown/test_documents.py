"""Whole documents: composed at random, mutated at random, long and deep."""

import time
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.kramdown import KramdownMarkdown
from tests.kramdown.documents import compose, mutate
from tests.kramdown.reading import reading

DOCUMENTS = 2000
MUTATED = 5000
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def test_composed_documents_read_as_in_kramdown(
    kramdown: Callable[[str], str | None], md: KramdownMarkdown, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 97 in 100 documents come out as in the real kramdown."""
    unequal: list[str] = []
    seen = 0

    @settings(max_examples=DOCUMENTS, derandomize=True, **QUIET)
    @given(seed=st.integers(0, 2**32))
    def compare(seed: int) -> None:
        nonlocal seen
        source = compose(Random(seed))
        expected = kramdown(source)
        if expected is not None:
            seen += 1
            if reading(md.reset().convert(source)) != reading(expected):
                unequal.append(source)

    compare()
    with capsys.disabled():
        print(f"\n{seen - len(unequal)} of {seen} documents equal ({1 - len(unequal) / seen:.2%})")
    assert seen > DOCUMENTS * 0.95
    assert len(unequal) <= seen * 0.03, unequal[:3]


def test_no_document_crashes_or_hangs(md: KramdownMarkdown) -> None:
    """Any text at all is read, and within a second."""
    slow: list[tuple[float, int]] = []
    for seed in range(MUTATED):
        random = Random(seed)
        source = mutate(random, compose(random))
        began = time.process_time()  # other programs on this machine are not the converter's fault
        md.reset().convert(source)
        took = time.process_time() - began
        if took > 1:
            slow.append((took, seed))
    assert not slow
