"""Addresses: encoded as browsers encode them, and answered by files in the order of static hosts."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.addresses import answering_file, below, candidates, decode, encode, fold
from plugins.checking import Site, broken, read
from plugins.problems import InvalidValueError, Place, Problems
from plugins.redirects.plan import make_plan
from plugins.site import Output, Redirect

ORDER = ("a", "a.html", "a/index.html")
"""The files that answer `/a`, best first: GitHub Pages, Netlify and Cloudflare serve them in this order."""


@pytest.mark.parametrize(
    ("path", "encoded"),
    [
        pytest.param("/a-b_c.d~e/", "/a-b_c.d~e/", id="unreserved characters"),
        pytest.param("/it's/!$&()*+,;=:@", "/it's/!$&()*+,;=:@", id="what browsers leave"),
        pytest.param("/größe/ x/", "/gr%C3%B6%C3%9Fe/%20x/", id="letters beyond ASCII and a blank"),
        pytest.param("/100%/#?", "/100%25/%23%3F", id="what would mean something else"),
        pytest.param('/"<>[]|`^{}', "/%22%3C%3E%5B%5D%7C%60%5E%7B%7D", id="what no URL holds"),
    ],
)
def test_a_path_is_encoded_and_decoded(path: str, encoded: str) -> None:
    assert encode(path) == encoded
    assert decode(encoded) == path


def test_a_path_that_is_not_utf8_cannot_be_decoded() -> None:
    with pytest.raises(InvalidValueError, match="is not UTF-8 once decoded; write the letter itself"):
        decode("/%ff/")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_encoding_is_ascii_and_loses_nothing(path: str) -> None:
    assert encode(path).isascii()
    assert unquote(encode(path)) == path == decode(encode(path))


@pytest.mark.parametrize(
    ("root", "address", "result"),
    [
        pytest.param("", "/a/", "/a/", id="no root"),
        pytest.param("/proj", "/a/", "/proj/a/", id="a path"),
        pytest.param("https://e.example/proj", "/", "https://e.example/proj/", id="a site"),
        pytest.param("https://e.example/", "/a/", "https://e.example/a/", id="a slash at the end"),
        pytest.param("/proj", "https://e.example/a", "https://e.example/a", id="another site"),
    ],
)
def test_an_address_of_this_site_is_placed_below_its_root(root: str, address: str, result: str) -> None:
    assert below(root, address) == result


@pytest.mark.parametrize(("one", "other"), [("/A/", "/a/"), ("/Ü", "/u\u0308"), ("/STRASSE/", "/straße/")])
def test_addresses_that_differ_only_in_case_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("path", "files"),
    [
        pytest.param("/", ["index.html"], id="the home page"),
        pytest.param("/a/", ["a/index.html"], id="a folder is its index"),
        pytest.param("/a", ["a", "a.html", "a/index.html →"], id="a name is a file, a page, or leads to its folder"),
        pytest.param("/a/b.pdf", ["a/b.pdf", "a/b.pdf.html", "a/b.pdf/index.html →"], id="a file in a folder"),
        pytest.param(
            "/.well-known/x", [".well-known/x", ".well-known/x.html", ".well-known/x/index.html →"], id="hidden"
        ),
        pytest.param("", [], id="no path at all"),
        pytest.param("a", [], id="no slash in front"),
        pytest.param("//evil.example/", [], id="another host in disguise"),
        pytest.param("/a//b", [], id="an empty part"),
        pytest.param("/../a", [], id="above the site"),
        pytest.param("/a/..", [], id="above the site at its end"),
        pytest.param("/a/./b", [], id="a part that means nothing"),
        pytest.param("/a\0b", [], id="a NUL"),
        pytest.param("/a\\..\\b", [], id="a backslash"),
    ],
)
def test_a_path_names_files(path: str, files: list[str]) -> None:
    assert [name + (" →" if redirects else "") for name, redirects in candidates(path)] == files


@given(st.text() | st.lists(st.sampled_from(["/", "..", ".", "a", "\\", "\0", "%2e", "é"])).map("".join))
def test_no_path_leaves_the_site(path: str) -> None:
    """Every file that a path may name lies below the folder."""
    for name, _ in candidates(path):
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert "\0" not in name


@pytest.mark.parametrize("first", range(len(ORDER)), ids=ORDER)
def test_everything_answers_with_the_same_file(first: int) -> None:
    """The order of static hosts holds for the server, for the check of links and for redirects that lead on."""
    files = ORDER[first:]
    assert answering_file("/a", files) == files[0]
    pages = {"index.html": read('<a href="/a#x">'), **{file: read("") for file in files}}
    pages[files[0]] = read('<p id="x">')
    if files[0].endswith(".html"):
        assert not list(broken(pages, Site(set(pages), "", {})))
    chain = [
        Redirect("/old/", "/a", Place("p.md", 1, "redirect_from"), "/old/"),
        Redirect("/a/", "/new/", Place("p.md", 2, "redirect_from"), "/a/"),
    ]
    plan = make_plan(chain, [Output(file, file) for file in files], Problems())
    assert plan.redirects[0].target == "/a"


def test_a_redirect_answers_where_no_file_does() -> None:
    """So that the table above shows something: without the files the chain is followed."""
    chain = [
        Redirect("/old/", "/a", Place("p.md", 1, "redirect_from"), "/old/"),
        Redirect("/a/", "/new/", Place("p.md", 2, "redirect_from"), "/a/"),
    ]
    assert make_plan(chain, [], Problems()).redirects[0].target == "/new/"


@pytest.mark.parametrize("path", ["/a/", "/b", "/a/b"])
def test_no_file_answers_an_address_that_does_not_exist(path: str) -> None:
    assert answering_file(path, {"a", "a.html"}) is None
