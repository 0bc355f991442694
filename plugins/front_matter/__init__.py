"""YAML front matter, as Jekyll reads it → Pelican's metadata, and the file at which each page is published."""

from .jekyll import Source, liquid_variables, translate
from .outputs import report_clashes
from .parse import FrontMatter, parse

__all__ = ["FrontMatter", "Source", "liquid_variables", "parse", "report_clashes", "translate"]
