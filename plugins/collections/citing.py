"""Entries → records of a bibliography: what a reader who cites one needs, in BibTeX's fields."""

import re
import unicodedata
from collections.abc import Container

from markupsafe import escape

from .bibtex import MONTHS
from .entry import Entry, PartialDate, Person
from .kinds import CATEGORIES, KINDS
from .records import Field, Record
from .tex import to_tex

_LINKED = {"project": "website", **{kind: kind for kind in "pdf code data slides poster video".split()}}
"""Kind of a link → the field of BibTeX that it goes to."""


def record_of(entry: Entry) -> Record:
    """Return the record of an entry, without a key."""
    kind = entry.kind if entry.kind in KINDS else CATEGORIES.get(entry.category.lower(), "")
    kind = kind or ("article" if entry.venue else "misc")
    kind = "misc" if kind == "preprint" else kind  # which BibTeX does not know
    arxiv = next((link.url for link in entry.links if link.kind == "arxiv"), "").rpartition("/abs/")[2]
    fields = {
        "author": authors_to_tex(entry),
        "title": to_tex(entry.title_html, keep_case=True),
        next(iter(KINDS[kind].venue)): to_tex(entry.venue),
        **date_to_tex(entry.date),
        **{name: to_tex(escape(value)) for name, value in entry.fields.items()},
        "doi": entry.doi,
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        **links_to_fields(entry),
        "award": to_tex(escape(entry.award)),
        "note": next((to_tex(detail.html) for detail in entry.details if detail.key == "note"), ""),
        "abstract": "\n\n".join(map(to_tex, re.findall(r"(?s)<p>(.*?)</p>", entry.abstract) or [entry.abstract])),
    }
    return Record(kind, "", 0, {name: Field(tex) for name, tex in fields.items() if tex.strip()})


def links_to_fields(entry: Entry) -> dict[str, str]:
    """Return the addresses of an entry by BibTeX's field: ``url`` is where the title leads, if no other link does."""
    said = {link.url.lower() for link in entry.links if link.kind in ("doi", "arxiv", *_LINKED)}
    fields = {"url": "" if entry.url.lower() in said else entry.url}
    return fields | {_LINKED[link.kind]: link.url for link in reversed(entry.links) if link.kind in _LINKED}


def citation_key(entry: Entry, taken: Container[str]) -> str:
    """Return a key such as ``knuth1984literate`` that is not ``taken``."""
    person = next(iter(entry.authors), Person())
    family = (person.family or person.literal).split()
    word = next((word for word in re.findall(r"\w+", entry.title) if len(word) > 3), entry.title)
    written = f"{family[-1] if family else ''}{entry.date.year or ''}{word}"
    key = base = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", written).lower()) or "entry"
    number = 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def authors_to_tex(entry: Entry) -> str:
    """Return the authors as BibTeX divides them."""
    names = [*map(name_to_tex, entry.authors), *(["others"] if entry.others else [])]
    return " and ".join(names)


def name_to_tex(person: Person) -> str:
    """Return a name as BibTeX divides it."""
    family, given, particle, suffix = (_part(part) for part in person[:4])
    if not person.family or not (given or " " not in person.family):
        return f"{{{to_tex(escape(person.literal or str(person)))}}}"
    if any(word[:1].islower() for word in person.family.split()[:-1]):
        family = f"{{{family}}}"
    last = " ".join(filter(None, (particle, family)))
    return ", ".join(filter(None, (last, suffix, given)))


def _part(text: str) -> str:
    tex = to_tex(escape(text))
    return f"{{{tex}}}" if "," in tex or re.search(r"(?i)\band\b", tex) else tex


def date_to_tex(date: PartialDate) -> dict[str, str]:
    """Return what is known of a date as BibTeX's fields."""
    year, text = str(date.year or ""), to_tex(escape(date.text))
    named = text if not year or year in text else ""
    return {
        "year": named or year,
        "month": MONTHS[date.month - 1] if date.month else "",
        "day": str(date.day or ""),
        "pubstate": "" if named else text,
    }
