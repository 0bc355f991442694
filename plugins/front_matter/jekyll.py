"""Jekyll's front matter → Pelican's metadata.

Where a page is published, first match wins:

1. ``permalink``, by Jekyll's rules (``Jekyll::URL``, ``Jekyll::Page#destination``);
2. ``save_as`` and ``url``, Pelican's own keys;
3. an article: the pattern of the site, ``/:categories/:title/`` in academicpages;
4. ``slug``: ``/SLUG/``;
5. the file's name: ``pages/NAME.md`` → ``/NAME/``, ``index.md`` → its folder.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from ..comments import without_comments
from ..markup import to_text
from ..permalinks import POSTS, PRETTY, slugify
from ..problems import InvalidValueError, Place, Problems
from ..yaml_mapping import Value
from .parse import FrontMatter

T = TypeVar("T")
STATUSES = ("published", "hidden", "draft", "skip")

# Keys that are translated one by one below, and what the build itself sets on a page: never copied as they are.
OWN_KEYS = frozenset(
    "author authors category date front_matter head heading heading_html key_lines lang markdown modified profile "
    "save_as slug status summary tags template timezone title translation url words".split()
)

_KEEPS_OUT = {"published": False, "publish": False, "draft": True, "unpublished": True, "private": True}
_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0", "never"), False),
    **dict.fromkeys(("", "~", "null", "none"), None),
}
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")  # Jekyll's name of a post
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_SAFE = "/%:@!$&'()*+,;=~-._"  # what RFC 3986 allows in a path beside letters and digits
_NAME_BYTES = 255  # the longest name that ext4, APFS and NTFS take
_PATH_BYTES = 1000  # far below PATH_MAX, as for redirects
_EXAMPLE = "write a path such as '/about/'"


class Source(NamedTuple):
    """Where a page was read: ``path`` for problems, ``name`` below its folder (``sub/2020-01-02-x.md``), its kind.

    ``pattern`` is that of the addresses of articles that name none.
    """

    path: str
    name: PurePosixPath
    is_article: bool = False
    pattern: str = POSTS


class Address(NamedTuple):
    """Where a page is published: ``url`` percent-encoded and ``save_as`` decoded, both without a leading slash."""

    url: str
    save_as: str


def translate(
    front_matter: FrontMatter, source: Source, site_name: str, reserved: Container[str], problems: Problems
) -> dict[str, object]:
    """Return Pelican's metadata for a page, and report the problems of its keys.

    ``date`` and ``modified`` are datetimes or text, ``author``, ``category`` a name, ``authors``, ``tags`` lists of
    names; ``heading`` is the title as the author gave it, or ``""``. Metadata keys become attributes of Pelican's
    content object: those in ``reserved`` would overwrite its own, and stay in ``front_matter`` alone.
    """
    values = front_matter.values
    metadata: dict[str, object] = {
        key: value
        for key, value in values.items()
        if key.isidentifier() and key.lower() not in reserved and key.lower() not in OWN_KEYS
    }
    faults = Problems()
    dated = _DATED_NAME.fullmatch(source.name.stem) if source.is_article else None

    def place(key: str) -> Place:
        return Place(source.path, front_matter.lines.get(key, 1), key)

    def take(key: str, accept: Callable[[object], T]) -> T | None:
        """Return the accepted value of one key; None for an absent, empty or refused one."""
        value: object = values.get(key)
        if value is None or value == "":
            return None
        if accept is not _moment:
            value = front_matter.written.get(key, value)  # `1.10` and `no` are text where text is asked for
        with faults.collect(place(key)):
            return accept(value)
        return None

    heading = take("title", _heading) or ""
    slug = take("slug", _text) or _slug(source.name, dated)
    metadata["heading"] = heading
    metadata["title"] = heading or (source.is_article and _titleized(slug)) or site_name
    metadata["slug"] = slug
    for key, accept in _ACCEPTED.items():
        if (accepted := take(key, accept)) is not None:
            metadata[key] = accepted
    if "modified" not in metadata and (modified := take("last_modified_at", _moment)) is not None:
        metadata["modified"] = modified
    if "category" not in metadata and (categories := take("categories", _names)):
        metadata["category"] = categories[0]
    metadata.update(_authors(values.get("author") or values.get("authors")))
    if _is_draft(front_matter, place, faults):
        metadata["status"] = "draft"
    if dated and "date" not in metadata:
        metadata["date"] = dated[1]
    if source.is_article and "date" not in metadata and not faults.failed:
        hint = "write 'date: 2026-01-31' or begin the file's name with it"
        faults.error(Place(source.path, 1, "date"), "is missing", hint)

    placeholders = _placeholders(source, slug, metadata.get("date"), _categories(values))
    address = take("permalink", lambda value: _permalink(value, placeholders, strict=source.is_article))
    if address is None and (file := take("save_as", _file)):
        address = file._replace(url=url.url) if (url := take("url", _path)) else file
    if address is None and not (address := take("url", _path)):
        with faults.collect(place("slug")):
            if source.is_article:
                address = _permalink(source.pattern, placeholders, strict=False)
            else:
                address = permalink_address(f"/{slug}/" if slug != "index" else "/")
    metadata |= {} if address is None else {"url": address.url, "save_as": address.save_as}
    problems.extend(faults)
    return metadata


def liquid_page(parts: FrontMatter, metadata: Mapping[str, object], source: Source) -> dict[str, object]:
    """Return Jekyll's ``page`` for the Liquid in a page's body (https://jekyllrb.com/docs/variables/)."""
    url = f"/{metadata.get('url', '')}"
    content = ""
    with suppress(InvalidValueError):  # of a comment that is never closed
        content = without_comments(parts.body)
    return {
        **parts.values,
        "content": content,
        "title": metadata["heading"] or None,
        "url": url,
        "dir": url[: url.rindex("/") + 1],
        "path": source.path,
        "relative_path": f"_pages/{source.name}",  # for `{% link %}`
        "name": source.name.name,
    }


def is_withheld(front_matter: FrontMatter, path: str, problems: Problems) -> bool:
    """Return whether any key keeps a document of a collection out; what Jekyll would have published is a warning.

    ``status`` is a text about the work there, but for the words that keep a page out.
    """

    def place(key: str) -> Place:
        return Place(path, front_matter.lines.get(key, 1), key)

    status = front_matter.values.get("status")
    found = isinstance(status, str) and status.strip().lower() in STATUSES[1:]
    if found:
        problems.warn(place("status"), f"{status!r} keeps the entry out", "write 'published: false'")
    return _is_draft(front_matter, place, problems) or found


def permalink_address(permalink: str) -> Address:
    """Return where Jekyll publishes a permalink.

    ``/`` → ``index.html``, ``/a/`` → ``a/index.html``, ``/a.html`` and ``/a`` → ``a.html``; any other extension is kept
    (``Jekyll::Renderer#permalink_ext``). Raises ``InvalidValueError`` for what is not a path inside the site.
    """
    path = re.sub(r"/+", "/", f"/{permalink}".replace("..", "/").replace("./", ""))  # Jekyll::URL#sanitize_url
    decoded = unquote(path)
    if "�" in decoded and "�" not in path:
        raise InvalidValueError(f"{permalink!r} is not percent-encoded UTF-8", "write the letters themselves")
    save_as = re.sub(r"/+", "/", decoded).lstrip("/")
    if not save_as or save_as.endswith("/"):
        save_as += "index.html"
    elif not PurePosixPath(save_as).suffix:
        save_as += ".html"
    return _address(decoded.lstrip("/"), save_as, permalink)


def _address(path: str, save_as: str, written: str) -> Address:
    """Return an address of decoded parts. Raises ``InvalidValueError`` if its file cannot be one of the site."""
    if _UNPRINTABLE.search(save_as):
        raise InvalidValueError(f"{written!r} has a backslash or a control character", _EXAMPLE)
    segments = save_as.split("/")
    if not {"", ".", ".."}.isdisjoint(segments):
        raise InvalidValueError(f"{written!r} leaves the site", _EXAMPLE)
    if max(len(segment.encode()) for segment in segments) > _NAME_BYTES or len(save_as.encode()) > _PATH_BYTES:
        message = f"{written[:40]!r}… is longer than {_PATH_BYTES} bytes, or a name in it than {_NAME_BYTES}"
        raise InvalidValueError(message, "write a shorter one")
    return Address(quote(path, safe=_SAFE.replace("%", "")), save_as)


def _file(value: object) -> Address:
    """Return the address of Pelican's ``save_as``: the name of a file, nothing in it encoded."""
    written = _text(value)
    name = written.strip().lstrip("/")
    return _address(re.sub(r"(?:^|(?<=/))index\.html$", "", name), name, written)


def _path(value: object) -> Address:
    """Return the address of Pelican's ``url``."""
    return _permalink(value, {}, strict=False)


def _permalink(value: object, placeholders: Mapping[str, str], *, strict: bool) -> Address:
    text = _text(value).strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) or text.startswith("//"):
        raise InvalidValueError(f"{text!r} is a whole address, not a path of this site", _EXAMPLE)
    for mark, what in (("?", "a query"), ("#", "a fragment")):
        if mark in text:
            raise InvalidValueError(f"{text!r} has {what}, which no file can be named by", _EXAMPLE)

    def fill(match: re.Match[str]) -> str:
        for name in (match[1], match[1].removesuffix("_")):
            if name in placeholders:
                return placeholders[name] + match[1][len(name) :]
        if strict:  # Jekyll refuses an unknown one in a post, and leaves it as it is in a page
            hint = f"use one of :{', :'.join(placeholders)}"
            raise InvalidValueError(f"{text!r} has ':{match[1]}', which Jekyll does not know", hint)
        return match[0]

    return permalink_address(_PLACEHOLDER.sub(fill, text))


