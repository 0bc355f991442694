"""Sources and targets as authors write them, and the files of stubs, as jekyll-redirect-from places them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.addresses import encode
from plugins.problems import InvalidValueError
from plugins.redirects.parse import SOURCE_HINT, parse_source, parse_source_query, parse_target
from plugins.redirects.stub import stub_files

SOURCES = {
    "a folder": ("/about/", "/about/"),
    "a file": ("/about.html", "/about.html"),
    "no leading slash": ("help", "/help"),
    "a folder without a leading slash": ("old/", "/old/"),
    "blanks around it": (" /old/ ", "/old/"),
    "double slashes": ("/a//b/", "/a/b/"),
    "a dot as a folder": ("/a/./b", "/a/b"),
    "only a dot": ("/a/.", "/a/"),
    "the root": ("/", "/"),
    "a blank inside": ("/old path/", "/old path/"),
    "an encoded blank": ("/old%20path/", "/old path/"),
    "letters beyond ASCII": ("/größe/", "/größe/"),
    "letters beyond ASCII, encoded in lower case": ("/gr%c3%b6%C3%9fe/", "/größe/"),
    "an encoded percent sign": ("/100%25/", "/100%/"),
    "an encoded number sign": ("/c%23/", "/c#/"),
    "an encoded question mark": ("/what%3F", "/what?"),
    "a home folder": ("/~name/", "/~name/"),
    "a hidden file": ("/.well-known/x", "/.well-known/x"),
    "a colon after the first slash": ("/a:b/", "/a:b/"),
}
INVALID = {
    "a query": ("/old?page=2", "has a query, which stubs cannot match", "write '/old', or declare it in redirects.yml"),
    "a fragment": (
        "/old#top",
        "has a fragment, which no browser sends",
        "write '/old', or '%23' for the character itself",
    ),
    "above the site": ("/../x", "leaves the site", SOURCE_HINT),
    "above the site, encoded": ("/%2e%2e/x", "leaves the site", SOURCE_HINT),
    "above the site by an encoded slash": ("/..%2fx", "leaves the site", SOURCE_HINT),
    "above the site further in": ("/a/../../x", "leaves the site", SOURCE_HINT),
    "a climb inside the site": ("/a/../x", "climbs with '..', which no browser asks for", SOURCE_HINT),
    "a script": ("javascript:alert(1)", "is not a path on this site", SOURCE_HINT),
    "half an address of an IPv6 host": ("//[", "is not a path on this site", SOURCE_HINT),
    "a full URL": ("https://example.org/a/?b", "is not a path on this site", "write '/a/'"),
    "a URL without a scheme": ("//example.org/a/", "is not a path on this site", "write '/a/'"),
    "a line break": ("/a\nb", "holds a control character", SOURCE_HINT),
    "an encoded null byte": ("/a%00b", "holds a control character", SOURCE_HINT),
    "a backslash": ("/a\\b", "holds a backslash, which browsers send as '/'", "write '/a/b'"),
    "bytes that are not UTF-8": ("/%ff/", "is not UTF-8 once decoded", "write the letter itself"),
    "half a surrogate pair": ("/\ud800/", "is not UTF-8 once decoded", "write the letter itself"),
    "a name too long for a disk": (f"/{'x' * 300}/", "is too long for a file's name", SOURCE_HINT),
    "a path too long for a host": (f"/{'x' * 90}" * 12, "is too long for a file's name", SOURCE_HINT),
}
STUBS = {
    "a folder": ("/about/", ("about/index.html",)),
    "a file": ("/about.html", ("about.html",)),
    "a file with the short extension": ("/html/redirect.htm", ("html/redirect.htm",)),
    "no extension": ("/old", ("old.html", "old/index.html")),
    "a hidden file": ("/.hid", (".hid.html", ".hid/index.html")),
    "another extension": ("/contact.php", ("contact.php/index.html",)),
    "a version": ("/v1.2", ("v1.2/index.html",)),
    "the root": ("/", ("index.html",)),
    "letters beyond ASCII": ("/a b/ü", ("a b/ü.html", "a b/ü/index.html")),
}
TARGETS = {
    "a page": ("/about/", "/about/"),
    "a page without a slash": ("about/", "/about/"),
    "letters beyond ASCII": ("/größe/", "/gr%C3%B6%C3%9Fe/"),
    "already encoded": ("/gr%c3%b6%C3%9Fe/", "/gr%C3%B6%C3%9Fe/"),
    "query and fragment": ("/a b/?c=d e#f", "/a%20b/?c=d%20e#f"),
    "a percent sign": ("/100%25/", "/100%25/"),
    "an apostrophe": ("/o'neill/", "/o%27neill/"),
    "elsewhere": ("https://example.org/a?b=c%20d", "https://example.org/a?b=c%20d"),
    "elsewhere without a path": ("http://example.org", "http://example.org/"),
    "an international host": ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    "a port": ("https://example.org:8443/a", "https://example.org:8443/a"),
    "parentheses": ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
}
NOT_TARGETS = [
    "/%2Fexample.org/",  # decoded it would name another host
    "javascript:alert(1)",
    "data:text/html,x",
    "//",
    "https://",
    "https://a b/",
    "http://u:p@h/",
    "/../x",
    "/a\nb",
]


@pytest.mark.parametrize(("text", "path"), SOURCES.values(), ids=SOURCES)
def test_a_source_is_parsed(text: str, path: str) -> None:
    """What Jekyll accepts is normalised to a decoded path."""
    assert parse_source(text) == path


@pytest.mark.parametrize(("text", "message", "hint"), INVALID.values(), ids=INVALID)
def test_anything_but_a_path_is_refused(text: str, message: str, hint: str) -> None:
    """Each refusal gives the reason, and a way out where there is one."""
    with pytest.raises(InvalidValueError) as error:
        parse_source(text)
    assert (error.value.message, error.value.hint) == (message, hint)


@pytest.mark.parametrize(("path", "files"), STUBS.values(), ids=STUBS)
def test_a_stub_lies_where_hosts_find_it(path: str, files: tuple[str, ...]) -> None:
    """The chief file is jekyll-redirect-from's wherever that is served as HTML."""
    assert stub_files(path) == files


