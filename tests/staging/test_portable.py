"""The output stays whole where the system offers less: no exchange, no hard links, no fcntl, a mount point, Windows."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

import pytest

from plugins.builder import build as build_site
from plugins.problems import ContentError
from plugins.staging.files import same
from plugins.staging.tree import Stage
from tests.conftest import ROOT, Site


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_mtime_ns for path in tree(folder)}


def build(stage: Stage, files: dict[str, bytes]) -> None:
    """Build one half of the files through `write`, the others as Pelican does."""
    stage.begin()
    try:
        for number, (path, data) in enumerate(files.items()):
            if number % 2:
                (stage.new / path).parent.mkdir(parents=True, exist_ok=True)
                (stage.new / path).write_bytes(data)
            else:
                stage.write(path, data)
        stage.settle()
    finally:
        stage.discard()


def no_exchange(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("plugins.exchange.exchange", lambda one, other: False)


def no_ctypes(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "ctypes", None)


def no_links(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    patch.setattr(os, "link", refuse)


def no_link_function(patch: pytest.MonkeyPatch) -> None:
    patch.delattr(os, "link")


def no_modes(patch: pytest.MonkeyPatch) -> None:
    """As exFAT and vFAT: every file has one mode, and it cannot be changed."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    patch.setattr("plugins.staging.files.FOLDER_MODE", 0o700)  # none that a folder has
    patch.setattr("plugins.staging.tree.FILE_MODE", 0o600)
    patch.setattr(os, "chmod", refuse)
    no_links(patch)


def mounted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os.path, "ismount", lambda path: Path(path).name == "output")


def refuses_rename(code: int) -> Callable[[pytest.MonkeyPatch], None]:
    """A mount point that `ismount` cannot recognise (a bind mount), or a folder of a container's image (EXDEV)."""

    def refuse(one: Path, other: Path) -> bool:
        raise OSError(code, os.strerror(code), str(one), None, str(other))

    return lambda patch: patch.setattr("plugins.exchange.exchange", refuse)


