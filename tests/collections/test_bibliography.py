"""BibTeX's fields → entries: names, dates, venues, links, as BibTeX, biblatex, databases and al-folio write them."""

import pytest

from plugins.collections.bibliography import read_bibliography
from plugins.collections.entry import Entry, PartialDate, Person
from plugins.problems import Problems

PATH = "content/publications.bib"


def read(fields: str, kind: str = "article") -> tuple[Entry, list[str]]:
    """Return the entry with these fields beside a title, and what is reported, without the path."""
    problems = Problems()
    [(entry, _)] = read_bibliography(f"@{kind}{{key, title={{Title}}, {fields}}}".encode(), PATH, problems)
    return entry, [str(problem).removeprefix(f"{PATH}:1: warning: ") for problem in problems]


@pytest.mark.parametrize(
    ("tex", "persons", "others"),
    [
        ("Donald E. Knuth", [Person("Knuth", "Donald E.")], False),
        ("Knuth, Donald E.", [Person("Knuth", "Donald E.")], False),
        ("Ludwig van Beethoven", [Person("Beethoven", "Ludwig", "van")], False),
        ("van der Berg, Jan", [Person("Berg", "Jan", "van der")], False),
        ("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", [Person("Vallée Poussin", "Charles Louis Xavier Joseph", "de la")], False),
        ("King, Jr., Martin Luther", [Person("King", "Martin Luther", "", "Jr.")], False),
        ("{\\O}rsted, Hans Christian", [Person("Ørsted", "Hans Christian")], False),
        ("M{\\\"u}ller, J.~K. and Garc{\\'\\i}a M{\\'a}rquez, Gabriel", [Person("Müller", "J. K."), Person("García Márquez", "Gabriel")], False),
        ("{The ATLAS Collaboration}", [Person(literal="The ATLAS Collaboration")], False),
        ("{Barnes and Noble} and Lee, Ann", [Person(literal="Barnes and Noble"), Person("Lee", "Ann")], False),
        ("{\\'E}douard, Jean", [Person("Édouard", "Jean")], False),
        ("{de Gruyter}, Walter", [Person("de Gruyter", "Walter")], False),
        ("Lee, Ann and others", [Person("Lee", "Ann")], True),
        ("Lee, Ann and {et al.}", [Person("Lee", "Ann")], True),
        ("Plato", [Person("Plato")], False),
        ("王, 小明", [Person("王", "小明", literal="王小明")], False),
        ("王小明 and 山田太郎", [Person("王小明", literal="王小明"), Person("山田太郎", literal="山田太郎")], False),
        ("김, 철수", [Person("김", "철수", literal="김철수")], False),
        ("Толстой, Лев", [Person("Толстой", "Лев")], False),
        ("Lee*, Ann and Ray, Bob\\textsuperscript{\\dag} and Cho$^*$, Kim", [Person("Lee", "Ann", marks="*"), Person("Ray", "Bob", marks="†"), Person("Cho", "Kim", marks="*")], False),
        ("\\textbf{Lee, Ann} and {\\bf Ray, Bob} and \\underline{Cho Kim}", [Person("Lee", "Ann"), Person("Ray", "Bob"), Person("Kim", "Cho")], False),
        ("Lee, A.\n   and\n  Ray, B.", [Person("Lee", "A."), Person("Ray", "B.")], False),
        ("Lee, Ann AND Ray, Bob", [Person("Lee", "Ann"), Person("Ray", "Bob")], False),
        ("O'Neil, Se{\\'a}n", [Person("O'Neil", "Seán")], False),
        ("Nguy{\\~{\\^e}}n, An", [Person("Nguyễn", "An")], False),
        ("Lee, Ann,", [Person("Lee", "Ann")], False),
    ],
)  # fmt: skip
def test_names_are_divided_as_bibtex_does(tex: str, persons: list[Person], others: bool) -> None:
    entry, problems = read(f"author={{{tex}}}")
    assert (list(entry.authors), entry.others, problems) == (persons, others, [])


