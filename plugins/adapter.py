"""The border to Pelican: its objects → our records, our results → its templates. Edge.

Nothing else in plugins/ reads or writes a key of Pelican's settings or context. Here is all that templates find there
beside Pelican's own (https://docs.getpelican.com/en/latest/themes.html):

==================  ==================================================================================================
``ROOT``            the path below which the site lives, before the slash of an address inside it: "" at the root
``MENU``            the menu's entries: ``label``, ``url``, ``outside``; empty where there is nothing to choose
``LISTED``          the pages and articles that are published, translations included: what sitemap.xml lists
``WORDS``, ``DIR``  the theme's words in the site's language, and its direction
``FAVICONS``        the author's own icons: ``url``, ``type``, ``sizes``; empty where the theme draws the monogram
``FEED``            the name of the feed of articles, "" without one
``STYLESHEET``      ``text`` of the page's ``<style>``, ``sha256`` as a policy writes it, ``accent`` as ``#rrggbb``,
                    ``entries`` for the ``<style>`` of pages that show entries
``BIBLIOGRAPHIES``  the names of the files about publications, with what their formats are called; empty without any
``TOUCH_ICON``      the file of the icon for a home screen, "" for none
``COUNTER``         the HTML of the counter that ANALYTICS names, "" for none
``VERIFICATION``    the names and keys of the tags by which search engines know the site's owner
``POLICY_PLACE``    a mark that the filter ``with_policy`` replaces by the finished page's policy
==================  ==================================================================================================

On each page or article:

==================  ==================================================================================================
``front_matter``    the front matter as the author wrote it, parsed
``heading``         the title as plain text, "" where the author gave none: ``title`` is then the site's name
``heading_html``    the same as finished HTML
``words``, ``dir``  the theme's words in the page's language, and its direction
``profile``         the author's profile, None where the page shows no sidebar
``in_languages``    the same page in each language, itself included: ``lang``, ``name``, ``url``; empty without others
``updated``         the day when it was last changed as HTML, "" where nobody knows
``files``           what a reader can take along: labels and addresses
``head``            what the page's head says beside its title: description, OpenGraph, JSON-LD, alternates
``alternate``       the address of the page's Markdown, "" without one
``published``       the date of an article as HTML, in its language
``author_style``    the text of its author's own styles, which reach its text alone
``menu``            the menu's entries, without those that ``contents`` has too
``contents``        the lines of its table of contents: ``level``, ``anchor``, ``text``; empty on a short page
``printed_links``   the addresses behind the links of the text, for paper
``shows_entries``   whether the text shows entries of collections
==================  ==================================================================================================
"""

import logging
import mmap
import os
import re
import sys
import weakref
from collections import ChainMap
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from html import escape, unescape
from importlib import import_module
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from jinja2 import Template, pass_context
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Content
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator, PelicanTemplateNotFound, StaticGenerator
from pelican.log import LimitFilter
from pelican.readers import MarkdownReader
from pelican.writers import Writer

from . import defaults, images, markup, portable_names, small_capitals
from .addresses import slashed
from .author_profile.plan import Assets
from .collections.liquid_variables import (
    ARTICLES,
    document_url,
    liquid_file,
    own_variables,
    site_variables,
    with_fields,
)
from .collections.records import FILES
from .collections.sections import View
from .comments import public, without_comments
from .commits import Commits
from .content_files import MOST_BYTES, Lister
from .front_matter import FrontMatter, Source, has_front_matter, is_withheld, liquid_page, parse, translate
from .hosting.plan import OwnFile
from .hosting.policy import needs_of, policy_for
from .kramdown import ValueConverter, has_liquid
from .language import mark, script_langs, words
from .markup import scan
from .memory import Memory
from .permalinks import POSTS, STYLES
from .pictures import Cache
from .problems import ContentError, Place, Problem, Problems
from .settings import FILE, NAMES, read_settings, with_lines
from .site import Document, Output, Page, Site, StaticFile
from .staging.log import Listener, print_problems
from .staging.snapshot import Snapshot
from .staging.templates import CompiledTemplates
from .staging.tree import Stage, check_output
from .stylesheet import make_accessible
from .svg import is_svg
from .typesetting.lead import mark_lead
from .typesetting.lists import arrange
from .utf8 import decode
from .yaml_mapping import Reading, Value, read_yaml

KEY = "FRONTISPIECE"  # the one name under which the build travels in Pelican's settings and contexts
MEMORY = "FRONTISPIECE_MEMORY"  # the settings by which `plugins.builder` hands on what the builds before remember,
CONFIG = "FRONTISPIECE_CONFIG"  # and the name of the settings file
_PACKAGE = __name__.partition(".")[0]  # "plugins" in a checkout, "frontispiece" where it is installed
PRINTED = ("SITESUBTITLE", "LINKS", "SOCIAL", "MENUITEMS")  # Pelican's settings that feeds and themes print
DATA = "data"  # the folder of what Liquid calls `site.data`; never published
PLACE = "place-of-the-policy"  # what the theme's base.html prints where a page's policy goes
PAGES = sorted(portable_names.MARKDOWN | portable_names.HTML_PAGES)
_AS_IT_IS = "{::nomarkdown}\n", "\n{:/nomarkdown}"
READABLE = tuple(case(name) for name in PAGES for case in (str, str.upper))  # the extensions of pages


