"""A page on paper: the addresses behind its links, which ink cannot follow, and a PDF of it. Edge.

``page.printed_links`` are the addresses that the template lists at the end of a printed page, in the order in which the
style numbers the links.
"""

from collections.abc import Iterable

from pelican import signals
from pelican.generators import Generator

from .links import printed


def list_links(generators: Iterable[Generator]) -> None:
    """Give each page and article the addresses behind its links."""
    context = next(iter(generators)).context
    for page in [*context["pages"], *context["hidden_pages"], *context["articles"], *context["hidden_articles"]]:
        page.printed_links = printed(page.content, context["SITEURL"])


def register() -> None:
    """Connect the receivers."""
    signals.all_generators_finalized.connect(list_links)
