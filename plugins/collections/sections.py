"""Entries → sections of the page that shows them.

A page says where a section goes by ``{% section publications %}``, which leaves a `marker` in its HTML; one entry goes
where Liquid's ``{% include archive-single.html %}`` leaves the other kind. Sections that no page places follow the text
of the home page.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..problems import Problems
from ..site import Page
from .entry import Entry


class Section(NamedTuple):
    """One section: the ``name`` of its collection, its title, and its entries in the order in which they are shown."""

    name: str
    title: str
    entries: Sequence[Entry]


def section_marker(name: str) -> str:
    """Return the HTML that stands in a converted page where a section goes."""
    return f'<div data-section="{name}"></div>'


def entry_marker(collection: str, anchor: str) -> str:
    """Return the HTML that stands in a converted page where one entry goes."""
    return f'<div data-entry="{collection}/{anchor}"></div>'


def section_names(wanted: object, collections: Sequence[str]) -> Sequence[str]:
    """Return the names of the sections that pages show, in their order: those of ``SECTIONS``, else all collections."""
    return tuple(map(str, wanted)) if isinstance(wanted, list | tuple | dict) and wanted else collections


def plan_sections(entries: Sequence[Entry], wanted: Sequence[str]) -> list[Section]:
    """Return the sections that have entries, in the order of the names ``wanted``."""
    found = {name: [entry for entry in entries if entry.collection == name] for name in wanted}
    return [Section(name, name.capitalize(), listed) for name, listed in found.items() if listed]


def with_sections(
    pages: Sequence[Page], sections: Sequence[Section], render: Callable[[Section], str], problems: Problems
) -> tuple[list[Page], Mapping[str, str]]:
    """Return the pages with their sections in the text, and the address of each section, by its name.

    An address is that of the page and the section's ``id``: ``/#publications``.
    """
    placed: list[Page] = []
    addresses: dict[str, str] = {}
    for page in pages:
        html = page.html
        for section in sections:
            if section_marker(section.name) in html:
                html = html.replace(section_marker(section.name), render(section))
                addresses[section.name] = f"/{page.url}#{section.name}"
        placed.append(page._replace(html=html))
    for number, page in enumerate(placed):
        if page.save_as == "index.html":
            rest = [section for section in sections if section.name not in addresses]
            placed[number] = page._replace(html=page.html + "".join(map(render, rest)))
            addresses |= {section.name: f"/{page.url}#{section.name}" for section in rest}
    return placed, addresses
