"""The languages of a page: its own, those of the runs inside it, and the theme's words in it. Edge.

Each page gets ``words``, ``dir`` and ``heading_html``, its heading as finished HTML; runs of another script inside its
text get a ``lang`` of their own, so that fonts, line breaking and voices fit. Pages of the theme's own (404.html) find
``WORDS`` and ``DIR`` in the context.

``SCRIPT_LANGS`` in pelicanconf.py, and ``script_langs`` in a page's front matter over it, name the language of a script
that several languages share: ``{"Han": "ja"}``, or ``""`` for none.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from pelican import signals
from pelican.contents import Content
from pelican.generators import Generator

from ..problems import Place, Problems, reported
from ..scripts import direction
from .runs import heading_html, mark, script_langs
from .words import words


def localize(generator: Generator) -> None:
    """Give each page of one generator its words, its direction and its heading."""
    context = generator.context
    context["WORDS"] = words(context["DEFAULT_LANG"])
    context["DIR"] = direction(context["DEFAULT_LANG"])
    for page in pages_of(generator):
        page.words = words(page.lang)
        page.dir = direction(page.lang)
        front_matter, lines = getattr(page, "front_matter", {}), getattr(page, "key_lines", {})
        path = Path(page.source_path).relative_to(Path(page.settings["PATH"]).parent).as_posix()
        chosen = chosen_langs(context, front_matter, lines, path, reported(generator.settings))
        page.heading_html = heading_html(getattr(page, "heading", page.title), page.lang, chosen)


def chosen_langs(
    settings: Mapping[str, Any], front_matter: Mapping[str, Any], lines: Mapping[str, int], path: str, found: Problems
) -> dict[str, str]:
    """Return the author's choice for one page: the setting, and over it the page's own."""
    setting = script_langs(settings.get("SCRIPT_LANGS"), Place("pelicanconf.py", 0, "SCRIPT_LANGS"), found)
    place = Place(path, lines.get("script_langs", 0), "script_langs")
    return {**setting, **script_langs(front_matter.get("script_langs"), place, found)}


def finish_tree(root: Element, metadata: Mapping[str, Any], path: str, settings: Any) -> None:
    """Mark the runs of a page while it is converted."""
    language = metadata.get("lang") or settings["DEFAULT_LANG"]
    chosen = chosen_langs(settings, metadata["front_matter"], metadata["key_lines"], path, reported(settings))
    mark(root, language, chosen)


def prepare(pelican: Any) -> None:
    """Register what the reader calls on the tree of each page."""
    pelican.settings.setdefault("FINISH_TREE", []).append(finish_tree)
    pelican.settings["WORDS_IN"] = words


def pages_of(generator: Generator) -> list[Content]:
    """Return what a generator of pages or of articles publishes, translations included."""
    names = ("pages", "hidden_pages", "articles", "hidden_articles", "drafts", "draft_pages")
    originals = [page for name in names for page in getattr(generator, name, ())]
    return originals + [translation for page in originals for translation in page.translations]


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare)
    signals.page_generator_finalized.connect(localize)
    signals.article_generator_finalized.connect(localize)
