"""An academicpages ``_config.yml`` → the equivalent settings and authors file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..problems import Place, Problems
from ..yaml_mapping import parse_yaml

_AUTHOR = re.compile(r"^author[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n|#[^\n]*\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Config:
    """What is imported from a ``_config.yml``.

    ``authors`` is the text of ``content/authors.yml``: the ``author:`` block as its author wrote it, with its comments.
    ``settings`` go to ``pelicanconf.py``, ``production`` to ``publishconf.py``; each maps a name to its value.
    """

    authors: str
    settings: Mapping[str, str]
    production: Mapping[str, str]


def read_config(text: str, path: str, problems: Problems) -> Config:
    """Read a ``_config.yml``; the lines of ``text`` end with LF, ``path`` is the one to report in problems."""
    reading = parse_yaml(text, path, problems)
    values = reading.values
    author = values.get("author")
    name = str(author.get("name") or "") if isinstance(author, dict) else ""
    if not name:
        place = Place(path, reading.lines.get(("author",), 0), "author")
        problems.error(place, "has no name", "write 'name:' with your name below 'author:'")
    block = _AUTHOR.search(text + "\n")
    settings = {"SITENAME": str(values.get("title") or name), "AUTHOR": name}
    if values.get("locale"):
        settings["DEFAULT_LANG"] = str(values["locale"]).split(".")[0].replace("_", "-").split("-")[0].lower()
    baseurl = str(values.get("baseurl") or "").strip("/ ")
    address = _address(str(values.get("url") or ""), baseurl)
    production = {"SITEURL": address} if address else {}
    if address and urlsplit(address).path.strip("/") != baseurl:  # Liquid in the pages expects the path in `site.url`
        production["BASEURL"] = f"/{baseurl}" if baseurl else ""
    return Config(
        authors=block[0].rstrip() + "\n" if block else "",
        settings=settings,
        production=production,
    )


def _address(url: str, baseurl: str) -> str:
    """Join Jekyll's ``url`` and ``baseurl`` to one address without a slash at the end; "" if that is not an address."""
    address = f"{url.strip().rstrip('/')}/{baseurl.strip('/ ')}".rstrip("/")
    return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc else ""
