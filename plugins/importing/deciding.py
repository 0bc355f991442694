"""The plan of an import and what the project holds → what is written. Edge: reads the project.

Of a file that the project has already, first match wins:

1. one that is the same needs nothing;
2. one that is as the last import left it, or that is the program's example, is replaced;
3. one that an import wrote and that its owner has changed or removed since stays so;
4. any other is the owner's, and the import is refused.

``--yes`` replaces those of 3 and 4 too. A setting in a settings file counts as a file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import ContentError, Place, Problem, Problems
from ..settings_source import with_settings, written_values
from .plan import Plan, Setting
from .record import FILE, fingerprint, read, written

_EXAMPLES = Path(__file__).parent.parent / "scaffolding" / "site"  # what `frontispiece new` writes
_NAME = "Your Name"
_FIRST_SITE = {  # the content of the program's own repository
    "content/pages/about.md": "a95415ee7fc6b7bbb2f60d854700dcfaa91851fd87befb6065d90ef94ce2b203",
    "content/authors.yml": "7f69fcbb226b91f8743bd85b69d317828030def6cf628db55e65efc8c54183df",
}
_EXAMPLE_VALUES = {  # of the settings that are in both
    "SITENAME": {_NAME, "Yuhang Song"},
    "AUTHOR": {_NAME, "Yuhang Song"},
    "DEFAULT_LANG": {"en"},
    "TIMEZONE": {"UTC"},
    "SITEURL": {"", "https://yuhangsong.github.io"},
}


@dataclass(slots=True)
class Decision:
    """The ``files`` to write, which of them are ``replaced``, and what is ``kept`` as its owner has changed it."""

    files: dict[str, bytes | Path | None] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def decide(plan: Plan, project: Path, *, overwrite: bool) -> Decision:
    """Return what an import writes into ``project``; ContentError for what it would take from its owner."""
    found = Decision()
    before = read(project / FILE)
    after = dict(before)
    refused = Problems()
    for path, source in plan.files.items():
        now = _now(project / path)
        wanted = "" if source is None else fingerprint(source)
        if source is not None:
            after[path] = wanted
        if now == wanted:
            continue
        if _is_free(path, now, before, project):
            found.files[path] = source
            continue
        if source is None:
            refused.error(Place(path), "is at the root of the site, as the home page is", "remove it, or add --yes")
        elif path in before and not overwrite:
            found.kept.append(path)
            after[path] = before[path]
            continue
        elif not overwrite:
            refused.error(Place(path), "would be replaced", "add --yes to replace it")
        found.files[path] = source
        found.replaced += [path] * bool(now)
    for name, values in (("pelicanconf.py", plan.settings), ("publishconf.py", plan.production)):
        _decide_settings(project, name, values, before, after, found, refused, overwrite=overwrite)
    if refused.failed and not overwrite:
        raise ContentError(refused)
    if after != before:
        found.files[FILE] = written(after)
    return found


def _now(file: Path) -> str:
    """Return the hash of what a file holds, "" where there is none; a link counts as one that differs from all."""
    if file.is_symlink():
        return "link"
    return fingerprint(file) if file.is_file() else ""


def _is_free(path: str, now: str, before: Mapping[str, str], project: Path) -> bool:
    """Return whether nothing of the owner's is lost with a file."""
    return (not now and path not in before) or (now and now == before.get(path)) or _is_example(path, now, project)


def _is_example(path: str, now: str, project: Path) -> bool:
    """Return whether a file is still what the program's repository or `frontispiece new` has put there."""
    example = _EXAMPLES / path
    if now == _FIRST_SITE.get(path) or not example.is_file() or now in ("", "link"):
        return now == _FIRST_SITE.get(path)
    return fingerprint(example) == now or _named_example(path, project) is not None


def _named_example(path: str, project: Path) -> str | None:
    """Return the name that `frontispiece new` was given, if a file is its example but for this name."""
    if path != "content/authors.yml" or not (project / path).is_file():
        return None
    text, example = (project / path).read_text("utf-8", "replace"), (_EXAMPLES / path).read_text("utf-8")
    before, _, after = example.partition(json.dumps(_NAME))
    text = text.replace("\r\n", "\n")
    if not (text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after)):
        return None
    name = text[len(before) : len(text) - len(after)]
    return json.loads(name) if name.startswith('"') and "\n" not in name else None


def _decide_settings(
    project: Path,
    name: str,
    values: Mapping[str, Setting],
    before: Mapping[str, str],
    after: dict[str, str],
    found: Decision,
    refused: Problems,
    *,
    overwrite: bool,
) -> None:
    """Decide on the settings of one file."""
    file = project / name
    text: str = file.read_text("utf-8") if file.is_file() else ""
    try:
        current = written_values(text)
    except SyntaxError as error:
        raise ContentError([Problem(name, error.lineno or 0, "", f"is not Python: {error.msg}")]) from None
    free = {_named_example("content/authors.yml", project) or _NAME}
    wanted: dict[str, Setting] = {}
    for key, value in values.items():
        new, now = written_values(with_settings("", {key: value}))[key], current.get(key, "")
        label = f"{name} {key}"
        after[label] = fingerprint(new.encode())
        if now == new:
            continue
        is_example = not now or "environ" in now or now in map(repr, _EXAMPLE_VALUES.get(key, set()) | free)
        if is_example or fingerprint(now.encode()) == before.get(label):
            pass
        elif overwrite:
            found.replaced.append(f"{name}: {key}")
        elif label in before:
            found.kept.append(f"{name}: {key}")
            after[label] = before[label]
            continue
        else:
            refused.error(Place(name, 0, key), f"{now} would be replaced", "add --yes to replace it")
        wanted[key] = value
    if wanted:
        made: bytes = with_settings(text, wanted).encode()
        found.files[name] = made
