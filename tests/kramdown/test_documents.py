"""Whole documents: composed at random, mutated at random."""

import time
from collections.abc import Callable
from random import Random

from plugins.kramdown import KramdownMarkdown
from tests.kramdown.documents import compose, mutate
from tests.kramdown.reading import reading

DOCUMENTS = 1000
MUTATIONS = 4  # of each document: composing costs as much as converting


def test_composed_documents_read_as_in_kramdown(kramdown: Callable[[str], str | None], md: KramdownMarkdown) -> None:
    """At least 995 of 1000 documents come out as in the real kramdown (997 or more do)."""
    unequal: list[str] = []
    failed = 0
    for seed in range(DOCUMENTS):
        source = compose(Random(seed))
        expected = kramdown(source)
        if expected is None:
            failed += 1
        elif reading(md.reset().convert(source)) != reading(expected):
            unequal.append(source)
    assert failed <= DOCUMENTS * 0.05
    assert len(unequal) <= DOCUMENTS * 0.005, unequal[:3]


def test_no_document_crashes_or_hangs(md: KramdownMarkdown) -> None:
    """Any text at all is converted, and within a second."""
    slow: list[tuple[float, int]] = []
    for seed in range(DOCUMENTS, DOCUMENTS + 1250):
        random = Random(seed)
        document = compose(random, blocks=4)
        for _ in range(MUTATIONS):
            source = mutate(random, document)
            began = time.process_time()  # other programs on this machine do not count
            md.reset().convert(source)
            took = time.process_time() - began
            if took > 1:
                slow.append((took, seed))
    assert not slow
