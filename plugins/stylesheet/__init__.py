"""theme/styles/*.css → one minified text and its hash; the tree of a page → the same page for keyboard and voice.

The page carries its styles inside itself: one request for words and looks, and a Content-Security-Policy that needs no
more than the text's hash.
"""

from .access import make_accessible
from .compose import Stylesheet, make_stylesheet

__all__ = ["Stylesheet", "make_accessible", "make_stylesheet"]
