"""A built page → a PDF, by the Chromium that is installed. Edge: starts a program, writes a file; for tasks.py."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .sheet import sheet

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
PATIENCE = 60  # seconds


class PrinterError(Exception):
    """There is no PDF; the message says why, and the way out."""


def find_browser(names: Iterable[str] = BROWSERS) -> str:
    """Return the path of the first browser that is installed; raises ``PrinterError``."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise PrinterError(
        "no Chromium, Chrome or Edge is installed; print the page from any browser: it is laid out for it"
    )


def print_page(output: Path, page: str, siteurl: str, pdf: Path) -> None:
    """Print one page of a built site, ``page`` relative to ``output``, to a tagged PDF with bookmarks.

    Raises ``PrinterError`` if the page does not exist or the browser does not do it.
    """
    browser = find_browser()
    source = output / page
    if not source.is_file():
        raise PrinterError(f"the site has no {page}; name a page's file, such as 'cv/index.html'")
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        html = room / "page.html"
        html.write_text(sheet(source.read_text("utf-8"), siteurl, output.resolve().as_posix(), page), "utf-8")
        made = room / "page.pdf"
        done = subprocess.run(  # noqa: S603  # the browser, and files of our own
            [
                browser,
                "--headless",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                *(["--no-sandbox"] if _is_root() else []),
                f"--user-data-dir={room / 'profile'}",
                "--no-pdf-header-footer",
                "--generate-pdf-document-outline",
                f"--print-to-pdf={made}",
                html.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if not made.is_file():
            last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
            raise PrinterError(f"{browser} made no PDF: {last}")
        pdf.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, pdf)


def _is_root() -> bool:
    """Whether Chromium's sandbox refuses to start: it does for root."""
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
