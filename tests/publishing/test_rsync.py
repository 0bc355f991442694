"""A folder behind an sshd that the test starts on this machine."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.destination import Difference, PublishError
from plugins.publishing.folder import hashed
from plugins.publishing.rsync import Rsync, parse_changes


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name, text in {"index.html": "home", "a b/ü.html": "x", "files/cv.pdf": "%PDF"}.items():
        (tmp_path / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "output" / name).write_text(text)
    return tmp_path / "output"


def test_first_repeated_changed_deleted(
    ssh: str, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder becomes the site, a repetition sends nothing, and what left the site is deleted; in any locale."""
    monkeypatch.setenv("LC_ALL", "C")
    live = tmp_path / "live"
    target = Rsync(output, f"{getpass.getuser()}@127.0.0.1:{live}", ssh)
    assert [path for path, _ in target.compare().added] == ["a b/ü.html", "files/cv.pdf", "index.html"]
    assert not live.exists()
    target.send()
    assert hashed(live) == hashed(output)
    assert not target.compare()
    (output / "files/cv.pdf").unlink()
    (output / "index.html").write_text("Home")
    changes = target.compare()
    assert (changes.changed, changes.deleted) == ((("index.html", 4),), (("files/cv.pdf", 0),))
    target.send()
    assert "holds exactly this site" in target.verify()
    assert hashed(live) == hashed(output)


def test_what_is_not_ours_stays(output: Path, tmp_path: Path, need: Callable[..., str]) -> None:
    """Whatever its name has; what a publication wrote and the site no longer has goes, and a folder in the way is named."""
    need("rsync", "rsync")
    names = ["wiki/start", "a*[b]?", "a\\#012b", "back\\slash*", " blank", "line\nbreak", "\udcff"]
    live = tmp_path / "live"
    for name in [*names, "a*[b]x", "index.html"]:
        (live / name).parent.mkdir(parents=True, exist_ok=True)
        (live / name).write_text("theirs")
    target = Rsync(output, str(live), "ssh")
    assert set(target.compare().kept) == {*names, "a*[b]x"}
    target.send()
    assert "holds exactly this site" in target.verify()
    assert all((live / name).read_text() == "theirs" for name in names)
    assert (live / "index.html").read_text() == "home"
    (output / "files/cv.pdf").unlink()
    (live / "a*[b]x").unlink()
    assert target.compare().deleted == (("files/cv.pdf", 0),)
    target.send()
    assert hashed(live).keys() == hashed(output).keys() | set(names)
    (output / "wiki").write_text("x")
    with pytest.raises(PublishError, match="'wiki/start' is in the way of the site's 'wiki'"):
        target.compare()


def test_what_a_killed_rsync_has_left_is_no_part_of_the_site(
    output: Path, tmp_path: Path, need: Callable[..., str]
) -> None:
    """The files that it had received, of pages that have gone since, are removed, whether or not the site differs."""
    need("rsync", "rsync")
    live = tmp_path / "live"
    target = Rsync(output, str(live), "ssh")
    target.send()
    left = [".~tmp~/gone.html", "..frontispiece.json.x0Y1z2", ".index.html.aBcDeF", "files/.~tmp~/cv.pdf"]
    theirs = [".else.html.aBcDeF", ".index.html.backup", "files/.index.html.aBcDeF"]
    for path in left + theirs:
        (live / path).parent.mkdir(exist_ok=True)
        (live / path).write_text("not to be published")
    changes = target.compare()
    assert sorted(path for path, _ in changes.deleted) == sorted(left)
    assert changes.kept == tuple(theirs)
    target.send()
    assert not target.compare()
    assert hashed(live).keys() == hashed(output).keys() | set(theirs)


def test_somebody_changed_a_file(ssh: str, output: Path, tmp_path: Path) -> None:
    """A file that is not what was sent is found, though size and time are the same."""
    live = tmp_path / "live"
    target = Rsync(output, f"{getpass.getuser()}@127.0.0.1:{live}", ssh)
    target.send()
    (live / "index.html").write_text("hxme")
    with pytest.raises(PublishError, match="differs from what was sent"):
        target.verify()
    target.send()
    assert hashed(live) == hashed(output)


def test_files_that_only_look_different_are_not_sent(ssh: str, output: Path, tmp_path: Path) -> None:
    """A build that rewrites a file without changing it publishes nothing, whatever the time and mode of the file."""
    target = Rsync(output, f"{getpass.getuser()}@127.0.0.1:{tmp_path / 'live'}", ssh)
    target.send()
    os.utime(output / "index.html", (1e9, 1e9))
    (output / "files").chmod(0o700)
    assert not target.compare()


@pytest.mark.parametrize(
    ("line", "kind", "entry"),
    [
        pytest.param("<f+++++++++ 12 a.html", "added", ("a.html", 12), id="a new file"),
        pytest.param(">f+++++++++ 12 a b/ü.html", "added", ("a b/ü.html", 12), id="a new file in a local folder"),
        pytest.param("<fcst...... 5 a.html", "changed", ("a.html", 5), id="other bytes"),
        pytest.param("<fc.t...... 5 a.html", "changed", ("a.html", 5), id="other bytes of the same size"),
        pytest.param("<f..t...... 5 a.html", None, None, id="another time only"),
        pytest.param(".f...p..... 5 a.html", None, None, id="another mode only"),
        pytest.param("cd+++++++++ 4096 a/", None, None, id="a new folder"),
        pytest.param(".d..t...... 4096 a/", None, None, id="a folder's time"),
        pytest.param("*deleting   0 a b.html", "deleted", ("a b.html", 0), id="a deleted file"),
    ],
)
def test_rsyncs_change_flags(line: str, kind: str | None, entry: tuple[str, int] | None) -> None:
    """What rsync itemizes becomes an addition, a change, a deletion, or nothing."""
    assert parse_changes(f"{line}\n") == (Difference(**{kind: (entry,)}) if kind else Difference())


def test_nobody_answers(output: Path, need: Callable[..., str]) -> None:
    """A machine that cannot be reached is one line."""
    need("rsync", "rsync")
    with pytest.raises(PublishError, match=r"^rsync: .*nothing is lost, publish again$"):
        Rsync(output, "127.0.0.1:/x", "ssh -p 9 -o BatchMode=yes").compare()


def test_no_earlier_site(output: Path) -> None:
    """rsync keeps nothing to go back to, and says what to do instead."""
    with pytest.raises(PublishError, match="keeps no earlier site; check out the earlier commit"):
        Rsync(output, "x:/y", "ssh").roll_back()
