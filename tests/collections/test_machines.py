"""What machines read of the publications: all of it says the same, and our own files read again give the same entries."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from plugins.collections.bibliography import read_bibliography
from plugins.collections.entry import Detail, Entry, EntryLink, PartialDate, Person
from plugins.collections.export import FILES, bibliography_files, resume_publications, scholarly_articles
from plugins.collections.links import of_title
from plugins.collections.matching import merge
from plugins.collections.tex import decode, to_tex
from plugins.problems import Place, Problems
from plugins.scripts import has_cjk
from tests.conftest import Site

URL = "https://example.org"
FACTS = "title title_html url authors others venue date award doi abstract fields".split()

TEXT = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="*∗⁎†‡§¶#✉"), min_size=1, max_size=7)
NAME = st.one_of(
    st.sampled_from("Müller O'Neil Nguyễn Ørsted Łukasz Åström Jean-Luc Çelik Толстой Ž Berg and".split()),
    TEXT.filter(lambda text: text[0].isalpha() and text.isalnum() and not has_cjk(text)).map(lambda text: decode(text).text),
)
WORDS = st.lists(NAME, min_size=1, max_size=3).map(" ".join)
PERSONS = st.one_of(
    st.tuples(NAME, WORDS, st.sampled_from(["", "van der", "de"]), st.sampled_from(["", "Jr."])).map(
        lambda parts: Person(*parts)
    ),
    st.sampled_from(["The ATLAS Collaboration", "Barnes and Noble, Inc.", "王小明"]).map(
        lambda name: Person(literal=name)
    ),
)
PIECES = st.one_of(
    TEXT.map(escape),
    st.sampled_from(["DNA", "–", "“x”", "&amp;", "{", "\\", "$", "%", "--", "~", "é", "王"]),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["em", "b", "sup", "sub"]), TEXT.map(escape)),
    st.sampled_from([r"\alpha", r"x^2", r"O(n\log n)"]).map(lambda tex: decode(f"${tex}$").html),
)
HTML = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
DATES = st.one_of(
    st.tuples(st.integers(1900, 2100), st.integers(0, 12)).map(lambda parts: PartialDate(*parts)),
    st.tuples(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28)).map(lambda parts: PartialDate(*parts)),
    st.sampled_from([PartialDate(text="in press"), PartialDate(2021, text="Spring 2021"), PartialDate(), PartialDate(2020, text="forthcoming")]),
)  # fmt: skip
LINKS = [
    EntryLink("pdf", "PDF", "/files/a.pdf"),
    EntryLink("doi", "DOI", "https://doi.org/10.1234/a_b(c)"),
    EntryLink("arxiv", "arXiv", "https://arxiv.org/abs/2101.00001"),
    EntryLink("code", "Code", "https://github.com/a/b_c"),
    EntryLink("slides", "Slides", "https://example.org/s%20t.pdf"),
    EntryLink("video", "Video", "https://youtu.be/x"),
    EntryLink("project", "Project", "https://example.org/~x/?a=b&c=d#e"),
]


def entry(**facts: object) -> Entry:
    return Entry(
        "publications", "a", Place("content/publications/a.md"), **{"title": "T", "title_html": Markup("T"), **facts}
    )  # type: ignore[arg-type]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    title = decode(to_tex(draw(HTML)))
    links = draw(st.lists(st.sampled_from(LINKS), unique=True))
    note = draw(st.sampled_from(["", "To appear", "A <em>note</em>"]))
    return entry(
        title=title.text,
        title_html=title.html,
        url=draw(st.sampled_from(["", "https://example.org/paper"])) or of_title(links),
        authors=tuple(draw(st.lists(PERSONS, max_size=3))),
        others=draw(st.booleans()),
        venue=draw(st.sampled_from([Markup("arXiv" if LINKS[2] in links else ""), Markup("Proc. of <em>X</em> &amp; Y"), Markup("J. DNA")])),
        date=draw(DATES),
        kind=draw(st.sampled_from(["article", "inproceedings", "book", "phdthesis", "techreport", "misc", "incollection"])),
        award=draw(st.sampled_from(["", "Best paper (50 %)"])),
        links=tuple(links),
        details=(Detail("note", "Note", Markup(note)),) if note else (),
        abstract=Markup(draw(st.sampled_from(["", "<p>One.</p>\n<p>Two &lt; 3 <em>x</em>.</p>"]))),
        doi="10.1234/a_b(c)" if LINKS[1] in links else "",
        selected=draw(st.booleans()),
        fields=draw(st.sampled_from([{}, {"volume": "3", "pages": "1–12"}, {"number": "4 & 5", "series": "LNCS"}])),
    )  # fmt: skip


def published(found: list[Entry]) -> tuple[list[Entry], dict[str, bytes]]:
    whole, records = merge(found, [], URL, Problems())
    return whole, dict(bibliography_files(FILES, whole, records, URL))


@given(entries())
def test_our_bibtex_read_again_gives_the_same_entry(written: Entry) -> None:
    [shown], files = published([written])
    problems = Problems()
    [(read, _)] = read_bibliography(files["publications.bib"], "content/publications.bib", problems)
    assert list(problems) == []
    for fact in FACTS:
        wanted = getattr(shown, fact)
        assert getattr(read, fact) == (f"{URL}{wanted}" if fact == "url" and wanted[:1] == "/" else wanted), fact
