"""What the checkers of accessibility find: nothing, in any scheme, width and size of text."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Published, look, show

SCHEMES = ("light", "dark", "forced", "print")
WIDTHS = (320, 768, 1440)
PAGES = (
    "/",
    "/specimen/",
    "/colours/",
    "/empty/",
    "/nowhere/",
    "/articles/",
    "/tags/",
    "/year-archive/",
    "/notes/note-1/",
)
ALL_SIZES = ("/", "/specimen/")  # those with something in them are looked at with text of twice the size too

RUN_AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
RUN_HTMLCS = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
    .filter(found => found.type === HTMLCS.ERROR)
    .map(found => `${found.code}: ${found.element.outerHTML.slice(0, 120)}: ${found.msg}`))))"""


@pytest.mark.parametrize(("path", "text"), [*((path, 100) for path in PAGES), *((path, 200) for path in ALL_SIZES)])
def test_axe_and_htmlcs_find_nothing(
    browser: Any, gallery: Published, npm: Callable[[str], Path], path: str, text: int
) -> None:
    """All of axe's rules, best practices too; HTML_CodeSniffer's WCAG2AA, which is what pa11y runs.

    The page and the checkers are loaded once: that takes longer than to look twelve times.
    """
    page = look(browser, max(WIDTHS), text=text, bypass_csp=True)
    page.goto(gallery.url + path)
    for checker in ("axe-core/axe.min.js", "html_codesniffer/build/HTMLCS.js"):
        page.evaluate(npm(checker).read_text())
    found: list[str] = []
    # In forced colours axe takes `-webkit-text-fill-color`, which Chromium does not force, for the colour of the text.
    schemes = [scheme for scheme in SCHEMES if (path, scheme) != ("/colours/", "forced")]
    for scheme, width in product(schemes, WIDTHS):
        show(page, width, scheme)
        found += [f"{scheme} {width}: {line}" for run in (RUN_AXE, RUN_HTMLCS) for line in page.evaluate(run)]
    page.context.close()
    assert not found, "\n".join(found)
