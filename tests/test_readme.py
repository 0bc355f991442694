"""The README's names and commands, held to the code."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from plugins.publishing.targets import KINDS, choose
from plugins.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section '{title}'"
    return found[1]


def first_cells(title: str) -> list[str]:
    """Return the code in the first column of a section's tables, row by row."""
    rows = re.findall(r"^\|(.+?)\|", section(title), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def tasks() -> set[str]:
    listed = subprocess.run(
        [sys.executable, "-m", "invoke", "--list", "--list-format=flat"], cwd=ROOT, capture_output=True, text=True
    )
    assert listed.returncode == 0, listed.stderr
    return set(re.findall(r"^  ([a-z][\w.-]*)", listed.stdout, re.MULTILINE))


def test_every_task_is_in_the_readme_and_the_other_way_round() -> None:
    """The table of daily tasks names what `invoke --list` lists."""
    named = {name.split()[1] for name in first_cells("Daily tasks") if name.startswith("invoke ")}
    assert named == tasks()


def test_the_tasks_options_exist() -> None:
    """An option that the README names is one that the task explains."""
    for task, option in re.findall(r"`invoke ([a-z]+)[^`]* (--[a-z-]+)", README):
        ran = subprocess.run([sys.executable, "-m", "invoke", "--help", task], cwd=ROOT, capture_output=True, text=True)
        assert option in ran.stdout, f"invoke {task} has no {option}"


def settings_table() -> list[str]:
    """Return the rows of the README's table, as plugins/settings.py declares each setting: name, default, prose."""
    rows = ["| setting | default | what it does |", "| --- | --- | --- |"]
    for each in fields(Settings):
        if prose := each.metadata["prose"]:
            assert not isinstance(each.default_factory, type(MISSING))
            default = each.default_factory()
            if isinstance(default, tuple):
                default = list(default)
            shown = json.dumps(default, ensure_ascii=False) if isinstance(default, str | list) else repr(default)
            known = f"`{shown}`" if len(shown) < 40 else "…"
            rows.append(f"| `{each.name.upper()}` | {known} | {prose} |")
    return rows


def test_the_settings_table_is_that_of_the_code() -> None:
    """Every setting of this project, with its default and its prose, in the order of plugins/settings.py."""
    found = [line for line in section("Settings").splitlines() if line.startswith("|")]
    assert found == settings_table(), "\n".join(["the README's table should read:", *settings_table()])


def test_each_kind_of_target_and_its_options_are_in_the_readme() -> None:
    """The table of "Publishing" is `plugins.publishing.targets.KINDS`."""
    rows = re.findall(r"^\| (`.+?) \| (.+?) \|", section("Publishing"), re.MULTILINE)
    named: dict[str, set[str]] = {}
    for kinds, options in rows:
        names = re.findall(r"`([^`]+)`", kinds)
        cells = options.split(", ") if len(names) > 1 else [options]  # one option for each, or all for one
        for name, cell in zip(names, cells, strict=True):
            named[name] = set(re.findall(r"`([^`]+)`", cell))
    assert named == {kind: set(options) for kind, options in KINDS.items()}


def test_the_readmes_targets_can_be_chosen() -> None:
    """Its example is a setting that `invoke publish` takes, in each of its targets."""
    example = re.findall(r"```python\n(PUBLISH = .*?)```", section("Publishing"), re.DOTALL)[0]
    namespace: dict[str, dict[str, object]] = {}
    exec(example, namespace)
    assert [choose(namespace["PUBLISH"], name, "", 0).name for name in namespace["PUBLISH"]] == list(
        namespace["PUBLISH"]
    )


@pytest.mark.parametrize("path", [name for name in first_cells("Map of the code") if "/" in name or "." in name])
def test_the_map_leads_somewhere(path: str) -> None:
    """Each path in the map of the code exists."""
    assert (ROOT / path).exists()


def test_every_package_is_on_the_map() -> None:
    """Each package of plugins/ has its row."""
    packages = {f"plugins/{init.parent.name}/" for init in (ROOT / "plugins").glob("*/__init__.py")}
    assert packages <= set(first_cells("Map of the code"))


def test_nothing_stray_stands_at_the_top(need: Callable[[str], str]) -> None:
    """The top level is closed: what is committed there is one of the project's own places, or begins with a dot."""
    listed = subprocess.run([need("git"), "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("these files are not in a git repository")
    at_top = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in at_top if not name.startswith(".")} == {
        *("LICENSE", "README.md", "pyproject.toml", "pelicanconf.py", "publishconf.py", "tasks.py"),
        *("content", "theme", "plugins", "tests"),
    }


def test_the_gate_runs_the_readmes_commands() -> None:
    """The set-up commands are the ones that CI runs from a bare machine."""
    gate = re.sub(r" -q\b", "", (ROOT / ".ci" / "run").read_text("utf-8")).replace('"${PYTHON:-python3}"', "python3")
    for line in re.findall(r"```sh\n(.*?)```", section("Two commands"), re.DOTALL)[0].strip().splitlines():
        for command in line.split(" && "):
            assert command in gate, f".ci/run does not run: {command}"


def test_pictures_exist() -> None:
    """Each picture that the README shows is in the repository."""
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all(Path(ROOT / picture).is_file() for picture in pictures)
