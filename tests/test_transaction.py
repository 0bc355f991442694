"""Files that are written all or none, whatever happens at any operation on the disk."""

import errno
import os
import tracemalloc
from pathlib import Path

import pytest

from plugins.problems import ContentError
from plugins.transaction import WORKDIR, obstacles, restore, write_all
from tests.killing import ENDED, RAISED, die, faulty, fill_disk, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes and FIFOs, and few users may make links")


@pytest.fixture(params=["one file system", "another one inside"])
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with files that are replaced, and with one that is not."""
    replace = Path.replace

    def within_a_folder(source: Path, target: Path) -> Path:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(source), None, str(target))
        return replace(source, target)

    if request.param == "another one inside":
        monkeypatch.setattr(Path, "replace", within_a_folder)
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (root / "a" / "old").write_text("old")
    (root / "a" / "old").chmod(0o600)
    (root / "a" / "link").symlink_to("../mine")
    (root / "mine").write_text("mine")
    return root


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes | Path]:
    (tmp_path / "source").write_text("copied")
    return {"a/old": b"new", "a/link": b"file", "b/c/d": tmp_path / "source", "b/e": b"", "settings": b"x"}


def test_bytes_and_files_arrive(root: Path, files: dict[str, bytes | Path]) -> None:
    """A replaced file keeps its mode, a link gives way to the file, and nothing else is left."""
    write_all(root, files)
    after = tree(root)
    assert after["b/c/d"] == ((root / "mine").stat().st_mode, b"copied")
    assert after["a/old"] == (0o100600, b"new")
    assert (root / "a/link").read_bytes() == b"file"
    assert (root / "mine").read_text() == "mine"
    assert after.keys() == {"a", "b", "b/c", "mine", *files}


@pytest.mark.parametrize("exists", [True, False], ids=["existing folder", "new folder"])
def test_an_error_at_any_operation_leaves_everything_as_it_was(
    root: Path, files: dict[str, bytes | Path], exists: bool
) -> None:
    target = root if exists else root / "x" / "y"
    before, number, how = tree(root), 0, RAISED
    while how == RAISED:
        assert tree(root) == before, f"after an error at operation {number}"
        number += 1
        how = faulty(lambda: write_all(target, files), target, number, fill_disk)
    assert how == ENDED
    assert number > 20


@pytest.mark.parametrize("fault", [die, fill_disk], ids=["killed", "the disk stays full"])
def test_the_next_run_restores_what_the_last_one_has_left(
    root: Path, files: dict[str, bytes | Path], fault: object
) -> None:
    """Also if its process was killed while it restored."""
    before, number, how = tree(root), 0, RAISED
    write_all(root, files)
    after = tree(root)
    while how != ENDED:
        number += 1
        for path in (*files, "b/c", "b"):
            (root / path).rmdir() if (root / path).is_dir() else (root / path).unlink()
        (root / "a" / "old").write_text("old")
        (root / "a" / "old").chmod(0o600)
        (root / "a" / "link").symlink_to("../mine")
        assert tree(root) == before
        how = faulty(lambda: write_all(root, files), root, number, fault, last=1000)  # type: ignore[arg-type]
        faulty(lambda: restore(root), root, 1 + number % 7, die)
        restore(root)
        assert tree(root) in ([before] if how == RAISED else [before, after]), number
        write_all(root, files)
        assert tree(root) == after
    assert number > 20


def test_what_its_owner_has_changed_since_a_kill_stays(root: Path, files: dict[str, bytes | Path]) -> None:
    """The next run may come days later: it undoes what the killed one wrote, and nothing else."""
    number = 0
    while not (root / "b/e").exists():
        restore(root)
        number += 1
        assert faulty(lambda: write_all(root, files), root, number, die) != ENDED
    (root / "a/old").write_text("written since")
    (root / "settings").write_text("written since")
    restore(root)
    assert [(root / path).read_text() for path in ("a/old", "settings", "mine")] == [*["written since"] * 2, "mine"]
    assert (root / "a/link").is_symlink()
    assert not (root / "b").exists()


def test_what_the_disk_refuses_is_named(root: Path, files: dict[str, bytes | Path], tmp_path: Path) -> None:
    (tmp_path / "source").unlink()
    with pytest.raises(ContentError) as error:
        write_all(root, files)
    assert str(error.value) == f"{tmp_path.as_posix()}/source: No such file or directory; nothing was written"
    too_long = "x" * 300
    with pytest.raises(ContentError) as error:
        write_all(root, {"a/new": b"", f"c/{too_long}": b""})
    assert str(error.value) == f"{root.as_posix()}/c/{too_long}: File name too long; nothing was written"
    assert not (root / "a/new").exists()
    assert not (root / "c").exists()


def test_obstacles(root: Path) -> None:
    (root / "b").symlink_to("a")
    paths = ["a", "mine/x", "a/old/x/y", "b/old", "b/new", "a/link"]
    lines = [str(problem).removeprefix(f"{root.as_posix()}/") for problem in obstacles(root, paths, replace=True)]
    hint = "; move it away, or name another folder"
    assert lines == [f"a: is a folder{hint}", f"a/old: is not a folder{hint}", f"mine: is not a folder{hint}"]
    lines = [str(problem).removeprefix(f"{root.as_posix()}/") for problem in obstacles(root, paths, replace=False)]
    assert f"b/old: exists already{hint}" in lines
    assert f"a/link: exists already{hint}" in lines
    assert len(lines) == 5


def test_a_large_file_is_not_read_into_memory(root: Path, tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as large:
        os.truncate(large.fileno(), 100 << 20)
    tracemalloc.start()
    write_all(root, {"large": tmp_path / "large"})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (root / "large").stat().st_size == 100 << 20
    assert peak < 5 << 20
    assert not (root / WORKDIR).exists()
