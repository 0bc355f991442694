"""The ``id`` of each entry: no two on a page may be equal, nor that of an entry and of a heading."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from ..site import Document

_OUTSIDE = re.compile(r"\w+:|//")
_TEMPLATE = re.compile(
    r"/(?:publication/20\d\d-\d\d-\d\d-paper-title-number-\d"
    r"|talks/201\d-\d\d-\d\d-(?:talk|tutorial|conference-proceeding-talk|workshop)-?\d*"
    r"|teaching/201\d-(?:spring|fall)-teaching-\d)\Z"
)


class Anchors:
    """The ids that pages have; each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with the ids of what is no entry."""
        self._wanted = dict.fromkeys(taken, 1)  # how often each was asked for

    @property
    def taken(self) -> frozenset[str]:
        """All that are given."""
        return frozenset(self._wanted)

    def take(self, wanted: str) -> str:
        """Return the id, with a number behind it where it is taken."""
        anchor = wanted
        while anchor in self._wanted:
            self._wanted[wanted] += 1
            anchor = f"{wanted}-{self._wanted[wanted]}"
        self._wanted[anchor] = 1
        return anchor


def anchor_of(document: Document) -> str:
    """Return the ``id`` that a document's entry would have alone: the permalink's last part, or its file's name."""
    written = document.front_matter.get("permalink")
    path = written.strip() if isinstance(written, str) else ""
    if _TEMPLATE.match(path) or _OUTSIDE.match(path):
        path = ""
    name = re.sub(r"\.(?:html?|md)$|[?#].*", "", path).rstrip("/").rpartition("/")[2]
    return valid_id(name) or valid_id(PurePosixPath(document.name).stem) or document.collection


def valid_id(name: str) -> str:
    """Return a name as an ``id`` that stands in addresses as it is, as far as its letters do."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")
