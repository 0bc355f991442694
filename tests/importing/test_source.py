"""The old site as a folder, a ZIP file or a git address; and hostile ones."""

import os
import shutil
import stat
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from plugins.importing import import_site, opened, source
from plugins.problems import ContentError
from tests.conftest import Site
from tests.importing.checkouts import FILES, compose, page


def zipped(folder: Path, archive: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                made.write(file, f"{inside}{file.relative_to(folder).as_posix()}")
    return archive


@pytest.mark.parametrize("inside", ["", "annlee.github.io-main/"])
def test_a_zip_file_is_as_good_as_its_folder(whole: Path, site: Site, tmp_path: Path, inside: str) -> None:
    """As GitHub makes it, with a folder around the rest, and as others do."""
    with opened(str(zipped(whole, tmp_path / "site.zip", inside))) as folder:
        of_zip = import_site(folder, site.root).written
    assert of_zip == import_site(whole, tmp_path / "other").written
    assert (site.root / "content/publications/papers/neurons.pdf").read_bytes() == b"%PDF neurons"


def test_a_git_address_is_cloned(whole: Path, site: Site, need: object) -> None:
    git = shutil.which("git") or pytest.skip("git is not installed")
    shutil.rmtree(whole / ".git")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run([git, *command], cwd=whole, check=True)
    with opened(f"file://{whole}") as folder:
        assert "content/pages/about.md" in import_site(folder, site.root).written
    assert not folder.exists()


def test_without_git_an_address_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with (
        pytest.raises(ContentError, match="git is not installed; install git, or name a ZIP file"),
        opened("https://a.b/c"),
    ):
        pass


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("nowhere", "nowhere: is missing; name the folder of the old site", id="nothing there"),
        pytest.param("notes.txt", "is not a ZIP file that can be read", id="another file"),
        pytest.param("file:///nowhere.git", "cannot be cloned: ", id="no repository"),
        pytest.param("-oProxyCommand=x.git", "is not a git address", id="an option"),
    ],
)
def test_what_is_no_site_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("x")
    with pytest.raises(ContentError, match=message), opened(name):
        pass


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:/evil.txt"])
def test_a_zip_file_writes_nowhere_else(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(name, "x")
    with pytest.raises(ContentError, match="leaves the folder of the ZIP file"), opened(str(archive)):
        pass


def test_a_link_in_a_zip_file_is_left_out(tmp_path: Path) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "x")
        link = zipfile.ZipInfo("key.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    with opened(str(archive)) as folder:
        assert [file.name for file in folder.iterdir()] == ["a.txt"]


def test_a_zip_file_that_unpacks_to_much_more_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever size it states."""
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(8 << 20))
    monkeypatch.setattr(source, "MOST_BYTES", 4 << 20)
    with pytest.raises(ContentError, match="unpacks to more than"), opened(str(archive)):
        pass


def test_a_zip_file_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_FILES", 3)
    archive = zipped(compose(tmp_path / "x", {f"{n}.txt": "x" for n in range(4)}), tmp_path / "site.zip")
    with pytest.raises(ContentError, match="holds 4 files"), opened(str(archive)):
        pass


def test_two_thousand_entries_take_seconds(tmp_path: Path, site: Site) -> None:
    """Ten are allowed on a machine that does nothing else."""
    body = "On the number of spikes. " * 20
    head = "collection: publications\ndate: 2020-01-02\nvenue: 'Nature'\ncitation: 'Lee, A. (2020). Neurons.'\n"
    entries = {
        f"_publications/2020-01-02-{n}.md": page(f"/publication/{n}", body, f"Paper {n}", head) for n in range(2000)
    }
    checkout = compose(tmp_path / "checkout", {**FILES, **entries})
    begin = time.process_time()
    done = import_site(checkout, site.root)
    assert time.process_time() - begin < 10
    assert len([path for path in done.written if path.startswith("content/publications/")]) == 2003


@pytest.mark.skipif(os.name == "nt", reason="Windows takes too long to write them")
def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from plugins.importing import checkout

    monkeypatch.setattr(checkout, "MOST_FILES", 5)
    with pytest.raises(ContentError, match="holds more than 5 files"):
        import_site(compose(tmp_path / "checkout"), site.root)
