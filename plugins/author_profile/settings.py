"""The settings that begin with ``AUTHOR_``: their defaults, and what is wrong with the given ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..problems import Problem
from .services import shown

SHAPES = ("square", "circle", "whole")
FILES = ("author.vcf", "resume.json")
CONTACTS = ("phone", "address")


@dataclass(frozen=True, slots=True)
class Settings:
    """What pelicanconf.py says about authors; pelicanconf.py has the prose."""

    portrait_size: int = 176
    portrait_shape: str = "square"
    portrait_cache: str = ".cache/portraits"
    files: tuple[str, ...] = FILES
    files_linked: bool = False
    files_contacts: tuple[str, ...] = ()


def read_settings(settings: Mapping[str, Any]) -> tuple[Settings, list[Problem]]:
    """Return the validated settings; the default stands in for one that is a problem."""
    problems: list[Problem] = []
    chosen: dict[str, Any] = {}

    def check(name: str, fits: bool, hint: str) -> None:
        if name not in settings:
            return
        value = settings[name]
        if fits:
            chosen[name.removeprefix("AUTHOR_").lower()] = tuple(value) if isinstance(value, list) else value
        else:
            problems.append(Problem("pelicanconf.py", 0, name, f"{shown(str(value))} is no such setting", hint))

    def of(name: str, allowed: tuple[str, ...]) -> bool:
        value = settings.get(name, ())
        return isinstance(value, list | tuple) and all(item in allowed for item in value)

    size = settings.get("AUTHOR_PORTRAIT_SIZE")
    whole = isinstance(size, int) and not isinstance(size, bool) and 32 <= size <= 1024
    check("AUTHOR_PORTRAIT_SIZE", whole, "write a whole number from 32 to 1024: CSS pixels")
    check("AUTHOR_PORTRAIT_SHAPE", settings.get("AUTHOR_PORTRAIT_SHAPE") in SHAPES, f"write one of {', '.join(SHAPES)}")
    check("AUTHOR_PORTRAIT_CACHE", isinstance(settings.get("AUTHOR_PORTRAIT_CACHE"), str), "write a folder's path")
    check("AUTHOR_FILES", of("AUTHOR_FILES", FILES), f"write a list of {', '.join(FILES)}")
    check("AUTHOR_FILES_LINKED", isinstance(settings.get("AUTHOR_FILES_LINKED"), bool), "write True or False")
    check("AUTHOR_FILES_CONTACTS", of("AUTHOR_FILES_CONTACTS", CONTACTS), f"write a list of {', '.join(CONTACTS)}")
    return Settings(**chosen), problems
