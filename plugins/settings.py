"""Every setting of this project, once: its name, type, default, check and one line of prose.

A setting is written in capitals in ``pelicanconf.py`` (``THEME_SCHEME``) and read here in lower case
(``settings.theme_scheme``). The README's table is tested against this module. Pelican's own settings are documented at
https://docs.getpelican.com/en/latest/settings.html; those that the steps of a build read stand here too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from .problems import InvalidValueError, Place, Problems

T = TypeVar("T")
Check = Callable[[object], T]
FILE = "pelicanconf.py"


def setting(default: T, check: Check[T], prose: str) -> T:
    """Declare one setting; ``check`` returns the value to use, or raises InvalidValueError."""
    declared: T = field(default_factory=lambda: default, metadata={"check": check, "prose": prose})
    return declared


def unchecked(default: object, prose: str) -> object:
    """Declare a setting that the feature which it belongs to checks."""
    return setting(default, lambda value: value, prose)


def text(value: object) -> str:
    """Accept a text; None is the empty one."""
    if value is None or isinstance(value, str):
        return value or ""
    raise InvalidValueError("is not a text", 'write "…"')


def flag(value: object) -> bool:
    """Accept True or False."""
    if isinstance(value, bool):
        return value
    raise InvalidValueError("is neither True nor False", "write True or False")


def number(low: int, high: int, unit: str) -> Check[int]:
    """Accept a whole number within bounds."""

    def check(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise InvalidValueError("is out of range", f"write a whole number from {low} to {high}: {unit}")

    return check


def choice(*names: str) -> Check[str]:
    """Accept one of several texts."""

    def check(value: object) -> str:
        if isinstance(value, str) and value in names:
            return value
        raise InvalidValueError("is not one of the choices", f"write one of {', '.join(names)}")

    return check


def choices(*names: str) -> Check[tuple[str, ...]]:
    """Accept a list of some of several texts."""

    def check(value: object) -> tuple[str, ...]:
        if isinstance(value, list | tuple) and all(item in names for item in value):
            return tuple(value)
        raise InvalidValueError("is not a list of the choices", f"write a list of {', '.join(names)}")

    return check


def texts(value: object) -> tuple[str, ...]:
    """Accept a list of texts."""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise InvalidValueError("is not a list of texts", 'write ["…"]')


def table(value: object) -> Mapping[str, str]:
    """Accept a mapping of names to texts."""
    if isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair):
        return dict(value)
    raise InvalidValueError("is not a mapping of names to texts", 'write {"…": "…"}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checked settings of one build. ``path`` and ``theme`` are absolute folders."""

    path: Path
    theme: Path
    sitename: str = setting("", text, "the site's name: in the browser's title bar")
    siteurl: str = setting("", text, "where the site lives, without a slash at the end; set it in `publishconf.py`")
    author: str = setting("", text, "whose profile a page shows that names no author")
    default_lang: str = setting("en", text, "the language of pages that name none")
    script_langs: object = unchecked({}, "the language of words in a script that several languages share")
    show_drafts: bool = setting(False, flag, "builds drafts too")
    page_paths: tuple[str, ...] = setting(("pages",), texts, "the folders of pages, below the content")
    article_paths: tuple[str, ...] = setting(("articles",), texts, "the folders of articles, below the content")
    ignore_files: tuple[str, ...] = setting((), texts, "names of files that are not published")
    cache_path: str = setting(".cache", text, "where compiled templates are kept between builds")
    theme_scheme: object = unchecked("auto", "`light` or `dark` fixes the colour scheme")
    theme_accent: object = unchecked("", "the colour of headings and links")
    author_portrait_size: int = setting(176, number(32, 1024, "CSS pixels"), "the portrait's longer side in CSS pixels")
    author_portrait_shape: str = setting("square", choice("square", "circle", "whole"), "how the portrait is cut")
    author_portrait_cache: str = setting(".cache/portraits", text, "where portraits are kept between builds")
    author_files: tuple[str, ...] = setting(
        ("author.vcf", "resume.json"),
        choices("author.vcf", "resume.json"),
        "what is written for address books and CV tools",
    )
    author_files_linked: bool = setting(False, flag, "whether the sidebar links the author's files")
    author_files_contacts: tuple[str, ...] = setting(
        (), choices("phone", "address"), "which contact details the author's files include"
    )
    images_strip_metadata: bool = setting(True, flag, "pictures are published without place, camera and author")
    redirects: object = unchecked({}, "old addresses that belong to no page")
    redirects_file: str = setting("redirects.yml", text, "the same as YAML, below `content/`")
    hosts: object = unchecked((), "the hosts that the site is for")
    headers: Mapping[str, str] = setting({}, table, "headers beside the Content-Security-Policy")
    strict_transport_security: str = setting("", text, "the value of the Strict-Transport-Security header")


def read_settings(given: Mapping[str, object], problems: Problems) -> Settings:
    """Return the checked settings; the default stands in for one that is reported."""
    values: dict[str, object] = {name: Path(str(given[name.upper()])).resolve() for name in ("path", "theme")}
    for each in fields(Settings):
        name = each.name.upper()
        if each.name in values or name not in given:
            continue
        with problems.collect(Place(FILE, 0, name), given[name]):
            values[each.name] = each.metadata["check"](given[name])
    return Settings(**values)  # type: ignore[arg-type]  # each was checked by its own field
