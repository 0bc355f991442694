"""`invoke publish` to a branch of a bare repository on this disk."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.publishing.conftest import Project, git


def test_the_first_publication(project: Project) -> None:
    """The branch holds exactly the output, and .nojekyll; its one commit names the source."""
    told = project.site.invoke("publish", "--yes")
    assert (told.returncode, told.stderr) == (0, "")
    output = {
        p.relative_to(project.site.root / "output").as_posix()
        for p in (project.site.root / "output").rglob("*")
        if p.is_file()
    }
    assert project.live().keys() == output | {".nojekyll"}
    assert "Hello." in project.live()["index.html"]
    assert "https://ann.github.io/" in project.live()["about/index.html"]
    message = git("log", "-1", "--format=%B", "gh-pages", cwd=project.remote)
    assert message.startswith("Publish https://ann.github.io\n\nFrom ")
    assert git("rev-parse", "--short", "HEAD", cwd=project.site.root) in message
    assert git("status", "--porcelain", cwd=project.site.root) == ""


def test_a_repetition_changes_nothing(project: Project) -> None:
    """Where nothing has changed there is no second commit, and it says so."""
    project.site.invoke("publish", "--yes")
    again = project.site.invoke("publish", "--yes")
    assert again.stdout.endswith("github-pages (origin): nothing has changed\n")
    assert project.publications() == 1


def test_what_changed_is_told_and_published(project: Project) -> None:
    """Additions, changes and deletions are told with sizes, and end up on the branch."""
    project.site.invoke("publish", "--yes")
    project.site.write("content/pages/about.md", "---\npermalink: /\n---\nChanged.\n")
    project.site.write("content/files/new.pdf", b"12345")
    (project.site.root / "content/files/cv.pdf").unlink()
    project.commit("Change")
    told = project.site.invoke("publish", "--yes")
    assert "  + files/new.pdf (5 bytes)\n" in told.stdout
    assert "  - files/cv.pdf (4 bytes)\n" in told.stdout
    assert re.search(r"^  ~ index\.html \([\d,]+ bytes\)$", told.stdout, re.MULTILINE)
    assert "files/cv.pdf" not in project.live()
    assert "Changed." in project.live()["index.html"]
    assert project.publications() == 2


def test_cname_is_kept(project: Project) -> None:
    """A CNAME that GitHub wrote to the branch stays, one of the content's wins."""
    project.site.invoke("publish", "--yes")
    clone = project.site.root.parent / "clone"
    git("clone", "--quiet", "--branch", "gh-pages", str(project.remote), str(clone), cwd=project.site.root)
    (clone / "CNAME").write_text("ann.example\n")
    git("add", "CNAME", cwd=clone)
    git("commit", "--quiet", "-m", "CNAME", cwd=clone)
    git("push", "--quiet", cwd=clone)
    project.site.write("content/files/x.txt", "x")
    project.commit("x")
    project.site.invoke("publish", "--yes")
    assert project.live()["CNAME"] == "ann.example"
    project.site.write("content/root/CNAME", "other.example\n")
    project.commit("CNAME")
    project.site.invoke("publish", "--yes")
    assert project.live()["CNAME"] == "other.example"


def test_a_dry_run_sends_nothing(project: Project) -> None:
    """`--dry-run` tells what would be done."""
    told = project.site.invoke("publish", "--dry-run")
    assert told.returncode == 0
    assert "  + index.html (" in told.stdout
    assert told.stdout.endswith("nothing was sent: --dry-run\n")
    assert git("branch", "--list", cwd=project.remote) == ""


def test_nobody_to_ask(project: Project) -> None:
    """Without a terminal and without `--yes` nothing is sent."""
    told = project.site.invoke("publish")
    assert (told.returncode, told.stderr) == (1, "nobody is here to ask; add --yes to publish without a question\n")
    assert git("branch", "--list", cwd=project.remote) == ""


def test_uncommitted_work_is_refused(project: Project) -> None:
    """Work that no commit holds is told, and nothing is sent."""
    project.site.write("content/pages/about.md", "---\npermalink: /\n---\nNot yet.\n")
    told = project.site.invoke("publish")
    assert told.returncode == 1
    assert told.stderr == "content/pages/about.md: is not committed as it is; commit it, or add --yes\n"


