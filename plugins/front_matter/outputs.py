"""Where pages and static files are written → problems where two of them meet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..problems import Problem


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: ``save_as`` in the output folder, made from ``path``.

    ``line`` and ``key`` say what put it there; they are 0 and empty where only the file's own name did.
    """

    save_as: str
    path: str
    line: int = 0
    key: str = ""


def clashes(outputs: Iterable[Output]) -> Iterator[Problem]:
    """Yield a problem for each output file that an earlier one takes already, the pages' first.

    Names that differ only in case are one name on macOS and Windows, and on some hosts. A folder and a file of one name
    cannot both exist either.
    """
    by_name: dict[str, list[Output]] = defaultdict(list)
    for output in outputs:
        by_name[output.save_as.casefold()].append(output)
    for name, same in by_name.items():
        for other in same[1:]:
            yield _clash(other, same[0], f"is published at '/{other.save_as}'")
        for end in (at for at, letter in enumerate(name) if letter == "/"):
            for blocker in by_name.get(name[:end], ()):
                yield _clash(same[0], blocker, f"needs a folder '/{blocker.save_as}'")


def _clash(output: Output, other: Output, what: str) -> Problem:
    place = f"{other.path}:{other.line}" if other.line else other.path
    taken = f"{what}, which {place} takes already"
    hint = "give it a permalink of its own" if output.path.endswith(("md", "markdown")) else "rename one of them"
    return Problem(output.path, output.line or 0, output.key, taken, hint)
