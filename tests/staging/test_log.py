"""What Pelican only logs becomes a problem or a warning."""

import logging
from pathlib import Path

import pytest

from plugins.problems import ContentError, Problem
from plugins.staging.log import Listener
from tests.conftest import Site


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """A log that is listened to, in a project with one page."""
    (tmp_path / "content" / "pages").mkdir(parents=True)
    (tmp_path / "content" / "pages" / "a.md").touch()
    monkeypatch.chdir(tmp_path)
    return []


def report(found: list[Problem], level: int, message: str, *arguments: object) -> list[str]:
    logger = logging.Logger("pelican.generators")
    logger.addHandler(Listener(found.append))
    logger.log(level, message, *arguments)
    return [str(problem) for problem in found]


@pytest.mark.parametrize("path", ["content/pages/a.md", "pages/a.md"])
def test_a_file_that_is_skipped_is_a_problem(found: list[Problem], path: str) -> None:
    assert report(found, logging.ERROR, "Skipping %s: could not\n  find", path) == [
        f"content/pages/a.md: Skipping {path}: could not find"
    ]


def test_a_file_that_is_not_copied_is_a_problem(found: list[Problem]) -> None:
    here = Path("content/pages/a.md").resolve()
    reported = report(
        found, logging.WARNING, "A problem occurred copying file %s to %s; %s", str(here), "/x", "No space left"
    )
    assert reported == ["content/pages/a.md: A problem occurred copying file content/pages/a.md to /x; No space left"]


def test_any_other_warning_is_a_warning(found: list[Problem]) -> None:
    assert report(found, logging.WARNING, "Odd %s", "thing") == ["pelican.generators: warning: Odd thing"]


def test_a_link_to_nothing_has_its_line_and_an_empty_description_is_no_fault(home: None, site: Site) -> None:
    site.write("content/pages/a.md", "---\ntitle: A\n---\n![](/x.png)\n\n[b]({filename}none.md)\n")
    assert site.build().lines == [
        "content/pages/a.md:6: warning: link: '{filename}none.md' leads to no page or file of this site; write its path "
        "below content/"
    ]


def test_what_was_raised_is_reported_with_it(found: list[Problem]) -> None:
    try:
        raise ValueError("month must be in 1..12")
    except ValueError:
        reported = report(found, logging.ERROR, "Could not process %s", "pages/a.md")
    assert reported == ["content/pages/a.md: Could not process pages/a.md: ValueError: month must be in 1..12"]


def test_how_a_build_ended_is_not_reported_twice(found: list[Problem]) -> None:
    try:
        raise ContentError([])
    except ContentError:
        assert report(found, logging.CRITICAL, "ContentError") == []


def test_what_is_no_warning_is_not_heard(found: list[Problem]) -> None:
    assert report(found, logging.INFO, "Writing") == []
