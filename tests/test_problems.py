"""How a problem reads."""

import pytest

from plugins.problems import ContentError, Problem

PROBLEM = Problem("content/pages/about.md", 4, "redirect_from", "'/old?page=2' has a query", "write '/old'")


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        pytest.param(
            PROBLEM, "content/pages/about.md:4: redirect_from: '/old?page=2' has a query; write '/old'", id="all of it"
        ),
        pytest.param(Problem("a.md", 0, "", "is empty"), "a.md: is empty", id="a whole file"),
        pytest.param(Problem("a.md", 2, "title", "x", warning=True), "a.md:2: warning: title: x", id="a warning"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    """A problem is printed as path, line, key, message and hint, with nothing where there is nothing."""
    assert str(problem) == line


def test_an_error_sorts_its_problems() -> None:
    """All problems are sorted by path and line, each once."""
    first, later = Problem("a.md", 2, "k", "m"), Problem("a.md", 10, "k", "m")
    assert ContentError([later, PROBLEM, first, later]).problems == (first, later, PROBLEM)