class Run:
    """What the steps of any run of Pelican share. It travels in Pelican's settings and contexts."""

    def __init__(self, pelican_settings: dict[str, Any], names: Container[str] = NAMES) -> None:
        """Put itself into the settings, of which every context is a copy; only the settings ``names`` are read."""
        pelican_settings[KEY] = self
        self.pelican_settings = pelican_settings
        self.names = names
        self.problems = Problems()
        self.memory: Memory = pelican_settings.get(MEMORY) or Memory()
        self.files: Callable[[], Iterable[tuple[str, bytes]]] = tuple  # the planned files: name and content

    def begin(self) -> None:
        """Begin one run, of which Pelican may do several: check the settings, forget what the last run found."""
        self.problems.clear()
        for name, value in self.pelican_settings.items():
            if name in self.names or name in PRINTED:
                with self.problems.collect(Place(FILE, 0, name)):
                    self.pelican_settings[name] = public(value)
        given = {name: value for name, value in self.pelican_settings.items() if name in self.names}
        self.settings = read_settings(given, self.problems)
        self.files = tuple

    @classmethod
    def of(cls, holder: Mapping[str, Any]) -> Self:
        """Return the run that travels in Pelican's settings or in a context, which is a copy of them."""
        run: Self = holder[KEY]
        return run

    def report(self) -> tuple[Problem, ...]:
        """Return all problems, sorted; those of settings with their line."""
        return located(self.problems, self.pelican_settings.get(CONFIG, FILE))

    @property
    def latest(self) -> date | None:
        """The last day whose entries are published, None without one; of articles, Pelican decides the same."""
        return None if self.pelican_settings["WITH_FUTURE_DATES"] else date.today()

    def path(self, file: Path) -> str:
        """Return a file's path from the project's root, with forward slashes: as problems name it."""
        root = self.settings.path.parent
        return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()

    def read_yaml(self, name: str) -> tuple[Reading | None, str]:
        """Return what a YAML file below the content holds, None where there is no such file, and its path."""
        content = self.settings.path
        path, data = self.path(content / name), _read_below(content, name, content.parent)
        return None if data is None else read_yaml(data, path, self.problems), path


class Build(Run):
    """One build of the whole site."""

    def __init__(self, pelican_settings: dict[str, Any]) -> None:
        super().__init__(pelican_settings)
        self.found_before = Problems()  # by `plugins.builder`, which checks the settings before Pelican reads them
        output, retained = Path(pelican_settings["OUTPUT_PATH"]), pelican_settings["OUTPUT_RETENTION"]
        snapshot = self.memory.recall("output", output, Snapshot) if pelican_settings.get(MEMORY) else None
        self.stage = Stage(output, retained, snapshot)
        self.begin()

    def begin(self) -> None:
        """Begin one run; fill in what follows from the folders of the content."""
        super().begin()
        self.problems.extend(self.found_before)
        settings = self.settings
        self.page_folders = (*settings.page_paths, *settings.article_paths)
        named = [*self.page_folders, *settings.static_paths, *self.pelican_settings["EXTRA_PATH_METADATA"]]
        folders = self.page_folders, settings.collections
        self.content = Lister(settings.path, *folders, named, settings.ignore_files).list()
        for name in ("config", "documents", "liquid_site"):
            self.__dict__.pop(name, None)
        _complete(self)
        self.commits = Commits(settings.path.parent, self.path(settings.path))
        self.allowed: tuple[tuple[str, str], ...] = ()  # what ALLOW adds to each page's policy: directive, source
        self.counts = 0, 0  # pages and redirects, for the line that ends a build
        self.sources: dict[str, tuple[str, ...]] = {}  # each page → the content files that it may show a part of
        self.places: dict[str, str] = {}  # each file of the content → the address at which it can be seen

    @cached_property
    def converter(self) -> Any:
        """One Markdown converter for all pages, since it is slow to set up."""
        options: dict[str, Any] = self.pelican_settings["MARKDOWN"]
        configs = options.get("extension_configs", {})
        names = [name for name in options["extensions"] if name != "markdown.extensions.meta"]
        converter: Any = Markdown(**{**options, "extensions": [_extension(name, configs) for name in names]})
        converter.finish = FinishTree()
        converter.treeprocessors.register(converter.finish, "finish", -100)  # after those of all extensions
        return converter

    def script_langs_of(self, front_matter: Mapping[str, Value], place: Place) -> dict[str, str]:
        """Return the language that the author chose for each script: for the whole site, and over it for one page."""
        site_wide = script_langs(self.settings.script_langs, Place(FILE, 0, "SCRIPT_LANGS"), self.problems)
        return {**site_wide, **script_langs(front_matter.get("script_langs"), place, self.problems)}

    @cached_property
    def config(self) -> Mapping[str, Value]:
        """What content/site.yml holds, the ``_config.yml`` of a Jekyll site."""
        reading, _ = self.read_yaml("site.yml")
        return reading.values if reading else {}

    @cached_property
    def documents(self) -> Mapping[str, Sequence[Document]]:
        """The documents of each collection that are published, sorted by their paths.

        They are read before any page, whose Liquid may list them.
        """
        found: dict[str, list[Document]] = {name: [] for name in self.settings.collections}
        content = self.path(self.settings.path)
        for relative in sorted(self.content.documents):
            file, (collection, _, name) = self.settings.path / relative, relative.partition("/")
            path, problems = f"{content}/{relative}", Problems()
            parts = _parts(file, path, self, problems)
            withheld = parts is None or (is_withheld(parts, path, problems) and not self.settings.show_drafts)
            self.problems.extend(problems)
            if parts and not withheld and not problems.failed:
                found[collection].append(_as_document(collection, path, name, parts))
        return found

    # --- What Liquid finds --------------------------------------------------------------------------------

    def liquid_variables(self, page: Mapping[str, object], author: object = None) -> dict[str, Mapping[str, object]]:
        """Return Jekyll's ``site`` and ``page``; ``site.author`` is the page's author in ``content/authors.yml``."""
        reading, _ = self.read_yaml("authors.yml")
        authors = reading.values if reading else {}
        facts = authors.get(str(author or self.settings.author)) or authors.get("author")
        site = ChainMap({"author": facts} if isinstance(facts, dict) else {}, self.liquid_site)  # type: ignore[arg-type]  # nobody changes it
        return {"site": site, "page": page}

    @cached_property
    def liquid_site(self) -> Mapping[str, object]:
        """Jekyll's ``site``, the same for all pages."""
        urls: dict[str, str] = {}
        articles: list[Document] = []
        for parts, metadata, source in self._read_pages(self.settings.article_paths):
            articles.append(_as_document(ARTICLES, source.path, str(source.name), parts))
            urls[source.path] = f"/{metadata.get('url', '')}"
        return site_variables(
            self.config,
            own_variables(self.settings),
            {**self.documents, ARTICLES: articles},
            {"data": self._data, "pages": self._liquid_pages, "static_files": self._liquid_files},
            lambda document: urls.get(document.path) or document_url(document, self.config),
            self._convert_value,
            self.latest,
        )

    def _read_pages(self, folders: Iterable[str]) -> Iterator[tuple[FrontMatter, dict[str, object], Source]]:
        """Yield the pages in folders that are published, with their metadata; our reader reports what is wrong."""
        for path in sorted(self.content.below(folders)):
            if _is_page(self.settings.path / path):
                source, problems = _source(self.settings.path / path, self), Problems()
                parts = _parts(self.settings.path / path, source.path, self, problems)
                metadata = translate(parts, source, self.settings.sitename, self.reserved, problems) if parts else {}
                if parts and not problems.failed and (self.settings.show_drafts or metadata.get("status") != "draft"):
                    yield parts, metadata, source

    def _liquid_pages(self) -> object:
        pages = self._read_pages(self.settings.page_paths)
        return with_fields([liquid_page(parts, metadata, source) for parts, metadata, source in pages])

    def _liquid_files(self) -> list[dict[str, object]]:
        copied = self.content.below(self.pelican_settings["STATIC_PATHS"]) - self.content.pages
        found = [liquid_file(path, (self.settings.path / path).stat().st_mtime) for path in copied]
        return sorted(found, key=lambda file: str(file["path"]))

    @property
    def data_files(self) -> Mapping[str, str]:
        """The data files: name below the folder → path below the content, where two have a place of their own."""
        own = [name for name in ("authors.yml", "navigation.yml") if name in self.content.files]
        found = sorted(path for path in self.content.files if path.startswith(f"{DATA}/"))
        return {name: name for name in own} | {path.removeprefix(f"{DATA}/"): path for path in found}

    def _data(self) -> object:
        files = {name: self.settings.path / path for name, path in self.data_files.items()}
        from .collections.data_files import read_data

        return read_data(((name, self.path(file), file.read_bytes()) for name, file in files.items()), self.problems)

    def _convert_value(self, markdown: str) -> str:
        """Return the text of a document as HTML for Liquid; what is wrong with it is reported where it is an entry."""
        if has_liquid(markdown):  # it may ask for another document's text, and that for another's
            return ValueConverter().convert(markdown, self.liquid_variables({}))[0]
        return self._value_converter.convert(markdown)[0]

    @cached_property
    def _value_converter(self) -> ValueConverter:
        return ValueConverter()

    @cached_property
    def reserved(self) -> frozenset[str]:
        """The names of attributes that Pelican's content objects need for themselves."""
        return frozenset(dir(PelicanPage("", settings=self.pelican_settings)))


