"""Hosts that only their own command reaches."""

from pathlib import Path

import pytest

from plugins.publishing.command import TOOLS, Command, filled
from plugins.publishing.errors import PublishError
from plugins.publishing.targets import KINDS

OPTIONS = {"site": "my-site", "project": "my project"}


def stand_in(folder: Path, name: str, status: int = 0) -> None:
    """Put a program there that notes its arguments, one a line."""
    program = folder / name
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/arguments"\nexit {status}\n')
    program.chmod(0o755)


@pytest.mark.parametrize("kind", TOOLS)
def test_the_hosts_command_gets_the_output(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is called once, with the output and the target's options, each one argument."""
    monkeypatch.setenv("PATH", str(tmp_path))
    stand_in(tmp_path, TOOLS[kind].arguments[0])
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    place = Command(Path("/site/my output"), kind, {key: OPTIONS[key] for key in KINDS[kind]})
    assert place.compare() is None
    assert place.send() == f"{kind} has the new site"
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert "/site/my output" in arguments
    assert {OPTIONS[key] for key in KINDS[kind]} <= set(arguments)


@pytest.mark.parametrize("kind", TOOLS)
def test_a_command_that_is_missing(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command is not installed, the line that installs it is told."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match=TOOLS[kind].install):
        Command(tmp_path, kind, {key: OPTIONS[key] for key in KINDS[kind]})


def test_a_command_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the command is told with its status."""
    stand_in(tmp_path, "vercel", status=3)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(PublishError, match="vercel ended with status 3"):
        Command(tmp_path, "vercel", {}).send()


def test_an_empty_option_goes_with_its_flag() -> None:
    """An option that was not set leaves no empty argument behind."""
    assert filled(("x", "--site", "{site}", "{output}"), {"site": "", "output": "o"}) == ["x", "o"]


def test_every_command_host_is_a_kind() -> None:
    """The two tables name the same hosts and options."""
    for kind, tool in TOOLS.items():
        filled(tool.arguments, {**dict.fromkeys(KINDS[kind], "x"), "output": "o"})
