"""`invoke publish` to a branch of a bare repository on this disk."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from plugins.publishing.destination import PublishError
from tests.publishing.conftest import Project, git


def test_the_first_publication(project: Project) -> None:
    """The branch holds exactly the output, and .nojekyll; its one commit names the source."""
    ran = project.site.invoke("publish", "--yes")
    assert (ran.returncode, ran.stderr) == (0, "")
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
    assert project.deployments() == 1


def test_changes_are_reported_and_published(project: Project) -> None:
    """Additions, changes and deletions are reported with sizes, and end up on the branch."""
    project.site.invoke("publish", "--yes")
    project.site.write("content/pages/about.md", "---\npermalink: /\n---\nChanged.\n")
    project.site.write("content/files/new.pdf", b"12345")
    (project.site.root / "content/files/cv.pdf").unlink()
    project.commit("Change")
    ran = project.site.invoke("publish", "--yes")
    assert "  + files/new.pdf (5 bytes)\n" in ran.stdout
    assert "  - files/cv.pdf (4 bytes)\n" in ran.stdout
    assert re.search(r"^  ~ index\.html \([\d,]+ bytes\)$", ran.stdout, re.MULTILINE)
    assert "files/cv.pdf" not in project.live()
    assert "Changed." in project.live()["index.html"]
    assert project.deployments() == 2


def test_cname_is_kept(project: Project) -> None:
    """A CNAME that GitHub wrote to the branch stays; one of the site wins."""
    project.deploy(a="1")
    clone = project.site.root.parent / "clone"
    git("clone", "--quiet", "--branch", "gh-pages", str(project.remote), str(clone), cwd=project.site.root)
    (clone / "CNAME").write_text("ann.example\n")
    git("add", "CNAME", cwd=clone)
    git("commit", "--quiet", "-m", "CNAME", cwd=clone)
    git("push", "--quiet", cwd=clone)
    project.deploy(a="2")
    assert project.live() == {"a": "2", "CNAME": "ann.example", ".nojekyll": ""}
    project.deploy(a="3", CNAME="other.example\n")
    assert project.live() == {"a": "3", "CNAME": "other.example", ".nojekyll": ""}


def test_a_dry_run_sends_nothing(project: Project) -> None:
    """`--dry-run` reports what would be done."""
    ran = project.site.invoke("publish", "--dry-run")
    assert ran.returncode == 0
    assert "  + index.html (" in ran.stdout
    assert ran.stdout.endswith("nothing was sent: --dry-run\n")
    assert git("branch", "--list", cwd=project.remote) == ""


def test_nobody_to_ask(project: Project) -> None:
    """Without a terminal and without `--yes` nothing is sent."""
    ran = project.site.invoke("publish")
    assert (ran.returncode, ran.stderr) == (1, "nobody is here to ask; add --yes to publish without a question\n")
    assert git("branch", "--list", cwd=project.remote) == ""


def test_uncommitted_work_is_refused(project: Project) -> None:
    """Uncommitted changes are reported, and nothing is sent."""
    project.site.write("content/pages/about.md", "---\npermalink: /\n---\nNot yet.\n")
    ran = project.site.invoke("publish")
    assert ran.returncode == 1
    assert ran.stderr == "content/pages/about.md: has uncommitted changes; commit them, or add --yes\n"


@pytest.mark.parametrize("command", [(), ("--rollback",)], ids=["publish", "roll back"])
def test_a_site_that_is_broken_is_not_published(project: Project, command: tuple[str, ...]) -> None:
    """A problem of the content ends it before anything is sent."""
    project.site.write("content/pages/about.md", "---\npermalink: /\n")
    ran = project.site.invoke("publish", "--yes", *command)
    assert ran.returncode == 1
    assert ran.stderr.startswith("content/pages/about.md:1: front matter: ")


def test_somebody_else_published_in_the_meantime(project: Project) -> None:
    """A branch that has moved since it was read is not overwritten."""
    project.deploy(a="1")
    hook = project.site.root / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    bare = f'git --git-dir="{project.remote}"'
    hook.write_text(
        f"#!/bin/sh\n{bare} update-ref refs/heads/gh-pages $({bare} commit-tree -p gh-pages -m theirs gh-pages^{{tree}})\n"
    )
    hook.chmod(0o755)
    with pytest.raises(PublishError) as error:
        project.deploy(a="2")
    assert (
        str(error.value) == "gh-pages of origin has changed in the meantime, and nothing was published; publish again"
    )
    assert git("log", "-1", "--format=%s", "gh-pages", cwd=project.remote) == "theirs"
    hook.unlink()
    project.deploy(a="2")
    assert project.live()["a"] == "2"


def test_a_branch_that_moved_since_it_was_compared_is_not_overwritten(project: Project) -> None:
    """Nothing is forced; and what somebody pushes after the push is found."""
    project.deploy(a="1")
    late, other = project.branch(), project.branch()
    (project.site.root.parent / "deployed" / "a").write_text("late")
    late.compare()
    (project.site.root.parent / "deployed" / "a").write_text("other")
    other.compare()
    other.send()
    with pytest.raises(PublishError, match="has changed in the meantime"):
        late.send()
    assert project.live()["a"] == "other"
    project.branch().roll_back()
    with pytest.raises(PublishError, match=r"is not at .*, which was pushed; publish again"):
        other.verify()


def test_every_file_is_published_byte_for_byte(project: Project) -> None:
    """What git would ignore or convert, by the author's settings or the site's own files, is published all the same."""
    git("config", "core.autocrlf", "true", cwd=project.site.root)
    project.deploy(**{".gitignore": "*.log\n", "a.log": "1\r\n2\r\n"})
    assert project.live().keys() == {".gitignore", "a.log", ".nojekyll"}
    assert git("cat-file", "-s", "gh-pages:a.log", cwd=project.remote) == "6"


def test_no_network(project: Project) -> None:
    """A remote that cannot be reached is one line."""
    git("remote", "set-url", "origin", "https://127.0.0.1:9/ann/ann.github.io", cwd=project.site.root)
    ran = project.site.invoke("publish", "--yes")
    assert ran.returncode == 1
    assert ran.stderr.startswith("git ls-remote: fatal: ")
    assert ran.stderr.count("\n") == 1


def test_the_wrong_remote(project: Project) -> None:
    """A remote that is not the site's own gets nothing."""
    git("remote", "set-url", "origin", str(project.remote.parent / "template.git"), cwd=project.site.root)
    ran = project.site.invoke("publish", "--yes")
    assert ran.returncode == 1
    assert "is not the repository of this site, ann/ann.github.io" in ran.stderr


