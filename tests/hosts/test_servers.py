"""nginx, Apache, Caddy and lighttpd themselves answer for every awkward redirect, in three spellings."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from plugins.redirects.parse import parse_source, parse_target
from tests.conftest import free_port
from tests.hosts.awkward import AWKWARD, QUERIES
from tests.hosts.conftest import HASHED, Server, apache, environment, make_site, run

AS_BROWSERS_WRITE = "/!$&'()*+,;=:@~[]|"  # the URL Standard's path percent-encode set leaves these
SPELLINGS = {
    "as a browser writes it": lambda path: quote(path, safe=AS_BROWSERS_WRITE),
    "fully encoded": lambda path: quote(path, safe="/"),
    "in lower-case hex": lambda path: re.sub(
        "%..", lambda match: match[0].lower(), quote(path, safe=AS_BROWSERS_WRITE)
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize(("source", "target"), AWKWARD.values(), ids=AWKWARD)
def test_the_old_address_answers(server: Server, source: str, target: str, spelling) -> None:  # type: ignore[no-untyped-def]
    """301 to the target, whose page is there; the visitor's query is kept where the target has none."""
    path, expected = spelling(parse_source(source)), parse_target(target)
    answer = server.ask(path)
    assert (answer.status, parse_target(answer.location)) == (301, expected)
    before, mark, fragment = expected.partition("#")
    asked = server.ask(f"{path}?utm=1&b=%20c")
    with_query = before if "?" in before else f"{before}?utm=1&b=%20c"
    assert (asked.status, parse_target(asked.location)) == (301, with_query + mark + fragment)
    if expected.startswith("/"):
        assert server.ask(urlsplit(expected).path).status == 200


@pytest.mark.parametrize(("source", "target"), QUERIES.values(), ids=QUERIES)
def test_an_old_address_with_a_query_answers_for_that_query_alone(server: Server, source: str, target: str) -> None:
    """The query that told it from others does not follow to the target."""
    answer = server.ask(source)
    assert (answer.status, parse_target(answer.location)) == (301, parse_target(target))
    path, _, query = source.partition("?")
    plain = server.ask(path)
    for other in (f"{query}0", f"x{query}", f"{query}&more=1", query.replace("=", "2=")):
        asked = server.ask(f"{path}?{other}")
        assert (asked.status, asked.location.partition("?")[0]) == (plain.status, plain.location.partition("?")[0])


@pytest.mark.parametrize("status", [302, 307, 308])
def test_a_redirect_has_its_own_status(server: Server, status: int) -> None:
    """Temporary ones too."""
    answer = server.ask(quote(f"/s{status} ü(1)?a=b", safe="/?="))
    assert (answer.status, answer.location) == (status, "/new/?a=b#x")


@pytest.mark.parametrize("source", [source for source, _ in AWKWARD.values() if not source.endswith(".html")])
def test_the_other_form_of_the_address_answers_too(server: Server, source: str) -> None:
    """With or without a slash at the end, in one step."""
    path = parse_source(source)
    other = path[:-1] if path.endswith("/") else f"{path}/"
    assert server.ask(quote(other, safe=AS_BROWSERS_WRITE)).status == 301
    assert server.ask(quote(other, safe=AS_BROWSERS_WRITE)).location == server.ask(quote(path)).location


@pytest.mark.parametrize(
    ("path", "status"),
    [("/new/", 200), ("/nothing-here/", 404), ("/plain/", 301), (f"/{HASHED}", 200)],
    ids=["a page", "a page that does not exist", "a redirect", "a hashed file"],
)
def test_every_answer_has_every_header(server: Server, path: str, status: int) -> None:
    """The policy stands on pages, redirects, the 404 page and files alike."""
    answer = server.ask(path)
    assert answer.status == status
    if status == 301 and server.kind == "lighttpd":
        assert answer.headers["X-Content-Type-Options"] is None, "lighttpd sets headers on redirects now: write so"
        return
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    if status == 404:
        assert b"</html>" in answer.body
        assert b"404" in answer.body or b"not found" in answer.body.lower()
    if status == 200:
        kept = "immutable" if path == f"/{HASHED}" else "must-revalidate"
        assert kept in answer.headers["Cache-Control"]


def test_similar_addresses_do_not_answer(server: Server) -> None:
    """A rule means its address alone: nothing below it, before it, or but for its case."""
    for path in ("/plain/more/", "/xplain/", "/plainx/", "/v1x2/", "/PLAIN/", "/pagexhtml"):
        assert server.ask(path).status in (400, 404), path


@pytest.mark.parametrize("options", ["FollowSymLinks", "None"], ids=["with links", "without links"])
@pytest.mark.parametrize(
    ("override", "page", "redirect"),
    [("None", 200, 200), ("AuthConfig", 500, 500), ("FileInfo", 200, 301), ("All", 200, 301)],
)
def test_apache_under_restrictions(
    tmp_path: Path, need: Callable[..., str], override: str, page: int, redirect: int, options: str
) -> None:
    """Plain redirects need only FileInfo. Where nothing is read the stub answers; where it is forbidden nothing does."""
    command, port = need("apache2", "apache2"), free_port()
    with tempfile.TemporaryDirectory() as folder:  # which a root's Apache can read
        Path(folder).chmod(0o755)
        output = make_site(Path(folder) / "site", ["apache"], {"/plain/": "/new/", "/größe2/": "/größe/"})
        arguments = apache(output, tmp_path, port, override, options)
        for server in run([command, "-DFOREGROUND", *arguments], port, tmp_path / "log", env=environment(tmp_path)):
            assert server.ask("/new/").status == page
            answer = server.ask("/plain/")
            assert answer.status == redirect
            assert redirect != 200 or b'http-equiv="refresh"' in answer.body
            assert redirect != 301 or answer.location == "/new/"
