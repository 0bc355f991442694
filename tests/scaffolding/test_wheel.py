"""The wheel: what is in it, what it says of itself, and the versions that a new site gets."""

import re
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from plugins.scaffolding.files import requirements
from tests.conftest import ROOT
from tests.scaffolding.conftest import Environment, build_wheel, copy_tree, make_environment

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
NOT_INSTALLED = {"theme/README.md"}


def test_the_wheel_holds_every_file_of_the_program(wheel: Path) -> None:
    """A package that pyproject.toml does not list, or a file of another kind, would be missing for an owner only."""
    held = {name.removeprefix("frontispiece/") for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    plugins = {p.relative_to(ROOT / "plugins").as_posix() for p in (ROOT / "plugins").rglob("*") if p.is_file()}
    theme = {p.relative_to(ROOT).as_posix() for p in (ROOT / "theme").rglob("*") if p.is_file()}
    assert held == {path for path in plugins | theme if "__pycache__" not in path} - NOT_INSTALLED


def test_the_wheel_is_for_every_platform(wheel: Path) -> None:
    assert wheel.name == f"frontispiece-{PROJECT['version']}-py3-none-any.whl"


def test_the_metadata_names_licence_and_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = f"frontispiece-{PROJECT['version']}.dist-info"
        metadata = archive.read(f"{folder}/METADATA").decode()
        assert f"{folder}/licenses/LICENSE" in archive.namelist()
    for line in ("License-Expression: MIT", "Requires-Python: >=3.11", "Classifier: Typing :: Typed"):
        assert f"\n{line}\n" in metadata


def test_the_program_prints_its_version(environment: Environment, tmp_path: Path) -> None:
    assert environment.run("frontispiece", "--version", cwd=tmp_path).stdout == f"frontispiece {PROJECT['version']}\n"


def test_the_help_is_about_the_commands(environment: Environment, tmp_path: Path) -> None:
    """Invoke's options for programs that run shell commands are left out."""
    for arguments in ((), ("--help",)):
        ran = environment.run("frontispiece", *arguments, cwd=tmp_path).stdout
        assert ran.startswith("Usage: frontispiece COMMAND [options]\n")
        assert re.findall(r"^  (build|new|upgrade) +\S", ran, re.MULTILINE) == ["build", "new", "upgrade"]
        assert "sudo" not in ran
        assert not re.search(r"^  (test|bench) ", ran, re.MULTILINE), "these are for the program's own code"


@pytest.mark.parametrize("command", [("upgrade", "--help"), ("--help", "upgrade")])
def test_a_command_is_explained(environment: Environment, tmp_path: Path, command: tuple[str, str]) -> None:
    ran = environment.run("frontispiece", *command, cwd=tmp_path).stdout
    assert ran.startswith("Usage: frontispiece upgrade [options]\n")
    assert "--diff" in ran


def test_a_command_with_an_argument_is_explained_and_not_run(environment: Environment, tmp_path: Path) -> None:
    ran = environment.run("frontispiece", "new", "--help", cwd=tmp_path).stdout
    assert ran.startswith("Usage: frontispiece new FOLDER [options]\n")
    assert "--site-url" in ran
    assert list(tmp_path.iterdir()) == []


def test_an_editable_install_is_the_checkout(tmp_path: Path) -> None:
    """`pip install -e .`: from another folder the package is the checkout's code; in it, the program runs `plugins`."""
    tree = copy_tree(tmp_path / "tree")
    (tree / "pelicanconf.py").write_text('from plugins.defaults import *\nSITENAME = AUTHOR = "Ann"\n')
    (tree / "content/pages").mkdir(parents=True)
    (tree / "content/pages/about.md").write_text("---\npermalink: /\n---\n\nText.\n")
    environment = make_environment(tmp_path / "venv", build_wheel(tree, "editable"))
    code = "import frontispiece.problems as problems; print(problems.__file__)"
    assert environment.run("python", "-c", code, cwd=tmp_path).stdout.strip() == str(tree / "plugins/problems.py")
    environment.run("frontispiece", "build", cwd=tree / "content")
    assert (tree / "output/index.html").is_file()


def test_kramdown_has_a_name_in_python_markdown(environment: Environment, tmp_path: Path) -> None:
    code = 'import markdown; print(markdown.markdown("a\\n{: .b}", extensions=["kramdown"]))'
    assert environment.run("python", "-c", code, cwd=tmp_path).stdout == '<p class="b">a</p>\n'


def test_the_version_stands_in_pyproject_alone() -> None:
    """CHANGES.md begins with it; nothing else repeats it."""
    changes = (ROOT / "plugins/CHANGES.md").read_text("utf-8")
    headings = re.findall(r"^## (\S+)", changes, re.MULTILINE)
    assert headings[0] == PROJECT["version"]
    assert distribution("frontispiece").version == PROJECT["version"], "install again: pip install -e ."


def pins() -> dict[str, Requirement]:
    lines = requirements(PROJECT["version"]).decode().splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def required(name: str) -> list[str]:
    """Return what a package requires, as far as the version that a new site gets is the one installed here."""
    try:
        return distribution(name).requires or [] if installed_as_pinned(name) else []
    except PackageNotFoundError:  # only other platforms install it
        return []


def installed_as_pinned(name: str) -> bool:
    return pins()[name].specifier.contains(distribution(name).version)


def test_a_new_site_gets_exact_versions_of_this_release() -> None:
    assert str(pins()["frontispiece"].specifier) == f"=={PROJECT['version']}"
    for pin in pins().values():
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), pin


@pytest.mark.parametrize("written", PROJECT["dependencies"])
def test_the_exact_versions_satisfy_the_requirements(written: str) -> None:
    requirement = Requirement(written)
    [pinned] = pins()[canonicalize_name(requirement.name)].specifier
    assert requirement.specifier.contains(pinned.version)


def test_the_exact_versions_are_complete() -> None:
    """Everything that the requirements need in their turn has its version too, on Windows and on the oldest Python."""
    missing, seen, ahead = set(), set(), [Requirement(written) for written in PROJECT["dependencies"]]
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        if name not in pins():
            missing.add(name)
        if (name, *requirement.extras) in seen or name in missing:
            continue
        seen.add((name, *requirement.extras))
        for extra in ("", *requirement.extras):
            for written in required(name):
                needed = Requirement(written)
                if needed.marker is None or any(
                    needed.marker.evaluate({"extra": extra, "sys_platform": platform})
                    for platform in ("linux", "win32")
                ):
                    ahead.append(needed)
    assert missing == set()
    if all(installed_as_pinned(name) for name in pins() if name != "tzdata"):
        assert {name for name, *_ in seen} | {"frontispiece", "tzdata"} == set(pins()), "versions that nothing needs"
