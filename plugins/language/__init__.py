"""The languages of a page: its own, those of the runs inside it, and the theme's words in it.

``SCRIPT_LANGS`` in pelicanconf.py, and ``script_langs`` in a page's front matter over it, name the language of a script
that several languages share: ``{"Han": "ja"}``, or ``""`` for none.
"""

from ..scripts import direction
from .runs import heading_html, mark, script_langs
from .translations import find_translations
from .words import words

__all__ = ["direction", "find_translations", "heading_html", "mark", "script_langs", "words"]
