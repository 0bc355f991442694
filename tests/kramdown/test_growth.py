"""Conversion takes linear time, and no page nests too deeply for it."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from plugins.kramdown import KramdownMarkdown

Page = Callable[[int], str]

PAGES: dict[str, Page] = {  # what people write, and what only a fuzzer writes
    "a list of many items": lambda n: "- item *a* [b](c)\n" * (n // 18),
    "one long paragraph": lambda n: 'word *em* "q" [l](x) & ' * (n // 23),
    "emphasis never closed": lambda n: "**a *b _c " * (n // 10),
    "brackets never closed": lambda n: "![[" * (n // 3),
    "brackets all closed at the end": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "list items never closed": lambda n: "<li>a\n\n" * (n // 7),
    "quotes in quotes": lambda n: "> " * (n // 2) + "a",
    "lists in lists": lambda n: "- " * (n // 2) + "a",
    "attribute lists never closed": lambda n: "a {::comment} {: b\n" * (n // 19),
    "pipes": lambda n: "|" * n,
    "comments": lambda n: "<!-- a -->\n" * (n // 11),
    "comments never closed": lambda n: "<!-- a\n" * (n // 7),
    "comments in code never closed": lambda n: "    <!-- a\n\n" * (n // 12),
    "Liquid": lambda n: "{{ site.a }} x\n" * (n // 15),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_time_grows_with_length(page: Page, md: KramdownMarkdown) -> None:
    """Ten times the page takes about ten times as long: a square would take a hundred times."""

    def cost(length: int, repeat: int) -> float:
        source, best = page(length), 1e9
        for _ in range(repeat):
            began = time.process_time()
            md.reset().convert(source)
            best = min(best, time.process_time() - began)
        return best

    assert cost(60_000, 1) < 26 * max(cost(6_000, 3), 0.003)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20_000,
        "<b>" * 20_000,
        ">" * 20_000,
        "- " * 20_000,
        "*_" * 20_000,
        '<div markdown="1">\n' * 5_000,
        "1. - > " * 3_000,
    ],
    ids=["elements", "spans", "quotes", "lists", "emphasis", "Markdown in elements", "all"],
)
def test_nothing_nests_too_deeply(source: str, md: KramdownMarkdown) -> None:
    """However deeply a page nests, it is converted, and its text is there."""
    assert "the end" in md.convert(source + "the end")


def test_a_page_of_ten_thousand_items(md: KramdownMarkdown) -> None:
    """All ten thousand items are there, in one list."""
    html = md.convert("".join(f"* item {number}\n" for number in range(10_000)))
    assert html.count("<li>") == 10_000
    assert html.count("<ul>") == 1


def test_slow_libraries_are_imported_only_by_a_page_that_needs_them() -> None:
    """A plain page imports neither Liquid nor Pygments nor the tables of math and emoji."""
    code = (
        "import sys, markdown; markdown.markdown('# A\\n\\n- b', extensions=['plugins.kramdown']);"
        "print(*{'liquid', 'pygments', 'latex2mathml', 'emoji'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()
