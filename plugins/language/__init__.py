"""The languages of a page: its own, those of the runs inside it, and the words the theme says in it. Edge.

Each page gets ``words``, ``dir`` and ``heading_html``, its heading as finished HTML; runs of another script inside its
text get a ``lang`` of their own, so that fonts, line breaking and voices fit. What belongs to no page (404.html) finds
``WORDS`` and ``DIR`` in the context.

``SCRIPT_LANGS`` in pelicanconf.py, and ``script_langs`` in a page's front matter over it, say which language a script
stands for where the letters do not tell: ``{"Han": "ja"}``, or ``""`` for none.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from pelican import signals
from pelican.contents import Content
from pelican.generators import Generator

from ..problems import Problem, Problems, reported
from .runs import SCRIPTS, mark
from .words import direction, words


def speak(generator: Generator) -> None:
    """Give each page of one generator its words, its direction and the languages of its runs."""
    context = generator.context
    context["WORDS"] = words(context["DEFAULT_LANG"])
    context["DIR"] = direction(context["DEFAULT_LANG"])
    found = reported(generator.settings)
    chosen = script_langs(context.get("SCRIPT_LANGS") or {}, Problem("pelicanconf.py", 0, "SCRIPT_LANGS", ""), found)
    for page in pages_of(generator):
        page.words = words(page.lang)
        page.dir = direction(page.lang)
        own = getattr(page, "front_matter", {}).get("script_langs") or {}
        path = Path(page.source_path).relative_to(Path(page.settings["PATH"]).parent).as_posix()
        place = Problem(path, getattr(page, "key_lines", {}).get("script_langs", 0), "script_langs", "")
        wanted = {**chosen, **script_langs(own, place, found)}
        page._content = mark(page._content, page.lang, wanted)
        page.heading_html = mark(heading(getattr(page, "heading", page.title)), page.lang, wanted)


def heading(text: str) -> str:
    """Return a title as HTML, its ampersands as they are set in the headings of a text."""
    html = escape(text)
    if "&amp;" not in html:
        return html
    from typogrify.filters import amp

    finished: str = amp(html)
    return finished


def pages_of(generator: Generator) -> list[Content]:
    """Return what a generator of pages or of articles publishes, translations included."""
    names = ("pages", "hidden_pages", "articles", "hidden_articles", "drafts", "draft_pages")
    originals = [page for name in names for page in getattr(generator, name, ())]
    return originals + [translation for page in originals for translation in page.translations]


def script_langs(value: object, place: Problem, found: Problems) -> dict[str, str]:
    """Return the author's choice of language for each script, without what is no script; that is reported."""
    if not isinstance(value, Mapping):
        found.add(_wrong(place, f"{value!r} is no mapping", "write 'Han: ja'"))
        return {}
    chosen: dict[str, str] = {}
    for script, lang in value.items():
        if script in SCRIPTS and isinstance(lang, str | None):
            chosen[script] = lang or ""
        else:
            found.add(_wrong(place, f"'{script}: {lang}' is no script and its language", _KNOWN))
    return chosen


_KNOWN = f"the scripts are {', '.join(SCRIPTS)}"


def _wrong(place: Problem, message: str, hint: str) -> Problem:
    return Problem(place.path, place.line, place.key, message, hint)


def register() -> None:
    """Connect the receivers."""
    signals.page_generator_finalized.connect(speak)
    signals.article_generator_finalized.connect(speak)
