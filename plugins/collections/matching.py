"""Entries of documents and of a bibliography → entries in which each publication is once, and their records.

What one publication says in both is one entry: front matter wins, and the bibliography adds what it does not say.
Matched by DOI, then by the title, without case, accents and punctuation.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..addresses import below
from ..problems import Problems
from .anchors import Anchors
from .bibliography import LINKS, Reference, read_inline
from .citing import citation_key, links_to_fields, record_of
from .entry import Entry
from .kinds import VENUES
from .records import COLLECTION, PUBLIC, Field, Record, to_bibtex

_ADDED = "url authors venue kind category award abstract picture doi selected".split()
"""Attributes of an entry that a bibliography fills in where front matter has nothing."""

_FACTS: Mapping[str, Sequence[str]] = {  # attribute of an entry → BibTeX's fields that say the same
    "title_html": ("title", "subtitle"),
    "authors": ("author", "editor"),
    "venue": VENUES,
    "date": ("date", "year", "month", "day", "pubstate"),
    "doi": ("doi",),
    "award": ("award",),
    "abstract": ("abstract",),
}
_UNSHOWN = frozenset(("abstract", "abbr", "selected", "preview", "bibtex_show", "keywords"))
"""Fields of the published file that the text on the page lacks: they are shown beside it, or say how."""


def merge(
    entries: Iterable[Entry],
    references: Sequence[Reference],
    site_url: str,
    taken: Collection[str],
    problems: Problems,
) -> tuple[list[Entry], Mapping[str, Record]]:
    """Return the entries, those of the bibliography that match no document last; and the records of publications.

    A document that holds BibTeX itself is matched by that. ``taken`` are the ids that pages have. A record, found by
    its entry's anchor, says what the entry says; its addresses are whole ones.
    """
    references = _once(references)
    keys = {record.key for _, record in references}
    merged: list[Entry] = []
    records: dict[str, Record] = {}
    for entry, written in _matched(entries, references, Anchors(taken), problems):
        if entry.collection == COLLECTION:
            record = written or record_of(entry)._replace(key=citation_key(entry, keys))
            keys.add(record.key)
            records[entry.anchor] = record = _published(record, entry, site_url)
            if written and written.tex("bibtex_show").lower() == "false":
                entry = entry._replace(bibtex="")
            elif written or not entry.bibtex:  # what cannot be read stays as its author wrote it
                entry = entry._replace(bibtex=to_bibtex(record, PUBLIC - _UNSHOWN))
        merged.append(entry)
    return merged, records


def _once(references: Sequence[Reference]) -> Sequence[Reference]:
    """Return the references without those that an earlier file has too, by DOI or title."""
    paths: dict[str, str] = {}
    kept: list[Reference] = []
    for reference in references:
        entry = reference.entry
        names = [name for name in (entry.doi.lower(), title_key(entry.title)) if name]
        if all(paths.setdefault(name, entry.place.path) == entry.place.path for name in names):
            kept.append(reference)
    return kept


def title_key(title: str) -> str:
    """Return what two spellings of one title share."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    return re.sub(r"[\W_]+", "", "".join(letter for letter in folded if not unicodedata.combining(letter)))


def _matched(
    entries: Iterable[Entry], references: Sequence[Reference], anchors: Anchors, problems: Problems
) -> Iterator[tuple[Entry, Record | None]]:
    by_doi = {entry.doi.lower(): number for number, (entry, _) in reversed([*enumerate(references)]) if entry.doi}
    by_title = {title_key(entry.title): number for number, (entry, _) in reversed([*enumerate(references)])}
    left = dict(enumerate(references))
    for entry in entries:
        number = by_doi.get(entry.doi.lower()) if entry.doi else None
        if number is None and references:
            number = by_title.get(title_key(entry.title))
        reference = left.pop(number, None) if number is not None and entry.collection == COLLECTION else None
        if entry.bibtex and entry.collection == COLLECTION:
            reference = read_inline(entry.bibtex, entry.place, problems) or reference
        yield _merged(entry, reference) if reference else (entry, None)
    yield from ((entry._replace(anchor=anchors.take(entry.anchor)), record) for entry, record in left.values())


def _merged(entry: Entry, reference: Reference) -> Reference:
    found, record = reference
    urls = {link.url for link in entry.links}
    keys = {detail.key for detail in entry.details}
    whole = entry._replace(
        **{name: getattr(found, name) for name in _ADDED if not getattr(entry, name)},
        others=entry.others if entry.authors else found.others,
        date=entry.date if any(entry.date) else found.date,
        links=(*entry.links, *(link for link in found.links if link.url not in urls)),
        details=(*entry.details, *(detail for detail in found.details if detail.key not in keys)),
        fields={**found.fields, **entry.fields},
    )
    generated = record_of(whole)
    fields = dict(record.fields)
    for fact, names in _FACTS.items():
        if getattr(whole, fact) != getattr(found, fact):
            fields = {name: field for name, field in fields.items() if name not in names}
            fields |= {name: generated.fields[name] for name in names if name in generated.fields}
    return Reference(whole, record._replace(fields=fields))


def _published(record: Record, entry: Entry, site_url: str) -> Record:
    """Return a record with what readers may see of it, and whole addresses."""
    links = {name: below(site_url, url) for name, url in links_to_fields(entry).items()}
    fields = {name: field for name, field in record.fields.items() if name in PUBLIC}
    fields |= {name: Field(url) for name, url in links.items() if name in fields or url}
    paths = {name for name in LINKS.keys() & fields if name not in ("doi", "arxiv") and "://" not in fields[name].tex}
    return record._replace(fields={name: field for name, field in fields.items() if name not in paths})
