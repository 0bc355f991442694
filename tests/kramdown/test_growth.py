"""No page nests too deeply, none is too long, and a plain one loads no slow library; for time see tests/fuzz."""

import re
import subprocess
import sys
import tracemalloc

import pytest

from plugins.kramdown import KramdownMarkdown
from plugins.kramdown.engine.definitions import ROOM
from plugins.kramdown.engine.finder import Finder


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


HALF = 2000


@pytest.mark.parametrize(
    "source",
    [
        f"[a]: {'b' * HALF}\n\n" + "[a] " * HALF,
        f"[a]: b '{'c' * HALF}'\n\n" + "![a] " * HALF,
        "[a]: b\n" + "{: .c}\n" * HALF + "\n" + "[a] " * HALF,
        f"*[A]: {'b' * HALF}\n\n" + "A " * HALF,
        "*[A]: b\n" + "{: .c}\n" * HALF + "\n" + "A " * HALF,
        "".join(f"*[A {number}]: b\n" for number in range(HALF)) + "\n" + "A " * HALF,
        "{:a: .b}\n" * HALF + "\n" + "c\n{:a}\n\n" * HALF,
        "{:a: b}\n" * HALF + "\n" + "*c*{:a} " * HALF,
        f"{{:a: .b {'a ' * 8}}}\n\nc\n{{:a}}\n",
    ],
    ids=[
        "target", "title", "list of a target", "meaning", "list of an abbreviation", "abbreviations of one word",
        "list of blocks", "undefined list of spans", "list of itself",
    ],
)  # fmt: skip
def test_what_is_long_is_not_used_without_end(source: str, md: KramdownMarkdown) -> None:
    """A page of the square of its length is not published, and the author learns why."""
    html = md.convert(source)
    assert len(html) < 2 * (ROOM + len(source))
    assert [problem.key for problem in md.problems] == ["definitions"]


def test_what_a_page_defines_has_room(md: KramdownMarkdown) -> None:
    """A thousand uses of a hundred definitions, far more than a page has, are no problem."""
    names = [f"a{number}" for number in range(100)]
    defined = "".join(f"[{name}]: https://example.org/{name}\n*[{name}]: The meaning of {name}\n" for name in names)
    html = md.convert(f"{defined}\n" + "\n".join(f"[{name}], {name}" for name in names * 10))
    assert not md.problems
    assert html.count("<a href") == 1000
    assert html.count("<abbr") == 2000


@pytest.mark.parametrize("end", [" a\n", "\n> "], ids=["unlike their ends", "in quotes"])
def test_ends_of_fences_of_many_lengths_are_found_at_once(
    end: str, md: KramdownMarkdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is not searched again for each length."""
    search, searched = Finder.search, list[int]()

    def count(finder: Finder, pattern: re.Pattern[str], pos: int) -> re.Match[str] | None:
        searched.append(pos)
        return search(finder, pattern, pos)

    monkeypatch.setattr(Finder, "search", count)
    md.convert("".join("`" * length + end for length in range(200, 3, -1)))
    assert len(searched) < 20


def test_a_tree_becomes_text_in_its_own_memory(md: KramdownMarkdown) -> None:
    """Markers make thirty times their length of HTML; 512 MB for a megabyte of them leave 400 bytes each here."""
    source = "[^1]: b\n\n" + "a[^1] " * 2000
    md.convert(source)
    tracemalloc.start()
    md.convert(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 400 * len(source)


def test_slow_libraries_are_imported_only_by_a_page_that_needs_them() -> None:
    """A plain page imports neither Liquid nor Pygments nor the tables of math and emoji."""
    code = (
        "import sys, markdown; markdown.markdown('# A\\n\\n- b', extensions=['plugins.kramdown']);"
        "print(*{'liquid', 'pygments', 'latex2mathml', 'emoji'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.strip()
