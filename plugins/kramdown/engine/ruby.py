r"""Character classes of kramdown's regular expressions, which are Ruby's.

In Ruby ``\s``, ``\w`` and ``\d`` are ASCII, while ``[[:alpha:]]``, ``\p{Word}`` and ``\b`` know Unicode. Every pattern
of this package is therefore compiled with ``re.ASCII``, and marks with ``(?u:…)`` where it means Unicode.
"""

import re
from unicodedata import category

SPACE = " \t\r\f\v\n"
FLAGS = re.ASCII | re.MULTILINE

# Unicode's "other alphabetic" symbols: circled and squared letters.
_CIRCLED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")


def is_word(character: str) -> bool:
    r"""Return whether Ruby's ``\p{Word}`` matches: letters, all marks, decimal digits, connectors.

    Because of the marks, an emoji's variation selector stays in a heading's id.
    """
    if character.isascii():
        return character.isalnum() or character == "_"
    kind = category(character)
    return kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") or bool(_CIRCLED.match(character))


def is_alpha(character: str) -> bool:
    """Return whether Ruby's ``[[:alpha:]]`` matches."""
    return character.isalpha() or (not character.isascii() and category(character) in ("Mc", "Nl"))


def is_alnum(character: str) -> bool:
    """Return whether Ruby's ``[[:alnum:]]`` matches."""
    return is_alpha(character) or character.isdecimal()


def lower(text: str) -> str:
    """Return the text in lower case as Ruby does: a sigma at the end of a word is not special."""
    return "".join(map(str.lower, text)) if "Σ" in text else text.lower()
