"""The records of an import: what becomes of each file of a checkout, and what is written. Nothing here reads a disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..problems import Problem, Problems
from ..yaml_mapping import Value

ACADEMICPAGES, ACAD_HOMEPAGE, AL_FOLIO, HUGOBLOX = "academicpages", "acad-homepage", "al-folio", "HugoBlox"

COLLECTIONS = ["publications", "talks", "teaching", "portfolio"]  # those that the program knows by itself

KINDS = {  # in the order of the report; the words for one and for several
    "page": ("page", "pages"),
    "entry": ("entry", "entries"),  # of a collection, whose own name is better
    "article": ("article", "articles"),
    "draft": ("draft", "drafts"),
    "data": ("data file", "data files"),
    "menu": ("menu", "menus"),
    "file": ("file", "files"),
    "config": ("configuration", "configurations"),
    "list": ("list page", "list pages"),
    "code": ("layout, style or script", "layouts, styles and scripts"),
    "tool": ("file about the repository", "files about the repository"),
    "unpublished": ("file that the old site did not publish", "files that the old site did not publish"),
    "cache": ("cache", "caches"),
    "refused": ("file that cannot be read", "files that cannot be read"),
}


Setting = bool | str | list[str] | Mapping[str, Mapping[str, str]] | Mapping[str, str]


class Item(NamedTuple):
    """One file of the checkout, or a folder that was not entered, whose ``path`` ends with a slash.

    ``path`` is relative to the checkout, ``to`` to the project; "" if the file is not written there under a name of its
    own. ``kind`` is a key of ``KINDS``. ``why`` says why the file is left out, or what became of it. ``template`` marks
    what is the template's own, unchanged. ``collection`` is the name of an entry's collection.
    """

    path: str
    kind: str
    to: str = ""
    why: str = ""
    template: bool = False
    collection: str = ""


@dataclass(slots=True)
class Plan:
    """What an import will do: one item for each file of the ``checkout``, and the ``files`` of the project.

    ``files`` maps a path in the project to its bytes or the file to copy; None removes it. ``settings`` are set in
    ``pelicanconf.py``, ``production`` in ``publishconf.py``. ``template`` is the
    template that the old site is made of, ``config`` what its configuration holds. ``problems`` are warnings: what
    needs the owner.
    """

    template: str
    checkout: Path
    config: Mapping[str, Value]
    items: list[Item] = field(default_factory=list)
    files: dict[str, bytes | Path | None] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    production: Mapping[str, Setting] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def of(self, *kinds: str) -> list[Item]:
        """Return the items of some kinds."""
        return [item for item in self.items if item.kind in kinds]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: paths relative to the project, and the warnings.

    ``kept`` is what an earlier import wrote and its owner has changed since.
    """

    plan: Plan
    written: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def warnings(self) -> list[Problem]:
        """What needs the owner."""
        return list(self.plan.problems)
