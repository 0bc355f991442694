"""Text → values, lines, body."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.front_matter.jekyll import Source, translate
from plugins.front_matter.parse import parse
from plugins.problems import Problems


@pytest.mark.parametrize(
    ("text", "values", "body"),
    [
        pytest.param("---\na: 1\n---\nBody\n", {"a": 1}, "Body\n", id="the usual"),
        pytest.param("---  \na: 1\n---\t \nBody", {"a": 1}, "Body", id="trailing blanks behind both fences"),
        pytest.param("---\na: 1\n...\nBody", {"a": 1}, "Body", id="closed by YAML's own end"),
        pytest.param("\n  \n---\na: 1\n---\nBody", {"a": 1}, "Body", id="blank lines before the first fence"),
        pytest.param("---\n---\nBody", {}, "Body", id="nothing between the fences"),
        pytest.param("---\na: 1\n---", {"a": 1}, "", id="nothing after the last fence"),
        pytest.param("---\na: 1\n---\n---\nb: 2\n---\n", {"a": 1}, "---\nb: 2\n---\n", id="a second block is body"),
        pytest.param("---\na: '---'\nb: |\n  ---\n---\nX", {"a": "---", "b": "---\n"}, "X", id="dashes inside values"),
        pytest.param("Just text\n---\nmore", {}, "Just text\n---\nmore", id="no front matter"),
        pytest.param("", {}, "", id="an empty file"),
    ],
)
def test_a_page_is_taken_apart(text: str, values: dict[str, object], body: str) -> None:
    """Values and body come out as Jekyll takes them."""
    problems = Problems()
    parts = parse(text, "p.md", problems)
    assert (parts.values, parts.body, [*problems]) == (values, body, [])


@pytest.mark.parametrize("before", ["", "\n\n"], ids=["at the top", "after blank lines"])
def test_lines_are_those_of_the_file(before: str) -> None:
    """A key's line and the body's first line count from the top of the file."""
    parts = parse(f"{before}---\n# a comment\na: 1\nb:\n  - x\n---\nBody", "p.md", Problems())
    extra = before.count("\n")
    assert parts.lines == {"a": 3 + extra, "b": 4 + extra}
    assert parts.body_line == 7 + extra


def test_an_open_front_matter_is_a_problem() -> None:
    """A front matter that nothing closes names its first line and the way out."""
    problems = Problems()
    parse("---\ntitle: x\n\nText\n", "p.md", problems)
    assert [str(problem) for problem in problems] == [
        "p.md:1: front matter: '---' opens it here and nothing closes it; add a line '---' after the last key"
    ]


KEYS = [
    "title",
    "permalink",
    "date",
    "tags",
    "lang",
    "status",
    "author",
    "redirect_from",
    "published",
    "timezone",
    "slug",
]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["2024-13-45", "[a, {b: c}]", "{a: b}", "!!python/x y", "&a *a", "*a", "|", ">", "- - -", "no", "0x1F", "1e999"]
    ),
)


@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=6), st.booleans())
def test_no_front_matter_makes_it_crash(lines: list[tuple[str, str]], is_article: bool) -> None:
    """Whatever stands between the fences gives values or problems with a line of the file, never an exception."""
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in lines) + "---\nBody\n"
    problems = Problems()
    parts = parse(text.replace("\r", ""), "p.md", problems)
    metadata = translate(parts, Source("p.md", PurePosixPath("p.md"), is_article), "Site", (), problems)
    assert metadata["title"]
    assert all(0 < problem.line <= text.count("\n") + 1 for problem in problems)
