"""A built page → a PDF, printed by the installed Chromium: pictures from this disk, links to the published site.

Edge: starts a program and writes a file.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from ..markup import scan, without_policy

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
TIMEOUT = 60  # seconds


class PrinterError(Exception):
    """The PDF was not made; the message says why, and what to do."""


def find_browser(names: Iterable[str] = BROWSERS) -> str:
    """Return the path of the first browser that is installed; raises ``PrinterError``."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise PrinterError(
        "no Chromium, Chrome or Edge is installed; print the page from another browser: the print styles work there too"
    )


def print_page(output: Path, page: str, siteurl: str, pdf: Path) -> None:
    """Print one page of a built site, ``page`` relative to ``output``, to a tagged PDF with bookmarks.

    Raises ``PrinterError`` if the page does not exist or the browser fails.
    """
    browser = find_browser()
    source = output / page
    if not source.is_file():
        raise PrinterError(f"the site has no {page}; write the path of a page's file, such as 'cv/index.html'")
    with tempfile.TemporaryDirectory() as name:
        workdir = Path(name)
        html = workdir / "page.html"
        html.write_text(sheet(source.read_text("utf-8"), siteurl, output.resolve().as_posix(), page), "utf-8")
        printed = workdir / "page.pdf"
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        options = [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            *(["--no-sandbox"] if is_root else []),  # it does not start for root
            f"--user-data-dir={workdir / 'profile'}",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={printed}",
        ]
        command = [browser, *options, html.as_uri()]
        try:
            done = subprocess.run(  # noqa: S603  # the browser, and files of our own
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=TIMEOUT, check=False
            )
        except subprocess.TimeoutExpired:
            raise PrinterError(f"{browser} made no PDF within {TIMEOUT} seconds") from None
        if not printed.is_file():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise PrinterError(f"{browser} made no PDF: {last}")
        try:
            pdf.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(printed, pdf)
        except OSError as error:
            raise PrinterError(f"{pdf} cannot be written: {error.strerror}") from None


def sheet(html: str, siteurl: str, output: str, page: str) -> str:
    """Return the HTML to print.

    ``output`` is the absolute path of the built site, with forward slashes; ``page`` is the page's file in it. Pictures
    are read from there, so that the browser needs no network. All other links lead to ``siteurl``, where the readers of
    the PDF follow them. The page's Content-Security-Policy is removed, since it would forbid the pictures.
    """
    folder = PurePosixPath(page).parent
    below = "" if str(folder) == "." else f"{quote(str(folder))}/"
    base = f'<base href="{escape(f"{siteurl}/{below}")}">'
    parts: list[str] = []
    for token in scan(without_policy(html)):
        if token.kind != "start":
            parts.append(token.source)
            continue
        changes: dict[str, str | None] = {}
        for name, value in token.attributes.items():
            if name in ("srcset", "sizes", "loading"):  # one picture, at once
                changes[name] = None
            elif name in ("src", "poster") and (file := _file(value, siteurl, PurePosixPath(output), folder)):
                changes[name] = file
        parts.append(token.edited(changes) if changes else token.source)
        if token.name == "head":
            parts.append(base)
    return "".join(parts)


def _file(url: str, siteurl: str, output: PurePosixPath, folder: PurePosixPath) -> str:
    """Return the ``file:`` address of one of the site's files, "" for an address elsewhere."""
    path = url.removeprefix(siteurl) if siteurl and url.startswith(f"{siteurl}/") else url
    if re.match(r"[a-zA-Z][\w+.-]*:|//|#", path) or not path:
        return ""
    file = output / (path.lstrip("/") if path.startswith("/") else folder / path)
    return "file://" + quote(unquote(str(file).partition("?")[0]))
