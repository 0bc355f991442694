"""One entry of a bibliography as its author wrote it: fields of BibTeX with TeX in them; and its text."""

import re
from collections.abc import Mapping
from typing import NamedTuple

COLLECTION = "publications"  # the one to which bibliographies belong
FILES = {"publications.bib": "BibTeX", "publications.json": "CSL-JSON"}  # their names, and what formats are called


class Field(NamedTuple):
    """The value of one field, without what encloses it and never empty, and the line of its name."""

    tex: str
    line: int = 0


class Record(NamedTuple):
    """One entry: ``kind`` as BibTeX's types are called, ``fields`` by their names in lower case, in their order."""

    kind: str
    key: str
    line: int
    fields: Mapping[str, Field]

    def tex(self, *names: str) -> str:
        """Return the first of these fields that is filled, "" for none."""
        for name in names:
            if field := self.fields.get(name):
                return field.tex
        return ""


def to_bibtex(record: Record, names: frozenset[str] | None = None) -> str:
    """Return the text of a record, with the fields ``names`` of it, None for all."""
    fields = [
        f"  {name} = {{{_on_one_line(field.tex)}}},\n"
        for name, field in record.fields.items()
        if names is None or name in names
    ]
    key = re.sub(r"[\s\\{}\"#%'(),=~]+", "-", record.key)  # what BibTeX has none of in keys
    return f"@{record.kind}{{{key},\n{''.join(fields)}}}"


def _on_one_line(tex: str) -> str:
    """Return a value on one line, whose paragraphs stay apart, and that does not escape the brace behind it."""
    line = " \\par ".join(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", tex))
    return f"{line} " if line.endswith("\\") else line


PUBLIC = frozenset(
    """
    abbr abstract addendum additional_info address afterword annotator archiveprefix article-number articleno arxiv
    author authortype award award_name bibtex_show blog bookauthor bookpagination booksubtitle booktitle
    booktitleaddon chapter code collaboration commentator data dataset date day doi edition editor editora
    editoratype editorb editorbtype editorc editorctype editortype eid eprint eprintclass eprinttype event eventdate
    eventtitle eventtitleaddon fjournal foreword github hal hal_id holder howpublished html institution introduction
    isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc journal journalsubtitle
    journaltitle journaltitleaddon key keywords langid language location mainsubtitle maintitle maintitleaddon month
    mrclass mrnumber nameaddon note number numpages organization origdate origlanguage origlocation origpublisher
    origtitle pages pagetotal pagination part pdf pmcid pmid poster preview primaryclass project publisher pubstate
    reportnumber reprinttitle school selected series shortauthor shorteditor shortjournal shortseries shorttitle
    slides subtitle supp title titleaddon translator type url urldate venue version video volume volumes website
    year zbl zbmath
    """.split()
)
"""The fields that a reader may see. What programs and their users keep beside them for themselves is not published."""

BOOKKEEPING = frozenset(
    """
    abstractnote added-at adsnote adsurl altmetric annotation annote bibsource biburl citation_count citationkey
    citeulike-article-id coden comment comments copyright creationdate crossref da date-added date-modified
    date_added date_modified dimensions entryset file files gender google_scholar_id groups ids indextitle
    inspirehep_id interhash intrahash issue_date keyword keywords_private label library local-url localfile
    modificationdate mrreviewer nota notes options owner presort printed priority qualityassured ranking rating read
    readstatus relevance review rights section series_address shorthand slaccitation sortkey sortname sorttitle
    sortyear timestamp uda username uuid xdata xref
    """.split()
)