def _as_document(collection: str, path: str, name: str, parts: FrontMatter) -> Document:
    values, lines, body, body_line, fenced, written = parts
    return Document(collection, path, name, values, lines, body, body_line, written, fenced)


def located(problems: Iterable[Problem], config: str) -> tuple[Problem, ...]:
    """Return problems sorted; those of settings with their line in the settings file ``config`` or the other one."""
    files = [Path(name) for name in dict.fromkeys((config, FILE)) if Path(name).is_file()]
    sources = {file.name: file.read_text("utf-8", errors="replace") for file in files}
    return tuple(Problems(with_lines(problems, sources)))


def _complete(build: Build) -> None:
    """Fill in what follows from the folders of the content: what is copied, and what goes to the root of the site."""
    pelican_settings, settings = build.pelican_settings, build.settings
    if not pelican_settings["STATIC_PATHS"]:
        folders = {path.partition("/")[0] for path in build.content.files if "/" in path}
        pelican_settings["STATIC_PATHS"] = sorted(folders.difference(build.page_folders, [DATA]))
    pelican_settings["EXTRA_PATH_METADATA"] = {
        **{path: {"path": path.removeprefix("root/")} for path in build.content.below(["root"])},
        **pelican_settings["EXTRA_PATH_METADATA"],
    }
    pelican_settings["WITH_FUTURE_DATES"] |= settings.show_drafts
    whole_addresses = ["sitemap", "robots", "llms"] if settings.siteurl else []
    direct = pelican_settings["DIRECT_TEMPLATES"]
    pelican_settings["DIRECT_TEMPLATES"] = [*direct, *(name for name in whole_addresses if name not in direct)]
    static = pelican_settings["THEME_STATIC_PATHS"]  # Pelican would compile every pattern of IGNORE_FILES for each
    pelican_settings["THEME_STATIC_PATHS"] = [path for path in static if (settings.theme / path).exists()]
    own_templates = settings.path.parent / "theme" / "templates"
    if own_templates.is_dir() and own_templates.resolve() != (settings.theme / "templates").resolve():
        overrides = pelican_settings["THEME_TEMPLATES_OVERRIDES"]
        pelican_settings["THEME_TEMPLATES_OVERRIDES"] = [*overrides, str(own_templates)]


