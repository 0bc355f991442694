"""Links of an entry: what people write for an address, and what a key and an address say about it."""

import pytest

from plugins.collections.entry import EntryLink
from plugins.collections.links import KEYS, KINDS, doi_of, is_address, kind_of, links_of, of_title
from plugins.problems import InvalidValueError
from plugins.yaml_mapping import Value

PDF = EntryLink("pdf", "PDF", "/files/x.pdf")
WRITTEN: list[tuple[str, str, Value, list[EntryLink]]] = [
    ("a path from the root", "paperurl", "/files/x.pdf", [PDF]),
    ("a path", "paperurl", "files/x.pdf", [PDF]),
    ("a file's name", "pdf", "x.pdf", [EntryLink("pdf", "PDF", "/x.pdf")]),
    ("another spelling of the key", "Paper-URL", "/files/x.pdf", [PDF]),
    ("angle brackets", "paperurl", "</files/x.pdf>", [PDF]),
    ("a list", "paperurl", ["/files/x.pdf", "/files/y.pdf"], [PDF, PDF._replace(url="/files/y.pdf")]),
    ("two in one text", "code", "https://a.org/x, https://b.org/y", [
        EntryLink("code", "Code", "https://a.org/x"), EntryLink("code", "Code", "https://b.org/y"),
    ]),
    ("Markdown", "code", "[Source](https://a.org/x)", [EntryLink("", "Source", "https://a.org/x")]),
    ("HTML", "slides", "<a href='https://a.org/x'>Deck</a>", [EntryLink("", "Deck", "https://a.org/x")]),
    ("a label", "code", {"label": "Source", "url": "https://a.org/x"}, [EntryLink("code", "Source", "https://a.org/x")]),
    ("a number of arXiv", "arxiv", "2001.00001v2", [EntryLink("arxiv", "arXiv", "https://arxiv.org/abs/2001.00001v2")]),
    ("its name in front", "arXiv", "arXiv:2001.00001 [cs.LG]", [EntryLink("arxiv", "arXiv", "https://arxiv.org/abs/2001.00001")]),
    ("a DOI", "doi", "10.1000/a(b)c", [EntryLink("doi", "DOI", "https://doi.org/10.1000/a(b)c")]),
    ("its name in front of a DOI", "paperurl", "doi: 10.1000/x", [EntryLink("doi", "DOI", "https://doi.org/10.1000/x")]),
    ("a page with the PDF in its path", "paperurl", "https://a.org/pdf/1", [EntryLink("pdf", "PDF", "https://a.org/pdf/1")]),
    ("arXiv's page as a paper", "paperurl", "https://arxiv.org/abs/1", [EntryLink("arxiv", "arXiv", "https://arxiv.org/abs/1")]),
    ("a publisher's page as a paper", "paperurl", "https://a.org/1", [EntryLink("publisher", "Publisher", "https://a.org/1")]),
    ("a repository as a link", "link", "https://github.com/a/b", [EntryLink("code", "Code", "https://github.com/a/b")]),
    ("a video among slides", "slides", "https://youtu.be/x", [EntryLink("slides", "Slides", "https://youtu.be/x")]),
    ("no scheme", "project", "www.a.org/x", [EntryLink("project", "Project", "https://www.a.org/x")]),
    ("no scheme and no www", "project", "a.github.io/x", [EntryLink("project", "Project", "https://a.github.io/x")]),
    ("a key that nobody knows", "talk_video_page", "https://a.org/x", [EntryLink("", "Talk video page", "https://a.org/x")]),
    ("a key in one word", "leaderboardURL", "https://a.org/x", [EntryLink("", "Leaderboard", "https://a.org/x")]),
    ("spaces and quotes in a file's name", "pdf", "/files/a \"b\".pdf", [EntryLink("pdf", "PDF", "/files/a%20%22b%22.pdf")]),
    ("mail", "contact", "mailto:a@b.org", [EntryLink("", "Contact", "mailto:a@b.org")]),
    *((f"{word!r}, which is none", "paperurl", word, []) for word in ("", "N/A", "none", "TBA", "-", "#", "null")),
    ("nothing", "paperurl", None, []),
]  # fmt: skip
WRONG = [
    "coming soon",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://[::1",
    "https://a.org/x y",
    "y",
    "1",
    "a@b.org",
    "file:///x",
]
ADDRESSES = {
    "https://arxiv.org/pdf/2001.00001": "arxiv",
    "http://dx.doi.org/10.1000/x": "doi",
    "https://www.tandfonline.com/doi/full/10.1000/x": "doi",
    "https://dl.acm.org/doi/10.1145/1": "doi",
    "https://www.github.com/a": "code",
    "https://colab.research.google.com/x": "code",
    "https://zenodo.org/record/1": "data",
    "https://www.youtube.com/watch?v=1": "video",
    "/files/x.pptx": "slides",
    "/files/x.pdf?download=1": "pdf",
    "/files/x.bib": "bibtex",
    "https://mygithub.com/x": "",
    "https://a.org/arxiv.org/": "",
    "/files/x.pdf.html": "",
}


@pytest.mark.parametrize(("key", "value", "found"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_a_link(key: str, value: Value, found: list[EntryLink]) -> None:
    assert list(links_of(key, value)) == found


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_address_is_not_linked(text: str) -> None:
    with pytest.raises(InvalidValueError, match="address"):
        list(links_of("paperurl", text))


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_says_what_it_is(url: str) -> None:
    assert kind_of(url) == ADDRESSES[url]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_has_a_kind_with_a_label(key: str) -> None:
    [link] = links_of(key, "https://example.org/x.pdf")
    assert link.kind == KEYS[key]
    assert link.label == KINDS[link.kind].label


def test_a_title_leads_to_the_page_that_its_author_chose() -> None:
    pdf, doi, link = PDF, EntryLink("doi", "DOI", "https://doi.org/10.1/x"), EntryLink("", "Link", "https://a.org/")
    assert [of_title(found) for found in ([], [pdf], [pdf, doi], [pdf, doi, link])] == ["", pdf.url, doi.url, link.url]


@pytest.mark.parametrize("text", ["https://a.org", "/files/x.pdf", "//a.org/x", "/talks"])
def test_what_can_only_be_an_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["and/or", "/ 2", "Rome", "1/2", "https:// x", "10.1000/x", "a b/c", "/"])
def test_what_may_be_text(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    "text", ["https://doi.org/10.1000/x.y", "DOI: 10.1000/x.y.", "(doi:10.1000/x.y)", "https://doi.org/10.1000%2Fx.y"]
)
def test_a_doi_in_a_text(text: str) -> None:
    assert doi_of(text) == "10.1000/x.y"
