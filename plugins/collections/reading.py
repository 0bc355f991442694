"""The documents of a collection, as academicpages has them → entries.

What a key means is in `keys` and `links`. Nothing that an author wrote is dropped in silence: what has no place in an
`Entry` is one of its details, its links, or a warning.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from math import isfinite
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup, escape

from ..markup import to_text
from ..memory import Memory
from ..problems import InvalidValueError, Place, Problems
from ..site import Document
from ..yaml_mapping import Value
from . import dates, inline, keys, links
from .anchors import Anchors, anchor_of
from .blocks import within
from .citation import repeats, same, without_title
from .entry import Detail, Entry, EntryLink, PartialDate, Person
from .inline import Convert
from .names import Names, read_names

_DATED = re.compile(r"\d{4}(?:-\d{1,2}){0,2}[-_]")
_EXAMPLE = re.compile(
    r"Paper Title Number \d.*|(?:Talk|Tutorial|Conference Proceeding talk) \d on Relevant Topic in Your Field"
    r"|Teaching experience \d|Portfolio item number \d"
)
_TEMPLATE_TEXT = re.compile(
    r"This paper is about (?:the number \d|fixing template issue)|Short description of portfolio item"
)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(.+?)[ \t]*#*\n|\s*(\S.*)\n(?:=+|-+)[ \t]*\n")
_BIBTEX = re.compile(
    r"(?m)^(?:(`{3,}|~{3,})[^\n]*\n\s*)?(@\w+\s*\{[^\n]*\n(?:(?!@\w+\s*\{).*\n)*?[ \t]*\}[ \t]*\n)(?(1)\s*\1[ \t]*\n)"
)
_BLOCKS = re.compile(
    r"\n[ \t]*\n|(?m:^\s*(?:[-*+#>|]|\d+\.|<(?:p|div|ul|ol|li|table|h\d|pre|blockquote|figure)\b))", re.I
)
_PICTURE = re.compile(r"<img\b[^<>]*\bsrc=[\"']([^\"'<>]+)[\"'][^<>]*>\s*", re.IGNORECASE)
_MATH = re.compile(r"<math\b[^<>]*\balttext=\"([^\"]*)\"[^<>]*>.*?</math>", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TRUE = frozenset("true yes on 1".split())
_FALSE = frozenset(("", *"false no off 0 none null".split()))
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_NAMES = "name firstname first given lastname last family".split()  # the keys of one author
_PAGES = "url link website homepage".split()
_EMPTY: tuple[Value, ...] = (None, "", [], {})


def read_documents(
    documents: Iterable[Document],
    convert: Convert,
    problems: Problems,
    memory: Memory | None = None,
    latest: date | None = None,
    anchors: Anchors | None = None,
    site_url: str = "",
    files: Container[str] = (),
) -> list[Entry]:
    """Return an entry for each document, none that is dated after the ``latest`` day, and report what is wrong.

    ``files`` are those that are copied, by their names in the output.
    """
    anchors = anchors or Anchors()
    recall = (memory or Memory()).recall_reporting
    entries: list[tuple[float, Entry]] = []
    addresses: dict[str, str] = {}  # permalink → path of the first document that has it
    unknown: dict[tuple[str, str], list[Place]] = defaultdict(list)
    examples: dict[str, list[str]] = defaultdict(list)  # of the template, folder → names
    for document in documents:
        if _EXAMPLE.fullmatch(str(document.front_matter.get("title"))):
            examples[document.path.removesuffix(f"/{document.name}")].append(document.name)
            continue
        changing = object() if "{{" in document.body or "{%" in document.body else None  # Liquid shows other files too
        anchor = anchors.take(anchor_of(document))
        source = document, anchor, changing
        read = recall(("entry", document.path), source, partial(_read, document, anchor, convert), problems)
        entry = _settled(read.entry, site_url, files)
        if latest and entry.date[:3] > (latest.year, latest.month, latest.day):
            continue
        is_own = bool(entry.permalink) and entry.url != entry.permalink
        if is_own and (first := addresses.setdefault(entry.permalink, document.path)) != document.path:
            message = f"{entry.permalink!r} is the address of {first} too, and leads there"
            problems.warn(document.place("permalink"), message, "delete the key, or write another")
            entry = entry._replace(permalink="")
        entries.append((read.order, entry))
        for key, place in read.unknown.items():
            unknown[document.collection, key].append(place)
    for folder, names in examples.items():
        some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        problems.warn(
            Place(folder), f"{some}: the template's examples are not shown", "delete them, or write your title"
        )
    for (_, key), places in unknown.items():
        others = f", nor in {len(places) - 1} more files" if len(places) > 1 else ""
        problems.warn(places[0], f"is not a key that entries have, and is not shown{others}", keys.hint(key))
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]


def _settled(entry: Entry, site_url: str, files: Container[str]) -> Entry:
    """Return an entry whose links to the site's own files lead there."""
    here = partial(links.settled, collection=entry.collection, site_url=site_url, files=files)
    urls = tuple(here(link.url) for link in entry.links)
    if urls == tuple(link.url for link in entry.links) and here(entry.url) == entry.url:
        return entry  # the same as in the build before
    found = (link._replace(url=url) for link, url in zip(entry.links, urls, strict=True))
    return entry._replace(links=tuple(found), url=here(entry.url))


