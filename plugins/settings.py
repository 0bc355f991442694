"""Every setting of this project, once: its name, type, default, check and one line of prose.

A setting is written in capitals in ``pelicanconf.py`` (``THEME_SCHEME``) and read here in lower case
(``settings.theme_scheme``). The README's table is tested against this module. Pelican's own settings are documented at
https://docs.getpelican.com/en/latest/settings.html; those that the steps of a build read stand here too.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from .problems import InvalidValueError, Place, Problem, Problems

T = TypeVar("T")
Check = Callable[[object], T]
FILE = "pelicanconf.py"
SETTINGS_FILES = (FILE, "publishconf.py")
_OTHER_FOLDERS = frozenset("pages articles data root images files".split())  # below the content, never a collection
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_|~-]+")  # a header's name: a token of RFC 9110


def setting(default: T, check: Check[T], prose: str) -> T:
    """Declare one setting; ``check`` returns the value to use, or raises InvalidValueError."""
    declared: T = field(default_factory=lambda: default, metadata={"check": check, "prose": prose})
    return declared


def unchecked(default: object, prose: str) -> object:
    """Declare a setting that the feature which it belongs to checks."""
    return setting(default, lambda value: value, prose)


def accept(kind: type[T], message: str, hint: str, fits: Callable[[T], object] = lambda value: True) -> Check[T]:
    """Accept values of one type for which ``fits`` returns something true."""

    def check(value: object) -> T:
        if isinstance(value, kind) and fits(value):
            return value
        raise InvalidValueError(message, hint)

    return check


def accept_list(message: str, hint: str, fits: Callable[[object], bool]) -> Check[tuple[str, ...]]:
    """Accept lists and tuples of items for which ``fits`` returns True."""

    def check(value: object) -> tuple[str, ...]:
        if isinstance(value, list | tuple) and all(map(fits, value)):
            return tuple(value)
        raise InvalidValueError(message, hint)

    return check


def is_text(value: object) -> bool:
    """Return whether a value is a text that files and names can hold: without zeros and half characters."""
    return isinstance(value, str) and not re.search(r"[\0\ud800-\udfff]", value)


def is_line(value: object) -> bool:
    """Return whether a value is a text that a line of a configuration file can hold."""
    return is_text(value) and str(value).isprintable()


text = accept(str, "is not a text", 'write "…"', is_text)
flag = accept(bool, "is neither True nor False", "write True or False")
line = accept(str, "is not a text of one line", 'write "…"', is_line)
texts = accept_list("is not a list of texts", 'write ["…"]', is_text)
table: Check[Mapping[str, str]] = accept(
    dict,
    "is not a mapping of names to texts",
    'write {"…": "…"}',
    lambda value: all(is_line(part) for pair in value.items() for part in pair),
)
header_table: Check[Mapping[str, str]] = accept(
    dict,
    "is not a mapping of names of headers to texts of one line",
    'write {"X-Robots-Tag": "noindex"}',
    lambda value: all(is_line(text) and is_line(name) and _HEADER.fullmatch(name) for name, text in value.items()),
)
language = accept(
    str,
    "is not a language tag",
    "write one such as 'en' or 'zh-Hans'",
    re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*").fullmatch,
)


collection_names = accept_list(
    "is not a list of names of folders below the content",
    'write ["publications", "talks"]',
    lambda name: isinstance(name, str) and bool(re.fullmatch(r"[^\W_][\w-]*", name)) and name not in _OTHER_FOLDERS,
)


def choice(*names: str) -> Check[str]:
    """Accept one of several texts."""
    return accept(str, "is not one of the choices", f"write one of {', '.join(names)}", names.__contains__)


def choices(*names: str) -> Check[tuple[str, ...]]:
    """Accept a list of some of several texts."""
    return accept_list("is not a list of the choices", f"write a list of {', '.join(names)}", names.__contains__)


def folder(value: object) -> Path:
    """Accept the path of a folder that exists; return it absolute."""
    if isinstance(value, str | PathLike) and value and os.path.isdir(value):  # noqa: PTH112  (Path's own may raise)
        return Path(value).resolve()
    raise InvalidValueError("is not a folder", "write the path of one")


def site_url(value: object) -> str:
    """Accept "" or the address of a site: a scheme, a host and perhaps a path, without a slash at the end."""
    address = text(value)
    if not address:
        return ""
    hint = 'write one such as "https://name.github.io", without a slash at the end'
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or not address.isprintable() or " " in address:
        raise InvalidValueError("is not the address of a site", hint)
    if "?" in address or "#" in address or parts.username is not None:
        raise InvalidValueError("has more than a host and a path", hint)
    if address.endswith("/"):
        raise InvalidValueError("ends with a slash", f"write {address.rstrip('/')!r}")
    return address


def base_url(value: object) -> str | None:
    """Accept None, "" or a path without a slash at its end."""
    if value is None or (isinstance(value, str) and re.fullmatch(r"(?:/[^/?#\s]+)*", value)):
        return value
    raise InvalidValueError("is not the path of a site", 'write one such as "/website", or "" for none')


def time_zone(value: object) -> str:
    """Accept the name of a time zone (IANA)."""
    try:
        return ZoneInfo(text(value)).key
    except (KeyError, ValueError, OSError):
        raise InvalidValueError("is not a time zone", "write one such as 'Europe/London'") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checked settings of one build. ``path`` and ``theme`` are absolute folders."""

    sitename: str = setting("", text, "the site's name: in the browser's title bar")
    author: str = setting("", text, "whose profile a page shows that names no author")
    default_lang: str = setting("en", language, "the language of pages that name none")
    timezone: str = setting("UTC", time_zone, "the time zone of dates that name none")
    siteurl: str = setting("", site_url, "the site's address, without a slash at the end; set it in `publishconf.py`")
    baseurl: str | None = setting(
        None,
        base_url,
        'the end of `SITEURL` that Liquid in your pages calls `site.baseurl`; by default its whole path; `""` if your '
        "`_config.yml` has the path in its `url`",
    )
    theme_scheme: object = unchecked(
        "auto", 'light and dark follow the reader\'s system; `"light"` or `"dark"` fixes one'
    )
    theme_accent: object = unchecked(
        "",
        'the colour of headings and links, such as `"#8c1d18"`; one that cannot be read is refused, with the nearest '
        "that can",
    )
    favicon: str = setting(
        "",
        text,
        "the icon in the browser's tab: a path below `content/`; without it `favicon.svg`, `.png` or `.ico` in "
        "`content/root/`, else the author's monogram",
    )
    author_profile: bool = setting(
        False, flag, "whether pages show the sidebar whose front matter does not say; Jekyll's `defaults` often said so"
    )
    author_portrait_size: int = setting(
        304,
        accept(int, "is out of range", "write a whole number from 32 to 1024: CSS pixels", lambda n: 32 <= n <= 1024),
        "the portrait's longer side in CSS pixels",
    )
    author_portrait_shape: str = setting(
        "plate",
        choice("plate", "square", "circle", "whole"),
        'a plate of 4:5; or `"square"`, `"circle"`, or `"whole"` for a picture that is not cut',
    )
    author_portrait_cache: str = setting(".cache/portraits", text, "where portraits are kept between builds")
    author_files: tuple[str, ...] = setting(
        ("author.vcf", "resume.json"),
        choices("author.vcf", "resume.json"),
        "what is written for address books and CV tools",
    )
    author_files_linked: bool = setting(False, flag, "whether the sidebar links these files")
    author_files_contacts: tuple[str, ...] = setting(
        (), choices("phone", "address"), 'what they include: `"phone"`, `"address"`'
    )
    collections: tuple[str, ...] = setting(
        ("publications", "talks", "teaching", "portfolio"),
        collection_names,
        "the folders below `content/` whose files are entries of a section, not pages",
    )
    sections: object = unchecked(
        (),
        'the sections that the home page shows, in their order: `["publications", "talks"]`, or with their titles '
        '`{"publications": "Papers"}`; by default all of `COLLECTIONS`. See [Your own page](#your-own-page)',
    )
    images_strip_metadata: bool = setting(
        True,
        flag,
        "pictures are published without place, camera and author, drawings without comments and editors' data; the "
        "originals stay as they are",
    )
    script_langs: object = unchecked(
        None,
        'the language of a script that several languages share: `{"Han": "zh-Hans"}`; a page\'s `script_langs` '
        "overrides it",
    )
    redirects: object = unchecked(
        {},
        'old addresses that belong to no page: `{"/old/": "/new/"}`, or with a status '
        '`{"/old/": {"target": "/new/", "status": 302}}`',
    )
    redirects_file: str = setting("redirects.yml", text, "the same as YAML, below `content/`")
    hosts: object = unchecked((), "the hosts that the site is for: see [Hosts](#hosts)")
    headers: Mapping[str, str] = setting(
        {
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # a login in a window of its own works
        },
        header_table,
        "headers for every file, beside a Content-Security-Policy and `nosniff`: by default `Referrer-Policy`, "
        "`Permissions-Policy` and `Cross-Origin-Opener-Policy`. What may load is said inside each page",
    )
    allow: object = unchecked(
        (),
        "what the pages' scripts may load and send beyond their own hosts: addresses and services, as in "
        '`["https://api.example.org", "disqus"]`, or by directive `{"connect-src": ["https://api.example.org"]}`; '
        "see [Services](#services)",
    )
    analytics: object = unchecked("", 'the counter on every page: `"goatcounter:NAME"`; see [Services](#services)')
    verification: Mapping[str, str] = setting(
        {}, table, 'how search engines know that the site is yours: `{"google-site-verification": "KEY"}`'
    )
    preview_image: str = setting(
        "", text, "the picture that link previews show of pages without the author's portrait: a path below `content/`"
    )
    strict_transport_security: str = setting(
        "", line, '`"max-age=63072000"`: browsers then refuse the site without HTTPS for two years'
    )
    publish: object = unchecked({}, "where `invoke publish` sends the site: see [Publishing](#publishing)")
    show_drafts: bool = setting(False, flag, "builds drafts too")
    acknowledged: tuple[str, ...] = setting(
        (),
        texts,
        "warnings that need not be shown again, each as it is printed; its line number does not count. Errors stay",
    )
    cache_path: str = setting(
        ".cache", text, "where compiled templates are kept between builds; it may be deleted at any time"
    )

    # Pelican's own, which need no row in the README's table
    path: Path = setting(Path("content"), folder, "")  # noqa: RUF009  (it makes a field)
    theme: Path = setting(Path("theme"), folder, "")  # noqa: RUF009
    page_paths: tuple[str, ...] = setting(("pages",), texts, "")
    article_paths: tuple[str, ...] = setting(("articles",), texts, "")
    ignore_files: tuple[str, ...] = setting((), texts, "")
    static_paths: tuple[str, ...] = setting((), texts, "")
    direct_templates: tuple[str, ...] = setting((), texts, "")
    template_pages: Mapping[str, str] = setting({}, table, "")
    output_retention: tuple[str, ...] = setting((), texts, "")


