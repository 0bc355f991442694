"""A build never deletes what no build made."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.problems import ContentError, InvalidValueError
from plugins.staging.tree import Stage, check_output
from tests.conftest import Site

PAGE = "---\npermalink: /\n---\nHello\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(stage: Stage, **files: bytes) -> None:
    build_while(stage, lambda: None, **files)


def build_while(stage: Stage, happens: Callable[[], object], **files: bytes) -> None:
    """Build; something happens meanwhile."""
    stage.begin()
    try:
        for name, data in files.items():
            stage.write(name, data)
        happens()
        stage.settle()
    finally:
        stage.discard()


def pelican(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", *arguments]
    return subprocess.run(command, cwd=site.root, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", ["invoke", "pelican"])
def test_a_folder_of_other_files_is_refused_and_untouched(site: Site, command: str) -> None:
    """One problem names the first files; exit status 1; not even a work folder appears beside it."""
    site.write("content/pages/about.md", PAGE)
    site.write("output/thesis.tex", "years of work")
    site.write("output/.git/HEAD", "ref: refs/heads/main\n")
    for name in "ab":
        site.write(f"output/data/{name}", name)
    before, around = tree(site.root / "output"), set(site.root.iterdir())
    ran = site.invoke("build") if command == "invoke" else pelican(site)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stdout + ran.stderr
    lines = [line for line in ran.stderr.splitlines() if line.startswith("pelicanconf.py")]
    assert lines == [
        "pelicanconf.py: OUTPUT_PATH: 'output' holds files that no build made: '.git/HEAD', 'data/a', "
        "'data/b' and 1 more; move them away, name them in OUTPUT_RETENTION to keep them there, or delete the folder"
    ]
    assert tree(site.root / "output") == before
    assert set(site.root.iterdir()) - around <= {site.root / ".cache", site.root / "__pycache__"}


def test_a_folder_outside_the_project_is_refused_too(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    documents = site.root.parent / "mydocs"
    documents.mkdir()
    (documents / "index.html").write_text("mine")
    ran = pelican(site, "-o", "../mydocs")
    assert ran.returncode == 1
    assert "holds files that no build made: 'index.html'" in ran.stderr
    assert tree(documents) == {"index.html": b"mine"}
    assert not (site.root.parent / ".staging-mydocs").exists()


def test_a_file_added_after_a_build_is_refused_and_stays(tmp_path: Path) -> None:
    """Also one that appears while a build runs; once it is moved away, the next build succeeds."""
    stage = Stage(tmp_path / "output")
    build(stage, a=b"1")
    build(stage, a=b"2")
    added = tmp_path / "output" / "thesis.pdf"
    for during in (False, True):
        if not during:
            added.write_bytes(b"%PDF")
        with pytest.raises(ContentError, match=r"holds files that no build made: 'thesis\.pdf'"):
            build_while(stage, lambda: added.write_bytes(b"%PDF"), a=b"3")
        assert tree(stage.output) == {"a": b"2", "thesis.pdf": b"%PDF"}
        added.unlink()
    build(stage, a=b"4")
    assert tree(stage.output) == {"a": b"4"}


def test_an_edited_file_of_a_build_may_be_replaced(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    build(stage, a=b"1", b=b"1")
    for name in "ab":
        (stage.output / name).write_bytes(b"edited")
    build(stage, a=b"2")
    assert tree(stage.output) == {"a": b"2"}


@pytest.mark.parametrize("lost", ["the work folder", "the record", "a damaged record"])
def test_without_a_record_nothing_counts_as_made(tmp_path: Path, lost: str) -> None:
    """After `.staging-output` was deleted, or with an output from a version that kept no record."""
    stage = Stage(tmp_path / "output")
    for number in range(2):
        build(stage, a=b"%d" % number)
    record = stage.workdir / "files.json"
    if lost == "the work folder":
        shutil.rmtree(stage.workdir)
    elif lost == "the record":
        record.unlink()
    else:
        record.write_text('["a')
    with pytest.raises(ContentError, match=r"no build made: 'a'; .* delete the folder"):
        build(stage, a=b"2")
    assert tree(stage.output) == {"a": b"1"}
    shutil.rmtree(stage.output)
    build(stage, a=b"2")
    assert tree(stage.output) == {"a": b"2"}


def test_a_record_names_only_what_the_last_builds_made(tmp_path: Path) -> None:
    """A file that takes the name of one that an old build removed is somebody's."""
    stage = Stage(tmp_path / "output")
    build(stage, a=b"1", thesis=b"1")
    build(stage, a=b"1")
    (stage.output / "thesis").write_bytes(b"mine")
    with pytest.raises(ContentError, match="'thesis'"):
        build(stage, a=b"1", thesis=b"2")
    assert (stage.output / "thesis").read_bytes() == b"mine"