@pytest.mark.parametrize("command", [(), ("--rollback",)], ids=["publish", "roll back"])
def test_a_site_that_is_broken_is_not_published(project: Project, command: tuple[str, ...]) -> None:
    """A problem of the content ends it before anything is sent."""
    project.site.write("content/pages/about.md", "---\npermalink: /\n")
    told = project.site.invoke("publish", "--yes", *command)
    assert told.returncode == 1
    assert told.stderr.startswith("content/pages/about.md:1: front matter: ")


def test_somebody_published_meanwhile(project: Project) -> None:
    """A branch that has moved since it was read is not overwritten."""
    project.site.invoke("publish", "--yes")
    hook = project.site.root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    other = f'git --git-dir="{project.remote}" update-ref refs/heads/gh-pages $(git --git-dir="{project.remote}" commit-tree -p gh-pages -m theirs gh-pages^{{tree}})'
    hook.write_text(f"#!/bin/sh\n{other}\n")
    hook.chmod(0o755)
    project.site.write("content/files/x.txt", "x")
    project.commit("x")
    told = project.site.invoke("publish", "--yes")
    assert told.returncode == 1
    assert told.stderr == "gh-pages of origin has changed meanwhile, and nothing was published; publish again\n"
    assert git("log", "-1", "--format=%s", "gh-pages", cwd=project.remote) == "theirs"
    hook.unlink()
    assert project.site.invoke("publish", "--yes").returncode == 0
    assert "files/x.txt" in project.live()


def test_no_network(project: Project) -> None:
    """A remote that cannot be reached is one line."""
    git("remote", "set-url", "origin", "https://127.0.0.1:9/ann/ann.github.io", cwd=project.site.root)
    told = project.site.invoke("publish", "--yes")
    assert told.returncode == 1
    assert told.stderr.startswith("git ls-remote: fatal: ")
    assert told.stderr.count("\n") == 1


def test_the_wrong_remote(project: Project) -> None:
    """A remote that is not the site's own gets nothing."""
    git("remote", "set-url", "origin", str(project.remote.parent / "template.git"), cwd=project.site.root)
    told = project.site.invoke("publish", "--yes")
    assert told.returncode == 1
    assert "is not the repository of this site, ann/ann.github.io" in told.stderr


def test_rolling_back_and_further_back(project: Project) -> None:
    """`--rollback` publishes the site before; once more, the one before that; then there is none."""
    for text in ("one", "two", "three"):
        project.site.write("content/pages/about.md", f"---\npermalink: /\n---\nVersion {text}.\n")
        project.commit(text)
        assert project.site.invoke("publish", "--yes").returncode == 0
    for text in ("two", "one"):
        assert project.site.invoke("publish", "--rollback", "--yes").returncode == 0
        assert f"Version {text}." in project.live()["index.html"]
    last = project.site.invoke("publish", "--rollback", "--yes")
    assert (last.returncode, last.stderr) == (1, "there is no previous deployment; the site is unchanged\n")
    assert "Version one." in project.live()["index.html"]


def test_killed_half_way(project: Project) -> None:
    """Whenever it is killed, the branch holds the old site or the new one, and publishing again completes it."""
    project.site.invoke("publish", "--yes")
    old = git("rev-parse", "gh-pages^{tree}", cwd=project.remote)
    project.site.write("content/files/x.txt", "x")
    project.commit("x")
    seen = set()
    for delay in (0.3, 0.5, 0.7, 0.8, 0.9, 1.0):
        run = subprocess.Popen(
            [sys.executable, "-m", "invoke", "publish", "--yes"],
            cwd=project.site.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(delay)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        seen.add(git("rev-parse", "gh-pages^{tree}", cwd=project.remote))
    assert project.site.invoke("publish", "--yes").returncode == 0
    new = git("rev-parse", "gh-pages^{tree}", cwd=project.remote)
    assert new != old
    assert seen <= {old, new}
    git("fsck", "--strict", cwd=project.remote)
