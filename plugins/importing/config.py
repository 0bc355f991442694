"""An academicpages ``_config.yml`` → the settings and the authors file that say the same here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ..problems import Problem
from ..yaml_mapping import read_mapping

_AUTHOR = re.compile(r"^author[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n|#[^\n]*\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Config:
    """What of a ``_config.yml`` counts here.

    ``authors`` is the text of ``content/authors.yml``: the ``author:`` block as its author wrote it, comments and all.
    ``settings`` go to ``pelicanconf.py``, ``production`` to ``publishconf.py``; each maps a name to its text.
    """

    authors: str
    settings: Mapping[str, str]
    production: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_config(text: str, path: str) -> Config:
    """Read a ``_config.yml``; ``text`` has its lines ended by LF, ``path`` is told in the problems."""
    reading = read_mapping(text)
    problems = [replace(problem, path=path) for problem in reading.problems]
    values = reading.values
    author = values.get("author")
    name = str(author.get("name") or "") if isinstance(author, dict) else ""
    if not name:
        line = reading.lines.get(("author",), 0)
        problems.append(Problem(path, line, "author", "names nobody", "write 'name:' with your name below 'author:'"))
    block = _AUTHOR.search(text + "\n")
    settings = {"SITENAME": str(values.get("title") or name), "AUTHOR": name}
    if values.get("locale"):
        settings["DEFAULT_LANG"] = str(values["locale"]).split(".")[0].replace("_", "-").split("-")[0].lower()
    address = _address(str(values.get("url") or ""), str(values.get("baseurl") or ""))
    return Config(
        authors=block[0].rstrip() + "\n" if block else "",
        settings=settings,
        production={"SITEURL": address} if address else {},
        problems=tuple(problems),
    )


def _address(url: str, baseurl: str) -> str:
    """Return Jekyll's ``url`` and ``baseurl`` as one address without a slash at the end; "" if it is none."""
    address = f"{url.strip().rstrip('/')}/{baseurl.strip('/ ')}".rstrip("/")
    return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc else ""
