"""The languages of a page: its own, those of the runs inside it, and the theme's words in it.

``SCRIPT_LANGS`` in pelicanconf.py, and ``script_langs`` in a page's front matter over it, name the language of a script
that several languages share: ``{"Han": "ja"}``, or ``""`` for none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from ..problems import Place, Problems
from ..site import Page
from .runs import SCRIPTS, mark
from .words import direction, words

__all__ = ["Localized", "direction", "localize", "script_langs", "words"]

_KNOWN = f"the scripts are {', '.join(SCRIPTS)}"


@dataclass(frozen=True, slots=True)
class Localized:
    """One page in its language.

    ``words`` are the theme's, ``dir`` is ``ltr`` or ``rtl``; in ``html`` and ``heading_html`` runs of another script
    have a ``lang`` of their own, so that fonts, line breaking and voices fit.
    """

    words: Mapping[str, str]
    dir: str
    heading_html: str
    html: str


def localize(page: Page, site_wide: Mapping[str, str], problems: Problems) -> Localized:
    """Return a page in its language; ``site_wide`` is the checked setting ``SCRIPT_LANGS``."""
    chosen = {**site_wide, **script_langs(page.front_matter.get("script_langs"), page.place("script_langs"), problems)}
    return Localized(
        words(page.lang),
        direction(page.lang),
        heading_html=mark(_heading(page.heading), page.lang, chosen),
        html=mark(page.html, page.lang, chosen),
    )


def script_langs(value: object, place: Place, problems: Problems) -> dict[str, str]:
    """Return the author's choice of a language for each script; what is not a script is reported."""
    chosen: dict[str, str] = {}
    if value is not None and not isinstance(value, Mapping):
        problems.error(place, f"{value!r} is not a mapping", "write 'Han: ja'")
        return chosen
    for script, lang in (value or {}).items():
        if script in SCRIPTS and isinstance(lang, str | None):
            chosen[script] = lang or ""
        else:
            problems.error(place, f"'{script}: {lang}' is not a script and its language", _KNOWN)
    return chosen


def _heading(text: str) -> str:
    """Return a title as HTML, its ampersands as they are set in the headings of a text."""
    html = escape(text)
    if "&amp;" not in html:
        return html
    from typogrify.filters import amp

    finished: str = amp(html)
    return finished
