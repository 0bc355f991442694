"""The documents of a collection, as academicpages has them → entries."""

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from markupsafe import Markup, escape

from ..problems import Place, Problems
from ..site import Document
from .entry import Entry

Convert = Callable[[str, Place], str]  # Markdown that begins at a place → HTML


def read_documents(documents: Iterable[Document], convert: Convert, problems: Problems) -> list[Entry]:
    """Return an entry for each document, and report what is wrong with it."""
    return [_entry(document, convert) for document in documents]


def anchor_of(document: Document) -> str:
    """Return the ``id`` of a document's entry: the name of its file."""
    return re.sub(r"[^\w.-]+", "-", PurePosixPath(document.name).stem).strip("-")


def _entry(document: Document, convert: Convert) -> Entry:
    title = str(document.front_matter.get("title") or PurePosixPath(document.name).stem)
    former = document.front_matter.get("redirect_from") or ()
    return Entry(
        permalink=str(document.front_matter.get("permalink") or ""),
        redirect_from=tuple(
            map(str, [former] if isinstance(former, str) else former if isinstance(former, list) else ())
        ),
        collection=document.collection,
        anchor=anchor_of(document),
        place=document.place(),
        title=title,
        title_html=escape(title),
        body=Markup(convert(document.body, Place(document.path, document.body_line))),  # noqa: S704  (the author's own Markdown, as of pages)
    )
