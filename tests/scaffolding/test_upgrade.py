"""`frontispiece upgrade`: files that the owner has not changed are refreshed, and no others."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.problems import ContentError
from plugins.scaffolding import Owner, differences, files, new_site, upgrade
from plugins.scaffolding.files import fingerprint
from plugins.scaffolding.upgrading import changes_since
from plugins.transaction import restore
from tests.killing import die, faulty, fill_disk, tree

GENERATED = [
    ".github/dependabot.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    "README.md",
    "requirements.txt",
    "tasks.py",
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site that release 0.1.0 made."""
    new_site(tmp_path / "site", Owner("Ann Lee", "https://ann.example"), "0.1.0")
    return tmp_path / "site"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the release generate other files: one more line in each, and one file more."""
    now = files.generated

    def generated(version: str) -> dict[str, bytes]:
        changed = {path: data + b"# new\n" for path, data in now(version).items()}
        return {**changed, ".github/CODEOWNERS": b"* @ann\n"}

    monkeypatch.setattr("plugins.scaffolding.upgrading.generated", generated)


def snapshot(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def test_the_same_release_changes_nothing(site: Path) -> None:
    before = snapshot(site)
    done = upgrade(site, "0.1.0")
    assert (done.refreshed, done.left, done.news) == ((), {}, "")
    assert snapshot(site) == before
    assert str(done) == "every generated file is as frontispiece 0.1.0 writes it"


@pytest.mark.usefixtures("later")
def test_unchanged_files_are_refreshed_and_new_ones_written(site: Path) -> None:
    before = snapshot(site)
    done = upgrade(site, "0.2.0")
    assert sorted(done.refreshed) == sorted([*GENERATED, ".github/CODEOWNERS"])
    assert done.left == {}
    assert changed(before, snapshot(site)) == sorted([*GENERATED, ".github/CODEOWNERS", ".frontispiece"])
    assert b"frontispiece==0.2.0\n" in (site / "requirements.txt").read_bytes()
    assert upgrade(site, "0.2.0").refreshed == (), "a second run has nothing to do"


@pytest.mark.usefixtures("later")
def test_the_report_ends_with_what_is_new(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.scaffolding.upgrading.changes_since", lambda version: f"News since {version}.")
    report = str(upgrade(site, "0.2.0")).splitlines()
    assert report[0] == "refreshed .github/dependabot.yml"
    assert report[-4:] == ["", "What is new:", "", "News since 0.1.0."]


@pytest.mark.usefixtures("later")
def test_what_the_owner_has_changed_or_removed_is_left_each_time(site: Path) -> None:
    (site / "README.md").write_text("mine")
    (site / ".github/dependabot.yml").unlink()
    (site / ".github/CODEOWNERS").write_text("mine too")
    for _ in range(2):
        done = upgrade(site, "0.2.0")
        assert done.left == {
            ".github/dependabot.yml": "you have removed it",
            "README.md": "you have changed it",
            ".github/CODEOWNERS": "you have changed it",
        }
    assert (site / "README.md").read_text() == "mine"
    assert (site / ".github/CODEOWNERS").read_text() == "mine too"
    assert not (site / ".github/dependabot.yml").exists()
    assert str(done).splitlines() == [
        "left .github/dependabot.yml: you have removed it",
        "left README.md: you have changed it",
        "left .github/CODEOWNERS: you have changed it",
        "`frontispiece upgrade --diff` shows what this version would write there",
    ]


@pytest.mark.usefixtures("later")
def test_a_version_that_a_bot_has_raised_is_no_change_of_the_owners(site: Path) -> None:
    requirements = site / "requirements.txt"
    requirements.write_bytes(requirements.read_bytes().replace(b"frontispiece==0.1.0", b"frontispiece==0.2.0"))
    assert "requirements.txt" in upgrade(site, "0.2.0").refreshed
    requirements.write_bytes(requirements.read_bytes() + b"boto3\n")
    assert list(upgrade(site, "0.3.0").left) == ["requirements.txt"]


@pytest.mark.usefixtures("later")
def test_line_ends_that_git_has_changed_are_no_change_of_the_owners(site: Path) -> None:
    for path in GENERATED:
        (site / path).write_bytes((site / path).read_bytes().replace(b"\n", b"\r\n"))
    (site / ".frontispiece").write_bytes((site / ".frontispiece").read_bytes().replace(b"\n", b"\r\n"))
    assert set(GENERATED) <= set(upgrade(site, "0.2.0").refreshed)


def test_a_file_that_differs_in_its_line_ends_alone_is_up_to_date(site: Path) -> None:
    (site / "README.md").write_bytes((site / "README.md").read_bytes().replace(b"\n", b"\r\n"))
    assert upgrade(site, "0.1.0").refreshed == ()


@pytest.mark.usefixtures("later")
def test_a_file_that_the_owner_restores_is_refreshed_next_time(site: Path) -> None:
    original = (site / "README.md").read_bytes()
    (site / "README.md").write_text("mine")
    upgrade(site, "0.2.0")
    (site / "README.md").write_bytes(original)
    assert upgrade(site, "0.2.0").refreshed == ("README.md",)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("fault", [die, fill_disk], ids=["killed", "error"])
def test_an_upgrade_that_fails_at_any_operation_is_none_or_completed_by_the_next(
    site: Path, fault: Callable[[], None]
) -> None:
    before, number = tree(site), 0
    while faulty(lambda: upgrade(site, "0.2.0"), site, number := number + 5, fault):
        assert fault is die or tree(site) == before
        if number % 2:  # the next one begins with what the killed one has left
            restore(site)
    assert number > 20
    assert fingerprint((site / "README.md").read_bytes()) in (site / ".frontispiece").read_text()
    assert upgrade(site, "0.2.0").left == {}
    assert (site / ".github/CODEOWNERS").is_file()
    assert not list(site.glob(".staging*"))


def test_the_record_is_needed(site: Path) -> None:
    (site / ".frontispiece").unlink()
    with pytest.raises(ContentError) as raised:
        upgrade(site, "0.2.0")
    assert str(raised.value) == (
        ".frontispiece: is missing: it records which files are generated; "
        "restore it from git, or see `frontispiece upgrade --diff`"
    )
    assert not (site / ".frontispiece").exists()


def test_a_record_with_a_conflict_is_refused_with_its_lines(site: Path) -> None:
    record = site / ".frontispiece"
    record.write_text("<<<<<<< HEAD\nversion 0.1.0\n=======\n")
    with pytest.raises(ContentError) as raised:
        upgrade(site, "0.2.0")
    assert [str(problem) for problem in raised.value.problems] == [
        f".frontispiece:{line}: {text!r} is not a line that `frontispiece upgrade` writes; restore the file from git"
        for line, text in ((1, "<<<<<<< HEAD"), (3, "======="))
    ]


@pytest.mark.usefixtures("later")
def test_the_difference_is_a_patch_that_git_applies(site: Path) -> None:
    (site / "README.md").write_bytes("# Änn's page\nno end".encode())
    patch = differences(site, "0.2.0")
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=site, check=True)
    assert upgrade(site, "0.2.0").left == {}
    assert differences(site, "0.2.0") == ""


CHANGES = "# Changes\n\nWords.\n\n## 0.3.0\n\n- c\n\n## 0.2.0 (2026)\n\n- b\n\n## 0.1.0\n\n- a\n"


@pytest.mark.parametrize(
    ("version", "news"),
    [
        pytest.param("0.1.0", "## 0.3.0\n\n- c\n\n## 0.2.0 (2026)\n\n- b", id="all that came later"),
        pytest.param("0.2.0", "## 0.3.0\n\n- c", id="one release later"),
        pytest.param("0.3.0", "", id="nothing came later"),
        pytest.param("0.2.0.dev1", "## 0.3.0\n\n- c", id="of a version not listed, the newest"),
    ],
)
def test_the_news_are_the_sections_above(version: str, news: str) -> None:
    assert changes_since(version, CHANGES) == news
