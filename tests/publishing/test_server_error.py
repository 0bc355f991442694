"""After a publication to a folder or by rsync, a site that answers with an error 500 is reported with its way out."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.publishing import DeployOptions, PublishError, publish
from plugins.publishing.server_error import check_server
from tests.conftest import free_port


class Answering(BaseHTTPRequestHandler):
    """Answers every request with the status that its path names first: `/500/`."""

    def do_GET(self) -> None:  # the name that http.server calls
        """Answer."""
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Run the server; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.mark.parametrize(("rules", "host"), [(".htaccess", "'apache'"), ("web.config", "'iis'")])
def test_an_error_500_is_reported_with_its_way_out(tmp_path: Path, url: str, rules: str, host: str) -> None:
    (tmp_path / rules).write_text("")
    with pytest.raises(
        PublishError, match=f"error 500: its server refuses a line of {rules}.*leave {host} out of HOSTS"
    ):
        check_server(f"{url}/500", tmp_path)


@pytest.mark.parametrize(
    ("status", "answer"), [(200, "answers"), (404, "answers with 404: look whether the site is there")]
)
def test_any_other_answer_is_told(tmp_path: Path, url: str, status: int, answer: str) -> None:
    (tmp_path / ".htaccess").write_text("")
    assert check_server(f"{url}/{status}", tmp_path) == f"{url}/{status}/ {answer}"


def test_a_site_that_does_not_answer_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".htaccess").write_text("")
    assert "could not be asked whether it takes .htaccess" in check_server(f"http://127.0.0.1:{free_port()}", tmp_path)


def test_without_rules_nobody_is_asked(tmp_path: Path) -> None:
    assert check_server("http://nobody.invalid", tmp_path) == ""


def test_a_publication_to_a_folder_asks(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are there by then."""
    monkeypatch.chdir(tmp_path)
    output = tmp_path / "output"
    output.mkdir()
    (output / "index.html").write_text("<p>Hello")
    (output / ".htaccess").write_text("")
    settings = {"SITEURL": f"{url}/500", "PUBLISH": {"home": {"kind": "folder", "path": str(tmp_path / "www")}}}
    said: list[str] = []
    with pytest.raises(PublishError, match="error 500"):
        publish(DeployOptions(yes=True), output, settings, ask=lambda _: True, report=said.append)
    assert (tmp_path / "www" / "index.html").read_text() == "<p>Hello"
    assert said
