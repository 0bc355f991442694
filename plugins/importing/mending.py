"""What a build refuses of an imported site is put aside in the plan, so that the rest can be built, with a warning.

- A page, entry or article becomes a draft; the home page stays, since there is no site without it.
- A line of ``content/authors.yml`` or ``content/redirects.yml`` becomes a comment.
- A menu is left out.
"""

from collections.abc import Iterable
from pathlib import Path

from ..old_site import FILE as OLD_ADDRESSES
from ..old_site import read
from ..problems import Place, Problem
from .plan import Plan
from .planning import DRAFTS

_LINES = ("content/authors.yml", "content/redirects.yml")
_MENU = "content/navigation.yml"
_KINDS = ("page", "entry", "article", "menu")


def mend(plan: Plan, errors: Iterable[Problem]) -> bool:
    """Put aside what the errors of a build are about; return whether anything is."""
    home = next((each.source for _, each in read(_text(plan, OLD_ADDRESSES)) if each.address == "/"), "")
    numbers = {
        item.to: number
        for number, item in enumerate(plan.items)
        if item.to and item.kind in _KINDS and item.path != home
    }
    mended = False
    for error in errors:
        if error.path in _LINES and error.line:
            mended |= _comment_out(plan, error)
        elif error.path in numbers:
            _put_aside(plan, numbers.pop(error.path), error)
            mended = True
    return mended


def _comment_out(plan: Plan, error: Problem) -> bool:
    lines = _text(plan, error.path).split("\n")
    if error.line > len(lines) or lines[error.line - 1].startswith("#"):
        return False
    lines[error.line - 1] = f"# {lines[error.line - 1]}"
    plan.files[error.path] = "\n".join(lines).encode()
    message = f"is a comment now, since the site cannot be built with it: {error.message}"
    plan.problems.warn(Place(error.path, error.line, error.key), message, error.hint)
    return True


def _text(plan: Plan, path: str) -> str:
    source = plan.files.get(path)
    return (source.read_bytes() if isinstance(source, Path) else source or b"").decode("utf-8", "replace")


def _put_aside(plan: Plan, number: int, error: Problem) -> None:
    item = plan.items[number]
    why = f"the site cannot be built with it: {error.message}"
    source, plan.files[item.to] = plan.files[item.to], None
    if item.to == _MENU:
        plan.items[number] = item._replace(to="", why=why)
        plan.problems.warn(Place(item.path), f"is left out, since {why}", error.hint)
        return
    draft = f"content/_drafts/{item.to.removeprefix('content/')}"
    plan.files[draft] = source
    plan.items[number] = item._replace(kind="draft", to=draft, why=why)
    hint = f"{error.hint}, and move it to {item.to}" if error.hint else f"correct it, and move it to {item.to}"
    plan.problems.warn(Place(draft, error.line, error.key), f"is kept as a draft, since {why}", hint)
    plan.settings = {**plan.settings, "ACKNOWLEDGED": [DRAFTS]}
