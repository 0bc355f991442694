"""`frontispiece new`: which files a new site has, what is in them, and what is never overwritten."""

import ast
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from plugins.problems import ContentError, InvalidValueError
from plugins.scaffolding import Owner, new_site
from plugins.scaffolding.creating import ask_owner, owner_name, site_address
from plugins.settings_source import with_settings
from plugins.transaction import WORKDIR
from tests.conftest import ROOT
from tests.killing import die, faulty, fill_disk

NAMES = ['Zoë "Z" O\'Neil\\', "宋宇航", "*Ann* [Lee](x)", "{name} %s #1: yes", "- a: b", "No", "𝔄nn 🦊"]
FILES = [
    ".frontispiece",
    ".github/dependabot.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    "README.md",
    "content/authors.yml",
    "content/files/.gitkeep",
    "content/images/.gitkeep",
    "content/pages/about.md",
    "content/root/.gitkeep",
    "pelicanconf.py",
    "publishconf.py",
    "requirements.txt",
    "tasks.py",
]


def constants(file: Path) -> dict[str, object]:
    """Return the settings of a module that are plain values."""
    body = ast.parse(file.read_text("utf-8")).body
    return {
        node.targets[0].id: node.value.value
        for node in body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }


def test_a_new_site_has_these_files_and_no_others(tmp_path: Path) -> None:
    written, _ = new_site(tmp_path / "a" / "site", Owner("Ann Lee"), "0.1.0")
    on_disk = [
        p.relative_to(tmp_path / "a" / "site").as_posix() for p in (tmp_path / "a" / "site").rglob("*") if p.is_file()
    ]
    assert written == sorted(on_disk) == FILES


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_escaped_for_python_and_yaml(tmp_path: Path, name: str) -> None:
    new_site(tmp_path, Owner(name, "https://zoe.github.io/lab"), "0.1.0")
    settings = constants(tmp_path / "pelicanconf.py")
    assert (settings["SITENAME"], settings["AUTHOR"]) == (name, name)
    assert list(yaml.safe_load((tmp_path / "content/authors.yml").read_text("utf-8"))) == [name]
    assert constants(tmp_path / "publishconf.py")["SITEURL"] == "https://zoe.github.io/lab"


def test_without_name_and_address_placeholders_are_written_and_reported(tmp_path: Path) -> None:
    _, warnings = new_site(tmp_path, Owner(), "0.1.0")
    assert [str(warning) for warning in warnings] == [
        "pelicanconf.py:7: warning: AUTHOR: is still a placeholder; write your name there and in content/authors.yml",
        "publishconf.py:9: warning: SITEURL: is still a placeholder; write where the site will be, unless GitHub Pages passes it in",
    ]
    for warning in warnings:
        assert (tmp_path / warning.path).read_text("utf-8").splitlines()[warning.line - 1].startswith(warning.key)
    assert new_site(tmp_path / "b", Owner("Ann", "https://ann.example"), "0.1.0")[1] == []


def test_existing_files_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/pages").write_text("a file where a folder would be")
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "tasks.py").symlink_to("nowhere")
    (tmp_path / "LICENSE").write_text("does not matter")
    with pytest.raises(ContentError) as raised:
        new_site(tmp_path, Owner("Ann Lee"), "0.1.0")
    there = tmp_path.as_posix()
    assert str(raised.value).splitlines() == [
        f"{there}/README.md: exists already; move it away, or name another folder",
        f"{there}/content/pages: is not a folder; move it away, or name another folder",
        f"{there}/tasks.py: exists already; move it away, or name another folder",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["LICENSE", "README.md", "content", "tasks.py"]


def test_an_unknown_option_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="--nmae: is an unknown option, not a folder; `frontispiece new --help`"):
        new_site(tmp_path / "--nmae", Owner("Ann Lee"), "0.1.0")
    assert not list(tmp_path.iterdir())


