"""theme/styles/*.css → one minified text and its hash, in the context as ``STYLESHEET``.

The page carries its styles inside itself: one request for words and looks, and a Content-Security-Policy that needs no
more than the text's hash.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from pelican import signals

from ..problems import reported
from .access import make_accessible
from .compose import compose
from .settings import grounds, light_accent, rules


def compose_stylesheet(generators: list[Any]) -> None:
    """Read the theme's styles and leave the finished text in the context that all generators share."""
    if not generators:
        return
    context = generators[0].context
    folder = Path(context["THEME"]) / "styles"
    files = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.css"))}
    tokens, accent = files.get("tokens.css", ""), context.get("THEME_ACCENT", "")
    settings, problems = rules(context.get("THEME_SCHEME", "auto"), accent, grounds(tokens))
    context["STYLESHEET"], faults = compose(files, settings, light_accent(accent, tokens))
    reported(generators[0].settings).extend([*problems, *faults])


def finish_tree(root: Element, metadata: Mapping[str, Any], path: str, settings: Any) -> None:
    """Make a page accessible while it is converted."""
    make_accessible(root, settings["WORDS_IN"](metadata.get("lang") or settings["DEFAULT_LANG"])["task"])


def prepare(pelican: Any) -> None:
    """Register what the reader calls on the tree of each page."""
    pelican.settings.setdefault("FINISH_TREE", []).append(finish_tree)


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare)
    signals.all_generators_finalized.connect(compose_stylesheet)
