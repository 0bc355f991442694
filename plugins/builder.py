"""One build in this process: settings → Pelican, with the steps of `plugins.pipeline` → how it went. Edge."""

import contextlib
import copy
import importlib
import logging
import os
import re
import sys
import sysconfig
import time
import traceback
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import pelican
from jinja2 import TemplateError, TemplateSyntaxError
from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG, get_settings_from_file, read_settings

from . import defaults
from .adapter import CONFIG, KEY, MEMORY, Build, located
from .memory import Memory
from .problems import ContentError, Place, Problem, Problems, acknowledge
from .release import version
from .settings import FILE, NAMES, is_text, report_misspelled
from .settings import read_settings as read_ours
from .staging.log import Listener, shown, without_paths

_OF_PAIRS = {"LOG_FILTER", "PAGINATION_PATTERNS", "SLUG_REGEX_SUBSTITUTIONS", "LOCALE"}  # of Pelican's lists
_LONGEST = 1000  # characters of a path
_MAY_BE_OFF = re.compile("FEED|SAVE_AS|URL|METADATA|TRANSLATION_ID|STRUCTURE|METHOD|DASHES")  # by None or False


@dataclass(frozen=True)
class Built:
    """How one build went: what was written to ``output``, or the problems for which nothing was.

    ``problems`` holds warnings too, sorted, each once. ``size`` is in bytes, ``seconds`` without the start of Python;
    ``changed`` are the files that differ from the build before, relative to ``output``; ``sources`` are the content
    files that each page may show a part of, ``places`` the address at which each content file can be seen. ``crashed``
    means that something ended the build which nobody foresaw, so that this process may be in any state.
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
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    places: dict[str, str] = field(default_factory=dict, repr=False)
    crashed: bool = False

    @property
    def failed(self) -> bool:
        """Whether the output is still the one of the build before."""
        return Problems(self.problems).failed

    def __str__(self) -> str:
        """Return the line that ends `invoke build`."""
        counts = f"{_count(self.pages, 'page')}, {_count(self.redirects, 'redirect')}, {_count(self.files, 'file')}"
        size = f"{_size(self.size)} in {self.seconds:.2f} s"
        return f"{shown(self.output)}/: {counts}, {size} (frontispiece {version()})"


def build(config: str, memory: Memory | None = None, **override: Any) -> Built:
    """Build the site by the settings of ``config``; ``override`` wins over them.

    A process that builds again and again gives every build the same ``memory``, new at first. Raises nothing for what
    an author's file, a template or the disk does: that is a problem. The working directory is the project's root.
    """
    began = time.perf_counter()
    early = Problems()  # what is found before the pipeline listens
    pelican.console.print = lambda line: None  # it says less than ours, and would be laid out even where it is quiet
    settings: dict[str, Any] = {}
    given: dict[str, Any] = {}
    output = Path("output")
    try:
        importlib.reload(defaults)  # a settings file may have changed its lists in place
        given = checked({**get_settings_from_file(config), **override, MEMORY: memory, CONFIG: config}, early)
        output = Path(given.get("OUTPUT_PATH", output))
        logging.getLogger().addHandler(Listener(early.add))  # until the pipeline's own takes its place
        settings = read_settings(override=given)
        run = Pelican(settings)
        if KEY not in settings:  # the pipeline could not be loaded
            raise ContentError(early)
        Build.of(settings).found_before = early
        run.run()
    except (Exception, SystemExit) as error:
        found = settings[KEY].problems if KEY in settings else early
        usual = {**DEFAULT_CONFIG, **vars(defaults)}
        suspects = [
            name for name in DEFAULT_CONFIG if name not in NAMES and given.get(name, ...) not in (..., usual[name])
        ]
        problems = error.problems if isinstance(error, ContentError) else (*found, _explained(error, config, suspects))
        return Built(output, acknowledged(problems, settings, config), settings=settings)
    finally:
        if KEY in settings:
            with contextlib.suppress(OSError):  # what it leaves, the next build removes
                settings[KEY].stage.discard()
    done = Build.of(settings)
    pages, redirects = done.counts
    return Built(
        output,
        acknowledged(done.problems, settings, config),
        pages=pages,
        redirects=redirects,
        files=len(done.stage.made),
        size=done.stage.size,
        changed=done.stage.changed,
        seconds=time.perf_counter() - began,
        settings=settings,
        sources=done.sources,
        places=done.places,
    )


def build_in_any_case(config: str, memory: Memory, **override: Any) -> Built:
    """Build as `build` does, for a process that goes on after a bug too: a problem says what was raised, and where."""
    root = Path.cwd()
    try:
        return build(config, memory, **override)
    except BaseException as error:
        os.chdir(root)  # wherever the settings have gone
        traceback.print_exception(error)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_python_itself(frame.filename)]
        problem = Problem(shown(Path(frames[-1].filename)), frames[-1].lineno or 0, "", _raised(error))
        return Built(Path("output"), (problem,), crashed=True)


def read_config(config: str) -> dict[str, Any]:
    """Return what a settings file sets, without a build; ContentError if it cannot be read."""
    try:
        settings: dict[str, Any] = get_settings_from_file(config)
    except Exception as error:
        raise ContentError(located([_explained(error, config)], config)) from None
    return settings


def checked(given: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """Return settings on which Pelican will not stumble: the default stands in for one that is reported."""
    read_ours(given, problems)
    for name, value in given.items():
        if name not in NAMES and (word := _missed(name, value)):
            problems.error(Place(FILE, 0, name), f"{value!r} is not {word}", f"write {_default(name)!r}, its default")
    report_misspelled(given, [*DEFAULT_CONFIG, *vars(defaults), MEMORY, CONFIG], problems)
    wrong = {problem.key for problem in problems if not problem.warning}
    if wrong & {"PATH", "THEME"}:  # there is nothing to build
        raise ContentError(problems)
    usual = copy.deepcopy({n: d for n, d in {**DEFAULT_CONFIG, **vars(defaults)}.items() if n in wrong})
    return {name: usual.get(name, value) for name, value in given.items() if name not in wrong or name in usual}


def _default(name: str) -> object:
    """Return the default of one of Pelican's settings, None for one that has none."""
    return DEFAULT_CONFIG.get(name, vars(defaults).get(name))


