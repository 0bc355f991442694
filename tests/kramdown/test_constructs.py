"""Each construct, and combinations of two, against golden files and against the real kramdown."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.kramdown import KramdownMarkdown
from tests.kramdown.reading import reading

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def test_there_are_cases() -> None:
    """The glob of cases is not empty by accident."""
    assert len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_case_reads_as_expected(case: Path, md: KramdownMarkdown) -> None:
    """The converter's output reads as the golden file."""
    assert reading(md.convert(case.read_text("utf-8"))) == reading(case.with_suffix(".html").read_text("utf-8"))


def test_golden_files_are_what_kramdown_makes(kramdown: Callable[[str], str | None]) -> None:
    """The real kramdown's output reads as the golden file."""
    wrong = [
        case.stem
        for case in CASES
        if reading(kramdown(case.read_text("utf-8")) or "") != reading(case.with_suffix(".html").read_text("utf-8"))
    ]
    assert not wrong