@pytest.mark.parametrize(
    "tex",
    ["Ann Lee, Bob Ray, Cho Kim", "Ann Lee; Bob Ray; Cho Kim", "A. Lee, B. Ray, C. Kim", "Lee, A., Ray, B., Kim, C."],
)
def test_names_without_and_are_divided_with_a_warning(tex: str) -> None:
    entry, problems = read(f"author={{{tex}}}")
    assert {person.family for person in entry.authors} == {"Lee", "Ray", "Kim"}
    assert problems == [f"author: '{tex}' is one name to BibTeX; write 'and' between the names"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year=2020", PartialDate(2020)),
        ("year=2020, month=may", PartialDate(2020, 5)),
        ("year={2020}, month={May}, day={3}", PartialDate(2020, 5, 3)),
        ("year=2020, month={5}", PartialDate(2020, 5)),
        ("year=2020, month={September}", PartialDate(2020, 9)),
        ('year=2020, month = "10~" # may', PartialDate(2020, 5, 10)),
        ("year=2020, month={May 3--5}", PartialDate(2020, 5, 3)),
        ("year=2020, month={13}", PartialDate(2020)),
        ("date={2020-05-03}", PartialDate(2020, 5, 3)),
        ("date={2020-05}", PartialDate(2020, 5)),
        ("date={2020-05-03/2020-06-01}", PartialDate(2020, 5, 3)),
        ("date={2020~}", PartialDate(2020)),
        ("year={in press}", PartialDate(text="in press")),
        ("year={2021, to appear}", PartialDate(2021, text="2021, to appear")),
        ("year={Forthcoming 2021}", PartialDate(2021, text="Forthcoming 2021")),
        ("pubstate={inpress}", PartialDate(text="in press")),
        ("date={2021}, pubstate={forthcoming}", PartialDate(2021, text="forthcoming")),
        ("note={x}", PartialDate()),
    ],
)
def test_what_is_known_of_a_date(fields: str, date: PartialDate) -> None:
    entry, problems = read(fields)
    assert (entry.date, problems) == (date, [])


