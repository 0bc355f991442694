"""`invoke publish` to a branch of a bare repository on this disk."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.publishing.destination import PublishError
from plugins.publishing.git_branch import reason
from tests.publishing.conftest import Project, git


def test_the_first_publication(project: Project) -> None:
    """The branch holds exactly the output, and .nojekyll; its one commit names the source."""
    ran = project.site.invoke("publish", "--yes")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not (project.site.root / "output").exists()
    assert project.live().keys() == {*project.site.build(production=True).files(), ".nojekyll"}
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
    project.deploy(**{"index.html": "Hello.", "files/cv.pdf": "%PDF"})
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


def test_a_site_that_is_broken_is_not_published_but_can_be_rolled_back(project: Project) -> None:
    """A problem of the content ends a publication before anything is sent; a roll-back builds nothing."""
    project.deploy(**{"index.html": "one"})
    project.deploy(**{"index.html": "two"})
    project.site.write("content/pages/about.md", "---\npermalink: /\n")
    ran = project.site.invoke("publish", "--yes")
    assert ran.returncode == 1
    assert ran.stderr.startswith("content/pages/about.md:1: front matter: ")
    dry = project.site.invoke("publish", "--rollback", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "  ~ index.html (3 bytes)\n" in dry.stdout
    assert dry.stdout.endswith("nothing was sent: --dry-run\n")
    assert project.live()["index.html"] == "two"
    back = project.site.invoke("publish", "--rollback", "--yes")
    assert (back.returncode, back.stderr) == (0, "")
    assert project.live()["index.html"] == "one"
    assert not (project.site.root / "output").exists()
    project.site.write("publishconf.py", "SITEURL = (")
    broken = project.site.invoke("publish", "--rollback")
    assert (broken.returncode, broken.stderr) == (1, "publishconf.py:1: is not Python: '(' was never closed\n")


def push_by_hand(project: Project, **files: bytes | None) -> None:
    """Commit files to the branch as somebody else does."""
    clone = project.site.root.parent / "clone"
    if not clone.exists():
        git("clone", "--quiet", "--branch", "gh-pages", str(project.remote), str(clone), cwd=project.site.root)
    git("pull", "--quiet", cwd=clone)
    for name, data in files.items():
        path = Path(os.fsdecode(clone) + "/" + name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data) if data is not None else path.unlink()
    git("add", "--all", cwd=clone)
    git("commit", "--quiet", "-m", "By hand", cwd=clone)
    git("push", "--quiet", cwd=clone)


def test_what_is_not_ours_stays(project: Project) -> None:
    """A file that somebody added to the branch stays, through publications and back, as it is at the time."""
    project.deploy(a="1", b="1")
    push_by_hand(project, **{"wiki/\udcff start": b"w"})
    for a in ("2", "3"):
        project.deploy(a=a)
    name = os.fsencode("wiki/\udcff start")
    assert set(project.branch().files("FETCH_HEAD")) == {"a", ".nojekyll", os.fsdecode(name)}
    push_by_hand(project, **{"wiki/\udcff start": b"later", "new": b"n"})
    branch = project.branch()
    assert branch.compare_previous().kept == ("new", "wiki/\udcff start")
    branch.roll_back()
    branch.roll_back()
    assert git("show", "gh-pages:a", cwd=project.remote) == "1"
    assert git("show", "gh-pages:new", cwd=project.remote) == "n"
    assert git("ls-tree", "-r", "-l", "gh-pages", "wiki", cwd=project.remote).split()[3] == "5"
    push_by_hand(project, new=None)
    project.deploy(a="4")
    assert "new" not in git("ls-tree", "--name-only", "gh-pages", cwd=project.remote).splitlines()


def test_a_branch_of_somebody_else(project: Project) -> None:
    """The first publication to a branch that another program made deletes nothing; the run names what stays."""
    push = project.site.root.parent / "theirs"
    git("init", "--quiet", "--initial-branch=gh-pages", str(push), cwd=project.site.root)
    (push / "CNAME").write_text("other.example\n")
    os.close(os.open(os.fsencode(push) + b"/\xff.html", os.O_CREAT))
    git("add", "--all", cwd=push)
    git("commit", "--quiet", "-m", "theirs", cwd=push)
    git("push", "--quiet", str(project.remote), "gh-pages", cwd=push)
    ran = project.site.invoke("publish", "--yes", env={"LC_ALL": "C.UTF-8"})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "  kept, since no publication of this site wrote it: CNAME, \\udcff.html\n" in ran.stdout
    assert (
        "  warning: CNAME on gh-pages: 'other.example' is not the host of SITEURL, 'https://ann.github.io';"
        " write 'ann.github.io', or change SITEURL in publishconf.py\n"
    ) in ran.stdout
    assert {"CNAME", "index.html"} < set(git("ls-tree", "--name-only", "gh-pages", cwd=project.remote).splitlines())


def test_a_protected_branch(project: Project) -> None:
    """The reason that the host gives is shown, on one line."""
    hook = project.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\necho 'error: GH006: Protected branch update failed for refs/heads/gh-pages.' >&2\n"
        "echo 'error: Changes must be made through a pull request.' >&2\nexit 1\n"
    )
    hook.chmod(0o755)
    ran = project.site.invoke("publish", "--yes", env={"LANGUAGE": "de", "LC_ALL": "C.UTF-8"})
    assert (ran.returncode, ran.stderr) == (
        1,
        "nothing was published: git push: pre-receive hook declined: GH006: Protected branch update failed for"
        " refs/heads/gh-pages. Changes must be made through a pull request.\n",
    )


@pytest.mark.parametrize(
    ("stderr", "line"),
    [
        pytest.param(
            "remote: error: GH006: Protected branch update failed for refs/heads/x.        \nremote: \n"
            "To github.com:a/b.git\n ! [remote rejected] 1 -> x (protected branch hook declined)\n"
            "error: failed to push some refs to 'github.com:a/b.git'\n",
            "protected branch hook declined: GH006: Protected branch update failed for refs/heads/x.",
            id="a protected branch",
        ),
        pytest.param(
            "To x\n ! [rejected] 1 -> x (non-fast-forward)\nerror: failed to push\n", "non-fast-forward", id="rejected"
        ),
        pytest.param("warning: x\nfatal: no space left\n", "fatal: no space left", id="an error of git's own"),
        pytest.param("something\n", "something", id="anything else"),
        pytest.param("", "failed", id="nothing"),
    ],
)
def test_gits_reason(stderr: str, line: str) -> None:
    """What the remote says goes before git's own summary."""
    assert reason(stderr) == line


