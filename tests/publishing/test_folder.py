"""A plain folder that changes places with the new site."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from plugins.publishing.destination import PublishError
from plugins.publishing.folder import Folder, hashed


def site(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(params=["in one step", "by two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exchange folders as this system does, and as one does that can only rename."""
    if request.param == "by two renames":
        monkeypatch.setattr("plugins.exchange.exchange", lambda one, other: False)


@pytest.mark.usefixtures("swap")
def test_first_repeated_changed_deleted(tmp_path: Path) -> None:
    """The folder becomes the site, a repetition changes nothing, and what is gone from the site goes."""
    output = site(tmp_path / "output", a="1", b__c="2")
    target = Folder(output, tmp_path / "live")
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


@pytest.mark.usefixtures("swap")
def test_rolling_back_and_forth(tmp_path: Path) -> None:
    """The site before comes back, and the one after it comes back again."""
    output = site(tmp_path / "output", a="1")
    target = Folder(output, tmp_path / "live")
    with pytest.raises(PublishError, match="there is no previous deployment"):
        target.roll_back()
    target.send()
    site(output, a="2")
    target.send()
    target.roll_back()
    assert (tmp_path / "live" / "a").read_text() == "1"
    target.roll_back()
    assert (tmp_path / "live" / "a").read_text() == "2"


@pytest.mark.usefixtures("swap")
def test_a_checkout_keeps_its_repository(tmp_path: Path) -> None:
    """The .git of a folder that is a checkout stays in it, and is no part of the site."""
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "old": "x", "b__.git__HEAD": "y"})
    target = Folder(site(tmp_path / "output", a="1"), live)
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
            target = Folder(output, live)
            target.compare()
            target.send()
            os._exit(0)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert hashed(live) in (old, new)
    target = Folder(output, live)
    target.compare()
    target.send()
    assert hashed(live) == new
    assert (live / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize("rolls_back", [False, True], ids=["publication", "rollback"])
@pytest.mark.parametrize("dies_at", [1, 2, 3, 4])
def test_what_was_killed_between_two_renames_is_repaired(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    killed_at_rename: Callable[[int], AbstractContextManager[None]],
    dies_at: int,
    rolls_back: bool,
) -> None:
    """The folder is a whole site again, with its repository, and what was killed can be done once more."""
    monkeypatch.setattr("plugins.exchange.exchange", lambda one, other: False)
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "page": "one"})
    output = tmp_path / "output"
    for text in ("two", "three"):
        Folder(site(output, page=text), live).send()
    site(output, page="four")
    with killed_at_rename(dies_at):
        Folder(output, live).roll_back() if rolls_back else Folder(output, live).send()
    Folder(output, live).compare()
    done = "two" if rolls_back else "four"
    assert (live / "page").read_text() == ("three" if dies_at < 3 else done)
    assert (live / ".git" / "HEAD").read_text() == "ref"
    assert not (tmp_path / ".live.aside").exists()
    Folder(output, live).send()
    assert (live / "page").read_text() == "four"
    assert (live / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize("dies_at", [2, 3])
def test_a_rollback_repairs_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    killed_at_rename: Callable[[int], AbstractContextManager[None]],
    dies_at: int,
) -> None:
    """A publication that was killed can be rolled back at once."""
    monkeypatch.setattr("plugins.exchange.exchange", lambda one, other: False)
    live, output = tmp_path / "live", tmp_path / "output"
    Folder(site(output, page="one"), live).send()
    with killed_at_rename(dies_at):
        Folder(site(output, page="two"), live).send()
    if dies_at == 2:
        with pytest.raises(PublishError, match="there is no previous deployment"):
            Folder(output, live).roll_back()
    else:
        Folder(output, live).roll_back()
    assert (live / "page").read_text() == "one"


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
        Folder(output, tmp_path / path).compare()
    assert hashed(output) == hashed(site(tmp_path / "same", a="1"))


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the copy cannot be made, the folder is as it was and the word is one line."""
    live = site(tmp_path / "live", a="old")
    target = Folder(site(tmp_path / "output", a="new"), live)

    def full(source: Path, to: Path) -> None:
        raise OSError(28, "No space left on device", str(to))

    monkeypatch.setattr("plugins.publishing.folder.shutil.copytree", full)
    with pytest.raises(PublishError, match="No space left on device"):
        target.send()
    assert (live / "a").read_text() == "old"
