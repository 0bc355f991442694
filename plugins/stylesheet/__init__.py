"""theme/styles/*.css → one minified text and its hash; the tree of a page → the same page for keyboard and voice.

The page carries its styles inside itself: one request for words and looks, and a Content-Security-Policy that needs no
more than the text's hash.
"""

from collections.abc import Mapping

from ..problems import Problems
from .access import make_accessible
from .compose import Stylesheet, compose
from .settings import light_accent, rules

__all__ = ["Stylesheet", "make_accessible", "make_stylesheet"]


def make_stylesheet(files: Mapping[str, str], scheme: object, accent: object, problems: Problems) -> Stylesheet:
    """Return what every page carries; ``files`` are those of ``theme/styles``, name → text."""
    tokens = files.get("tokens.css", "")
    return compose(files, rules(scheme, accent, tokens, problems), light_accent(accent, tokens), problems)
