"""The shapes in which 120 real sites keep 1,201 publications, talks, courses and projects, each written anew.

The number in a case's name is how many of the entries have it (of 674 publications, 294 talks, 146 courses and 87
projects; of all 1,201 where no collection is named).
"""

from typing import Any, NamedTuple

import pytest

from plugins.collections.entry import PartialDate, Person
from tests.collections.documents import document, read


class Case(NamedTuple):
    """A document: its keys, text and file; what its entry has; what warnings say."""

    keys: str
    has: dict[str, Any]
    body: str = ""
    name: str = "2020-05-17-paper.md"
    collection: str = "publications"
    warns: tuple[str, ...] = ()


LEE, RAY, KIM = Person("Lee", "Ann"), Person("Ray", "Bob"), Person("Kim", "Cho")
CITATION = "Lee, A. (2020). &quot;On Things.&quot; <i>Journal</i>. 1(1)."
CITED = "Lee, A. (2020). <i>Journal</i>. 1(1)."
TEMPLATE = "This paper is about the number 1. The number 2 is left for future work."
DATED = PartialDate(2020, 5, 17)


def details(**labels: str) -> list[tuple[str, str]]:
    """Return details as the test compares them."""
    return [(label.replace("_", " "), text) for label, text in labels.items()]


def links(*found: str) -> list[tuple[str, str, str]]:
    """Return links as the test compares them, each written ``kind label address``, with - for no kind."""
    return [
        (kind.replace("-", ""), label.replace("_", " "), url) for kind, label, url in (each.split() for each in found)
    ]


