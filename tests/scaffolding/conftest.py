"""The wheel, built from a copy of this tree, and programs installed from it."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
LATER = "9.0.0"


def copy_tree(tree: Path) -> Path:
    """Copy what a wheel is built from."""
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    return tree


def build_wheel(tree: Path, kind: str = "wheel") -> Path:
    """Build a wheel, or an "editable" one, as pip does, but with the setuptools that are installed."""
    code = f"import setuptools.build_meta as backend; print(backend.build_{kind}('..'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return tree.parent / done.stdout.splitlines()[-1]


def raise_version(tree: Path) -> None:
    """Make a later version of a tree, which generates some other files."""
    pyproject = tree / "pyproject.toml"
    text = pyproject.read_text("utf-8")
    pyproject.write_text(text.replace(f'\nversion = "{VERSION}"\n', f'\nversion = "{LATER}"\n'), "utf-8")
    changes = tree / "plugins/CHANGES.md"
    text = changes.read_text("utf-8")
    changes.write_text(text.replace("\n## ", f"\n## {LATER}\n\n- A test's news.\n\n## ", 1), "utf-8")
    for path in ("README.md", ".gitignore", ".github/workflows/publish.yml"):
        with (tree / "plugins/scaffolding/site" / path).open("a", encoding="utf-8") as file:
            file.write("# of a later version\n")


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the wheel, and with what the tests' own environment has besides."""

    folder: Path

    @property
    def bin(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def install(self, wheel: Path) -> None:
        """Install the wheel over the one before, without its dependencies."""
        options = ("--no-deps", "--no-index", "--upgrade", "--quiet", "--disable-pip-version-check")
        pip = (sys.executable, "-m", "pip", "--python", self.folder, "install")
        subprocess.run([*pip, *options, wheel], check=True, timeout=120)

    def run(
        self, *command: str | Path, cwd: Path, status: int | None = 0, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's programs; nothing of this repository is on its path."""
        program, *arguments = command
        own = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SITEURL")}
        own["PATH"] = f"{self.bin}{os.pathsep}{own['PATH']}"
        done = subprocess.run(
            [self.bin / program, *arguments],
            cwd=cwd,
            env={**own, **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
        assert status is None or done.returncode == status, done.stdout + done.stderr
        return done


def make_environment(folder: Path, wheel: Path) -> Environment:
    """Return a new environment with the wheel."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
    inside = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    # The packages of the tests' environment, but not its editable frontispiece: only a site's own folder reads .pth.
    (Path(inside) / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    made = Environment(folder)
    made.install(wheel)
    return made


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this tree."""
    return build_wheel(copy_tree(tmp_path_factory.mktemp("wheel") / "tree"))


@pytest.fixture(scope="session")
def later_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of a later version."""
    tree = copy_tree(tmp_path_factory.mktemp("later") / "tree")
    raise_version(tree)
    return build_wheel(tree)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Environment:
    """Return the environment of an owner, with the wheel."""
    return make_environment(tmp_path_factory.mktemp("environment") / "venv", wheel)
