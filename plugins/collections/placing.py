"""Where pages show sections and single entries.

A page says where a section goes by ``{% section publications %}``, which leaves a `section_marker` in its HTML; one
entry goes where Liquid's ``{% include archive-single.html %}`` leaves an `entry_marker`. Sections that no page places
follow the text of the home page, unless that text has such a section already.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, partial
from html import escape, unescape
from typing import NamedTuple

from ..addresses import encode
from ..markup import to_text
from ..memory import Memory
from ..problems import Place, Problems
from ..site import Page
from .entry import Entry
from .listing import as_markdown
from .sections import Heading, Section, View, loose_view, make_view, section_title
from .shown import Style, plain

HOME = "index.html"

# Words by which a heading of the page's own says that such a list follows, in the languages of the theme.
KINDS = {
    "publications": r"publications?|papers?|preprints?|bibliography|publikationen|veröffentlichungen|publicaciones|"
    r"publicações|\w*(?:论文|論文|发表|發表|著作|業績)\w*|논문|المنشورات|منشورات|الأبحاث",
    "talks": r"talks?|presentations?|vorträge|exposés|charlas|ponencias|palestras|\w*(?:报告|報告|演讲|演講|講演)\w*|"
    r"강연|المحاضرات",
    "teaching": r"teaching|courses?|lehre|enseignements?|docencia|ensino|\w*(?:教学|教學|教育)\w*|강의|التدريس",
    "portfolio": r"portfolio|projects?|projekte|projets|proyectos|projetos|\w*(?:项目|專案|項目)\w*|プロジェクト|"
    r"프로젝트|المشاريع",
}
_MOST_WORDS = 5  # of a heading that names a section; a longer one is a sentence
_LEAST = 12  # letters and digits of a title that is looked for in the text

_SECTION = re.compile(r'<div data-section="([^"]*)"></div>')
_ENTRY = re.compile(r'<div data-entry="([^"]*)"></div>')
_ENTRIES = re.compile(r"<ul>\s*(?:{0}\s*)+</ul>|(?:{0}\s*)+".format(r'<div data-entry="[^"]*"></div>'))
_HEADING = re.compile(r"<h([1-6])(?=[\s>])([^>]*)>((?:(?!</h[1-6]>).)*)</h\1>\s*", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')


class Placed(NamedTuple):
    """The pages with their sections in the text, and where everything is.

    ``sections`` has the address of each section by its name, of the page and the section's ``id``: ``/#publications``;
    a page that consists of one section needs no ``id``. ``entries`` has the address of each entry that is shown, by its
    collection and anchor; ``holders`` are the paths of the pages with entries.
    """

    pages: list[Page]
    sections: Mapping[str, str] = {}
    entries: Mapping[tuple[str, str], str] = {}
    holders: frozenset[str] = frozenset()
    own: Mapping[str, str] = {}


def section_marker(name: str) -> str:
    """Return the HTML that stands in a converted page where a section goes."""
    return f'<div data-section="{name}"></div>'


def entry_marker(collection: str, path: str) -> str:
    """Return the HTML that stands in a converted page where the entry of a document goes."""
    return f'<div data-entry="{escape(f"{collection}/{path}")}"></div>'


def ids_of(pages: Iterable[Page]) -> set[str]:
    """Return the ids in the text of the pages that may show entries."""
    return {unescape(found) for page in pages if _may_show(page) for found in _ID.findall(page.html)}


def _may_show(page: Page) -> bool:
    return bool(page.save_as == HOME or _SECTION.search(page.html) or _ENTRY.search(page.html))


def with_sections(
    pages: Sequence[Page],
    sections: Sequence[Section],
    render: Callable[[View], str],
    style: Callable[[Page], Style],
    memory: Memory,
    problems: Problems,
) -> Placed:
    """Return the pages with sections and entries in their text, and where these are.

    ``sections`` are all that have entries; those that are ``listed`` follow the text of the home page where no page
    places them. Of two pages that show the same, the home page goes first, then one with the name of a section, then
    the first by its path.
    """
    names = {section.name for section in sections}
    writers = [
        _Writer(page, sections, render, style(page), memory, problems)
        for page in sorted(pages, key=partial(_rank, names))
        if _may_show(page)
    ]
    placed = {name for writer in writers for name in writer.sections}
    left = [section for section in sections if section.listed and section.name not in placed]
    for writer in writers:
        if writer.page.save_as == HOME:
            writer.append(left)
    written = {writer.page.path: writer.page for writer in writers}
    return Placed(
        [written.get(page.path, page) for page in pages],
        {name: address for writer in reversed(writers) for name, address in writer.sections.items()},
        {entry: address for writer in reversed(writers) for entry, address in writer.entries.items()},
        frozenset(writer.page.path for writer in writers if writer.entries),
        {name: address for writer in writers for name, address in writer.own.items()},
    )


def _rank(names: Container[str], page: Page) -> tuple[bool, bool, bool, str]:
    named = page.url.rstrip("/").removesuffix(".html").rpartition("/")[2] in names
    return page.status != "published", page.save_as != HOME, not named, page.path


class _Writer:
    """Writes sections and entries into one page, first in place of the markers.

    ``page`` is the page as far as it is written; ``sections`` and ``entries`` have the addresses of what it shows,
    ``own`` those of what its text has instead.
    """

    def __init__(
        self,
        page: Page,
        sections: Sequence[Section],
        render: Callable[[View], str],
        style: Style,
        memory: Memory,
        problems: Problems,
    ) -> None:
        self.page = page
        self.known = {section.name: section for section in sections}
        self.render, self.style, self.memory, self.problems = render, style, memory, problems
        self.sections: dict[str, str] = {}
        self.entries: dict[tuple[str, str], str] = {}
        self.own: dict[str, str] = {}
        style.ids.update(_ID.findall(page.html))
        self.headings = [(match, _ID.search(match[2])) for match in _HEADING.finditer(page.html)]
        levels = [int(match[1]) for match, _ in self.headings if match[1] != "1" or page.html[: match.start()].strip()]
        self.level = min(levels, default=2)  # of the page's parts; a title at its beginning does not count
        self.text = page.html
        html = _ENTRIES.sub(self._loose, _SECTION.sub(self._placed, page.html))
        markdown = _SECTION.sub(self._placed_list, page.markdown)
        markdown = _ENTRIES.sub(lambda found: as_markdown(self._named(found)), markdown)
        self.page = page._replace(html=html, markdown=markdown)
        for name, section in self.known.items():
            if all((name, entry.anchor) in self.entries for entry in section.entries):
                self.sections.setdefault(name, self._address(""))  # a list of the page's own making

    def append(self, sections: Iterable[Section]) -> None:
        """Write sections after the page's text, but for those that the text has."""
        for section in sections:
            if not self._has_own(section):
                title = section_title(section, self.style.words)
                html = (
                    f"{self.page.html}\n{self._written(section, Heading(self.level, self._free(section.name), title))}"
                )
                markdown = f"{self.page.markdown}\n\n{'#' * self.level} {title}\n\n{self._listed(section)}"
                self.page = self.page._replace(html=html, markdown=markdown)

    def _placed(self, found: re.Match[str]) -> str:
        """Return the section in place of a marker.

        Its title is the heading right above it, or one before that names it.
        """
        name = found[1]
        section = self.known.get(name)
        if section is None:
            near = get_close_matches(name, self.known, n=1)
            hint = f"write '{{% section {near[0]} %}}'" if near else f"put files into content/{name}, or delete it"
            self.problems.warn(Place(self.page.path, 0, "section"), f"there are no entries of {name!r}", hint)
            return ""
        above = [(match, ident) for match, ident in self.headings if ident and match.end() <= found.start()][-1:]
        for match, ident in above:
            if match.end() == found.start() or self._names(section, to_text(match[3])):
                return self._written(section, Heading(int(match[1]), ident[1], ""))
        if self.page.heading and not self.text[: found.start()].strip():  # the page's title is that of the section
            return self._written(section, Heading(1, "", self.page.heading))
        return self._written(section, Heading(self.level, self._free(name), section_title(section, self.style.words)))

    def _written(self, section: Section, heading: Heading) -> str:
        self.sections.setdefault(section.name, self._address(heading.id))
        style = self.style
        taken = style.ids.intersection(entry.anchor for entry in section.entries)
        source = section, heading, style.words, style.own.people, style.pictures, style.theme, taken
        html = self.memory.recall(
            ("section", self.page.path, section.name), source, lambda: self.render(make_view(section, style, heading))
        )
        self._remember(section.entries)
        return html

    def _listed(self, section: Section) -> str:
        return self.memory.recall(("list", section.name), section.entries, lambda: as_markdown(section.entries))

    def _loose(self, found: re.Match[str]) -> str:
        """Return single entries in place of their markers; those that follow each other make one list."""
        entries = self._named(found)
        html = self.render(loose_view(entries, self.style)) if entries else ""
        self._remember(entries)
        return html

    def _remember(self, entries: Iterable[Entry]) -> None:
        """Remember what the page shows: another list on it has no ``id`` for the same entries."""
        for entry in entries:
            self.style.ids.add(entry.anchor)
            self.entries.setdefault((entry.collection, entry.anchor), self._address(entry.anchor))

    def _address(self, anchor: str) -> str:
        return f"/{self.page.url}" + (f"#{encode(unescape(anchor))}" if anchor else "")

    def _placed_list(self, found: re.Match[str]) -> str:
        section = self.known.get(found[1])
        return self._listed(section) if section else ""

    def _named(self, found: re.Match[str]) -> list[Entry]:
        """Return the entries that markers name."""
        names = map(unescape, _ENTRY.findall(found[0]))
        return [self._by_name[name] for name in names if name in self._by_name]

    @cached_property
    def _by_name(self) -> Mapping[str, Entry]:
        entries = (entry for section in self.known.values() for entry in section.entries)
        return {f"{entry.collection}/{entry.place.path}": entry for entry in entries}

    def _free(self, name: str) -> str:
        """Return an ``id`` that the page does not have, and take it."""
        numbered = (f"{name}-{number}" for number in range(2, len(self.style.ids) + 3))
        free = next(each for each in (name, *numbered) if each not in self.style.ids)
        self.style.ids.add(free)
        return free

    def _names(self, section: Section, heading: str) -> bool:
        """Return whether a heading of the page's own names a section."""
        names = (section.title, section.name, section_title(section, self.style.words))
        words = re.findall(r"[\w-]+", heading.casefold())
        kind = re.compile(KINDS.get(section.name, r"(?!)"))
        return plain(heading) in map(plain, names) or (len(words) <= _MOST_WORDS and any(map(kind.fullmatch, words)))

    def _has_own(self, section: Section) -> bool:
        """Return whether the page's own text has such a section, and report it."""
        for match, ident in self.headings:
            if self._names(section, title := to_text(match[3])):
                self._report_own(section, f"has the heading {title!r}", ident and ident[1])
                return True
        text = plain(to_text(self.text))
        titles = [title for entry in section.entries if len(title := plain(entry.title)) >= _LEAST]
        listed = sum(title in text for title in titles)
        if listed > 1 and listed >= len(titles) / 3:
            self._report_own(section, f"lists {listed} of the same titles")
            return True
        return False

    def _report_own(self, section: Section, what: str, anchor: str | None = None) -> None:
        self.own[section.name] = self._address(anchor or "")
        message = f"{what}, so that the section of content/{section.name} does not follow it"
        hint = f"write '{{% section {section.name} %}}' where it goes, or SECTIONS without {section.name!r}"
        self.problems.warn(Place(self.page.path), f"the page {message}", hint)
