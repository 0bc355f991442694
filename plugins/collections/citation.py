"""A verbatim citation without the title that it repeats: the entry's own stands above it."""

import re

from markupsafe import Markup

from ..markup import scan, to_text, unescape

_CHARACTER = re.compile(r"&(?:#\w+|\w+);|.", re.DOTALL)
_QUOTES = "\"'`“”‘’„‚«»‹›「」『』《》〈〉"
_BEFORE = re.compile(rf"[{_QUOTES}]*(?:<\w[^<>]*>)*[{_QUOTES}]*\Z")
_AFTER = re.compile(rf"(?:[{_QUOTES}.,;:?!。，]|</\w+>)*\s*")
_TAG = re.compile(r"<[^<>]*>")
_EMPTY = re.compile(r"<(a|b|i|em|strong|u|span|q|cite|mark)\b[^<>]*>\s*</\1>")
_HREF = re.compile(r"href=\"([^\"]+)\"")
_SHORTEST = 4  # letters of a title that is looked for


def without_title(citation: Markup, title: Markup) -> tuple[Markup, list[str]]:
    """Return the citation without the title, both HTML, and the addresses to which only the title led.

    The quotes around it and one mark behind it go too. Case, punctuation, quotes, tags and character references do not
    count where it is looked for.
    """
    source = str(citation)
    begin, end = _found(source, str(title))
    if begin < 0:
        return citation, []
    begin, end = _BEFORE.search(source, 0, begin).start(), _AFTER.match(source, end).end()  # type: ignore[union-attr]
    rest, urls = source[:begin] + "".join(_TAG.findall(source, begin, end)) + source[end:], list[str]()
    while match := _EMPTY.search(rest):
        urls += _HREF.findall(match[0])
        rest = rest[: match.start()] + rest[match.end() :].lstrip(" ")
    rest = re.sub(r"\s{2,}", " ", rest).strip()
    return Markup(rest if _letters(_TAG.sub("", rest)) else ""), [unescape(url) for url in urls]  # noqa: S704  (a part of it)


def _found(source: str, title: str) -> tuple[int, int]:
    """Return where a title stands in HTML, from its first letter to its last one; -1 where it does not."""
    wanted = _letters(to_text(title) if re.search("[<&]", title) else title)
    if len(wanted) < _SHORTEST:
        return -1, -1
    folded, begin = source.casefold(), source.casefold().find(title.casefold())
    if begin >= 0 and len(folded) == len(source) and len(title.casefold()) == len(title):
        end = begin + len(title)
        in_text = source.rfind("<", 0, begin) <= source.rfind(">", 0, begin)
        if in_text and not source[begin - 1 : begin].isalnum() and not source[end : end + 1].isalnum():
            return begin, end
    if wanted not in _letters(to_text(source)):
        return -1, -1
    shown = [
        (unescape(found[0]), token.position + found.start(), token.position + found.end())
        for token in scan(source)
        if token.kind == "text"
        for found in _CHARACTER.finditer(token.source)
    ]
    letters = [(letter, index) for index, (text, *_) in enumerate(shown) for letter in _letters(text)]
    at = "".join(letter for letter, _ in letters).find(wanted)
    first, last = letters[at][1], letters[at + len(wanted) - 1][1]
    if any(0 <= index < len(shown) and shown[index][0].isalnum() for index in (first - 1, last + 1)):
        return -1, -1
    return shown[first][1], shown[last][2]


def repeats(text: str, shown: str) -> bool:
    """Return whether the letters of a text stand in another, so that a reader has read them."""
    return _letters(text) in _letters(shown)


def same(one: str, other: str) -> bool:
    """Return whether two texts have the same letters."""
    return _letters(to_text(one)) == _letters(to_text(other))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
