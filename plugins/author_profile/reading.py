"""Facts about one author → the author's Profile."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from markupsafe import Markup

from ..markup import to_text
from ..pictures import FACE, Focus
from ..problems import InvalidValueError, Place, Problems
from ..yaml_mapping import Value
from .authors import Fact, Facts, is_filled
from .inline import LONGEST, lost_tags, to_html
from .keys import TEXTS, is_example
from .links import Link, read_links
from .names import monogram
from .profile import Affiliation, Avatar, Profile
from .values import RejectedValueError, any_address, cleaned, quoted

_FOCUS = {"left": "0%", "center": "50%", "right": "100%", "top": "0%", "bottom": "100%"}
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?")


def make_profile(name: str, facts: Facts, problems: Problems) -> Profile:
    """Return the profile of the author called ``name``, without what comes from files: portrait and icons.

    ``keys.py`` and ``services.py`` state what each key may contain. An empty value or ``false`` counts as no key.
    """
    reader = _Reader(facts, problems)
    display = reader.markup("name", markdown=False)
    display = display if to_text(display) else to_html(name, markdown=False)
    shown_name = to_text(display)
    return Profile(
        name=shown_name,
        display=display,
        monogram=monogram(shown_name),
        native_name=reader.words("native_name"),
        pronunciation=reader.words("pronunciation"),
        post_nominals=reader.words("post_nominals"),
        pronouns=reader.words("pronouns"),
        role=reader.markup("role"),
        bio=reader.markup("bio"),
        location=reader.markup("location"),
        address=tuple(reader.lines("address")),
        affiliations=tuple(reader.affiliations()),
        interests=tuple(reader.interests()),
        links=_distinct(reader.links()),
        avatar=reader.avatar(shown_name),
    )


def _distinct(links: Iterator[Link]) -> tuple[Link, ...]:
    """Return the links, each address once; links with the same label get their id as well."""
    once: dict[object, Link] = {}
    for link in links:
        once.setdefault(link.url or link, link)
    labels = Counter(link.label for link in once.values())
    return tuple(
        link._replace(label=f"{link.label} ({link.id})") if link.id and labels[link.label] > 1 else link
        for link in once.values()
    )


@dataclass
class _Reader:
    """Reads the facts about one author by their keys, and reports invalid ones."""

    facts: Facts
    problems: Problems

    def fact(self, key: str) -> Fact | None:
        """Return the filled fact of a key; of several, the one whose key is written as it is in ``KEYS``."""
        facts = [fact for fact in self.facts if fact.key == key and is_filled(fact.value)]
        return min(facts, key=lambda fact: fact.place.key != key, default=None)

    def text(self, key: str) -> str:
        """Return a key's text; a list is joined; "" for an empty value and for the template's example."""
        fact = self.fact(key)
        if fact is None:
            return ""
        parts = fact.value if isinstance(fact.value, list) else [fact.value]
        if any(isinstance(part, dict | list | bool) for part in parts):
            what = "'true'" if fact.value is True else "more than one text"
            self.problems.warn(fact.place, f"is {what}, so it is left out", "write one text")
            return ""
        separator = "\n" if key in ("bio", "address") else ", "
        text = separator.join(cleaned(str(part)) for part in parts if is_filled(part))
        return "" if self.is_example(key, text, fact.place) else text

    def is_example(self, key: str, text: str, place: Place) -> bool:
        """Return whether a text is the template's example, and report it."""
        if found := is_example(key, text):
            message = f"{quoted(text)} is the template's example, so it is left out"
            self.problems.warn(place, message, "write yours or delete the key")
        return found

    def markup(self, key: str, *, markdown: bool = True) -> Markup:
        """Return a key's text as safe inline HTML."""
        fact, text = self.fact(key), self.text(key)
        return self.safe(text, fact.place, markdown=markdown) if fact else Markup()

    def safe(self, text: str, place: Place, *, markdown: bool = True) -> Markup:
        """Return a text as safe inline HTML, and report the tags that it loses."""
        if lost := lost_tags(text):
            message = f"{', '.join(f'<{tag}>' for tag in lost)} is not allowed in the sidebar, so it is left out"
            self.problems.warn(place, message, "write text, <br>, <b>, <i> or <a>")
        if len(text) > LONGEST:
            message = f"is longer than {LONGEST} characters, so its markup is not read"
            self.problems.warn(place, message, "write a page")
        return to_html(text, markdown=markdown)

    def words(self, key: str) -> str:
        """Return a key's text without markup."""
        return to_text(self.markup(key))

    def lines(self, key: str) -> Iterator[str]:
        """Yield the lines of a key's text without markup."""
        html = to_html(self.text(key), markdown=False)
        return (to_text(line) for line in re.split(r"<br>|\n", html) if line)

    def interests(self) -> Iterator[Markup]:
        """Yield the items of a list; one text is split at its commas and semicolons."""
        fact = self.fact("interests")
        value = fact.value if fact else None
        parts = value if isinstance(value, list) else re.split(r"\s*[,;]\s*", str(value or ""))
        return (to_html(cleaned(str(part))) for part in parts if is_filled(part) and not isinstance(part, dict | list))

    def avatar(self, name: str) -> Avatar | None:
        fact, value, alt = self.fact("avatar"), self.text("avatar"), self.fact("avatar_alt")
        if fact and value:
            return Avatar(value, self.words("avatar_alt") or name, fact.place, self.focus())
        if alt:
            self.problems.warn(alt.place, "has no avatar to describe, so it is left out", "write 'avatar:' as well")
        return None

    def focus(self) -> Focus:
        """Return the point of the portrait to keep: words as CSS's ``object-position`` has, or percentages."""
        fact = self.fact("avatar_focus")
        if fact is None:
            return FACE
        words = cleaned(str(fact.value)).casefold().split()
        if words and words[0] in ("top", "bottom"):
            words = [*(words[1:] or ["center"]), words[0]]
        steps = [_FOCUS.get(word) or (re.fullmatch(r"(\d{1,2}|100)%", word) or [""])[0] for word in words]
        if not 1 <= len(steps) <= 2 or not all(steps):
            message = f"{quoted(str(fact.value))} is not a place in the picture, so it is left out"
            self.problems.warn(fact.place, message, "write 'top', 'left' or two percentages such as '50% 20%'")
            return FACE
        horizontal, vertical = (int(step.rstrip("%")) / 100 for step in (*steps, "33%")[:2])
        return horizontal, vertical

    def affiliations(self) -> Iterable[Affiliation]:
        """Return the organisations of ``affiliation`` and ``employer``: texts or {name, url, ror}, each once."""
        once: dict[str, Affiliation] = {}
        for fact in self.facts:
            for part, place in fact.parts() if fact.key in ("affiliation", "employer") else ():
                if found := self.affiliation(fact.key, part, place):
                    once.setdefault(found.text, found)
        return once.values()

    def affiliation(self, key: str, value: Value, place: Place) -> Affiliation | None:
        given = value if isinstance(value, dict) else {"name": value}
        name, url, ror = (cleaned(str(given.get(part) or "")) for part in ("name", "url", "ror"))
        if not name:
            hint = "write 'name:', and 'url:' and 'ror:' if you like"
            self.problems.warn(place, "has no name, so it is left out", hint)
            return None
        if self.is_example(key, name, place):
            return None
        markup = self.safe(name, place)
        number = _ROR.fullmatch(ror)
        if ror and not number:
            message = f"{quoted(ror)} is not a ROR id, so it is left out"
            self.problems.warn(place, message, "write one such as 'https://ror.org/052gg0110'")
        address = ""
        with self.leaving_out(place):
            address = any_address(url) if url else ""
        return Affiliation(markup, to_text(markup), address, f"https://ror.org/{number[1]}" if number else "")

    def links(self) -> Iterator[Link]:
        """Yield the links of every key that is not shown as text."""
        for fact in self.facts:
            for part, place in fact.parts() if fact.key not in TEXTS and fact.key != "address" else ():
                with self.leaving_out(place):
                    yield from read_links(fact.key, part, place, self.problems)

    @contextmanager
    def leaving_out(self, place: Place) -> Iterator[None]:
        """Report a value that the block refuses, and leave it out; some end the build."""
        try:
            yield
        except RejectedValueError as error:
            self.problems.error(place, error.message, error.hint)
        except InvalidValueError as error:
            self.problems.warn(place, f"{error.message}, so it is left out", error.hint)
