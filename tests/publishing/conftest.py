"""A project that is ready to be published: a git repository whose remote is a bare repository on this disk."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.publishing.git_branch import GitBranch
from tests.conftest import Site

PAGE = "---\npermalink: /\nredirect_from: /about/\n---\nHello.\n"


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


@dataclass
class Project:
    """``site`` is the project, ``remote`` its bare repository ``ann/ann.github.io``."""

    site: Site
    remote: Path

    def configure(self, **settings: object) -> None:
        """Add settings to publishconf.py, and commit."""
        with (self.site.root / "publishconf.py").open("a", encoding="utf-8") as config:
            config.writelines(f"{name} = {value!r}\n" for name, value in settings.items())
        self.commit("Configure")

    def commit(self, message: str) -> None:
        """Commit all of the project."""
        git("add", "--all", cwd=self.site.root)
        git("commit", "--quiet", "--allow-empty", "-m", message, cwd=self.site.root)

    def live(self, branch: str = "gh-pages") -> dict[str, str]:
        """Return what the branch holds: path → text."""
        names = git("ls-tree", "-r", "--name-only", branch, cwd=self.remote).splitlines()
        return {name: git("show", f"{branch}:{name}", cwd=self.remote) for name in names}

    def deploy(self, **files: str) -> None:
        """Publish an output of these files, without the command line and the build."""
        output = self.site.root.parent / "deployed"
        shutil.rmtree(output, ignore_errors=True)
        for name, text in files.items():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        branch = self.branch()
        branch.compare()
        branch.send()
        branch.verify()

    def branch(self) -> GitBranch:
        """Return the destination of `deploy`; the working directory has to be the project."""
        return GitBranch(self.site.root.parent / "deployed", "origin", "gh-pages", "https://ann.github.io")

    def deployments(self, branch: str = "gh-pages") -> int:
        """Return how many commits the branch has."""
        return int(git("rev-list", "--count", branch, cwd=self.remote))


@pytest.fixture
def project(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name, value in (("NAME", "Ann"), ("EMAIL", "ann@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.chdir(site.root)
    remote = tmp_path / "ann" / "ann.github.io.git"
    remote.mkdir(parents=True)
    git("init", "--quiet", "--bare", cwd=remote)
    site.write("content/pages/about.md", PAGE)
    site.write("content/files/cv.pdf", b"%PDF")
    site.write(".gitignore", "/output/\n/.staging*/\n/.cache/\n__pycache__/\n")
    git("init", "--quiet", "--initial-branch=main", cwd=site.root)
    git("remote", "add", "origin", str(remote), cwd=site.root)
    project = Project(site, remote)
    project.configure(SITEURL="https://ann.github.io")
    return project
