"""The tasks of a site: `invoke --list`, `invoke -h TASK`. Each is a few lines that call into plugins/. Edge."""

import gc
import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from invoke import Context, Exit, task

if TYPE_CHECKING:
    from .builder import Built  # which takes a second to load
    from .problems import Problem

# Invoke switches compiled modules off. With them a build takes three quarters of the time; git ignores __pycache__.
sys.dont_write_bytecode = False
# A file's name may have letters that the terminal's or the pipe's encoding lacks: they are escaped, as in errors.
if isinstance(sys.stdout, io.TextIOWrapper):
    sys.stdout.reconfigure(errors="backslashreplace")


@task(help={"production": "with publishconf.py: absolute addresses, as published"})
def build(c: Context, production: bool = False) -> None:
    """Build the site into output/."""
    look_for_fewer_cycles()
    from .builder import build, report

    status = report(build("publishconf.py" if production else "pelicanconf.py"))
    gc.freeze()
    if status:
        raise Exit(code=status)


def look_for_fewer_cycles() -> None:
    """Let Python look for cycles more rarely: a build makes few, and to look for them takes a quarter of its time."""
    gc.set_threshold(100_000, 20, 20)


@task(
    help={
        "port": "0 takes any free one",
        "host": "another address than this machine's own lets others see the site",
        "open": "open it in the browser",
        "draft": "show drafts too",
    }
)
def serve(c: Context, port: str = "8000", host: str = "127.0.0.1", open: bool = False, draft: bool = False) -> None:
    """Build, show the site on this machine, and show every change as it is saved."""
    look_for_fewer_cycles()
    from .builder import build_in_any_case, report
    from .serving.server import ListenError, PortTakenError, inherited, listen, serve, supervise

    if not (re.fullmatch("[0-9]{1,5}", port) and int(port) <= 65535):
        raise Exit(f"--port: {port!r} is not a port; write a number from 0 to 65535")
    if not host:
        raise Exit("--host: '' is not an address; write 127.0.0.1 or an address of this machine")
    if (status := supervise()) is not None:
        raise Exit(code=status)
    try:
        listener = inherited() or listen(host, int(port))
    except PortTakenError as taken:
        if not (sys.stdin.isatty() and answer(f"Port {port} is taken. Take {taken.free}?")):
            raise Exit(str(taken)) from None
        listener = listen(host, taken.free)
    except ListenError as error:
        raise Exit(str(error)) from None
    drafts = {"SHOW_DRAFTS": True} if draft else {}
    serve(
        lambda memory: build_in_any_case("pelicanconf.py", memory, **drafts),
        report,
        listener,
        host=host,
        open_browser=open,
    )


@task(help={"page": "its file in the site, such as cv/index.html", "to": "the PDF to write"})
def pdf(c: Context, page: str = "index.html", to: str = "page.pdf") -> None:
    """Print a page to a PDF, as it is published, by the Chromium that is installed."""
    from .paper.printer import PrinterError, print_page

    with built_elsewhere() as built:
        try:
            print_page(built.output, page, built.settings["SITEURL"], Path(to))
        except PrinterError as error:
            raise Exit(str(error)) from None
    print(f"wrote {to}")


@task(
    help={
        "old": "ask the finished site for every address of the site that was imported, too",
        "live": "ask the published site instead, at https://…: old addresses, its pages, headers, certificate",
        "limit": "how many addresses --live asks for at most",
    }
)
def check(c: Context, old: bool = False, live: str = "", limit: str = "2000") -> None:
    """Build for production into a temporary folder, and find what is broken: links, anchors; warn of heavy pages."""
    if live:
        check_published(live, limit)
        return
    with built_elsewhere() as built:
        found = list(checked(built))
        lines = [] if any(not each.warning for each in found) else [f"{built.files:,} files, no broken links"]
        if old:
            answers, dead = asked(built)
            found += dead
            lines.append(answers)
        end_with(found, lines)


