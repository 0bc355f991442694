"""`frontispiece upgrade`: this release's generated files, where the owner has not changed the old ones."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..problems import ContentError, Problem, Problems
from ..transaction import restore, write_all
from .files import RECORD, Record, fingerprint, generated, read_record

_CHANGES = Path(__file__).parent.parent / "CHANGES.md"
_HEADING = re.compile(r"^## (\S+).*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did: ``left`` maps a path to the reason, ``news`` is the text of what is new."""

    version: str
    refreshed: tuple[str, ...]
    left: dict[str, str]
    news: str

    def __str__(self) -> str:
        """Return the report that `frontispiece upgrade` prints."""
        lines = [f"refreshed {path}" for path in self.refreshed]
        lines += [f"left {path}: {reason}" for path, reason in self.left.items()]
        if self.left:
            lines.append("`frontispiece upgrade --diff` shows what this version would write there")
        lines = lines or [f"every generated file is as frontispiece {self.version} writes it"]
        return "\n".join([*lines, *(["", "What is new:", "", self.news] if self.news else [])])


def upgrade(root: Path, version: str) -> Upgrade:
    """Refresh the generated files of the site in ``root`` that its owner has not changed; touch no other file.

    1. A file that is as this release generates it is recorded as such.
    2. A file that is as an earlier release generated it is replaced.
    3. A file that this release is the first to generate is written, unless there is one of that name.
    4. Any other file is left: the owner has changed or removed it.

    Raises ContentError, and leaves the site as it was, without a readable record of what was generated, and for what
    the disk refuses.
    """
    restore(root)
    record = _record(root)
    files = generated(version)
    current = {path: _read(root / path) for path in files}
    hashes: dict[str, str] = {}
    refreshed: list[str] = []
    left: dict[str, str] = {}
    for path, data in files.items():
        now, before = current[path], record.hashes.get(path)
        if now is not None and now.replace(b"\r\n", b"\n") == data:
            hashes[path] = fingerprint(data)
        elif (now is None and before is None) or (now is not None and fingerprint(now) == before):
            hashes[path] = fingerprint(data)
            refreshed.append(path)
        else:
            hashes.update({path: before} if before else {})
            left[path] = "you have removed it" if now is None else "you have changed it"
    write_all(root, {**{path: files[path] for path in refreshed}, RECORD: str(Record(version, hashes)).encode()})
    news = changes_since(record.version) if record.version != version else ""
    return Upgrade(version, tuple(refreshed), left, news)


def changes_since(version: str, text: str | None = None) -> str:
    """Return the sections of CHANGES.md above the one of ``version``; the newest one if it has none.

    ``text`` replaces CHANGES.md. Its sections begin with ``## VERSION``, and the newest comes first.
    """
    text = _CHANGES.read_text("utf-8") if text is None else text
    headings = list(_HEADING.finditer(text))
    later = [heading.start() for heading in headings]
    for heading in headings:
        if heading[1] == version:
            return text[later[0] : heading.start()].strip()
    return text[later[0] : later[1] if len(later) > 1 else None].strip()


def differences(root: Path, version: str) -> str:
    """Return the generated files of the site beside those of this release, as a patch that `git apply` takes."""
    return "".join(
        line
        for path, data in generated(version).items()
        if (now := _read(root / path)) is not None
        for line in _patch(path, now.decode("utf-8", "replace"), data.decode())
    )


def _patch(path: str, old: str, new: str) -> Iterator[str]:
    """Yield the lines of a patch; the line ends that git makes on Windows are no difference."""
    before, after = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (old, new))
    for line in difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _record(root: Path) -> Record:
    data = _read(root / RECORD)
    if data is None:
        hint = "restore it from git, or see `frontispiece upgrade --diff`"
        raise ContentError([Problem(RECORD, 0, "", "is missing: it records which files are generated", hint)])
    problems = Problems()
    record = read_record(data.decode("utf-8", "replace"), problems)
    if problems.failed:
        raise ContentError(problems)
    return record


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
