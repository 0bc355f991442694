"""Names of files that Windows cannot have, in the site that is planned → warnings.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file. Names that differ only in case are reported where
files and redirects are planned.
"""

import re
from collections.abc import Iterable, Mapping

from .problems import Problems
from .site import Output, Redirect

_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


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