@pytest.mark.parametrize(("text", "url"), TARGETS.values(), ids=TARGETS)
def test_a_target_is_encoded_once(text: str, url: str) -> None:
    """A target is percent-encoded ASCII, and encoding it again changes nothing."""
    assert parse_target(text) == url
    assert parse_target(url) == url


@pytest.mark.parametrize("text", NOT_TARGETS)
def test_only_a_web_address_is_a_target(text: str) -> None:
    """Only paths of this site and web addresses are targets."""
    with pytest.raises(InvalidValueError):
        parse_target(text)


@given(st.text(st.sampled_from("a.%2eE/\\fF5c?# ~ü\x00é:"), max_size=30))
def test_no_source_escapes_the_output(text: str) -> None:
    """Whatever is written, its files lie below the output, and its encoded form is parsed to the same path."""
    try:
        path = parse_source(text)
    except InvalidValueError:
        return
    for file in stub_files(path):
        parts = file.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert "\\" not in file
        assert "\0" not in file
    assert parse_source(encode(path)) == path
    assert encode(path).isascii()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("/?p=123", ("/", "p=123")),
        ("?p=123", ("/", "p=123")),
        ("/index.php?id=5&x=a.b", ("/index.php", "id=5&x=a.b")),
        ("/~me/?q=a%20b+c", ("/~me/", "q=a%20b+c")),
    ],
)
def test_a_source_may_have_a_query_in_a_table(text: str, source: tuple[str, str]) -> None:
    assert parse_source_query(text) == source


@pytest.mark.parametrize(
    "text", ["/?", "/?p=1#x", "/?a;b", "/ü/?p=1", "/?p=%zz", '/?"', "/?p=$1", "/?{x}", "/?" + "p" * 1000]
)
def test_a_query_that_a_host_could_read_otherwise_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="has a query that no host can match"):
        parse_source_query(text)
