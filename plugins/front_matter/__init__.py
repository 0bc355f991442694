"""YAML front matter, as Jekyll reads it → Pelican's metadata, and the file at which each page is published."""

from .jekyll import Source, is_withheld, liquid_page, translate
from .parse import FrontMatter, has_front_matter, parse

__all__ = ["FrontMatter", "Source", "has_front_matter", "is_withheld", "liquid_page", "parse", "translate"]
