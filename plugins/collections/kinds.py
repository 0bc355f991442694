"""Kinds of publications: what BibTeX, CSL and schema.org call them, and the category under which a page lists them."""

from collections.abc import Mapping
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind: ``category`` as academicpages names it, and the types of CSL and schema.org.

    The venue is in the first of BibTeX's fields ``venue`` that an entry has.
    """

    category: str
    csl: str
    schema: str = "ScholarlyArticle"
    venue: tuple[str, ...] = ()


_BOOK = Kind("books", "book", "Book", ("publisher",))
_THESIS = Kind("theses", "thesis", "Thesis", ("school", "institution"))
_REPORT = Kind("reports", "report", "Report", ("institution", "publisher"))
_CHAPTER = Kind("chapters", "chapter", "Chapter", ("booktitle", "maintitle"))
_PREPRINT = Kind("preprints", "article", venue=("howpublished", "publisher"))

KINDS: Mapping[str, Kind] = {
    "article": Kind("manuscripts", "article-journal", venue=("journal", "journaltitle")),
    "inproceedings": Kind("conferences", "paper-conference", venue=("booktitle", "eventtitle")),
    "incollection": _CHAPTER,
    "inbook": _CHAPTER,
    "book": _BOOK,
    "collection": _BOOK,
    "proceedings": _BOOK,
    "booklet": _BOOK,
    "manual": _BOOK,
    "thesis": _THESIS,
    "phdthesis": _THESIS,
    "mastersthesis": _THESIS,
    "techreport": _REPORT,
    "report": _REPORT,
    "unpublished": _PREPRINT,
    "preprint": _PREPRINT,
    "dataset": Kind("datasets", "dataset", "Dataset", ("publisher", "howpublished")),
    "software": Kind("software", "software", "SoftwareSourceCode", ("publisher", "howpublished")),
    "patent": Kind("patents", "patent", "CreativeWork", ("type",)),
    "online": Kind("other", "webpage", "WebPage", ("organization", "howpublished")),
    "misc": Kind("other", "document", "CreativeWork", ("howpublished", "publisher", "organization")),
}
ALIASES = {  # what BibTeX, biblatex and the programs around them write as well
    "bookinbook": "inbook",
    "suppbook": "inbook",
    "conference": "inproceedings",
    "electronic": "online",
    "mvbook": "book",
    "mvcollection": "collection",
    "mvproceedings": "proceedings",
    "www": "online",
    "webpage": "online",
    "reference": "collection",
    "inreference": "incollection",
    "suppcollection": "incollection",
    "suppperiodical": "article",
    "periodical": "collection",
    "review": "article",
    "video": "misc",
    "audio": "misc",
    "artwork": "misc",
    "image": "misc",
    "standard": "manual",
    "presentation": "misc",
}
VENUES = "journaltitle journal booktitle school institution publisher organization howpublished eventtitle".split()
"""BibTeX's fields that may hold a venue, where the entry has none of its kind's own."""

CATEGORIES = {  # what authors call a category → the kind of its entries, where nothing else says it
    **{kind.category: name for name, kind in reversed([*KINDS.items()])},
    "articles": "article",
    "journal": "article",
    "journals": "article",
    "journal articles": "article",
    "conference": "inproceedings",
    "conference papers": "inproceedings",
    "proceedings": "inproceedings",
    "workshop": "inproceedings",
    "workshops": "inproceedings",
    "book": "book",
    "book chapters": "incollection",
    "thesis": "thesis",
    "preprint": "unpublished",
    "under_review": "unpublished",
    "underreview": "unpublished",
    "under review": "unpublished",
    "working papers": "unpublished",
    "technical reports": "techreport",
}
