"""A page on paper: the addresses behind its links, which ink cannot follow, and a PDF of it."""

from .links import printed

__all__ = ["printed"]
