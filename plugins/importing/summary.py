"""The plan of an import → its short report on the terminal."""

from collections import Counter
from collections.abc import Sequence

from .plan import KINDS, Imported

_ENTRIES = {"publications": "publication", "talks": "talk", "teaching": "course", "portfolio": "project"}
_MOST = 12  # warnings that are printed; the report has all


def summary(done: Imported) -> str:
    """Return the lines: how much came along of each kind, what was left out, what was kept, what needs the owner."""
    plan, warnings = done.plan, list(done.plan.problems)
    taken = Counter(item.collection or item.kind for item in plan.items if item.to)
    lines = [", ".join(_counted(number, name) for name, number in sorted(taken.items(), key=_order)) or "nothing"]
    lines[0] = f"{plan.template}: {lines[0]}"
    for kind, what in (
        ("template", "the template's own: left out"),
        ("code", "layouts, styles and scripts: left out; the program has its own design"),
        ("tool", "about the repository: left out"),
        ("unpublished", "not published by the old site: left out"),
        ("cache", "made by programs: left out"),
        ("refused", "not readable, or links out of the folder: left out"),
    ):
        paths = [
            i.path for i in plan.items if (i.template if kind == "template" else i.kind == kind and not i.template)
        ]
        if paths:
            lines.append(f"  {len(paths):>5,}  {what} ({_some(paths)})")
    if not done.written:
        lines.append("Nothing has changed since the last import.")
    if done.replaced:
        lines.append(f"Replaced, though you had written or changed them: {_some(done.replaced, 5)}.")
    if done.kept:
        lines.append(f"Kept as you have changed or removed them since: {_some(done.kept, 5)}.")
    if warnings:
        lines.append(f"{len(warnings)} {'thing needs' if len(warnings) == 1 else 'things need'} you:")
        lines += [f"  {warning}" for warning in warnings[:_MOST]]
        if len(warnings) > _MOST:
            lines.append(f"  and {len(warnings) - _MOST} more: see the report")
    return "\n".join(lines)


def _order(counted: tuple[str, int]) -> tuple[int, int, str]:
    kinds = list(KINDS)
    name = counted[0]
    return (
        kinds.index("entry" if name not in KINDS else name),
        list(_ENTRIES).index(name) if name in _ENTRIES else 9,
        name,
    )


def _counted(number: int, name: str) -> str:
    if name in _ENTRIES:
        one, several = _ENTRIES[name], f"{_ENTRIES[name]}s"
    else:
        one, several = KINDS.get(name, (f"entry of {name}", f"entries of {name}"))
    return f"{number:,} {one if number == 1 else several}"


def _some(paths: Sequence[str], most: int = 3) -> str:
    return ", ".join(paths[:most]) + (" …" if len(paths) > most else "")