def _placeholders(source: Source, slug: str, day: object, categories: Iterable[str]) -> dict[str, str]:
    """Return what a permalink's placeholders stand for (``Jekyll::Drops::UrlDrop``, ``Page#url_placeholders``)."""
    folder = "" if str(source.name.parent) == "." else str(source.name.parent)
    known = {"path": folder, "basename": source.name.stem, "output_ext": ".html"}
    if not source.is_article:
        return known
    known |= {"title": slugify(slug, PRETTY, cased=True), "slug": slugify(slug), "name": slugify(source.name.stem)}
    known["categories"] = "/".join(categories)
    if isinstance(day, str):
        with suppress(ValueError):
            day = datetime.fromisoformat("-".join(part.zfill(2) for part in day[:10].split("-")))
    if isinstance(day, date):
        names = "year month day i_month i_day short_year y_day".split()
        known |= zip(names, f"{day:%Y %m %d} {day.month} {day.day} {day:%y %j}".split(), strict=True)
    return known


def _categories(values: Mapping[str, Value]) -> Iterable[str]:
    """Return an article's categories as they stand in its address, each once (``Document#populate_categories``)."""
    several, one = values.get("categories"), values.get("category")
    found = [*(several.split() if isinstance(several, str) else several if isinstance(several, list) else ()), one]
    return dict.fromkeys(str(each).lower() for each in found if each not in (None, ""))


