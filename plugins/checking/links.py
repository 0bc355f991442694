"""The pages and files of a site → warnings about its broken links.

Only links inside the site are checked: its own address, paths from the root or from the page, and anchors.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..addresses import answering_file
from ..markup import scan
from ..problems import Problem

LINKS = {"href", "src", "poster", "data"}  # attributes that hold one address; srcset holds several
BASE = "https://site.invalid"  # stands for the site's address where it is not known


@dataclass(slots=True)
class Page:
    """The anchors of a page, and its links as (line, attribute, address)."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str, str]] = field(default_factory=list)


def read(html: str) -> Page:
    """Return the anchors and links of a page."""
    page = Page()
    line, counted = 1, 0
    for token in scan(html):
        if token.kind != "start":
            continue
        line += html.count("\n", counted, token.position)
        counted = token.position
        for name, value in token.attributes.items():
            if name == "id" or (name == "name" and token.name == "a"):
                page.anchors.add(value)
            elif name == "srcset":
                page.links += [(line, name, part.split()[0]) for part in value.split(",") if part.strip()]
            elif name in LINKS:
                page.links.append((line, name, value.strip()))
    return page


def broken(pages: Mapping[str, Page], files: Set[str], siteurl: str, output: str) -> Iterator[Problem]:
    """Yield a warning for each link to a file that the site does not have, or to an anchor that its page does not have.

    The keys of ``pages``, and ``files``, are paths in the output. ``siteurl`` is "" where it is not known. ``output``
    is the name of the output folder, for messages.
    """
    root = siteurl or BASE
    for path, page in sorted(pages.items()):
        for line, attribute, address in page.links:
            try:
                parts = urlsplit(urljoin(f"{root}/{path}", address))
            except ValueError as error:
                message = f"{address!r} is not an address: {error}"
                yield Problem(f"{output}/{path}", line, attribute, message, "correct it", warning=True)
                continue
            if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(root).netloc:
                continue
            below = unquote(parts.path).removeprefix(urlsplit(root).path)
            target = answering_file(below or "/", files)
            if target is None:
                hint = "correct the address"
                if below.strip("/"):
                    hint = f"put it at content{normpath(below)}, or {hint}"
                yield Problem(f"{output}/{path}", line, attribute, f"{address!r} does not exist", hint, warning=True)
            elif parts.fragment and target in pages and not is_anchor(unquote(parts.fragment), pages[target]):
                message = f"{address!r} leads to an anchor that {output}/{target} does not have"
                yield Problem(f"{output}/{path}", line, attribute, message, "correct the part after '#'", warning=True)


def is_anchor(fragment: str, page: Page) -> bool:
    """Return whether a browser finds a fragment in a page: an id, the top, or a text fragment."""
    return fragment in page.anchors or fragment.lower() == "top" or fragment.startswith(":~:")
