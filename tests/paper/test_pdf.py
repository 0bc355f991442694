"""`invoke pdf`, with a real browser and tools that read PDFs."""

import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from plugins.paper import printer
from plugins.paper.printer import PrinterError, find_browser
from tests.conftest import Site

Need = Callable[..., str]


@pytest.fixture(scope="module")
def look(need: Need) -> Callable[..., str]:
    """Return a function that runs a command and returns its output."""
    need("chromium", "chromium")
    for tool in ("pdfinfo", "pdftotext", "pdffonts"):
        need(tool, "poppler-utils")
    need("qpdf", "qpdf")

    def run(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return run


def words(text: str) -> str:
    """Return text without whitespace, which a PDF does not keep."""
    return re.sub(r"\s+", "", text)


def test_the_seed_is_a_tagged_pdf_on_one_sheet(seed_site: Site, look: Callable[..., str]) -> None:
    """Tagged, bookmarked, titled, fonts embedded, links to the published site, its text the page's."""
    done = seed_site.invoke("pdf", "--to", "cv.pdf")
    assert done.stdout.splitlines()[-1] == "wrote cv.pdf", done.stderr
    assert not (seed_site.root / "output").exists()
    pdf = str(seed_site.root / "cv.pdf")

    about = look("pdfinfo", pdf)
    assert re.search(r"^Tagged: +yes$", about, re.MULTILINE)
    assert re.search(r"^Pages: +1$", about, re.MULTILINE)
    assert re.search(r"^Title: +Yuhang Song$", about, re.MULTILINE)
    fonts = look("pdffonts", pdf).splitlines()[2:]
    assert fonts
    assert all(font.split()[-5] == "yes" for font in fonts), fonts  # emb
    look("qpdf", "--check", pdf)
    assert '"/Outlines"' in look("qpdf", "--json", pdf)
    assert "https://www.fractile.ai/" in look("pdfinfo", "-url", pdf)

    seen = words(look("pdftotext", pdf, "-"))
    html = seed_site.build().text("index.html")
    body = html.partition('<div class="e-content">')[2].partition("</div>")[0]
    for number in range(1, 9):  # paper numbers the links of the text
        body = body.replace("</a>", f"[{number}]", 1)
    text = re.sub(r"<!--.*?-->|<[^>]+>", "", body, flags=re.DOTALL)
    assert words(unescape(text)) in seen
    assert "YuhangSong" in seen
    assert "[8]businessweekly.co.uk/" in seen


def test_numbers_of_a_long_list_are_whole_on_paper(seed_site: Site, look: Callable[..., str]) -> None:
    """10, 11 and 12 too, in order; a footnote has another kind of number than a link."""
    items = "\n".join(f"1. Item of number {number}." for number in range(1, 13))
    text = f"A note[^1] and [a link](https://example.org/).\n\n[^1]: The note.\n\n{items}"
    seed_site.write("content/pages/about.md", f"---\npermalink: /\n---\n{text}\n")
    assert seed_site.invoke("pdf", "--to", "list.pdf").stdout.splitlines()[-1] == "wrote list.pdf"
    seen = look("pdftotext", "-layout", str(seed_site.root / "list.pdf"), "-")
    numbers = re.findall(r"^ *(\d+)\. +Item of number (\d+)\.$", seen, re.MULTILINE)
    assert numbers == [(str(number), str(number)) for number in range(1, 13)]
    assert "[1]" in seen


def test_a_page_that_does_not_exist_is_reported(seed_site: Site, need: Need) -> None:
    """In one line, with a hint."""
    need("chromium", "chromium")
    done = seed_site.invoke("pdf", "--page", "cv/index.html")
    assert done.returncode == 1
    assert (
        done.stderr.strip() == "the site has no cv/index.html; write the path of a page's file, such as 'cv/index.html'"
    )
    assert not (seed_site.root / "page.pdf").exists()


def test_without_a_browser_the_message_names_some() -> None:
    """And there is no traceback."""
    with pytest.raises(PrinterError, match="no Chromium, Chrome or Edge is installed"):
        find_browser(("no-such-browser",))


def test_a_browser_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time limit, with a message."""
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexec sleep 60\n")
    browser.chmod(0o755)
    (tmp_path / "index.html").write_text("<p>x</p>")
    monkeypatch.setattr(printer, "find_browser", lambda: str(browser))
    monkeypatch.setattr(printer, "TIMEOUT", 0.1)
    with pytest.raises(PrinterError, match=r"made no PDF within 0\.1 seconds"):
        printer.print_page(tmp_path, "index.html", "", tmp_path / "a.pdf")


def test_the_first_installed_browser_is_used(tmp_path: Path) -> None:
    """By name or by path."""
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    assert find_browser(("no-such-browser", str(browser))) == str(browser)
