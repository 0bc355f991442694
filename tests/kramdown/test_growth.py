"""No page nests too deeply, none is too long, and a plain one loads no slow library; for time see tests/fuzz."""

import subprocess
import sys

import pytest

from plugins.kramdown import KramdownMarkdown


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
