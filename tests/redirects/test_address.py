"""Addresses: read as authors write them, placed as jekyll-redirect-from places them, encoded as browsers do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.redirects import address

READ = {
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
REFUSED = {
    "a query": ("/old?page=2", "has a query, which no host can match", "write '/old'"),
    "a fragment": (
        "/old#top",
        "has a fragment, which no browser sends",
        "write '/old', or '%23' for the character itself",
    ),
    "a way out of the site": ("/../x", "leaves the site", address.A_SOURCE),
    "an encoded way out of the site": ("/%2e%2e/x", "leaves the site", address.A_SOURCE),
    "a way out by an encoded slash": ("/..%2fx", "leaves the site", address.A_SOURCE),
    "a way out further in": ("/a/../../x", "leaves the site", address.A_SOURCE),
    "a climb inside the site": ("/a/../x", "climbs with '..', which no browser asks for", address.A_SOURCE),
    "a script": ("javascript:alert(1)", "is not a path on this site", address.A_SOURCE),
    "a full URL": ("https://example.org/a/?b", "is not a path on this site", "write '/a/'"),
    "a URL without a scheme": ("//example.org/a/", "is not a path on this site", "write '/a/'"),
    "a line break": ("/a\nb", "holds a control character", address.A_SOURCE),
    "an encoded null byte": ("/a%00b", "holds a control character", address.A_SOURCE),
    "a backslash": ("/a\\b", "holds a backslash, which browsers send as '/'", "write '/a/b'"),
    "bytes that are no UTF-8": ("/%ff/", "is not UTF-8 once decoded", "write the letter itself"),
    "half a surrogate pair": ("/\ud800/", "is not UTF-8 once decoded", "write the letter itself"),
    "a name too long for a disk": (f"/{'x' * 300}/", "is too long for a file's name", address.A_SOURCE),
    "a path too long for a host": (f"/{'x' * 90}" * 12, "is too long for a file's name", address.A_SOURCE),
}
PLACED = {
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
NO_TARGETS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//",
    "https://",
    "https://a b/",
    "http://u:p@h/",
    "/../x",
    "/a\nb",
]


@pytest.mark.parametrize(("text", "path"), READ.values(), ids=READ)
def test_a_source_is_read(text: str, path: str) -> None:
    """What Jekyll accepts is normalised to a decoded path."""
    assert address.source(text) == path


@pytest.mark.parametrize(("text", "why", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_path_is_refused(text: str, why: str, hint: str) -> None:
    """Each refusal says why, and a way out where there is one."""
    with pytest.raises(address.AddressError) as error:
        address.source(text)
    assert (error.value.why, error.value.hint) == (why, hint)


@pytest.mark.parametrize(("path", "files"), PLACED.values(), ids=PLACED)
def test_a_stub_has_its_place(path: str, files: tuple[str, ...]) -> None:
    """The chief file is jekyll-redirect-from's wherever that is served as HTML."""
    assert address.files(path) == files


@pytest.mark.parametrize(("text", "url"), TARGETS.values(), ids=TARGETS)
def test_a_target_is_encoded_once(text: str, url: str) -> None:
    """A target is percent-encoded ASCII, and encoding it again changes nothing."""
    assert address.target(text) == url
    assert address.target(url) == url


@pytest.mark.parametrize("text", NO_TARGETS)
def test_nobody_is_sent_to_what_is_no_page(text: str) -> None:
    """Only paths of this site and web addresses are targets."""
    with pytest.raises(address.AddressError):
        address.target(text)


@given(st.text(st.sampled_from("a.%2eE/\\fF5c?# ~ü\x00é:"), max_size=30))
def test_no_source_escapes_the_output(text: str) -> None:
    """Whatever is written, its files lie below the output, and a second reading of its encoded form finds the same."""
    try:
        path = address.source(text)
    except address.AddressError:
        return
    for file in address.files(path):
        parts = file.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert "\\" not in file
        assert "\0" not in file
    assert address.source(address.encode(path)) == path
    assert address.encode(path).isascii()
