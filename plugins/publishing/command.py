"""Netlify, Cloudflare, Vercel: the host's own command does it, and knows its own credentials. Edge: runs it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .errors import PublishError


class Tool(NamedTuple):
    """A host's command: its arguments, ``{output}`` and the target's options filled in, and how it is installed.

    An argument whose option is empty is left out, with the flag before it.
    """

    arguments: tuple[str, ...]
    install: str


# https://cli.netlify.com/commands/deploy, https://developers.cloudflare.com/workers/wrangler/commands/#pages,
# https://vercel.com/docs/cli/deploy
TOOLS: dict[str, Tool] = {
    "netlify": Tool(
        ("netlify", "deploy", "--prod", "--dir", "{output}", "--site", "{site}"), "npm install -g netlify-cli"
    ),
    "cloudflare": Tool(
        ("wrangler", "pages", "deploy", "{output}", "--project-name", "{project}"), "npm install -g wrangler"
    ),
    "vercel": Tool(("vercel", "deploy", "{output}", "--prod", "--yes"), "npm install -g vercel"),
}


class Command:
    """A host that only its own command reaches."""

    def __init__(self, output: Path, kind: str, options: Mapping[str, str]) -> None:
        """Know the command; PublishError with the line that installs it where it is missing."""
        tool = TOOLS[kind]
        self.kind = kind
        self.arguments = filled(tool.arguments, {**options, "output": str(output)})
        program = shutil.which(self.arguments[0])
        if program is None:
            raise PublishError(f"{self.arguments[0]} is not installed; {tool.install}")
        self.program = program

    def compare(self) -> None:
        """Leave it to the host: its command sends only what it lacks."""

    def send(self) -> str:
        """Run the command, in sight of the author."""
        ran = subprocess.run([self.program, *self.arguments[1:]])  # noqa: S603
        if ran.returncode:
            raise PublishError(f"{self.arguments[0]} ended with status {ran.returncode}; the site is the one before")
        return f"{self.kind} has the new site"

    def look(self) -> str:
        """Say who vouches for it: such a host takes a deployment whole or not at all."""
        return f"{self.kind} takes a site whole or not at all, and its command has said that it did"

    def roll_back(self) -> str:
        """Say where the host keeps its earlier deployments."""
        raise PublishError(f"{self.kind} keeps its earlier deployments; choose one on its website")


def filled(arguments: tuple[str, ...], options: Mapping[str, str]) -> list[str]:
    """Fill options into a tool's arguments; one that is empty goes, with the flag before it."""
    result: list[str] = []
    for argument in arguments:
        value = argument.format_map(options)
        if value:
            result.append(value)
        elif result[-1].startswith("--"):
            result.pop()
    return result
