"""What the server answers."""

import asyncio
import random
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn

from plugins.problems import Problem
from plugins.serving.app import State, application, with_live
from plugins.serving.server import listen

SECRET = "never to be seen"
INSIDE = {
    "paper.pdf": "0123456789",
    "index.html": "<!doctype html><body>Home</body>",
    "404.html": "<!doctype html><body>Lost</body>",
    "a/index.html": "<!doctype html><body>A</body>",
    "b.html": "<!doctype html><p>B",
    "files/paper.pdf": "0123456789",
    "größe/x y.txt": "ü",
    "app.webmanifest": "{}",
    "me.vcf": "BEGIN:VCARD",
}


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    """Sends paths as they are: no library between that mends them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self.connect()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in {"host": "127.0.0.1", **headers}.items()),
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        response = HTTPResponse(self.socket, method=method)
        response.begin()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        if answer.headers.get("connection") == "close":
            self.socket.close()
            self.socket = self.connect()
        return answer


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("serving")
    (root / "secret.txt").write_text(SECRET)
    for path, text in INSIDE.items():
        file = root / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (root / "output" / "out").symlink_to(root)
    return root / "output"


@pytest.fixture(scope="module")
def client(output: Path) -> Iterator[Client]:
    state = State(output, build=7)
    state.idle.set()
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(application(state, ["127.0.0.1"]), log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    client = Client(listener.getsockname()[1])
    yield client
    client.socket.close()
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, "Home"),
        ("/index.html", 200, "Home"),
        ("/a/", 200, "A"),
        ("/b", 200, "B"),
        ("/b.html", 200, "B"),
        ("/files/paper.pdf", 200, "0123456789"),
        ("/gr%C3%B6%C3%9Fe/x%20y.txt", 200, "ü"),
        ("/nothing", 404, "Lost"),
        ("/b/", 404, "Lost"),
        ("/files/", 404, "Lost"),
        ("/out/secret.txt", 404, "Lost"),
        ("/%2e%2e/secret.txt", 404, "Lost"),
        ("/a%00", 404, "Lost"),
        ("/" + "x" * 5000, 404, "Lost"),
    ],
)
def test_a_path_is_answered_as_a_static_host_would(client: Client, path: str, status: int, body: str) -> None:
    answer = client.get(path)
    assert answer.status == status
    assert body in answer.text


def test_a_folder_without_its_slash_leads_to_it_and_keeps_the_query(client: Client) -> None:
    answer = client.get("/a?x=1")
    assert (answer.status, answer.headers["location"]) == (301, "/a/?x=1")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/files/paper.pdf", "application/pdf"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/me.vcf", "text/vcard; charset=utf-8"),
    ],
)
def test_a_file_has_its_type_and_is_never_cached(client: Client, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "no-store"


def test_a_range_is_answered_with_that_part(client: Client) -> None:
    answer = client.get("/files/paper.pdf", range="bytes=2-4")
    assert (answer.status, answer.text) == (206, "234")


@pytest.mark.parametrize("path", ["/", "/b", "/nothing"])
def test_every_page_carries_the_live_script_and_no_file_does(client: Client, output: Path, path: str) -> None:
    assert client.get(path).text.count('<script src="/.frontispiece/live.js" data-build="7" defer></script>') == 1
    assert not any(b"frontispiece" in file.read_bytes() for file in output.rglob("*.html") if "out" not in file.parts)


def test_the_pages_policy_which_forbids_the_script_is_removed() -> None:
    policy = (
        b"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; x > y"><meta charset="utf-8">"""
    )
    assert with_live(policy + b"<p>", 1).startswith(b'<meta charset="utf-8"><p><script ')


def test_a_site_without_a_404_page_still_answers_404(client: Client, output: Path) -> None:
    (output / "404.html").rename(output / "other.html")
    try:
        assert client.get("/nothing").status == 404
    finally:
        (output / "other.html").rename(output / "404.html")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(client: Client, method: str) -> None:
    assert client.get("/", method).status == 405


def test_a_request_for_another_host_name_is_refused(client: Client) -> None:
    """A page elsewhere that points its name at this machine cannot read the site."""
    assert client.get("/", host="evil.example").status == 400


def test_a_page_receives_problems_but_no_warnings() -> None:
    state = State(Path("output"))
    queue: asyncio.Queue[str] = asyncio.Queue()
    state.listeners.add(queue)
    state.built(
        Path("output"),
        3,
        [Problem("a.md", 1, "k", "m", "h"), Problem("b.md", 1, "k", "m", warning=True)],
        ["x y/index.html"],
    )
    assert queue.get_nowait() == (
        'data: {"build": 3, "changed": ["/x%20y/index.html"], "problems": '
        '[{"path": "a.md", "line": 1, "key": "k", "message": "m", "hint": "h"}]}\n\n'
    )


def test_odd_requests_get_nothing_from_outside_and_no_error(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    """No response has a byte of a file beside the site, and nothing in the server breaks."""
    asked: set[int] = set()
    chance = random.Random(7)
    pieces = [
        "..",
        ".",
        "%2e%2e",
        "%2E.",
        "%00",
        "%2f",
        "%5c",
        "\\",
        "a",
        "out",
        "secret.txt",
        "%FF",
        "é",
        "*",
        "%",
        "%zz",
    ]
    pieces += ["x" * 300, ";", "?", "#", "~", "%0d%0a", "index.html", "", "%c0%ae", "\u202e", "//"]
    pieces += ["files", "paper.pdf"] * 4
    for _ in range(2_500):
        path = "/" + "/".join(chance.choices(pieces, k=chance.randrange(1, 7)))
        if chance.random() < 0.3:
            path += chance.choice(["?q=../../secret.txt", "/", "%00", "/.."])
        headers = (
            {"range": chance.choice(["bytes=0-1", "bytes=5-", "bytes=-3", "bytes=9-1", "x"])}
            if chance.random() < 0.2
            else {}
        )
        method = chance.choice(["GET", "GET", "GET", "HEAD", "POST"])
        answer = client.get(quote(path, safe="/%?#;~*\\") if chance.random() < 0.9 else path, method, **headers)
        assert answer.status in (200, 206, 301, 400, 404, 405, 416), path
        assert SECRET not in answer.text, path
        asked.add(answer.status)
    assert {200, 206, 301, 400, 404, 405} <= asked
    printed = capfd.readouterr()
    assert "Traceback" not in printed.err + printed.out
