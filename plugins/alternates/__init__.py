"""Each page's Markdown beside its HTML, for whoever reads text rather than pages: ``cv/index.md``."""

from .source import alternates, source_text

__all__ = ["alternates", "source_text"]
