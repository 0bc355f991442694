"""A build happens beside ``output/`` and replaces it when it is whole.

For `invoke build` and plain `pelican` alike. `plugins.staging.tree` tells how; this file says when:

======================  ==========================================================================================
``initialized``         the places are named; what Pelican logs from here on becomes a problem or a warning
``get_generators``      a run begins: no problem is known, and generators write beside ``output/``
``get_writer``          everything is read: if there is a problem, the run ends before anything is written
``finalized``           everything is written: once more, and then the new site takes the place of the old one
======================  ==========================================================================================

``context["WRITE"](path, data)`` makes one file of the site: the fast way for whoever writes thousands.
"""

import logging
import sys
import weakref
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import LimitFilter

from ..problems import ContentError, InvalidValueError, Problem, reported
from .log import Listener, print_problems
from .templates import CompiledTemplates
from .tree import Stage, check_output


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(name_the_places)
    signals.get_generators.connect(begin)
    signals.get_writer.connect(refuse_problems)
    signals.finalized.connect(replace_the_output)


def name_the_places(pelican: Pelican) -> None:
    """Know where the site goes and where it is made; touch nothing."""
    settings: dict[str, Any] = pelican.settings
    output, sources = Path(settings["OUTPUT_PATH"]).resolve(), Path(settings["PATH"]).resolve()
    problems = reported(settings)
    memory: dict[str, Any] = settings.setdefault("MEMORY", {})
    stage: Stage = memory.get("stage") or Stage(output, tuple(settings["OUTPUT_RETENTION"]))
    pelican.stage = stage
    options = settings["JINJA_ENVIRONMENT"]  # belongs to pelicanconf.py, which outlives this build
    settings["JINJA_ENVIRONMENT"] = {"bytecode_cache": CompiledTemplates(settings), **options}
    settings["WRITE"] = stage.write
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, Listener)]:
        root.removeHandler(handler)
    root.addHandler(Listener(problems.add))
    logging.getLogger("pelican").addFilter(print_problems)
    here = Path(__file__).parent.parent
    try:
        check_output(output, Path.cwd(), [sources, Path(settings["THEME"]), here, Path(".git"), Path("tests")])
    except InvalidValueError as error:
        message = f"{settings['OUTPUT_PATH']!r} {error.message}"
        raise ContentError([Problem("pelicanconf.py", 0, "OUTPUT_PATH", message, error.hint)]) from None
    if "stage" not in memory:  # the stage is this run's alone
        weakref.finalize(pelican, stage.discard)  # a run that a template or a plugin broke leaves nothing


def begin(pelican: Pelican) -> None:
    """Begin one run: Pelican may run several times, and Blinker gives every run this signal first."""
    reported(pelican.settings).clear()
    LimitFilter._raised_messages.clear()  # each run says again what is still wrong
    LimitFilter._group_count.clear()
    stage: Stage = pelican.stage
    stage.begin(lambda: print(f"waiting for another build of {stage.output}", file=sys.stderr))
    pelican.output_path = str(stage.new)


def refuse_problems(pelican: Pelican) -> None:
    """End the run with every problem that was found, before anything is written."""
    problems = reported(pelican.settings)
    if any(not problem.warning for problem in problems):
        pelican.stage.discard()
        raise ContentError(problems)


def replace_the_output(pelican: Pelican) -> None:
    """Let the finished site take the place of the old one."""
    refuse_problems(pelican)
    pelican.stage.settle()
    pelican.output_path = str(pelican.stage.output)