def asked(built: "Built") -> tuple[str, list["Problem"]]:
    """Serve a finished site on this machine and ask it for every old address; return a line, and what is dead."""
    from .checking.asking import Asker
    from .checking.published import check_old, counted, known_addresses
    from .old_site import FILE
    from .proof import served_build

    with errors_reported(), served_build(built) as root:
        answers, dead = check_old(Asker(root, "frontispiece"), known_addresses(Path(FILE)))
    return counted(answers), dead


def check_published(address: str, limit: str) -> None:
    """Ask the published site, a few addresses at a time."""
    from .builder import read_config
    from .checking.asking import Asker
    from .checking.published import check_live, known_addresses, live_root
    from .hosting.headers import make_headers
    from .old_site import FILE
    from .problems import Problems
    from .release import version
    from .settings import read_settings

    if not re.fullmatch("[1-9][0-9]{0,6}", limit):
        raise Exit(f"--limit: {limit!r} is not a number of addresses; write one such as 2000")
    with errors_reported():
        settings = read_settings(read_config("publishconf.py"), Problems())
        headers = make_headers((), settings.headers, settings.strict_transport_security).everywhere
        asker = Asker(live_root(address), f"frontispiece/{version()} (invoke check --live)")
        found = check_live(asker, known_addresses(Path(FILE)), headers if settings.hosts else {}, int(limit))
    end_with(found.problems, found.facts)


def end_with(found: Iterable["Problem"], lines: Iterable[str]) -> None:
    """Print what was found and the lines; end with 1 if anything is broken."""
    from .problems import Problems

    problems = Problems(found)
    for problem in problems:
        print(problem, file=sys.stderr)
    for line in lines:
        print(line)
    if problems.failed:
        raise Exit(code=1)


def checked(built: "Built") -> tuple["Problem", ...]:
    """Return what is wrong with a finished site, without the warnings that its author has acknowledged."""
    from .builder import acknowledged_of_check
    from .checking import check

    return acknowledged_of_check(check(built.output, built.settings["SITEURL"], built.sources), built)


@task(
    help={
        "to": "a target's name in PUBLISH of publishconf.py; by default the first one",
        "dry_run": "report what would be done, and send nothing",
        "yes": "skip the question, and allow uncommitted changes",
        "rollback": "roll back to the previous deployment",
        "prepare": "refuse what must not be published, then leave the site in output/ for a workflow to send",
    }
)
def publish(
    c: Context,
    to: str = "",
    dry_run: bool = False,
    yes: bool = False,
    rollback: bool = False,
    prepare: bool = False,
) -> None:
    """Build for production into a temporary folder and publish; a roll-back builds nothing."""
    from .builder import build, read_config, report
    from .publishing import DeployOptions, PublishError, publish

    options = DeployOptions(to, dry_run, yes, rollback, prepare)
    with errors_reported(PublishError):
        if rollback:
            publish(options, Path("output"), read_config("publishconf.py"), ask=answer)
        elif prepare:
            built = build("publishconf.py")
            if status := report(built):
                raise Exit(code=status)
            print_warnings(built)
            publish(options, built.output, built.settings, ask=answer)
        else:  # not into output/, where `serve` may put its own site until the author has answered
            with built_elsewhere() as built:
                print_warnings(built)
                publish(options, built.output, built.settings, ask=answer)


@contextmanager
def errors_reported(*others: type[Exception]) -> Iterator[None]:
    """End with the message, and with status 1, where the block raises a problem, an error of the disk or another."""
    from .problems import ContentError

    expected: tuple[type[Exception], ...] = (ContentError, *others)
    try:
        yield
    except expected as error:
        raise Exit(str(error)) from None
    except OSError as error:
        raise Exit(f"{error.strerror or error}: {error.filename}" if error.filename else str(error)) from None


