"""A published site with every construct in it, served on this machine, and a real browser to look at it."""

import gzip
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Site, free_port, new_site

HERE = Path(__file__).parent

EMPTY = "---\npermalink: /empty/\nauthor_profile: true\n---\n"
LONG = (
    "---\npermalink: /long/\ntitle: Thirty screens\nauthor_profile: true\nmenu: true\n---\n\n* TOC\n{:toc}\n\n"
    + "\n\n".join(f"## Part {number}\n\n" + "A sentence of some length stands here. " * 60 for number in range(1, 31))
    + "\n"
)


@dataclass(frozen=True)
class Published:
    """``output`` is the folder, ``url`` where it is served, without a slash at its end."""

    output: Path
    url: str


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder as a static host does: 404.html where there is nothing, and no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:  # the name that http.server calls
        """Send a page compressed, as every host does."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix != ".html" or not page.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        self.send(200, gzip.compress(page.read_bytes()), ("Content-Encoding", "gzip"))

    def send(self, code: int, body: bytes, *more: tuple[str, str]) -> None:
        """Send a page."""
        self.send_response(code)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page."""
        self.send(code, Path(self.directory, "404.html").read_bytes())


@contextmanager
def served(make: Callable[[str], Path]) -> Iterator[Published]:
    """Serve what ``make(url)`` builds, on a port of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    output = make(url)
    server = ThreadingHTTPServer(("127.0.0.1", port), lambda *a: Quiet(*a, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Published(output, url)
    finally:
        server.shutdown()
        server.server_close()


def build(site: Site, url: str, **settings: object) -> Path:
    """Build for production at an address, without a problem."""
    built = site.build(production=True, SITEURL=url, **settings)
    assert not built.failed, built.lines
    return built.output


LISTS: dict[str, object] = {  # the lists of articles that Pelican can make, all switched on
    "DIRECT_TEMPLATES": ["404", "index", "archives", "authors", "categories", "tags"],
    "INDEX_SAVE_AS": "articles/index.html",
    **{f"{name}_SAVE_AS": f"{name.lower()}/index.html" for name in ("ARCHIVES", "AUTHORS", "CATEGORIES", "TAGS")},
    **{f"{name}_SAVE_AS": f"{name.lower()}/{{slug}}.html" for name in ("AUTHOR", "CATEGORY", "TAG")},
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}.html",
    "DEFAULT_PAGINATION": 1,
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Return the seed alone, as it is published."""
    site = new_site(tmp_path_factory.mktemp("home") / "site", seed=True)
    with served(lambda url: build(site, url)) as published:
        yield published


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Return the seed beside the specimen, an empty page and one of thirty screens, with a menu, and Pelican's lists."""
    site = new_site(tmp_path_factory.mktemp("gallery") / "site", seed=True)
    for name in ("specimen.md", "colours.md"):
        shutil.copy(HERE / name, site.root / "content" / "pages")
    site.write("content/pages/empty.md", EMPTY)
    site.write("content/pages/long.md", LONG)
    for day in (1, 2):
        head = f"title: Note {day}\ndate: 2026-01-0{day}\ncategory: Notes\ntags: [paper]"
        site.write(f"content/articles/note-{day}.md", f"---\n{head}\n---\nText.\n")
    with served(lambda url: build(site, url, **LISTS)) as published:
        yield published


QUERIES = {
    "light": "screen and (prefers-color-scheme: light)",
    "dark": "screen and (prefers-color-scheme: dark)",
    "forced": "screen and (forced-colors: active)",
    "print": "print",
}


# The second half makes Chromium ask the container queries again: after a change of `rem` alone it keeps, in one page of
# fifty, those that it had answered before this script ran. Text set larger in the browser itself is there from the start.
GROW = """addEventListener("DOMContentLoaded", () => {
    const root = document.documentElement, body = document.body;
    root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * %s}px`;
    body.style.display = "none";
    body.getBoundingClientRect();
    body.style.display = "";
})"""


def look(browser: Any, width: int, *, scheme: str = "light", text: int = 100, height: int = 900, **options: Any) -> Any:
    """Return an empty page of one width; ``scheme`` is light, dark, forced or print, ``text`` its size in percent."""
    context = browser.new_context(**options)
    context.add_init_script(GROW % (text / 100))
    page = context.new_page()
    show(page, width, scheme, height)
    return page


def show(page: Any, width: int, scheme: str, height: int = 900) -> None:
    """Let a page, empty or loaded, be seen at one width and in one scheme."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        media="print" if scheme == "print" else "screen",
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced" else "none",
        reduced_motion="reduce",
    )
    assert page.evaluate(f"matchMedia('{QUERIES[scheme]}').matches")
