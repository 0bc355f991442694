"""What pages and tables declare: one entry or many, and a problem for each that cannot be a path."""

import pytest

from plugins.problems import Place, Problems
from plugins.redirects.declared import declarations, declare, declare_file, declare_table, moved_pages
from plugins.site import Page, Redirect, Status
from plugins.yaml_mapping import Value, read_yaml


def declared(
    problems: Problems, status: Status = "published", url: str = "a/", **front_matter: Value
) -> list[Redirect]:
    """Return what a page declares whose keys are on line 3, 4, …"""
    lines = {key: line for line, key in enumerate(front_matter, 3)}
    page = Page("content/pages/a.md", url, "a", "A", status=status, front_matter=front_matter, lines=lines)
    return declare(declarations([page]), problems)


def lines_of(problems: Problems) -> list[str]:
    """Return the problems as they are printed."""
    return [str(problem) for problem in problems]


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
    "a Boolean": (True, "True is a Boolean, not a path"),
    "a list inside the list": ([["/x/"]], "['/x/'] is a list, not a path"),
    "a number in the list": ([2.5], "2.5 is a number, not a path"),
}


@pytest.mark.parametrize(("value", "sources"), ENTRIES.values(), ids=ENTRIES)
def test_redirect_from_takes_one_or_many(value: Value, sources: list[str]) -> None:
    """Every shape that Jekyll accepts leads to the page."""
    redirects = declared(problems := Problems(), redirect_from=value)
    assert lines_of(problems) == []
    assert [(redirect.source, redirect.target) for redirect in redirects] == [(source, "/a/") for source in sources]


@pytest.mark.parametrize(("value", "message"), WRONG.values(), ids=WRONG)
def test_a_value_that_yaml_did_not_read_as_a_text_is_a_problem(value: Value, message: str) -> None:
    """The line is the key's."""
    assert declared(problems := Problems(), redirect_from=value) == []
    assert lines_of(problems) == [
        f"content/pages/a.md:3: redirect_from: {message}; write a path such as '/old/'",
    ]


def test_all_problems_of_all_pages_are_reported() -> None:
    """Each bad entry is one line; the good ones are kept."""
    problems = Problems()
    redirects = declared(problems, redirect_from=["/old?page=2", "/ok/"], redirect_to="javascript:alert(1)")
    assert lines_of(problems) == [
        "content/pages/a.md:3: redirect_from: '/old?page=2' has a query, which stubs cannot match; write '/old', or declare it in redirects.yml",
        "content/pages/a.md:4: redirect_to: 'javascript:alert(1)' is neither a path on this site nor an http or https URL; write a path such as '/new/', or an https address",
    ]
    assert [redirect.source for redirect in redirects] == ["/ok/"]


def test_redirect_to_moves_the_page_and_its_first_target_counts() -> None:
    """The page's own address becomes a source, and the page leaves every list."""
    redirects = declared(problems := Problems(), redirect_to=[None, "https://example.org/a b", "/c/"])
    assert lines_of(problems) == []
    assert [(r.source, r.target) for r in redirects] == [("/a/", "https://example.org/a%20b")]
    assert moved_pages(redirects) == {"content/pages/a.md"}


def test_redirect_from_does_not_move_the_page() -> None:
    assert moved_pages(declared(Problems(), redirect_from="/x/")) == set()


@pytest.mark.parametrize(
    ("status", "sources"),
    [
        pytest.param("published", ["/x/"], id="a published page"),
        pytest.param("hidden", ["/x/"], id="a hidden page, which visitors reach by its address"),
        pytest.param("draft", [], id="a draft, whose old addresses stay until it is published"),
    ],
)
def test_the_status_of_a_page_decides(status: Status, sources: list[str]) -> None:
    redirects = declared(Problems(), status, redirect_from="/x/")
    assert [redirect.source for redirect in redirects] == sources


@pytest.mark.parametrize(
    ("url", "target"),
    [
        pytest.param("", "/", id="the home page"),
        pytest.param("gr%C3%B6%C3%9Fe/", "/gr%C3%B6%C3%9Fe/", id="encoded"),
        pytest.param("o'neill/", "/o%27neill/", id="an apostrophe, which would need escaping in quotes"),
    ],
)
def test_the_address_of_a_page_is_a_target(url: str, target: str) -> None:
    assert [redirect.target for redirect in declared(Problems(), url=url, redirect_from="/x/")] == [target]


TABLE_WRONG = {
    "no table": (["/x/"], "REDIRECTS: ['/x/'] is a list, not a table; write {'/old/': '/new/'}"),
    "a source that is a number": ({2020: "/a/"}, "2020: 2020 is not a path; write a path such as '/old/'"),
    "no target": ({"/x/": None}, "/x/: None is not a target; write a path such as '/new/' or a full URL"),
    "a target that is not a page": (
        {"/x/": "mailto:a@b.c"},
        "/x/: 'mailto:a@b.c' is neither a path on this site nor an http or https URL; write a path such as '/new/', or an https address",
    ),
    "a query of letters that hosts compare in different forms": (
        {"/x?ü=1": "/a/"},
        "/x?ü=1: '/x?ü=1' has a query that no host can match; write one such as '/?p=123', of letters, digits and "
        "'_ . ~ - = & + %'",
    ),
    "an unknown status": (
        {"/x/": {"target": "/a/", "status": 303}},
        "/x/: 303 is not a status of a redirect; write 301, 302, 307 or 308",
    ),
    "a Boolean as status": (
        {"/x/": {"target": "/a/", "status": True}},
        "/x/: True is not a status of a redirect; write 301, 302, 307 or 308",
    ),
    "an unknown part": (
        {"/x/": {"target": "/a/", "code": 301}},
        "/x/: 'code' is not a part of a redirect; write 'target' and 'status'",
    ),
}


@pytest.mark.parametrize(("table", "line"), TABLE_WRONG.values(), ids=TABLE_WRONG)
def test_a_bad_entry_of_a_table_is_a_problem(table: object, line: str) -> None:
    """Each bad entry is one line."""
    problems = Problems()
    assert declare_table(table, lambda source: Place("content/redirects.yml", 0, source or "REDIRECTS"), problems) == []
    assert lines_of(problems) == [f"content/redirects.yml: {line}"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_table_takes_a_target_or_a_target_with_a_status(status: int) -> None:
    """Short form for what is permanent, long form for the rest."""
    table = {"/x/": "/a/", "y": {"target": "https://example.org", "status": status}}
    redirects = declare_table(table, lambda source: Place("t", 0, source), problems := Problems())
    assert lines_of(problems) == []
    assert [(r.source, r.target, r.status) for r in redirects] == [
        ("/x/", "/a/", 301),
        ("/y", "https://example.org/", status),
    ]


def test_a_file_is_a_table_with_lines() -> None:
    """A problem names the line of its source."""
    problems = Problems()
    reading = read_yaml(b"/x/: /a/\n/y/:\n", "content/redirects.yml", problems)
    redirects = declare_file(reading, "content/redirects.yml", problems)
    assert [(r.source, r.target, r.place.line) for r in redirects] == [("/x/", "/a/", 1)]
    assert lines_of(problems) == [
        "content/redirects.yml:2: /y/: None is not a target; write a path such as '/new/' or a full URL"
    ]
