"""The settings of author profiles: their defaults, and what is wrong with the given ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..problems import Place, Problems
from .values import quoted

SHAPES = ("square", "circle", "whole")
FILES = ("author.vcf", "resume.json")
CONTACTS = ("phone", "address")


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """The settings of pelicanconf.py, which explains them; ``author`` is ``AUTHOR``, the others ``AUTHOR_…``."""

    author: str = ""
    portrait_size: int = 176
    portrait_shape: str = "square"
    portrait_cache: str = ".cache/portraits"
    files: tuple[str, ...] = FILES
    files_linked: bool = False
    files_contacts: tuple[str, ...] = ()


def read_settings(settings: Mapping[str, object], problems: Problems) -> ProfileSettings:
    """Return the checked settings; the default replaces an invalid one, which is reported."""
    valid: dict[str, object] = {"author": str(settings.get("AUTHOR") or "")}

    def check(name: str, is_valid: bool, hint: str) -> None:
        value = settings.get(name)
        if is_valid:
            valid[name.removeprefix("AUTHOR_").lower()] = tuple(value) if isinstance(value, list) else value
        elif name in settings:
            problems.error(Place("pelicanconf.py", 0, name), f"{quoted(str(value))} is not a valid value", hint)

    def is_list(name: str, allowed: tuple[str, ...]) -> bool:
        value = settings.get(name)
        return isinstance(value, list | tuple) and all(item in allowed for item in value)

    size = settings.get("AUTHOR_PORTRAIT_SIZE")
    is_size = isinstance(size, int) and not isinstance(size, bool) and 32 <= size <= 1024
    check("AUTHOR_PORTRAIT_SIZE", is_size, "write a whole number from 32 to 1024: CSS pixels")
    check("AUTHOR_PORTRAIT_SHAPE", settings.get("AUTHOR_PORTRAIT_SHAPE") in SHAPES, f"write one of {', '.join(SHAPES)}")
    check("AUTHOR_PORTRAIT_CACHE", isinstance(settings.get("AUTHOR_PORTRAIT_CACHE"), str), "write a folder's path")
    check("AUTHOR_FILES", is_list("AUTHOR_FILES", FILES), f"write a list of {', '.join(FILES)}")
    check("AUTHOR_FILES_LINKED", isinstance(settings.get("AUTHOR_FILES_LINKED"), bool), "write True or False")
    check("AUTHOR_FILES_CONTACTS", is_list("AUTHOR_FILES_CONTACTS", CONTACTS), f"write a list of {', '.join(CONTACTS)}")
    return ProfileSettings(**valid)  # type: ignore[arg-type]  # each was checked above
