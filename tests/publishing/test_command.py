"""Hosts that are reached by their own command."""

from pathlib import Path
from string import Formatter

import pytest

from plugins.publishing.command import TOOLS, Command, fill
from plugins.publishing.destination import PublishError
from plugins.publishing.targets import KINDS

OPTIONS = {"site": "my-site", "project": "my project"}


def stand_in(folder: Path, name: str, status: int = 0) -> None:
    """Write a program that records its arguments, one per line."""
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
    assert place.send() == f"deployed to {kind}"
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert "/site/my output" in arguments
    assert {OPTIONS[key] for key in KINDS[kind]} <= set(arguments)


@pytest.mark.parametrize("kind", TOOLS)
def test_a_command_that_is_missing(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command is not installed, the error holds the line that installs it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match=TOOLS[kind].install):
        Command(tmp_path, kind, {key: OPTIONS[key] for key in KINDS[kind]})


def test_a_command_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of a command that fails holds its status."""
    stand_in(tmp_path, "vercel", status=3)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(PublishError, match="vercel ended with status 3"):
        Command(tmp_path, "vercel", {}).send()


def test_an_empty_option_goes_with_its_flag() -> None:
    """An option that was not set leaves no empty argument behind."""
    assert fill(("x", "--site", "{site}", "{output}"), {"site": "", "output": "o"}) == ["x", "o"]


def test_every_command_host_is_a_kind() -> None:
    """A kind without a module of its own has a command, which takes exactly the kind's options and the output."""
    assert KINDS.keys() - TOOLS.keys() == {"github-pages", "folder", "rsync", "s3"}
    for kind, tool in TOOLS.items():
        fields = {name for argument in tool.arguments for _, name, _, _ in Formatter().parse(argument) if name}
        assert fields == {"output", *KINDS[kind]}, kind
