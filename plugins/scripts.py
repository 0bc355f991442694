"""Writing systems: which script a character belongs to, which languages use it, and the direction it is written in.

The standard library has no table of Unicode's property Script; the first word of a character's name is as good for the
scripts below. A new script needs one row, by the name that Unicode gives it.
"""

import unicodedata
from functools import lru_cache

# Script → the one language that it is written for today (BCP 47), "" where there are several; and its other languages.
_TABLE = {
    "Arabic": ("", "ar ckb fa ps sd ug ur"),
    "Armenian": ("hy", ""),
    "Bengali": ("", "as bn"),
    "Cyrillic": ("", "be bg kk ky mk mn ru sr tg uk"),
    "Devanagari": ("", "hi mr ne sa"),
    "Georgian": ("ka", ""),
    "Greek": ("el", ""),
    "Gujarati": ("gu", ""),
    "Gurmukhi": ("pa", ""),
    "Han": ("", "ja ko yue zh"),
    "Hangul": ("ko", ""),
    "Hebrew": ("he", "yi"),
    "Kana": ("ja", ""),
    "Kannada": ("kn", ""),
    "Khmer": ("km", ""),
    "Lao": ("lo", ""),
    "Malayalam": ("ml", ""),
    "Sinhala": ("si", ""),
    "Tamil": ("ta", ""),
    "Telugu": ("te", ""),
    "Thaana": ("dv", ""),
    "Thai": ("th", ""),
}
SCRIPTS = {script: language for script, (language, _) in _TABLE.items()}
"""Script → its one language, or "" where there are several."""

_SUBTAGS = {"arab": "Arabic", "hebr": "Hebrew"}  # ISO 15924, as in `ku-Arab`
_RIGHT_TO_LEFT = frozenset(("Arabic", "Hebrew", "Thaana"))
_CJK = frozenset(("Han", "Hangul", "Kana"))
_NAMES = {script.upper(): script for script in SCRIPTS} | {  # first word of a character's name → script
    "CJK": "Han",
    "KANGXI": "Han",
    "IDEOGRAPHIC": "Han",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "HALFWIDTH": "Kana",
}


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return the script of a character, "" for Latin, for symbols and for scripts without a row."""
    if "\u3001" <= character <= "\u301f":
        return "Han"  # 、。「」…: their names do not show it
    return _NAMES.get(unicodedata.name(character, "").partition(" ")[0], "")


@lru_cache(maxsize=256)
def scripts_of(language: str) -> tuple[str, ...]:
    """Return the scripts of a language (BCP 47); () for one in Latin letters, or in a script without a row."""
    primary, *subtags = language.lower().replace("_", "-").split("-")
    named = tuple(_SUBTAGS[subtag] for subtag in subtags if subtag in _SUBTAGS)
    return named or tuple(script for script, (one, others) in _TABLE.items() if primary in f"{one} {others}".split())


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
    return "rtl" if not _RIGHT_TO_LEFT.isdisjoint(scripts_of(language)) else "ltr"


def has_cjk(text: str) -> bool:
    """Return whether a text has Chinese, Japanese or Korean characters: lines break between any two of them."""
    return not text.isascii() and any(script_of(character) in _CJK for character in set(text))
