"""Which pages are the same page in another language: those with the same ``ref`` or ``slug``, and a ``lang`` each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..site import Page
from .words import WORDS, words


class Translation(NamedTuple):
    """One page in one language: ``name`` is what the language calls itself."""

    lang: str
    name: str
    url: str


def find_translations(pages: Iterable[Page]) -> Mapping[str, Sequence[Translation]]:
    """Return the translations of each page that has some, itself among them, by the page's path.

    Of two pages in one language, the first is taken.
    """
    groups: dict[tuple[bool, str], list[Page]] = defaultdict(list)
    for page in pages:
        if key := next((str(page.front_matter[key]) for key in ("ref", "slug") if page.front_matter.get(key)), ""):
            groups[page.is_article, key].append(page)
    found: dict[str, Sequence[Translation]] = {}
    for group in groups.values():
        once: dict[str, Page] = {}
        for page in group:
            once.setdefault(page.lang, page)
        if len(once) > 1:
            listed = [Translation(lang, _own_name(lang), page.url) for lang, page in once.items()]
            found |= {page.path: listed for page in group}
    return found


def _own_name(lang: str) -> str:
    """Return what a language calls itself; the tag of one that the theme does not know."""
    return words(lang)["language"] if lang.partition("-")[0].lower() in WORDS else lang