@pytest.mark.parametrize(
    ("kind", "fields", "shown", "venue", "category"),
    [
        ("article", "journal={J. of \\& X}", "article", "J. of &amp; X", "manuscripts"),
        ("article", "journaltitle={J}, publisher={P}", "article", "J", "manuscripts"),
        ("article", "journal={\\apj}", "article", "The Astrophysical Journal", "manuscripts"),
        ("inproceedings", "booktitle={Proc. of \\emph{X}}, publisher={ACM}", "inproceedings", "Proc. of <em>X</em>", "conferences"),
        ("conference", "booktitle={Proc}", "inproceedings", "Proc", "conferences"),
        ("incollection", "booktitle={Book}", "incollection", "Book", "chapters"),
        ("book", "publisher={P}", "book", "P", "books"),
        ("phdthesis", "school={MIT}", "phdthesis", "MIT", "theses"),
        ("thesis", "institution={MIT}, type={phdthesis}", "thesis", "MIT", "theses"),
        ("techreport", "institution={Lab}", "techreport", "Lab", "reports"),
        ("misc", "howpublished={Talk at X}", "misc", "Talk at X", "other"),
        ("misc", "howpublished={\\url{https://a.org/x}}", "misc", "", "other"),
        ("misc", "eprint={2101.00001}, archiveprefix={arXiv}", "preprint", "arXiv", "preprints"),
        ("article", "journal={arXiv preprint arXiv:2101.00001}", "preprint", "arXiv", "preprints"),
        ("article", "journal={CoRR}, volume={abs/2101.00001}", "preprint", "arXiv", "preprints"),
        ("article", "journal={J}, eprint={2101.00001}, archiveprefix={arXiv}", "article", "J", "manuscripts"),
        ("online", "organization={W3C}", "online", "W3C", "other"),
        ("software", "publisher={Zenodo}", "software", "Zenodo", "software"),
        ("dataset", "publisher={Zenodo}", "dataset", "Zenodo", "datasets"),
        ("unpublished", "note={x}", "unpublished", "", "preprints"),
    ],
)  # fmt: skip
def test_kinds_and_venues(kind: str, fields: str, shown: str, venue: str, category: str) -> None:
    entry, problems = read(fields, kind)
    assert (entry.kind, entry.venue, entry.category, problems) == (shown, venue, category, [])


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("doi={10.1/a_b}", []),
        ("doi={10.1234/a_b}", [("doi", "https://doi.org/10.1234/a_b")]),
        ("doi={10.1234/a\\_b}", [("doi", "https://doi.org/10.1234/a_b")]),
        ("doi={https://dx.doi.org/10.1234/a}", [("doi", "https://dx.doi.org/10.1234/a")]),
        ("doi={10.1234/a}, url={https://doi.org/10.1234/a}", [("doi", "https://doi.org/10.1234/a")]),
        ("eprint={2101.00001}, archiveprefix={arXiv}", [("arxiv", "https://arxiv.org/abs/2101.00001")]),
        ("eprint={hep-th/9901001v2}, eprinttype={arxiv}", [("arxiv", "https://arxiv.org/abs/hep-th/9901001v2")]),
        ("arxiv={2101.00001}", [("arxiv", "https://arxiv.org/abs/2101.00001")]),
        ("journal={arXiv preprint arXiv:2101.00001}", [("arxiv", "https://arxiv.org/abs/2101.00001")]),
        ("note={arXiv:2101.00001}", [("arxiv", "https://arxiv.org/abs/2101.00001")]),
        ("eprint={hal-0123}, eprinttype={hal}", [("", "https://hal.science/hal-0123")]),
        ("pmid={123}, pmcid={PMC9}", [("", "https://pubmed.ncbi.nlm.nih.gov/123/"), ("", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9/")]),
        ("hal={hal-0123}", [("", "https://hal.science/hal-0123")]),
        ("eprint={https://onlinelibrary.wiley.com/doi/pdf/10.1234/a}", [("doi", "https://onlinelibrary.wiley.com/doi/pdf/10.1234/a")]),
        ("pdf={paper.pdf}", [("pdf", "/assets/pdf/paper.pdf")]),
        ("pdf={/files/paper.pdf}, slides={https://a.org/s.pdf}", [("pdf", "/files/paper.pdf"), ("slides", "https://a.org/s.pdf")]),
        ("code={https://github.com/a/b}, video={https://youtu.be/x}, poster={p.pdf}, website={https://a.org/}",
         [("code", "https://github.com/a/b"), ("poster", "/assets/pdf/p.pdf"), ("video", "https://youtu.be/x"), ("project", "https://a.org/")]),
        ("url={https://a.org/~x?y=1\\&z=2\\%20}", []),
    ],
)  # fmt: skip
def test_links_of_every_field(fields: str, links: list[tuple[str, str]]) -> None:
    entry, _ = read(fields)
    assert [(link.kind, link.url) for link in entry.links] == links


def test_the_title_leads_to_the_address_then_to_the_paper() -> None:
    assert read("url={https://a.org/~x?y=1\\&z=2}, doi={10.1234/a}")[0].url == "https://a.org/~x?y=1&z=2"
    assert read("doi={10.1234/a}, pdf={a.pdf}")[0].url == "https://doi.org/10.1234/a"
    assert read("howpublished={\\url{https://a.org/x}}", "misc")[0].url == "https://a.org/x"
    assert read("year=2020")[0].url == ""


@pytest.mark.parametrize("field", ["url", "doi", "pdf", "code", "website", "html", "arxiv", "eprint"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "vbscript:x", "x y z"])
def test_what_pages_must_not_link_is_reported(field: str, address: str) -> None:
    entry, problems = read(f"{field}={{{address}}}")
    assert (entry.links, entry.url) == ((), "")
    assert problems[0].startswith(f"{field}: {address!r} is ")


def test_everything_else_has_its_place() -> None:
    entry, problems = read(
        "abstract={One \\emph{two}.\n\nThree <script>.}, award={Best paper}, note={To appear; see \\url{https://a.org}},"
        "selected={true}, preview={p.png}, keywords={a, b}, volume=3, number={4}, pages={1--12}, abbr={X}, subtitle={Sub}"
    )
    assert problems == []
    assert (entry.title, entry.award, entry.selected) == ("Title: Sub", "Best paper", True)
    assert entry.abstract == "<p>One <em>two</em>.</p>\n<p>Three &lt;script&gt;.</p>"
    assert entry.picture == "/assets/img/publication_preview/p.png"
    [note] = entry.details
    assert (note.label, note.html) == ("Note", 'To appear; see <a href="https://a.org">https://a.org</a>')
    assert entry.fields == {"keywords": "a, b", "volume": "3", "number": "4", "pages": "1–12", "abbr": "X"}


def test_an_award_with_a_name() -> None:
    entry, _ = read("award={Given to \\emph{one} of a thousand}, award_name={Best Paper}")
    assert entry.award == "Best Paper"
    assert [(detail.label, detail.html) for detail in entry.details] == [
        ("Award", "Given to <em>one</em> of a thousand")
    ]


AL_FOLIO = """@article{einstein1950meaning,
  abbr={AJP}, bibtex_show={true}, title={The meaning of relativity}, author={Einstein, Albert and Taub, AH},
  journal={American Journal of Physics}, volume={18}, number={6}, pages={403--404}, year={1950},
  publisher={American Association of Physics Teachers}, additional_info={. *More Information* can be found},
  annotation={* Example use of superscripts}, html={https://a.org}, preview={wave.gif}, selected={true},
  altmetric={248277}, dimensions={true}, google_scholar_id={qyhmnyLat1gC}, inspirehep_id={3255}, hal={hal-00000001},
  supp={x.pdf}, blog={https://a.org/blog}, code={https://github.com/a/b}, poster={p.pdf}, slides={s.pdf},
  video={https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ}, website={https://a.org/w}, arxiv={1234.56789}, abstract={A}
}"""
ADS = r"""@ARTICLE{2020ApJ...890....1A,
       author = {{M{\"u}ller}, A. and {Lee}, B.~C.}, title = "{A {\textquotedblleft}Hot{\textquotedblright} Star}",
      journal = {\apj}, keywords = {Stars, Astrophysics - SR}, year = 2020, month = feb, volume = {890}, number = {1},
          eid = {1}, pages = {1}, doi = {10.3847/1538-4357/ab0001}, archivePrefix = {arXiv}, eprint = {2001.00001},
 primaryClass = {astro-ph.SR}, adsurl = {https://ui.adsabs.harvard.edu/abs/2020ApJ...890....1A},
      adsnote = {Provided by the SAO/NASA Astrophysics Data System}
}"""
DBLP = """@article{DBLP:journals/corr/abs-2001-00001,
  author       = {Ann Lee and\n                  Bob Ray 0001}, title        = {A Title}, journal      = {CoRR},
  volume       = {abs/2001.00001}, year         = {2020}, url          = {https://arxiv.org/abs/2001.00001},
  eprinttype    = {arXiv}, eprint       = {2001.00001}, timestamp    = {Mon, 13 Jan 2020 00:00:00 +0100},
  biburl       = {https://dblp.org/rec/x.bib}, bibsource    = {dblp computer science bibliography, https://dblp.org}
}"""
ZOTERO = r"""@article{lee2020,
  title = {A \& {{B}}: {{DNA}} of {\emph{E. coli}}}, author = {Lee, Ann and family=Berg, given=Jan, prefix=van, useprefix=true},
  date = {2020-05-03}, journaltitle = {J}, shortjournal = {J.}, volume = {1}, number = {2}, pages = {1--2},
  issn = {1234-5678}, doi = {10.1234/x}, url = {https://a.org}, urldate = {2020-06-01}, langid = {english},
  keywords = {a,b}, annotation = {PRIVATE}, file = {/home/me/x.pdf}, rights = {All}, abstract = {One.}
}"""


@pytest.mark.parametrize("text", [AL_FOLIO, ADS, DBLP, ZOTERO], ids=["al-folio", "ADS", "DBLP", "Zotero"])
def test_what_others_write_is_read_without_a_word(text: str) -> None:
    problems = Problems()
    [(entry, _)] = read_bibliography(text.encode(), PATH, problems)
    assert list(problems) == []
    assert entry.venue in ("American Journal of Physics", "The Astrophysical Journal", "arXiv", "J")
    assert [person.family for person in entry.authors] in (
        ["Einstein", "Taub"],
        ["Müller", "Lee"],
        ["Lee", "Ray"],
        ["Lee", "Berg"],
    )
    assert entry.title in ("The meaning of relativity", "A “Hot” Star", "A Title", "A & B: DNA of E. coli")


def test_a_title_is_text_with_emphasis_and_math() -> None:
    problems = Problems()
    tex = r"{{A \emph{study} of $x^2$ in {DNA} \href{https://a.org}{here} <b>}}"
    [(entry, _)] = read_bibliography(f"@book{{a, title={tex}}}".encode(), PATH, problems)
    assert entry.title == "A study of x^2 in DNA here <b>"
    assert entry.title_html.startswith("A <em>study</em> of <math")
    assert entry.title_html.endswith("</math> in DNA here &lt;b&gt;")


def test_misspelt_and_private_fields() -> None:
    """What programs keep for themselves is left out without a word; what nobody knows, with one."""
    text = "@article{a,\n title={T},\n jounral={J},\n annote={P}, file={:x.pdf}, owner={me}, bdsk-url-1={x},\n my-note={P}}\n@article{b, title={U}, my-note={P}}"
    problems = Problems()
    read_bibliography(text.encode(), PATH, problems)
    assert [str(problem) for problem in problems] == [
        f"{PATH}:3: warning: jounral: is no field that is known, and is not published; write 'journal'",
        f"{PATH}:5: warning: my-note: is no field that is known, and is not published; acknowledge this, if it is not for readers",
    ]
