"""A build happens beside output/ and replaces it when it is whole."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from plugins.staging.build import build
from plugins.staging.tree import Stage
from tests.conftest import Site

PAGE = "---\npermalink: /\n---\nHello\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def names(site: Site) -> set[str]:
    return {path.name for path in site.root.iterdir()} - {"__pycache__"}


def test_a_first_build_leaves_the_site_and_the_cache_beside_it(site: Site) -> None:
    before = names(site)
    site.write("content/pages/about.md", PAGE)
    ran = site.invoke("build")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1].startswith("output/: 1 page, 0 redirects, ")
    assert names(site) - before == {"output", ".cache"}


@pytest.mark.parametrize("command", ["invoke", "pelican"])
def test_a_failed_build_leaves_the_output_as_it_was_and_no_litter(site: Site, command: str) -> None:
    page = site.write("content/pages/about.md", PAGE)
    site.invoke("build")
    before, around = tree(site.root / "output"), names(site)
    page.write_text("---\npermalink: /\n")
    arguments = ["build"] if command == "invoke" else []
    ran = subprocess.run(
        [sys.executable, "-m", command, *arguments], cwd=site.root, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr + ran.stdout
    assert tree(site.root / "output") == before
    assert names(site) == around
    if command == "invoke":
        assert all(line.startswith("content/pages/about.md:") for line in ran.stderr.splitlines())


def test_a_broken_template_is_told_in_one_line_and_leaves_the_output_as_it_was(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    site.invoke("build")
    before, around = tree(site.root / "output"), names(site)
    theme = (site.root / "theme").resolve()
    (site.root / "theme").unlink()
    subprocess.run(["cp", "-r", theme, site.root / "theme"], check=True)
    site.write("theme/templates/page.html", "<p>\n{{ page.nothing.more }}")
    ran = site.invoke("build")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        "theme/templates/page.html:2: UndefinedError: 'pelican.contents.Page object' has no attribute 'nothing'"
    ]
    assert (tree(site.root / "output"), names(site)) == (before, around)


def test_files_that_did_not_change_keep_their_modification_time(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    other = site.write("content/pages/other.md", "---\ntitle: Other\n---\nHello\n")
    site.write("content/files/a.pdf", b"%PDF")
    output = site.root / "output"
    site.build()
    old = {path: (output / path).stat().st_mtime_ns for path in tree(output)}
    for word in ("two", "three", "four"):
        other.write_text(f"---\ntitle: Other\n---\n{word}\n")
        site.build()
        new = {path: (output / path).stat().st_mtime_ns for path in tree(output)}
        changed = {path for path in new if new[path] != old[path]}
        assert changed == {"other/index.html", "other/index.md"}
        assert word in (output / "other/index.html").read_text()
        old = new


def test_what_the_site_no_longer_has_goes_and_its_empty_folders_with_it(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    gone = site.write("content/files/a/b/c.txt", "c")
    site.build()
    site.write("content/files/a/b/c.txt", "c")
    site.build()
    gone.unlink()
    (gone.parent).rmdir()
    built = site.build()
    assert not [path for path in built.files() if path.startswith("files/a")]
    assert not (built.output / "files" / "a").exists()


def test_a_folder_may_become_a_file_and_a_file_a_folder(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    for paths in (["a", "b/c"], ["a/x", "b"], ["a", "b/c"], ["a/x", "b"]):
        stage.begin()
        for path in paths:
            stage.write(path, path.encode())
        stage.settle()
        assert tree(tmp_path / "output") == {path: path.encode() for path in paths}
        if stage.spare.exists():
            assert tree(stage.spare) == tree(tmp_path / "output")


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../../b", "a//b", "./a", "a/", "a\0b"])
def test_nothing_is_written_outside_the_output(tmp_path: Path, path: str) -> None:
    stage = Stage(tmp_path / "output")
    stage.begin()
    with pytest.raises(ValueError, match="no path of a file below the output folder"):
        stage.write(path, b"")
    stage.discard()
    assert list(tmp_path.iterdir()) == []


def test_one_file_is_never_made_twice(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    stage.begin()
    stage.write("a", b"1")
    with pytest.raises(FileExistsError):
        stage.write("a", b"2")
    stage.new.mkdir()
    (stage.new / "a").write_bytes(b"3")
    with pytest.raises(FileExistsError):
        stage.settle()
    stage.discard()


def test_what_someone_did_to_the_output_by_hand_is_mended(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")

    def build() -> None:
        stage.begin()
        stage.write("a/index.html", b"a")
        stage.new.mkdir()
        (stage.new / "b.html").write_bytes(b"b")
        stage.settle()

    wanted = {"a/index.html": b"a", "b.html": b"b"}
    for _ in range(3):
        build()
        assert tree(tmp_path / "output") == wanted
        (tmp_path / "output" / "a" / "index.html").write_bytes(b"broken")
        (tmp_path / "output" / "b.html").unlink()
        (tmp_path / "output" / "stray").write_bytes(b"")


def test_output_retention_outlives_a_build(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    site.write("output/.git/HEAD", "ref: refs/heads/gh-pages\n")
    for _ in range(3):
        built = site.build(OUTPUT_RETENTION=[".git"])
        assert built.text(".git/HEAD") == "ref: refs/heads/gh-pages\n"
        assert "Hello" in built.text("index.html")


@pytest.mark.parametrize("folder", [".", "content", ".."])
def test_a_folder_that_holds_what_must_not_be_replaced_is_no_output(site: Site, folder: str) -> None:
    site.write("content/pages/about.md", PAGE)
    before = tree(site.root / "content")
    ran = subprocess.run(
        [sys.executable, "-m", "pelican", "-o", folder], cwd=site.root, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 1
    assert "must not replace" in ran.stderr + ran.stdout
    assert tree(site.root / "content") == before


def test_the_second_of_two_builds_at_once_waits_for_the_first(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from plugins.staging.tree import Stage\n"
        "stage = Stage(Path(sys.argv[1])); stage.begin(lambda: print('waits', flush=True)); print('has it', flush=True)\n"
        "stage.write('who', sys.argv[2].encode()); sys.stdin.readline(); stage.settle()\n"
    )

    def start(name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "output"), name],
            cwd=Path(__file__).parent.parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    first = start("first")
    assert first.stdout is not None
    assert first.stdin is not None
    assert first.stdout.readline() == "has it\n"
    second = start("second")
    assert second.stdout is not None
    assert second.stdout.readline() == "waits\n"
    first.communicate("\n", timeout=30)
    assert second.stdout.readline() == "has it\n"
    assert (tmp_path / "output" / "who").read_text() == "first"
    second.communicate("\n", timeout=30)
    assert (tmp_path / "output" / "who").read_text() == "second"


def test_whoever_looks_sees_a_whole_site_at_every_moment(tmp_path: Path) -> None:
    """While 300 builds go by, both files are always there, and what is read later is never older."""
    stage = Stage(tmp_path / "output")
    stop = threading.Event()
    seen: list[int] = []
    output = tmp_path / "output"

    def look() -> None:
        while not stop.is_set():
            seen.extend(int((output / name).read_bytes()) for name in ("a", "b"))

    def build(number: int) -> None:
        stage.begin()
        stage.write("a", b"%d" % number)
        stage.write("b", b"%d" % number)
        stage.settle()

    build(0)
    thread = threading.Thread(target=look)
    thread.start()
    try:
        for number in range(300):
            build(number)
    finally:
        stop.set()
        thread.join()
    assert len(seen) > 20
    assert len(seen) % 2 == 0, "a file was missing"
    assert seen == sorted(seen)


def test_a_stage_that_remembers_makes_the_same_trees_as_one_that_looks(tmp_path: Path) -> None:
    """Over 60 builds of random files, with builds of another stage in between."""
    chance = random.Random(3)
    remembering = Stage(tmp_path / "one" / "output", remembers=True)
    for _ in range(60):
        wanted = {f"{chance.randrange(4)}/{chance.randrange(3)}": b"%d" % chance.randrange(3) for _ in range(6)}
        plain = {f"plain{chance.randrange(3)}": b"%d" % chance.randrange(2)}
        stages = [remembering, Stage(tmp_path / "two" / "output")]
        if chance.random() < 0.2:
            stages.append(Stage(tmp_path / "one" / "output"))
        for stage in stages:
            stage.begin()
            for path, data in wanted.items():
                stage.write(path, data)
            stage.new.mkdir()
            for path, data in plain.items():
                (stage.new / path).write_bytes(data)
            stage.settle()
            assert tree(stage.output) == wanted | plain
            assert not stage.spare.exists() or tree(stage.spare) == wanted | plain


def test_a_build_that_remembers_tells_what_changed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """An open page is told of nothing else, and a change that is no change is none."""
    monkeypatch.chdir(site.root)
    page = site.write("content/pages/about.md", PAGE)
    other = site.write("content/pages/other.md", "---\ntitle: Other\nredirect_from: /old/\n---\nOther\n")
    memory: dict[str, Any] = {}
    assert "index.html" in build("pelicanconf.py", memory).changed
    assert build("pelicanconf.py", memory).changed == ()
    page.write_text(PAGE + "\nMore\n")
    assert set(build("pelicanconf.py", memory).changed) == {"index.html", "index.md"}
    other.unlink()
    assert {"other/index.html", "old/index.html"} <= set(build("pelicanconf.py", memory).changed)
    page.write_text("---\npermalink: /\n")
    assert build("pelicanconf.py", memory).failed
    page.write_text(PAGE)
    assert not build("pelicanconf.py", memory).failed
    assert tree(site.root / "output").keys() == set(site.build().files())


def test_where_the_kernel_has_no_exchange_two_renames_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a build that dies between them is completed by the next."""
    monkeypatch.setattr("plugins.staging.tree.exchange", lambda one, other: False)
    stage = Stage(tmp_path / "output")

    def made(data: bytes) -> dict[str, bytes]:
        stage.begin()
        stage.write("a", data)
        stage.settle()
        return tree(tmp_path / "output")

    for data in (b"1", b"2", b"3"):
        assert made(data) == {"a": data}
        assert not (stage.room / "old").exists()
    rename = Path.rename
    for dies_at in (1, 2, 3):
        calls: list[Path] = []

        def dying(path: Path, target: Path, calls: list[Path] = calls, dies_at: int = dies_at) -> Path:
            calls.append(path)
            if len(calls) == dies_at:
                raise KeyboardInterrupt
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", dying)
        with pytest.raises(KeyboardInterrupt):
            made(b"dying %d" % dies_at)
        monkeypatch.setattr(Path, "rename", rename)
        stage.begin()
        assert tree(tmp_path / "output") == {"a": {1: b"3", 2: b"after 1", 3: b"dying 3"}[dies_at]}
        stage.discard()
        assert made(b"after %d" % dies_at) == {"a": b"after %d" % dies_at}
        assert {path.name for path in stage.room.iterdir()} <= {"lock", "spare"}


