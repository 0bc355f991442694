"""The text of content/authors.yml → the authors it knows; a page's ``author`` → the facts about one of them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..problems import Problem
from ..yaml_mapping import Reading, read_mapping
from .keys import canonical
from .placeholders import is_example
from .services import shown

AUTHORS_FILE = "content/authors.yml"
FILL = "write the author's name and facts into it, or 'author_profile: false' into the page"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value as written and parsed, with its place; ``lines`` has those of the keys within it, by their path."""

    value: Any
    path: str
    line: int
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)


Facts = dict[str, Fact]
"""Key → fact, in the order in which the author wrote them."""


@dataclass(slots=True)
class Authors:
    """The authors of one site by name. ``only`` is the author of a block with no name over it, alone in its file."""

    path: str = AUTHORS_FILE
    facts: dict[str, Facts] = field(default_factory=dict)
    only: str | None = None
    problems: list[Problem] = field(default_factory=list)


def read_authors(content: bytes | None, path: str = AUTHORS_FILE) -> Authors:
    """Read the file's bytes; None for a file that does not exist. Never raises.

    Three shapes, as people have them:

    1. ``Jane Doe:`` over her keys, once for each author (academicpages' ``_data/authors.yml``);
    2. ``author:`` over the keys, the block of a ``_config.yml`` (or the whole of one);
    3. the keys by themselves, with nothing over them.
    """
    authors = Authors(path)
    if content is None:
        authors.problems.append(Problem(path, 0, "", "this file is missing", FILL))
        return authors
    try:
        reading = read_mapping(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{content[error.start]:02x} is no UTF-8"
        authors.problems.append(Problem(path, line, "", message, "save the file as UTF-8"))
        return authors
    authors.problems += [replace(problem, path=path) for problem in reading.problems]
    values = reading.values
    block = values.get("author")
    if isinstance(block, dict):
        authors.only = _name_in(block)
        authors.facts[authors.only] = _facts(block, reading, path, "author")
        other = next((key for key in values if key != "author"), None)
        if other is not None:
            line, message = reading.lines[(other,)], "stands beside 'author:' and is not read"
            authors.problems.append(Problem(path, line, other, message, "keep only that block here", warning=True))
    elif any(canonical(key) and not isinstance(value, dict) for key, value in values.items()):
        authors.only = _name_in(values)
        authors.facts[authors.only] = _facts(values, reading, path)
    else:
        for name, block in values.items():
            if isinstance(block, dict | None):
                authors.facts[name] = _facts(block or {}, reading, path, name)
            else:
                message = f"{shown(str(block))} stands where the author's keys belong"
                authors.problems.append(
                    Problem(path, reading.lines[(name,)], name, message, "write them below, indented")
                )
    if not values and not authors.problems:
        authors.problems.append(Problem(path, 0, "", "this file is empty", FILL))
    return authors


def _facts(block: Mapping[str, Any], reading: Reading, path: str, *above: str) -> Facts:
    facts: Facts = {}
    for key, value in block.items():
        at = (*above, key)
        inner = {place[len(at) :]: line for place, line in reading.lines.items() if place[:-1][: len(at)] == at}
        written = value if isinstance(value, bool) else reading.written.get(at, value)
        facts[key] = Fact(written, path, reading.lines.get(at) or reading.lines.get(above, 0), inner)
    return facts


def _name_in(block: Mapping[str, Any]) -> str:
    name = block.get("name")
    return name.strip() if isinstance(name, str) and not is_example("name", name.strip()) else ""


def find(authors: Authors, name: str) -> str | None:
    """Return the known author that ``name`` means: 1. as written, 2. but for blanks and case, 3. by a ``name:``."""
    if name in authors.facts:
        return name
    folded = _folded(name)
    for known in authors.facts:
        if _folded(known) == folded:
            return known
    for known, facts in authors.facts.items():
        if "name" in facts and _folded(str(facts["name"].value)) == folded:
            return known
    return None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def choose(authors: Authors, written: Fact | None, setting: str) -> tuple[str, Facts] | Problem | None:
    """Return name and facts of a page's author; a Problem for one that nobody knows; None where the file is at fault.

    1. the page's ``author``: a name, or the first known one of a list;
    2. the one author of a file whose block has no name over it;
    3. the setting ``AUTHOR``;
    and over what was found, key by key, a mapping in the page's ``author``. An empty key in it changes nothing,
    ``false`` hides the key.
    """
    own: dict[str, Any] = {}
    names: list[str] = []
    for value in written.value if written and isinstance(written.value, list) else [written.value if written else None]:
        if isinstance(value, Mapping):
            own = own or dict(value)
        elif value not in (None, False, ""):
            names.append(str(value).strip())
    at = Fact(None, "", 0)
    if written and own.get("name") and find(authors, str(own["name"])):
        names.insert(0, str(own["name"]))
    if names:
        assert written is not None  # noqa: S101  (names come from it)
        at = written
        chosen = next((known for name in names if (known := find(authors, name)) is not None), None)
    elif authors.only is not None:
        chosen = authors.only
    else:
        chosen, names, at = find(authors, setting), [setting], Fact(None, "pelicanconf.py", 0)
    facts = dict(authors.facts.get(chosen, {})) if chosen is not None else {}
    if chosen is None and not own:
        if not authors.facts:
            return None
        known = ", ".join(shown(name) for name in list(authors.facts)[:5])
        key = "author" if written and at is written else "AUTHOR"
        return Problem(
            at.path,
            at.line,
            key,
            f"{shown(names[0])} is not in {authors.path}",
            f"write one of {known}, or add it there",
        )
    for key, value in own.items():
        assert written is not None  # noqa: S101  (own comes from it)
        if value is None:
            continue
        inner = {place[1:]: line for place, line in written.lines.items() if place[:1] == (key,)}
        named = next((known for known in facts if known == key or (canonical(known) or known) == canonical(key)), key)
        facts[named] = Fact(value, written.path, written.lines.get((key,), written.line), inner)
    return chosen or setting, facts
