"""Entries → what machines read of them: the files beside the page, its JSON-LD, and the CV's publications."""

from collections.abc import Iterable, Mapping, Sequence

from ..addresses import below
from ..markup import to_text
from ..problems import Place, Problems
from ..site import Json, Site
from .csl import to_item, to_json
from .entry import Entry, PartialDate
from .kinds import KINDS
from .records import FILES, Record, to_bibtex

"""The files beside the page, and what their formats are called."""


def free_names(site: Site, problems: Problems) -> tuple[str, ...]:
    """Return the names of the files that are written; one that the author has made is kept instead."""
    taken = {page.save_as: page.path for page in site.pages} | {file.save_as: file.path for file in site.static_files}
    for name in FILES:
        if name in taken:
            problems.warn(Place(taken[name]), f"'{name}' exists already and is kept", "remove it to have it written")
    return tuple(name for name in FILES if name not in taken)


def bibliography_files(
    names: Iterable[str], entries: Sequence[Entry], records: Mapping[str, Record], site_url: str
) -> Mapping[str, bytes]:
    """Return the content of each file, by its name."""
    found = [(entry, records[entry.anchor]) for entry in entries if entry.anchor in records]
    texts = {
        "publications.bib": lambda: "\n\n".join(to_bibtex(record) for _, record in found) + "\n",
        "publications.json": lambda: to_json(
            [to_item(entry._replace(url=below(site_url, entry.url)), record.key) for entry, record in found]
        ),
    }
    return {name: texts[name]().encode() for name in names}


def scholarly_articles(entries: Iterable[Entry], page_url: str, site_url: str) -> list[Json]:
    """Return schema.org's items of the entries that a page shows at ``page_url``."""
    return [_article(entry, page_url, site_url) for entry in entries]


def _article(entry: Entry, page_url: str, site_url: str) -> Mapping[str, Json]:
    kind = KINDS.get(entry.kind)
    values: dict[str, Json] = {
        "@type": kind.schema if kind else "ScholarlyArticle",
        "@id": f"{page_url}#{entry.anchor}",
        "name": entry.title,
        "author": [
            {"@type": "Person" if person.family else "Organization", "name": str(person)} for person in entry.authors
        ],
        "datePublished": iso_date(entry.date),
        "isPartOf": {"@type": "CreativeWork", "name": to_text(entry.venue)} if entry.venue else "",
        "url": below(site_url, entry.url),
        "sameAs": f"https://doi.org/{entry.doi}" if entry.doi else "",
        "award": entry.award,
    }
    return {name: value for name, value in values.items() if value}


def resume_publications(entries: Iterable[Entry], site_url: str) -> list[Json]:
    """Return JSON Resume's publications."""
    found: list[Json] = []
    for entry in entries:
        values: dict[str, Json] = {
            "name": entry.title,
            "publisher": to_text(entry.venue),
            "releaseDate": iso_date(entry.date),
            "url": url if "://" in (url := below(site_url, entry.url)) else "",
        }
        found.append({name: value for name, value in values.items() if value})
    return found


def iso_date(date: PartialDate) -> str:
    """Return what is known of a date as ISO 8601, "" for nothing."""
    known = [f"{date.year:04}", f"{date.month:02}", f"{date.day:02}"] if date.year else []
    return "-".join(known[: 3 if date.day and date.month else 2 if date.month else 1])
