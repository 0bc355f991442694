"""The names of the files of the site that is planned → problems where two of them meet, or where Windows has none such.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from .problems import Place, Problems
from .site import Output, Redirect

MARKDOWN = frozenset("md markdown mkd mkdn mdown mkdown".split())  # the extensions of pages and documents
HTML_PAGES = frozenset(("html", "htm"))  # those of pages that are HTML, with front matter
FOR_HOSTS = frozenset(  # names below content/root/ that hosts read
    ".well-known .htaccess .nojekyll .domains .assetsignore _headers _redirects _routes.json _worker.js".split()
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


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


def report_reserved(outputs: Iterable[Output], problems: Problems) -> None:
    """Warn of each page and file that has, or lies in a folder that has, a name that Windows cannot have."""
    for output in outputs:
        if why := unusable(output.save_as):
            is_page = output.key or output.source.endswith((".md", ".markdown"))
            hint = "choose another address" if is_page else "rename it"
            problems.warn(output.place, f"'/{output.save_as}' {why}, so that it is lost there", hint)


def report_reserved_stubs(stubs: Mapping[str, Redirect], problems: Problems) -> None:
    """Warn of each redirect whose stub has such a name."""
    for name, redirect in stubs.items():
        if why := unusable(name):
            hint = "leave it out, or build and copy the site on other systems only"
            problems.warn(redirect.place, f"{redirect.written!r} {why}, so that its stub is lost there", hint)


def unusable(path: str) -> str:
    """Return why Windows cannot have a file with this path, "" if it can."""
    for name in path.split("/"):
        if _DEVICE.fullmatch(name):
            return f"has {name!r}, a device's name on Windows"
        if name.endswith((".", " ")):
            return f"has {name!r}, of which Windows drops the end"
        if found := _FORBIDDEN.search(name):
            return f"has {found[0]!r}, which no name on Windows may have"
    return ""
