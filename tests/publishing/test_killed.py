"""Publications that are killed, or cut off, in the middle of the transfer: what is live then, and after the next one.

Each publishes a site of its own number, whose pages name the files that they need. The proxy before the server stops
after so many bytes; then our process is killed alone, or with those that it has started, or the connections are closed.
KILLS is their number for each target; `invoke bench kills` makes 60.
"""

import getpass
import io
import os
import random
import shutil
import signal
import subprocess
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from plugins.publishing.destination import Destination, PublishError
from plugins.publishing.folder import Folder
from plugins.publishing.git_branch import GitBranch
from plugins.publishing.keeping import RECORD, read_record
from plugins.publishing.rsync import Rsync
from plugins.publishing.s3 import S3
from tests.killing import ENDED, RAISED, die, faulty
from tests.publishing.conftest import Project, git
from tests.publishing.proxy import Proxy

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
KILLS = int(os.environ.get("KILLS", "3"))
WAYS = ("kill", "kill all", "cut")
Files = dict[str, bytes]


def site_of(number: int) -> Files:
    """Return a site in which every file differs from every other site's, and some have another path."""
    data = random.Random(number).randbytes(50_000)
    needed = {f"files/data-{number}.bin": data, f"theme/{number}.css": b"a{}", "files/same.pdf": b"%PDF"}
    page = " ".join([str(number), *needed]).encode()
    pages = {"index.html": page, "a.html": page, f"sub/{number}.html": page, f"folder-{number}/x.html": page}
    return {**needed, **pages, "robots.txt": f"{number}".encode(), f"files/{number % 2}": b"a file or a folder"} | (
        {"files/f": page} if number % 2 else {"files/f/x.pdf": page}
    )


def write(output: Path, files: Files) -> None:
    shutil.rmtree(output, ignore_errors=True)
    for path, data in files.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)


def check_pages(live: Files, number: int) -> None:
    """Assert that every file is of the site ``number`` or of the one before, and that no page lacks what it needs."""
    sites = {each: site_of(each) for each in (number - 1, number)}
    for path, data in live.items():
        assert data in [site.get(path) for site in sites.values()], path
        if path.endswith(".html"):
            of, *needed = data.decode().split()
            assert {name: live.get(name) for name in needed} == {name: sites[int(of)][name] for name in needed}, path
    assert "index.html" in live


def publish(target: Destination) -> None:
    """Publish without another look at what is live: the test looks itself."""
    assert target.compare()
    target.send()


def report(target: str, hits: list[str]) -> None:
    """Print how many transfers were interrupted in which way, and assert that nearly all were."""
    print(f"{target}: {len(hits)} of {KILLS} in the transfer: {dict(Counter(hits))}")
    assert len(hits) >= KILLS * 0.9


def interrupt(send: Callable[[], object], proxy: Proxy, most: float, way: str) -> list[str]:
    """Interrupt a transfer after so many bytes; return the way if it had begun and not ended, else nothing."""
    proxy.limit(most, close=way == "cut")
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            send()
        except PublishError:
            os._exit(RAISED)
        os._exit(ENDED)
    running = os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT
    while not (hit := proxy.reached.wait(0.005)) and os.waitid(*running) is None:
        pass
    if hit and way == "kill":
        os.kill(child, signal.SIGKILL)
    elif hit and way == "kill all":
        os.killpg(child, signal.SIGKILL)
        proxy.close_all()  # and what it has written is lost on the way
    proxy.go_on()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in ((ENDED, RAISED) if way == "cut" or not hit else (-signal.SIGKILL,))
    ended = time.monotonic() + 20
    while time.monotonic() < ended:  # those that it has started may go on
        try:
            os.killpg(child, 0)
        except ProcessLookupError:
            return [way] if hit else []
        time.sleep(0.01)
    pytest.fail("a process of the publication does not end")


def rounds(first: int, *ways: str) -> Iterator[tuple[int, str, float]]:
    """Yield for each publication to interrupt its number, the way, and where: from 0 to 1, evenly over all."""
    for count in range(KILLS):
        yield first + 2 * count, ways[count % len(ways)], (count * 0.618 + 0.3) % 1


def measured(publication: Callable[[], object], proxy: Proxy) -> int:
    """Return how many bytes a publication sends."""
    proxy.limit(float("inf"))
    publication()
    return proxy.passed


@pytest.fixture
def through_proxy(ssh: str) -> Iterator[tuple[Proxy, str]]:
    """Return a proxy before the sshd, and the ssh command that goes through it."""
    port = ssh.split()[2]
    with Proxy(int(port)) as proxy:
        yield proxy, ssh.replace(f"-p {port}", f"-p {proxy.port}")


