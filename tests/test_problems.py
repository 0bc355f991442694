"""How a problem reads."""

import pytest

from plugins.problems import ContentError, Problem, acknowledge

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


WARNING = Problem("content/a:b/c.md", 12, "<img>", "'/x:1: y' does not exist", "put it there", warning=True)
MOVED = Problem("content/a:b/c.md", 40, "<img>", "'/x:1: y' does not exist", "put it there", warning=True)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(str(WARNING), id="as it is printed"),
        pytest.param(str(MOVED), id="with another line"),
        pytest.param(WARNING.without_line, id="without a line"),
        pytest.param(f"  {WARNING}\n", id="with blanks around it"),
    ],
)
def test_a_warning_is_acknowledged_by_its_text(entry: str) -> None:
    assert acknowledge([WARNING, PROBLEM, MOVED], [entry]) == ([PROBLEM], [])


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(str(PROBLEM), id="an error"),
        pytest.param(PROBLEM.without_line, id="an error without its line"),
        pytest.param(str(PROBLEM).replace(":4: ", ":4: warning: "), id="an error called a warning"),
        pytest.param(str(WARNING).removesuffix("there"), id="a part of a warning"),
        pytest.param(str(WARNING).replace("c.md", "d.md"), id="a warning about another file"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_entry_that_quotes_no_warning_changes_nothing_and_is_returned(entry: str) -> None:
    assert acknowledge([WARNING, PROBLEM], [entry]) == ([WARNING, PROBLEM], [entry])
