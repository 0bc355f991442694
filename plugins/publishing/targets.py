"""The setting ``PUBLISH`` → the target to publish to.

``PUBLISH = {"github-pages": {}, "backup": {"kind": "folder", "path": "/mnt/web"}}``: each target has a name; its kind
is its ``kind``, or its name where that is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..problems import ContentError, Problem

# kind → its options and their defaults; None where there is no default and the author must set it
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
        """Return the name, and the option that distinguishes it from others of its kind."""
        shown = next(
            (self.options[key] for key in ("path", "to", "bucket", "project", "remote") if key in self.options), ""
        )
        return f"{self.name} ({shown})" if shown else self.name


def choose(setting: object, name: str, path: str, line: int) -> Target:
    """Return the target called ``name``, or the first one if ``name`` is "".

    ``path`` and ``line`` are where ``PUBLISH`` is set. Raises ``ContentError`` if it cannot be used.
    """

    def error(message: str, hint: str) -> ContentError:
        return ContentError([Problem(path, line, "PUBLISH", message, hint)])

    if not isinstance(setting, Mapping) or not setting:
        raise error("names no target", 'write PUBLISH = {"github-pages": {}}')
    name = name or str(next(iter(setting)))
    if name not in setting:
        raise error(f"has no target {name!r}", f"write one of {', '.join(map(str, setting))}")
    options = setting[name]
    if not isinstance(options, Mapping) or not all(isinstance(value, str) for value in options.values()):
        raise error(f"{name!r} is not a mapping of names to texts", f'write "{name}": {{}}')
    kind = options.get("kind", name)
    if kind not in KINDS:
        raise error(f"{kind!r} is not a kind of target", f"write one of {', '.join(KINDS)}")
    known = KINDS[kind]
    unknown = [key for key in options if key not in known and key != "kind"]
    missing = [key for key, default in known.items() if default is None and not options.get(key)]
    if unknown:
        raise error(
            f"{name!r} has {unknown[0]!r}, which is not an option of {kind}",
            f"its options: {', '.join(known) or 'none'}",
        )
    if missing:
        raise error(f"{name!r} needs {missing[0]!r}", f'write "{name}": {{"{missing[0]}": "…"}}')
    return Target(name, kind, {key: options.get(key, default or "") for key, default in known.items()})