def test_rolling_back(project: Project) -> None:
    """`--rollback` restores the previous deployment."""
    project.deploy(**{"index.html": "one"})
    project.deploy(**{"index.html": "two"})
    ran = project.site.invoke("publish", "--rollback", "--yes")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert project.live()["index.html"] == "one"
    last = project.site.invoke("publish", "--rollback", "--yes")
    assert (last.returncode, last.stderr) == (1, "there is no previous deployment; the site is unchanged\n")


def test_rolling_back_further(project: Project) -> None:
    """Each roll-back goes one deployment further back; publishing after one starts anew."""
    for text in ("one", "two", "three"):
        project.deploy(a=text)
    for text in ("two", "one"):
        project.branch().roll_back()
        assert project.live()["a"] == text
    with pytest.raises(PublishError, match="there is no previous deployment"):
        project.branch().roll_back()
    assert project.live()["a"] == "one"
    project.deploy(a="four")
    project.branch().roll_back()
    assert project.live()["a"] == "one"


DEPLOY = """
from pathlib import Path
from plugins.publishing.git_branch import GitBranch
branch = GitBranch(Path("../deployed"), "origin", "gh-pages", "https://ann.github.io")
branch.compare()
branch.send()
"""


@pytest.mark.parametrize(
    ("hook", "live"),
    [("pre-push", "1"), ("pre-receive", "1"), ("update", "1"), ("post-receive", "2")],
)
def test_killed_half_way(project: Project, hook: str, live: str) -> None:
    """Killed before, during or after the push, the branch is the old site or the new one; publishing again completes it."""
    project.deploy(a="1")
    reached = project.remote.parent / "reached"
    script = (project.site.root / ".git" if hook == "pre-push" else project.remote) / "hooks" / hook
    script.parent.mkdir(exist_ok=True)
    script.write_text(f'#!/bin/sh\ntouch "{reached}"\nexec sleep 60\n')
    script.chmod(0o755)
    (project.site.root.parent / "deployed" / "a").write_text("2")
    run = subprocess.Popen([sys.executable, "-c", DEPLOY], cwd=project.site.root, start_new_session=True)
    while not reached.exists():
        assert run.poll() is None, "it ended before git ran the hook"
        time.sleep(0.005)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert project.live()["a"] == live
    script.unlink()
    branch = project.branch()
    if branch.compare():
        branch.send()
        branch.verify()
    assert project.live()["a"] == "2"
    git("fsck", "--strict", cwd=project.remote)