class FinishTree(Treeprocessor):
    """Finishes the tree of a converted page: its runs' languages, its lists, and what keyboard and voice need."""

    language = "en"
    script_langs: Mapping[str, str] = {}
    is_page = False  # rather than a part of one

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        mark(root, self.language, self.script_langs)
        arrange(root, words(self.language)["older"])
        if self.is_page:
            mark_lead(root)
        make_accessible(root, words(self.language))


def _extension(name: Any, configs: Mapping[str, Any]) -> Any:
    """Return the extension in a module of this package; anything else is found by Python-Markdown.

    It would ask every installed package for an extension of that name first, which takes longer than a page does.
    """
    if isinstance(name, str) and name.startswith(f"{_PACKAGE}."):
        return import_module(name).makeExtension(**configs.get(name, {}))
    return name


def prepare(pelican: Pelican) -> None:
    """Give the templates our filter and compiled templates, and turn what Pelican only logs into problems."""
    settings: dict[str, Any] = pelican.settings
    build = Build(settings)
    settings["JINJA_FILTERS"] = {**settings["JINJA_FILTERS"], "with_policy": with_policy, **FILTERS}
    environment = settings["JINJA_ENVIRONMENT"]  # never changed in place: it may belong to `plugins.defaults`
    settings["JINJA_ENVIRONMENT"] = {"bytecode_cache": CompiledTemplates(settings), **environment}
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, Listener)]:
        root.removeHandler(handler)
    root.addHandler(Listener(build.problems.add))
    logging.getLogger("pelican").addFilter(print_problems)
    weakref.finalize(pelican, build.stage.discard)  # a run that a template or a plugin broke leaves nothing


def _check_output(build: Build) -> None:
    """Raise ContentError for an output folder that a build must not replace."""
    root, written = build.settings.path.parent, build.pelican_settings["OUTPUT_PATH"]
    ours = [build.settings.path, build.settings.theme, *(root / name for name in ("theme", "plugins", ".git", "tests"))]
    with build.problems.collect(Place(FILE, 0, "OUTPUT_PATH"), written):
        check_output(build.stage.output, root, ours)
        return
    raise ContentError(build.report())


def begin(pelican: Pelican) -> None:
    """Begin one run: wait for any other build, and let Pelican write beside the output."""
    build = Build.of(pelican.settings)
    build.begin()
    pelican.path = build.pelican_settings["PATH"] = str(build.settings.path)  # without links, as ours are
    _check_output(build)
    LimitFilter._raised_messages.clear()  # each run reports again what is still wrong
    LimitFilter._group_count.clear()
    build.stage.begin(lambda: print(f"waiting for another build of {build.stage.output}", file=sys.stderr))
    pelican.output_path = str(build.stage.new)


def limit_files(generator: Generator) -> None:
    """Let a generator find only what `plugins.content_files` lists: Pelican's own search follows links in a circle."""
    content = Build.of(generator.settings).content

    def get_files(
        paths: str | Iterable[str],
        exclude: Iterable[str] = (),
        extensions: Container[str] | Literal[False] | None = None,
    ) -> set[str]:
        """Return the files with these extensions, by default those that have a reader; False: all that are copied."""
        found = content.below([paths] if isinstance(paths, str) else paths, exclude or ())
        if extensions is False:
            return found - content.pages
        wanted = generator.readers.extensions if extensions is None else extensions
        folder = Path(generator.settings["PATH"])
        return {path for path in found if PurePosixPath(path).suffix[1:] in wanted and _is_page(folder / path)}

    generator.get_files = get_files


def _is_page(file: Path) -> bool:
    """Return whether our reader reads a file: Markdown, or HTML with front matter."""
    extension = file.suffix[1:]
    if extension.lower() not in portable_names.HTML_PAGES or not file.is_file():
        return extension in READABLE
    with file.open("rb") as opened:
        return extension in READABLE and has_front_matter(opened.read(MOST_BYTES))


# --- Read -----------------------------------------------------------------------------------------------------------


class PageReader(MarkdownReader):  # type: ignore[misc]  # Pelican ships no types
    """Pelican's reader of Markdown files, for pages written for Jekyll.

    A page with a problem is skipped here; the problem ends the build with all others in one message. A file without
    front matter may begin with Pelican's own ``Key: value`` lines.
    """

    file_extensions = READABLE

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """Return the page's HTML and its metadata; ``status: skip`` for one that is not to be published."""
        build = Build.of(self.settings)
        problems = Problems()
        page = self._read(Path(source_path), build, problems)
        build.problems.extend(problems)
        return page or ("", {"status": "skip"})

    def _read(self, path: Path, build: Build, problems: Problems) -> tuple[str, dict[str, object]] | None:
        source = _source(path, build)
        if not path.is_file():  # a pipe would never end
            problems.error(Place(source.path), "is not a file that can be read", "remove it or write a page")
            return None
        parts = _parts(path, source.path, build, problems)
        if parts is None:
            return None
        metadata = translate(parts, source, build.settings.sitename, build.reserved, problems)
        modified = "modified" if parts.values.get("modified") not in (None, "") else "last_modified_at"
        for name, key in (("date", "date"), ("modified", modified)):
            if isinstance(written := metadata.get(name), str):
                try:
                    metadata[name] = moment = self.process_metadata(name, written)
                    moment.utcoffset()  # ValueError for one of 99 hours
                except (ValueError, OverflowError):
                    place = Place(source.path, parts.lines.get(key, 1), key)
                    problems.error(place, f"{written!r} is not a date", "write 2026-01-31")
        if problems.failed:
            return None
        for name in ("author", "authors", "category", "tags"):
            if name in metadata:
                metadata[name] = self.process_metadata(name, metadata[name])
        if metadata.get("status") == "draft":
            if not build.settings.show_drafts:
                return None
            metadata["status"] = "published"
        html, markdown = _convert(parts, metadata, source, build, problems)
        return html, {**metadata, "markdown": markdown, "front_matter": parts.values, "key_lines": parts.lines}


