"""What the checkers of accessibility find: nothing, in any scheme, width and size of text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Published, look

SCHEMES = ("light", "dark", "forced", "print")
WIDTHS = (320, 768, 1440)
PAGES = ("/", "/specimen/", "/empty/", "/nowhere/", "/articles/", "/tags/")
ALL_SIZES = ("/", "/specimen/")  # those with something in them are looked at with text of twice the size too

RUN_AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
RUN_HTMLCS = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
    .filter(found => found.type === HTMLCS.ERROR)
    .map(found => `${found.code}: ${found.element.outerHTML.slice(0, 120)}: ${found.msg}`))))"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_and_htmlcs_find_nothing(
    browser: Any, gallery: Published, npm: Callable[[str], Path], scheme: str, width: int
) -> None:
    """All of axe's rules, best practices too; HTML_CodeSniffer's WCAG2AA, which is what pa11y runs."""
    axe, htmlcs = npm("axe-core/axe.min.js").read_text(), npm("html_codesniffer/build/HTMLCS.js").read_text()
    found: list[str] = []
    for text in (100, 200):
        page = look(browser, width, scheme=scheme, text=text, bypass_csp=True)
        for path in PAGES if text == 100 else ALL_SIZES:
            page.goto(gallery.url + path)
            page.evaluate(axe)
            found += [f"{path} {text} %: {line}" for line in page.evaluate(RUN_AXE)]
            page.evaluate(htmlcs)
            found += [f"{path} {text} %: {line}" for line in page.evaluate(RUN_HTMLCS)]
        page.context.close()
    assert not found, "\n".join(found)
