"""Documents as academicpages has them → entries: what each key becomes, in all the forms in which people write it."""

import re

import pytest
from markupsafe import Markup

from plugins.collections.entry import Detail, EntryLink, PartialDate
from plugins.collections.reading import read_documents
from plugins.problems import Problems
from tests.collections.documents import convert, document, entry, read
from tests.conftest import Site

PUBLICATION = """\
---
title: "A Study of Things"
collection: publications
category: manuscripts
permalink: /publication/2020-05-17-study
excerpt: 'What things are.'
date: 2020-05-17
venue: 'Journal of Things'
slidesurl: 'https://example.org/slides.pdf'
paperurl: '/files/study.pdf'
citation: 'Lee, A. (2020). &quot;A Study of Things.&quot; <i>Journal of Things</i>. 1(1).'
---
How we found it.
"""


def test_a_publication_of_the_template() -> None:
    [found], problems = read(document(PUBLICATION))
    assert not problems
    assert found.anchor == "2020-05-17-study"
    assert found.permalink == "/publication/2020-05-17-study"
    assert (found.title, found.venue, found.category) == ("A Study of Things", "Journal of Things", "manuscripts")
    assert found.date == PartialDate(2020, 5, 17)
    assert found.citation == Markup("Lee, A. (2020). <i>Journal of Things</i>. 1(1).")
    assert found.abstract == "<p>What things are.</p>"
    assert found.body == "<p>How we found it.</p>"
    assert found.links == (
        EntryLink("pdf", "PDF", "/files/study.pdf"),
        EntryLink("slides", "Slides", "https://example.org/slides.pdf"),
    )


def test_a_talk_of_the_template() -> None:
    keys = "type: Talk\npermalink: /talks/2012-03-01-talk\nvenue: UC, Testing\ndate: 2012-03-01\nlocation: Rome, Italy"
    found = entry(keys, collection="talks")
    assert (found.kind, found.venue, found.date) == ("Talk", "UC, Testing", PartialDate(2012, 3, 1))
    assert found.details == (Detail("location", "Location", Markup("Rome, Italy")),)


def test_an_address_elsewhere_in_place_of_a_permalink_is_where_the_title_leads() -> None:
    found = entry("permalink: https://doi.org/10.1/x")
    assert (found.url, found.permalink) == ("https://doi.org/10.1/x", "https://doi.org/10.1/x")
    assert found.anchor == "2020-05-17-paper"


def test_of_two_entries_with_one_permalink_the_first_keeps_it() -> None:
    text = "---\ntitle: T\npermalink: /p\n---\n"
    entries, problems = read(document(text, "a.md"), document(text, "b.md"))
    assert [found.permalink for found in entries] == ["/p", ""]
    assert [found.anchor for found in entries] == ["p", "p-2"]
    assert problems == [
        "content/publications/b.md:3: warning: permalink: '/p' is the address of content/publications/a.md too, "
        "and leads there; delete the key, or write another"
    ]


def test_an_id_that_a_heading_has_is_numbered(site: Site) -> None:
    """The heading keeps its own; the old address of the entry leads to the entry."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\n## Talks\n\n## On things\n\n<b id='b'>B</b>\n")
    for name in ("on-things", "talks", "main", "b"):
        text = f"---\ntitle: A talk named {name}\npermalink: /talks/{name}\n---\n## On things\n"
        site.write(f"content/teaching/{name}.md", text)
    built = site.build()
    assert not built.lines
    html = built.text("index.html")
    ids = re.findall(r' id="?([\w-]+)', html)
    assert len(ids) == len(set(ids))
    assert "/#on-things-2" in built.text("talks/on-things.html")
    assert re.search(r'<li id="on-things-2"[^>]*>(?:(?!</li>).)*A talk named on-things', html)
    assert {"talks-2", "main-2", "b-2"} <= set(ids)


def test_the_templates_examples_are_left_out_with_one_line_for_a_folder() -> None:
    titles = [f"Talk {number} on Relevant Topic in Your Field" for number in range(1, 5)] + ["Talk 1 on Things"]
    talks = [document(f"---\ntitle: {title}\n---\n", f"{n}.md", "talks") for n, title in enumerate(titles)]
    paper = document("---\ntitle: 'Paper Title Number 5, with math \\(E=mc^2\\)'\n---\n", "x.md")
    entries, problems = read(*talks, paper)
    assert [found.title for found in entries] == ["Talk 1 on Things"]
    assert problems == [
        "content/publications: warning: x.md: the template's examples are not shown; delete them, or write your title",
        "content/talks: warning: 0.md, 1.md, 2.md and 1 more: the template's examples are not shown; "
        "delete them, or write your title",
    ]


OWN_FILES = {
    "/files/x.pdf": "/files/x.pdf",
    "files/x.pdf": "/files/x.pdf",
    "../files/x.pdf": "/files/x.pdf",
    "https://example.org/lab/files/x.pdf": "/files/x.pdf",
    "/lab/files/x.pdf": "/files/x.pdf",
    "lab/files/x.pdf#page=2": "/files/x.pdf#page=2",
    "papers/my paper.pdf": "/publications/papers/my%20paper.pdf",
    "/publications/papers/my%20paper.pdf": "/publications/papers/my%20paper.pdf",
    "/files/none.pdf": "/files/none.pdf",
    "https://example.org/other/x.pdf": "https://example.org/other/x.pdf",
    "https://elsewhere.org/lab/files/x.pdf": "https://elsewhere.org/lab/files/x.pdf",
}


@pytest.mark.parametrize("written", OWN_FILES)
def test_a_file_of_the_site_in_whatever_form_is_linked_from_the_root(written: str) -> None:
    """As from the page of the old site, with the old `baseurl` or the whole address; PDFs beside the entries too."""
    files = {"files/x.pdf", "publications/papers/my paper.pdf"}
    text = f"---\ntitle: T\npaperurl: {written}\n---\n"
    [found] = read_documents([document(text)], convert, Problems(), site_url="https://example.org/lab", files=files)
    assert [link.url for link in found.links] == [OWN_FILES[written]]


def test_files_beside_the_entries_are_where_links_lead(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    site.write("content/publications/papers/x.pdf", b"%PDF-1.4")
    site.write("content/publications/x.md", "---\ntitle: A paper\npaperurl: papers/x.pdf\n---\n")
    built = site.build()
    assert not built.lines
    assert "/publications/papers/x.pdf" in built.text("index.html")
    assert "publications/papers/x.pdf" in built.files()