def _missed(name: str, value: Any) -> str:
    """Return what one of Pelican's settings has to be, by the type of its default; "" if it is that."""
    default = _default(name)
    if isinstance(default, list):
        fits = isinstance(value, list | tuple | set)
        if name not in _OF_PAIRS and fits:
            fits = all(isinstance(item, PathLike) or is_text(item) for item in value)
        return "" if fits else "a list of texts"
    if isinstance(default, dict):
        return "" if isinstance(value, dict) and all(map(is_text, value)) else "a mapping of names"
    if isinstance(default, bool | int):
        return "" if isinstance(value, int) and abs(value) < 1e9 else "a number, True or False"
    if name.endswith(("REGEX", "_METADATA")) and is_text(value):
        with contextlib.suppress(re.error):
            re.compile(value)
            return ""
        return "a regular expression"
    if name.endswith("_SAVE_AS") and is_text(value):
        is_inside = not value.startswith("/") and ".." not in value.split("/") and len(value) < _LONGEST
        return "" if is_inside else "the path of a file in the output"
    if isinstance(default, str):
        is_off = not value and _MAY_BE_OFF.search(name)
        return "" if is_text(value) or is_off or (name.endswith("ORDER_BY") and callable(value)) else "a text"
    return ""


def acknowledged(problems: Iterable[Problem], settings: Mapping[str, Any], config: str) -> tuple[Problem, ...]:
    """Return problems with their places, without the warnings that the author has acknowledged.

    Each entry that quotes no warning is one itself, unless the build has failed: what it quotes may come later then.
    """
    return _acknowledged(problems, settings, config, of_check=False)


