"""The records of a bibliography → entries of the publications."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from markupsafe import Markup, escape

from ..problems import InvalidValueError, Place, Problems
from ..scripts import has_cjk
from ..utf8 import decode as decode_utf8
from .bibtex import MONTHS, read_bibtex
from .csl import read_csl
from .entry import Detail, Entry, EntryLink, PartialDate, Person
from .kinds import KINDS, VENUES
from .links import doi_of, kind_of, links_of, of_title, rank
from .names import read_names
from .records import BOOKKEEPING, PUBLIC, Record
from .tex import Text, decode, verbatim

COLLECTION = "publications"

LINKS = {  # BibTeX's field that holds an address, or a path or a number that stands for one → its key as of documents
    **{name: name for name in "doi pdf code slides poster video website project data dataset github blog supp".split()},
    "arxiv": "arxiv",
    "html": "publisherurl",
    "url": "url",
}
ASSETS = "/assets/pdf/"  # where al-folio looks for the files that its fields only name
_EPRINTS = {  # archive → the address of a number in it
    "hal": "https://hal.science/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "ssrn": "https://ssrn.com/abstract={}",
}
DETAILS = {"note": "Note", "addendum": "Note", "additional_info": "Note"}
_SHOWN = {"title", "subtitle", "author", "year", "month", "day", "date", "pubstate", "abstract", "award", "selected"}
_SHOWN |= {"preview", "bibtex_show", "eprint", "archiveprefix", "eprinttype", *DETAILS, *LINKS}

STATES = {  # biblatex's keys → words
    "inpreparation": "in preparation",
    "inpress": "in press",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "prepublished": "prepublished",
}
_MONTH = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_ISO = re.compile(r"\s*(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?![\d-])")
_ARXIV = re.compile(
    r"(?i)arxiv(?:\s+preprint)?(?:\s+arxiv)?\s*[:/]?\s*((?:[a-z-]+(?:\.[a-z]{2})?/)?\d{4}\.?\d{3,5}(?:v\d+)?)"
)
_MARKS = re.compile(r"\s*([*∗⁎†‡§¶#✉]+)\Z")
_RAISED = re.compile(r"\s*<sup>(.*?)</sup>")


class Reference(NamedTuple):
    """An entry, and the record that it was read from."""

    entry: Entry
    record: Record


READERS = {"publications.bib": read_bibtex, "publications.json": read_csl}
"""Name of a file right below the content → what reads its text into records."""


def read_bibliography(data: bytes, path: str, problems: Problems) -> list[Reference]:
    """Return the entries of the file at ``path`` in their order, and report what is wrong with it."""
    records = READERS[path.rpartition("/")[2]](_decoded(data, path, problems), path, problems)
    _report_unknown(records, path, problems)
    return [Reference(_Maker(record, path, problems).entry(), record) for record in records]


def _decoded(data: bytes, path: str, problems: Problems) -> str:
    """Return the text of a file; one that is not UTF-8 is read as Windows' Latin letters, which old programs write."""
    found = Problems()
    text = decode_utf8(data, path, found)
    if text is None:
        for problem in found:
            problems.warn(Place(path, problem.line), f"{problem.message}, so that it is read as Latin-1", problem.hint)
        text = data.decode("cp1252", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return text


def _report_unknown(records: Iterable[Record], path: str, problems: Problems) -> None:
    """Report the fields that nobody knows: they may be misspelt, or notes that are not for readers."""
    lines: dict[str, int] = {}
    for record in records:
        for name, field in record.fields.items():
            if name not in PUBLIC and name not in BOOKKEEPING and not re.match(r"bdsk-|mendeley-|__|\W", name):
                lines.setdefault(name, field.line)
    for name, line in lines.items():
        near = get_close_matches(name, PUBLIC, 1, 0.8)
        hint = f"write '{near[0]}'" if near else "acknowledge this, if it is not for readers"
        problems.warn(Place(path, line, name), "is no field that is known, and is not published", hint)


class _Maker:
    """Makes one entry, and reports what in its record cannot be shown."""

    def __init__(self, record: Record, path: str, problems: Problems) -> None:
        self.record = record
        self.path = path
        self.problems = problems

    def place(self, name: str) -> Place:
        return Place(self.path, self.record.fields[name].line if name in self.record.fields else self.record.line, name)

    def entry(self) -> Entry:
        record = self.record
        kind = KINDS[record.kind]
        title = self.title()
        names = "author" if record.tex("author") else "editor"
        authors, others = self.people(names)
        links = self.links()
        venue_name = next((name for name in (*kind.venue, *VENUES) if record.tex(name)), "")
        venue = self.text(venue_name) if venue_name else Text("", Markup())
        arxiv = next((link.url for link in links if link.kind == "arxiv"), "")
        if venue_name in ("journal", "howpublished") and _ARXIV.match(venue.text):
            venue = Text("arXiv", Markup("arXiv"))
        elif venue_name == "howpublished" and (kind_of(verbatim(record.tex(venue_name))) or "<a " in venue.html):
            venue = Text("", Markup())
        preprint = arxiv and (venue.text in ("", "arXiv"))
        url = next((link.url for link in self.found("url")), "") or of_title(links)
        return Entry(
            collection=COLLECTION,
            anchor=re.sub(r"[^\w.-]+", "-", record.key).strip("-") or f"{COLLECTION}-{record.line}",
            place=Place(self.path, record.line, record.key),
            title=title.text,
            title_html=title.html,
            url=url,
            authors=authors,
            others=others,
            venue=venue.html or escape("arXiv" if arxiv else ""),
            date=self.date(),
            kind=record.kind,
            category="preprints" if preprint else kind.category,
            award=self.text("award").text,
            links=tuple(link for link in links if link.kind or link.url != url),
            details=tuple(self.details()),
            abstract=self.abstract(),
            picture=verbatim(record.tex("preview")),
            doi=self.doi(),
            selected=record.tex("selected").strip().lower() in ("true", "yes", "1"),
            fields={
                name: self.text(name).text
                for name in record.fields
                if name in PUBLIC and name not in _SHOWN and name not in (venue_name, names)
            },
        )

    def text(self, name: str) -> Text:
        """Return what a field says; report what in it does not show."""
        text = decode(self.record.tex(name))
        for fault in text.faults:
            self.problems.warn(self.place(name), fault, "write it in simpler TeX")
        return text

    def title(self) -> Text:
        title, subtitle = self.text("title"), self.text("subtitle")
        if not title.text:
            self.problems.warn(self.place("title"), f"the entry '{self.record.key}' has no title", "write one")
            return Text(self.record.key, escape(self.record.key))
        if subtitle.text:
            title = Text(f"{title.text}: {subtitle.text}", title.html + ": " + subtitle.html)
        return title._replace(html=Markup(re.sub(r"</?a\b[^>]*>", "", title.html)))  # noqa: S704  (the title is a link itself)

    def people(self, name: str) -> tuple[tuple[Person, ...], bool]:
        """Return the persons in a field, and whether there are others."""
        from bibtexparser.middlewares.names import split_multiple_persons_names

        value = self.record.tex(name).replace("\n", " ")
        names = split_multiple_persons_names(value)
        if len(names) == 1 and re.search(r";|,[^,]*\s[^,]*,", value) and "{" not in value:
            read = read_names([decode(value).text])
            if len(read.persons) > 1:
                self.problems.warn(
                    self.place(name), f"'{value}' is one name to BibTeX", "write 'and' between the names"
                )
                return read.persons, read.others
        persons: list[Person] = []
        others = False
        for each in names:
            if re.fullmatch(r"(?i)others|\{?et\.?\s*al\.?\}?", each):
                others = True
                continue
            person, faults = read_person(each)
            for fault in faults:
                self.problems.warn(self.place(name), fault, "write it in simpler TeX")
            persons.append(person)
        return tuple(filter(any, persons)), others

    def date(self) -> PartialDate:
        """Return what is known of the date, by biblatex's ``date`` or BibTeX's ``year`` and ``month``."""
        record = self.record
        written = decode(record.tex("date", "year")).text
        state = STATES.get(record.tex("pubstate").strip().lower(), record.tex("pubstate").strip())
        if match := _ISO.match(written):
            year, month, day = (int(part or 0) for part in match.groups())
            rest = written[match.end() :].strip()
            text = written if rest and not rest.startswith(("/", "~", "?", "T")) else ""
        else:
            found = re.search(r"(?<!\d)\d{4}(?!\d)", written)
            year, month, day, text = int(found[0]) if found else 0, 0, 0, written
        spoken = decode(record.tex("month")).text.lower()
        named = re.search(r"[a-z]{3}", spoken)
        number = int(spoken) if spoken.isdigit() else _MONTH.get(named[0], 0) if named else 0
        month = month or (number if year and 0 < number <= 12 else 0)
        days = re.search(r"(?<!\d)\d{1,2}(?!\d)", f"{spoken if named else ''} {record.tex('day')}")
        day = day or (int(days[0]) if days and month and 0 < int(days[0]) <= 31 else 0)
        return PartialDate(year, month if month <= 12 else 0, day if day <= 31 else 0, state or text)

    def doi(self) -> str:
        """Return the DOI, without an address around it."""
        doi = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", verbatim(self.record.tex("doi")))
        return doi or next((found for link in self.found("url") if (found := doi_of(link.url))), "")

    def links(self) -> tuple[EntryLink, ...]:
        """Return the links of all fields that hold one, each address once."""
        unique: dict[str, EntryLink] = {}
        names = [name for name in LINKS if name in self.record.fields]
        for link in chain(chain.from_iterable(map(self.found, names)), self.eprint()):
            unique.setdefault(link.url.removesuffix("/").lower(), link)
        return tuple(sorted(unique.values(), key=rank))

    def found(self, name: str) -> Iterator[EntryLink]:
        """Yield the links in one field."""
        value = verbatim(self.record.tex(name))
        if not value:
            return
        if name in ("pdf", "slides", "poster", "supp", "html", "blog") and re.fullmatch(r"[^/:\s]+\.\w{2,5}", value):
            value = ASSETS + value
        try:
            yield from links_of(LINKS[name], value)
        except InvalidValueError as error:
            self.problems.warn(self.place(name), f"{value!r} {error.message}", error.hint)

    def eprint(self) -> Iterator[EntryLink]:
        """Yield the link to an archive, by the number of the entry in it."""
        number = verbatim(self.record.tex("eprint"))
        archive = self.record.tex("archiveprefix", "eprinttype").strip().lower()
        if not number:
            number = next(
                (m[1] for name in ("journal", "howpublished", "note") if (m := _ARXIV.search(self.record.tex(name)))),
                "",
            )
            archive = "arxiv"
        if not number:
            return
        if archive in _EPRINTS:
            yield EntryLink("", archive.upper(), _EPRINTS[archive].format(number))
            return
        with self.problems.collect(self.place("eprint")):
            yield from links_of("arxiv" if archive in ("arxiv", "") else "url", number)

    def details(self) -> Iterator[Detail]:
        for name, label in DETAILS.items():
            if (text := self.text(name)).text and not _ARXIV.fullmatch(text.text):
                yield Detail(name, label, text.html)

    def abstract(self) -> Markup:
        """Return the abstract as paragraphs."""
        value = self.record.tex("abstract")
        parts = re.split(r"\n[ \t]*\n|\\par(?![A-Za-z])", value) if value else ()
        texts = [decode(part) for part in parts]
        for fault in (fault for text in texts for fault in text.faults):
            self.problems.warn(self.place("abstract"), fault, "write it in simpler TeX")
        return Markup("\n".join(f"<p>{text.html}</p>" for text in texts if text.text))  # noqa: S704  (each is HTML)


@lru_cache(maxsize=1 << 13)
def read_person(tex: str) -> tuple[Person, tuple[str, ...]]:
    """Return the person whom a name of BibTeX names, and what in it cannot be shown."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if re.fullmatch(r"\{(?!\\)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", tex):
        text, marks, faults = _name((tex,))
        return Person(literal=text, marks=marks), faults
    parts = parse_single_name_into_parts(tex, strict=False)
    read = [_name(part) for part in (parts.last, parts.first, parts.von, parts.jr)]
    family, given, particle, suffix = (text for text, _, _ in read)
    marks = "".join(found for _, found, _ in read)
    literal = f"{family}{given}" if has_cjk(f"{family}{given}") else ""
    return Person(family, given, particle, suffix, literal, marks), tuple(fault for each in read for fault in each[2])


def _name(words: Iterable[str]) -> tuple[str, str, tuple[str, ...]]:
    """Return one part of a name as text, the marks behind it, and what in it cannot be shown."""
    text = decode(" ".join(words))
    marks = "".join(re.findall(_RAISED, text.html)) if "<sup>" in text.html else ""
    name = Markup(_RAISED.sub("", text.html)).unescape() if marks else text.text  # noqa: S704
    name = re.sub("<[^>]*>", "", name)
    if found := _MARKS.search(name):
        name, marks = name[: found.start()], found[1] + marks
    return name, marks, text.faults
