"""Front matter made of nothing but what a pattern begins with: the time is linear in its length."""

import time

import pytest

from tests.collections.documents import document, read

PIECES = [
    *("a", "a, ", "A. ", "A B ", ", and ", "; ", "、", "&amp;", "*", "*a* ", "**a", "[", "[a](", "(", "{a", "$", "$a ", "\\(a"),
    *("<", "<b>", "<br>", "<sup>", "<a href=x>", "“", "a'", "http://", "https://a.b/", "10.1234/", "2020-", "May ", "@a{\n"),
    *("```\n", "# a\n", "a\n\n", "<img src=", "et al ", "^", "**a ", "$^", "* ", "\\*"),
]  # fmt: skip
KEYS = ("title", "authors", "citation", "venue", "date", "paperurl", "excerpt", "bibtex")


def cost(piece: str, length: int) -> float:
    """Return the processor time of a document all of whose keys, and the text, are this piece again and again."""
    text = (piece * length)[:length] + "x"  # which ends what a pattern has gone through
    value = text.replace("'", "''").replace("\n", "\n\n    ")
    front_matter = "".join(f"{key}: '{value}'\n" for key in KEYS)
    begin = time.process_time()
    read(document(f"---\n{front_matter}---\n{text}\n"))
    return time.process_time() - begin


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_takes_no_longer_than_its_parts(piece: str) -> None:
    """Four times the text takes four times the time, not sixteen times; the rest is noise."""
    assert cost(piece, 8000) < 9 * cost(piece, 2000) + 0.05
