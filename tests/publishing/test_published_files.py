"""What is published is the site in the output, all of it and nothing else, wherever it goes."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.destination import Destination
from plugins.publishing.folder import Folder
from plugins.publishing.rsync import Rsync
from plugins.publishing.s3 import S3
from tests.killing import tree
from tests.publishing.conftest import Project

PUBLISHED = {
    *("index.html", "files/a b ü.pdf", "files/empty", "folder/.hidden", "folder/.git-notes/x"),
    *(".htaccess", ".well-known/security.txt", ".nojekyll", "_headers", "_redirects", "a~", "core", "x.log", "x.pyc"),
}
LEFT_OUT = {
    *(".git/HEAD", ".git/index.lock", ".hg/store", ".svn/entries", ".bzr/x"),
    *(".staging.json", ".staging-part", ".staging-output/files.json", ".staging-output/lock"),
    *(".DS_Store", "files/Thumbs.db", "folder/desktop.ini"),
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return an output with all of that."""
    for path in PUBLISHED | LEFT_OUT:
        file = tmp_path / "deployed" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("" if path == "files/empty" else path)
    (tmp_path / "deployed" / "x.log").write_text("*\n")
    return tmp_path / "deployed"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def publish(target: Destination) -> None:
    changes = target.compare()
    assert changes is not None
    assert {path for path, _ in changes.added} == PUBLISHED | {".nojekyll"}
    target.send()
    target.verify()
    assert not target.compare()


@pytest.mark.parametrize("mounted", [False, True], ids=["folder", "mount point"])
def test_a_folder(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: bool) -> None:
    (tmp_path / "live").mkdir()
    if mounted:
        monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == tmp_path / "live")
    publish(Folder(output, tmp_path / "live"))
    assert names(tmp_path / "live") == PUBLISHED | {".frontispiece.json"}


def test_rsync(output: Path, tmp_path: Path, need: Callable[..., str]) -> None:
    need("rsync", "rsync")
    publish(Rsync(output, str(tmp_path / "live"), "ssh"))
    assert names(tmp_path / "live") == PUBLISHED | {".frontispiece.json"}


def test_a_branch(project: Project, output: Path) -> None:
    """Also what the owner's git ignores."""
    (project.site.root / ".git" / "info").mkdir(exist_ok=True)
    (project.site.root / ".git" / "info" / "exclude").write_text("*.log\n_*\n")
    publish(project.branch())
    listed = ["git", "ls-tree", "-r", "-z", "--name-only", "gh-pages"]
    found = subprocess.run(listed, cwd=project.remote, check=True, capture_output=True, encoding="utf-8").stdout
    assert set(found.split("\0")) - {""} == PUBLISHED


def test_a_bucket(store: Any, endpoint: str, output: Path) -> None:
    publish(S3(output, "web", "", endpoint, ""))
    keys = {each["Key"] for each in store.list_objects_v2(Bucket="web")["Contents"]}
    assert keys == PUBLISHED | {".frontispiece/manifest.json"}


def test_what_the_output_retains_is_published_and_what_serve_builds_is_not(project: Project, tmp_path: Path) -> None:
    """The site is built aside: `serve` may replace the output, drafts included, while the author is asked."""
    target = {"kind": "folder", "path": str(tmp_path / "live")}
    project.configure(
        PUBLISH={"web": target, "output": {"kind": "folder", "path": "output"}}, OUTPUT_RETENTION=["data"]
    )
    project.site.write("output/data/table.csv", "1")
    project.site.write("content/pages/secret.md", "---\nstatus: draft\n---\nSecret.\n")
    project.commit("Draft")
    project.site.build(SHOW_DRAFTS=True, OUTPUT_RETENTION=["data"])
    before = tree(project.site.root / "output")
    ran = project.site.invoke("publish", "--yes")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "data/table.csv" in names(tmp_path / "live")
    assert not [name for name in names(tmp_path / "live") if "secret" in name]
    assert "nothing has changed" in project.site.invoke("publish", "--dry-run").stdout
    assert tree(project.site.root / "output") == before
    ran = project.site.invoke("publish", "--yes", "--to", "output")
    assert ran.stderr == f"{project.site.root / 'output'} holds the output itself; name a folder of its own\n"
