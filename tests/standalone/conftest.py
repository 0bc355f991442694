"""Sites that `pelican-quickstart` makes, with single parts of this program, built by plain `pelican`."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

ANSWERS = ["", "My Site", "Jane Doe", "en", "n", "n", "Europe/London", "n"]  # to pelican-quickstart's questions


@dataclass
class Quickstart:
    """A plain Pelican site, and the folder in which the package is, under the name that it has once it is installed."""

    root: Path
    packages: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file below the site's root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def configure(self, text: str) -> None:
        """Append to pelicanconf.py."""
        with (self.root / "pelicanconf.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def pelican(self, *plugins: str, theme: str = "simple", status: int = 0) -> list[str]:
        """Run `pelican` with these plugins; return the lines on standard error that are not Pelican's own."""
        self.configure(f"PLUGINS = {list(plugins)!r}\nTHEME = {theme!r}")
        done = subprocess.run(
            [sys.executable, "-m", "pelican", "--settings", "pelicanconf.py"],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.packages), "COLUMNS": "400"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        output = done.stdout + done.stderr
        assert "Traceback" not in output, output
        assert done.returncode == status, output
        return [line for line in done.stderr.splitlines() if line.strip()]

    def text(self, path: str) -> str:
        """Return one output file as text."""
        return (self.root / "output" / path).read_text("utf-8")

    def files(self) -> set[str]:
        """Return the relative paths of all files in the output."""
        output = self.root / "output"
        return {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site as pelican-quickstart leaves it, which takes a second to make."""
    folder = tmp_path_factory.mktemp("quickstart")
    subprocess.run(
        [sys.executable, "-m", "pelican.tools.pelican_quickstart", "--path", "site"],
        cwd=folder,
        input="\n".join([*ANSWERS, ""]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return folder / "site"


@pytest.fixture
def quickstart(tmp_path: Path, original: Path) -> Quickstart:
    """Return a new site with one page."""
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "frontispiece").symlink_to(ROOT / "plugins")
    (packages / "theme").symlink_to(ROOT / "theme")
    site = Quickstart(shutil.copytree(original, tmp_path / "site"), packages)
    site.write("content/pages/cv.md", "Title: CV\n\nHello.\n")
    return site