class _Read(NamedTuple):
    """One document, read: its entry, where it stands among those without a date, and the keys that mean nothing."""

    entry: Entry
    order: float
    unknown: Mapping[str, Place]


class Given(NamedTuple):
    """One key of the front matter and its value."""

    key: str
    value: Value


def _read(document: Document, anchor: str, convert: Convert, problems: Problems) -> _Read:
    return _Reader(document, anchor, convert, problems).read()


class _Reader:
    """Reads one document: takes the facts of its keys one by one, and then everything that is left."""

    def __init__(self, document: Document, anchor: str, convert: Convert, problems: Problems) -> None:
        self.document, self.anchor, self.convert, self.problems = document, anchor, convert, problems
        self.body, self.body_line = document.body, document.body_line
        self.links: list[EntryLink] = []
        self.details: list[Detail] = []
        self.fields: dict[str, str] = {}
        self.unknown: list[str] = []
        self.rest: list[Given] = []  # what no fact has taken
        self.facts: dict[str, Given] = {}
        found: dict[str, list[Given]] = defaultdict(list)
        for given in _said(document.front_matter):
            if fact := keys.FACTS.get(keys.name(given.key)):
                found[fact].append(given)
            else:
                self.rest.append(given)
        for fact, several in found.items():
            first, *others = sorted(several, key=lambda given: keys.PRECEDENCE[keys.name(given.key)])
            self.facts[fact] = first
            self.rest += others

    def read(self) -> _Read:
        """Return the entry."""
        title, title_html = self._title()
        names = self._names()
        abstract, picture = self._abstract()
        bibtex = self._bibtex()
        entry = Entry(
            collection=self.document.collection,
            anchor=self.anchor,
            place=self.document.place(),
            title=title,
            title_html=title_html,
            authors=names.persons,
            others=names.others,
            citation=self._citation(title_html),
            venue=self._venue(),
            date=self._date(),
            kind=self._plain("kind"),
            category=self._plain("category"),
            award=self._plain("award"),
            abstract=abstract,
            body=self._blocks(self.body, self.body_line) if self.body.strip() else Markup(),
            bibtex=bibtex,
            picture=picture,
            selected=self._flag("selected"),
            permalink=self._line("permalink"),
            redirect_from=tuple(self._texts("redirects")),
        )
        for given in self.rest:
            self._other(given, entry)
        found = sorted(dict.fromkeys(self.links), key=links.rank)
        url = entry.permalink if _OUTSIDE.match(entry.permalink) else links.of_title(found)
        dois = (links.doi_of(text) for text in (*(link.url for link in found), entry.citation))
        entry = entry._replace(
            url=url,
            links=tuple(link for link in found if (link.label, link.url) != (links.LABELS["link"], url)),
            details=tuple(self.details),
            doi=next(filter(None, dois), ""),
            fields=self.fields,
        )
        return _Read(entry, self._number("order"), {key: self._place(key) for key in self.unknown})

    # --- Values ---------------------------------------------------------------------------------------------------

    def _place(self, key: str) -> Place:
        lines = self.document.lines
        return Place(self.document.path, lines.get(key) or lines.get(key.partition(".")[0], 0), key)

    def _texts(self, fact: str) -> list[str]:
        """Return the texts that a fact's key holds, one or a list of them."""
        return self._texts_of(self.facts[fact]) if fact in self.facts else []

    def _texts_of(self, given: Given) -> list[str]:
        if isinstance(given.value, str):
            return [text] if (text := given.value.strip()) else []
        with self.problems.collect(self._place(given.key)):
            return [text for item in _items(given.value) if (text := self._text(given.key, item))]
        return []

    def _text(self, key: str, value: Value) -> str:
        """Return a scalar as the author wrote it. Raises InvalidValueError for a list or a mapping."""
        if isinstance(value, list | dict):
            what = "a list" if isinstance(value, list) else "keys of its own"
            raise InvalidValueError(f"holds {what}, not text", "write one line of text")
        if isinstance(value, str):
            return value.strip()
        written = self.document.written.get(key) if value == self.document.front_matter.get(key) else None
        return "" if value is None else (written or str(value)).strip()

    def _line(self, fact: str) -> str:
        return ", ".join(self._texts(fact))

    def _html(self, key: str, text: str, *, names: bool = False) -> Markup:
        return inline.to_html(text, self._place(key), self.convert, self.problems, names=names) if text else Markup()

    def _plain(self, fact: str) -> str:
        """Return a fact as plain text; what it links becomes a link of the entry."""
        text = self._line(fact)
        if not text:
            return ""
        return _plain_text(self._unlinked(self._html(self.facts[fact].key, text)))

    def _unlinked(self, html: Markup) -> Markup:
        """Return HTML that is going to be part of a link, or plain; what it links becomes a link of the entry."""
        found = list(links.in_html(html))
        self.links += [EntryLink(links.kind_of(url), to_text(words) or "Link", url) for words, url in found]
        return Markup(re.sub(r"</?a\b[^<>]*>", "", html)) if found else html  # noqa: S704  (a part of it)

    def _flag(self, fact: str) -> bool:
        text = self._line(fact)
        if text.casefold() not in _FALSE | _TRUE:
            self.problems.warn(self._place(self.facts[fact].key), f"{text!r} is neither true nor false", "write one")
        return text.casefold() in _TRUE

    def _number(self, fact: str) -> float:
        with suppress(ValueError):
            number = float(self._line(fact) or 0)
            return number if isfinite(number) else 0.0
        given = self.facts[fact]
        self.problems.warn(self._place(given.key), f"{given.value!r} is not a number, and does not count", "write one")
        return 0.0

    def _blocks(self, markdown: str, line: int) -> Markup:
        """Return Markdown as HTML whose ids and headings fit into a page of several entries."""
        html = self.convert(markdown, Place(self.document.path, line), self.problems)
        return Markup(within(html, self.anchor))  # noqa: S704  (the author's own, as of a page)

    # --- Facts ----------------------------------------------------------------------------------------------------

    def _title(self) -> tuple[str, Markup]:
        """Return the title, plain and as HTML: of its key, else the body's first heading, else the file's name."""
        text, heading = self._line("title"), _HEADING.match(self.body)
        if heading and (not text or same(heading[1] or heading[2], text)):
            text = text or heading[1] or heading[2]
            self.body = self.body[heading.end() :]
            self.body_line += heading[0].count("\n")
        before = len(self.links)
        html = self._unlinked(self._html("title", text))
        self.links[before:] = [link._replace(label=links.label_of("link", link.kind)) for link in self.links[before:]]
        title = _plain_text(html)
        if not title:
            name = PurePosixPath(self.document.name).stem
            title = re.sub(r"[-_\s]+", " ", _DATED.sub("", name)).strip() or name
            title = title[:1].upper() + title[1:]
            message = f"{'has no words' if text else 'is missing'}; {title!r} is shown, after the file's name"
            self.problems.warn(self._place("title"), message, "write 'title: …'")
            html = escape(title)
        return title, html

    def _names(self) -> Names:
        """Return the authors; co-authors that stand alone are a detail, since the author is not among them."""
        names = read_names(self._people("authors"))
        others = read_names(
            re.sub(r"^\(?(?:joint(?:ly)?\s+)?(?:with|w/)\s+", "", text) for text in self._people("coauthors")
        )
        if names.persons:
            known = {str(person).casefold() for person in names.persons}
            added = tuple(person for person in others.persons if str(person).casefold() not in known)
            return Names(names.persons + added, names.others or others.others)
        if others.persons:
            listed = Markup(", ").join(map(_linked, others.persons))
            self.details.append(Detail("coauthors", "With", listed + " et al." if others.others else listed))
        return names

    def _people(self, fact: str) -> list[str]:
        """Return what the items of a list say, each a name or a mapping with one."""
        given = self.facts.get(fact)
        if given is None:
            return []
        found = []
        with self.problems.collect(self._place(given.key)):
            for item in _items(given.value):
                if isinstance(item, dict):
                    known = {keys.name(key): str(value) for key, value in item.items() if value not in _EMPTY}
                    text = " ".join(known.pop(key) for key in _NAMES if key in known)
                    url = next((known.pop(key) for key in _PAGES if key in known), "")
                    found.append(f"[{text}]({url})" if url else text)
                    self.unknown += [given.key] if known or not text else []
                else:
                    found.append(self._text(given.key, item))
        return found

    def _venue(self) -> Markup:
        """Return the venue, linked where a key has its address and none has other words for the link."""
        venue = self._html(self.facts["venue"].key, self._line("venue")) if "venue" in self.facts else Markup()
        by_name = {keys.name(given.key): given for given in self.rest}
        url, words = by_name.get("venueurl", by_name.get("venuelink")), by_name.get("venuelinktext")
        found = self._links_of(url) if url and (words or (venue and "<a " not in venue)) else []
        if url is None or len(found) != 1 or (not words and found[0].label != links.label_of(url.key)):
            return venue
        self.rest.remove(url)
        if words is None:
            return Markup('<a href="{}">{}</a>').format(found[0].url, venue)
        self.rest.remove(words)
        with self.problems.collect(self._place(words.key)):
            self.links.append(found[0]._replace(label=to_text(self._text(*words))))
        return venue

    def _citation(self, title: Markup) -> Markup:
        """Return the citation without the title; where only the title was linked, the link is one of the entry's."""
        if not (text := self._line("citation")):
            return Markup()
        key = self.facts["citation"].key
        citation, urls = without_title(self._html(key, text, names=True), title)
        self.links += [EntryLink(kind := links.kind_of(url), links.label_of("link", kind), url) for url in urls]
        return citation

    def _abstract(self) -> tuple[Markup, str]:
        """Return the abstract, and the picture: that of its key, else the one at the end of the abstract."""
        text, picture = self._line("abstract"), self._line("picture")
        if picture and keys.name(self.facts["picture"].key) == "teaser" and not re.match(r"/|\w+:|\.|images/", picture):
            picture = f"/images/{picture}"  # where academicpages' theme looks for it
        if not text:
            return Markup(), picture
        key = self.facts["abstract"].key
        if _TEMPLATE_TEXT.match(text):
            message = "is the template's example, and is left out"
            self.problems.warn(self._place(key), message, "write yours, or delete the key")
            return Markup(), picture
        if not picture and (found := _PICTURE.fullmatch(text, max(0, text.rfind("<img")))):
            text, picture = text[: found.start()], found[1]
            while (end := text.rfind("<br")) >= 0 and not text[end:].strip(" <br/>\n"):
                text = text[:end]
        if _BLOCKS.search(text):
            return self._blocks(text, self.document.lines.get(key, 1)), picture
        return Markup(f"<p>{self._html(key, text)}</p>" if text.strip() else ""), picture  # noqa: S704  (HTML)

    def _bibtex(self) -> str:
        """Return the BibTeX of its key or of the body, where it stands alone or in a block of code."""
        text, given = self._line("bibtex"), self.facts.get("bibtex")
        if given and text and not text.startswith("@"):
            self.rest.append(given)
            text = ""
        if not text and "@" in self.body:
            text = "\n\n".join(match[2].strip() for match in _BIBTEX.finditer(f"{self.body}\n"))
            self.body = _BIBTEX.sub("\n", f"{self.body}\n")
        return text

    def _date(self) -> PartialDate:
        """Return the date of its key, else the one in the file's name."""
        given = self.facts.get("date")
        if given and not isinstance(given.value, bool):
            with self.problems.collect(self._place(given.key)):
                text = self._text(given.key, given.value)
                return dates.of_value(given.value if isinstance(given.value, date) else text)
        return dates.of_name(PurePosixPath(self.document.name).stem)

    # --- Everything else ------------------------------------------------------------------------------------------

    def _other(self, given: Given, entry: Entry) -> None:
        """Print what no fact has taken: as links, as a detail with its label, or in a message."""
        key, value = given
        name = keys.name(key)
        if isinstance(value, bool) and (not value or name in keys.FACTS):
            return
        texts = [item for item in _items(value) if isinstance(item, str)]
        if links.is_link_key(key) or (texts and all(map(links.is_address, texts))):
            self.links += self._links_of(given)
        elif name in keys.DETAILS or name in keys.FACTS:
            text = ", ".join(self._texts_of(given))
            if text and not (name in keys.FACTS and repeats(text, _shown(entry))):
                html = self._html(key, text)
                self.details.append(Detail(name, keys.DETAILS.get(name) or links.label_of(key), html))
                if name in keys.FIELDS:
                    self.fields[keys.FIELDS[name]] = _plain_text(html)
        else:
            self.unknown.append(key)

    def _links_of(self, given: Given) -> list[EntryLink]:
        """Return the links of a key; a warning for what is no address."""
        found = Problems()
        with found.collect(self._place(given.key), self.document.written.get(given.key, given.value)):
            return list(links.links_of(given.key, self.document.written.get(given.key, given.value)))
        self.problems.extend(replace(problem, warning=True) for problem in found)
        return []


