"""The pages and files of a site → warnings about its broken links.

Only links inside the site are checked: its own address, paths from the root or from the page, and anchors. A whole
address outside the site's path is another site's; a path from the root outside it is most likely meant to be inside
(`plugins.base_path` has given the path to those that are).
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..addresses import answering_file
from ..markup import LINKS, scan
from ..problems import Problem

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
    base = unquote(urlsplit(root).path)
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
            inside = decoded(parts.path, base)
            if inside is None:
                if address.startswith("/") and not address.startswith("//"):
                    hint = (
                        f"put it at content{normpath(unquote(parts.path))}, or write the whole address of another site"
                    )
                    message = f"{address!r} is outside {base}/, and this site does not have it"
                    yield Problem(f"{output}/{path}", line, attribute, message, hint, warning=True)
                continue
            target = answering_file(inside, files)
            if target is None:
                hint = "correct the address"
                if inside.strip("/"):
                    hint = f"put it at content{normpath(inside)}, or {hint}"
                yield Problem(f"{output}/{path}", line, attribute, f"{address!r} does not exist", hint, warning=True)
            elif parts.fragment and target in pages and not is_anchor(unquote(parts.fragment), pages[target]):
                message = f"{address!r} leads to an anchor that {output}/{target} does not have"
                yield Problem(f"{output}/{path}", line, attribute, message, "correct the part after '#'", warning=True)


def decoded(path: str, base: str) -> str | None:
    """Return the decoded path of an address below the site's own path; None for one outside it."""
    decoded = unquote(path)
    if decoded == base:
        return "/"
    return decoded.removeprefix(base) if decoded.startswith(f"{base}/") else None


def is_anchor(fragment: str, page: Page) -> bool:
    """Return whether a browser finds a fragment in a page: an id, the top, or a text fragment."""
    return fragment in page.anchors or fragment.lower() == "top" or fragment.startswith(":~:")
