"""A plain folder that changes places with the new site."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from plugins.publishing.destination import PublishError
from plugins.publishing.folder import Folder, files_below, hashed


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
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "b__.git__HEAD": "y"})
    output = site(tmp_path / "output", a="1", old="x")
    target = Folder(output, live)
    assert target.compare().kept == ("b/.git/HEAD",)
    target.send()
    (output / "old").unlink()
    assert target.compare().deleted == (("old", 1),)
    target.send()
    assert sorted(path.name for path in live.iterdir()) == [".frontispiece.json", ".git", "a", "b"]
    target.roll_back()
    assert sorted(path.name for path in live.iterdir()) == [".frontispiece.json", ".git", "a", "b", "old"]


def listing(folder: Path) -> dict[str, str]:
    """Return the texts of the files of a site, and the targets of its links."""
    texts = {}
    for path in files_below(folder):
        file = folder / path
        texts[path] = f"-> {file.readlink()}" if file.is_symlink() else file.read_text()
    return texts


@pytest.mark.usefixtures("swap")
def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """Files, links, closed and empty folders: through publications and back again, as they are at the time."""
    live = site(tmp_path / "live", wiki__start="w", index="theirs")
    (live / "gone").symlink_to("nowhere")
    (live / "empty").mkdir()
    (live / "wiki").chmod(0o700)
    output = site(tmp_path / "output", index="1", a__b="1")
    target = Folder(output, live)
    changes = target.compare()
    assert (changes.changed, changes.deleted, changes.kept) == ((("index", 1),), (), ("gone", "wiki/start"))
    target.send()
    theirs = {"gone": "-> nowhere", "wiki/start": "w"}
    assert listing(live) == {"index": "1", "a/b": "1", **theirs}
    assert (live / "empty").is_dir()
    assert (live / "wiki").stat().st_mode & 0o777 == 0o700
    target.verify()
    assert not target.compare()
    (live / "wiki" / "start").write_text("later")
    site(live, new="n")
    (output / "a" / "b").unlink()
    target.send()
    theirs |= {"wiki/start": "later", "new": "n"}
    assert listing(live) == {"index": "1", **theirs}
    (live / "new").unlink()  # the previous deployment has a hard link to it
    site(live, new="newest", added="a")
    assert target.compare_previous().added == (("a/b", 1),)
    target.roll_back()
    assert listing(live) == {"index": "1", "a/b": "1", **theirs, "new": "newest", "added": "a"}


@pytest.mark.usefixtures("swap")
def test_what_was_replaced_comes_back(tmp_path: Path) -> None:
    """A file that was there before the site, at the path of one of its files, is in the previous deployment."""
    live = site(tmp_path / "live", index="theirs")
    target = Folder(site(tmp_path / "output", index="1"), live)
    target.send()
    target.roll_back()
    assert listing(live) == {"index": "theirs"}


@pytest.mark.parametrize("mounted", [True, False], ids=["known before", "only when it fails"])
def test_a_mount_point_is_updated_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: bool) -> None:
    """It cannot change places with another folder; what is not ours stays, and what is no longer ours goes."""
    live = site(tmp_path / "live", theirs="t")

    def busy(*arguments: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy", str(live))

    monkeypatch.setattr("plugins.publishing.folder.change_places", busy)
    if mounted:
        monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == live)
    output = site(tmp_path / "output", a="1", b__c="1", d="1")
    target = Folder(output, live)
    assert "--rollback is not possible" in target.send()
    for name in ("a", "b/c", "d"):
        (output / name).unlink()
    (output / "b").rmdir()
    site(output, a__x="2", b="2")
    target.send()
    (live / ".frontispiece-part").write_text("of a killed publication")
    target.verify()
    assert not (live / ".frontispiece-part").exists()
    assert listing(live) == {"theirs": "t", "a/x": "2", "b": "2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["live", "output"]
    with pytest.raises(PublishError, match="there is no previous deployment"):
        target.roll_back()


def test_a_link_to_a_folder_means_that_folder(tmp_path: Path) -> None:
    """The folder behind it becomes the site, and the link stays a link."""
    real = site(tmp_path / "srv" / "real", old="x")
    (tmp_path / "www").symlink_to(real)
    Folder(site(tmp_path / "output", a="1"), tmp_path / "www").send()
    assert (tmp_path / "www").readlink() == real
    assert listing(real) == {"a": "1", "old": "x"}


def test_a_fifo_is_not_read(tmp_path: Path) -> None:
    """Nobody writes into it, so that reading it would not end; it stays as anything else does."""
    live = site(tmp_path / "live", a="1")
    os.mkfifo(live / "pipe")
    target = Folder(site(tmp_path / "output", a="2"), live)
    assert target.compare().kept == ("pipe",)
    target.send()
    assert stat.S_ISFIFO((live / "pipe").stat().st_mode)


@pytest.mark.parametrize(
    ("rolls_back", "dies_at"),
    [(back, at) for back, renames in ((False, 6), (True, 4)) for at in range(1, renames + 1)],
)
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
    assert (live / "page").read_text() == ("three" if dies_at < 3 + (not rolls_back) else done)
    assert (live / ".git" / "HEAD").read_text() == "ref"
    assert {path.name for path in tmp_path.iterdir()} == {"live", "output", ".live.previous"}
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


def test_the_new_site_is_on_the_disk_before_it_is_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a machine that loses power could be left with empty files under the new names."""
    written: set[int] = set()
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        fsync(descriptor)
        written.add(os.fstat(descriptor).st_ino)

    def change_places(new: Path, live: Path, *others: object) -> None:
        assert {path.stat().st_ino for path in new.rglob("*") if path.is_file()} == written
        new.rename(live)

    monkeypatch.setattr("os.fsync", noted)
    monkeypatch.setattr("plugins.publishing.folder.change_places", change_places)
    Folder(site(tmp_path / "output", a="1", b__c="2"), tmp_path / "live").send()
    assert len(written) == 3


