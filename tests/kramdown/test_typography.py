"""Typographic refinements, emoji by name, and the extension's behavior within Python-Markdown."""

import re

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
    "word",
    ["NASA", "AI/ML", "NIOO-KNAW", "COVID-19", "IEEE/CVF", "GPT-4", "3GPP", "(NASA)", "NASA’s", "AAAI-25"],
)
def test_a_whole_word_is_marked(word: str) -> None:
    """With all its parts, in one span; brackets and the ’s of a genitive stay outside."""
    assert f'<span class="caps">{re.sub("[()]|’s", "", word)}</span>' in refined(f"At {word}, here")


@pytest.mark.parametrize(
    "word",
    [
        "CLIP-driven",
        "GPUs",
        "R&D",
        "non-NASA",
        "NeurIPS",
        "PhD",
        "ICML’25",
        "U.S.",
        "A/B",
        "AI/ML-based",
        "pre–WWII",
    ],
)
def test_no_word_is_marked_in_half(word: str) -> None:
    """What has letters of another kind is left as it is."""
    assert "caps" not in refined(f"At {word}, here")


def test_a_venue_in_a_list_keeps_its_capitals() -> None:
    """So does the title of a book; the same words in the text around it are marked."""
    assert "caps" not in refined("1. A. Author. *Proceedings of ICML*, 2025.")
    assert refined("1. With NASA.").count("caps") == refined("*With NASA.*").count("caps") == 1


def test_last_words_are_left_to_the_styles() -> None:
    """`text-wrap: pretty` and a no-break space together leave a ragged edge."""
    assert "\u00a0" not in refined("A sentence that ends *here* at the end")


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
