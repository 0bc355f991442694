"""The records of content/authors.yml → the authors; a page's ``author`` → the facts about one of them."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from ..markup import to_text
from ..problems import Place, Problems
from ..site import Page
from ..yaml_mapping import Path, Reading, Value
from .keys import KEYS, canonical, is_example
from .values import quoted

AUTHORS_FILE = "content/authors.yml"


class Fact(NamedTuple):
    """One key of an author and its value.

    ``key`` is the canonical key; ``place`` names it as the author wrote it. ``lines`` gives the line of each key within
    the value by its path.
    """

    key: str
    value: Value
    place: Place
    lines: Mapping[Path, int] = {}

    def parts(self) -> Iterator[tuple[Value, Place]]:
        """Yield each filled item of a list, or the one value, with its place."""
        first = {path[0]: line for path, line in sorted(self.lines.items(), key=itemgetter(1), reverse=True)}
        for index, item in enumerate(self.value if isinstance(self.value, list) else [self.value]):
            if is_filled(item):
                yield item, self.place._replace(line=first.get(index, self.place.line))


_Inner = Mapping[Path, Mapping[Path, int]]  # a key, and one within it → the line of each key below it

Facts = tuple[Fact, ...]
"""What is known of one author, in the order in which it is written."""


class Authors(NamedTuple):
    """The facts about each author of a site by name; ``only`` is the author of a block without a name over it."""

    path: str = AUTHORS_FILE
    facts: Mapping[str, Facts] = {}
    only: str | None = None
    exists: bool = True


class Author(NamedTuple):
    """The author of a page; ``overridden`` if the page itself states some of the facts."""

    name: str
    facts: Facts
    overridden: bool = False


def is_filled(value: Value) -> bool:
    """Return whether a value is there: not null, empty or ``false``, which hides a key."""
    return value is not None and value is not False and value not in ("", [], {})


def read_authors(reading: Reading | None, path: str, problems: Problems) -> Authors:
    """Return the authors in the file at ``path``, of which ``reading`` is the content; None if it does not exist.

    Three shapes occur:

    1. ``Jane Doe:`` over her keys, once for each author (academicpages' ``_data/authors.yml``);
    2. ``author:`` over the keys, the block of a ``_config.yml`` (or the whole of one);
    3. the keys alone.
    """
    if reading is None:
        return Authors(path, exists=False)
    values = reading.values
    inner: dict[Path, dict[Path, int]] = defaultdict(dict)
    for where, line in reading.lines.items():
        for depth in range(1, min(len(where), 3)):
            inner[where[:depth]][where[depth:]] = line
    block = values.get("author")
    if isinstance(block, dict):
        if (other := next((key for key in values if key != "author"), None)) is not None:
            place = Place(path, reading.lines[(other,)], other)
            problems.warn(place, "is outside 'author:' and is ignored", "keep only that block in this file")
        return _single_author(path, _facts(block, reading, inner, path, "author"))
    if any(canonical(key) in KEYS and not isinstance(value, dict) for key, value in values.items()):
        return _single_author(path, _facts(values, reading, inner, path))
    authors: dict[str, Facts] = {}
    for name, block in values.items():
        if isinstance(block, dict | None):
            authors[name] = _facts(block or {}, reading, inner, path, name)
        else:
            place = Place(path, reading.lines[(name,)], name)
            problems.error(place, f"{quoted(str(block))} is not a block of keys", "write 'key: value' lines below it")
    return Authors(path, authors)


def _single_author(path: str, facts: Facts) -> Authors:
    name = next((fact.value for fact in facts if fact.key == "name"), None)
    only = name.strip() if isinstance(name, str) and not is_example("name", name.strip()) else ""
    return Authors(path, {only: facts}, only)


def _facts(block: Mapping[str, Value], reading: Reading, inner: _Inner, path: str, *above: str) -> Facts:
    facts = []
    for key, value in block.items():
        at = (*above, key)
        written = value if isinstance(value, bool) else reading.written.get(at, value)
        line = reading.lines.get(at) or reading.lines.get(above, 0)
        facts.append(Fact(canonical(key), written, Place(path, line, key), inner.get(at, {})))
    return tuple(facts)


def find(authors: Authors, name: str) -> str | None:
    """Return the author that ``name`` means: 1. as written, 2. ignoring spaces and case, 3. by a ``name:``."""
    if name in authors.facts:
        return name
    folded = _folded(name)
    keys = (known for known in authors.facts if _folded(known) == folded)
    names = ((known, str(fact.value)) for known, facts in authors.facts.items() for fact in facts if fact.key == "name")
    return next(chain(keys, (known for known, value in names if _folded(value) == folded)), None)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def choose_author(authors: Authors, page: Page, default: str, problems: Problems) -> Author | None:
    """Return the author of a page; None, with an error reported, for an author that nobody knows.

    1. the page's ``author``: a name, or the first known one of a list;
    2. the one author of a file without a name over the keys;
    3. ``default``, the setting ``AUTHOR``.

    A mapping in the page's ``author`` overrides what was found, key by key: an empty key in it changes nothing,
    ``false`` hides the key.
    """
    written = page.front_matter.get("author")
    place = page.place("author")
    own: dict[str, Value] = {}
    names: list[str] = []
    for value in written if isinstance(written, list) else [written]:
        if isinstance(value, dict):
            own = own or value
        elif value not in (None, False, ""):
            names.append(str(value).strip())
    facts = tuple(Fact(canonical(key), value, place._replace(key=key)) for key, value in own.items())
    own_name = next((str(fact.value) for fact in facts if fact.key == "name" and fact.value), "")
    if own_name and find(authors, own_name) is not None:
        names.insert(0, own_name)
    if names:
        chosen = next((known for name in names if (known := find(authors, name)) is not None), None)
    elif authors.only is not None:
        chosen = authors.only
    else:
        chosen, names, place = find(authors, default), [default], Place("pelicanconf.py", 0, "AUTHOR")
    if chosen is None and not own:
        _report_unknown(authors, names[0], place, problems)
        return None
    known_facts = authors.facts[chosen] if chosen is not None else ()
    return Author(chosen or default, _overridden(known_facts, facts), not isinstance(written, str | None))


def names_of(authors: Authors, page: Page, default: str) -> list[str]:
    """Return the names under which the author of a page writes: also in another script, and the ``name_variants``."""
    author = choose_author(authors, page, default, Problems()) or Author(default, ())
    named = {fact.key: fact for fact in author.facts if fact.key in ("name", "native_name", "name_variants")}
    values = [author.name, *(value for fact in named.values() for value, _ in fact.parts())]
    return [text for value in values if isinstance(value, str) and (text := to_text(value))]


def _overridden(facts: Facts, own: Facts) -> Facts:
    """Return facts with those of a page in place of the ones with the same key; new keys follow."""
    replacements = {fact.key: fact for fact in own if fact.value is not None}
    merged = (*(replacements.get(fact.key, fact) for fact in facts), *replacements.values())
    return tuple({(fact.key, fact.place): fact for fact in merged}.values())


def _report_unknown(authors: Authors, name: str, place: Place, problems: Problems) -> None:
    if authors.facts:
        known = ", ".join(quoted(name) for name in list(authors.facts)[:5])
        problems.error(place, f"{quoted(name)} is not in {authors.path}", f"write one of {known}, or add it there")
    elif not any(problem.path == authors.path and not problem.warning for problem in problems):  # not reported yet
        message = "this file is empty" if authors.exists else "this file is missing"
        hint = "write the author's name and facts into it, or 'author_profile: false' into the page"
        problems.error(Place(authors.path), message, hint)
