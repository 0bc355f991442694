"""Documents, articles, data and configuration → what Liquid calls ``site``.

https://jekyllrb.com/docs/variables/; documents are ``Jekyll::Drops::DocumentDrop``. Templates reach the keys of these
mappings and nothing else of them. Everything is computed when it is asked for, once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, partial
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..addresses import slashed
from ..settings import Settings
from ..site import Document
from ..yaml_mapping import Value
from .addresses import filled, pattern_of
from .articles import ARTICLES as SECTION
from .dates import of_value
from .placing import entry_marker

Convert = Callable[[str], str]  # Markdown of a document → HTML
Address = Callable[[Document], str]  # a document → its ``url``

ARTICLES = "posts"  # what Jekyll calls their collection
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.*)")
_DEFINITION = re.compile(r"^ {0,3}(\[[^\]]+\])(:.+)$", re.MULTILINE)
_LONG = frozenset("content excerpt next output previous".split())  # left out where neighbours' neighbours become JSON


class LazyMapping(Mapping[str, object]):
    """A mapping of values, and of others that are ``made`` when they are asked for."""

    def __init__(self, values: Mapping[str, object], made: Mapping[str, Callable[[], object]]) -> None:
        """Keep both; the keys are in the order of ``values``, which may hold those that are made too."""
        self._values = {**values, **dict.fromkeys(made)}
        self._made = dict(made)

    def __getitem__(self, key: str) -> object:
        """Return a value."""
        if key in self._made:
            self._values[key] = None  # for what asks for itself, such as a document whose text prints its own content
            self._values[key] = self._made.pop(key)()
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a key, without making its value."""
        return key in self._values


class LiquidDocument(LazyMapping):
    """One document: its keys are those of its front matter, and Jekyll's.

    ``fields`` has the keys of all documents of its collection; ``source`` is its path.
    """

    fields: frozenset[str] = frozenset()
    before: "LiquidDocument | None" = None
    after: "LiquidDocument | None" = None

    def __init__(self, document: Document, url: str, convert: Convert, now: datetime) -> None:
        """Take a document; ``now`` is the date of one that has none."""
        self.source = document.path
        front_matter, stem = document.front_matter, PurePosixPath(document.name).stem
        named = _DATED.fullmatch(stem)
        slug = str(front_matter.get("slug") or (named[2] if named else stem)).rstrip(".")
        path = f"_{document.collection}/{document.name}"
        made: dict[str, Callable[[], object]] = {
            "next": lambda: self.after,
            "content": lambda: convert(document.body),
            "output": lambda: self["content"],
            "previous": lambda: self.before,
        }
        if front_matter.get("excerpt") is None:
            made["excerpt"] = lambda: convert(_excerpt(document.body))
        own = {
            "name": front_matter.get("name") or PurePosixPath(document.name).name,
            "id": f"{PurePosixPath(url).parent}/{slug}".replace("//", "/"),
            "url": url,
            "next": None,
            "content": None,
            "output": None,
            "collection": document.collection,
            "tags": _terms(front_matter.get("tag")) or _words(front_matter.get("tags")),
            "relative_path": path,
            "excerpt": front_matter.get("excerpt"),
            "date": _moment(front_matter.get("date") or (named[1] if named else None), now),
            "path": path,
            "title": front_matter.get("title") or " ".join(word.capitalize() for word in slug.split("-")),
            "categories": list(
                dict.fromkeys([*_words(front_matter.get("categories")), *_terms(front_matter.get("category"))])
            ),
            "previous": None,
            "draft": False,
        }
        rest = {"slug": slug, "ext": PurePosixPath(document.name).suffix}
        super().__init__({**own, **front_matter, **own, **rest}, made)

    def __str__(self) -> str:
        """Return what it prints."""
        return str(self["content"])

    @property
    def marker(self) -> str:
        """What an include of academicpages prints: the HTML that stands for the entry."""
        name = str(self["collection"])
        return entry_marker(SECTION if name == ARTICLES else name, self.source)

    def terms(self, key: str) -> list[str]:
        """Return the document's tags or categories."""
        value = self[key]
        return list(map(str, value)) if isinstance(value, list) else []

    def for_json(self, depth: int) -> Mapping[str, object]:
        """Return what becomes JSON, ``depth`` levels below the top; neighbours of neighbours are cut short."""
        if depth < 2:
            return self
        near = {"next": self.after and self.after.short, "previous": self.before and self.before.short}
        return {key: near[key] if key in near else self[key] for key in self}

    @property
    def short(self) -> Mapping[str, object]:
        """All but what is long."""
        return {key: self[key] for key in self if key not in _LONG}


class Folder(dict[str, object]):
    """A folder of data files: a name that is not in it is one of a file that is missing."""

    required = True


class Row(dict[str, object]):
    """A mapping in a list; ``fields`` has the keys of all of them."""

    fields: frozenset[str] = frozenset()


