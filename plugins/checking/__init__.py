"""Check the finished site. Edge: reads the output and the content, asks over HTTP.

This module looks into the files; `asking` asks a site for addresses, `published` for those of the site before an import
and for everything that is published.

**Errors**, for which `invoke check` ends with 1, are what is broken: a link inside the site that leads nowhere, or to
an anchor that its page does not have. Only the site's own address, paths from the root or from the page, and anchors
are inside; a whole address outside the site's path is another site's. **Warnings** are what an author should know:
pictures that are large or that have no text, pages over the budget, links that leave the site's path.
"""

import gzip
import mimetypes
import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..addresses import answering_file, fold
from ..domain import other_domain
from ..markup import LINKS, scan
from ..problems import Problem

BASE = "https://site.invalid"  # stands for the site's address where it is not known
BUDGET = 14_600  # bytes of a compressed page: what a server sends at once, before the browser has to answer
_BROTLI = 0.87  # of what gzip leaves, which is measured since Python has it
LARGE = 500_000  # bytes of a picture
_MAIL = re.compile(r"[^/?#\s:@]+@[^/?#\s:@]+\.[^/?#\s:@]+")
_HOST = re.compile(
    r"(?:www\.[a-z0-9.-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]{2}|com|org|net|edu|gov|info|dev|app))", re.I
)
# What the warnings say: by these words an entry of ACKNOWLEDGED is told from one that quotes a build's.
_OUTSIDE = "and this site does not have it"
_NO_TEXT = "has no text for those who cannot see it"
_HEAVY = f"bytes compressed; {BUDGET:,} arrive at once, the rest waits"
_SLOW = "MB, which takes long on a telephone"
_OTHER_DOMAIN = "is not the host of SITEURL"
_WARNINGS = (_OUTSIDE, _NO_TEXT, _HEAVY, _SLOW, _OTHER_DOMAIN)


@dataclass(slots=True)
class Page:
    """The anchors of a page, its links as (line, attribute, address), and the lines of pictures that lack a text."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    undescribed: list[tuple[int, str]] = field(default_factory=list)


class Site:
    """The names of a site's files, and where each of its pages was written.

    ``sources`` are the content files, below ``root``, that may hold what a page shows, by the name of the page; the
    first that holds the address at fault is named, with its line. ``name`` is that of the folder of the ``files``.
    """

    def __init__(
        self,
        files: Set[str],
        siteurl: str,
        sources: Mapping[str, Sequence[str]],
        name: str = "output",
        root: Path = Path(),
    ) -> None:
        self.files, self.sources, self.name = files, sources, name
        self.root = urlsplit(siteurl or BASE)
        self.base = unquote(self.root.path)
        self._read = cache(lambda path: (root / path).read_text("utf-8", "replace") if (root / path).is_file() else "")

    def place(self, name: str, line: int, address: str) -> tuple[str, int]:
        """Return where an address of a page was written: a file of the content if one holds it."""
        bare = address.removeprefix(self.base) if self.base else address
        forms = dict.fromkeys((address, bare, escape(address), unquote(address), unquote(bare)))
        for source in self.sources.get(name, ()):
            text = self._read(source)
            for form in filter(None, forms):
                found = re.search(rf"(?<![\w/.-]){re.escape(form)}(?![\w/-])", text) or re.search(re.escape(form), text)
                if found:
                    return source, text.count("\n", 0, found.start()) + 1
        return f"{self.name}/{name}", line


def check(output: Path, siteurl: str, sources: Mapping[str, Sequence[str]] | None = None) -> list[Problem]:
    """Return what is broken in the site in ``output``, and the warnings; ``sources`` as in `Site`."""
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    site = Site(files, siteurl, sources or {}, output.name)
    texts = {name: (output / name).read_text("utf-8", "replace") for name in sorted(files) if name.endswith(".html")}
    pages = {name: read(text) for name, text in texts.items()}
    cname = (output / "CNAME").read_text("utf-8", "replace") if "CNAME" in files else ""
    return [
        *other_domain(cname, siteurl),
        *broken(pages, site),
        *undescribed(pages, site),
        *heavy(pages, site, output),
    ]


def is_anchor(fragment: str, known: Container[str]) -> bool:
    """Return whether the part of an address behind ``#`` leads somewhere on a page with the ``known`` anchors."""
    name = unquote(fragment)
    return name.lower() in ("", "top") or name.startswith(":~:") or name in known


def is_own_warning(entry: str) -> bool:
    """Return whether an entry of ``ACKNOWLEDGED`` quotes a warning of this check, and none of a build."""
    return any(words in entry for words in _WARNINGS)


def read(html: str) -> Page:
    """Return what is to be checked of a page."""
    page = Page()
    line, counted = 1, 0
    silent: list[tuple[int, str]] | None = None  # the pictures of a link that has said nothing yet
    for token in scan(html):
        line += html.count("\n", counted, token.position)
        counted = token.position
        if token.name == "a" and token.kind == "end":
            page.undescribed += silent or []
            silent = None
        elif token.name == "svg" or (token.kind == "text" and token.text.strip()):
            silent = None
        if token.kind != "start":
            continue
        attributes = token.attributes
        for name, value in attributes.items():
            if name == "id" or (name == "name" and token.name == "a"):
                page.anchors.add(value)
            elif name == "srcset":
                page.links += [(line, name, part.split()[0]) for part in value.split(",") if part.strip()]
            elif name in LINKS:
                page.links.append((line, name, value.strip()))
        if token.name == "a":
            silent = [] if "href" in attributes and not attributes.get("aria-label") else None
        elif token.name == "img":
            picture = line, attributes.get("src", "")
            if "alt" not in attributes:
                page.undescribed.append(picture)
            elif attributes["alt"]:
                silent = None
            elif silent is not None:
                silent.append(picture)
    return page


