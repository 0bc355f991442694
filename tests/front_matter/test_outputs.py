"""Two things at one address."""

import pytest

from plugins.portable_names import report_clashes
from plugins.problems import Problems
from plugins.site import Output


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        pytest.param("a.html", "b.html", False, id="different"),
        pytest.param("a.html", "a.html", True, id="the same"),
        pytest.param("A.html", "a.html", True, id="the same but for case"),
        pytest.param("STRASSE.html", "straße.html", True, id="the same where case is folded"),
        pytest.param("a", "a/index.html", True, id="a file where the other needs a folder"),
        pytest.param("a/b", "a/index.html", False, id="two in one folder"),
    ],
)
def test_clashes(first: str, second: str, clash: bool) -> None:
    """Two outputs clash when a disk cannot hold both."""
    problems = Problems()
    report_clashes([Output(first, "1.md"), Output(second, "2.md")], problems)
    assert problems.failed is clash