@pytest.mark.parametrize("damage", ["a killed build", "a hand"])
def test_what_is_remembered_is_first_looked_at(tmp_path: Path, damage: str) -> None:
    """A stage that remembers begins where a build was killed, or where someone has been at the output."""

    def made(stage: Stage, data: bytes) -> dict[str, bytes]:
        stage.begin()
        for name in ("a", "b"):
            stage.write(name, data)
        stage.settle()
        return tree(tmp_path / "output")

    for data in (b"1", b"2"):
        made(Stage(tmp_path / "output"), data)
    if damage == "a hand":
        (tmp_path / "output" / "a").unlink()
    else:
        dying = Stage(tmp_path / "output")
        dying._bring_up_to_date = lambda stale: os._exit(0)  # type: ignore[method-assign]
        child = os.fork()
        if child == 0:
            made(dying, b"3")
        os.waitpid(child, 0)
        assert tree(tmp_path / "output") == {"a": b"3", "b": b"3"}
    stage = Stage(tmp_path / "output", remembers=True)
    for data in (b"2", b"2", b"2", b"3", b"3"):
        assert made(stage, data) == {"a": data, "b": data}
        assert tree(stage.spare) == {"a": data, "b": data}


@pytest.mark.parametrize("module", ["plugins.nothing", "plugins.staging.nothing"])
def test_a_plugin_that_cannot_be_loaded_ends_the_build(site: Site, module: str) -> None:
    """Pelican only logs it, and would publish the site without what the plugin does."""
    site.write("content/pages/about.md", PAGE)
    config = site.root / "pelicanconf.py"
    config.write_text(config.read_text() + f'\nPLUGINS = [*PLUGINS, "{module}"]\n')
    ran = site.invoke("build")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert module in ran.stderr
    assert not (site.root / "output").exists()
