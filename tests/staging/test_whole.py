"""output/ is at every moment a whole site, and the same site wherever it is built."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder import build
from plugins.staging.tree import Stage
from tests.conftest import ROOT, SEED, Site

PAGE = "---\npermalink: /\n---\nHello\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_killed_builds_leave_whole_sites(site: Site) -> None:
    """`kill -9` at a random moment of 60 builds: the old site or the new one, and no litter after the next build."""
    ran = subprocess.run(
        [sys.executable, ROOT / "tests" / "staging" / "killed.py", site.root, "60"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    report = json.loads(ran.stdout.splitlines()[-1])
    assert report["faults"] == []
    assert report["killed"] > 15, report
    assert min(report["seen"].values()) > 5, report


def test_a_full_disk_leaves_the_site_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever write of a build it is that fails; and when there is space again, the next build is whole."""
    monkeypatch.chdir(site.root)
    page = site.write("content/pages/about.md", PAGE)
    assert not build("pelicanconf.py").failed
    before = tree(site.root / "output")
    write = os.write
    for left in range(3):
        page.write_text(f"{PAGE}\nChange {left}\n")
        writes = [True] * left

        def full(descriptor: int, data: bytes, writes: list[bool] = writes) -> int:
            if not writes:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(descriptor, data[: len(data) // 2] if writes.pop() else data)

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            built = build("pelicanconf.py")
        assert [str(problem) for problem in built.problems] == [
            "output: No space left on device; check its permissions and the disk"
        ]
        assert tree(site.root / "output") == before
    assert not build("pelicanconf.py").failed
    assert "Change 2" in (site.root / "output" / "index.html").read_text()


def test_a_full_disk_after_the_exchange_is_left_to_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new site is in place by then: only the spare is incomplete."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    stage = Stage(tmp_path / "output")
    for number, fails in enumerate([False, False, True, False]):
        stage.begin()
        stage.write("a", b"%d" % number)
        stage.write("b", b"b")
        with monkeypatch.context() as patch:
            if fails:
                patch.setattr("plugins.staging.files._link_or_copy", full)
            stage.settle()
        assert tree(stage.output) == {"a": b"%d" % number, "b": b"b"}
    assert tree(stage.spare) == tree(stage.output)


def test_a_small_disk(site: Site, tmp_path: Path) -> None:
    """On a tmpfs of one megabyte, which this test mounts below its own folder; skipped for a user, who may not."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("mounts a small tmpfs, which takes root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        root = disk / "site"
        shutil.copytree(site.root, root, symlinks=True)
        small = Site(root)
        small.write("content/pages/about.md", PAGE)
        assert small.invoke("build").returncode == 0
        before = tree(root / "output")
        filling = small.write("content/files/large.bin", b"x" * 500_000)
        ran = small.invoke("build")
        assert ran.returncode == 1
        assert "No space left on device" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert tree(root / "output") == before
        filling.unlink()
        small.write("content/pages/about.md", PAGE + "\nMore\n")
        assert small.invoke("build").returncode == 0
        assert "More" in (root / "output" / "index.html").read_text()
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("who", [pytest.param(0, id="as root"), pytest.param(65534, id="as anyone")])
def test_files_and_folders_that_cannot_be_written_are_no_obstacle(tmp_path: Path, who: int) -> None:
    if os.geteuid() and who == 0:
        pytest.skip("is not root")
    (tmp_path / "at").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "at", who, who)
        for folder in (tmp_path, *tmp_path.parents):
            folder.chmod(folder.stat().st_mode | 0o011) if folder.is_relative_to("/tmp/pytest-of-root") else None
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.geteuid() == 0 and who:
                os.setgid(who)
                os.setuid(who)
            stage = Stage(tmp_path / "at" / "output")
            for number in range(4):
                stage.begin()
                stage.write("a/b/c", b"%d" % number)
                if number < 2:
                    stage.write("a/d", b"d")
                stage.settle()
                assert (stage.output / "a/b/c").read_bytes() == b"%d" % number
                for path in (stage.output / "a/b/c", stage.output / "a/b", stage.output / "a", stage.output):
                    path.chmod(0o555 if path.is_dir() else 0o444)
            assert not (stage.output / "a/d").exists()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


def test_two_builds_at_once_both_end_well(site: Site) -> None:
    site.write("content/pages/about.md", PAGE)
    command = [sys.executable, "-m", "invoke", "build"]
    runs = [subprocess.Popen(command, cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
        assert out.startswith(b"output/: 1 page")
        assert not err.replace(f"waiting for another build of {site.root / 'output'}\n".encode(), b"")
    assert "Hello" in (site.root / "output" / "index.html").read_text()
    assert {path.name for path in (site.root / ".staging-output").iterdir()} == {"lock", "spare", "files.json"}


def test_a_build_is_the_same_wherever_and_whenever_it_is_made(
    site: Site, tmp_path: Path, need: Callable[..., str]
) -> None:
    """Another folder, day, time zone, locale, umask, hash seed, order and age of files: the same bytes and modes."""
    faketime = need("faketime", "faketime")
    site.write("content/pages/about.md", (SEED / "about.md").read_bytes())
    site.write("content/authors.yml", (SEED / "authors.yml").read_bytes())
    site.write("content/articles/post.md", "---\ntitle: Post\ndate: 2024-05-06\ntags: [b, a]\n---\nHello\n")
    for name in "cab":
        site.write(
            f"content/pages/{name}.md", f"---\ntitle: Ü {name}\nredirect_from: [/1{name}/, /2{name}]\n---\n$$x^2$$\n"
        )
        site.write(f"content/files/{name}.txt", name)
    other = tmp_path / "another place" / "site"
    shutil.copytree(site.root, other, symlinks=True, copy_function=shutil.copyfile)
    for folder in ("pages", "files"):  # made anew in another order, and long ago
        for path in sorted((other / "content" / folder).iterdir(), reverse=True):
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
            os.utime(path, (1e9, 1e9))
    circumstances = (
        (site.root, "2025-01-01 01:00:00", {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}, 0o022),
        (other, "2031-07-02 23:59:30", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LC_ALL": "C"}, 0o077),
    )
    made = []
    for root, day, environment, mask in circumstances:
        ran = subprocess.run(
            [faketime, day, sys.executable, "-m", "invoke", "build", "--production"],
            cwd=root,
            env={**os.environ, **environment},
            umask=mask,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        output = root / "output"
        modes = {path.relative_to(output).as_posix(): path.stat().st_mode for path in output.rglob("*")}
        made.append((tree(output), modes))
    assert made[0][0].keys() == made[1][0].keys()
    assert not [path for path, data in made[0][0].items() if made[1][0][path] != data]
    assert made[0][1] == made[1][1]


def test_invoke_build_costs_at_most_a_quarter_more_than_plain_pelican(seed_site: Site) -> None:
    """Whole process, median of five, in turns."""
    commands = {"invoke": ["-m", "invoke", "build"], "pelican": ["-m", "pelican", "--quiet"]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(6):
        for name, arguments in commands.items():
            before = os.times()
            subprocess.run(
                [sys.executable, *arguments], cwd=seed_site.root, capture_output=True, check=True, timeout=60
            )
            after = os.times()
            if turn:  # the first writes byte code
                times[name].append(
                    after.children_user + after.children_system - before.children_user - before.children_system
                )
    ratio = sorted(times["invoke"])[2] / sorted(times["pelican"])[2]
    print(f"invoke build takes {ratio:.2f} times as long as pelican")
    assert ratio <= 1.25
