"""A plain folder that changes places with the new site."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.destination import PublishError
from plugins.publishing.folder import Folder, hashed
from plugins.staging.exchange import exchange


def no_exchange(one: Path, other: Path) -> bool:
    """Stand for a disk that cannot let two folders change places in one step."""
    return False


def site(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(params=[exchange, no_exchange], ids=["in one step", "by two renames"])
def swap(request: pytest.FixtureRequest) -> Callable[[Path, Path], bool]:
    swap: Callable[[Path, Path], bool] = request.param
    return swap


def test_first_repeated_changed_deleted(tmp_path: Path, swap: Callable[[Path, Path], bool]) -> None:
    """The folder becomes the site, a repetition changes nothing, and what is gone from the site goes."""
    output = site(tmp_path / "output", a="1", b__c="2")
    target = Folder(output, tmp_path / "live", swap)
    assert [path for path, _ in target.compare().added] == ["a", "b/c"]
    target.send()
    assert "holds exactly this site" in target.verify()
    assert not target.compare()
    (output / "a").unlink()
    site(output, b__c="3", d="4")
    changes = target.compare()
    assert (changes.added, changes.changed, changes.deleted) == ((("d", 1),), (("b/c", 1),), (("a", 1),))
    target.send()
    assert hashed(tmp_path / "live") == hashed(output)


def test_rolling_back_and_forth(tmp_path: Path, swap: Callable[[Path, Path], bool]) -> None:
    """The site before comes back, and the one after it comes back again."""
    output = site(tmp_path / "output", a="1")
    target = Folder(output, tmp_path / "live", swap)
    with pytest.raises(PublishError, match="there is no previous deployment"):
        target.roll_back()
    target.send()
    site(output, a="2")
    target.send()
    target.roll_back()
    assert (tmp_path / "live" / "a").read_text() == "1"
    target.roll_back()
    assert (tmp_path / "live" / "a").read_text() == "2"


def test_a_checkout_keeps_its_repository(tmp_path: Path, swap: Callable[[Path, Path], bool]) -> None:
    """The .git of a folder that is a checkout stays in it, and is no part of the site."""
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "old": "x", "b__.git__HEAD": "y"})
    target = Folder(site(tmp_path / "output", a="1"), live, swap)
    assert target.compare().deleted == (("b/.git/HEAD", 1), ("old", 1))
    target.send()
    assert sorted(path.name for path in live.iterdir()) == [".git", "a"]
    target.roll_back()
    assert sorted(path.name for path in live.iterdir()) == [".git", "b", "old"]


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """After a kill the folder is the old site or the new one, with its repository once it is published again."""
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "page": "old"})
    output = site(tmp_path / "output", page="new", **{f"f{n}": "x" * 1000 for n in range(300)})
    old, new = hashed(live), hashed(output)
    for delay in [n / 2000 for n in range(40)]:
        pid = os.fork()
        if pid == 0:
            target = Folder(output, live, exchange)
            target.compare()
            target.send()
            os._exit(0)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert hashed(live) in (old, new)
    target = Folder(output, live, exchange)
    target.compare()
    target.send()
    assert hashed(live) == new
    assert (live / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        pytest.param("output", "holds the output itself", id="the output"),
        pytest.param(".", "holds the output itself", id="a folder above the output"),
        pytest.param("none/live", "does not exist; make it, or mount the share", id="a share that is not mounted"),
        pytest.param("output/a", "is a file; name a folder", id="a file"),
    ],
)
def test_a_folder_that_cannot_be_used(tmp_path: Path, path: str, why: str) -> None:
    """A folder that must not or cannot be replaced is refused before anything happens."""
    output = site(tmp_path / "output", a="1")
    with pytest.raises(PublishError, match=why):
        Folder(output, tmp_path / path, exchange).compare()
    assert hashed(output) == hashed(site(tmp_path / "same", a="1"))


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the copy cannot be made, the folder is as it was and the word is one line."""
    live = site(tmp_path / "live", a="old")
    target = Folder(site(tmp_path / "output", a="new"), live, exchange)

    def full(source: Path, to: Path) -> None:
        raise OSError(28, "No space left on device", str(to))

    monkeypatch.setattr("plugins.publishing.folder.shutil.copytree", full)
    with pytest.raises(PublishError, match="No space left on device"):
        target.send()
    assert (live / "a").read_text() == "old"