def windows(patch: pytest.MonkeyPatch) -> None:
    """Rename nothing onto what exists; no exchange, no O_NOFOLLOW, no modes, no umask."""
    rename = Path.rename

    def strict(path: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", str(target))
        return rename(path, target)

    patch.setattr(Path, "rename", strict)
    patch.delattr(os, "O_NOFOLLOW")
    patch.setattr(os, "umask", lambda mask: 0)
    no_exchange(patch)
    no_modes(patch)


SYSTEMS = [no_exchange, no_ctypes, no_links, no_link_function, no_modes, windows, mounted]
SYSTEMS += [refuses_rename(errno.EBUSY), refuses_rename(errno.EXDEV)]
NAMES = ["no exchange", "no ctypes", "no hard links", "no os.link", "exFAT", "Windows", "a mount point"]
NAMES += ["a bind mount", "an overlay"]


@pytest.mark.parametrize("system", SYSTEMS, ids=NAMES)
def test_builds_on_such_a_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Each build leaves exactly its site; what did not change keeps its time; what somebody edited is restored."""
    system(monkeypatch)
    output = tmp_path / "output"
    output.mkdir()
    sites = [
        {"a": b"1", "b/c": b"1", "b/d": b"1", "same": b"same", "plain": b"plain"},
        {"a": b"2", "b": b"2", "same": b"same", "plain": b"plain"},
        {"a/x": b"3", "b/c": b"3", "same": b"same", "plain": b"plain"},
    ]
    stage = Stage(output)
    build(stage, sites[0])
    before = times(output)
    for wanted in (*sites[1:], sites[0], sites[0]):
        build(stage, wanted)
        assert {path: data for path, data in tree(output).items() if path != ".staging.json"} == wanted
        assert [times(output)[path] for path in ("same", "plain")] == [before[path] for path in ("same", "plain")]
        assert not [path for path in stage.workdir.rglob("*") if path.name in ("new", "next", "aside", ".staging-part")]
    (output / "a").write_bytes(b"edited")
    build(Stage(output), sites[0])
    assert tree(output)["a"] == b"1"


def test_files_are_compared_where_every_file_has_number_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on some network drives."""
    for name, text in (("a", "1"), ("b", "2"), ("c", "1")):
        (tmp_path / name).write_text(text)
    lstat = os.lstat

    def numbered(path: str) -> SimpleNamespace:
        found = lstat(path)
        return SimpleNamespace(st_mode=found.st_mode, st_size=found.st_size, st_dev=found.st_dev, st_ino=0)

    monkeypatch.setattr(os, "lstat", numbered)
    assert same(f"{tmp_path}/a", f"{tmp_path}/c")
    assert not same(f"{tmp_path}/a", f"{tmp_path}/b")


@pytest.mark.parametrize("system", [mounted, refuses_rename(errno.EBUSY)], ids=["mount point", "bind mount"])
def test_a_mount_point_is_updated_file_by_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    system: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """The folder itself stays, and the record stays with it when the container ends."""
    system(monkeypatch)
    output = tmp_path / "output"
    output.mkdir()
    inode = output.stat().st_ino
    for number in range(3):
        stage = Stage(output)
        build(stage, {"a": b"%d" % number, f"gone{number}": b"1"})
        assert tree(output).keys() == {"a", f"gone{number}", ".staging.json"}
        assert output.stat().st_ino == inode
        assert stage.mounted
        shutil.rmtree(stage.workdir)
    (output / "mine").write_bytes(b"1")
    with pytest.raises(ContentError, match="'mine'"):
        build(Stage(output), {"a": b"9"})
    assert tree(output)["a"] == b"2"
    assert Stage(output).clean() == ["mine"]


@pytest.mark.parametrize("system", [mounted, refuses_rename(errno.EBUSY)], ids=["mount point", "bind mount"])
def test_a_mount_point_that_was_left_half_updated_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """Also in a new container, to which only the volume is left."""
    system(monkeypatch)
    output = tmp_path / "output"
    output.mkdir()
    stage = Stage(output)
    build(stage, {"a": b"1", "b": b"1", "old": b"1"})
    replace = os.replace

    def dies_at_b(source: str, target: str) -> None:
        if target == f"{output}/b":
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", dies_at_b)
        with pytest.raises(KeyboardInterrupt):
            build(stage, {"new": b"2", "a": b"2", "b": b"2"})
    shutil.rmtree(stage.workdir)
    build(Stage(output), {"a": b"3", "b": b"3"})
    assert tree(output).keys() - {".staging.json"} == {"a", "b"}
    assert tree(output)["b"] == b"3"


def test_a_real_bind_mount(tmp_path: Path) -> None:
    """Mounts a folder below this test's own; skipped for a user, who may not."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("makes a bind mount, which takes root")
    output, volume = tmp_path / "output", tmp_path / "volume"
    output.mkdir()
    volume.mkdir()
    if (ran := subprocess.run(["mount", "--bind", volume, output], capture_output=True, text=True)).returncode:
        pytest.skip(f"nothing can be mounted here: {ran.stderr.strip()}")
    try:
        for number in range(3):
            build(Stage(output), {"a": b"%d" % number, f"gone{number}": b"1"})
            assert tree(volume).keys() == {"a", f"gone{number}", ".staging.json"}
            assert tree(volume)["a"] == b"%d" % number
    finally:
        subprocess.run(["umount", output], check=True)


def test_an_open_file_on_windows_is_one_clear_problem(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder can be renamed in which a program has a file open; the old site stays, and a later build succeeds."""
    monkeypatch.chdir(site.root)
    site.write("content/pages/about.md", "---\npermalink: /\n---\nOne\n")
    assert not build_site("pelicanconf.py").failed
    before = tree(site.root / "output")
    site.write("content/pages/about.md", "---\npermalink: /\n---\nTwo\n")
    rename = Path.rename
    for opened in (site.root / "output", site.root / ".staging-output" / "next"):

        def refuse(path: Path, target: Path, opened: Path = opened) -> Path:
            if path == opened:
                raise PermissionError(errno.EACCES, "The process cannot access the file", str(path), None, str(target))
            return rename(path, target)

        with monkeypatch.context() as patch:
            no_exchange(patch)
            patch.setattr(Path, "rename", refuse)
            built = build_site("pelicanconf.py")
        assert [str(problem) for problem in built.problems] == [
            "pelicanconf.py: OUTPUT_PATH: 'output' cannot be replaced: The process cannot access the file; "
            "close all programs that have one of its files open"
        ]
        assert tree(site.root / "output") == before
    assert not build_site("pelicanconf.py").failed
    assert "Two" in (site.root / "output" / "index.html").read_text()


def test_a_path_that_only_windows_takes_for_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(tmp_path / "output")
    stage.begin()
    stage.write("a:b", b"")
    monkeypatch.setattr("plugins.staging.tree.os.name", "nt")
    try:
        for path in ("..\\x", "a\\..\\..\\x", "\\x", "C:x", "C:\\x"):
            with pytest.raises(ValueError, match="not the path of a file below"):
                stage.write(path, b"")
    finally:
        monkeypatch.undo()
        stage.discard()


def test_the_lock_needs_no_fcntl(tmp_path: Path) -> None:
    """In a process without it, two builds after each other; filelock then locks by a file that exists or not."""
    code = (
        "import sys, warnings; sys.modules['fcntl'] = None; warnings.simplefilter('ignore')\n"
        "from pathlib import Path; from plugins.staging.tree import Stage\n"
        "for number in range(3):\n"
        "    stage = Stage(Path(sys.argv[1])); stage.begin(lambda: print('waits')); stage.write('a', b'%d' % number)\n"
        "    stage.settle()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "output"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert tree(tmp_path / "output") == {"a": b"2"}


def test_a_build_killed_between_two_renames_is_completed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    killed_at_rename: Callable[[int], AbstractContextManager[None]],
) -> None:
    """Whichever rename it is, the next build finds the old site or the new one."""
    no_exchange(monkeypatch)
    output = tmp_path / "output"
    old = {"a": b"old", "both": b"1"}
    for dies_at, left in ((1, "old"), (2, "old"), (3, "old"), (4, "new"), (5, "new")):
        for _ in range(2):
            build(Stage(output), old)
        stage = Stage(output)
        monkeypatch.setattr(stage, "discard", lambda: None)  # nobody tidies up after a kill
        with killed_at_rename(dies_at):
            build(stage, {"a": b"new", "both": b"1", "b": b"new"})
        stage._lock.release()
        monkeypatch.setattr("plugins.staging.tree._active", {})
        stage = Stage(output)
        stage.begin()
        assert tree(output) == (old if left == "old" else {"a": b"new", "both": b"1", "b": b"new"})
        stage.discard()
        build(stage, {"a": b"after"})
        assert tree(output) == {"a": b"after"}
        assert {path.name for path in stage.workdir.iterdir()} <= {"lock", "spare", "files.json"}
