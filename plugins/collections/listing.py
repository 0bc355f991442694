"""Entries as Markdown, for whoever reads a page's text rather than its HTML; BibTeX is in a file beside it."""

import re
from collections.abc import Iterable, Iterator

from ..markup import to_text
from .entry import Entry

_BLOCK_END = re.compile(r"</(?:p|li|h\d|div|pre|td|th|dd|dt)>")
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def as_markdown(entries: Iterable[Entry]) -> str:
    """Return a list with an item for each entry: title, authors, venue and date, links, text."""
    return "\n".join(f"- {_item(entry)}" for entry in entries) + "\n"


def _item(entry: Entry) -> str:
    title = _escaped(entry.title)
    first = _link(title, entry.url) if entry.url else title
    links = ", ".join(_link(_escaped(link.label), link.url) for link in entry.links)
    paragraphs = [" ".join([_sentence(first), *map(_sentence, filter(None, _facts(entry))), links]).rstrip()]
    paragraphs += [
        _escaped(to_text(_BLOCK_END.sub(r"\g<0> ", str(html)))) for html in (entry.abstract, entry.body) if html
    ]
    return "\n\n  ".join(paragraphs)


def _link(label: str, url: str) -> str:
    return f"[{label}](<{url}>)" if re.search(r"[()\s]", url) else f"[{label}]({url})"


def _facts(entry: Entry) -> Iterator[str]:
    names = [str(author) for author in entry.authors] + ["et al."] * entry.others
    yield _escaped(", ".join(names) or to_text(entry.citation))
    date = entry.date
    moment = date.text or "-".join(f"{part:02}" for part in (date.year, date.month, date.day) if part)
    where = (entry.kind if not names else "", to_text(entry.venue), moment)
    yield _escaped(", ".join(filter(None, where)))
    yield _escaped(entry.award)
    for detail in entry.details:
        yield _escaped(f"{detail.label}: {to_text(detail.html)}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ".)")) else f"{text}."


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
