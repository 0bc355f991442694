"""Build the site in this process and say in a few bare lines how it went (edge; called by tasks.py)."""

import logging
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pelican
from jinja2 import TemplateError, TemplateSyntaxError
from pelican import Pelican, signals
from pelican.settings import read_settings

from ..problems import ContentError, Problem
from .log import Listener
from .tree import Stage


@dataclass(frozen=True)
class Built:
    """How one build went: what was written to ``output``, or the problems for which nothing was.

    ``problems`` holds warnings too, sorted, each once. ``size`` is in bytes, ``seconds`` without the start of Python;
    ``changed`` are the files that differ from the build before, relative to ``output``.
    """

    output: Path
    problems: tuple[Problem, ...]
    pages: int = 0
    redirects: int = 0
    files: int = 0
    size: int = 0
    seconds: float = 0
    changed: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def failed(self) -> bool:
        """Tell whether the output is still the one of the build before."""
        return any(not problem.warning for problem in self.problems)

    def __str__(self) -> str:
        """Return the line that ends `invoke build`."""
        counts = f"{_count(self.pages, 'page')}, {_count(self.redirects, 'redirect')}, {_count(self.files, 'file')}"
        return f"{_shown(self.output)}/: {counts}, {_size(self.size)} in {self.seconds:.2f} s"


def build(config: str, memory: dict[str, Any] | None = None, **override: Any) -> Built:
    """Build the site by the settings of ``config``; ``override`` wins over them.

    A process that builds again and again gives every build the same ``memory``, empty at first: templates that did not
    change are compiled once, and what other plugins keep in the context's ``MEMORY`` is still there.
    Raises nothing for what an author's file, a template or the disk does: that is a problem. The working directory is
    the project's root.
    """
    began = time.perf_counter()
    contexts: list[dict[str, Any]] = []
    early: list[Problem] = []  # what is said before any plugin listens: one that cannot be loaded

    def remember(generators: list[Any]) -> None:
        contexts.append(generators[0].context)

    pelican.console.quiet = True  # its last line tells less than ours
    settings: dict[str, Any] = {}
    output = Path("output")
    run = None
    try:
        with signals.all_generators_finalized.connected_to(remember):
            settings = read_settings(config, override=override)
            output = Path(settings["OUTPUT_PATH"])
            if memory is not None:
                _recall(memory, settings)
            logging.getLogger().addHandler(Listener(early.append))  # until staging's own takes its place
            run = Pelican(settings)
            if any(not problem.warning for problem in early):
                raise ContentError(early)
            run.run()
    except Exception as error:
        found = list(settings.get("PROBLEMS", []))
        problems = error.problems if isinstance(error, ContentError) else (*found, _explained(error, config))
        return Built(output, _sorted(problems), settings=settings)
    finally:
        if run is not None and hasattr(run, "stage"):
            run.stage.discard()
    context = contexts[0]
    return Built(
        output,
        _sorted(context["PROBLEMS"]),
        pages=sum(content is not None for content in context["generated_content"].values()),
        redirects=len(getattr(context.get("REDIRECTS_PLAN"), "stubs", ())),
        files=len(run.stage.made),
        size=run.stage.size,
        changed=run.stage.changed,
        seconds=time.perf_counter() - began,
        settings=settings,
    )


def tell(built: Built) -> int:
    """Print problems and warnings on standard error, what was written on standard output; return the exit status."""
    for problem in built.problems:
        print(problem, file=sys.stderr)
    if built.failed:
        return 1
    print(built)
    return 0


def _recall(memory: dict[str, Any], settings: dict[str, Any]) -> None:
    """Give a build what the builds before it remember."""
    if "stage" not in memory:
        memory["stage"] = Stage(Path(settings["OUTPUT_PATH"]), settings["OUTPUT_RETENTION"])
    settings["MEMORY"] = memory


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def _explained(error: Exception, config: str) -> Problem:
    """Return as a problem what stopped a build: a template, the settings, the disk; raise again what is a bug."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, TemplateSyntaxError):
        return Problem(_shown(Path(error.filename or error.name or "theme")), error.lineno, "", str(error.message))
    in_template = [frame for frame in frames if frame.filename.endswith((".html", ".xml", ".txt"))]
    if in_template or isinstance(error, TemplateError):
        place = in_template[-1] if in_template else None
        path, line = (Path(place.filename), place.lineno or 0) if place else (Path("theme"), 0)
        return Problem(_shown(path), line, "", f"{type(error).__name__}: {error}")
    if isinstance(error, SyntaxError):
        return Problem(_shown(Path(error.filename or config)), error.lineno or 0, "", f"is no Python: {error.msg}")
    in_settings = [frame for frame in frames if Path(frame.filename).name in {"pelicanconf.py", "publishconf.py"}]
    if in_settings:
        place = in_settings[-1]
        return Problem(_shown(Path(place.filename)), place.lineno or 0, "", f"{type(error).__name__}: {error}")
    if isinstance(error, OSError):
        return Problem(_shown(Path(error.filename or "output")), 0, "", error.strerror or str(error))
    logging.getLogger(__name__).debug("the build broke", exc_info=error)
    raise error


def _shown(path: Path) -> str:
    """Return a path as a person writes it: relative to the project where it lies inside."""
    path, here = path.resolve(), Path.cwd().resolve()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    amount, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:.1f} {unit}"
