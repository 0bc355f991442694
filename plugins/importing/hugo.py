"""A checkout of HugoBlox (Wowchemy, Hugo Academic) → the plan of its import. Edge: reads the checkout.

Hugo's front matter is YAML or TOML, with keys of its own: it is written anew, as academicpages has it, and so are its
shortcodes. The text of each page stays as it is.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import cast

from ..addresses import encode
from ..old_site import FILE as OLD_ADDRESSES
from ..old_site import OldAddress
from ..old_site import written as written_addresses
from ..portable_names import MARKDOWN
from ..problems import ContentError, Place, Problem, Problems
from ..yaml_mapping import Value, parse_yaml
from .checkout import beginning, walk
from .config import address_of, language_of
from .plan import COLLECTIONS, HUGOBLOX, Item, Plan, Setting

Data = Mapping[str, Value]

_CONFIGS = tuple(f"{name}.{kind}" for name in ("hugo", "config") for kind in ("yaml", "yml", "toml"))
_SECTIONS = {  # folders below content/ → collections
    **dict.fromkeys(("publication", "publications"), "publications"),
    **dict.fromkeys(("event", "events", "talk", "talks"), "talks"),
    **dict.fromkeys(("project", "projects"), "portfolio"),
    **dict.fromkeys(("teaching", "courses", "course"), "teaching"),
    "news": "news",
}
_ARTICLES = {"post", "posts", "blog"}
_TECHNICAL = frozenset(  # keys that tell Hugo and its theme how to show a page
    "type weight show_date reading_time share profile commentable pager highlight view design cms_exclude header math "
    "slides projects publication_types publishdate lastmod image active widget headless widget_id author_notes content "
    "sections username superuser show_breadcrumb show_related editable layout outputs build".split()
)
_KEYS = {"publication": "venue", "publication_short": "short-venue", "event": "venue", "event_url": "link"} | {
    "summary": "excerpt", "subtitle": "subtitle", "featured": "selected", "aliases": "redirect_from",
}  # fmt: skip
_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?\n)?\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s+(.*?)\s*/?[>%]\}\}", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%]\s*(/?[\w-]+).*?[>%]\}\}", re.DOTALL)
_OPTION = re.compile(r"([\w-]+)=\"([^\"]*)\"")


def is_hugo(checkout: Path) -> bool:
    """Return whether a folder holds a site made with Hugo."""
    named = any((checkout / name).is_file() for name in _CONFIGS)
    return (checkout / "content").is_dir() and (named or (checkout / "config" / "_default").is_dir())


def plan_hugo(checkout: Path, remote: str = "") -> Plan:
    """Plan the import; ContentError for a site without an author's name."""
    return _Site(checkout, remote).plan()


@dataclass
class _Document:
    """A Markdown file: ``path`` in the checkout, ``below`` content/, its ``address``, its keys and text."""

    path: str
    below: PurePosixPath
    address: str
    keys: dict[str, Value]
    body: str


