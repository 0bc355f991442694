"""Typographic refinements, emoji by name, and the extension's behavior within Python-Markdown."""

import pytest
from markdown import markdown

from plugins.kramdown import KramdownMarkdown


def refined(source: str) -> str:
    return markdown(source, extensions=["plugins.kramdown"])


def test_capitals_and_ampersands_are_marked() -> None:
    """An acronym and an ampersand get the spans that the theme styles; initials with points stay as they are."""
    assert refined("NASA & ESA, U.S. labs") == (
        '<p><span class="caps">NASA</span> <span class="amp">&amp;</span> <span class="caps">ESA</span>, U.S. labs</p>'
    )


@pytest.mark.parametrize(
    ("source", "joined"),
    [
        ("A sentence that ends *here* at the end", True),
        ("One two three four five six", True),
        ("One two three four five", False),
        ("One two three four five " + "x" * 15, True),
        ("One two three four five " + "x" * 16, False),
        ("One two three four five *six*", False),
    ],
    ids=[
        "a block that wraps", "six words", "five words", "a last word of fifteen letters", "of sixteen",
        "a block that ends with markup",
    ],
)  # fmt: skip
def test_the_last_word_is_not_left_alone(source: str, joined: bool) -> None:
    """A block that may wrap keeps its last two words together, unless the last one is long."""
    assert ("\u00a0" in refined(source)) == joined


@pytest.mark.parametrize(
    "source",
    [
        "`NASA & ESA`",
        "```\nNASA & ESA\n```",
        '[x](/NASA?a&b "NASA & ESA")',
        "<script>NASA & ESA</script>",
        "<NASA@example.org>",
    ],
    ids=["a code span", "a code block", "a link's target and title", "a script", "an address"],
)
def test_code_addresses_and_titles_are_not_refined(source: str) -> None:
    """Nothing is marked in code, addresses and attributes."""
    assert 'class="caps"' not in refined(source)
    assert 'class="amp"' not in refined(source)


def test_chinese_is_not_joined() -> None:
    """Lines of Chinese may break anywhere, so no words are joined."""
    assert "\u00a0" not in refined("这 是 一 个 很 长 的 句 子")


def test_heading_ids_are_not_refined() -> None:
    """An id is made from the text as the author wrote it."""
    assert '<h2 id="nasa--esa">' in refined("## NASA & ESA")


def test_emoji_have_names() -> None:
    """GitHub's names become their characters, in text only; any other word between colons stays."""
    assert refined(":wave: `:wave:` 12:30:45 :nosuchname:") == "<p>👋 <code>:wave:</code> 12:30:45 :nosuchname:</p>"


def test_one_instance_reads_many_pages(md: KramdownMarkdown) -> None:
    """Footnotes, ids, problems and Liquid's variables of one page do not affect the next."""
    first = md.convert("# A\n\nb[^1] {{ site.x }}\n\n[^1]: c")
    assert md.problems
    assert md.reset().convert("# A\n\nb[^1] {{ site.x }}\n\n[^1]: c") == first
    md.reset().convert("")
    assert not md.problems


def test_other_extensions_still_run() -> None:
    """A tree processor of another extension sees the tree that this one makes."""
    html = markdown(
        "# A\n\n## B", extensions=["plugins.kramdown", "toc"], extension_configs={"toc": {"permalink": "¶"}}
    )
    assert 'href="#b"' in html
