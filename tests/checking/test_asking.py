"""What is asked of a site over HTTP, and what is made of its answers."""

import re
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from plugins.checking.asking import Asker
from plugins.checking.published import (
    check_live,
    check_old,
    counted,
    dead,
    known_addresses,
    live_root,
    progress,
    sitemap,
)
from plugins.old_site import Answer
from plugins.problems import ContentError
from plugins.serving.server import served
from tests.conftest import Site


class Reply(NamedTuple):
    """What the test's server sends for a path."""

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)


def moved(to: str, status: int = 301) -> Reply:
    return Reply(status, "", (("Location", to),))


def stub(to: str, delay: int = 0) -> Reply:
    return Reply(body=f'<!doctype html><title>x</title><meta http-equiv="refresh" content="{delay}; url={to}">')


class Server(NamedTuple):
    """A running server: its address, and the paths that it was asked for, with the number of simultaneous requests."""

    address: str
    asked: list[str]
    agents: set[str]


@contextmanager
def serving(replies: dict[str, Reply | list[Reply]], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    asked: list[str] = []
    agents: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # http.server's name
            asked.append(self.path)
            agents.add(self.headers["User-Agent"])
            reply = replies.get(self.path, Reply(404, "none"))
            if isinstance(reply, list):
                reply = reply.pop(0) if len(reply) > 1 else reply[0]
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value.replace("HOST", f"127.0.0.1:{server.server_port}"))
            self.send_header("Content-Length", str(len(reply.body.encode())))
            self.end_headers()
            self.wfile.write(reply.body.encode())

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *arguments: object) -> None:
            """Say nothing where a client goes away in the middle of a large file."""

    server = Quiet(("127.0.0.1", 0), Handler)
    scheme = "http"
    if context:
        server.socket, scheme = context.wrap_socket(server.socket, server_side=True), "https"
    thread = Thread(target=partial(server.serve_forever, 0.01), daemon=True)
    thread.start()
    try:
        yield Server(f"{scheme}://127.0.0.1:{server.server_port}", asked, agents)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PAGE = Reply(body='<h1 id="top-of-it">x</h1><a name="old">x</a>')
