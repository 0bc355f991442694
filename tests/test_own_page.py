"""README's "Your own page", done in a copy of this repository: the suite is green there too."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

# The tests that read files of the repository, and one that builds sites beside them: test_first_site.py holds that no
# other test reads the owner's.
QUICK = ("tests/test_first_site.py", "tests/test_readme.py", "tests/test_seed.py")
PAGE = """---
permalink: /
author_profile: true
redirect_from: /home/
---

I study *old maps*.
"""


def replace(file: Path, name: str, value: str) -> None:
    """Set one setting, as its owner does in an editor."""
    text, count = re.subn(rf"^{name} = .*$", f"{name} = {value!r}", file.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1, f"{file.name} sets {name} {count} times"
    file.write_text(text, "utf-8")


@pytest.fixture
def copy(tmp_path: Path, need: Callable[..., str]) -> Path:
    """Return a copy of this repository with the page, the author and the settings of somebody else."""
    git = need("git", "git")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("these files are not in a git repository")
    folder = tmp_path / "copy"
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "content/pages/about.md").write_text(PAGE)
    (folder / "content/authors.yml").write_text("Ann Lee:\n  bio: Reads maps.\n")
    replace(folder / "pelicanconf.py", "SITENAME", "Ann Lee")
    replace(folder / "pelicanconf.py", "AUTHOR", "Ann Lee")
    replace(folder / "publishconf.py", "SITEURL", "https://annlee.github.io")
    for command in (("init", "--quiet"), ("add", "--all")):
        subprocess.run([git, *command], cwd=folder, check=True)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in the copy; programs that are not there are no fault of the copy's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "CI"))}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


def test_the_suite_is_green_in_a_copy_with_another_page(copy: Path) -> None:
    """The site builds; its quick tests pass; those about the first site are skipped and say why."""
    built = run(copy, "invoke", "build", "--production")
    assert (built.returncode, built.stderr) == (0, "")
    assert "I study <em>old maps</em>" in (copy / "output/index.html").read_text("utf-8")
    tested = run(copy, "pytest", "-q", "-p", "no:cacheprovider", *QUICK)
    assert tested.returncode == 0, tested.stdout[-3000:]
    assert "pelicanconf.py is another owner's, and so is the site" in tested.stdout
