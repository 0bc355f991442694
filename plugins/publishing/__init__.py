"""A built site → a host. Edge; called by tasks.py, no Pelican plugin.

Publishing takes five steps, and nothing leaves this machine before the fourth:

1. **refuse** what must not be published (`plugins.publishing.refusals`);
2. **compare** what is live with what is to be published (`plugins.publishing.destination`);
3. **report** what will be added, changed and deleted, and **ask**;
4. **send**;
5. **verify**: compare what is live with what was sent, by hash, where the destination reports hashes; ask a server that
   reads rules in the site's folder whether it takes them.

One module for each kind of destination: `git_branch`, `folder`, `rsync`, `s3`, `command`. Each has a class with the
methods of `Destination`; `plugins.publishing.targets` lists their options.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..problems import ContentError
from ..settings import setting_lines
from . import command, folder, git_branch, rsync, s3
from .destination import Destination, PublishError
from .git_branch import run_git
from .refusals import Facts, refusals
from .server_error import check_server
from .targets import Target, choose

CONFIG = "publishconf.py"


@dataclass(frozen=True, slots=True)
class DeployOptions:
    """The options of `invoke publish`; ``to`` is a target's name, "" for the first one.

    ``prepare`` ends after the first step: a workflow sends ``output/`` itself.
    """

    to: str = ""
    dry_run: bool = False
    yes: bool = False
    rollback: bool = False
    prepare: bool = False


def publish(
    options: DeployOptions,
    output: Path,
    settings: Mapping[str, object],
    *,
    ask: Callable[[str], bool],
    report: Callable[[str], None] = print,
) -> None:
    """Publish the site in ``output``, built with ``settings``, from the project in the working directory.

    ``ask`` asks the author a question. Raises ``ContentError`` for what the author must fix first, ``PublishError`` for
    what fails afterwards.
    """
    text = Path(CONFIG).read_text("utf-8") if Path(CONFIG).is_file() else ""
    lines = setting_lines(text)
    target = choose(settings.get("PUBLISH"), options.to, CONFIG, lines.get("PUBLISH", 0))
    remote = target.options["remote"] if target.kind == "github-pages" else "origin"
    facts = Facts(remote="", uncommitted=(), address=os.environ.get("SITEURL", "") if options.prepare else "")
    if target.kind == "github-pages" or shutil.which("git"):  # who does not have git has nothing to commit
        uncommitted = () if options.yes or options.rollback else uncommitted_paths()
        facts = facts._replace(remote=remote_url(remote), uncommitted=uncommitted)
    if options.rollback:
        settings = {**settings, "SHOW_DRAFTS": False}  # a roll-back publishes nothing that is built here
    if problems := refusals(settings, target, facts, CONFIG, lines):
        raise ContentError(problems)
    if options.prepare:
        return
    destination = destination_of(target, output, str(settings["SITEURL"]))
    if options.rollback:
        report(f"{target}:\n{destination.compare_previous()}")
        if confirmed(f"Roll back to the previous deployment at {target}?", options, ask, report):
            report(destination.roll_back())
        return
    changes = destination.compare()
    if changes is not None and not changes:
        report(f"{target}: nothing has changed")
        return
    report(f"{target}:\n{changes}" if changes is not None else f"{target}: the host compares the files itself")
    if confirmed(f"Publish to {target}?", options, ask, report):
        report(destination.send())
        report(destination.verify())
        if target.kind in ("folder", "rsync") and (answer := check_server(str(settings["SITEURL"]), output)):
            report(answer)


def destination_of(target: Target, output: Path, siteurl: str) -> Destination:
    """Return the destination that a target describes."""
    options = target.options
    match target.kind:
        case "github-pages":
            return git_branch.GitBranch(output, options["remote"], options["branch"], siteurl)
        case "folder":
            return folder.Folder(output, Path(options["path"]).expanduser())
        case "rsync":
            return rsync.Rsync(output, options["to"], options["ssh"])
        case "s3":
            return s3.S3(output, options["bucket"], options["prefix"], options["endpoint"], options["region"])
        case _:
            return command.Command(output, target.kind, options)


def confirmed(question: str, options: DeployOptions, ask: Callable[[str], bool], report: Callable[[str], None]) -> bool:
    """Return whether to go on: never in a dry run, always with ``--yes``, else what the author answers."""
    if options.dry_run:
        report("nothing was sent: --dry-run")
        return False
    return options.yes or ask(question)


def remote_url(name: str) -> str:
    """Return the URL of a git remote of the project; for another name with a slash that name, which is a URL, or ""."""
    asked = run_git("remote", "get-url", "--push", "--", name)
    if asked.returncode == 0:
        return asked.stdout.strip()
    return name if "/" in name else ""


def uncommitted_paths() -> tuple[str, ...]:
    """Return the paths of the project with uncommitted changes; none where there is no git repository."""
    folders = ("content", "theme", "plugins", "pelicanconf.py", CONFIG)
    status = run_git("status", "--porcelain", "-z", "--", *folders)
    return tuple(entry[3:] for entry in status.stdout.split("\0") if len(entry) > 3 and entry[2] == " ")


__all__ = ["DeployOptions", "PublishError", "publish"]