CASES = {
    # --- Publications: keys ---------------------------------------------------------------------------------------
    "672 have a title": Case("title: On Things", {"title": "On Things", "title_html": "On Things"}),
    "2 have no title": Case("venue: V", {"title": "Paper", "venue": "V"}, warns=("title: is missing; 'Paper' is shown",)),
    "671 name their collection, which the folder does": Case("collection: papers", {"collection": "publications"}),
    "647 have a venue": Case("venue: 'Journal of Things'", {"venue": "Journal of Things"}),
    "591 have a date of YAML": Case("date: 2021-02-03", {"date": PartialDate(2021, 2, 3)}),
    "52 have a date in quotes": Case("date: '2021-02-03'", {"date": PartialDate(2021, 2, 3)}),
    "584 have a permalink": Case("permalink: /publication/x", {"permalink": "/publication/x", "anchor": "x"}),
    "490 have a citation": Case(f"title: On Things\ncitation: '{CITATION}'", {"citation": CITED}),
    "232 are manuscripts": Case("category: manuscripts", {"category": "manuscripts"}),
    "173 are conferences": Case("category: conferences", {"category": "conferences"}),
    "11 are under review": Case("category: under_review", {"category": "under_review"}),
    "309 have a paper": Case("paperurl: /files/x.pdf", {"links": links("pdf PDF /files/x.pdf")}),
    "230 have an excerpt": Case("excerpt: 'A *short* one.'", {"abstract": "<p>A <em>short</em> one.</p>"}),
    "82 have authors in one text": Case("authors: Ann Lee, Bob Ray", {"authors": (LEE, RAY), "others": False}),
    "4 have authors in a list": Case("authors: [Ann Lee, 'Ray, Bob']", {"authors": (LEE, RAY)}),
    "authors one below the other": Case("authors:\n  - Ann Lee\n  - Bob Ray*", {"authors": (LEE, RAY._replace(marks="*"))}),
    "authors with their pages": Case(
        "authors: [{name: Ann Lee, url: https://x.org/lee}, Bob Ray]",
        {"authors": (LEE._replace(url="https://x.org/lee"), RAY)},
    ),
    "25 have one author": Case("author: Ann Lee", {"authors": (LEE,)}),
    "18 have co-authors in a list": Case("coauthors: [Bob Ray, Cho Kim]", {"authors": (), "details": details(With="Bob Ray, Cho Kim")}),
    "6 have co-authors in a text": Case("coauthors: with Bob Ray and Cho Kim", {"details": details(With="Bob Ray, Cho Kim")}),
    "an author and co-authors": Case("author: Ann Lee\ncoauthors: [Bob Ray, Ann Lee]", {"authors": (LEE, RAY), "details": []}),
    "36 have slides": Case("slidesurl: https://x.org/s.pdf", {"links": links("slides Slides https://x.org/s.pdf")}),
    "31 have tags": Case("tags: [things, ideas]", {"details": details(Tags="things, ideas")}),
    "tags of one word": Case("tags: things", {"details": details(Tags="things")}),
    "29 have a year": Case("year: 2019", {"date": PartialDate(2019), "details": []}),
    "a year that the date has too": Case("date: 2020-05-17\nyear: 2020", {"date": DATED, "details": []}),
    "a year that differs from the date": Case("date: 2020-05-17\nyear: 2019", {"date": DATED, "details": details(Year="2019")}),
    "a title for lists": Case("title: On Things\nlist_title: On Things (short)", {"details": details(Listed_as="On Things (short)")}),
    "a title for lists that is the same": Case("title: On Things\nlist_title: On things", {"details": []}),
    "the date of publication": Case("published: 2021-02-03", {"date": PartialDate(2021, 2, 3)}),
    "published: true": Case("published: true", {"date": DATED, "details": []}),
    "a short venue too": Case("venue: Conference on Things\nshort-venue: CoT", {"venue": "Conference on Things", "details": details(Venue="CoT")}),
    "a short venue alone": Case("short-venue: CoT", {"venue": "CoT", "details": []}),
    "a venue with an address": Case("venue: CoT\nvenue-url: https://cot.org/", {"venue": '<a href="https://cot.org/">CoT</a>', "links": []}),
    "a venue's address and its words": Case(
        "venueurl: https://cot.org/\nvenue_link_text: CoT 2020", {"links": links("- CoT_2020 https://cot.org/")}
    ),
    "a venue's address with words of its own": Case(
        "venue: CoT\nvenueurl: {label: Programme, url: https://cot.org/}",
        {"venue": "CoT", "links": links("- Programme https://cot.org/")},
    ),
    "a venue's address without a venue": Case("venueurl: https://cot.org/", {"links": links("- Venue https://cot.org/")}),
    "a place": Case("location: 'Rome, Italy'", {"details": details(Location="Rome, Italy")}),
    "keywords": Case("keywords: a, b", {"details": details(Keywords="a, b")}),
    "an arXiv number": Case("arXiv: 2001.00001", {"links": links("arxiv arXiv https://arxiv.org/abs/2001.00001")}),
    "an old arXiv number": Case("arXiv: math.GT/0309136", {"links": links("arxiv arXiv https://arxiv.org/abs/math.GT/0309136")}),
    "an arXiv number that YAML takes for a decimal": Case("arXiv: 2001.10000", {"links": links("arxiv arXiv https://arxiv.org/abs/2001.10000")}),
    "an arXiv address": Case("arXivurl: https://arxiv.org/abs/2001.00001", {"links": links("arxiv arXiv https://arxiv.org/abs/2001.00001")}),
    "is_preprint": Case("is_preprint: true", {"kind": "Preprint"}),
    "is_preprint: false": Case("is_preprint: false", {"kind": "", "details": []}),
    "a status": Case("status: under review", {"details": details(Status="under review")}),
    "a conference": Case("conf: Conference on Things\nconf_shortname: CoT", {"venue": "Conference on Things", "details": details(Conference="CoT")}),
    "additional words": Case("additional: Oral", {"details": details(Note="Oral")}),
    "a link": Case("link: https://x.org/y", {"url": "https://x.org/y", "links": []}),
    "a link to a journal": Case("link: https://doi.org/10.1234/x", {"url": "https://doi.org/10.1234/x", "doi": "10.1234/x"}),
    "volume, issue and pages": Case(
        "volume: 3\nissue: 2\npages: 1-10",
        {"details": details(Volume="3", Issue="2", Pages="1-10"), "fields": {"volume": "3", "number": "2", "pages": "1-10"}},
    ),
    "pages with a dash of TeX": Case("pages: 1--10", {"details": details(Pages="1–10"), "fields": {"pages": "1–10"}}),
    "pages that YAML takes for a time": Case("pages: 1:30", {"details": details(Pages="1:30")}),
    "a talk's address": Case("talkurl: https://x.org/t", {"links": links("- Talk https://x.org/t")}),
    "a citation's address": Case("citationurl: /files/x.bib", {"links": links("bibtex BibTeX /files/x.bib")}),
    "a ResearchGate address": Case("researchgate: https://www.researchgate.net/x", {"links": links("- ResearchGate https://www.researchgate.net/x")}),
    "documents": Case("docs: /files/x.docx", {"links": links("- Documentation /files/x.docx")}),
    "a state": Case("state: accepted", {"details": details(State="accepted")}),
    "a teaser": Case("teaser: x.png", {"picture": "/images/x.png"}),
    "a second category": Case("category: journals\ncategory2: theory", {"category": "journals", "details": details(Category="theory")}),
    "selected": Case("selected: true", {"selected": True}),
    "not selected": Case("selected: false", {"selected": False}),
    "a label": Case("meta_label: Best of 2020", {"details": details(Label="Best of 2020")}),
    "a BibTeX file": Case("bibtexurl: /files/x.bib", {"links": links("bibtex BibTeX /files/x.bib")}),
    # --- Publications: irregular forms ----------------------------------------------------------------------------
    "125 name no author": Case("venue: V", {"authors": (), "citation": ""}),
    "339 citations hold HTML": Case("citation: 'Lee <b>A</b>, <a href=\"https://x.org/y\">here</a>'", {"citation": 'Lee <b>A</b>, <a href="https://x.org/y">here</a>'}),
    "a citation with HTML that is not closed": Case("citation: 'Lee <i>Journal'", {"citation": "Lee <i>Journal</i>"}),
    "a citation with marks behind names": Case("citation: 'Lee, A.*, Ray, B.* (2020)'", {"citation": "Lee, A.*, Ray, B.* (2020)"}),
    "a citation with a name in bold": Case("citation: '**Lee, A.***, Ray, B.'", {"citation": "<strong>Lee, A.</strong>*, Ray, B."}),
    "456 citations repeat the title": Case("title: On Things\ncitation: 'Lee. \"On things,\" J.'", {"citation": "Lee. J."}),
    "436 texts hold links": Case("venue: V", {"body": '<p><a href="https://x.org/y">Paper</a></p>'}, body="[Paper](https://x.org/y)\n"),
    "379 have no paper": Case("paperurl: ''", {"links": [], "url": ""}),
    "32 papers are files without a slash": Case("paperurl: files/x.pdf", {"links": links("pdf PDF /files/x.pdf")}),
    "a paper one folder up": Case("paperurl: ../files/x.pdf", {"links": links("pdf PDF /files/x.pdf")}),
    "a paper with a space in its name": Case("paperurl: /files/my paper.pdf", {"links": links("pdf PDF /files/my%20paper.pdf")}),
    "a paper on another site": Case("paperurl: http://x.org/p", {"links": links("publisher Publisher http://x.org/p"), "url": "http://x.org/p"}),
    "a paper with a DOI": Case("paperurl: https://doi.org/10.1234/x", {"links": links("doi DOI https://doi.org/10.1234/x"), "doi": "10.1234/x"}),
    "a paper without a scheme": Case("paperurl: www.x.org/p.pdf", {"links": links("pdf PDF https://www.x.org/p.pdf")}),
    "a paper that is the template's": Case(
        "paperurl: http://academicpages.github.io/files/paper1.pdf", {"links": []}, warns=("is the template's example",)
    ),
    "a paper to come": Case("paperurl: coming soon", {"links": []}, warns=("'coming soon' is not an address",)),
    "a paper that there is not": Case("paperurl: N/A", {"links": []}),
    "11 excerpts are the template's": Case(f"excerpt: '{TEMPLATE}'", {"abstract": ""}, warns=("excerpt: is the template's example",)),
    "an excerpt of paragraphs": Case("excerpt: |\n  One.\n\n  Two.", {"abstract": "<p>One.</p>\n<p>Two.</p>"}),
    "an excerpt with a list": Case("excerpt: |\n  - a\n  - b", {"abstract": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"}),
    "36 venues are empty": Case("venue: ''", {"venue": ""}),
    "15 venues hold markup": Case("venue: '<i>Journal</i> & **Co**'", {"venue": "<i>Journal</i> &amp; <strong>Co</strong>"}),
    "31 have no date but in the file's name": Case("venue: V", {"date": DATED}),
    "49 have another date than the file's name": Case("date: 2019-01-02", {"date": PartialDate(2019, 1, 2)}),
    "191 have no date in the file's name": Case("date: 2019-01-02", {"date": PartialDate(2019, 1, 2)}, name="paper.md"),
    "no date anywhere": Case("venue: V", {"date": PartialDate()}, name="paper.md"),
    "a date that is a season": Case("date: Spring 2021", {"date": PartialDate(2021, text="Spring 2021")}),
    "a date that is none yet": Case("date: forthcoming", {"date": PartialDate(text="forthcoming")}),
    "a date that is a month": Case("date: 2021-02", {"date": PartialDate(2021, 2)}),
    "a date that is a year": Case("date: 2021", {"date": PartialDate(2021)}),
    "a date with a month's name": Case("date: Feb 2021", {"date": PartialDate(2021, 2)}),
    "a date with a time": Case("date: 2021-02-03 10:00:00 +0100", {"date": PartialDate(2021, 2, 3)}),
    "a date of several days": Case("date: 2021-02-03 to 2021-02-05", {"date": PartialDate(2021, text="2021-02-03 to 2021-02-05")}),
    "a date that no calendar has": Case("date: 2021-13-45", {"date": PartialDate(2021, text="2021-13-45")}),
    "90 have no permalink": Case("venue: V", {"permalink": "", "anchor": "2020-05-17-paper"}),
    "33 permalinks are the template's": Case(
        "permalink: /publication/2009-10-01-paper-title-number-1",
        {"permalink": "/publication/2009-10-01-paper-title-number-1", "anchor": "2020-05-17-paper"},
    ),
    "19 permalinks are an address elsewhere": Case("permalink: https://x.org/y", {"url": "https://x.org/y", "anchor": "2020-05-17-paper"}),
    "a permalink without a slash in front": Case("permalink: publication/x", {"permalink": "publication/x", "anchor": "x"}),
    "a permalink with a slash behind": Case("permalink: /publication/x/", {"anchor": "x"}),
    "a permalink with an ending": Case("permalink: /publication/x.html", {"anchor": "x"}),
    "a permalink with letters of any script": Case("permalink: /论文/größe", {"anchor": "größe"}),
    "redirects from older addresses": Case("redirect_from: [/a, /b/]", {"redirect_from": ("/a", "/b/")}),
    "a redirect from one older address": Case("redirect_from: /a", {"redirect_from": ("/a",)}),
    "12 titles hold math": Case("title: The $L^2$ norm", {"title": "The L^2 norm"}),
    "13 texts hold math": Case("venue: V", {"body": "<p>Let <math display=\"inline\" alttext=\"x\"><mrow><mi>x</mi></mrow></math>.</p>"}, body="Let $$x$$.\n"),
    "29 texts hold BibTeX": Case("venue: V", {"bibtex": "@article{x,\n  title = {T}\n}", "body": "<p>See:</p>"}, body="See:\n\n@article{x,\n  title = {T}\n}\n"),
    "BibTeX in a block of code": Case("venue: V", {"bibtex": "@article{x,\n  title = {T}\n}", "body": ""}, body="```bibtex\n@article{x,\n  title = {T}\n}\n```\n"),
    "BibTeX in a key": Case("bibtex: |\n  @article{x,\n    title = {T}\n  }", {"bibtex": "@article{x,\n  title = {T}\n}"}),
    "13 have a picture": Case("header:\n  teaser: /images/x.png", {"picture": "/images/x.png"}),
    "a picture of another site": Case("header:\n  teaser: https://x.org/y.png", {"picture": "https://x.org/y.png"}),
    "262 have a long text": Case("venue: V", {"body": f"<p>{'word ' * 60}characteristically</p>"}, body="word " * 60 + "characteristically\n"),
    # --- Talks ------------------------------------------------------------------------------------------------------
    "294 talks have a venue, 293 a type": Case("venue: UC, Testing\ntype: Invited Talk", {"venue": "UC, Testing", "kind": "Invited Talk"}, collection="talks"),
    "9 talks have no type": Case("type:", {"kind": ""}, collection="talks"),
    "55 talks switch comments": Case("comments: true", {"details": []}, collection="talks"),
    "8 talks have a download": Case("download: /files/t.pdf", {"links": links("- Download /files/t.pdf")}, collection="talks"),
    "6 talks have a section": Case("section: Seminars", {"details": details(Section="Seminars")}, collection="talks"),
    "5 talks have slides": Case("slides: /files/t.pptx", {"links": links("slides Slides /files/t.pptx")}, collection="talks"),
    "2 talks last for days": Case("date: 2020-05-17\ndate_range: May 17-19", {"date": DATED, "details": details(Dates="May 17-19")}, collection="talks"),
    "days without a date": Case("date_range: May 17-19 2020", {"date": PartialDate(2020, text="May 17-19 2020")}, collection="talks"),
    # --- Teaching -----------------------------------------------------------------------------------------------------
    "146 courses have a type": Case("type: Undergraduate course\nvenue: University 1", {"kind": "Undergraduate course", "venue": "University 1"}, collection="teaching"),
    "130 courses have a place": Case("location: Rome", {"details": details(Location="Rome")}, collection="teaching"),
    "11 courses have an author": Case("author: Ann Lee", {"authors": (LEE,)}, collection="teaching"),
    "9 courses have a role": Case("role: Assistant", {"details": details(Role="Assistant")}, collection="teaching"),
    "8 courses have a semester": Case("Semester: Fall 2020", {"details": details(Semester="Fall 2020")}, collection="teaching"),
    "years, loc, date_": Case("years: 2018-2020\nloc: Rome\ndate_: 2018", {"date": PartialDate(2018), "details": details(Location="Rome", Years="2018-2020")}, collection="teaching"),
    "years alone": Case("years: 2018-2020", {"date": PartialDate(2018, text="2018-2020")}, name="course.md", collection="teaching"),
    "a description": Case("description: On things", {"details": details(Description="On things")}, collection="teaching"),
    "a course's address": Case("url: https://x.org/course", {"url": "https://x.org/course"}, collection="teaching"),
    # --- Portfolio ----------------------------------------------------------------------------------------------------
    "71 projects have an excerpt": Case("excerpt: Short", {"abstract": "<p>Short</p>"}, collection="portfolio"),
    "an excerpt with a picture": Case("excerpt: \"Short<br/><img src='/images/x.png'>\"", {"abstract": "<p>Short</p>", "picture": "/images/x.png"}, collection="portfolio"),
    "the template's excerpt": Case("excerpt: \"Short description of portfolio item number 1<br/><img src='/images/500x300.png'>\"", {"abstract": "", "picture": ""}, collection="portfolio", warns=("is the template's example",)),
    "status, type, group, period and funder": Case(
        "status: done\nproject_type: grant\nproject_group: a\nperiod: 2018-2020\nfunder: NSF\nrole: PI",
        {"details": details(Status="done", Type_of_project="grant", Group="a", Period="2018-2020", Funder="NSF", Role="PI")},
        collection="portfolio",
    ),
    "5 projects have a link": Case("link: https://x.org/p", {"url": "https://x.org/p"}, collection="portfolio"),
    "featured": Case("featured: true", {"selected": True}, collection="portfolio"),
    "3 projects have an order": Case("order: 3", {"details": []}, collection="portfolio"),
    # --- All ----------------------------------------------------------------------------------------------------------
    "2 have no front matter": Case("", {"title": "On Things", "body": "<p>Text.</p>"}, body="# On Things\n\nText.\n"),
    "a text whose first heading is the title": Case("title: On Things", {"title": "On Things", "body": "<p>Text.</p>"}, body="# On things\n\nText.\n"),
    "what only the old theme knows": Case(
        "layout: single\nauthor_profile: true\nshare: true\nread_time: true\nrelated: true\nclasses: wide\ntoc: true",
        {"details": [], "links": []},
    ),
    "an award": Case("award: Best paper", {"award": "Best paper"}),
    "an honour": Case("honours: [Best paper, Oral]", {"award": "Best paper, Oral"}),
    "a code repository": Case("code: https://github.com/x/y", {"links": links("code Code https://github.com/x/y")}),
    "data, poster, video and project": Case(
        "data: https://zenodo.org/1\nposter: /files/p.pdf\nvideo: https://youtu.be/x\nproject: https://x.org/p",
        {"links": links("data Data https://zenodo.org/1", "poster Poster /files/p.pdf", "video Video https://youtu.be/x", "project Project https://x.org/p")},
    ),
    "a DOI": Case("doi: 10.1234/x.y", {"links": links("doi DOI https://doi.org/10.1234/x.y"), "doi": "10.1234/x.y"}),
    "links with labels": Case(
        "links: [{name: Blog post, url: https://x.org/b}, {label: Code, url: https://github.com/x}]",
        {"links": links("code Code https://github.com/x", "- Blog_post https://x.org/b")},
    ),
    "links by their labels": Case("links: {Blog: https://x.org/b}", {"links": links("- Blog_post https://x.org/b")}),
    "an unknown key with an address": Case("erratum: https://x.org/e", {"links": links("- Erratum https://x.org/e")}),
    "an unknown key": Case("mood: good", {"details": []}, warns=("mood: is not a key that entries have",)),
    "a key written almost right": Case("veneu: V", {"venue": ""}, warns=("veneu: is not a key that entries have, and is not shown; write 'venue'",)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_shape_of_a_real_entry(case: Case) -> None:
    title = "" if "title:" in case.keys or "title" in case.has else "title: T\n"
    text = f"---\n{title}{case.keys}\n---\n{case.body}" if case.keys else case.body
    [entry], problems = read(document(text, case.name, case.collection))
    found = entry._asdict()
    found["links"] = [tuple(link) for link in entry.links]
    found["details"] = [(detail.label, str(detail.html)) for detail in entry.details]
    assert {key: found[key] for key in case.has} == case.has
    assert len(problems) == len(case.warns), problems
    for wanted, line in zip(case.warns, problems, strict=True):
        assert "warning: " in line
        assert wanted in line
