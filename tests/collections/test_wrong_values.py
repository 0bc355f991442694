"""Every value of the wrong type, shape or size under every key of a document: a located line, or it is handled."""

import json
import re
from urllib.parse import urlsplit

import pytest

from plugins.collections import keys
from plugins.collections.entry import Entry
from plugins.collections.reading import read_documents
from plugins.front_matter import is_withheld, parse
from plugins.markup import scan
from plugins.problems import Problems
from tests.collections.documents import convert, document
from tests.test_wrong_values import VALUES, YAML, check_lines

TYPICAL = {
    "location": "Rome",
    "paperurl": "/files/paper.pdf",
    "date": "2020-05-17",
    "authors": "Ann Lee",
    "permalink": "/p",
}
NAMES = sorted(
    {*keys.FACTS, "header", "location", "volume", "paperurl", "arxiv", "doi", "links", "venueurl", "foo", "status"}
)
DEEP = [  # what is inside a list or a mapping of a key that takes one
    f"{outer.replace('{}', value)}"
    for outer in ("[{}]", "{url: {}}", "{label: {}, url: /a/}", "{name: {}}", "{teaser: {}}")
    for value in ("null", "[]", "{a: 1}", "[[x]]", ".nan", "2024-01-01", '"a\\0b"', "'<b \"&'", '"javascript:alert(1)"')
]


def read(text: str) -> tuple[list[Entry], Problems]:
    """Return the entries of one document as a build reads it: none if its YAML is wrong."""
    problems = Problems()
    path = "content/publications/2020-05-17-paper.md"
    parts = parse(text, path, problems)
    if problems.failed or is_withheld(parts, path, problems):
        return [], problems
    return read_documents([document(text)], convert, problems), problems


def check(entry: Entry) -> None:
    """What is read can be shown: it has a title and an id, its links lead somewhere, its HTML can be taken apart."""
    assert entry.title
    assert re.fullmatch(r"[^\s\"'<>&#]+", entry.anchor), entry.anchor
    for link in entry.links:
        assert link.label
        assert link.label.isprintable()
        assert not re.search(r"[\s\"<>]", link.url), link.url
        assert urlsplit(link.url).scheme in ("", "http", "https", "ftp", "mailto"), link.url
    if entry.url:
        assert not re.search(r"[\s\"<>]", entry.url), entry.url
    assert all(person.literal or person.family for person in entry.authors)
    for html in (entry.title_html, entry.venue, entry.citation, entry.abstract, entry.body):
        assert "".join(token.source for token in scan(html)) == html
    json.dumps([entry.title, *map(str, entry.authors), entry.date, entry.kind, entry.category, entry.award])


@pytest.mark.parametrize("key", NAMES)
def test_no_value_of_a_key_ends_in_a_traceback(key: str) -> None:
    problems = Problems()
    for value in [*VALUES, *DEEP]:
        others = "".join(f"{other}: {text}\n" for other, text in TYPICAL.items() if keys.name(other) != key)
        entries, found = read(
            f"---\ntitle: T\n{key}: {value}\n{others}---\nHello.\n"
            if key != "title"
            else f"---\n\n{key}: {value}\n{others}---\n"
        )
        for entry in entries:
            check(entry)
        for problem in found:
            assert problem.line == 3 or not problem.key.startswith(key), str(problem)
        problems.extend(found)
    check_lines(problems)


def test_no_yaml_ends_in_a_traceback() -> None:
    problems = Problems()
    for value in YAML:
        entries, found = read(f"---\ntitle: {value}\n---\nHello.\n")
        assert entries or found.failed
        problems.extend(found)
    check_lines(problems)


BODIES = [
    *("", "\n\n", "# ", "# T", "T\n=\n", "---\n---\n", "---\n", "---\ntitle: x\n", "\ufeff---\ntitle: x\n---\n", "@article{", "```\n@a{\n"),
    *("@article{x,\n  title = {A}\n}\n" * 3, "<h1 id=x>", "<img", "{{ x }}{% if %}", "$$x", "<!-- x", "#" * 999, "> " * 999, "[a](" * 999),
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_no_text_without_front_matter_ends_in_a_traceback(body: str) -> None:
    for text in (body, f"---\ntitle: T\n---\n{body}"):
        entries, problems = read(text)
        for entry in entries:
            check(entry)
        assert entries or problems.failed