@dataclass
class _Site:
    checkout: Path
    remote: str
    problems: Problems = field(default_factory=Problems)
    bibliography: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)

    def plan(self) -> Plan:
        files, left = walk(self.checkout)
        self.config, self.menus = self._configuration(files)
        plan = Plan(HUGOBLOX, self.checkout, self.config, items=left, problems=self.problems)
        documents = {path: self._document(path) for path in files if _is_document(path)}
        people = {
            d.below.parts[1]: d for d in documents.values() if d.below.parts[0] == "authors" and d.below.parts[1:]
        }
        owner = next((d for d in people.values() if d.keys.get("superuser")), people.get("admin"))
        owner = owner or next(iter(people.values()), None)
        self.names = {key: str(person.keys.get("title") or key) for key, person in people.items()}
        name = str((owner and owner.keys.get("title")) or self.config.get("title") or "")
        if not name:
            raise ContentError([Problem("content/authors", 0, "", "names no author", "name a checkout of HugoBlox")])
        self.names.setdefault("admin", name)
        addresses = []
        for path in files:
            item, address = self._sorted(path, documents.get(path), plan)
            plan.items.append(item)
            if address and item.to:
                addresses.append(address)
        home = [d for d in documents.values() if d.below.parts[0] in ("home", "_index.md")]
        plan.files["content/pages/about.md"] = self._home(owner, home).encode()
        addresses.append(OldAddress("/", "index.html", "page", "content/_index.md"))
        plan.files["content/authors.yml"] = self._author(name, owner, files, plan).encode()
        if self.bibliography:
            plan.files["content/publications.bib"] = "\n".join(self.bibliography).encode()
        self._lists(documents, plan, addresses)
        if menu := self._menu(plan):
            plan.files["content/navigation.yml"] = menu.encode()
        if self.redirects:
            lines = (f"{_json(old)}: {_json(new)}\n" for old, new in sorted(self.redirects.items()))
            plan.files["content/redirects.yml"] = "".join(["# Old addresses: where each leads.\n", *lines]).encode()
        plan.files |= {
            item.to: checkout_file
            for item in plan.items
            if item.to and item.to not in plan.files
            for checkout_file in (self.checkout / item.path,)
        }
        plan.files[OLD_ADDRESSES] = written_addresses(addresses).encode()
        self._settings(plan, name)
        return plan

    # --- Reading ---------------------------------------------------------------------------------------------------

    def _configuration(self, files: list[str]) -> tuple[dict[str, Value], dict[str, Value]]:
        """Return what the configuration holds, parameters among it, and its menus."""
        config: dict[str, Value] = {}
        menus: dict[str, Value] = {}
        for path in files:
            folder, _, name = path.rpartition("/")
            stem = name.partition(".")[0]
            if path in _CONFIGS or (folder == "config/_default" and name.endswith((".yaml", ".yml", ".toml"))):
                values = _mapping(self._read(path), name.endswith(".toml"))
                if stem in ("menus", "menu"):
                    menus |= values
                else:
                    menus |= _dict(values.get("menu") or values.get("menus"))
                    config |= _dict(values.get("params")) | {k: v for k, v in values.items() if k not in config}
        return config, menus

    def _read(self, path: str) -> str:
        return beginning(self.checkout / path).decode("utf-8-sig", "replace").replace("\r\n", "\n")

    def _document(self, path: str) -> _Document:
        text = self._read(path)
        front = _FRONT_MATTER.match(text)
        keys = _mapping(front[2] or "", front[1] == "+++") if front else {}
        below = PurePosixPath(path).relative_to("content")
        folder = below.parent if below.stem in ("index", "_index") else below.with_suffix("")
        if slug := str(keys.get("slug") or ""):
            folder = folder.parent / slug
        address = str(keys.get("url") or ("/" if str(folder) == "." else f"/{folder.as_posix()}/"))
        body = text[front.end() :] if front else text
        return _Document(path, below, address, keys, body)

    # --- Sorting ---------------------------------------------------------------------------------------------------

    def _sorted(self, path: str, document: _Document | None, plan: Plan) -> tuple[Item, OldAddress | None]:
        """Return what becomes of one file, and where it was served."""
        top, _, rest = path.partition("/")
        if document:
            return self._of_document(document, plan)
        if top == "static" and rest:
            to = f"content/{rest}" if "/" in rest else f"content/root/{rest}"
            return Item(path, "file", to), OldAddress(encode(f"/{rest}"), rest, "file", path)
        if top == "content" and rest:
            if PurePosixPath(path).name == "cite.bib":
                self.bibliography.append(self._read(path))
                return Item(path, "data", "content/publications.bib", "it is one of several in that file"), None
            if rest.startswith("authors/"):
                return Item(path, "file", f"content/images/{rest.replace('/', '-')}"), None
            return Item(path, "file", f"content/{rest}"), OldAddress(encode(f"/{rest}"), rest, "file", path)
        if path.startswith("assets/media/"):
            return Item(path, "file", f"content/images/{path.removeprefix('assets/media/')}"), None
        if top in ("config", "data", "i18n") or path in _CONFIGS:
            return Item(
                path, "config", why="its author, settings and menu are in content/ and the settings files"
            ), None
        if top in ("layouts", "assets", "themes"):
            return Item(path, "code", why="the program has its own design"), None
        return Item(path, "tool", why="it is about the repository, not the site"), None

    def _of_document(self, document: _Document, plan: Plan) -> tuple[Item, OldAddress | None]:
        section, *rest = document.below.parts
        if section in ("home", "_index.md") or (section == "authors" and document.below.stem in ("index", "_index")):
            return Item(document.path, "page", "content/pages/about.md", "it is a part of the home page"), None
        is_list = document.below.stem == "_index"
        slug = "-".join(part for part in document.below.with_suffix("").parts[1:] if part != "index")
        if is_list and section in (*_SECTIONS, *_ARTICLES) and len(rest) == 1:
            return Item(document.path, "list", why="it only lists what the page shows itself"), None
        collection = _SECTIONS.get(section, "")
        kind: str = "page"
        if collection and rest:
            kind, to = "entry", f"content/{collection}/{slug}.md"
        elif section in _ARTICLES and rest:
            kind, to = "article", f"content/articles/{slug}.md"
        else:
            name = document.below.with_name("index.md") if is_list else document.below
            to = f"content/pages/{name.as_posix()}"
        plan.files[to] = self._converted(document).encode()
        if document.keys.get("draft") is True:
            return Item(document.path, "draft", to), None
        shown = {"entry": "entry", "article": "post"}.get(kind, "page")
        file = f"{document.address.strip('/')}/index.html"
        address = OldAddress(encode(document.address), file, shown, document.path)  # type: ignore[arg-type]
        return Item(document.path, kind, to, collection=collection), address

    def _converted(self, document: _Document) -> str:
        """Return a document with academicpages' keys, at the address that it had."""
        keys: dict[str, Value] = {"permalink": document.address}
        for key, value in document.keys.items():
            if key.lower() in _TECHNICAL or value in (None, "", [], {}) or key in ("slug", "url"):
                continue
            if key in ("authors", "author"):
                listed = value if isinstance(value, list) else [value]
                value = [self.names.get(str(each), str(each)) for each in listed]
            elif key == "date" and isinstance(value, date):
                value = value.isoformat()[:10]
            elif key == "draft":
                if value is not True:
                    continue
                key, value = "published", False
            keys.setdefault(_KEYS.get(key, key), value)
        lines = "".join(f"{key}: {_json(value)}\n" for key, value in keys.items())
        return f"---\n{lines}---\n{self._text(document.body, document.path)}"

    def _text(self, text: str, path: str) -> str:
        """Return a text with HTML for its pictures and without the marks of other shortcodes; what they held stays."""

        def figure(match: re.Match[str]) -> str:
            options = dict(_OPTION.findall(match[1]))
            caption = options.get("caption") or options.get("title") or ""
            picture = f'<img src="{options.get("src", "")}" alt="{options.get("alt", "")}">'
            return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if caption else picture

        text = _FIGURE.sub(figure, text)
        used = set(_SHORTCODE.findall(text))
        for name in sorted(name for name in used if name[0] != "/" and f"/{name}" not in used):
            self.problems.warn(Place(path), f"its shortcode {name!r} is not known here, and left out")
        return _SHORTCODE.sub("", text)

    # --- The home page, the author, the menu -----------------------------------------------------------------------

    def _home(self, owner: _Document | None, parts: list[_Document]) -> str:
        """Return the home page: the biography, and the texts of the blocks, each under its title."""
        texts = [self._text(owner.body, owner.path).strip()] if owner else []
        for part in sorted(
            parts, key=lambda each: (len(each.below.parts), _number(each.keys.get("weight")), each.path)
        ):
            sections = part.keys.get("sections")
            blocks = (
                [_dict(each.get("content")) for each in sections if isinstance(each, dict)]
                if isinstance(sections, list)
                else [dict(part.keys) | {"text": part.body}]
            )
            for block in blocks:
                text = "\n\n".join(
                    filter(None, [self._text(str(block.get("text") or ""), part.path).strip(), *_items(block)])
                )
                title = str(block.get("title") or "").strip()
                if text:
                    texts.append(f"## {title}\n\n{text}" if title else text)
        if owner and (courses := _dict(owner.keys.get("education")).get("courses")):
            texts.append("## Education\n\n" + "\n".join(_items({"items": courses})))
        body = "\n\n".join(filter(None, texts))
        return f"---\npermalink: /\nauthor_profile: true\n---\n\n{body}\n"

    def _author(self, name: str, owner: _Document | None, files: list[str], plan: Plan) -> str:
        """Return the text of content/authors.yml."""
        keys = owner.keys if owner else {}
        organizations = keys.get("organizations")
        affiliations = [
            {key: each[key] for key in ("name", "url") if each.get(key)}
            for each in (organizations if isinstance(organizations, list) else [])
            if isinstance(each, dict) and each.get("name")
        ]
        social = keys.get("social") or keys.get("profiles")
        links = [each for each in social if isinstance(each, dict)] if isinstance(social, list) else []
        facts: dict[str, Value] = {
            "bio": keys.get("bio"),
            "role": keys.get("role"),
            "affiliation": cast(Value, affiliations),
        }
        facts |= {"interests": keys.get("interests"), "email": keys.get("email"), "pronouns": keys.get("pronouns")}
        folder = PurePosixPath(owner.path).parent.as_posix() if owner else "content/authors"
        pictures = [path for path in files if path.startswith((f"{folder}/avatar.", "assets/media/avatar."))]
        placed = {item.path: item.to for item in plan.items}
        facts["avatar"] = next(
            (placed[path].removeprefix("content/images/") for path in pictures if placed.get(path)), ""
        )
        named: list[Value] = []
        for each in links:
            link = str(each.get("link") or each.get("url") or "")
            label = str(each.get("label") or each.get("icon") or "").rpartition("/")[2].replace("-", " ").strip()
            if link.startswith("mailto:"):
                facts["email"] = facts["email"] or link.removeprefix("mailto:")
            elif link.startswith(("http://", "https://", "/", "uploads/")):
                named.append({"label": label.capitalize() or link, "url": link})
        facts["links"] = named
        lines = (f"  {key}: {_json(value)}\n" for key, value in facts.items() if value)
        return f"{_json(name)}:\n{''.join(lines) or '  {}'}"

    def _lists(self, documents: Mapping[str, _Document], plan: Plan, addresses: list[OldAddress]) -> None:
        """Lead the lists of sections to where the program lists the same."""
        own = {item.collection for item in plan.of("entry") if item.to}
        for section in sorted({document.below.parts[0] for document in documents.values()}):
            collection = _SECTIONS.get(section, "")
            target = f"/{collection}/" if collection in own else "/year-archive/" if section in _ARTICLES else ""
            if target:
                file = f"{section}/index.html"
                addresses.append(OldAddress(f"/{section}/", file, "page", f"content/{section}/_index.md"))
                if target != f"/{section}/":
                    self.redirects[f"/{section}/"] = target

    def _menu(self, plan: Plan) -> str:
        """Return the menu: the entries whose pages have come along."""
        main = self.menus.get("main")
        entries = [each for each in main if isinstance(each, dict)] if isinstance(main, list) else []
        pages = {re.sub(r"^content/pages/|(?:/index)?\.md$", "", item.to) for item in plan.of("page") if item.to}
        own = {item.collection for item in plan.of("entry") if item.to}
        lines = []
        for entry in sorted(entries, key=lambda each: _number(each.get("weight"))):
            url, title = str(entry.get("url") or "").strip(), str(entry.get("name") or "").strip()
            path = url.strip("/#")
            collection = _SECTIONS.get(path, "")
            if not re.match(r"[a-z]+:", url):
                if collection in own:
                    url = f"/{collection}/"
                elif path in _ARTICLES and any(item.kind == "article" for item in plan.items):
                    url = "/year-archive/"
                else:
                    url = f"/{path}/" if path in pages and "#" not in url else ""
            if url and title:
                lines.append(f"  - title: {_json(title)}\n    url: {_json(url)}\n")
        return "main:\n" + "".join(lines) if lines else ""

    def _settings(self, plan: Plan, name: str) -> None:
        title = str(self.config.get("title") or name)
        settings: dict[str, Setting] = {"SITENAME": title, "AUTHOR": name}
        code = str(self.config.get("languageCode") or self.config.get("defaultContentLanguage") or "")
        settings |= {"DEFAULT_LANG": language} if (language := language_of(code)) else {}
        if any(item.collection == "news" for item in plan.items):
            settings["COLLECTIONS"] = [*COLLECTIONS, "news"]
        plan.settings = settings
        written = str(self.config.get("baseURL") or self.config.get("baseurl") or "")
        address = (
            "" if re.search(r"example\.(?:com|org)|wowchemy|hugoblox|academic-demo", written) else written.rstrip("/")
        )
        address = address or address_of("", self.remote)
        plan.production = {"SITEURL": address} if address else {}
        if not address:
            self.problems.warn(Place("config"), "has no address of the site", "write SITEURL in publishconf.py")