def with_fields(value: object) -> object:
    """Return a value in which the mappings of each list know each other's keys."""
    if isinstance(value, dict):
        return {key: with_fields(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    items = [with_fields(item) for item in value]
    fields = frozenset(chain.from_iterable(item for item in items if isinstance(item, dict)))
    for number, item in enumerate(items):
        if isinstance(item, dict):
            items[number] = row = Row(item)
            row.fields = fields
    return items


def liquid_documents(
    documents: Iterable[Document], address: Address, convert: Convert, now: datetime, latest: date | None
) -> list[LiquidDocument]:
    """Return the documents of one collection as Liquid lists them, the oldest first; none after the ``latest`` day."""
    found = [LiquidDocument(each, address(each), convert, now) for each in documents]
    if latest:
        found = [each for each in found if not isinstance(day := each["date"], datetime) or day.date() <= latest]
    found.sort(key=lambda each: (str(each["date"]), str(each["path"])))
    fields = frozenset(chain.from_iterable(found))
    for document, before, after in zip(found, [None, *found], [*found[1:], None], strict=False):
        document.fields, document.before, document.after = fields, before, after
    return found


def document_url(document: Document, config: Mapping[str, Value]) -> str:
    """Return the ``url`` of a document: its permalink, or what the pattern of its collection makes of its name."""
    permalink = document.front_matter.get("permalink")
    pattern = str(permalink or pattern_of(document.collection, config))
    return slashed(filled(pattern, document))


def liquid_file(path: str, modified: float) -> dict[str, object]:
    """Return one of ``site.static_files``; ``path`` is that below the content, ``modified`` in seconds since 1970."""
    file = PurePosixPath(path.removeprefix("root/"))
    return {
        "path": f"/{file}",
        "name": file.name,
        "basename": file.stem,
        "extname": file.suffix,
        "modified_time": datetime.fromtimestamp(modified, UTC),
        "collection": None,
    }


def own_variables(settings: Settings) -> dict[str, object]:
    """Return what the settings say of ``site``: its name, and the halves of ``SITEURL``, which ``BASEURL`` divides."""
    baseurl = urlsplit(settings.siteurl).path if settings.baseurl is None else settings.baseurl
    if not settings.siteurl.endswith(baseurl):  # such as in a preview, which has no SITEURL
        baseurl = ""
    return {"title": settings.sitename, "url": settings.siteurl.removesuffix(baseurl), "baseurl": baseurl}


def site_variables(
    config: Mapping[str, Value],
    own: Mapping[str, object],
    documents: Mapping[str, Sequence[Document]],
    made: Mapping[str, Callable[[], object]],
    address: Address,
    convert: Convert,
    latest: date | None,
) -> LazyMapping:
    """Return Jekyll's ``site``.

    ``config`` is what the old ``_config.yml`` holds, ``own`` what we know better; ``documents`` are those of every
    collection, articles being ``posts``; ``made`` makes what else there is: ``data``, ``pages``, ``static_files``.
    """
    now = datetime.now(UTC)

    def listed(name: str) -> Callable[[], list[LiquidDocument]]:
        return cache(lambda: liquid_documents(documents[name], address, convert, now, latest))

    lists = {name: listed(name) for name in sorted(documents, key=lambda name: name != ARTICLES) if documents[name]}

    def posts() -> list[LiquidDocument]:
        return lists[ARTICLES]()[::-1]

    def posts_by(key: str) -> dict[str, list[LiquidDocument]]:
        by: dict[str, list[LiquidDocument]] = {}
        for post in lists[ARTICLES]():
            for term in post.terms(key):
                by.setdefault(term, []).insert(0, post)
        return by

    def collections() -> list[object]:
        return [
            {
                "label": name,
                "docs": lists[name](),
                "files": [],
                "directory": f"_{name}",
                "relative_directory": f"_{name}",
                "output": True,
            }
            for name in sorted(lists, key=lambda name: (name != ARTICLES, name))
        ]

    found: dict[str, Callable[[], object]] = {
        "collections": collections,
        "documents": lambda: list(chain.from_iterable(docs() for docs in lists.values())),
        **lists,
    }
    if ARTICLES in lists:
        found |= {"posts": posts, "tags": partial(posts_by, "tags"), "categories": partial(posts_by, "categories")}
    return LazyMapping({"author": {}, "time": now, **config, **own}, {**found, **made})


def _moment(value: object, now: datetime) -> object:
    """Return a document's date as Jekyll has it, which is a moment; a text that no calendar knows stays."""
    if isinstance(value, str | int):
        known = of_value(value)
        value = date(known.year, known.month or 1, known.day or 1) if known.year and not known.text else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return now if value in (None, "") else value


def _words(value: Value) -> list[str]:
    """Return the terms of a key in the plural: a list, or a text of words."""
    return value.split() if isinstance(value, str) else _terms(value) if isinstance(value, list) else []


def _terms(value: Value) -> list[str]:
    """Return the terms of a key in the singular: one, or a list."""
    values = value if isinstance(value, list) else [value]
    return [str(item) for item in values if item is not None]


def _excerpt(body: str) -> str:
    """Return the first paragraph of a text, with the definitions of the links in it (``Jekyll::Excerpt``)."""
    head, _, tail = body.lstrip("\n").partition("\n\n")
    definitions = [f"{label}{target}" for label, target in _DEFINITION.findall(tail) if label in head]
    return "\n\n".join([head, "\n".join(definitions)]) if definitions else head
