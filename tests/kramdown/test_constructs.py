"""Each construct, and pairs that meet, against golden files and against the real kramdown in the same run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.kramdown import KramdownMarkdown
from tests.kramdown.reading import reading

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def test_there_are_cases() -> None:
    """The table of cases is not empty by accident."""
    assert len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_case_reads_as_expected(case: Path, md: KramdownMarkdown) -> None:
    """The case comes out as its golden file says."""
    assert reading(md.convert(case.read_text("utf-8"))) == reading(case.with_suffix(".html").read_text("utf-8"))


def test_golden_files_are_what_kramdown_makes(kramdown: Callable[[str], str | None]) -> None:
    """The real kramdown makes of every case what its golden file says."""
    wrong = [
        case.stem
        for case in CASES
        if reading(kramdown(case.read_text("utf-8")) or "") != reading(case.with_suffix(".html").read_text("utf-8"))
    ]
    assert not wrong
