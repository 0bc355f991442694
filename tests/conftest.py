"""Fixtures that every test may use: a throw-away site, built in this process or by the command line."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pelican import Pelican
from pelican.settings import read_settings

from plugins.problems import ContentError, Problem

ROOT = Path(__file__).parent.parent
CI = os.environ.get("CI", "").lower() in ("1", "true")


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """Return the path of a program; without it, skip with a clear word, or fail where `CI=true`."""

    def find(program: str, package: str = "") -> str:
        found = shutil.which(program)
        if found:
            return found
        word = f"{program} is not installed" + (f" (Debian: apt install {package})" if package else "")
        if CI:
            pytest.fail(word)
        pytest.skip(word)

    return find


@pytest.fixture(scope="session")
def npm() -> Callable[[str], Path]:
    """Return the folder of a package that .ci/run installs from npm; without it, skip, or fail where `CI=true`."""

    def find(package: str) -> Path:
        folder = ROOT / ".ci" / "node_modules" / package
        if folder.is_dir():
            return folder
        word = f"npm's {package} is not installed (in .ci: npm install --no-package-lock)"
        if CI:
            pytest.fail(word)
        pytest.skip(word)

    return find


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
            return Built(self.root / "output", list(read.get("PROBLEMS", [])), failed=False)
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


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site: no page, no authors; `site.write("content/pages/about.md", …)` begins it."""
    root = tmp_path / "site"
    root.mkdir()
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    for name in ("plugins", "theme"):
        (root / name).symlink_to(ROOT / name)
    (root / "content" / "pages").mkdir(parents=True)
    return Site(root)


@pytest.fixture
def seed_site(site: Site) -> Site:
    """Return the project's own site: its content as it is published."""
    shutil.rmtree(site.root / "content")
    shutil.copytree(ROOT / "content", site.root / "content")
    return site


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
