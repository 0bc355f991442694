"""The files of a Jekyll checkout → what each is, and where it goes in the project. Edge: reads the checkout.

First match wins:

1. what Jekyll reads by its own folders: ``_data``, ``_posts``, ``_drafts``, layouts and styles, collections;
2. the template's own: its code and its notes by their folders, its sample texts by what they say;
3. what the old site served: pages, and files, each at its address;
4. anything else was not published, and is not now.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ..addresses import fold
from ..old_site import OldAddress
from ..portable_names import FOR_HOSTS, MARKDOWN
from ..problems import Place
from . import al_folio
from .checkout import MOST_BYTES, beginning
from .jekyll_source import JekyllSource
from .plan import AL_FOLIO, Item, Plan
from .template import Listing, is_templates, listing, says_nothing

CODE = {"_layouts", "_includes", "_sass", "_plugins", "_scripts"}
_DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-.+\.\w+")
_TEMPLATES_TOOLS = re.compile(
    r"markdown_generator/(?:readme\.md|.*\.(?:py|ipynb))|scripts/(?:cv_markdown_to_json\.py|update_cv_json\.sh)|google_scholar_crawler/.*",
    re.IGNORECASE,
)
_TEMPLATES_ASSETS = re.compile(
    r"assets/(?:css/(?:main|academicons(?:\.min)?|collapse|cv-style|style|font-awesome(?:\.min)?|all(?:\.min)?)\.s?css"
    r"|js/(?:_?main(?:\.min)?|collapse|theme|jquery[\w.-]*|(?:plugins|vendor)/.*)(?:\.js)?"
    r"|(?:web)?fonts?/.*|(?:fontawesome|font-awesome)/.*)"
)
_ABOUT_THE_REPOSITORY = re.compile(
    r"(?:readme|licen[cs]e|contributing|changelog|code_of_conduct)(?:\.(?:md|txt|rst))?"
    r"|(?-i:INSTALL|CUSTOMIZE|FAQ|ANALYTICS|QUICKSTART|TROUBLESHOOTING|SEO|AGENTS|CLAUDE)\.md|_config\..*\.yml|_config\.yml\..*|gemfile.*|.*\.gemspec|rakefile|capfile|package(?:-lock)?\.json"
    r"|.*\.sublime-\w+|dockerfile|docker-compose[\w.-]*|talkmap(?:_out)?\.(?:py|ipynb)|staticman\.yml|makefile|netlify\.toml"
    r"|gulpfile\.js|gruntfile\.js|purgecss\.config\.js|requirements\.txt|lighthouse_results.*",
    re.IGNORECASE,
)
_KNOWN_CODE = re.compile(
    r"_layouts/(?:archive-taxonomy|archive|compress|default|single|splash|talk|cv-layout|cv)\.html"
    r"|_includes/(?:(?:analytics|comments)-providers/.*|(?:footer|head)/custom\.html|analytics"
    r"|archive-single(?:-cv|-talk|-talk-cv)?|author-profile|base_path|breadcrumbs|browser-upgrade|category-list|comments?"
    r"|cv-template|feature_row|figure|footer|gallery|group-by-array|head|image_path|masthead|nav_list|page__hero"
    r"|page__taxonomy|paginator|post_pagination|read-time|scripts|seo|sidebar|social-share|tag-list|toc|video"
    r"|fetch_google_scholar_stats)(?:\.html)?"
    r"|_sass/.*"
)
_PURPOSES = {
    "mathjax": "math by MathJax",
    "katex": "math by KaTeX",
    "mermaid": "diagrams by Mermaid",
    r"googletagmanager|google-analytics|gtag\(": "Google Analytics",
    "goatcounter|plausible|umami|matomo|statcounter|busuanzi": "a counter of visits",
    "clustrmaps|mapmyvisitors|revolvermaps": "a map of visitors",
    "disqus|giscus|utterances": "comments",
    r"site\.(?:posts|data|publications|talks|teaching|portfolio)": "a list of content",
    "<form": "a form",
    "font-awesome|fontawesome|academicons": "icons",
}
_INCLUDE = re.compile(r"\{%-?\s*include(_relative)?\s+([\w./-]+)\s*-?%\}")  # without parameters
_DEEPEST = 8  # of includes in includes
_MADE = {"sitemap.xml", "feed.xml", "atom.xml", "llms.txt"}  # what the program makes itself, or has no use for
_PLACES = {"pages", "articles", "data", "root"}  # folders below content/ that are not copied as they are


class Sorter:
    """Decides on each file of a checkout. ``served`` are the addresses of the old site, by the files shown there."""

    def __init__(self, plan: Plan, source: JekyllSource, served: Mapping[str, OldAddress], home: str) -> None:
        self.plan, self.source, self.served, self.home = plan, source, served, home
        given = plan.config.get("collections")
        names = given if isinstance(given, dict | list) else ()
        container = str(plan.config.get("collections_dir") or "").strip("/")
        self.container = f"{container}/" if container else ""
        self.collections = [str(name) for name in names if re.fullmatch(r"[^\W_][\w-]*", str(name))]
        self.collections = [name for name in self.collections if name not in _PLACES | {"posts", "images", "files"}]
        self.bibliography = al_folio.bibliography(plan.checkout, plan.config)
        talks = f"{self.container}_talks"
        self.has_talks = any(not is_templates(self._text(f"{talks}/{each.path}")) for each in source.below(talks))
        self.listings: dict[str, Listing] = {}
        self.parts: dict[str, str] = {}  # files that a page includes → the page
        self.wholes: dict[str, str] = {}  # pages that include files → their text with them
        # Paths in the project without case → the file of the checkout; a file at the root would hide the home page.
        self._taken: dict[str, str] = {"content/root/index.html": home}

    def sorted(self, path: str) -> Item:
        """Return what becomes of one file."""
        inside = path.removeprefix(self.container)
        folders, name = inside.split("/")[:-1], inside.rpartition("/")[2]
        top = folders[0] if folders else ""
        if path == "_config.yml":
            return Item(path, "config", why="its author, settings and keys are in content/ and in the settings files")
        if path in self.parts:
            page = self.parts[path]
            return Item(path, "page", self._place(page), f"it is a part of {page}")
        if path == self.bibliography:
            return self._to("data", path, "content/publications.bib")
        if self.plan.template == AL_FOLIO and al_folio.CODE.fullmatch(inside):
            return self._code(path, is_known=True)
        if "_drafts" in folders:
            return self._to("draft", path, f"content/_drafts/{inside.partition('_drafts/')[2]}")
        if "_posts" in folders:
            return self._article(path, inside)
        if top in CODE:
            return self._code(path, is_known=self._is_known(inside))
        if top == "_data":
            return self._data(path, inside.removeprefix("_data/"))
        if top[:1] == "_" and top[1:] in self.collections:
            return self._entry(path, top[1:], inside.partition("/")[2])
        if not folders and _ABOUT_THE_REPOSITORY.fullmatch(name) and not self.is_page(path):
            return Item(path, "tool", why="it is about the repository, not the site")
        if _TEMPLATES_TOOLS.fullmatch(inside):
            return Item(path, "tool", why="it is a tool of the template")
        if top == "talkmap" and not self.has_talks:
            return Item(path, "tool", why="it is the template's map of talks, and there are none", template=True)
        if top == "markdown_generator" and is_templates(self._text(path)):
            return Item(path, "tool", why="it is the template's sample", template=True)
        if _TEMPLATES_ASSETS.fullmatch(inside):
            return self._code(path, is_known=True)
        return self._other(path)

    def _text(self, path: str) -> str:
        data = beginning(self.plan.checkout / path)
        return "" if len(data) >= MOST_BYTES else data.decode("utf-8-sig", "replace")

    def _to(self, kind: str, path: str, to: str, why: str = "", collection: str = "") -> Item:
        """Return an item at its place in the project, or at one beside it where another file is."""
        first = self._taken.setdefault(fold(to), path)
        if first != path:
            stem, dot, extension = to.rpartition(".") if "." in to.rpartition("/")[2] else (to, "", "")
            number = next(n for n in range(2, 1 << 20) if fold(f"{stem}-{n}{dot}{extension}") not in self._taken)
            wanted, to = to, f"{stem}-{number}{dot}{extension}"
            self._taken[fold(to)] = path
            message = f"becomes {to}: {first} is at {wanted}"
            self.plan.problems.warn(
                Place(path), message, "change the links to it, or rename one of them in the old site"
            )
        return Item(path, kind, to, why, collection=collection)

    def _is_known(self, path: str) -> bool:
        """Return whether the template has a layout, include or style of this name."""
        return bool(_KNOWN_CODE.fullmatch(path)) or (self.plan.template == AL_FOLIO and path.partition("/")[0] in CODE)

    def _code(self, path: str, *, is_known: bool) -> Item:
        if is_known:
            return Item(path, "code", why="the program has its own design", template=True)
        does = purpose(self.plan.checkout / path)
        return Item(path, "code", why="it is a part of your own design" + f": {does}" * bool(does))

    def _article(self, path: str, inside: str) -> Item:
        name = path.rpartition("/")[2]
        extension = PurePosixPath(name).suffix[1:].lower()
        if not _DATED.fullmatch(name) or extension not in MARKDOWN | {"html", "htm"}:
            return Item(path, "unpublished", why="its name is not that of a post: 2026-01-31-title.md")
        if is_templates(self._text(path)):
            return Item(path, "article", why="it is the template's sample", template=True)
        before, _, below = inside.partition("_posts/")
        return self._to("article", path, f"content/articles/{before}{below}")

    def _data(self, path: str, below: str) -> Item:
        if below in ("navigation.yml", "navigation.yaml"):
            return self._to("menu", path, "content/navigation.yml")
        if re.fullmatch(r"ui-text\.yml|comments/(?:layout-comments|markup-.*|welcome-to-jekyll)/.*", below):
            return Item(path, "data", why="it is the template's", template=True)
        text = self._text(path)
        if below in ("authors.yml", "cv.json") and text and is_templates(text):
            return Item(path, "data", why="it is the template's sample", template=True)
        return self._to("data", path, f"content/data/{below}")

    def _entry(self, path: str, collection: str, below: str) -> Item:
        extension = PurePosixPath(below).suffix[1:].lower()
        if extension in MARKDOWN or (extension in ("html", "htm") and self.source.has_header(path)):
            if below.rpartition("/")[2].startswith((".", "_")):
                return Item(path, "unpublished", why="Jekyll does not publish such a name")
            if is_templates(self._text(path)):
                return Item(path, "entry", why="it is the template's sample", template=True, collection=collection)
            return self._to("entry", path, f"content/{collection}/{below}", collection=collection)
        return self._other(path)

    def is_page(self, path: str) -> bool:
        """Return whether a file is one that Jekyll renders to HTML."""
        return PurePosixPath(path).suffix[1:].lower() in MARKDOWN | {"html", "htm"} and self.source.has_header(path)

    def _other(self, path: str) -> Item:
        """Return what becomes of a page or of a file that is copied."""
        if path == self.home:
            return self._page(path)
        address = self.served.get(path)
        name = path.rpartition("/")[2]
        below = re.sub("^_?pages/", "", path)
        is_page = self.is_page(path)
        if address is None:
            unpublished = self.source.front_matter(path).get("published") if is_page else None
            if unpublished is False:
                return self._to("draft", path, f"content/pages/{below}")
            if name in FOR_HOSTS and "/" not in path:
                return self._to("file", path, f"content/root/{name}")
            return Item(path, "unpublished", why="Jekyll does not publish it: its name, or `exclude` in _config.yml")
        if is_page:
            return self._page(path)
        if self.source.has_header(path):
            return self._code(path, is_known=False)
        if path in _MADE or address.file in _MADE:
            return Item(path, "file", why="the program writes its own")
        return self._file(path, address.file)

    def _page(self, path: str) -> Item:
        text = self.wholes.get(path) or self._text(path)
        if path == self.home:
            return self._page_to(path)
        if found := listing(text):
            self.listings[path] = found
            return Item(path, "list")
        if is_templates(text) and not (self.has_talks and "/talkmap/" in text):
            return Item(path, "page", why="it is the template's", template=True)
        return self._page_to(path)

    def _page_to(self, path: str) -> Item:
        item = self._to("page", path, self._place(path))
        if says_nothing(self.wholes.get(path) or self._text(path)):
            message = "has no text: what it showed came from its layout, which stays behind"
            self.plan.problems.warn(Place(path), message, "write it, or remove it and its entry in the menu")
        if path in self.wholes:
            self.plan.files[item.to] = self.wholes[path].encode()
        return item

    def _place(self, path: str) -> str:
        """Return where a page goes; the home page to where the example is, unless another page has that name."""
        below = re.sub("^_?pages/", "", path)
        if path == self.home:
            name = "about" + PurePosixPath(path).suffix.lower()
            taken = f"_pages/{name}" != path and (self.plan.checkout / "_pages" / name).is_file()
            below = PurePosixPath(path).name if taken else name
            if self.source.front_matter(path).get("permalink") != "/":
                below = f"index{PurePosixPath(path).suffix.lower()}"
        return f"content/pages/{below}"

    def include(self, path: str) -> None:
        """Write into a page what it includes of the owner's own files, in its folder or in ``_includes``."""
        address = self.served.get(path)
        if path == self.home or (address and address.kind == "page" and self.is_page(path)):
            text = self._text(path)
            whole = self._included(text, path, path, 0)
            if whole != text:
                self.wholes[path] = whole

    def _included(self, text: str, path: str, page: str, depth: int) -> str:
        def replaced(match: re.Match[str]) -> str:
            folder = PurePosixPath(path).parent if match[1] else PurePosixPath("_includes")
            name = os.path.normpath(folder / match[2]).replace("\\", "/")
            file = self.plan.checkout / name
            known = self._is_known(name)
            if known or depth > _DEEPEST or name.startswith("..") or file.is_symlink() or not file.is_file():
                return match[0]
            self.parts.setdefault(name, page)
            return self._included(self._text(name), name, page, depth + 1)

        return _INCLUDE.sub(replaced, text)

    def _file(self, path: str, served: str) -> Item:
        """Return where a file goes so that it keeps the address at which it was served."""
        top = served.partition("/")[0] if "/" in served else ""
        private = any(part[0] in "._" and part not in FOR_HOSTS for part in served.split("/"))
        is_document = PurePosixPath(served).suffix[1:].lower() in MARKDOWN and top in self.collections
        if private:
            to = "content/root/" + "/".join(part.lstrip("._") or "file" for part in served.split("/"))
        elif not top or top in _PLACES or is_document or served.startswith(".well-known/"):
            to = f"content/root/{served}"
        else:
            to = f"content/{served}"
        return self._to("file", path, to)


def purpose(file: Path) -> str:
    """Return what a layout, an include or a script does, where its text tells."""
    text = beginning(file).decode("utf-8", "replace").lower()
    found = [words for pattern, words in _PURPOSES.items() if re.search(pattern, text)]
    return ", ".join(found[:3])


def find_home(served: Mapping[str, OldAddress]) -> str:
    """Return the page that the old site showed at its root, "" if there is none."""
    at_root = [path for path, each in served.items() if each.file == "index.html" and each.kind == "page"]
    return min(at_root, key=lambda path: (not path.startswith("_pages/"), not path.endswith(".md"), path), default="")
