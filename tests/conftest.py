"""Fixtures that every test may use: a throw-away site, built in this process or by the command line."""

import logging
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pelican import Pelican
from pelican.settings import read_settings

from plugins.adapter import Build
from plugins.problems import ContentError, Problem

ROOT = Path(__file__).parent.parent
SEED = ROOT / "tests" / "seed"  # the page and the author that this project began with
PELICANCONF = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from plugins.defaults import *

SITENAME = "Yuhang Song"
AUTHOR = "Yuhang Song"
"""
PUBLISHCONF = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *

SITEURL = "https://yuhangsong.github.io"
PUBLISH = {"github-pages": {"remote": "origin", "branch": "gh-pages"}}
"""
# What takes longest: begun first, so that at the end no worker waits for another.
SLOW = ("browser/", "test_own_page", "scaffolding/", "publishing/", "staging/", "serving/", "hosts/", "hosting/")
CI = os.environ.get("CI", "").lower() in ("1", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the slow tests to the beginning."""

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next((rank for rank, start in enumerate(SLOW) if path.startswith(start)), len(SLOW))

    items.sort(key=rank)


def missing(what: str) -> NoReturn:
    """Skip the test because this machine lacks something; fail where `CI=true`, where everything has to be there."""
    if CI:
        pytest.fail(what)
    pytest.skip(what)


def need_module(name: str) -> Any:
    """Return a module of the `test` extra, or skip with a clear word."""
    try:
        return __import__(name, fromlist=["_"])
    except ImportError:
        missing(f"{name} is not installed (pip install -e '.[test]')")


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """Return the path of a program, looked for where Debian keeps servers too; without it the test is skipped."""

    def find(program: str, package: str = "") -> str:
        found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        return found or missing(
            f"{program} is not installed" + (f" (Debian: apt install {package})" if package else "")
        )

    return find


@pytest.fixture(scope="session")
def npm() -> Callable[[str], Path]:
    """Return the path of a package that .ci/run installs from npm, or of a file in it; without it the test is skipped."""

    def find(path: str) -> Path:
        found = ROOT / ".ci" / "node_modules" / path
        return found if found.exists() else missing(f"npm's {path} is not installed (in .ci: npm install)")

    return find


@pytest.fixture(scope="module")
def browser(need: Callable[..., str]) -> Iterator[Any]:
    """Return a running Chromium, driven by Playwright; for one module: a second driver cannot start beside it."""
    program = need("chromium", "chromium")
    playwright = need_module("playwright.sync_api")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--font-render-hinting=none", "--hide-scrollbars"]
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=program, args=arguments)
        yield running
        running.close()


@dataclass
class Built:
    """What one build left: ``output`` is the folder, ``problems`` all that was found, warnings included."""

    output: Path
    problems: list[Problem]
    failed: bool

    def text(self, path: str) -> str:
        """Return one output file as text."""
        return (self.output / path).read_text("utf-8")

    def files(self) -> list[str]:
        """Return the sorted relative paths of all files in the output."""
        return sorted(p.relative_to(self.output).as_posix() for p in self.output.rglob("*") if p.is_file())

    @property
    def lines(self) -> list[str]:
        """Return the problems as they are printed."""
        return [str(problem) for problem in sorted(set(self.problems))]


@dataclass
class Site:
    """A project folder of its own: this project's settings, theme and plugins, with content that the test writes."""

    root: Path
    settings: dict[str, object] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file below the project's root; text goes out as UTF-8 with its line ends untouched."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def own(self, name: str) -> Path:
        """Replace the link to the repository's ``plugins`` or ``theme`` with a copy that the test may change."""
        folder = self.root / name
        folder.unlink()
        return Path(shutil.copytree(ROOT / name, folder, ignore=shutil.ignore_patterns("__pycache__")))

    def build(self, *, production: bool = False, **settings: object) -> Built:
        """Build in this process; ``settings`` override the configuration's."""
        config = self.root / ("publishconf.py" if production else "pelicanconf.py")
        here = Path.cwd()
        os.chdir(self.root)
        sys.modules.pop("pelicanconf", None)  # another site's, which publishconf.py would import again
        try:
            read = read_settings(str(config), override={**self.settings, **settings})
            logging.getLogger().setLevel(logging.WARNING)
            pelican = Pelican(read)
            try:
                pelican.run()
            except ContentError as error:
                return Built(self.root / "output", list(error.problems), failed=True)
            return Built(self.root / "output", list(Build.of(read).problems), failed=False)
        finally:
            os.chdir(here)

    def invoke(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run `invoke ARGUMENTS` in the project folder, as a user does."""
        return subprocess.run(
            [sys.executable, "-m", "invoke", *arguments],
            cwd=self.root,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            timeout=120,
        )


def new_site(root: Path, *, seed: bool = False) -> Site:
    """Make a project folder: settings, this project's plugins and theme as links, and no content or the seed's.

    Nothing comes from the checkout's own content and settings, which belong to the owner of the site.
    """
    root.mkdir(parents=True)
    (root / "pelicanconf.py").write_text(PELICANCONF)
    (root / "publishconf.py").write_text(PUBLISHCONF)
    for name in ("tasks.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    for name in ("plugins", "theme"):
        (root / name).symlink_to(ROOT / name)
    (root / "content" / "pages").mkdir(parents=True)
    if seed:
        shutil.copy(SEED / "about.md", root / "content" / "pages")
        shutil.copy(SEED / "authors.yml", root / "content")
    return Site(root)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site: no page, no authors; `site.write("content/pages/about.md", …)` begins it."""
    return new_site(tmp_path / "site")


@pytest.fixture
def home(site: Site) -> None:
    """Give the site a home page, without which nothing is published, for tests about other pages."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")


@pytest.fixture
def seed_site(tmp_path: Path) -> Site:
    """Return the site that this project began with: one real page, written for academicpages, and its author."""
    return new_site(tmp_path / "site", seed=True)


@contextmanager
def listening(command: list[str], port: int, log: Path, **options: Any) -> Iterator[None]:
    """Run a program in a process group of its own, from when it listens at ``port`` until the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **options)

    def said() -> str:
        return log.read_text(errors="replace")[-3000:]

    try:
        for _ in range(1200):
            if process.poll() is not None:
                pytest.fail(f"{command[0]} ended: {said()}")
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            pytest.fail(f"{command[0]} does not answer: {said()}")
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def free_port() -> int:
    """Return a port that nobody listens on, out of those that the kernel does not hand out by itself.

    A server may take a second to bind: in the meantime another test's server must not be given the same port.
    """
    for _ in range(100):
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    pytest.fail("no free port")


@pytest.fixture
def killed_at_rename(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], AbstractContextManager[None]]:
    """Return a context manager: its block must be killed (as far as Python can be) at its n-th rename of a folder."""

    @contextmanager
    def killed(number: int) -> Iterator[None]:
        rename = Path.rename
        calls: list[Path] = []

        def dying(path: Path, target: Path) -> Path:
            calls.append(path)
            if len(calls) == number:
                raise KeyboardInterrupt
            return rename(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", dying)
            with pytest.raises(KeyboardInterrupt):
                yield

    return killed