NAMES = tuple(each.name.upper() for each in fields(Settings))


def read_settings(given: Mapping[str, object], problems: Problems) -> Settings:
    """Return the checked settings; the default stands in for one that is reported."""
    values: dict[str, object] = {}
    for each, name in zip(fields(Settings), NAMES, strict=True):
        if name in given:
            with problems.collect(Place(FILE, 0, name), given[name]):
                values[each.name] = each.metadata["check"](given[name])
    return Settings(**values)  # type: ignore[arg-type]  # each was checked by its own field


def report_misspelled(given: Iterable[str], known: Iterable[str], problems: Problems) -> None:
    """Warn of settings that nobody knows and that resemble one that is known: ``SITE_URL``, ``HOST``."""
    known = {*known, *NAMES}
    for name in given:
        if name not in known and (near := get_close_matches(name, known, n=1, cutoff=0.85)):
            problems.warn(Place(FILE, 0, name), "is not a setting, and does nothing", f"write {near[0]}")


def with_lines(found: Iterable[Problem], sources: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems; those of a setting with the settings file and the line where it is set.

    ``sources`` are the texts of the settings files by their names; the first one that sets a name counts.
    """
    lines = {path: setting_lines(text) for path, text in sources.items()}
    for problem in found:
        name = problem.key.partition("[")[0]
        place = next((path for path in lines if name in lines[path]), None)
        if place is not None and problem.path in SETTINGS_FILES and not problem.line:
            problem = replace(problem, path=place, line=lines[place][name])
        yield problem


def setting_lines(source: str) -> dict[str, int]:
    """Return the line, from 1, on which a settings file sets each name; the last one counts."""
    return {
        match[1]: source.count("\n", 0, match.start()) + 1
        for match in re.finditer(r"^([A-Z][A-Z0-9_]*)[ \t]*(?::[^=\n]+)?=(?!=)", source, re.MULTILINE)
    }
