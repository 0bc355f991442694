"""One entry of a bibliography as its author wrote it: fields of BibTeX with TeX in them; and its text."""

import re
from collections.abc import Mapping
from typing import NamedTuple


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
    abbr abstract addendum additional_info address annotation archiveprefix arxiv article-number articleno author
    award bibtex_show blog bookauthor booksubtitle booktitle chapter code collaboration data dataset date day doi
    edition editor eid eprint eprintclass eprinttype event eventdate eventtitle github holder howpublished html
    institution isbn issn issue issuetitle journal journalsubtitle journaltitle key keywords langid language
    location maintitle month note number numpages organization origdate origtitle pages pagetotal part pdf pmcid
    pmid poster preview primaryclass project publisher pubstate reportnumber school selected series shortjournal
    shorttitle slides subtitle supp title titleaddon translator type url urldate venue version video volume volumes
    website year
    """.split()
)
"""The fields that a reader may see. What programs and their users keep beside them for themselves is not published."""

BOOKKEEPING = frozenset(
    """
    annote abstractnote comment comments file files owner timestamp creationdate modificationdate groups review
    priority ranking readstatus printed qualityassured relevance local-url localfile nota notes keyword crossref
    xdata xref entryset ids options presort sortkey sortname sorttitle sortyear shorthand keywords_private biburl
    bibsource added-at date-added date-modified interhash intrahash username citeulike-article-id citation_count
    adsurl adsnote slaccitation date_added date_modified read rating da uda copyright rights issue_date
    series_address
    """.split()
)