def broken(pages: Mapping[str, Page], site: Site) -> Iterator[Problem]:
    """Yield an error for each link to a file that the site does not have, or to an anchor that its page does not have.

    A path from the root outside the site's own is a warning: another site on the same host may answer it.
    """
    folded: dict[str, str] = {}

    def hint(path: str, address: str) -> str:
        """Return the way out for a link to what does not exist; ``path`` is what it leads to inside the site."""
        if _MAIL.fullmatch(address):
            return f"write 'mailto:{address}'"
        first = address.partition("/")[0]
        if _HOST.fullmatch(first) and (first[-3] != "." or not mimetypes.guess_type(first)[0]):  # `.ps` is of a file
            return f"write 'https://{address}'"
        source = next((page for page, files in site.sources.items() if files and files[0].endswith(path)), "")
        if source and path.endswith(".md"):
            return f"write {site.base + '/' + source.removesuffix('index.html')!r}"
        if not folded:
            folded.update((fold(file), file) for file in sorted(site.files, reverse=True))
        if other := folded.get(fold(path.strip("/"))):
            return f"write {f'{site.base}/{other}'!r}"
        return (
            f"put it at content{normpath(path)}, or correct the address" if path.strip("/") else "correct the address"
        )

    def fault(path: str, address: str) -> tuple[str, str, bool] | None:
        """Return what is wrong with a link of the page at ``path``, the way out, and whether it may be right."""
        try:
            parts = urlsplit(urljoin(f"{site.root.geturl()}/{path}", address))
        except ValueError as error:
            return f"{address!r} is not an address: {error}", "correct it", False
        if parts.scheme not in ("http", "https") or parts.netloc != site.root.netloc:
            return None
        whole = unquote(parts.path)
        if whole != site.base and not whole.startswith(f"{site.base}/"):
            if not address.startswith("/") or address.startswith("//"):
                return None
            way_out = f"put it at content{normpath(whole)}, or write the whole address of another site"
            return f"{address!r} is outside {site.base}/, {_OUTSIDE}", way_out, True
        inside = whole.removeprefix(site.base) or "/"
        target = answering_file(inside, site.files)
        if target is None:
            return f"{address!r} does not exist", hint(inside, address), False
        if target not in pages or is_anchor(parts.fragment, pages[target].anchors):
            return None
        shown = f"{site.name}/{target}"
        near = next((each for each in sorted(pages[target].anchors) if fold(each) == fold(unquote(parts.fragment))), "")
        way_out = f"write {f'#{near}'!r}" if near else "correct the part after '#'"
        return f"{address!r} leads to an anchor that {shown} does not have", way_out, False

    for path, page in sorted(pages.items()):
        for line, attribute, address in page.links:
            if found := fault(path, address):
                message, way_out, doubtful = found
                yield Problem(*site.place(path, line, address), attribute, message, way_out, warning=doubtful)


def undescribed(pages: Mapping[str, Page], site: Site) -> Iterator[Problem]:
    """Yield a warning for each picture that says nothing to who cannot see it."""
    for path, page in sorted(pages.items()):
        for line, address in page.undescribed:
            message = f"{address!r} {_NO_TEXT}"
            hint = 'write ![what it shows](…), or alt="" if it only decorates'
            yield Problem(*site.place(path, line, address), "alt", message, hint, warning=True)


def heavy(pages: Mapping[str, Page], site: Site, output: Path) -> Iterator[Problem]:
    """Yield a warning for each page over the budget, and for each large picture that a page shows."""
    shown: dict[str, tuple[str, int, str]] = {}
    for path, page in sorted(pages.items()):
        size = round(len(gzip.compress((output / path).read_bytes(), 9)) * _BROTLI)
        if size > BUDGET:
            place = next(iter(site.sources.get(path, ())), f"{site.name}/{path}")
            page_path = path.removesuffix("index.html")
            message = f"/{page_path} has about {size:,} {_HEAVY}"
            yield Problem(place, 0, "weight", message, "move a part of it to a page of its own", warning=True)
        for line, attribute, address in page.links:
            if attribute == "src" and "://" not in address:
                name = unquote(urljoin(f"{site.base}/{path}", address)).removeprefix(f"{site.base}/").lstrip("/")
                shown.setdefault(name, (path, line, address))
    for name, where in sorted(shown.items()):
        if name in site.files and (mimetypes.guess_type(name)[0] or "").startswith("image/"):
            size = (output / name).stat().st_size
            if size > LARGE:
                message = f"{where[2]!r} has {size / 1e6:.1f} {_SLOW}"
                hint = "save it with at most 1,600 pixels a side, as JPEG, WebP or AVIF"
                yield Problem(*site.place(*where), "picture", message, hint, warning=True)