def print_warnings(built: "Built") -> None:
    """Print what is wrong with a site that may be published all the same."""
    from dataclasses import replace

    for problem in checked(built):
        print(replace(problem, warning=True), file=sys.stderr)


@contextmanager
def built_elsewhere() -> Iterator["Built"]:
    """Build for production into a folder that exists inside the block only; end with the problems if that fails.

    What OUTPUT_RETENTION keeps in the output is part of the site there too.
    """
    import shutil
    from tempfile import TemporaryDirectory

    from .builder import build, read_config
    from .publishing.keeping import site_files

    with TemporaryDirectory() as workdir:
        built = build("publishconf.py", OUTPUT_PATH=str(Path(workdir) / "output"))
        for problem in built.problems:
            print(problem, file=sys.stderr)
        if built.failed:
            raise Exit(code=1)
        output = Path(read_config("publishconf.py").get("OUTPUT_PATH", "output"))
        for path in site_files(output):
            copy = built.output / path
            if path.partition("/")[0] in built.settings["OUTPUT_RETENTION"] and not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(output / path, copy)
        yield built


def answer(question: str) -> bool:
    """Put a question on the terminal; without one, nobody can answer, and the answer is no."""
    if not sys.stdin.isatty():
        raise Exit("nobody is here to ask; add --yes to publish without a question")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


@task
def clean(c: Context) -> None:
    """Remove what a build has made."""
    from .staging.files import remove
    from .staging.tree import Stage

    remove(".cache")
    if left := Stage(Path("output")).clean():
        names = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if left[3:] else "")
        print(f"output/ keeps what no build made: {names}", file=sys.stderr)


@task(
    name="import",
    help={
        "site": "the old site: its folder, a ZIP file of it, or its git address",
        "yes": "replace what you have written or changed too",
    },
)
def import_(c: Context, site: str, yes: bool = False) -> None:
    """Take over an academicpages site, whole: pages, publications, talks, posts, author, settings, pictures, files."""
    from .importing import import_site, opened, summary
    from .proof import prove

    with errors_reported(), opened(site) as folder:
        done = import_site(folder, Path(), overwrite=yes, remote=site)
        print(summary(done), prove(done, Path()), sep="\n")


@task(
    positional=["folder"],
    help={
        "folder": "the folder to write, which may exist",
        "name": "your name; asked for if left out",
        "site-url": "the site's address, such as https://name.github.io; asked for if left out",
        "import": "the site whose content to take over: its folder, a ZIP file of it, or its git address",
    },
)
def new(c: Context, folder: str, name: str = "", site_url: str = "", import_: str = "") -> None:
    """Write the repository of a new site: content, settings, and the files that publish it."""
    from contextlib import nullcontext

    from .importing import Imported, import_site, opened, summary
    from .release import version
    from .scaffolding import ask_owner, new_site, next_steps

    done: list[Imported] = []
    with errors_reported(), opened(import_) if import_ else nullcontext() as old_site:

        def take_over(scratch: Path) -> None:
            if old_site is not None:
                done.append(import_site(old_site, scratch, overwrite=True, remote=import_))

        owner = ask_owner(name, site_url, input if sys.stdin.isatty() and not import_ else None)
        written, warnings = new_site(Path(folder), owner, version(), take_over if import_ else None)
        if done:
            from .proof import prove

            print(summary(done[0]), prove(done[0], Path(folder)), sep="\n")
    for warning in warnings:
        print(warning, file=sys.stderr)
    print(next_steps(Path(folder), len(written)))


@task(help={"diff": "print what this version would write over the files that you have changed, as a patch"})
def upgrade(c: Context, diff: bool = False) -> None:
    """Refresh the generated files of this site that you have not changed, and print what is new."""
    from .release import version
    from .scaffolding import differences
    from .scaffolding import upgrade as refresh

    with errors_reported():
        print(differences(Path(), version()) if diff else refresh(Path(), version()))
