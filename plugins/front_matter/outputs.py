"""Where files of the site are written → problems where two of them meet."""

from collections import defaultdict
from collections.abc import Iterable

from ..problems import Place, Problems
from ..site import Output


def report_clashes(outputs: Iterable[Output], problems: Problems) -> None:
    """Report each output file that an earlier one takes already: the pages come first.

    Names that differ only in case are one name on macOS and Windows, and on some hosts. A folder and a file of one name
    cannot both exist either.
    """
    by_name: dict[str, list[Output]] = defaultdict(list)
    for output in outputs:
        by_name[output.save_as.casefold()].append(output)
    for name, same in by_name.items():
        for other in same[1:]:
            _report(other, same[0], f"is published at '/{other.save_as}'", problems)
        for end in (at for at, letter in enumerate(name) if letter == "/"):
            for blocker in by_name.get(name[:end], ()):
                _report(same[0], blocker, f"needs a folder '/{blocker.save_as}'", problems)


def _report(output: Output, other: Output, what: str, problems: Problems) -> None:
    hint = "give it a permalink of its own" if output.source.endswith(("md", "markdown")) else "rename one of them"
    problems.error(output.place, f"{what}, which {Place(other.source, other.line)} takes already", hint)