def test_an_empty_folder_and_what_file_managers_leave_are_no_obstacle(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    stage.output.mkdir()
    for number in range(4):
        (stage.output / ".DS_Store").write_bytes(b"Finder")
        build(stage, a=b"%d" % number)
        assert tree(stage.output) == {"a": b"%d" % number}


def test_output_retention_outlives_builds(site: Site) -> None:
    """And is not taken for a build's file when the setting goes."""
    site.write("content/pages/about.md", PAGE)
    site.write("output/.git/HEAD", "ref: refs/heads/gh-pages\n")
    head = site.root / "output/.git/HEAD"
    inode = head.stat().st_ino
    for number in range(3):
        site.write("content/pages/about.md", f"{PAGE}{number}\n")
        built = site.build(OUTPUT_RETENTION=[".git"])
        assert built.text(".git/HEAD") == "ref: refs/heads/gh-pages\n"
        assert head.stat().st_ino == inode, "it was never copied"
        assert str(number) in built.text("index.html")
    assert site.build().lines[0].startswith("pelicanconf.py: OUTPUT_PATH: ")
    assert head.exists()


def test_a_retained_file_is_not_overwritten(tmp_path: Path) -> None:
    """A build that makes a file of a retained name is refused."""
    stage = Stage(tmp_path / "output", ["CNAME"])
    build(stage, a=b"1")
    (stage.output / "CNAME").write_bytes(b"example.org")
    with pytest.raises(ContentError, match="'CNAME'"):
        build(stage, CNAME=b"other")
    build(stage, a=b"2")
    assert tree(stage.output) == {"a": b"2", "CNAME": b"example.org"}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_symbolic_link_means_the_folder_behind_it(tmp_path: Path) -> None:
    behind = tmp_path / "elsewhere" / "www"
    behind.mkdir(parents=True)
    (behind / "mine").write_bytes(b"1")
    (tmp_path / "output").symlink_to(behind)
    with pytest.raises(ContentError, match="'mine'"):
        build(Stage(tmp_path / "output"), a=b"1")
    assert tree(behind) == {"mine": b"1"}
    (behind / "mine").unlink()
    for number in range(3):
        build(Stage(tmp_path / "output"), a=b"%d" % number)
        assert tree(behind) == {"a": b"%d" % number}
        assert (tmp_path / "output").is_symlink()


def test_a_link_within_the_output_is_somebodys_file(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    build(stage, a=b"1")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "a.tex").write_bytes(b"1")
    (stage.output / "files").symlink_to(tmp_path / "thesis")
    with pytest.raises(ContentError, match="'files'"):
        build(stage, a=b"2")
    assert tree(tmp_path / "thesis") == {"a.tex": b"1"}


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"mine")
    with pytest.raises(ContentError, match="is a file"):
        build(Stage(tmp_path / "output"), a=b"1")
    assert (tmp_path / "output").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        (".", "is or holds"),
        ("..", "is or holds"),
        ("content", "is or holds content"),
        ("content/site", "lies in content"),
        ("plugins", "is or holds"),
        (".git", "is or holds .git"),
        (".git/site", "lies in .git"),
        ("tests", "is or holds tests"),
        ("link", "lies in content"),
    ],
)
def test_places_where_no_output_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, why: str) -> None:
    sources = [Path(name) for name in ("content", "plugins", ".git", "tests")]
    for source in sources:
        (tmp_path / source).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "content" / "new")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValueError, match=f"^{why}.*choose another folder$"):
        check_output(Path(folder), Path(), sources)
    check_output(Path("output"), Path(), sources)
    check_output(Path("../output"), Path(), sources)


@pytest.mark.parametrize("folder", [".", "content", "content/site", "..", "plugins", "theme"])
def test_pelican_refuses_such_a_place(site: Site, folder: str) -> None:
    site.write("content/pages/about.md", PAGE)
    before, plugins = tree(site.root / "content"), sorted((site.root / "plugins").iterdir())
    ran = pelican(site, "-o", folder)
    assert ran.returncode == 1
    assert "pelicanconf.py: OUTPUT_PATH: " in ran.stderr + ran.stdout
    assert tree(site.root / "content") == before
    assert sorted((site.root / "plugins").iterdir()) == plugins


def test_clean_removes_what_builds_made_and_nothing_else(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output", [".git"])
    for number in range(2):
        stage.begin()
        stage.write("a/b", b"%d" % number)
        stage.write("c", b"c")
        stage.settle()
    assert stage.clean() == []
    assert list(tmp_path.iterdir()) == []
    build(stage, a=b"1")
    for name in (".git", "mine"):
        (stage.output / name).mkdir()
        (stage.output / name / "file").write_bytes(b"1")
    assert stage.clean() == [".git/file", "mine/file"]
    assert tree(stage.output) == {".git/file": b"1", "mine/file": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert stage.clean() == [".git/file", "mine/file"], "nothing of it was made by a build"


def test_invoke_clean_reports_what_stays(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    assert site.invoke("build").returncode == 0
    site.write("output/thesis.tex", "years of work")
    ran = site.invoke("clean")
    assert ran.returncode == 0
    assert "thesis.tex" in ran.stderr
    assert tree(site.root / "output") == {"thesis.tex": b"years of work"}
    assert not (site.root / ".cache").exists()


def test_the_record_is_plain_json(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    build(stage, a=b"1")
    assert json.loads((stage.workdir / "files.json").read_text()) == ["a"]


def test_names_that_differ_in_case_only_are_one_file_where_the_disk_says_so(tmp_path: Path) -> None:
    """A page whose name changes its case stays, and two such pages are a conflict."""
    stage = Stage(tmp_path / "output")
    build(stage, A=b"1")
    (stage.workdir / "LOCK").touch()  # as on a disk that ignores case, on which `lock` has this name too
    stage.begin()
    stage.write("B", b"1")
    with pytest.raises(FileExistsError):
        stage.write("b", b"2")
    stage.write("a", b"1")
    stage.settle()
    assert "A" not in stage.changed, "not removed: it is the file that was just made"