def test_a_repository_that_cannot_be_moved_back_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exchange has succeeded, the rest has not; the next publication completes it."""
    live = site(tmp_path / "live", **{".git__HEAD": "ref", "a": "1"})
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name == ".git":
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refused)
        with pytest.raises(PublishError, match="Permission denied"):
            Folder(site(tmp_path / "output", a="2"), live).send()
    Folder(site(tmp_path / "output", a="3"), live).send()
    assert (live / ".git" / "HEAD").read_text() == "ref"
    assert (live / "a").read_text() == "3"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param("output", "{}/output holds the output itself; name a folder of its own", id="the output"),
        pytest.param(".", "{} holds the output itself; name a folder of its own", id="a folder above the output"),
        pytest.param("project", "{}/project holds this project; name a folder of its own", id="the project"),
        pytest.param(
            "none/live", "{}/none does not exist; make it, or mount the share", id="a share that is not mounted"
        ),
        pytest.param("output/a", "{}/output/a is a file; name a folder", id="a file"),
        pytest.param(
            "dangling",
            "{0}/dangling is a link to {0}/nowhere, which does not exist; make that folder, or correct the link",
            id="a link to nowhere",
        ),
        pytest.param(
            "file-in-the-way",
            "'a' is in the way of the site's 'a/b', and no publication of this site wrote it; move it away",
            id="a file where the site has a folder",
        ),
        pytest.param(
            "folder-in-the-way",
            "'c/d' is in the way of the site's 'c', and no publication of this site wrote it; move it away",
            id="a folder where the site has a file",
        ),
        pytest.param(
            "loop",
            "{0}/loop is a link to {0}/loop, which does not exist; make that folder, or correct the link",
            id="a link to itself",
        ),
    ],
)
def test_a_folder_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, line: str) -> None:
    """A folder that must not or cannot be replaced is refused before anything happens."""
    output = site(tmp_path / "output", a__b="1", c="2") if path != "output/a" else site(tmp_path / "output", a="1")
    site(tmp_path / "file-in-the-way", a="1")
    site(tmp_path / "folder-in-the-way", c__d="1")
    site(tmp_path / "project", x="1")
    monkeypatch.chdir(tmp_path / "project")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = hashed(tmp_path)
    with pytest.raises(PublishError) as error:
        Folder(output, tmp_path / path).compare()
    assert str(error.value) == line.format(tmp_path)
    assert hashed(tmp_path) == before


def full(source: Path, to: Path, *others: object) -> None:
    raise OSError(28, "No space left on device", str(to))


@pytest.mark.parametrize(
    ("name", "fails"),
    [
        pytest.param("shutil.copy2", full, id="while the site is copied"),
        pytest.param("carry", full, id="while the others' files are copied"),
    ],
)
def test_a_full_disk_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fails: Callable[..., None]
) -> None:
    """When the copy cannot be made, the folder is as it was, nothing is left beside it, and the error is one line."""
    live = site(tmp_path / "live", a="old")
    target = Folder(site(tmp_path / "output", a="new"), live)
    monkeypatch.setattr(f"plugins.publishing.folder.{name}", fails)
    with pytest.raises(PublishError) as error:
        target.send()
    assert "No space left on device" in str(error.value)
    assert str(error.value).endswith("; the site is whole, the old one or the new")
    assert listing(live) == {"a": "old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["live", "output"]
