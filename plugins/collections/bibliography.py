"""The records of a bibliography → entries of the publications."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from ..problems import InvalidValueError, Place, Problems
from ..scripts import has_cjk
from ..utf8 import decode as decode_utf8
from .bibtex import MONTHS, read_bibtex
from .csl import read_csl
from .entry import Detail, Entry, EntryLink, PartialDate, Person
from .kinds import KINDS, VENUES
from .links import doi_of, links_of, of_title, rank
from .names import read_names
from .records import BOOKKEEPING, COLLECTION, PUBLIC, Record
from .tex import Text, decode, verbatim

LINKS = {  # BibTeX's field that holds an address, or a path or a number that stands for one → its key as of documents
    **{name: name for name in "doi pdf code slides poster video website project data dataset github blog supp".split()},
    "arxiv": "arxiv",
    "html": "publisherurl",
    "url": "url",
}
_FILES = frozenset("pdf slides poster supp html blog".split())
_ASSETS, _PREVIEWS = (
    "/assets/pdf/",
    "/assets/img/publication_preview/",
)  # where al-folio looks for what fields only name
_ARCHIVES = {  # archive, or BibTeX's field of the numbers in it → what its links are called, and their addresses
    "hal": ("HAL", "https://hal.science/{}"),
    "hal_id": ("HAL", "https://hal.science/{}"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/{}"),
    "pmcid": ("PubMed Central", "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/"),
    "pmid": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "ssrn": ("SSRN", "https://ssrn.com/abstract={}"),
}
_NUMBERS = ("pmid", "pmcid", "hal", "hal_id")  # fields with a number in the archive of that name
_OF_PROGRAMS = re.compile(r"bdsk-|comment-|hal_|mendeley-|risfield_|x-|__|\W")  # what programs' own fields begin with
_DETAILS = {
    "note": "Note",
    "addendum": "Note",
    "additional_info": "Note",
    "collaboration": "Collaboration",
}
_SHOWN = frozenset(  # fields with a place of their own on the page
    "title subtitle author year month day date pubstate abstract award award_name hal hal_id selected preview "
    "bibtex_show eprint archiveprefix eprinttype eprintclass primaryclass pmid pmcid".split()
).union(_DETAILS, LINKS)

STATES = {  # biblatex's keys → words
    "inpreparation": "in preparation",
    "inpress": "in press",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "prepublished": "prepublished",
}
_MONTH = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?![\d-])")
_ARXIV = re.compile(
    r"(?i)(?:\Aabs|\barxiv(?:\s+preprint)?(?:\s+arxiv)?)(?:\s*[:/]\s*|\s+)"
    r"((?:[a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)"
)
_ADDRESS = re.compile(r"\s*(?:\\url\s*\{\s*)?(https?://[^\s{}]+)\s*\}?\s*")
_STYLED = re.compile(
    r"\\(?:textbf|textit|emph|underline|uline)\s*\{((?:[^{}]|\{[^{}]*\})*)\}|\{\\(?:bf|em|it)\s+([^{}]*)\}"
)
_OTHERS = re.compile(r"(?i)others|\{?et\.?\s*al\.?\}?")
_NO_AND = re.compile(r";|,\s*[^\s,]+\s+[^\s,][^,]*,|,[^,]*,[^,]*,")  # in one name: it is several
_GROUP = re.compile(r"\{(?!\\)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_NAMED_PART = re.compile(r"(?:\A|,)\s*(\w+)\s*=\s*([^,]*)")  # biblatex's form of a name
_HOMONYM = re.compile(r"\s\d{4}\Z")  # DBLP's number of one of several people of the same name
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


def read_inline(text: str, place: Place, problems: Problems) -> Reference | None:
    """Return the entry of BibTeX that stands in a document; None where it is not one entry."""
    found = Problems()
    records = read_bibtex(text, place.path, found)
    references = [Reference(_Maker(record, place.path, found).entry(), record) for record in records]
    problems.extend(replace(problem, line=place.line, key=f"bibtex: {problem.key}") for problem in found)
    return references[0] if len(references) == 1 else None


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
            if (
                name not in PUBLIC
                and name not in BOOKKEEPING
                and not re.match(r"bdsk-|comment-|hal_|mendeley-|risfield_|x-|__|\W", name)
            ):
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

    def warn(self, name: str, message: str, hint: str) -> None:
        line = self.record.fields[name].line if name in self.record.fields else self.record.line
        self.problems.warn(Place(self.path, line, name), message, hint)

    def entry(self) -> Entry:
        """Return the entry."""
        record = self.record
        kind = record.kind
        title = self.title()
        names = "author" if record.tex("author") else "editor"
        authors, others = self.people(names)
        own_url, links = self.links()
        url = own_url or of_title(links)
        arxiv = any(link.kind == "arxiv" for link in links)
        where, venue = self.venue()
        if arxiv and venue in ("", "arXiv"):
            kind, venue = "preprint", escape("arXiv")
        return Entry(
            collection=COLLECTION,
            anchor=re.sub(r"[^\w.-]+", "-", record.key).strip("-") or f"{COLLECTION}-{record.line}",
            place=Place(self.path, record.line, record.key),
            title=title.text,
            title_html=title.html,
            url=url,
            authors=authors,
            others=others,
            venue=venue,
            date=self.date(),
            kind=kind,
            category=KINDS[kind].category,
            award=self.text("award_name").text or self.text("award").text,
            links=tuple(link for link in links if link.kind or link.url != url),
            details=tuple(self.details()),
            abstract=self.abstract(),
            picture=self.picture(),
            doi=next((_doi(link.url) for link in links if link.kind == "doi"), ""),
            selected=record.tex("selected").lower() in ("true", "yes", "1"),
            fields={
                name: self.text(name).text
                for name in record.fields
                if name in PUBLIC and name not in _SHOWN and name not in (where, names)
            },
        )

    def text(self, name: str) -> Text:
        """Return what a field says; report what in it does not show."""
        text = decode(self.record.tex(name))
        for fault in text.faults:
            self.warn(name, fault, "write it in simpler TeX")
        return text

    def title(self) -> Text:
        """Return the title, without links: it is one itself."""
        title, subtitle = self.text("title"), self.text("subtitle")
        if not title.text:
            self.warn("title", f"the entry '{self.record.key}' has no title", "write one")
            return Text(self.record.key, escape(self.record.key))
        if subtitle.text:
            title = Text(f"{title.text}: {subtitle.text}", title.html + ": " + subtitle.html)
        if "<a " in title.html:
            title = title._replace(html=Markup(re.sub(r"</?a\b[^>]*>", "", title.html)))  # noqa: S704  (HTML already)
        return title

    def people(self, name: str) -> tuple[tuple[Person, ...], bool]:
        """Return the persons in a field, and whether there are others."""
        from bibtexparser.middlewares.names import split_multiple_persons_names

        value = self.record.tex(name).replace("\n", " ")
        if "\\" in value:
            value = _STYLED.sub(lambda styled: styled[1] or styled[2], value)
        names = split_multiple_persons_names(value)
        if len(names) == 1 and _NO_AND.search(value) and "{" not in value:
            read = read_names([decode(value).text])
            if len(read.persons) > 1:
                self.warn(name, f"'{value}' is one name to BibTeX", "write 'and' between the names")
                return read.persons, read.others
        persons = [read_person(each) for each in names if not _OTHERS.fullmatch(each)]
        for fault in (fault for _, faults in persons for fault in faults):
            self.warn(name, fault, "write it in simpler TeX")
        return tuple(person for person, _ in persons if any(person)), len(persons) < len(names)

    def venue(self) -> tuple[str, Markup]:
        """Return the field that says where it appeared, and what it says; an address is no venue."""
        kind, record = KINDS[self.record.kind], self.record
        where = next((name for name in (*kind.venue, *VENUES) if name in record.fields), "")
        if not where or (where == "howpublished" and _ADDRESS.fullmatch(record.tex(where))):
            return where, Markup()
        if _ARXIV.search(record.tex(where)) or record.tex(where).lower() in ("corr", "arxiv", "arxiv preprint"):
            return where, escape("arXiv")
        return where, self.text(where).html

    def date(self) -> PartialDate:
        """Return what is known of the date, by biblatex's ``date`` or BibTeX's ``year`` and ``month``."""
        record = self.record
        written = decode(record.tex("date", "year")).text
        state = record.tex("pubstate")
        if match := _ISO.match(written):
            year, month, day = (int(part or 0) for part in match.groups())
            rest = written[match.end() :].strip()
            text = written if rest and not rest.startswith(("/", "~", "?", "T")) else ""
        else:
            found = re.search(r"(?<!\d)\d{4}(?!\d)", written)
            year, month, day, text = int(found[0]) if found else 0, 0, 0, written
        spoken = decode(record.tex("month")).text.lower()
        named = re.search(r"[a-z]{3}", spoken)
        if not month and year:
            month = int(spoken) if spoken.isdigit() else _MONTH.get(named[0], 0) if named else 0
        if (
            not day
            and month
            and (days := re.search(r"(?<!\d)\d\d?(?!\d)", f"{spoken if named else ''} {record.tex('day')}"))
        ):
            day = int(days[0])
        month = month if month <= 12 else 0
        day = day if month and day <= 31 else 0
        return PartialDate(year, month, day, STATES.get(state.lower()) or decode(state).text or text)

    def links(self) -> tuple[str, list[EntryLink]]:
        """Return the address in ``url``, and the links of all fields that hold one, each address once."""
        record = self.record
        values = {name: verbatim(record.tex(name)) for name in LINKS if name in record.fields}
        if "url" not in values and (found := _ADDRESS.fullmatch(record.tex("howpublished"))):
            values["url"] = verbatim(found[1])
        unique: dict[str, EntryLink] = {}
        url = ""
        found_in = [(name, LINKS[name], value) for name, value in values.items()]
        for name, key, value in (*found_in, *self.archives()):
            if name in _FILES and re.fullmatch(r"[^/:\s]+\.\w{2,5}", value):
                value = _ASSETS + value
            try:
                for link in links_of(key, value):
                    unique.setdefault(link.url.removesuffix("/").lower(), link)
                    url = link.url if name == "url" else url
            except InvalidValueError as error:
                self.warn(name, f"{value!r} {error.message}", error.hint)
        for name, number in self.numbers():
            label, pattern = _ARCHIVES[name]
            link = EntryLink("", label, pattern.format(quote(number, safe="/")))
            unique.setdefault(link.url.removesuffix("/").lower(), link)
        return url, sorted(unique.values(), key=rank)

    def archives(self) -> Iterator[tuple[str, str, str]]:
        """Yield the field with the number at arXiv, its key as of documents, and the number.

        People and databases write it into any of several fields.
        """
        record = self.record
        if number := record.tex("eprint"):
            archive = record.tex("archiveprefix", "eprinttype").lower()
            if archive in ("arxiv", "") and not (archive == "" and "://" in number):
                yield "eprint", "arxiv", verbatim(number)
            elif archive not in _ARCHIVES:
                yield "eprint", "url", verbatim(number)
            return
        for name in ("journal", "volume", "howpublished", "note"):
            if name in record.fields and (found := _ARXIV.search(record.tex(name))):
                yield name, "arxiv", found[1]
                return

    def numbers(self) -> Iterator[tuple[str, str]]:
        """Yield the numbers in other archives, by the names of these."""
        record = self.record
        archive = record.tex("archiveprefix", "eprinttype").lower()
        if archive in _ARCHIVES and "eprint" in record.fields:
            yield archive, verbatim(record.tex("eprint"))
        yield from (
            (name, verbatim(record.tex(name))) for name in ("pmid", "pmcid", "hal", "hal_id") if name in record.fields
        )

    def details(self) -> Iterator[Detail]:
        """Yield what has no place of its own."""
        names = {**_DETAILS, "award": "Award"} if "award_name" in self.record.fields else _DETAILS
        for name, label in names.items():
            if name in self.record.fields and (text := self.text(name)).text and not _ARXIV.fullmatch(text.text):
                yield Detail(name, label, text.html)

    def picture(self) -> str:
        """Return the path of the picture."""
        name = verbatim(self.record.tex("preview"))
        return _PREVIEWS + name if name and "/" not in name else name

    def abstract(self) -> Markup:
        """Return the abstract as paragraphs."""
        value = self.record.tex("abstract")
        if not value:
            return Markup()
        texts = [decode(part) for part in re.split(r"\n[ \t]*\n|\\par(?![A-Za-z])", value)]
        for fault in (fault for text in texts for fault in text.faults):
            self.warn("abstract", fault, "write it in simpler TeX")
        return Markup("\n".join(f"<p>{text.html}</p>" for text in texts if text.text))  # noqa: S704  (each is HTML)


def _doi(url: str) -> str:
    """Return the DOI in an address: all of it behind the resolver's host, a part of a publisher's."""
    return url.partition("doi.org/")[2] or doi_of(url)


@lru_cache(maxsize=1 << 13)
def read_person(tex: str) -> tuple[Person, tuple[str, ...]]:
    """Return the person whom a name of BibTeX names, and what in it cannot be shown."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if "=" in tex and (named := dict(_NAMED_PART.findall(tex))).get("family"):
        tex = f"{named.get('prefix', '')} {{{named['family']}}}, {named.get('suffix', '')}, {named.get('given', '')}"
    tex = _HOMONYM.sub("", tex)
    if _GROUP.fullmatch(tex):
        text, marks, faults = _name((tex,))
        return Person(literal=text, marks=marks), faults
    parts = parse_single_name_into_parts(tex, strict=False)
    read = [_name(part) for part in (parts.last, parts.first, parts.von, parts.jr)]
    family, given, particle, suffix = (text for text, _, _ in read)
    marks = "".join(found for _, found, _ in read)
    literal = f"{family}{given}" if has_cjk(family) and (has_cjk(given) or not given) else ""
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
