"""The site as the steps of a build share it: typed records, free of Pelican.

`plugins.adapter` makes them from what Pelican has read; every feature takes them, or a part of them, as arguments.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from .problems import Place
from .yaml_mapping import Value

Status = Literal["published", "hidden", "draft"]
Claim = Literal["declared", "former", "default"]
PERMANENT = 301  # the status of most redirects

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can represent."""


class Output(NamedTuple):
    """One file of the site: ``save_as`` in the output folder, made from ``source``, as a person calls it.

    ``line`` and ``key`` say what put it there; they are 0 and "" where only the file's own name did.
    """

    save_as: str
    source: str
    line: int = 0
    key: str = ""

    @property
    def place(self) -> Place:
        """Where it is said that the file goes there."""
        return Place(self.source, self.line, self.key)


class Page(NamedTuple):
    """One Markdown file and the HTML file made from it.

    ``path`` runs from the project's root with forward slashes (``content/pages/cv.md``); ``url`` is percent-encoded and
    ``save_as`` decoded, both without a leading slash. ``title`` is never empty, ``heading`` is the title as the author
    gave it in plain text, or "". ``html`` is the converted body, ``markdown`` the source that the public may read.
    ``front_matter`` is what the author wrote, parsed; ``lines`` gives the line of each of its keys, from 1.
    """

    path: str
    url: str
    save_as: str
    title: str
    heading: str = ""
    lang: str = "en"
    status: Status = "published"
    is_article: bool = False
    date: datetime | None = None
    modified: datetime | None = None
    template: str = "page"
    html: str = ""
    markdown: str = ""
    front_matter: Mapping[str, Value] = {}
    lines: Mapping[str, int] = {}

    def place(self, key: str) -> Place:
        """Return where a key of the front matter stands; the whole file if it is not there."""
        return Place(self.path, self.lines.get(key, 0), key)

    @property
    def output(self) -> Output:
        """The page's HTML file, and the key that puts it there."""
        key = next((key for key in ("permalink", "save_as", "url", "slug") if key in self.lines), "")
        return Output(self.save_as, self.path, self.lines.get(key, 0), key)


class Document(NamedTuple):
    """One Markdown file of a collection as its author wrote it: a publication, talk or course of the old site.

    ``path`` runs from the project's root (``content/talks/2020-01-02-x.md``), ``name`` from the collection's folder.
    ``body`` is Markdown with comments and Liquid, which begins on ``body_line``; ``lines`` gives the line of each key
    of the front matter, from 1, ``written`` the text of a value that YAML does not take for a string. ``fenced`` is
    False for a file without front matter.
    """

    collection: str
    path: str
    name: str
    front_matter: Mapping[str, Value] = {}
    lines: Mapping[str, int] = {}
    body: str = ""
    body_line: int = 1
    written: Mapping[str, str] = {}
    fenced: bool = True

    def place(self, key: str = "") -> Place:
        """Return where a key of the front matter stands; the whole file if it is not there."""
        return Place(self.path, self.lines.get(key, 0), key)


class StaticFile(NamedTuple):
    """One file that is copied: ``path`` from the project's root, ``save_as`` in the output, ``file`` on the disk."""

    path: str
    save_as: str
    file: Path

    @property
    def output(self) -> Output:
        """The copy."""
        return Output(self.save_as, self.path)


class Site(NamedTuple):
    """Everything that was read: pages and static files of one build.

    ``pages`` holds every page and article, drafts that are shown and translations included, in Pelican's order.
    ``url`` is the site's address without a slash at its end, or "" where none is set; ``preview`` the address of the
    picture that stands for the site, "" for none.
    """

    url: str
    name: str
    lang: str
    pages: Sequence[Page]
    static_files: Sequence[StaticFile]
    preview: str = ""

    @property
    def base(self) -> str:
        """The path below which the site lives, without a slash at its end: ``/lab`` of ``https://example.org/lab``."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def published(self) -> Iterator[Page]:
        """Yield the pages that visitors may find: neither drafts nor hidden."""
        return (page for page in self.pages if page.status == "published")


class Redirect(NamedTuple):
    """One old address and where it leads.

    ``written`` is the source as the author wrote it, with a leading slash; ``source`` the same decoded; ``target``
    percent-encoded: `/path?query#fragment` on this site, or a full URL; ``status`` 301, 302, 307 or 308. ``query`` is
    the whole query of the requests that are meant, percent-encoded; "" for any. ``claim`` is by what right it has the
    source: one that is ``declared`` clashes with others by an error; a ``former`` address of an entry yields with a
    warning, a ``default`` one, which nobody wrote, without a word.
    """

    source: str
    target: str
    place: Place
    written: str
    status: int = PERMANENT
    query: str = ""
    claim: Claim = "declared"


class RedirectPlan(NamedTuple):
    """The finished redirects: every target is final, and no source is the address of anything else.

    ``redirects`` holds them all; ``rules`` those that may become rules of a host; ``stubs`` maps each output file,
    relative to the output, to the redirect whose stub goes there. ``queries`` are those of requests with a certain
    query: no stub can tell these from others, so they are in none of the three.
    """

    redirects: tuple[Redirect, ...] = ()
    rules: tuple[Redirect, ...] = ()
    stubs: Mapping[str, Redirect] = {}
    queries: tuple[Redirect, ...] = ()
