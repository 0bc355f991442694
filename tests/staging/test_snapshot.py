"""A process that builds again and again reads only what has changed, and is right whatever happens between builds."""

import os
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from plugins.problems import ContentError
from plugins.staging import tree
from plugins.staging.snapshot import Snapshot
from plugins.staging.tree import Stage

STUBS = tuple(f"old/{number}/index.html" for number in range(8))
PATHS = ("index.html", "a.html", "a/b.html", "files/c/d.txt", *STUBS)
Site = dict[str, bytes]


def below(folder: Path) -> Site:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(output: Path, files: Mapping[str, bytes], snapshot: Snapshot | None) -> tuple[str, ...]:
    stage = Stage(output, snapshot=snapshot)
    stage.begin()
    try:
        for path, data in files.items():
            stage.write(path, data)
        stage.settle()
    finally:
        stage.discard()
    return stage.changed


def new_site(chance: random.Random) -> Site:
    """Return some of the paths, with one of few contents of one size; stubs often lead to one page."""
    contents = [b"one", b"two", b"six"][: chance.choice([1, 3])]
    return {path: chance.choice(contents) for path in PATHS if chance.random() < 0.8}


def edit(output: Path, chance: random.Random) -> None:
    files = sorted(path for path in output.rglob("*") if path.is_file())
    if files:
        chance.choice(files).write_bytes(chance.choice([b"mine", b"one", b""]))


def delete(output: Path, chance: random.Random) -> None:
    entries = sorted(output.rglob("*"))
    if entries:
        entry = chance.choice(entries)
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def replace(output: Path, chance: random.Random) -> None:
    files = sorted(path for path in output.rglob("*") if path.is_file())
    if files:
        file = chance.choice(files)
        file.unlink()
        file.write_bytes(b"mine")


def copy(output: Path, chance: random.Random) -> None:
    if output.exists():
        shutil.copytree(output, output.with_name("copy"))
        shutil.rmtree(output)
        output.with_name("copy").rename(output)


EVENTS: tuple[Callable[[Path, random.Random], object], ...] = (
    edit,
    delete,
    replace,
    copy,
    lambda output, chance: shutil.rmtree(output, ignore_errors=True),
    lambda output, chance: shutil.rmtree(Stage(output).spare, ignore_errors=True),
    lambda output, chance: build(output, new_site(chance), None),  # another process
)


@pytest.mark.parametrize("links", [True, False], ids=["with hard links", "without hard links"])
def test_the_output_is_right_whatever_happens_between_builds(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.delattr(os, "link")
    for seed in range(12):
        chance = random.Random(seed)
        output, snapshot, site = tmp_path / str(seed) / "output", Snapshot(), new_site(chance)
        output.parent.mkdir()
        for _ in range(10):
            for _ in range(2):  # the output and what is the output at the next build
                build(output, site, snapshot)
                assert below(output) == site
            chance.choice(EVENTS)(output, chance)
            site = site if chance.random() < 0.6 else new_site(chance)


@pytest.mark.parametrize("where", ["", "old/3/", "new/"])
def test_a_file_that_no_build_made_is_never_moved_away(tmp_path: Path, where: str) -> None:
    output, snapshot, site = tmp_path / "output", Snapshot(), dict.fromkeys(PATHS[2:], b"one")
    for _ in range(4):
        build(output, site, snapshot)
    foreign = output / where / "thesis.tex"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_bytes(b"years of work")
    for _ in range(3):
        with pytest.raises(ContentError, match="thesis"):
            build(output, {**site, "index.html": b"new"}, snapshot)
        assert below(output) == {**site, f"{where}thesis.tex": b"years of work"}


def test_files_that_nothing_has_changed_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output, snapshot, site = tmp_path / "output", Snapshot(), dict.fromkeys(STUBS, b"one")
    for number in range(4):
        build(output, {**site, "index.html": b"%d" % number, STUBS[3]: b"%d" % number}, snapshot)
    read: list[str] = []
    monkeypatch.setattr(tree, "holds", lambda path, data: read.append(Path(path).name))
    monkeypatch.setattr(tree, "files_below", lambda folder: read.append(folder.name) or ())
    for word in (b"new", b"newer"):
        site = {**site, STUBS[3]: b"3", "index.html": word}
        assert build(output, site, snapshot) == ("index.html",)
        assert below(output) == site
    assert read == ["index.html", "new"] * 2  # what changes, and what Pelican writes by itself
