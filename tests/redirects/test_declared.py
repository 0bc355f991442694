"""What pages declare: one entry or many, and a word for each that is no path."""

from typing import Any

import pytest

from plugins.redirects.declared import Page, Place, declared, tabled


def page(**front_matter: Any) -> Page:
    """Return the facts of a page at `/a/` with keys on line 3, 4, …"""
    lines = {key: line for line, key in enumerate(front_matter, 3)}
    return Page("content/pages/a.md", "/a/", front_matter, lines)


ENTRIES = {
    "a list": (["/x/", "/y"], ["/x/", "/y"]),
    "one text": ("/x/", ["/x/"]),
    "nothing": (None, []),
    "an empty list": ([], []),
    "empty entries": (["", None, "  ", "/x/"], ["/x/"]),
    "no leading slash": (["x/"], ["/x/"]),
}
WRONG = {
    "a mapping": ({"a": 1}, "{'a': 1} is a mapping, not a path"),
    "a number": (2020, "2020 is a number, not a path"),
    "a truth value": (True, "True is a truth value, not a path"),
    "a list inside the list": ([["/x/"]], "['/x/'] is a list, not a path"),
    "a number in the list": ([2.5], "2.5 is a number, not a path"),
}


@pytest.mark.parametrize(("value", "sources"), ENTRIES.values(), ids=ENTRIES)
def test_redirect_from_takes_one_or_many(value: object, sources: list[str]) -> None:
    """Every shape that Jekyll accepts leads to the page."""
    redirects, problems = declared([page(redirect_from=value)])
    assert problems == []
    assert [(redirect.source, redirect.target) for redirect in redirects] == [(source, "/a/") for source in sources]


@pytest.mark.parametrize(("value", "message"), WRONG.values(), ids=WRONG)
def test_what_yaml_made_no_path_is_named(value: object, message: str) -> None:
    """A value that is no text is a problem on the key's line."""
    redirects, problems = declared([page(redirect_from=value)])
    assert redirects == []
    line = f"content/pages/a.md:3: redirect_from: {message}; write a path such as '/old/'"
    assert [str(problem) for problem in problems] == [line]


def test_all_faults_of_all_pages_are_told_at_once() -> None:
    """Each bad entry is one line; the good ones are kept."""
    redirects, problems = declared([page(redirect_from=["/old?page=2", "/ok/"], redirect_to="javascript:alert(1)")])
    assert [str(problem) for problem in problems] == [
        "content/pages/a.md:3: redirect_from: '/old?page=2' has a query, which no host can match; write '/old'",
        "content/pages/a.md:4: redirect_to: 'javascript:alert(1)' is neither a path on this site nor an http or https URL",
    ]
    assert [redirect.source for redirect in redirects] == ["/ok/"]


def test_redirect_to_moves_the_page_and_its_first_target_counts() -> None:
    """The page's own address becomes a source."""
    redirects, problems = declared([page(redirect_to=[None, "https://example.org/a b", "/c/"])])
    assert problems == []
    assert [(r.source, r.target) for r in redirects] == [("/a/", "https://example.org/a%20b")]


TABLE_WRONG = {
    "no table": (["/x/"], "REDIRECTS: ['/x/'] is a list, not a table; write {'/old/': '/new/'}"),
    "no target": ({"/x/": None}, "/x/: None is no target; write a path such as '/new/' or a full URL"),
    "a target that is no page": (
        {"/x/": "mailto:a@b.c"},
        "/x/: 'mailto:a@b.c' is neither a path on this site nor an http or https URL",
    ),
    "a source that is no path": ({"/x?y": "/a/"}, "/x?y: '/x?y' has a query, which no host can match; write '/x'"),
    "an unknown status": (
        {"/x/": {"target": "/a/", "status": 303}},
        "/x/: 303 is no status of a redirect; write 301, 302, 307 or 308",
    ),
    "a truth value as status": (
        {"/x/": {"target": "/a/", "status": True}},
        "/x/: True is no status of a redirect; write 301, 302, 307 or 308",
    ),
    "an unknown part": (
        {"/x/": {"target": "/a/", "code": 301}},
        "/x/: 'code' is no part of a redirect; write 'target' and 'status'",
    ),
}


@pytest.mark.parametrize(("table", "line"), TABLE_WRONG.values(), ids=TABLE_WRONG)
def test_a_bad_entry_of_the_table_is_named(table: object, line: str) -> None:
    """Each bad entry of the site's own table is one line."""
    redirects, problems = tabled(table, lambda source: Place("content/redirects.yml", 0, source or "REDIRECTS"))
    assert redirects == []
    assert [str(problem) for problem in problems] == [f"content/redirects.yml: {line}"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_table_takes_a_target_or_a_target_with_a_status(status: int) -> None:
    """Short form for what is permanent, long form for the rest."""
    table = {"/x/": "/a/", "y": {"target": "https://example.org", "status": status}}
    redirects, problems = tabled(table, lambda source: Place("t", 0, source))
    assert problems == []
    assert [(r.source, r.target, r.status) for r in redirects] == [
        ("/x/", "/a/", 301),
        ("/y", "https://example.org/", status),
    ]
