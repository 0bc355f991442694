"""The Atom feed of the articles: whoever subscribed to that of jekyll-feed finds it at its address, with its ids."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import dirname
from typing import NamedTuple
from urllib.parse import quote

from ..base_path import absolute
from ..markup import to_text
from ..site import Page
from ..yaml_mapping import Value

_DATE = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-(?=.)")  # before the title in a file's name
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedEntry(NamedTuple):
    """One article in the feed; ``author`` is "" where it is the site's own."""

    id: str
    url: str
    title: str
    lang: str
    author: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    summary: str
    html: str


def feed_entries(
    pages: Iterable[Page], site_url: str, authors: Mapping[str, str], excerpts: Mapping[str, str]
) -> list[FeedEntry]:
    """Return the articles, the newest first.

    ``authors`` has the name of an article's author, ``excerpts`` the HTML of its excerpt, both by its path.
    """
    dated = [(page.date, page) for page in pages if page.is_article and page.date]
    oldest_first = sorted(dated, key=lambda each: (each[0], each[1].path))
    of_id: dict[str, str] = {}
    for _, page in oldest_first:
        of_id.setdefault(_id(page, site_url), page.path)
    entries: list[FeedEntry] = []
    for published, page in reversed(oldest_first):
        url, given = f"{site_url}/{page.url}", _id(page, site_url)
        entries.append(
            FeedEntry(
                id=given if of_id[given] == page.path else url,
                url=url,
                title=_xml(page.heading or page.title),
                lang=page.lang,
                author=_xml(authors.get(page.path, "")),
                published=published,
                updated=page.modified or published,
                tags=tuple(map(_xml, _names(page.front_matter.get("tags")))),
                summary=_xml(to_text(excerpts.get(page.path) or str(page.front_matter.get("description") or ""))),
                html=_xml(absolute(page.html, site_url)).strip(),
            )
        )
    return entries


def _id(page: Page, site_url: str) -> str:
    """Return the id that jekyll-feed gives a post (``Jekyll::Document#id``): its folder and its file's name."""
    slug = page.front_matter.get("slug") or _DATE.sub("", PurePosixPath(page.path).stem, count=1)
    return f"{site_url}{dirname(f'/{page.url}'.rstrip('/')).rstrip('/')}/{quote(str(slug))}"


def _names(value: Value) -> list[str]:
    return value.split() if isinstance(value, str) else [str(each) for each in value] if isinstance(value, list) else []


def _xml(text: str) -> str:
    """Return a text without the characters that no XML document may hold."""
    return _NO_XML.sub("", text)