def test_a_folder_with_other_files_is_taken(tmp_path: Path) -> None:
    """A repository that was just created has a licence and `.git`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "LICENSE").write_text("mine")
    new_site(tmp_path, Owner("Ann Lee"), "0.1.0")
    assert (tmp_path / "LICENSE").read_text() == "mine"


@pytest.mark.parametrize("fault", [die, fill_disk], ids=["killed", "error"])
def test_a_failure_at_any_operation_leaves_no_half_site(tmp_path: Path, fault: Callable[[], None]) -> None:
    """An error leaves nothing; what a kill leaves is no obstacle to the next run."""
    number, folder = 0, tmp_path / "a" / "site"
    while faulty(lambda: new_site(folder, Owner("Ann"), "0.1.0"), folder, number := number + 5, fault):
        assert fault is die or not (tmp_path / "a").exists()
        if fault is die and (folder / ".frontispiece").exists() and not (folder / WORKDIR / "journal.json").exists():
            shutil.rmtree(folder)  # it was killed when all was done
    assert number > 40
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == FILES


def test_no_file_holds_a_path_of_this_machine(tmp_path: Path) -> None:
    written, _ = new_site(tmp_path, Owner("Ann Lee", "https://ann.example"), "0.1.0")
    for path in written:
        text = (tmp_path / path).read_text("utf-8")
        assert not [place for place in (str(tmp_path), str(ROOT), sys.prefix) if place in text], path


def test_an_import_is_part_of_the_new_site(tmp_path: Path) -> None:
    def import_into(site: Path) -> None:
        (site / "content/pages/about.md").write_text("imported")
        (site / "content/images/me.png").write_bytes(b"\x89PNG")
        settings = site / "publishconf.py"
        settings.write_text(with_settings(settings.read_text("utf-8"), {"SITEURL": "https://old.example"}), "utf-8")

    new_site(tmp_path / "a", Owner("Ann"), "0.1.0", import_into)
    assert (tmp_path / "a/content/pages/about.md").read_text() == "imported"
    assert (tmp_path / "a/content/images/me.png").is_file()
    assert constants(tmp_path / "a/publishconf.py")["SITEURL"] == "https://old.example"
    new_site(tmp_path / "b", Owner(site_url="https://new.example"), "0.1.0", import_into)
    assert constants(tmp_path / "b/publishconf.py")["SITEURL"] == "https://new.example", "the option goes first"


def test_nothing_is_written_if_the_import_fails(tmp_path: Path) -> None:
    def import_into(site: Path) -> None:
        raise ContentError([])

    with pytest.raises(ContentError):
        new_site(tmp_path / "site", Owner(), "0.1.0", import_into)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://ann.github.io/", "https://ann.github.io"),
        (" ann.github.io ", "https://ann.github.io"),
        ("http://localhost:8000/lab/", "http://localhost:8000/lab"),
        ("https://bücher.example", "https://bücher.example"),
        ("", ""),
    ],
)
def test_an_address_is_normalized(written: str, address: str) -> None:
    assert site_address(written) == address


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("ftp://ann.example", "is not the address of a site"),
        ("https://", "is not the address of a site"),
        ("ann lee", "is not the address of a site"),
        ("https://ann.example:port", "is not the address of a site"),
        ("https://[ann", "is not the address of a site"),
        ("https://ann.example\n/x", "is not the address of a site"),
        ("https://ann.example/?a=1", "has more than a host and a path"),
        ("https://ann.example/#top", "has more than a host and a path"),
        ("https://me:secret@ann.example", "has more than a host and a path"),
    ],
)
def test_what_is_not_an_address_is_refused(written: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        site_address(written)


def test_a_name_is_one_printable_line() -> None:
    assert owner_name("  Zoë  Q ") == "Zoë  Q"
    for name in ("Ann\nLee", "Ann\x1b[31m", "Ann\u2028Lee"):
        with pytest.raises(InvalidValueError, match="cannot be printed"):
            owner_name(name)


def test_options_that_cannot_be_used_are_all_reported() -> None:
    with pytest.raises(ContentError) as raised:
        ask_owner("A\tB", "ftp://ann.example", None)
    assert str(raised.value).splitlines() == [
        "--name: 'A\\tB' has a character that cannot be printed; write the name on one line",
        "--site-url: 'ftp://ann.example' is not the address of a site; write one such as \"https://name.github.io\", without a slash at the end",
    ]


def test_what_no_option_gives_is_asked_until_it_can_be_used() -> None:
    asked = []
    answers = iter(["ftp://x", "ann.github.io"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    assert ask_owner("Ann Lee", "", ask) == Owner("Ann Lee", "https://ann.github.io")
    assert len(asked) == 2
    assert asked[1].startswith("That is not the address of a site; write one such as")
    assert asked[1].endswith(asked[0])


def test_without_anybody_to_ask_or_at_the_end_of_the_input_placeholders_stay() -> None:
    def ask(question: str) -> str:
        raise EOFError

    assert ask_owner("", "", None) == ask_owner("", "", ask) == Owner()


@pytest.mark.parametrize("version", ["0.2.0.dev1", "0.2.0+local", "unknown"])
def test_a_version_that_no_index_has_is_reported(tmp_path: Path, version: str) -> None:
    _, warnings = new_site(tmp_path, Owner("Ann", "https://ann.example"), version)
    assert [str(warning) for warning in warnings] == [
        f"requirements.txt:1: warning: frontispiece: {version!r} is not on any package index; "
        "install its wheel before the other requirements"
    ]
