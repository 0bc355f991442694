"""Warnings for what an author's own HTML makes a page's Content-Security-Policy allow."""

from collections.abc import Callable

from ..problems import Place, Problems
from ..site import Page
from .policy import widening


def report_widening(page: Page, read_source: Callable[[], str], site_url: str, problems: Problems) -> None:
    """Warn of each kind of content for which the page's policy must allow more than words and local pictures need.

    ``read_source`` returns the text of the page's file; it is called only where there is something to report.
    """
    needs = widening(page.html, site_url)
    rows = read_source().split("\n") if needs else []
    for need in needs:
        line = next((number for number, row in enumerate(rows, 1) if need.what and need.what in row), 0)
        line = line or next((number for number, row in enumerate(rows, 1) if f"<{need.element}" in row.lower()), 0)
        allowed = need.source if not need.source.startswith("'sha256") else "that text alone"
        message = f"{need.what!r} widens the page's Content-Security-Policy: {need.directive} allows {allowed}"
        problems.warn(Place(page.path, line, f"<{need.element}>"), message)