def _source(path: Path, build: Build) -> Source:
    """Return what a file is: its path from the project's root, its name below the folder of its kind."""
    settings = build.settings
    for folders, is_article in ((settings.page_paths, False), (settings.article_paths, True)):
        for folder in folders:
            if path.is_relative_to(settings.path / folder):
                name = PurePosixPath(path.relative_to(settings.path / folder).as_posix())
                style = str(build.config.get("permalink") or POSTS)
                return Source(build.path(path), name, is_article, STYLES.get(style, style))
    return Source(build.path(path), PurePosixPath(path.name))


def _parts(file: Path, path: str, build: Build, problems: Problems) -> FrontMatter | None:
    """Return a Markdown file taken apart, None for one that is not UTF-8; problems name it by its path."""
    text = decode(file.read_bytes(), path, problems)
    if text is None:
        return None
    parts = build.memory.recall_reporting(("front matter", path), text, partial(parse, text, path), problems)
    if not parts.fenced:
        with problems.collect(Place(path, 1, "front matter")):
            return _pelican_header(parts)
    return parts


def _pelican_header(parts: FrontMatter) -> FrontMatter:
    """Return a page without front matter with the values of Pelican's own ``Key: value`` lines, if it has any."""
    meta = Markdown(extensions=["markdown.extensions.meta"])
    body = "\n".join(meta.preprocessors["meta"].run(parts.body.split("\n")))
    values: dict[str, Value] = {name: without_comments("\n".join(lines)) for name, lines in meta.Meta.items()}  # type: ignore[attr-defined]
    taken = parts.body.count("\n") - body.count("\n")
    return parts._replace(values=values, body=body, body_line=parts.body_line + taken)


def _convert(
    parts: FrontMatter, metadata: Mapping[str, object], source: Source, build: Build, problems: Problems
) -> tuple[str, str]:
    """Return the body as HTML, and as the Markdown that the public may read."""
    variables: Mapping[str, Mapping[str, object]] = {}
    if has_liquid(parts.body):
        variables = build.liquid_variables(liquid_page(parts, metadata, source), metadata.get("author"))
    script_langs = build.script_langs_of(
        parts.values, Place(source.path, parts.lines.get("script_langs", 0), "script_langs")
    )
    lang = str(metadata.get("lang") or build.settings.default_lang)
    place = Place(source.path, parts.body_line)
    if source.name.suffix[1:].lower() not in portable_names.HTML_PAGES:
        return _html(parts.body, lang, variables, script_langs, build, place, problems, is_page=True)
    # HTML stays as it is, but for Liquid and comments, which are no different in it.
    body, place = f"{_AS_IT_IS[0]}{parts.body}{_AS_IT_IS[1]}", place._replace(line=place.line - 1)
    html, public_text = _html(body, lang, variables, script_langs, build, place, problems, is_page=True)
    return html, public_text.removeprefix(_AS_IT_IS[0]).rstrip().removesuffix(_AS_IT_IS[1].strip())


def _html(
    markdown: str,
    lang: str,
    variables: Mapping[str, Mapping[str, object]],
    script_langs: Mapping[str, str],
    build: Build,
    place: Place,
    problems: Problems,
    *,
    spans_only: bool = False,
    is_page: bool = False,
) -> tuple[str, str]:
    """Return Markdown that begins at a place as HTML, and as the public may read it.

    ``variables`` are those of its Liquid, ``script_langs`` the languages of scripts.
    """
    converter = build.converter
    converter.reset()
    converter.spans_only = spans_only
    if variables:
        converter.liquid_variables = variables
    converter.finish.language, converter.finish.script_langs = lang, script_langs
    converter.finish.is_page = is_page
    html: str = converter.convert(markdown)
    found: Iterable[Problem] = getattr(converter, "problems", ())
    public_markdown: str = getattr(converter, "source_without_comments", "")
    problems.extend(replace(each, path=place.path, line=each.line + max(0, place.line - 1)) for each in found)
    return html, public_markdown


class _TagPattern:
    """Pelican's pattern of links to the site's files, applied to each tag; each `<` of a script leads it to the end."""

    def __init__(self, content: Content) -> None:
        self.pattern: re.Pattern[str] = content._get_intrasite_link_regex()
        self.content = content

    def sub(self, replacement: Callable[[re.Match[str]], str], html: str) -> str:
        def replaced(match: re.Match[str]) -> str:
            text = replacement(match) if _is_address(match["value"]) else match[0]
            if match["path"] in text:
                self.report(match["path"])
            return text

        return "".join(
            self.pattern.sub(replaced, token.source) if token.kind == "start" else token.source for token in scan(html)
        )

    def finditer(self, html: str) -> Iterator[re.Match[str]]:
        found = (self.pattern.finditer(token.source) for token in scan(html) if token.kind == "start")
        return (match for match in chain.from_iterable(found) if _is_address(match["value"]))

    def report(self, link: str) -> None:
        """Report a link that Pelican leaves as it is; its own words name neither the page nor the line."""
        run, file = Run.of(self.content.settings), Path(self.content.source_path)
        before, found, _ = file.read_text("utf-8", errors="replace").partition(unescape(link))
        place = Place(run.path(file), before.count("\n") + 1 if found else 0, "link" if found else "")
        run.problems.warn(place, f"{link!r} leads to no page or file of this site", "write its path below content/")


