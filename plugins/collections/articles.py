"""Articles, the posts of the old site: each a page of its own, and an entry of the section ``articles``.

Where no page shows that section there is one more page, at the address of academicpages' list of posts.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from markupsafe import Markup, escape

from ..problems import Place, Problems
from ..site import Document, Page, Site
from .anchors import Anchors, anchor_of
from .entry import Entry, PartialDate
from .inline import Convert
from .shown import date_text, dated

ARTICLES = "articles"
LISTS = ("year-archive", "tags", "categories")  # of academicpages, each of all posts
_PLACED = re.compile(r'<div data-(?:section="articles"|entry="articles/)|\{%-?\s*section\s+articles\s')


def article_entries(site: Site, convert: Convert, problems: Problems, anchors: Anchors) -> list[Entry]:
    """Return an entry for each article that visitors may find; ``convert`` makes HTML of Markdown."""
    return [_entry(page, site.lang, convert, problems, anchors) for page in site.published if page.is_article]


def published(page: Page, words: Mapping[str, str]) -> Markup:
    """Return the date of an article in the words of its language."""
    return dated(_date(page), date_text(_date(page), words))


def places_articles(pages: Iterable[Page]) -> bool:
    """Return whether a page says where the section of the articles goes, or shows some of them itself."""
    return any(_PLACED.search(page.html) for page in pages)


def list_of_articles(site: Site, title: str) -> Page | None:
    """Return the page that lists the articles, which looks like the home page; None where its address is taken.

    ``title`` is the theme's word for articles.
    """
    home = next((page.front_matter for page in site.pages if page.save_as == "index.html"), {})
    page = Page(
        path=f"content/{ARTICLES}",
        url=f"{LISTS[0]}/",
        save_as=f"{LISTS[0]}/index.html",
        title=title,
        heading=title,
        lang=site.lang,
        html='<div data-section="articles"></div>',
        markdown="{% section articles %}",
        front_matter={"menu": True} | {key: home[key] for key in ("author", "author_profile") if key in home},
    )
    taken = {each.save_as for each in site.pages} | {each.save_as for each in site.static_files}
    return page if taken.isdisjoint((page.save_as, f"{LISTS[0]}.html")) else None


def _entry(page: Page, lang: str, convert: Convert, problems: Problems, anchors: Anchors) -> Entry:
    title, excerpt = page.heading or page.title, page.front_matter.get("excerpt")
    html = escape(title) if page.lang == lang else Markup('<span lang="{}">{}</span>').format(page.lang, title)
    document = Document(ARTICLES, page.path, PurePosixPath(page.path).name, page.front_matter)
    return Entry(
        collection=ARTICLES,
        anchor=anchors.take(anchor_of(document)),
        place=Place(page.path),
        title=title,
        title_html=html,
        url=f"/{page.url}",
        date=_date(page),
        abstract=Markup(convert(excerpt, page.place("excerpt"), problems) if isinstance(excerpt, str) else ""),  # noqa: S704  (the author's own Markdown)
    )


def _date(page: Page) -> PartialDate:
    return PartialDate(page.date.year, page.date.month, page.date.day) if page.date else PartialDate()
