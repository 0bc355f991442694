"""`invoke serve` in a browser: what is saved is seen."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.conftest import Site
from tests.test_ignored import LEFT

PATIENCE = 20.0  # seconds to wait for something; the machine may be busy


def until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"not seen: {what}"
        time.sleep(0.01)


@dataclass
class Served:
    site: Site
    process: subprocess.Popen[str]
    log: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def starts(self) -> int:
        """Return how often the server has announced its address."""
        return self.log.read_text().count(self.address)

    def get(self, path: str = "/") -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()


def start(site: Site, *options: str) -> Served:
    log = site.root.parent / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "invoke", "serve", "--port", "0", *options],
            cwd=site.root,
            stdout=out,
            stderr=out,
            text=True,
        )
    found: list[str] = []

    def announced() -> bool:
        assert process.poll() is None, log.read_text()
        found.extend(re.findall(r"http://127\.0\.0\.1:(\d+)/", log.read_text()))
        return bool(found)

    until(announced, "the address")
    return Served(site, process, log, int(found[0]))


@contextmanager
def running(site: Site, *options: str) -> Iterator[Served]:
    served = start(site, *options)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


@pytest.fixture
def served(seed_site: Site) -> Iterator[Served]:
    seed_site.own("theme")
    with running(seed_site) as served:
        served.get()
        yield served


@pytest.fixture
def page(served: Served, browser: Any) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 900, "height": 500})
    page.goto(served.address, wait_until="domcontentloaded")
    page.evaluate("window.neverLoadedAgain = true")
    yield page
    page.close()


def test_a_change_of_words_is_seen_and_the_page_stays_where_it_is(served: Served, page: Any) -> None:
    """Over 10 saves; the text changes in place, nothing is loaded again, the scroll stays."""
    about = served.site.root / "content" / "pages" / "about.md"
    words = about.read_text()
    page.evaluate("scrollTo(0, 300)")
    assert page.evaluate("scrollY") == 300
    to_serve, to_see = [], []
    for number in range(10):
        time.sleep(0.1)
        about.write_text(f"{words}\n\nSaved word{number}.\n")
        saved = time.perf_counter()
        until(lambda word=f"word{number}": word in served.get(), f"save {number} at the server")
        to_serve.append(time.perf_counter() - saved)
        about.write_text(f"{words}\n\nShown word{number}.\n")
        saved = time.perf_counter()
        page.wait_for_function(
            f"document.body.textContent.includes('Shown word{number}.')", polling="raf", timeout=20_000
        )
        to_see.append(time.perf_counter() - saved)
    assert page.evaluate("scrollY") == 300
    assert page.evaluate("window.neverLoadedAgain") is True
    print(f"median from save to served {median(to_serve) * 1000:.0f} ms, to seen {median(to_see) * 1000:.0f} ms")
    # 60 and 100 ms are the aim on an idle machine; CI runs other tests beside this one.
    assert median(to_serve) < 0.5
    assert median(to_see) < 0.7


def test_styles_change_without_loading_the_page_again(served: Served, page: Any) -> None:
    styles = served.site.root / "theme" / "styles" / "base.css"
    styles.write_text(styles.read_text() + "\n@layer base { main { outline: 3px solid rgb(1, 2, 3) } }\n")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('main')).outlineColor === 'rgb(1, 2, 3)'", timeout=20_000
    )
    assert page.evaluate("window.neverLoadedAgain") is True


def test_a_problem_is_shown_over_the_last_good_page_until_it_is_fixed(served: Served, page: Any) -> None:
    about = served.site.root / "content" / "pages" / "about.md"
    words = about.read_text()
    shown = "document.querySelector('frontispiece-problems')?.shadowRoot.textContent ?? ''"
    before = page.inner_text("main")
    about.write_text("---\npermalink: [\n---\nBroken\n")
    page.wait_for_function(f"({shown}).includes('content/pages/about.md:')", timeout=20_000)
    assert page.inner_text("main") == before
    assert page.is_visible("frontispiece-problems")
    assert "Broken" not in served.get()
    assert "content/pages/about.md:" in served.log.read_text()
    about.write_text(words)
    page.wait_for_function("document.querySelector('frontispiece-problems').hidden", timeout=20_000)
    assert page.evaluate("window.neverLoadedAgain") is True


def test_twenty_saves_in_a_second_end_with_the_last(served: Served) -> None:
    about = served.site.root / "content" / "pages" / "about.md"
    for number in range(20):
        about.write_text(f"---\npermalink: /\n---\nSave {number}.\n")
        time.sleep(0.05)
    until(lambda: "Save 19." in served.get(), "the last save")
    time.sleep(0.3)
    assert "Save 19." in served.get()
    assert "Save 19." in (served.site.root / "output" / "index.html").read_text()


def test_a_new_page_appears_and_a_deleted_one_goes(served: Served) -> None:
    file = served.site.write("content/pages/new.md", "---\ntitle: New\n---\nFresh words\n")
    until(lambda: "Fresh words" in served.get("/new/"), "the new page")
    file.unlink()
    until(lambda: "Fresh words" not in served.get("/new/"), "its end")


def test_a_change_of_the_settings_is_seen(served: Served) -> None:
    config = served.site.root / "pelicanconf.py"
    config.write_text(config.read_text() + '\nSITENAME = "Another Name"\n')
    until(lambda: "Another Name" in served.get(), "the new name")


def test_a_fault_in_the_settings_is_reported_and_fixed(served: Served) -> None:
    config = served.site.root / "pelicanconf.py"
    text = config.read_text()
    config.write_text(text + "\nSITENAME = \n")
    until(lambda: f"pelicanconf.py:{text.count(chr(10)) + 2}: is not Python" in served.log.read_text(), "the fault")
    config.write_text(text + '\nSITENAME = "Mended"\n')
    until(lambda: "Mended" in served.get(), "the mended name")


def test_a_change_of_python_restarts_at_the_same_address(seed_site: Site) -> None:
    """Not while the code cannot be imported: the server would end. Once it is mended, the process runs the new code."""
    plugins = seed_site.own("plugins")
    with running(seed_site) as served:
        served.get()
        pid = served.process.pid
        broken, other = plugins / "paper" / "__init__.py", plugins / "alternates" / "__init__.py"
        text = broken.read_text()
        valid = other.read_text() + "\n# changed\n"
        for word, file, code in (("one", broken, "if\n"), ("two", other, valid), ("three", broken, "1 / 0\n")):
            file.write_text(code)
            served.site.write("content/pages/about.md", f"---\npermalink: /\n---\nSaved {word}\n")
            until(lambda word=word: f"Saved {word}" in served.get(), "the save after a change of Python")
            assert served.starts() == 1
        for error in ("SyntaxError", "ZeroDivisionError"):
            line = re.compile(rf"^plugins/paper/__init__.py:1: {error}: .+$", re.MULTILINE)
            until(lambda line=line: line.search(served.log.read_text()), f"the line of the {error}")
        broken.write_text(text + "\n# mended\n")
        until(lambda: served.starts() == 2, "a restart")
        assert served.process.pid == pid
        until(lambda: "<main" in served.get(), "the page again")


def test_a_change_of_the_tasks_restarts(site: Site) -> None:
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHome\n")
    with running(site) as served:
        served.get()
        tasks = site.root / "tasks.py"
        tasks.write_text(tasks.read_text() + "\n# changed\n")
        until(lambda: served.starts() == 2, "a restart")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_everything_at_once(served: Served, number: signal.Signals) -> None:
    """Even with a page open that listens for changes."""
    with socket.create_connection(("127.0.0.1", served.port)) as open_page:
        open_page.sendall(b"GET /.frontispiece/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in open_page.recv(100)
        began = time.monotonic()
        os.kill(served.process.pid, number)
        assert served.process.wait(10) == 0
        assert time.monotonic() - began < 2.5
    assert "Traceback" not in served.log.read_text()


def test_a_warning_is_printed_once_and_again_when_it_has_come_back(site: Site) -> None:
    """It may move in its file, and a build that fails does not make it a new one."""
    warning = re.compile(r"^content/pages/about\.md:\d+: warning: .*aux", re.MULTILINE)
    aux = "---\npermalink: /\nredirect_from: /aux/\n---\n"
    site.write("content/pages/about.md", f"{aux}One.\n")
    with running(site) as served:
        for word, text, times in (
            ("One.", f"{aux}One.\n", 1),
            ("Two.", f"{aux}Two.\n", 1),
            ("Three.", aux.replace("permalink", "title: Moved down\npermalink") + "Three.\n", 1),
            ("Four.", "---\npermalink: [\n---\nFour.\n", 1),
            ("Five.", f"{aux}Five.\n", 1),
            ("Six.", "---\npermalink: /\n---\nSix.\n", 1),
            ("Seven.", f"{aux}Seven.\n", 2),
            ("Eight.", f"{aux}Eight.\n", 2),
        ):
            site.write("content/pages/about.md", text)
            if word == "Four.":
                until(lambda: "is not closed" in served.log.read_text(), "the error")
            else:
                until(lambda word=word: word in served.get(), word)
            until(lambda times=times: len(warning.findall(served.log.read_text())) == times, f"{times} warnings")
        assert len(warning.findall(served.log.read_text())) == 2


def test_what_editors_and_systems_leave_beside_a_page_is_no_change(site: Site) -> None:
    """Emacs' lock, a link that leads nowhere, ended every build."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHome\n")
    with running(site) as served:
        served.get()
        for name in LEFT:
            file = site.root / "content" / "pages" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if name.startswith(".#"):
                file.symlink_to("me@host.1234:5678")
            else:
                file.write_text("---\nno: [\n---\n")
        time.sleep(0.3)
        builds = served.log.read_text().count("output/: ")
        site.write("content/pages/about.md", "---\npermalink: /\n---\nSaved\n")
        until(lambda: "Saved" in served.get(), "the save")
        assert builds == 1
        assert not re.search("^content/", served.log.read_text(), re.MULTILINE)