def _is_document(path: str) -> bool:
    return path.startswith("content/") and PurePosixPath(path).suffix[1:].lower() in MARKDOWN


def _mapping(text: str, is_toml: bool) -> dict[str, Value]:
    """Return the keys of YAML or TOML; none of what cannot be read."""
    if not is_toml:
        return dict(parse_yaml(text, "", Problems()).values)
    try:
        return cast("dict[str, Value]", tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return {}


def _dict(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _number(value: Value) -> float:
    return value if isinstance(value, int | float) else 0


def _items(block: Data) -> Iterator[str]:
    """Yield the items of a block as a list: what each says, in its order."""
    items = block.get("items") or block.get("experience")
    grouped: dict[str, list[str]] = defaultdict(list)
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            if nested := list(_items(item)):
                grouped[""].append(
                    f"- {item.get('name') or item.get('title') or ''}\n" + "\n".join("  " + n for n in nested)
                )
                continue
            words = [str(value).strip() for key, value in item.items() if _says(key, value)]
            grouped[""].append("- " + ", ".join(words).replace("\n", "\n  "))
        elif isinstance(item, str):
            grouped[""].append(f"- {item}")
    yield from ("\n".join(each) for each in grouped.values())


def _says(key: str, value: Value) -> bool:
    return (
        isinstance(value, str | int | date)
        and not isinstance(value, bool)
        and bool(str(value).strip())
        and not (re.search("icon|color|logo|url|percent", key))
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
