"""Runs of another script inside a text get the ``lang`` of their language, where the letters leave no doubt.

A Han name in an English page without a ``lang`` is drawn in whatever font comes first, and read aloud letter by letter.
What language a run is in, first match wins:

1. what the author says of its script (``SCRIPT_LANGS``, ``script_langs``);
2. a script that one living language writes: Kana, Hangul, Thai, Hebrew …;
3. letters or little words that only one language has: ы is Russian, ї Ukrainian, ة Arabic, پ Persian;
4. for Han, which of the national character sets (the standard library's codecs) holds all of the run's characters,
   if only one does;
5. for Han on a page without Kana, the one language that 4 found for the rest of the page;
6. none: a guess would be worse.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape

from .words import direction

# Script → the languages it may be, each with what only that language has; the first hit wins. An empty string is
# always a hit: the script has one living language, or one that is so much more common that a doubt needs a sign.
SCRIPTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "Han": (),
    "Kana": (("ja", ("",)),),
    "Hangul": (("ko", ("",)),),
    "Arabic": (
        ("ur", tuple("ٹڈڑںے")),
        ("fa", tuple("پچژگ")),
        ("ar", tuple("ةىأإؤئ")),
    ),
    "Cyrillic": (
        ("", tuple("әғқңөүұһӘҒҚҢӨҮҰҺ")),
        ("be", tuple("ўЎ")),
        ("uk", tuple("їєґЇЄҐ")),
        ("sr", tuple("ђћџЂЋЏ")),
        ("mk", tuple("ѓќѕЃЌЅ")),
        ("ru", tuple("ыэёЫЭЁ")),
    ),
    "Devanagari": (
        ("mr", ("ळ", "आहे")),
        ("ne", ("छन्", "गर्")),
        ("hi", ("है", "में", "और ", "ड़", "ढ़")),
    ),
    "Greek": (("el", tuple("άέήίόύώΆΈΉΊΌΎΏ")),),
    "Hebrew": (("yi", tuple("װױײ")), ("he", ("",))),
    "Thai": (("th", ("",)),),
    "Armenian": (("hy", ("",)),),
    "Georgian": (("ka", ("",)),),
    "Bengali": (("as", tuple("ৰৱ")), ("bn", ("",))),
    "Tamil": (("ta", ("",)),),
    "Telugu": (("te", ("",)),),
    "Kannada": (("kn", ("",)),),
    "Malayalam": (("ml", ("",)),),
    "Gujarati": (("gu", ("",)),),
    "Sinhala": (("si", ("",)),),
    "Khmer": (("km", ("",)),),
    "Lao": (("lo", ("",)),),
}

# What a page in one of these languages is itself written in; a page in any other is written in Latin letters.
OWN: dict[str, tuple[str, ...]] = {
    **{lang: (script,) for script, languages in SCRIPTS.items() for lang, _ in languages},
    **dict.fromkeys(("zh", "yue"), ("Han",)),
    **dict.fromkeys(("bg", "kk", "ky", "mn", "tg"), ("Cyrillic",)),
    **dict.fromkeys(("ps", "sd", "ug", "ckb"), ("Arabic",)),
    "ja": ("Han", "Kana"),
    "ko": ("Hangul", "Han"),
    "sa": ("Devanagari",),
}

# The first word of a character's Unicode name → its script.
_NAMED = {name.upper(): name for name in SCRIPTS} | {
    "CJK": "Han",
    "IDEOGRAPHIC": "Han",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "HALFWIDTH": "Kana",
}
_CHARACTER_SETS = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis"}

_TOKEN = re.compile(r"<!--.*?-->|<[!/?]?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][\w:-]*)")
_SAYS_LANG = re.compile(r"\slang\s*=", re.IGNORECASE)
_SILENT = frozenset({"code", "pre", "kbd", "samp", "script", "style", "textarea", "title", "math", "svg", "option"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BETWEEN = re.compile(r"[^\W\d_]")  # a letter of any script


def mark(html: str, lang: str, chosen: Mapping[str, str]) -> str:
    """Return a page's HTML with ``lang`` (and ``dir`` where it differs) on runs of other scripts than its own.

    ``lang`` is the page's, ``chosen`` script → language as the author says; ``""`` leaves a script alone. An element
    that is one run gets the attributes itself, part of a text a ``span``. What has a ``lang`` already, code and
    formulas stay as they are.
    """
    if html.isascii():
        return html
    own = OWN.get(lang.lower().partition("-")[0], ())
    pieces = list(_texts(html))
    han = _pages_han([text for text, silent in pieces if not silent and not text.startswith("<")], own)
    marked: list[str] = []
    for index, (text, silent) in enumerate(pieces):
        if silent or text.isascii() or text.startswith("<"):
            marked.append(text)
            continue
        runs = [
            (start, end, found)
            for start, end, script in _runs(text, own)
            if (found := _language(text[start:end], script, chosen, han))
        ]
        if len(runs) == 1 and _alone(pieces, index, text, runs[0]):
            marked[-1] = f"{marked[-1][:-1]}{_attributes(runs[0][2], lang)}>"
            marked.append(text)
            continue
        done = 0
        for start, end, found in runs:
            marked += [text[done:start], f"<span{_attributes(found, lang)}>", text[start:end], "</span>"]
            done = end
        marked.append(text[done:])
    return "".join(marked)


def _texts(html: str) -> Iterator[tuple[str, bool]]:
    """Yield tags and texts in their order, each with whether it is to be left alone."""
    done = 0
    silent: list[str] = []  # the element that is left alone, once for each of its name inside it
    for match in _TOKEN.finditer(html):
        if match.start() > done:
            yield html[done : match.start()], bool(silent)
        tag = match[0]
        yield tag, bool(silent)
        done = match.end()
        if not (named := _NAME.match(tag)):
            continue
        name = named[1].lower()
        if silent:
            if name == silent[0]:
                silent = silent[1:] if tag.startswith("</") else [name, *silent]
        elif not tag.startswith("</") and name not in _VOID and (name in _SILENT or _SAYS_LANG.search(tag)):
            silent = [name]
    if done < len(html):
        yield html[done:], bool(silent)


def _alone(pieces: list[tuple[str, bool]], index: int, text: str, run: tuple[int, int, str]) -> bool:
    """Whether a run is all that its element holds."""
    if index == 0 or index + 1 == len(pieces):
        return False
    before, after = _NAME.match(pieces[index - 1][0]), _NAME.match(pieces[index + 1][0])
    rest = text[: run[0]] + text[run[1] :]
    return bool(
        before
        and after
        and not pieces[index - 1][0].startswith("</")
        and pieces[index + 1][0].startswith("</")
        and before[1] == after[1]
        and not _BETWEEN.search(unescape(rest))
    )


def _runs(text: str, own: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and script of each run that the page's own language does not write."""
    start = end = 0
    current = ""
    for position, character in enumerate(text):
        if character < "\u0370":
            if current and character.isalpha():
                yield start, end, current
                current = ""
            continue
        script = script_of(character)
        if not script:
            continue
        if {script, current} == {"Han", "Kana"}:  # Japanese mixes them
            script = current = "Kana"
        if script != current:
            if current:
                yield start, end, current
            start, current = position, "" if script in own else script
        end = position + 1
    if current:
        yield start, end, current


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return the script of one character, ``""`` for Latin, for signs, and for scripts that the table does not know."""
    if "\u3001" <= character <= "\u301f":
        return "Han"  # 、。「」…: their names do not say so
    return _NAMED.get(unicodedata.name(character, "").partition(" ")[0], "")


def _language(run: str, script: str, chosen: Mapping[str, str], han: str) -> str:
    if script in chosen:
        return chosen[script]
    if script == "Han":
        return _han(run) or han
    return next((lang for lang, signs in SCRIPTS[script] if any(sign in run for sign in signs)), "")


def _han(run: str) -> str:
    """Return the language of the one national character set that holds a run of Han characters, or ``""``."""
    ideographs = "".join(character for character in run if character > "\u3400")
    holds = [lang for lang, codec in _CHARACTER_SETS.items() if _encodes(ideographs, codec)]
    return holds[0] if len(holds) == 1 else ""


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _pages_han(texts: list[str], own: tuple[str, ...]) -> str:
    """Return the language of all Han runs of a page, if those that tell agree and no Kana makes one doubt."""
    found: set[str] = set()
    for text in texts:
        for start, end, script in _runs(text, own) if not text.isascii() else ():
            if script == "Kana":
                return ""
            if script == "Han":
                found.add(_han(text[start:end]))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _attributes(found: str, lang: str) -> str:
    way = direction(found)
    return f' lang="{found}"' + (f' dir="{way}"' if way != direction(lang) else "")
