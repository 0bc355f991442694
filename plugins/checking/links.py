"""A page's HTML and the files of the site → the links that lead to nothing.

Only links inside the site: its own address, paths from the root or from the page, and anchors.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..addresses import answering_file
from ..problems import Problem

LINKS = {"href", "src", "poster", "data"}  # attributes that hold one address; srcset holds several
BASE = "https://site.invalid"  # stands for an address that the site does not know yet


@dataclass(slots=True)
class Page:
    """What a page offers and asks for: its anchors, and its links as (line, attribute, address)."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects anchors and links."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.page.anchors.add(value)
            elif name == "srcset":
                self.page.links += [
                    (self.getpos()[0], name, part.split()[0]) for part in value.split(",") if part.strip()
                ]
            elif name in LINKS:
                self.page.links.append((self.getpos()[0], name, value.strip()))


def read(html: str) -> Page:
    """Return the anchors and links of a page."""
    page = Page()
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return page


def broken(pages: Mapping[str, Page], files: Set[str], siteurl: str, output: str) -> Iterator[Problem]:
    """Yield a warning for each link that leads to no file of the site, or to no anchor of its page.

    ``pages`` and ``files`` are by their path in the output, ``siteurl`` is "" where it is not known, ``output`` is what
    a person calls the folder.
    """
    root = siteurl or BASE
    for path, page in sorted(pages.items()):
        for line, attribute, address in page.links:
            place = urlsplit(urljoin(f"{root}/{path}", address))
            if place.scheme not in ("http", "https") or place.netloc != urlsplit(root).netloc:
                continue
            below = unquote(place.path).removeprefix(urlsplit(root).path)
            target = answering_file(below or "/", files)
            if target is None:
                hint = (
                    f"put it at content{normpath(below)}, or mend the address"
                    if below.strip("/")
                    else "mend the address"
                )
                yield Problem(f"{output}/{path}", line, attribute, f"{address!r} leads to nothing", hint, warning=True)
            elif place.fragment and target in pages and not is_anchor(unquote(place.fragment), pages[target]):
                said = f"{address!r} leads to an anchor that {output}/{target} does not have"
                yield Problem(f"{output}/{path}", line, attribute, said, "mend the part after '#'", warning=True)


def is_anchor(fragment: str, page: Page) -> bool:
    """Tell whether a browser finds the fragment: an id, the top, or a text fragment."""
    return fragment in page.anchors or fragment.lower() == "top" or fragment.startswith(":~:")
