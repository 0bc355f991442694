"""theme/styles/*.css → one minified text and its hash, in the context as ``STYLESHEET``.

The page carries its styles inside itself: one request for words and looks, and a Content-Security-Policy that needs no
more than the text's hash.
"""

from pathlib import Path
from typing import Any

from pelican import signals

from ..problems import reported
from .access import accessible
from .compose import compose
from .settings import light_accent, rules


def compose_stylesheet(generators: list[Any]) -> None:
    """Read the theme's styles and leave the finished text in the context that all generators share."""
    if not generators:
        return
    context = generators[0].context
    folder = Path(context["THEME"]) / "styles"
    files = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.css"))}
    tokens, accent = files.get("tokens.css", ""), context.get("THEME_ACCENT", "")
    problems = reported(generators[0].settings)
    settings = rules(context.get("THEME_SCHEME", "auto"), accent, tokens, problems)
    context["STYLESHEET"] = compose(files, settings, light_accent(accent, tokens), problems)


def prepare(pelican: Any) -> None:
    """Give the templates the filter that adds what a page's HTML lacks for a keyboard and for a voice."""
    pelican.settings["JINJA_FILTERS"] = {**pelican.settings["JINJA_FILTERS"], "accessible": accessible}


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare)
    signals.all_generators_finalized.connect(compose_stylesheet)