def test_git(project: Project, through_proxy: tuple[Proxy, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The branch is at the old commit or at the new one, whole, and the next publication needs nothing repaired."""
    proxy, ssh = through_proxy
    monkeypatch.setenv("GIT_SSH_COMMAND", ssh)
    git("remote", "set-url", "origin", f"ssh://{getpass.getuser()}@127.0.0.1{project.remote}", cwd=project.site.root)
    output = project.site.root.parent / "deployed"

    def branch(number: int) -> GitBranch:
        write(output, site_of(number))
        return project.branch()

    def live() -> Files:
        command = ["git", "archive", "gh-pages"]
        packed = subprocess.run(command, cwd=project.remote, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            files = {each.name: archive.extractfile(each) for each in archive if each.isfile()}
            return {name: data.read() for name, data in files.items() if data and name != ".nojekyll"}

    publish(branch(0))
    target = branch(1)
    target.compare()
    total = measured(target.send, proxy)
    hits: list[str] = []
    for number, way, where in rounds(2, *WAYS):
        target = branch(number)
        target.compare()
        hits += interrupt(target.send, proxy, 8_000 + where * (total - 9_000), way)
        assert live() in [site_of(number - 1), site_of(number)]
        publish(branch(number + 1))
        assert live() == site_of(number + 1)
    for repository in (project.remote, project.site.root / ".git"):
        assert not list(repository.rglob("*.lock"))
        git("fsck", "--strict", cwd=repository)
    report("git", hits)


def files_at(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != RECORD and not {".~tmp~", ".frontispiece-part"} & set(path.parts)
    }


def assert_is(folder: Path, files: Files) -> None:
    """Assert that a folder holds exactly a site and its record."""
    assert files_at(folder) == files
    assert read_record((folder / RECORD).read_bytes()) == files.keys()
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {*files, RECORD}


def test_rsync(through_proxy: tuple[Proxy, str], tmp_path: Path) -> None:
    """Each file is the old one or the new one, and every page finds what it needs."""
    proxy, ssh = through_proxy
    output, live = tmp_path / "output", tmp_path / "live"

    def target(number: int) -> Rsync:
        write(output, site_of(number))
        return Rsync(output, f"{getpass.getuser()}@127.0.0.1:{live}", ssh)

    target(0).send()
    compared = measured(target(1).compare, proxy)
    total = measured(target(1).send, proxy)
    hits: list[str] = []
    for number, way, where in rounds(2, *WAYS):
        hits += interrupt(target(number).send, proxy, compared + where * (total - compared - 1_000), way)
        check_pages(files_at(live), number)
        target(number + 1).send()
        assert_is(live, site_of(number + 1))
    report("rsync", hits)


def test_s3(store: Any, endpoint: str, tmp_path: Path) -> None:
    """Every page finds what it needs; a roll-back after a kill restores the site before; no object is left over.

    Our process is alone. What it has written arrives: the stand-in stores an object that was cut short, S3 does not.
    """
    output = tmp_path / "output"

    def target(number: int, port: int) -> S3:
        write(output, site_of(number))
        return S3(output, "web", "", f"http://127.0.0.1:{port}", "")

    def live() -> Files:
        found = store.list_objects_v2(Bucket="web")["Contents"]
        keys = [each["Key"] for each in found if not each["Key"].startswith(".frontispiece/")]
        return {key: store.get_object(Bucket="web", Key=key)["Body"].read() for key in keys}

    with Proxy(urlsplit(endpoint).port or 0) as proxy:
        publish(target(0, proxy.port))
        compared = measured(target(1, proxy.port).compare, proxy)
        total = measured(target(1, proxy.port).send, proxy)
        hits: list[str] = []
        for number, way, where in rounds(2, "kill", "cut"):
            hits += interrupt(target(number, proxy.port).send, proxy, compared + where * (total - compared - 500), way)
            check_pages(live(), number)
            if number % 4 == 0:  # and the roll-back is interrupted too
                interrupt(target(number, proxy.port).roll_back, proxy, where * 10_000, "kill")
                with suppress(PublishError):  # it had come to its end
                    S3(output, "web", "", endpoint, "").roll_back()
                assert live() in (site_of(number - 1), site_of(number - 2))
            publish(target(number + 1, proxy.port))
            assert live() == site_of(number + 1)
            if number % 4 == 2:  # the site before is the last whole one, not what the killed publication left
                S3(output, "web", "", endpoint, "").roll_back()
                assert live() in (site_of(number - 1), site_of(number))
                publish(target(number + 1, proxy.port))
        report("s3", hits)


@pytest.mark.parametrize("how", ["in one step", "by renames", "file by file"])
def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The folder is the old site or the new one, and beside it only the one before; file by file as with rsync."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)  # which waits for a disk that outlives a process anyway
    if how == "by renames":
        monkeypatch.setattr("plugins.exchange.exchange", lambda one, other: False)
    output, live = tmp_path / "output", tmp_path / "live"
    live.mkdir()
    if how == "file by file":
        monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == live)

    def target(number: int) -> Folder:
        write(output, site_of(number))
        return Folder(output, live)

    publish(target(0))
    publish(target(1))
    number, operation, ended = 2, 1, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        begun = target(number)
        ended = faulty(begun.send, tmp_path, operation, die)
        if how == "file by file":
            check_pages(files_at(live), number)
        else:
            if how == "by renames":
                begun.repair()
            assert files_at(live) in (site_of(number - 1), site_of(number))
            if number % 4 == 0:
                faulty(begun.roll_back, tmp_path, operation % 9, die)
                if how == "by renames":
                    begun.repair()
                assert files_at(live) in [site_of(number - back) for back in (0, 1, 2, 3)]
                begun.roll_back()
                assert files_at(live) in [site_of(number - back) for back in (0, 1, 2, 3)]
        publish(target(number + 1))
        assert_is(live, site_of(number + 1))
        assert {path.name for path in tmp_path.iterdir()} <= {"output", "live", ".live.previous"}
        number, operation = number + 2, operation + (1 if KILLS > 50 else 7)
    print(f"folder, {how}: {(number - 2) // 2} kills")
    assert ended == ENDED
    assert (number - 2) // 2 >= KILLS