def _is_address(text: str) -> bool:
    """Return whether Pelican can take an address apart."""
    try:
        return bool(urlsplit(text)) and bool(urlsplit(unescape(text)))
    except ValueError:
        return False


def limit_links(content: Content) -> None:
    """Let a content object look for links to the site's files in its tags alone, and report those that lead nowhere."""
    pattern = _TagPattern(content)
    content._get_intrasite_link_regex = lambda: pattern


# --- Pelican's objects → records ------------------------------------------------------------------------------------


class Contents:
    """What Pelican has read in one run: its generators and content objects, and the records made from them."""

    def __init__(self, generators: list[Generator]) -> None:
        """Keep the generators; index the content objects by their path from the root."""
        self.generators = generators
        self.context: dict[str, Any] = generators[0].context
        self.run = Run.of(self.context)
        found = [content for content in self.context["generated_content"].values() if content is not None]
        self.objects: dict[str, Content] = {self.run.path(Path(content.source_path)): content for content in found}

    def site(self) -> Site:
        """Return the records of everything that was read; links from page to page have their addresses now."""
        settings = self.run.settings
        return Site(
            url=settings.siteurl.rstrip("/"),
            name=settings.sitename,
            lang=settings.default_lang,
            pages=[_page(path, content) for path, content in sorted(self.objects.items())],
            static_files=self.static_files(),
            preview=slashed(settings.preview_image) if settings.preview_image else "",
        )

    def styles(self) -> dict[str, str]:
        """Return the theme's styles, name → text; a file in the owner's theme/ replaces the one of the same name."""
        folders = (self.run.settings.theme, self.run.settings.path.parent / "theme")  # the owner's goes first
        files = {file.name: file for folder in folders for file in sorted((folder / "styles").glob("*.css"))}
        run = self.run
        return {name: decode(file.read_bytes(), run.path(file), run.problems) or "" for name, file in files.items()}

    def static_files(self) -> list[StaticFile]:
        """Return the records of the files that are copied."""
        copied = [(Path(file.source_path), Path(file.save_as)) for file in self.context["staticfiles"]]
        return [StaticFile(self.run.path(file), save_as.as_posix(), file) for file, save_as in copied]

    def source(self, page: Page) -> str:
        """Return the text of a page's file; "" for the list of articles, which is in none."""
        file = self.run.settings.path.parent / page.path
        return file.read_text("utf-8", errors="replace") if file.is_file() else ""

    def read_static(self, name: str) -> bytes | None:
        """Return the bytes of a file that is copied, by its name in the output; None where there is none."""
        return next((file.file.read_bytes() for file in self.static_files() if file.save_as == name), None)

    def own_files(self, names: Iterable[str]) -> dict[str, OwnFile]:
        """Return those of the author's files that have one of the names in the output, by that name."""
        wanted = set(names)
        files = {file.save_as: file for file in self.static_files() if file.save_as in wanted}
        return {name: OwnFile(file.path, file.file.read_bytes()) for name, file in files.items()}

    def render(self, template: str, variables: Mapping[str, object]) -> str:
        """Return what a template prints for the whole site."""
        text: str = self.generators[0].get_template(template).render({**self.context, **variables})
        return text

    @property
    def templates(self) -> list[tuple[str, int]]:
        """The theme's templates and the owner's, each with the time of its last change."""
        folders = (self.run.settings.theme, self.run.settings.path.parent / "theme")
        files = (file for folder in folders for file in sorted((folder / "templates").rglob("*.html")))
        return [(str(file), file.stat().st_mtime_ns) for file in files]

    def render_section(self, view: View) -> str:
        """Return the HTML of one section."""
        return self.render("parts/section", {"view": view})

    @property
    def documents(self) -> Mapping[str, Sequence[Document]]:
        """The documents of each collection."""
        return Build.of(self.context).documents

    @property
    def shared_sources(self) -> tuple[str, ...]:
        """The paths of the files that any page may show a part of."""
        content = self.run.settings.path
        documents = (document.path for each in self.documents.values() for document in each)
        names = ("authors.yml", "navigation.yml", "site.yml", *FILES, *Build.of(self.context).data_files.values())
        return (*(self.run.path(content / name) for name in names), *documents)

    def bibliography(self, name: str) -> tuple[str, bytes | None]:
        """Return the path of a bibliography right below the content, and its bytes, None where there is none."""
        content = self.run.settings.path
        return self.run.path(content / name), _read_below(content, name, content.parent)

    def convert(self, markdown: str, place: Place, problems: Problems, *, spans_only: bool = False) -> str:
        """Return Markdown that begins at a place as HTML, and report what is wrong with it."""
        build = Build.of(self.context)
        variables = build.liquid_variables({}) if has_liquid(markdown) and not spans_only else {}
        lang, script_langs = build.settings.default_lang, build.script_langs_of({}, place)
        return _html(markdown, lang, variables, script_langs, build, place, problems, spans_only=spans_only)[0]

    @property
    def assets(self) -> Assets:
        """What profiles need of the disk."""
        settings = self.run.settings
        cache = settings.path.parent / settings.author_portrait_cache
        themes = (settings.path.parent / "theme", settings.theme, Path(defaults.THEME))
        return Assets(
            read=partial(_read_picture, settings.path),
            read_icon=lambda name: next(filter(None, (_read(each / "icons", f"{name}.svg") for each in themes)), None),
            cache=Cache(partial(_read, cache), partial(_store, cache)),
        )

    def add_page(self, page: Page) -> None:
        """Let Pelican print a page that is in no file."""
        metadata = {name: getattr(page, name) for name in ("title", "heading", "url", "save_as", "lang", "markdown")}
        metadata |= {"slug": page.url, "front_matter": page.front_matter, "key_lines": page.lines}
        file = self.run.settings.path.parent / page.path
        content = PelicanPage(page.html, metadata, self.run.pelican_settings, str(file), self.context)
        self.objects[page.path] = content
        self.context["pages"].append(content)

    def withdraw(self, paths: Iterable[str]) -> None:
        """Take pages out of all that is printed and listed."""
        gone = [self.objects.pop(path) for path in paths]
        for generator in self.generators:
            for listed in _lists(generator):
                listed[:] = [content for content in listed if content not in gone]

    def withdraw_drafts(self) -> None:
        """Take the articles out that ``WITH_FUTURE_DATES = False`` makes drafts; the reader skips all other drafts."""
        self.withdraw([path for path, content in self.objects.items() if content.status == "draft"])

    def withdraw_static(self, names: Container[str]) -> None:
        """Keep Pelican from copying files that are written in another way, by their place in the output."""
        for generator in self.generators:
            if isinstance(generator, StaticGenerator):
                generator.staticfiles[:] = [f for f in generator.staticfiles if Path(f.save_as).as_posix() not in names]

    @property
    def feeds(self) -> set[str]:
        """The feeds that Pelican itself is asked for."""
        settings = self.run.pelican_settings
        return {name for kind in ("ATOM", "RSS", "ALL_ATOM", "ALL_RSS") if (name := settings.get(f"FEED_{kind}"))}

    def other_outputs(self, ours: Iterable[str]) -> Iterator[Output]:
        """Yield the files that templates and the theme make beside pages, and those of the program, ``ours``."""
        settings, theme = self.run.pelican_settings, self.run.settings.theme
        direct = (settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html") for name in settings["DIRECT_TEMPLATES"])
        terms = (term.save_as for term in chain.from_iterable(map(_terms, self.generators)))
        static = (
            Path(settings["THEME_STATIC_DIR"], file.relative_to(theme / folder)).as_posix()
            for folder in settings["THEME_STATIC_PATHS"]
            for file in (theme / folder).rglob("*")
        )
        for name in filter(None, chain(direct, terms, settings["TEMPLATE_PAGES"].values(), static, self.feeds, ours)):
            yield Output(name, f"the site's own {name}")

    def report_left_out(self) -> None:
        """Report what would silently be missing from the site."""
        self._report_unread()
        self._report_unpublished()
        self._report_missing_templates()

    @property
    def unread(self) -> Iterator[Path]:
        """The files that Pelican could not read."""
        for relative, content in self.context["generated_content"].items():
            if content is None:
                yield self.run.settings.path / relative

    def _report_unread(self) -> None:
        """Report the files that Pelican could not read: it logs the reason and would publish the rest."""
        problems = self.run.problems
        reported = {problem.path for problem in problems}
        for path in map(self.run.path, self.unread):
            if path not in reported:
                problems.error(Place(path), "cannot be read, and would be left out", "see the message above")

    def _report_unpublished(self) -> None:
        """Report what is left out; withdraw the files that pages link though they are not to be published."""
        build = Build.of(self.context)
        read = {path for path, content in self.context["generated_content"].items() if content is not None}
        build.content.report(build.path(build.settings.path), build.page_folders, read, build.problems)
        for path in build.content.below(build.page_folders):
            if not _is_page(build.settings.path / path):
                message, hint = "is not a Markdown file and will not be published", "move it to content/files/"
                if PurePosixPath(path).suffix[1:] in READABLE:
                    message = "is HTML without front matter, and will not be published"
                    hint = "begin it with two lines '---', or move it to content/root/"
                build.problems.warn(Place(build.path(build.settings.path / path)), message, hint)
        for key in ("PAGE_PATHS", "ARTICLE_PATHS", "STATIC_PATHS"):
            for folder in getattr(build.settings, key.lower()):
                if not Path(os.path.normpath(build.settings.path / folder)).is_relative_to(build.settings.path):
                    message = f"{folder!r} lies outside the content, and is not published"
                    build.problems.warn(Place(FILE, 0, key), message, "move it there")
        copied = build.content.files - build.content.pages
        for file in self.static_files():
            path = Path(os.path.relpath(file.file, build.settings.path)).as_posix()
            if path not in copied and file.file.exists():
                self.withdraw_static({file.save_as})
                build.problems.warn(Place(file.path), "is not published, though a page links it", "move it")

    def _report_missing_templates(self) -> None:
        """Report the pages and the settings that name a template which the theme does not have."""
        named = [
            (content.template, Place(path, content.key_lines.get("template", 0), "template"), "leave the key out")
            for path, content in self.objects.items()
        ]
        direct = Place(FILE, 0, "DIRECT_TEMPLATES")
        named += [(name, direct, "leave it out, or write it") for name in self.run.settings.direct_templates]
        for name, place, hint in named:
            try:
                self.generators[0].get_template(name)
            except PelicanTemplateNotFound:
                self.run.problems.error(place, f"the theme has no '{name}.html'", hint)

    # --- Records → templates ------------------------------------------------------------------------------

    def give_site(self, **names: object) -> None:
        """Hand names to every template; the module's docstring lists them."""
        context = self.context
        listed = [*context["pages"], *context["articles"]]
        listed += [translation for content in listed for translation in content.translations]
        # Pages ask for their HTML with what `localsiteurl` says, feeds with SITEURL: see `give_html`.
        base = urlsplit(context["SITEURL"]).path
        context.update(names, LISTED=list(dict.fromkeys(listed)), POLICY_PLACE=PLACE, localsiteurl=base)

    def give_html(self, path: str, html: str, in_feeds: str) -> None:
        """Let a page print ``html`` instead of what it was converted to, and feeds the other."""
        # Pelican's own method remembers what it returned first.
        self.objects[path].get_content = lambda siteurl: in_feeds if "://" in siteurl else html

    def give_page(self, path: str, **attributes: object) -> None:
        """Set attributes of one page; the module's docstring lists them."""
        for name, value in attributes.items():
            setattr(self.objects[path], name, value)


def _lists(generator: Generator) -> Iterator[list[Content]]:
    """Yield the lists from which a generator prints pages."""
    kinds = (
        "pages hidden_pages articles hidden_articles drafts translations hidden_translations drafts_translations dates"
    )
    yield from (getattr(generator, kind) for kind in kinds.split() if hasattr(generator, kind))
    yield from _terms(generator).values()


def _terms(generator: Generator) -> dict[Any, list[Content]]:
    """Return the tags, categories and authors of a generator of articles, each with its articles."""
    return {
        term: listed
        for kind in ("tags", "categories", "authors")
        for term, listed in dict(getattr(generator, kind, ())).items()
    }


def _page(path: str, content: Content) -> Page:
    """Return the record of one page or article."""
    return Page(
        path=path,
        url=content.url,
        save_as=content.save_as,
        title=content.title,
        heading=getattr(content, "heading", content.title),
        lang=content.lang,
        status=content.status,
        is_article=content.default_template == "article",
        date=getattr(content, "date", None),
        modified=getattr(content, "modified", None),
        template=content.template,
        html=content.content or "",
        markdown=getattr(content, "markdown", ""),
        front_matter=getattr(content, "front_matter", {}),
        lines=getattr(content, "key_lines", {}),
    )


def has_metadata(file: StaticFile) -> bool:
    """Whether a file is a picture with metadata; mapped, so that of a large one only what is asked for is read."""
    with suppress(OSError), file.file.open("rb") as opened:
        start = opened.read(images.START)
        if start and images.is_image(start):
            return images.has_metadata(memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)))
    return False


