"""The path of a request → what a good static host would answer with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.serving.paths import candidates


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
        pytest.param("/../a", [], id="a way out"),
        pytest.param("/a/..", [], id="a way out at the end"),
        pytest.param("/a/./b", [], id="a part that means nothing"),
        pytest.param("/a\0b", [], id="a NUL"),
        pytest.param("/a\\..\\b", [], id="a backslash"),
    ],
)
def test_a_path_names_files(path: str, files: list[str]) -> None:
    assert [name + (" →" if leads else "") for name, leads in candidates(path)] == files


@given(st.text() | st.lists(st.sampled_from(["/", "..", ".", "a", "\\", "\0", "%2e", "é"])).map("".join))
def test_no_path_leaves_the_site(path: str) -> None:
    """Every file that a path may name lies below the folder."""
    for name, _ in candidates(path):
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert "\0" not in name
