"""The setting ``PUBLISH`` → the target that was asked for, or problems.

``PUBLISH = {"github-pages": {}, "backup": {"kind": "folder", "path": "/mnt/web"}}``: each target has a name; its kind
is its ``kind``, or its name where that is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..problems import Problem

# kind → its options and their defaults; None where there is no default and the author must say it
KINDS: dict[str, dict[str, str | None]] = {
    "github-pages": {"remote": "origin", "branch": "gh-pages", "repository": ""},
    "folder": {"path": None},
    "rsync": {"to": None, "ssh": "ssh"},
    "s3": {"bucket": None, "prefix": "", "endpoint": "", "region": ""},
    "netlify": {"site": ""},
    "cloudflare": {"project": None},
    "vercel": {},
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where to publish: a name, one of ``KINDS``, and all of the kind's options."""

    name: str
    kind: str
    options: Mapping[str, str]

    def __str__(self) -> str:
        """Return the name, and what tells it from others of its kind."""
        told = next(
            (self.options[key] for key in ("path", "to", "bucket", "project", "remote") if key in self.options), ""
        )
        return f"{self.name} ({told})" if told else self.name


def chosen(setting: Any, name: str, path: str, line: int) -> tuple[Target | None, list[Problem]]:
    """Return the target called ``name``, or the first one; ``path`` and ``line`` are where ``PUBLISH`` is set."""

    def refused(message: str, hint: str) -> tuple[None, list[Problem]]:
        return None, [Problem(path, line, "PUBLISH", message, hint)]

    if not isinstance(setting, Mapping) or not setting:
        return refused("names no target", 'write PUBLISH = {"github-pages": {}}')
    name = name or str(next(iter(setting)))
    if name not in setting:
        return refused(f"has no target {name!r}", f"name one of {', '.join(map(str, setting))}")
    options = setting[name]
    if not isinstance(options, Mapping) or not all(isinstance(value, str) for value in options.values()):
        return refused(f"{name!r} is no mapping of names to texts", f'write "{name}": {{}}')
    kind = options.get("kind", name)
    if kind not in KINDS:
        return refused(f"{kind!r} is no kind of target", f"name one of {', '.join(KINDS)}")
    known = KINDS[kind]
    unknown = [key for key in options if key not in known and key != "kind"]
    missing = [key for key, default in known.items() if default is None and not options.get(key)]
    if unknown:
        return refused(
            f"{name!r} has {unknown[0]!r}, which {kind} does not know", f"it knows {', '.join(known) or 'none'}"
        )
    if missing:
        return refused(f"{name!r} needs {missing[0]!r}", f'write "{name}": {{"{missing[0]}": "…"}}')
    return Target(name, kind, {key: options.get(key, default or "") for key, default in known.items()}), []
