"""``output/`` → a host. Edge; called by tasks.py, no Pelican plugin.

A publication goes like this, and nothing leaves this machine before the fourth step:

1. **refuse**: what must not be published (`plugins.publishing.refusals`);
2. **compare**: what lies there now with what shall lie there (`plugins.publishing.difference`);
3. **tell** what will be added, changed and deleted, and **ask**;
4. **send**;
5. **look**: what lies there is compared with what was sent, by hash, where the place can say.

One module for each kind of place: `git_branch`, `folder`, `rsync`, `s3`, `command`. Each has a class with the methods
of `Place`; `plugins.publishing.targets` is the table of what their settings are called.
"""

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..problems import ContentError
from . import command, folder, git_branch, rsync, s3
from .difference import Difference
from .errors import PublishError
from .refusals import Facts, refusals
from .targets import Target, chosen

CONFIG = "publishconf.py"


class Place(Protocol):
    """Where a site is published."""

    def compare(self) -> Difference | None:
        """Return what a publication would change; None where only the host knows. Changes nothing there."""

    def send(self) -> str:
        """Publish, and return in a few words what was done; whatever ends it, nobody sees half a site if possible."""

    def look(self) -> str:
        """Compare what lies there now with what was sent; PublishError if it differs. Returns how it was compared."""

    def roll_back(self) -> str:
        """Let the site published before be the site again, and return in a few words what was done."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the task was asked for; ``to`` is a target's name, "" for the only or first one."""

    to: str = ""
    dry_run: bool = False
    yes: bool = False
    rollback: bool = False


def publish(
    wish: Wish,
    output: Path,
    settings: Mapping[str, Any],
    *,
    ask: Callable[[str], bool],
    say: Callable[[str], None] = print,
) -> None:
    """Publish the site in ``output``, built with ``settings``, from the project in the working directory.

    ``ask`` puts a question. Raises ``ContentError`` for what settings or content must mend, ``PublishError`` for what
    went wrong on the way.
    """
    text = Path(CONFIG).read_text("utf-8") if Path(CONFIG).is_file() else ""
    lines = {
        match[1]: text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^([A-Z_]+) *=", text, re.MULTILINE)
    }
    target, problems = chosen(settings.get("PUBLISH"), wish.to, CONFIG, lines.get("PUBLISH", 0))
    if target is None:
        raise ContentError(problems)
    remote = target.options["remote"] if target.kind == "github-pages" else "origin"
    facts = Facts(remote=remote_url(remote), uncommitted=() if wish.yes or wish.rollback else uncommitted())
    problems += refusals(settings, target, facts, CONFIG, lines)
    if problems:
        raise ContentError(problems)
    place = place_of(target, output, settings)
    if wish.rollback:
        if confirmed(f"Let the site published before be the site again at {target}?", wish, ask, say):
            say(place.roll_back())
        return
    difference = place.compare()
    if difference is not None and not difference:
        say(f"{target}: nothing has changed")
        return
    say(f"{target}:\n{difference}" if difference is not None else f"{target}: the host compares for itself")
    if confirmed(f"Publish to {target}?", wish, ask, say):
        say(place.send())
        say(place.look())


def place_of(target: Target, output: Path, settings: Mapping[str, Any]) -> Place:
    """Return the place that a target names."""
    options = target.options
    match target.kind:
        case "github-pages":
            return git_branch.GitBranch(output, options["remote"], options["branch"], settings["SITEURL"])
        case "folder":
            return folder.Folder(output, Path(options["path"]).expanduser())
        case "rsync":
            return rsync.Rsync(output, options["to"], options["ssh"])
        case "s3":
            return s3.S3(output, options["bucket"], options["prefix"], options["endpoint"], options["region"])
        case _:
            return command.Command(output, target.kind, options)


def confirmed(question: str, wish: Wish, ask: Callable[[str], bool], say: Callable[[str], None]) -> bool:
    """Tell whether to go on: not in a dry run, at once with ``--yes``, else as the answer says."""
    if wish.dry_run:
        say("nothing was sent: --dry-run")
        return False
    return wish.yes or ask(question)


def remote_url(name: str) -> str:
    """Return the URL of a git remote of the project, or the name itself if it is no remote's; "" without one."""
    told = subprocess.run(["git", "remote", "get-url", "--push", "--", name], capture_output=True, text=True)  # noqa: S603, S607
    if told.returncode == 0:
        return told.stdout.strip()
    return name if "/" in name else ""


def uncommitted() -> tuple[str, ...]:
    """Return the paths of the project whose state is in no commit; none where there is no git repository."""
    told = subprocess.run(  # noqa: S603
        ["git", "status", "--porcelain", "-z", "--", "content", "theme", "plugins", "pelicanconf.py", CONFIG],  # noqa: S607
        capture_output=True,
        text=True,
    )
    return tuple(entry[3:] for entry in told.stdout.split("\0") if len(entry) > 3 and entry[2] == " ")


__all__ = ["Place", "PublishError", "Wish", "publish"]