def test_a_taken_port_is_reported_with_the_next_free_one(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = site.invoke("serve", "--port", str(port))
    assert ran.returncode == 1
    assert re.fullmatch(
        rf"port {port} is taken by another program; the next free one: invoke serve --port \d+\n", ran.stderr
    )


def test_a_site_that_cannot_be_built_is_served_with_its_problem(site: Site) -> None:
    site.write("content/pages/about.md", "---\npermalink: [\n---\n")
    with running(site) as served:
        assert "live.js" in served.get()
        site.write("content/pages/about.md", "---\npermalink: /\n---\nMended\n")
        until(lambda: "Mended" in served.get(), "the mended page")


def test_the_output_folder_that_the_settings_name_is_served_and_made_again(site: Site) -> None:
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHome\n")
    config = site.root / "pelicanconf.py"
    config.write_text(f'{config.read_text()}\nOUTPUT_PATH = "public"\n')
    with running(site) as served:
        until(lambda: "Home" in served.get(), "the page")
        shutil.rmtree(site.root / "public")
        until((site.root / "public" / "index.html").exists, "the page again")


def test_drafts_are_shown_only_when_asked_for(site: Site) -> None:
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHome\n")
    site.write("content/pages/d.md", "---\ntitle: D\npublished: false\n---\nA draft\n")
    for options, there in (((), False), (("--draft",), True)):
        with running(site, *options) as served:
            assert ("A draft" in served.get("/d/")) is there
