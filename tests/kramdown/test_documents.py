"""Whole documents, composed at random, beside the real kramdown."""

from collections.abc import Callable
from random import Random

from plugins.kramdown import KramdownMarkdown
from tests.kramdown.documents import compose
from tests.kramdown.reading import reading

DOCUMENTS = 1000


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
