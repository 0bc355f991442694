"""A build happens beside output/ and replaces it when it is whole."""

import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from plugins.builder import build
from plugins.staging.tree import Stage
from tests.conftest import Site

PAGE = "---\npermalink: /\n---\nHello\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def names(site: Site) -> set[str]:
    return {path.name for path in site.root.iterdir()} - {"__pycache__"}


def test_a_first_build_leaves_the_site_its_record_and_the_cache(site: Site) -> None:
    before = names(site)
    site.write("content/pages/about.md", PAGE)
    ran = site.invoke("build")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1].startswith("output/: 1 page, 0 redirects, ")
    assert names(site) - before == {"output", ".cache", ".staging-output"}


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


def test_a_broken_template_is_reported_in_one_line_and_leaves_the_output_as_it_was(site: Site) -> None:
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
    with pytest.raises(ValueError, match="not the path of a file below the output folder"):
        stage.write(path, b"")
    stage.discard()
    assert [path.name for path in tmp_path.iterdir()] == [".staging-output"]


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


def test_files_of_a_build_that_somebody_edited_or_removed_are_restored(tmp_path: Path) -> None:
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


def test_two_stages_of_one_output_make_the_same_trees(tmp_path: Path) -> None:
    """Over 60 builds of random files, by two stages in turn, some of them discarded."""
    chance = random.Random(3)
    stages = [Stage(tmp_path / "output"), Stage(tmp_path / "output")]
    for _ in range(60):
        wanted = {f"{chance.randrange(4)}/{chance.randrange(3)}": b"%d" % chance.randrange(3) for _ in range(6)}
        plain = {f"plain{chance.randrange(3)}": b"%d" % chance.randrange(2)}
        for ends in (Stage.discard, Stage.settle) if chance.random() < 0.2 else (Stage.settle,):
            stage = chance.choice(stages)
            stage.begin()
            for path, data in wanted.items():
                stage.write(path, data)
            stage.new.mkdir()
            for path, data in plain.items():
                (stage.new / path).write_bytes(data)
            ends(stage)
        assert tree(stage.output) == wanted | plain
        assert stage.made == (wanted | plain).keys()
        assert not stage.spare.exists() or tree(stage.spare) == wanted | plain


def test_a_build_reports_what_changed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """`invoke serve` reloads these files alone in an open page."""
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
