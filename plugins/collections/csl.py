"""CSL-JSON, as Zotero and Pandoc have it: items → records of a bibliography, and entries → items.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

import json
import re
from collections.abc import Mapping, Sequence

from markupsafe import escape

from ..markup import to_text
from ..problems import Place, Problems
from ..site import Json
from .citing import date_to_tex, name_to_tex
from .entry import Entry, PartialDate, Person
from .kinds import KINDS
from .records import Field, Record
from .tex import decode, to_tex

_FIELDS = {  # CSL's variable → BibTeX's field
    "title": "title",
    "collection-title": "series",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "publisher": "publisher",
    "publisher-place": "address",
    "edition": "edition",
    "chapter-number": "chapter",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "abstract": "abstract",
    "keyword": "keywords",
    "language": "language",
    "genre": "type",
    "version": "version",
    "event-title": "eventtitle",
    "event": "eventtitle",
    "event-place": "venue",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "number-of-pages": "pagetotal",
}
_ARXIV = re.compile(r"(?i)\barxiv[:\s]\s*((?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)")
_VERBATIM = frozenset(("DOI", "URL", "ISBN", "ISSN"))
_KINDS = {  # CSL's type → ours, where several have it or none
    **{kind.csl: name for name, kind in reversed([*KINDS.items()])},
    "article": "unpublished",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "entry-encyclopedia": "incollection",
    "entry-dictionary": "incollection",
    "manuscript": "unpublished",
    "post": "online",
    "post-weblog": "online",
    "speech": "misc",
}


def read_csl(text: str, path: str, problems: Problems) -> list[Record]:
    """Return the items of the file at ``path`` as records, and report what is wrong with them."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        problems.warn(Place(path, line), f"is not JSON: {error}", "export it again")
        return []
    if isinstance(items, dict):
        items = items.get("items", [items])
    records: list[Record] = []
    for number, item in enumerate(items if isinstance(items, list) else [items], 1):
        if not isinstance(item, dict) or not isinstance(item.get("title"), str):
            problems.warn(Place(path), f"item {number} has no title, and is left out", "write one")
            continue
        records.append(_record(item, text, number))
    return records


def _record(item: Mapping[str, Json], text: str, number: int) -> Record:
    kind = _KINDS.get(str(item.get("type")), "misc")
    key = str(item.get("citation-key") or item.get("id") or f"item-{number}")
    place = text.find(json.dumps(item["title"], ensure_ascii=False))
    line = text.count("\n", 0, place) + 1 if place >= 0 else 0
    fields = {
        "author": _names(item.get("author")),
        "editor": _names(item.get("editor")),
        "translator": _names(item.get("translator")),
        **{
            field: str(value) if name in _VERBATIM else to_tex(_html(str(value)))
            for name, field in _FIELDS.items()
            if isinstance(value := item.get(name), str | int)
        },
        **date_to_tex(_date(item.get("issued"))),
    }
    # Zotero's field "Extra" is the note: its user's, and what programs keep there.
    noted = " ".join(str(item.get(name) or "") for name in ("number", "note", "archive", "archive_location"))
    if arxiv := _ARXIV.search(noted):
        fields |= {"eprint": arxiv[1], "archiveprefix": "arXiv"}
    container, status = item.get("container-title"), item.get("status")
    if isinstance(container, str):
        fields[next(iter(KINDS[kind].venue))] = to_tex(_html(container))
    if isinstance(status, str):
        fields["pubstate"] = to_tex(_html(status))
    return Record(kind, key, line, {name: Field(tex, line) for name, tex in fields.items() if tex.strip()})


def _html(text: str) -> str:
    """Return a value of CSL, whose only markup are four elements, as HTML; anything else in angle brackets is text."""
    html = re.sub(r"&lt;(/?(?:i|b|sup|sub))&gt;", r"<\1>", str(escape(text)))
    return re.sub(r"&lt;/?span[^&]*(?:&#34;[^&]*&#34;[^&]*)*&gt;", "", html)


def _names(value: Json) -> str:
    """Return CSL's names as BibTeX divides them."""
    names: list[str] = []
    for name in value if isinstance(value, list) else ():
        if isinstance(name, dict):
            part = {key: str(text).strip() for key, text in name.items()}
            particle = part.get("non-dropping-particle") or part.get("dropping-particle") or ""
            person = Person(
                part.get("family", ""), part.get("given", ""), particle, part.get("suffix", ""), part.get("literal", "")
            )
            names.append(name_to_tex(person))
    return " and ".join(filter(None, names))


def _date(value: Json) -> PartialDate:
    """Return CSL's ``issued``."""
    if not isinstance(value, dict):
        return PartialDate()
    parts, text = value.get("date-parts"), str(value.get("literal") or value.get("raw") or "")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(part) for part in parts[0] if str(part).isdigit()]
        year, month, day, *_ = (*numbers, 0, 0, 0)
        return PartialDate(year, month, day)
    iso = re.match(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?\Z", text)
    year, month, day = (int(part or 0) for part in iso.groups()) if iso else (0, 0, 0)
    return PartialDate(year, month, day, "" if iso else text)


def to_item(entry: Entry, key: str) -> Mapping[str, Json]:
    """Return an entry as an item of CSL."""
    kind = KINDS.get(entry.kind) or KINDS["article" if entry.venue else "misc"]
    parts: list[Json] = [part for part in entry.date[:3] if part]
    issued: dict[str, Json] = {"date-parts": [parts]} if parts else {"literal": entry.date.text}
    own = {field: name for name, field in reversed([*_FIELDS.items()])}
    values: dict[str, Json] = {
        "id": key,
        "type": kind.csl,
        "title": _csl(entry.title_html),
        "author": [_name(person) for person in entry.authors],
        "issued": issued if parts or entry.date.text else "",
        "status": entry.date.text if parts else "",
        ("publisher" if kind.venue[0] in ("publisher", "school", "institution") else "container-title"): _csl(
            entry.venue
        ),
        **{own[name]: value for name, value in entry.fields.items() if name in own},
        "DOI": entry.doi,
        "URL": entry.url if "://" in entry.url else "",
        "abstract": to_text(entry.abstract),
    }
    return {name: value for name, value in values.items() if value}


def _name(person: Person) -> Mapping[str, Json]:
    """Return a person as CSL has names."""
    if not person.family:
        return {"literal": str(person)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: value for name, value in parts.items() if value}


def _csl(html: str) -> str:
    """Return inline HTML with the elements that CSL has; math as text."""
    html = re.sub(r"(?s)<math\b.*?</math>", lambda math: escape(decode(to_tex(math[0])).text), html)
    for ours, theirs in (("em", "i"), ("strong", "b")):
        html = re.sub(rf"(</?){ours}>", rf"\1{theirs}>", html)
    kept = re.split(r"(</?(?:i|b|sup|sub)>)", html)
    return "".join(part if number % 2 else _words(part) for number, part in enumerate(kept))


def _words(html: str) -> str:
    """Return the words of some HTML with the blanks at its ends."""
    text = to_text(html)
    return f"{html[: len(html) - len(html.lstrip())]}{text}{html[len(html.rstrip()) :] if text else ''}"


def to_json(items: Sequence[Mapping[str, Json]]) -> str:
    """Return the text of a file, with a line for each item."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"[\n{lines}\n]\n"