BINARY = (("Content-Type", "application/pdf"),)
ANSWERS = {
    "a page": ("/page/", Answer("/page/", (), 200, "/page/")),
    "a file": ("/x.pdf", Answer("/x.pdf", (), 200, "/x.pdf")),
    "a redirect": ("/moved", Answer("/moved", ("301",), 200, "/page/")),
    "a stub": ("/stub/", Answer("/stub/", ("refresh",), 200, "/page/#old")),
    "a chain": ("/chain", Answer("/chain", ("308", "301"), 200, "/page/")),
    "a redirect by a whole address": ("/whole", Answer("/whole", ("302",), 200, "/page/")),
    "an anchor that a redirect keeps": ("/moved#old", Answer("/moved#old", ("301",), 200, "/page/#old")),
    "another site": ("/away", Answer("/away", ("301",), 0, "https://other.example/x")),
    "a page that refreshes itself later": ("/later", Answer("/later", (), 200, "/later")),
    "nothing": ("/none/", Answer("/none/", (), 404, "/none/", "answers 404")),
    "a redirect to nothing": ("/to-none", Answer("/to-none", ("301",), 404, "/none/", "answers 404")),
    "a server's fault": ("/fault", Answer("/fault", (), 500, "/fault", "answers 500")),
    "a redirect to itself": ("/loop", Answer("/loop", ("301",), 301, "/loop", "is redirected without end")),
    "two that lead to each other": ("/one", Answer("/one", ("301", "301"), 301, "/one", "is redirected without end")),
    "an anchor that is not there": (
        "/stub-none/",
        Answer(
            "/stub-none/", ("refresh",), 200, "/page/#gone", "leads to '/page/#gone', and the page has no such anchor"
        ),
    ),
    "an anchor on a page without any": (
        "/bare-anchor",
        Answer("/bare-anchor", ("301",), 200, "/bare#x", "leads to '/bare#x', and the page has no such anchor"),
    ),
}
REPLIES: dict[str, Reply | list[Reply]] = {
    "/page/": PAGE,
    "/bare": Reply(body="<p>x"),
    "/x.pdf": Reply(body="%PDF" * 100_000, headers=BINARY),
    "/moved": moved("/page/"),
    "/stub/": stub("/page/#old"),
    "/stub-none/": stub("/page/#gone"),
    "/bare-anchor": moved("/bare#x"),
    "/later": stub("/page/", delay=30),
    "/chain": moved("/moved", 308),
    "/whole": moved("http://HOST/page/", 302),
    "/away": moved("https://other.example/x"),
    "/to-none": moved("/none/"),
    "/fault": Reply(500),
    "/loop": moved("/loop"),
    "/one": moved("/two"),
    "/two": moved("/one"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_address_is_followed_to_its_end(name: str) -> None:
    address, expected = ANSWERS[name]
    with serving(REPLIES) as server:
        assert Asker(server.address, "test").ask(address) == expected


def test_each_address_is_asked_for_once_and_says_who_asks() -> None:
    """Also one to which many redirects lead, however many are asked for at a time; the answers keep their order."""
    with serving(REPLIES) as server:
        asker = Asker(server.address, "frontispiece/test")
        asker.ask("/page/")
        done: list[int] = []
        addresses = ["/moved", "/stub/", "/chain", "/x.pdf", "/none/"] * 5
        answers = asker.ask_all(dict.fromkeys(addresses), done.append)
        assert [each.address for each in answers] == list(dict.fromkeys(addresses))
        assert done == [1, 2, 3, 4, 5]
        assert server.asked.count("/page/") == 1
        assert server.agents == {"frontispiece/test"}


def test_a_server_that_is_busy_is_asked_again_when_it_says() -> None:
    busy = Reply(429, "", (("Retry-After", "0"),))
    with serving({"/": [busy, PAGE]}) as server:
        assert Asker(server.address, "test").ask("/").status == 200
    with serving({"/": Reply(503, "", (("Retry-After", "3600"),))}) as server:
        assert Asker(server.address, "test").ask("/").fault == "answers 503"
        assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_a_fault() -> None:
    with serving({}) as server:
        address = server.address
    assert Asker(address, "test").ask("/").fault.startswith("does not answer: ")


def test_the_folder_of_a_build_answers_as_static_hosts_do(tmp_path: Path) -> None:
    for name in ("index.html", "cv/index.html", "old.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('<p id="x">')
    with served(tmp_path) as root:
        answers = Asker(root, "test").ask_all(["/", "/cv", "/cv/#x", "/old", "/none", "/../x"])
    assert [(each.hops, each.status, each.fault) for each in answers] == [
        ((), 200, ""),
        (("301",), 200, ""),
        ((), 200, ""),
        ((), 200, ""),
        ((), 404, "answers 404"),
        ((), 404, "answers 404"),
    ]


# --- The published site -------------------------------------------------------------------------------------------


def test_the_published_site_is_asked_for_old_addresses_and_its_pages() -> None:
    """Whatever it is; a limit holds, and what it leaves out is told."""
    listed = "<urlset><url><loc>http://HOST/lab/page/</loc></url><url><loc>http://HOST/lab/gone/</loc></url>"
    listed += "<url><loc>https://other.example/x/</loc></url></urlset>"
    with serving({}) as before:
        host = before.address.removeprefix("http://")
    replies: dict[str, Reply | list[Reply]] = {
        "/lab/": Reply(headers=(("Content-Type", "text/html"), ("X-Content-Type-Options", "nosniff"))),
        "/lab/page/": PAGE,
        "/lab/old/": stub("/lab/page/"),
    }
    with serving(replies) as server:
        xml = listed.replace("http://HOST", server.address)
        replies["/lab/sitemap.xml"] = Reply(200, xml, (("Content-Type", "application/xml"),))
        asker = Asker(f"{server.address}/lab", "test")
        assert list(sitemap(asker)) == ["/page/", "/gone/"]
        expected = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        live = check_live(asker, {"/old/": 4, "/dead/": 5}, expected, 100)
        assert live.facts == [
            "1 of 2 old addresses answer, 1 by a redirect",
            "1 of 2 pages answer",
            "1 of 2 headers are sent",
        ]
        assert [str(each) for each in live.problems] == [
            ".old-addresses:5: '/dead/' answers 404;"
            " write it into 'redirect_from' of the page that has it now, or delete this line",
            f"{server.address}/lab/gone/: answers 404; publish the site again",
            f"{server.address}/lab: warning: headers: does not send Referrer-Policy;"
            " see the README on hosts: a file may not have been read, or the host sends none",
        ]
        assert (
            "3 addresses were not asked for; --limit 4 asks for all"
            in check_live(asker, {"/old/": 4, "/dead/": 5}, {}, 1).facts
        )
        assert host


def test_a_site_that_is_not_there_is_one_problem() -> None:
    with serving({}) as server, pytest.raises(ContentError, match="answers 404; publish it first"):
        check_live(Asker(server.address, "test"), {"/a/": 1, "/b/": 2}, {}, 100)


@pytest.mark.parametrize(
    ("address", "root"),
    [
        pytest.param("https://ann.example/", "https://ann.example", id="a slash at the end"),
        pytest.param("https://ann.example/lab", "https://ann.example/lab", id="a path"),
        pytest.param("http://localhost:8000", "http://localhost:8000", id="this machine, unencrypted"),
        pytest.param("http://127.0.0.1:1/", "http://127.0.0.1:1", id="this machine by its number"),
        pytest.param("http://ann.example", None, id="unencrypted"),
        pytest.param("ann.example", None, id="no scheme"),
        pytest.param("https://", None, id="no host"),
        pytest.param("https://ann.example/?x", None, id="a query"),
        pytest.param("file:///etc/passwd", None, id="a file"),
    ],
)
def test_only_sites_that_browsers_trust_are_asked(address: str, root: str | None) -> None:
    if root is None:
        with pytest.raises(ContentError, match=r"is not the address of a site; write https://…"):
            live_root(address)
    else:
        assert live_root(address) == root


@pytest.mark.parametrize(("days", "warned"), [(5, True), (90, False)])
def test_the_certificate_is_read(days: int, warned: bool, tmp_path: Path, need: Callable[..., str]) -> None:
    """One that ends soon is a warning; one that browsers refuse is the end."""
    openssl = need("openssl", "openssl")
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(days), "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with serving({"/": PAGE}, context) as server:
        live = check_live(Asker(server.address, "test", context=trusting), {}, {}, 10)
        until = datetime.now(UTC) + timedelta(days=days)
        assert f"the certificate is valid until {until:%Y-%m-%d}" in live.facts
        assert [each.key for each in live.problems] == ["certificate"] * warned
        refused = Asker(server.address, "test").ask("/")
        assert refused.fault == "has a certificate that browsers refuse: self-signed certificate"


def test_answers_are_counted_in_words() -> None:
    right, moved_on, none = (
        Answer("/", (), 200, "/"),
        Answer("/a", ("301",), 200, "/"),
        Answer("/b", (), 404, "/b", "x"),
    )
    assert counted([right]) == "1 of 1 old address answer, 0 by a redirect"
    assert counted([right, moved_on, none]) == ("2 of 3 old addresses answer, 1 by a redirect")
    assert [each.line for each in dead([right, none], {"/": 3, "/b": 4})] == [4]


# --- The task -----------------------------------------------------------------------------------------------------


def test_the_task_asks_the_finished_site_for_every_old_address(site: Site) -> None:
    """By `--old` a build, below the path of its host; by `--live` a server."""
    site.write("content/pages/about.md", "---\npermalink: /\nredirect_from: /about/\n---\n# One\n")
    site.write("publishconf.py", (site.root / "publishconf.py").read_text() + 'SITEURL = "https://ann.example/lab"\n')
    site.write(".old-addresses", "# x\n/ page\n/about/ redirect\n/talks/ page\n")
    line = ".old-addresses:4: '/talks/' answers 404;"
    line += " write it into 'redirect_from' of the page that has it now, or delete this line\n"
    built = site.invoke("check", "--old")
    with serving({"/": PAGE, "/about/": moved("/")}) as server:
        live = site.invoke("check", "--live", server.address)
    assert [(done.returncode, done.stderr) for done in (built, live)] == [(1, line)] * 2
    counts = "2 of 3 old addresses answer, 1 by a redirect\n"
    assert re.fullmatch(rf"\d+ files, no broken links\n{counts}", built.stdout)
    assert live.stdout.startswith(counts)


def test_without_old_addresses_there_is_nothing_to_prove(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^\.old-addresses: is missing or empty"):
        check_old(Asker("http://127.0.0.1:9", "test"), known_addresses(tmp_path / "none"))


def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And is gone at the end."""
    progress(2)(1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    show = progress(2)
    show(1)
    assert capsys.readouterr().err == f"\r{'█' * 15}{'·' * 15} 1 of 2"
    show(2)
    assert capsys.readouterr().err.endswith("\r\x1b[K")