def acknowledged_of_check(problems: Iterable[Problem], built: Built) -> tuple[Problem, ...]:
    """Return what `invoke check` found in a finished build, without the warnings that the author has acknowledged."""
    return _acknowledged(problems, built.settings, "publishconf.py", of_check=True)


def _acknowledged(
    problems: Iterable[Problem], settings: Mapping[str, Any], config: str, *, of_check: bool
) -> tuple[Problem, ...]:
    found = located(problems, config)
    if KEY not in settings or not (entries := settings[KEY].settings.acknowledged):
        return found
    from .checking import is_own_warning

    left, unused = acknowledge(found, [entry for entry in entries if is_own_warning(entry) is of_check])
    if not Problems(left).failed:
        place = Place(FILE, 0, "ACKNOWLEDGED")
        what, hint = "build", "delete it, or move it to publishconf.py if only a build with --production gives it"
        if of_check:
            what, hint = "check", "delete it"
        left += [Problem(*place, f"{entry!r} is no warning of this {what}", hint, warning=True) for entry in unused]
    return located(left, config)


def report(built: Built, known: Container[str] = ()) -> int:
    """Print problems on standard error, what was written on standard output; return the exit status.

    ``known`` are warnings, without their lines, that need not be printed.
    """
    for problem in built.problems:
        if not (problem.warning and problem.without_line in known):
            print(problem, file=sys.stderr)
    if built.failed:
        return 1
    print(built, flush=True)
    return 0


def _raised(error: BaseException) -> str:
    return ": ".join(filter(None, (type(error).__name__, " ".join(without_paths(str(error)).split()))))


def _is_python_itself(file: str) -> bool:
    return file.startswith("<") or (file.startswith(sysconfig.get_path("stdlib")) and "site-packages" not in file)


def _explained(error: BaseException, config: str, suspects: Sequence[str] = ()) -> Problem:
    """Return as a problem what stopped a build: a template, the settings, the disk; raise again what is a bug."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, TemplateSyntaxError):
        return Problem(shown(Path(error.filename or error.name or "theme")), error.lineno, "", str(error.message))
    in_template = [frame for frame in frames if frame.filename.endswith((".html", ".xml", ".txt"))]
    if in_template or isinstance(error, TemplateError):
        place = in_template[-1] if in_template else None
        path, line = (Path(place.filename), place.lineno or 0) if place else (Path("theme"), 0)
        return Problem(shown(path), line, "", _raised(error))
    if isinstance(error, SyntaxError):
        return Problem(shown(Path(error.filename or config)), error.lineno or 0, "", f"is not Python: {error.msg}")
    in_settings = [frame for frame in frames if Path(frame.filename).name in {"pelicanconf.py", "publishconf.py"}]
    if in_settings:
        place = in_settings[-1]
        return Problem(shown(Path(place.filename)), place.lineno or 0, "", _raised(error))
    hint = f"correct {' or '.join(suspects)}" if suspects else ""
    if isinstance(error, OSError):
        path = Path(error.filename if isinstance(error.filename, str) else "output")
        return Problem(shown(path), 0, "", error.strerror or str(error), hint or "check its permissions and the disk")
    innermost = Path(next((f.filename for f in reversed(frames) if not _is_python_itself(f.filename)), ""))
    written_here = (
        innermost.is_relative_to(Path.cwd()) and "site-packages" not in innermost.parts
    )  # a plugin of the site
    if suspects and not written_here and not innermost.is_relative_to(Path(__file__).parent):
        reason = " ".join(without_paths(str(error)).split())
        return Problem(FILE, 0, suspects[0], f"Pelican cannot build: {reason}", hint)
    logging.getLogger(__name__).debug("the build broke", exc_info=error)
    raise error


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    amount, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:.1f} {unit}"