# --- Render and write -----------------------------------------------------------------------------------------------


def with_small_capitals(html: str) -> Markup:
    """Jinja filter around finished HTML: mark its words in capitals."""
    return Markup(small_capitals.mark(str(html)))  # noqa: S704  (it was escaped as it was made)


FILTERS = {"small_capitals": with_small_capitals}  # of templates, those of single parts too


@pass_context
def with_policy(context: Mapping[str, Any], html: str) -> Markup:
    """Jinja filter around a whole page: put the policy that the finished page needs at its place.

    A filter, because only the finished page shows what it holds, whatever the theme and the plugins put into it.
    """
    page = markup.without_comments(str(html))  # of the owner's templates; without Markup's own methods, which are slow
    build = Build.of(context)
    policy = policy_for(needs_of(page, build.settings.siteurl), build.allowed)
    finished = page.replace(PLACE, escape(policy, quote=False))  # it holds no double quotes
    return Markup(finished)  # noqa: S704  (the page was escaped as it was made)


class SiteWriter(Writer):  # type: ignore[misc]  # Pelican ships no types
    """The one writer: whatever templates print and whatever is planned goes to the stage.

    What Pelican writes in another way (static files, feeds, paginated lists) and what other plugins write lands in the
    stage's folder for new files, and is collected from there at the end.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._build = Build.of(settings)

    @cached_property
    def _others(self) -> set[str]:
        """The files that other plugins have written by the time when the first planned file is."""
        return {file.relative_to(self.output_path).as_posix() for file in Path(self.output_path).rglob("*")}

    def write(self, name: str, data: bytes) -> None:
        """Write one planned file, ``name`` relative to the output; what another plugin has written there stays."""
        if self._others:
            taken = next(
                (str(at) for at in (PurePosixPath(name), *PurePosixPath(name).parents) if str(at) in self._others), ""
            )
            if taken and not Path(self.output_path, taken).is_dir():
                self._build.problems.warn(Place(taken), "was written by another plugin, and stays", "rename it there")
                return
        self._build.stage.write(name, data)

    def write_file(
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Print one template; where an author's own file takes its place, print nothing."""
        if any(Path(file.save_as).as_posix() == name for file in context["staticfiles"]):
            return
        others_listen = bool(signals.content_written.receivers)  # who will look for the file on the disk
        if not name or relative_urls or template_name in self.settings["PAGINATED_TEMPLATES"] or others_listen:
            super().write_file(
                name, template, context, relative_urls, paginated, template_name, override_output, url, **kwargs
            )
            return
        text = template.render({**context, "output_file": name, **kwargs})
        self._build.stage.write(Path(name).as_posix(), text.encode())


def _read_below(folder: Path, path: str, limit: Path) -> bytes | None:
    """Return the bytes of a file below a folder; None for one that does not exist, or that is a link out of a limit."""
    data = _read(folder, path)
    is_inside = data is not None and Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(limit))
    return data if is_inside else None


def _read_picture(folder: Path, path: str) -> bytes | None:
    """Return a picture below a folder; a drawing without the metadata of it and of the pictures inside."""
    data = _read_below(folder, path, folder)
    return images.strip_metadata(data)[0] if data and is_svg(data) else data


def _read(folder: Path, name: str) -> bytes | None:
    file = folder / name
    return file.read_bytes() if os.path.isfile(file) else None  # noqa: PTH113  (Path's own raises for impossible names)


def _store(folder: Path, name: str, data: bytes) -> None:
    """Write a file of a cache; without permission the next build takes longer, and nothing else happens."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
