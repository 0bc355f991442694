"""A checkout → every address at which Jekyll serves something of it. Edge: reads the checkout.

Jekyll's own classes are named where a rule comes from: the rules of 4.3 are GitHub Pages' 3.10 too, but for what is
excluded by default. What the plugins add that GitHub Pages knows is by their documentation.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from ..addresses import encode, slashed
from ..old_site import Kind, OldAddress
from ..permalinks import PRETTY, STYLES, slugify
from ..yaml_mapping import Value
from .jekyll_source import Data, Entry, JekyllSource

_DATED = re.compile(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)")
_PLACEHOLDER = re.compile(":([a-z_]+)")
_HTML = (".html", ".xhtml", ".htm")
_DRAWN = {".scss": ".css", ".sass": ".css"}
_STRFTIME = {
    "year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "short_month": "%b",
    "long_month": "%B", "short_year": "%y", "w_year": "%G", "week": "%V", "w_day": "%u", "short_day": "%a",
    "long_day": "%A", "y_day": "%j",
}  # fmt: skip
_ARCHIVES = {"year": "/:year/", "month": "/:year/:month/", "day": "/:year/:month/:day/"} | {
    kind: f"/{kind}/:name/" for kind in ("category", "tag")
}


def old_addresses(source: JekyllSource, now: datetime | None = None) -> list[OldAddress]:
    """Return every address of the site, sorted. Of two that Jekyll writes to one file the later one counts."""
    site = _Site(source, now or datetime.now(UTC))
    found: dict[str, OldAddress] = {}
    for each in site.addresses():
        found[each.file] = each
    for each in site.made_by_plugins():
        found.setdefault(each.file, each)
    return sorted(found.values())


class _Document(NamedTuple):
    """A post or an item of a collection, as its permalink needs it."""

    path: str
    data: Data
    slug: str
    categories: list[str]
    moment: datetime
    collection: str
    below: str  # the path below the collection's folder, without its extension

    def placeholder(self, name: str) -> str | None:
        """Return what a placeholder of a permalink stands for (``UrlDrop``), None for one that Jekyll does not know."""
        stem = self.path.rpartition("/")[2].rpartition(".")[0]
        match name:
            case "collection":
                return self.collection
            case "path":
                return self.below
            case "name":
                return slugify(stem)
            case "title":
                return slugify(self.slug, PRETTY, cased=True)
            case "slug":
                return slugify(self.slug)
            case "categories":
                return "/".join(dict.fromkeys(category.lower() for category in self.categories))
            case "slugified_categories":
                return "/".join(dict.fromkeys(map(slugify, self.categories)))
            case "i_month" | "i_day":
                return str(self.moment.month if name == "i_month" else self.moment.day)
        return self.moment.strftime(_STRFTIME[name]) if name in _STRFTIME else None


class _Site:
    """Jekyll's ``Site``: reads everything, and knows what the permalinks need of the configuration."""

    def __init__(self, source: JekyllSource, now: datetime) -> None:
        self.source, self.config, self.now = source, source.config, now
        self.style = str(self.config.get("permalink") or "date")
        self.zone: tzinfo = UTC
        with suppress(KeyError, ValueError, OSError):
            self.zone = ZoneInfo(str(self.config.get("timezone") or "UTC"))
        extensions = str(self.config.get("markdown_ext") or "markdown,mkdown,mkdn,mkd,md")
        self.rendered = _DRAWN | {f".{each.strip().lower()}": ".html" for each in extensions.split(",")}
        plugins = self.config.get("plugins") or self.config.get("gems")
        self.plugins = set(map(str, plugins)) if isinstance(plugins, list) else set()
        collections = self.config.get("collections")
        if isinstance(collections, list):
            collections = dict.fromkeys(map(str, collections))
        self.collections = collections if isinstance(collections, dict) else {}
        self.container = str(self.config.get("collections_dir") or "").strip("/")
        self.pages: list[OldAddress] = []
        self.redirects: list[OldAddress] = []
        self.files: list[OldAddress] = []
        self.posts: list[_Document] = []
        self.paginated: dict[str, Data] = {}

    def addresses(self) -> Iterator[OldAddress]:
        """Yield all addresses, but for those that plugins make, in the order in which Jekyll writes the files."""
        pages = self._read_folders()
        limit = self.config.get("limit_posts")
        self.posts = sorted(self.posts, key=_by_date)
        self.posts = self.posts[-limit:] if isinstance(limit, int) and limit > 0 else self.posts
        posts = self.config_of("collections", "posts", "permalink")
        template = str(posts or STYLES.get(self.style, self.style))
        documents = [self._served(post, template, "post") for post in self.posts]
        documents += [
            each for label in self.collections if label not in ("posts", "data") for each in self._items(label)
        ]
        for folder, name in sorted(pages, key=lambda page: page[1]):
            self._read_page(folder, name)
        yield from (*self.pages, *self.redirects, *self.files, *documents)

    def config_of(self, *keys: str) -> Value:
        """Return a value that lies deep in the configuration, None if it is not there."""
        value: Value = dict(self.config)
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    # --- Pages and files ---------------------------------------------------------------------------------------

    def _read_folders(self) -> list[tuple[str, str]]:
        """Read all folders, and what ``include`` names beside them (``Reader#read``); return the pages."""
        pages: list[tuple[str, str]] = []

        def sort_in(folder: str, entry: Entry) -> None:
            if entry.has_header:
                pages.append((folder, entry.path))
                return
            path = f"{folder}/{entry.path}"
            if self.source.defaults.values(path, None).get("published", True):
                self.files.append(file_address(path[1:], path[1:]))

        waiting = [""]
        while waiting:
            folder = waiting.pop()
            folders, entries = self.source.folder(folder)
            waiting += [f"{folder}/{name}" for name in reversed(folders)]
            for entry in entries:
                sort_in(folder, entry)
            if not self.container or folder.startswith(f"/{self.container}"):
                for entry in self.source.below(f"{folder}/_posts", hidden=False):
                    self._read_post(folder, entry.path)
        seen = {*(f"{folder}/{name}" for folder, name in pages), *(f"/{each.source}" for each in self.files)}
        for included in self.source.included:
            path = f"/{included.strip('/')}"
            if path not in seen and self.source.is_file(path):
                folder, _, name = path.rpartition("/")
                sort_in(folder, Entry(name, self.source.has_header(path)))
        return pages

    def _read_page(self, folder: str, name: str) -> None:
        """Read a page (``Page#url``)."""
        path = f"{folder}/{name}"[1:]
        data = self.source.front_matter(path)
        if not (data.get("published", True) or self.config.get("unpublished")):
            return
        permalink = data.get("permalink", self.source.defaults.values(path, "pages", "permalink").get("permalink"))
        extension = extname(name)
        stem = name.removesuffix(extension).rstrip(".")
        made = self._extension(permalink, extension)
        if made not in _HTML:
            template = "/:path/:basename:output_ext"
        else:
            template = "/:path/" if stem == "index" else with_suffix("/:path/:basename", self.style)
        url = str(permalink) if permalink else template
        for key, value in ((":path", encode(folder)), (":basename", encode(stem)), (":output_ext", made)):
            url = url.replace(key, value)
        data = {**self.source.defaults.values(path, "pages"), **data}
        page = self._address(url, made, "page" if made in _HTML else "file", path, data)
        self.pages.append(page)
        if isinstance(options := data.get("pagination"), dict) and options.get("enabled"):
            self.paginated[page.address] = options

    def _extension(self, permalink: Value, extension: str) -> str:
        """Return the extension of the file that is written (``Renderer#output_ext``)."""
        written = str(permalink or "")
        own = "" if written.endswith("/") else extname(written.rpartition("/")[2])
        return own or self.rendered.get(extension.lower(), extension)

    def _address(self, url: str, extension: str, kind: Kind, path: str, data: Data) -> OldAddress:
        """Return what is served at a URL, and add the redirects to it that its front matter asks for."""
        served = address_of(url, extension, kind, path)
        if "jekyll-redirect-from" not in self.plugins:
            return served
        for old in _texts(data.get("redirect_from")):
            redirect = address_of(slashed(old), self._extension(old, ".html"), "redirect", path)
            self.redirects.append(redirect._replace(target=served.address))
        target = next(iter(_texts(data.get("redirect_to"))), "")
        return served._replace(kind="redirect", target=target) if target else served

    # --- Posts and collections ---------------------------------------------------------------------------------

    def _read_post(self, folder: str, entry: str) -> None:
        if not _DATED.fullmatch(entry):
            return
        path = f"{folder}/_posts/{entry}".lstrip("/").removeprefix(f"{self.container}/" if self.container else "")
        post = self._document(path, "posts", "_posts")
        if self._is_published(post):
            self.posts.append(post)

    def _items(self, label: str) -> Iterator[OldAddress]:
        """Yield what is served of one collection."""
        if self.config_of("collections", label, "output") in (None, False):
            return
        suffixed = with_suffix("/:collection/:path", self.style)
        template = str(self.config_of("collections", label, "permalink") or suffixed)
        folder = f"_{re.sub('[^A-Za-z0-9_.-]', '', label)}"
        items: list[_Document] = []
        for entry in self.source.below(f"{self.container}/{folder}"):
            path = f"{folder}/{entry.path}"
            if not entry.has_header:
                url = self._file_url(template, label, path.removeprefix(folder))
                if self.source.defaults.values(url, label).get("published", True):
                    yield file_address(unquote(url).lstrip("/"), self._in_source(path))
            elif self._is_published(item := self._document(path, label, folder)):
                items.append(item)
        yield from (self._served(item, template, "entry") for item in sorted(items, key=_by_date))

    def _file_url(self, template: str, label: str, below: str) -> str:
        """Return where a file is served that lies in a collection (``StaticFile#url``)."""
        name = below.rpartition("/")[2]
        extension = extname(name)
        stem = name.removesuffix(extension).rstrip(".")
        path = below.removesuffix(extension).rstrip(".")
        parts = {"collection": label, "path": path, "output_ext": "", "name": stem, "title": ""}
        for key, value in parts.items():
            template = template.replace(f":{key}", encode(value))
        return sanitize(template).removesuffix("/") + extension

    def _document(self, path: str, label: str, folder: str) -> _Document:
        """Read a post or an item of a collection (``Document#read``)."""
        defaults = self.source.defaults.values(path, label)
        own = self.source.front_matter(self._in_source(path))
        data = defaults | {key: value for key, value in own.items() if value is not None or key not in defaults}
        dated = _DATED.fullmatch(path)
        name = path.rpartition("/")[2]
        extension = extname(name)
        slug = data.get("slug") or (dated[2] if dated else name.removesuffix(extension)).rstrip(".")
        above = [] if path.startswith(folder) else [part for part in path.partition(folder)[0].split("/") if part]
        categories = [*above, *_words(defaults.get("categories")), *_words(own.get("categories"))]
        categories += _texts(data["category"]) if data.get("category") else []
        written = data.get("date")
        moment = self._moment(dated[1] if dated and written is None else written)
        below = path.removesuffix(extension).replace(folder, "", 1).rstrip(".")
        return _Document(path, data, str(slug), list(dict.fromkeys(categories)), moment or self.now, label, below)

    def _is_published(self, document: _Document) -> bool:
        if not (document.data.get("published", True) or self.config.get("unpublished")):
            return False
        return bool(self.config.get("future")) or document.moment <= self.now

    def _served(self, document: _Document, template: str, kind: Kind) -> OldAddress:
        """Return the address of a post or an item."""
        permalink = document.data.get("permalink")
        extension = self._extension(permalink, extname(document.path.rpartition("/")[2]))

        def fill(match: re.Match[str]) -> str:
            name = match[1].removesuffix("_")
            value = extension if name == "output_ext" else document.placeholder(name)
            return match[0] if value is None else encode(value) + match[1][len(name) :]

        url = _PLACEHOLDER.sub(fill, str(permalink or template))
        return self._address(url, extension, kind, self._in_source(document.path), document.data)

    def _in_source(self, path: str) -> str:
        return f"{self.container}/{path}" if self.container else path

    def _moment(self, value: Value) -> datetime | None:
        """Return a date of front matter in the site's time zone; None for a text without year, month and day."""
        if isinstance(value, datetime):
            return value.astimezone(self.zone)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=self.zone)
        if numbers := re.search(r"(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,2})", str(value or "")):
            year, month, day = map(int, numbers.groups())
            with suppress(ValueError):
                return datetime(year + (2000 if year < 70 else 1900 if year < 100 else 0), month, day, tzinfo=self.zone)
        return None

    # --- What plugins make of it -------------------------------------------------------------------------------

    def made_by_plugins(self) -> Iterator[OldAddress]:
        """Yield the feeds, lists and tables that the plugins of GitHub Pages and jekyll-archives make."""
        if self.redirects and self.config_of("redirect_from", "json") is not False:
            yield file_address("redirects.json")
        if "jekyll-sitemap" in self.plugins:
            yield from map(file_address, ("sitemap.xml", "robots.txt"))
        if "jekyll-feed" in self.plugins:
            yield from (file_address(path.lstrip("/"), kind="feed") for path in self._feeds())
        if "jekyll-paginate" in self.plugins:
            yield from self._further_pages()
        if "jekyll-paginate-v2" in self.plugins:
            yield from self._pages_of_version_2()
        if "jekyll-archives" in self.plugins:
            yield from self._archives()

    def _feeds(self) -> Iterator[str]:
        """Yield the paths of jekyll-feed's feeds."""
        collections = self.config_of("feed", "collections")
        if isinstance(collections, list):
            collections = dict.fromkeys(map(str, collections))
        wanted: dict[str, Value] = {"posts": {"path": self.config_of("feed", "path")}}
        wanted |= collections if isinstance(collections, dict) else {}
        for label, options in wanted.items():
            meta = options if isinstance(options, dict) else {}
            prefix = "/feed" if label == "posts" else f"/feed/{label}"
            yield str(meta.get("path") or f"{prefix}.xml")
            categories = meta.get("categories") or (label == "posts" and self.config_of("feed", "categories"))
            yield from (f"{prefix}/{category}.xml" for category in _texts(categories or None))
        tags = self.config_of("feed", "tags")
        if tags:
            names = {tag for post in self.posts for tag in _words(post.data.get("tags") or post.data.get("tag"))}
            yield from (f"/feed/by_tag/{slugify(name, '_')}.xml" for name in sorted(names))

    def _further_pages(self) -> Iterator[OldAddress]:
        """Yield the pages of jekyll-paginate after the first, which is an ``index.html``."""
        size = self.config.get("paginate")
        path = slashed(str(self.config.get("paginate_path") or "/page:num"))
        above = path.rpartition("/")[0]
        first = [each for each in self.pages if each.source.rpartition("/")[2] == "index.html"]
        first = [each for each in first if above.startswith(f"/{each.source}".removesuffix("/index.html"))]
        if first:
            yield from self._numbered(size, path)

    def _pages_of_version_2(self) -> Iterator[OldAddress]:
        """Yield those of jekyll-paginate-v2, which any page may have; those of one category or tag are left out."""
        usual = self.config.get("pagination")
        for address, own in self.paginated.items() if isinstance(usual, dict) and usual.get("enabled") else ():
            options = {**usual, **own} if isinstance(usual, dict) else own
            if not any(options.get(key) for key in ("category", "tag", "locale")):
                folder = address.rpartition("/")[0]
                path = str(options.get("permalink") or "/page:num/")
                yield from self._numbered(options.get("per_page", 10), f"{folder}/{path}")

    def _numbered(self, size: Value, path: str) -> Iterator[OldAddress]:
        """Yield the pages of a list of all posts from the second one on."""
        if isinstance(size, int) and size > 0:
            count = -(-sum(not post.data.get("hidden") for post in self.posts) // size)
            for number in range(2, count + 1):
                yield address_of(f"{path.replace(':num', str(number))}/", ".html", "list", "")

    def _archives(self) -> Iterator[OldAddress]:
        """Yield the archives of jekyll-archives."""
        enabled = self.config_of("jekyll-archives", "enabled")
        names = {"categories": "category", "tags": "tag"}
        kinds = {names.get(each, each) for each in _texts(enabled)}
        for kind, usual in _ARCHIVES.items():
            if enabled != "all" and enabled is not True and kind not in kinds:
                continue
            template = str(self.config_of("jekyll-archives", "permalinks", kind) or usual)
            for post in self.posts:
                if kind == "category":
                    values = post.categories
                else:
                    values = _words(post.data.get("tags") or post.data.get("tag")) if kind == "tag" else [""]
                for value in values:
                    url = template.replace(":name", encode(slugify(value))).replace(":type", kind)
                    yield address_of(_PLACEHOLDER.sub(partial(_filled, post), url), ".html", "list", "")


def _by_date(document: _Document) -> tuple[datetime, str]:
    return document.moment, document.path


def _filled(post: _Document, match: re.Match[str]) -> str:
    return post.placeholder(match[1]) or match[0]


# --- URLs ---------------------------------------------------------------------------------------------------------


def sanitize(url: str) -> str:
    """Return a URL as Jekyll makes it safe (``URL#sanitize_url``)."""
    return re.sub("/+", "/", f"/{url}".replace("..", "/").replace("./", ""))


def address_of(url: str, extension: str, kind: Kind, source: str) -> OldAddress:
    """Return what is served at a URL (``Page#destination``, ``Document#destination``)."""
    path = unquote(sanitize(url))
    file = f"{path}index" if path.endswith("/") else path.removesuffix(extension)
    return OldAddress(encode(path), f"{file}{extension}".lstrip("/"), kind, source)


def file_address(path: str, source: str = "", kind: Kind = "file") -> OldAddress:
    """Return the address of a file that is copied; its name is not decoded once more."""
    return OldAddress(encode(f"/{path}"), path, kind, source)


def with_suffix(template: str, style: str) -> str:
    """Return a template that ends as the style of permalinks does (``Utils.add_permalink_suffix``)."""
    if style == "pretty" or style.endswith("/"):
        return f"{template}/"
    return (
        f"{template}:output_ext" if style in ("date", "ordinal", "none") or style.endswith(":output_ext") else template
    )


def extname(name: str) -> str:
    """Return the extension of a file's name as Ruby sees it: none of ``.htaccess``, ``.`` of ``a.``."""
    stem, dot, extension = name.rpartition(".")
    return dot + extension if stem.strip(".") else ""


def _texts(value: Value) -> list[str]:
    """Return one text, or the texts of a list."""
    values = value if isinstance(value, list) else [value]
    return [
        str(each) for each in values if each is not None and each != "" and not isinstance(each, dict | list | bool)
    ]


def _words(value: Value) -> list[str]:
    """Return the texts of a list, or the words of one text."""
    return value.split() if isinstance(value, str) else _texts(value)
