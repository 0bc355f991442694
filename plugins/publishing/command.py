"""Netlify, Cloudflare, Vercel: the host's own command uploads the site with its own credentials. Edge: runs it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .destination import Destination, PublishError


class Tool(NamedTuple):
    """A host's command: its arguments, with placeholders for ``{output}`` and the target's options; how to install it.

    An argument whose option is empty is left out, together with the flag before it.
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


class Command(Destination):
    """A host that is reached by its own command only."""

    def __init__(self, output: Path, kind: str, options: Mapping[str, str]) -> None:
        """Find the command; PublishError with the line that installs it if it is missing."""
        tool = TOOLS[kind]
        self.kind = kind
        self.no_previous = f"{kind} keeps its earlier deployments; choose one on its website"
        self.arguments = fill(tool.arguments, {**options, "output": str(output)})
        program = shutil.which(self.arguments[0])
        if program is None:
            raise PublishError(f"{self.arguments[0]} is not installed; {tool.install}")
        self.program = program

    def compare(self) -> None:
        """Return None: the host's command uploads only what the host lacks."""

    def send(self) -> str:
        """Run the command; the author sees its output."""
        ran = subprocess.run([self.program, *self.arguments[1:]])  # noqa: S603
        if ran.returncode:
            raise PublishError(f"{self.arguments[0]} ended with status {ran.returncode}; the live site is unchanged")
        return f"deployed to {self.kind}"

    def verify(self) -> str:
        """Return what the host guarantees."""
        return f"{self.kind} deploys a whole site or none, and its command reported success"


def fill(arguments: tuple[str, ...], options: Mapping[str, str]) -> list[str]:
    """Fill options into a tool's arguments; an empty one is left out, together with the flag before it."""
    result: list[str] = []
    for argument in arguments:
        value = argument.format_map(options)
        if value:
            result.append(value)
        elif result[-1].startswith("--"):
            result.pop()
    return result