def _slug(name: PurePosixPath, dated: re.Match[str] | None) -> str:
    if dated:  # the folders of posts have no part in their addresses
        return dated[2]
    return str(name.parent if name.stem == "index" and name.parent.parts else name.parent / name.stem)


def _titleized(slug: str) -> str:
    return " ".join(word.capitalize() for word in slug.rpartition("/")[2].split("-"))


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise InvalidValueError(f"{value!r} is not text", "write one line of text")
    return str(value)


def _translation(value: object) -> str:
    """Return whether a page is a translation, as Pelican reads it."""
    if str(value).lower() not in ("true", "false"):
        raise InvalidValueError(f"{value!r} is neither true nor false", "write 'translation: true'")
    return str(value).lower()


def _heading(value: object) -> str:
    """Return a title as plain text: authors put HTML into it, and a title is shown where no HTML can be."""
    return to_text(_text(value))


def _names(value: object) -> list[str]:
    """Return a list of names: Jekyll takes a list, or one string of words; a comma between them is Pelican's way."""
    if isinstance(value, str):
        return [name.strip() for name in (value.split(",") if "," in value else value.split()) if name.strip()]
    if isinstance(value, list):
        return [name for name in (_text(item).strip() for item in value if item is not None) if name]
    return [_text(value)]


def _moment(value: object) -> datetime | str:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return _text(value)


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value.strip()):
        raise InvalidValueError(f"{value!r} is not a language tag", "write one such as 'en' or 'zh-Hans'")
    return value.strip().replace("_", "-")


def _status(value: object) -> str:
    status = _text(value).strip().lower()
    if status not in STATUSES:
        hint = f"write one of {', '.join(STATUSES)}"
        raise InvalidValueError(f"{value!r} is not a status, and the page would vanish", hint)
    return status


def _is_draft(front_matter: FrontMatter, place: Callable[[str], Place], problems: Problems) -> bool:
    """Return whether any key keeps the page out, however it is spelled; warn of spellings that Jekyll does not know."""
    found = False
    for key, value in front_matter.values.items():
        name = key.strip().lower()
        keeps_out = name == "status" != key and isinstance(value, str) and value.strip().lower() in ("draft", "skip")
        if name in _KEEPS_OUT:
            with problems.collect(place(key), front_matter.written.get(key, value)):
                keeps_out = _truth(value) is _KEEPS_OUT[name]
        found |= keeps_out
        if keeps_out and not (key == "published" and (value is False or not front_matter.fenced)):
            written = front_matter.written.get(key, value)
            problems.warn(place(key), f"{written!r} keeps the page out, as a draft", "write 'published: false'")
    return found


def _truth(value: object) -> bool | None:
    """Return what a value means to whoever wrote it: a date is one of publication; None for an empty value."""
    if isinstance(value, str):
        value = _WORDS.get(value.strip().lower(), value)
    if value is None or isinstance(value, bool | int | float | date):
        return value if value is None else bool(value)
    raise InvalidValueError("is neither true nor false", "write one of them")


def _timezone(value: object) -> str:
    try:
        return ZoneInfo(_text(value)).key
    except (KeyError, ValueError, OSError):
        raise InvalidValueError(f"{value!r} is not a time zone", "write one such as 'Europe/London'") from None


def _authors(value: object) -> dict[str, object]:
    """Return Pelican's author of ``author:``, a name, a list of names or a mapping with a name."""
    match value:
        case str() if value.strip():
            return {"author": value.strip()}
        case {"name": str() as name} if name.strip():
            return {"author": _heading(name)}
        case list() if names := [str(name).strip() for name in value if isinstance(name, str) and name.strip()]:
            return {"authors": names}
    return {}  # author_profile says what is wrong with any other


_ACCEPTED: dict[str, Callable[[object], object]] = {
    "date": _moment,
    "modified": _moment,
    "tags": _names,
    "category": _text,
    "lang": _language,
    "status": _status,
    "summary": _text,
    "template": _text,
    "timezone": _timezone,
    "translation": _translation,
}
