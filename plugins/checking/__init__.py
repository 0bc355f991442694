"""Check the finished site: do its links lead somewhere, is its domain the right one? Edge: reads the output.

Only links inside the site are checked: its own address, paths from the root or from the page, and anchors. A whole
address outside the site's path is another site's; a path from the root outside it is most likely meant to be inside
(`plugins.base_path` has given the path to those that are).
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..addresses import answering_file
from ..domain import other_domain
from ..markup import LINKS, scan
from ..problems import Problem

BASE = "https://site.invalid"  # stands for the site's address where it is not known


@dataclass(slots=True)
class Page:
    """The anchors of a page, and its links as (line, attribute, address)."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[int, str, str]] = field(default_factory=list)


def check(output: Path, siteurl: str) -> list[Problem]:
    """Return a warning for each link of the site to something inside it that is not there, and for another's domain."""
    files = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    pages = {
        path: read((output / path).read_text("utf-8", "replace")) for path in sorted(files) if path.endswith(".html")
    }
    cname = (output / "CNAME").read_text("utf-8", "replace") if "CNAME" in files else ""
    return [*other_domain(cname, siteurl), *broken(pages, files, siteurl, output.name)]


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
    root = urlsplit(siteurl or BASE)
    base = unquote(root.path)

    def fault(path: str, address: str) -> tuple[str, str] | None:
        """Return what is wrong with a link of the page at ``path``, and the way out."""
        try:
            parts = urlsplit(urljoin(f"{root.geturl()}/{path}", address))
        except ValueError as error:
            return f"{address!r} is not an address: {error}", "correct it"
        if parts.scheme not in ("http", "https") or parts.netloc != root.netloc:
            return None
        whole, anchor = unquote(parts.path), unquote(parts.fragment)
        if whole != base and not whole.startswith(f"{base}/"):
            hint = f"put it at content{normpath(whole)}, or write the whole address of another site"
            from_root = address.startswith("/") and not address.startswith("//")
            return (f"{address!r} is outside {base}/, and this site does not have it", hint) if from_root else None
        inside = whole.removeprefix(base) or "/"
        target = answering_file(inside, files)
        if target is None:
            place = f"put it at content{normpath(inside)}, or " if inside.strip("/") else ""
            return f"{address!r} does not exist", f"{place}correct the address"
        if target not in pages or anchor in {"", *pages[target].anchors} or anchor.lower() == "top":
            return None
        if anchor.startswith(":~:"):  # a text fragment
            return None
        return f"{address!r} leads to an anchor that {output}/{target} does not have", "correct the part after '#'"

    for path, page in sorted(pages.items()):
        for line, attribute, address in page.links:
            if found := fault(path, address):
                yield Problem(f"{output}/{path}", line, attribute, *found, warning=True)