def _said(front_matter: Mapping[str, Value]) -> Iterator[Given]:
    """Yield the keys that say something about the entry, with their values."""
    for key, value in _unpacked(front_matter):
        name = keys.name(key)
        if name in keys.FLAGS and str(value).casefold() in _TRUE | _FALSE:
            value = keys.FLAGS[name] if str(value).casefold() in _TRUE else None
        elif name == "published" and not dates.of_value(value).year:
            continue  # Jekyll's own key, as that of drafts
        if value not in _EMPTY and name not in keys.IGNORED:
            yield Given(key, _printable(value))


def _unpacked(front_matter: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield the keys and values; those of ``header``, which stood above an entry's own page, as if they stood alone."""
    for key, value in front_matter.items():
        if key == "header" and isinstance(value, dict):
            for inner, item in value.items():
                yield inner if keys.name(inner) in keys.IN_HEADER else f"{key}.{inner}", item
        else:
            yield key, value


def _printable(value: Value) -> Value:
    """Return a value without the characters that HTML does not allow."""
    if isinstance(value, str):
        return value if value.isprintable() else _CONTROL.sub("", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return (
        {_CONTROL.sub("", key): _printable(item) for key, item in value.items()} if isinstance(value, dict) else value
    )


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else [value]


def _shown(entry: Entry) -> str:
    """Return what a reader has read of an entry's facts."""
    html = " ".join(map(_plain_text, (entry.title_html, entry.venue, entry.citation)))
    return f"{html} {entry.kind} {entry.category} {entry.award} {entry.date}"


def _linked(person: Person) -> Markup:
    name = escape(f"{person}{person.marks}")
    return Markup('<a href="{}">{}</a>').format(person.url, name) if person.url else name


def _plain_text(html: Markup) -> str:
    """Return the words of HTML; of math its TeX."""
    if "<" not in html and "&" not in html:
        return str(html)
    return to_text(_MATH.sub(r"\1", html))