def test_git_is_missing(project: Project, tmp_path: Path) -> None:
    """For a branch that is one line; for a folder git is not needed."""
    (tmp_path / "bin").mkdir()
    env = {"PATH": str(tmp_path / "bin")}
    ran = project.site.invoke("publish", "--yes", env=env)
    assert (ran.returncode, ran.stderr) == (1, "git is not installed; https://git-scm.com/downloads has it\n")
    project.configure(PUBLISH={"folder": {"path": str(tmp_path / "live")}})
    ran = project.site.invoke("publish", "--yes", env=env)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "live" / "index.html").is_file()


def test_a_check_and_a_dry_run_leave_the_output_alone(project: Project) -> None:
    """They build into a temporary folder, which is gone afterwards."""
    project.site.invoke("build")
    before = {file: file.stat().st_mtime_ns for file in (project.site.root / "output").rglob("*")}
    project.site.write("content/pages/about.md", "---\npermalink: /\n---\nNew.\n")
    project.commit("Change")
    temporary = project.site.root.parent / "temporary"
    temporary.mkdir()
    for command in (("publish", "--dry-run"), ("check",), ("publish", "--dry-run", "--yes")):
        ran = project.site.invoke(*command, env={"TMPDIR": str(temporary)})
        assert (ran.returncode, ran.stderr) == (0, "")
    assert {file: file.stat().st_mtime_ns for file in (project.site.root / "output").rglob("*")} == before
    assert list(temporary.iterdir()) == []
    assert not (project.site.root / "output" / "CNAME").exists()


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


def test_the_answer_to_a_push_is_lost(project: Project) -> None:
    """What was pushed is published, though git fails; where nobody answers any more, nothing else is claimed."""
    project.deploy(a="1")
    hook = project.remote / "hooks" / "post-receive"
    hook.write_text("#!/bin/sh\nkill -9 $PPID\n")
    hook.chmod(0o755)
    project.deploy(a="2")
    assert project.live()["a"] == "2"
    hook.write_text(f'#!/bin/sh\nmv "{project.remote}" "{project.remote}.gone"\nkill -9 $PPID\n')
    with pytest.raises(PublishError, match=r"gh-pages of origin is the old site or the new one, publish again$"):
        project.deploy(a="3")


def test_a_lock_that_a_killed_git_has_left_here_is_not_in_the_way(project: Project) -> None:
    project.deploy(a="1")
    push_by_hand(project, b=b"theirs")
    lock = project.site.root / ".git/refs/remotes/origin/gh-pages.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    project.deploy(a="2")
    assert project.live()["a"] == "2"


def test_git_answers_in_english(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the locale: its errors are recognized by their first word."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "git"
    program.write_text(
        '#!/bin/sh\n[ "$LC_ALL" = C ] && echo "fatal: no" >&2 || echo "Schwerwiegend: nein" >&2\nexit 1\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    with pytest.raises(PublishError, match="git ls-remote: fatal: no"):
        project.branch().remote_commit()


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
