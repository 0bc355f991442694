"""A folder behind an sshd that the test starts on this machine."""

import getpass
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.publishing.errors import PublishError
from plugins.publishing.folder import hashed
from plugins.publishing.rsync import Rsync
from tests.conftest import free_port, listening, missing


@pytest.fixture(scope="module")
def ssh(need: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an sshd of our own, with keys of our own; return the ssh command that reaches it."""
    folder = tmp_path_factory.mktemp("ssh")
    sshd, keygen = need("sshd", "openssh-server"), need("ssh-keygen", "openssh-client")
    need("rsync", "rsync")
    if os.geteuid() == 0 and not Path("/run/sshd").is_dir():
        missing("/run/sshd does not exist, without which root's sshd does not start (mkdir /run/sshd)")
    for name in ("host", "user"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    port = free_port()
    (folder / "config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
    )
    with listening([sshd, "-D", "-e", "-f", str(folder / "config")], port, folder / "log"):
        yield (
            f"ssh -p {port} -i {folder}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
            " -o LogLevel=ERROR -o BatchMode=yes"
        )


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name, text in {"index.html": "home", "a b/ü.html": "x", "files/cv.pdf": "%PDF"}.items():
        (tmp_path / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "output" / name).write_text(text)
    return tmp_path / "output"


def test_first_repeated_changed_deleted(ssh: str, output: Path, tmp_path: Path) -> None:
    """The folder becomes the site, a repetition sends nothing, and what left the site goes."""
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
    assert "holds exactly this site" in target.look()
    assert hashed(live) == hashed(output)


def test_somebody_changed_a_file(ssh: str, output: Path, tmp_path: Path) -> None:
    """A file that is not what was sent is found, though size and time are the same."""
    live = tmp_path / "live"
    target = Rsync(output, f"{getpass.getuser()}@127.0.0.1:{live}", ssh)
    target.send()
    (live / "index.html").write_text("hxme")
    with pytest.raises(PublishError, match="differs from what was sent"):
        target.look()
    target.send()
    assert hashed(live) == hashed(output)


def test_killed_half_way(ssh: str, output: Path, tmp_path: Path) -> None:
    """Broken off, every file is the old one or the new one, and sending again completes it."""
    live = tmp_path / "live"
    target = Rsync(output, f"{getpass.getuser()}@127.0.0.1:{live}", ssh)
    target.send()
    old = hashed(live)
    for number in range(200):
        (output / f"page{number}.html").write_text("x" * 20_000)
    (output / "index.html").write_text("new home")
    new = hashed(output)
    for delay in (0.1, 0.2, 0.3):
        run = subprocess.Popen(
            ["rsync", "-r", "--delay-updates", "--rsh", ssh, f"{output}/", target.to], stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        run.kill()
        run.wait()
        for path, file in hashed(live).items():
            if not path.startswith(".~tmp~") and "/.~tmp~" not in path and not path.startswith("."):
                assert file in (old.get(path), new.get(path)), path
    target.send()
    assert hashed(live) == new


def test_nobody_answers(output: Path, need: Callable[..., str]) -> None:
    """A machine that cannot be reached is one line."""
    need("rsync", "rsync")
    with pytest.raises(PublishError, match=r"^rsync: .*nothing is lost, publish again$"):
        Rsync(output, "127.0.0.1:/x", "ssh -p 9 -o BatchMode=yes").compare()


def test_no_earlier_site(output: Path) -> None:
    """rsync keeps nothing to go back to, and says what to do instead."""
    with pytest.raises(PublishError, match="keeps no earlier site; check the earlier commit out"):
        Rsync(output, "x:/y", "ssh").roll_back()
