"""The names of authors, as people write them → persons.

"Ann B. Lee*, Bob Ray, Jr., <b>Cho Kim</b><sup>1,2</sup> and others"
"Lee, A. B., Ray, R., & Kim, C."        "Lee, Ann; Ray, Bob"        "王小明、李雷"
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..markup import scan, unescape
from .entry import Person

_OTHERS = re.compile(r"(?:and\s+|&\s*)?(?:et\.?\s*al\.?|(?:many\s+)?others|…|\.\.\.|\+?\s*\d+\s+(?:more|others))", re.I)
_ET_AL = re.compile(r"[\s,]+(?:et\.?\s+al\.?|and\s+(?:many\s+)?others)\s*\Z|(?<=\w)\s*(?:等人?|他)\Z", re.I)
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|I{2,3}|IV|VI{0,3}|Ph\.?\s?D\.?|M\.?D\.?|Esq\.?", re.I)
_INITIALS = re.compile(r"(?:\w\.?[-‐ ]?){1,4}\.?|(?:\w\w?\.[-‐ ]?){1,4}")
_BARE_INITIALS = re.compile(r"[^\W_][^,]* [A-Z]{1,2}")  # behind a family name, as in medicine
_PARTICLES = frozenset(
    "af al am at auf bin da dal dall' das de de' degli dei del della delle den der des di dos du e el ibn la las le li "
    "lo los of op 't ten ter van vel vom von von und zu zum zur y".split()
)
_GROUP = re.compile(
    r"\b(?:collaboration|consortium|group|team|network|initiative|university|institute|society|committee|association|"
    r"foundation|laborator(?:y|ies)|labs?|cent(?:er|re)|working|project|investigators|contributors|developers|authors|"
    r"department|inc|ltd|gmbh)\b|^the\s",
    re.I,
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MARKS = r"[*∗⁎⋆★†‡§¶#♯✉¹²³⁰-⁹^+~⚹✝]"
_TRAILING = re.compile(rf"(?:\s*(?:\^[^^\s]*\^|{_MARKS}|\\[*]|\$\s*\^\{{?[^$]*\$|\([^()]*\)|\ue000\d+\ue001))++\Z")
_LONGEST = 300  # characters that are looked through for marks, or for the end of emphasis
_LEADING = re.compile(rf"\A(?:{_MARKS}|\ue000\d+\ue001)+\s*")
_KEPT = re.compile("\ue000(\\d+)\ue001")
_MASKED = re.compile(r"\([^()]*\)|\{[^{}]*\}|\$[^$]*\$")
_MARKDOWN_LINK = re.compile(r"\[([^][]*)\]\(([^()\s]*+)[^()]*\)")
_EMPHASIS = re.compile(rf"(\*\*|__)(?=\S)(.{{1,{_LONGEST}}}?)(?<=\S)\1")


class Names(NamedTuple):
    """The persons that a text names, and whether it says that there are ``others``."""

    persons: tuple[Person, ...] = ()
    others: bool = False


def read_names(texts: Iterable[str]) -> Names:
    """Return the persons that one text names, or that the items of a list do, each of them one or several."""
    items = list(texts)
    persons: list[Person] = []
    others = False
    for item in items:
        text, kept = _plain(item)
        if behind := _ET_AL.search(text):
            text, others = text[: behind.start()], True
        for part in _split(text, alone=len(items) > 1):
            if _OTHERS.fullmatch(part):
                others = True
                continue
            if _SUFFIX.fullmatch(part) and persons and not persons[-1].suffix:
                persons[-1] = persons[-1]._replace(suffix=part)
            elif person := _person(part, kept):
                persons.append(person)
    return Names(tuple(persons), others)


def _plain(html: str) -> tuple[str, list[str]]:
    """Return the text without tags, and what the placeholders in it stand for: what is raised, and addresses."""
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _EMPHASIS.sub(r"\2", html.replace("\ue000", "").replace("\ue001", ""))
    text = _MARKDOWN_LINK.sub(lambda link: f"{link[1]}{keep(f'<{link[2]}>')}", text)
    if "<" not in text and "&" not in text:
        return _one_line(text), kept
    parts: list[str] = []
    raised: list[str] = []
    url, depth = "", 0
    for token in scan(text):
        if token.kind == "text":
            (raised if depth else parts).append(unescape(token.source))
        elif token.name == "sup" and (depth := max(0, depth + (1 if token.kind == "start" else -1))) == 0:
            parts.append(keep("".join(raised)) if raised else "")
            raised = []
        elif token.name == "a" and token.kind == "start":
            url = token.attributes.get("href", "")
        elif token.name == "a" and url:
            parts.append(keep(f"<{url}>"))
            url = ""
        elif token.name in ("br", "p", "li", "div"):
            parts.append(", ")
    parts += [keep("".join(raised))] if raised else []
    return _one_line("".join(parts)), kept


def _one_line(text: str) -> str:
    return re.sub(r"(?: ?,)+ ?", ", ", " ".join(text.split()))


def _split(text: str, *, alone: bool) -> Iterator[str]:
    """Yield the names in a text; ``alone`` for an item of a list, in which one comma divides a family name."""
    masked = _MASKED.sub(lambda part: "\ue002" * len(part[0]), text)
    if re.search("[;；]", masked):
        yield from _cut(text, masked, r"\s*[;；]\s*(?:and\s+|&\s*)?")
        return
    if _CJK.search(masked) and re.search("[、，,]", masked):
        yield from _cut(text, masked, r"[、，,]|\s+and\s+|\s*&\s*")
        return
    pieces = list(_cut(text, masked, r"(?:[\s,]+|^)(?:and|und)(?:\s+|$)|\s*&\s*"))
    pairs = [[part.strip() for part in _parted(piece)[0].split(",")] for piece in pieces]
    if all((len(pair) == 2 and _is_inverted(*pair)) or (alone and len(pair) <= 2) for pair in pairs):
        yield from pieces  # "Lee, Ann and Ray, Bob"
    else:
        yield from _joined(list(_cut(text, masked, r"(?:[\s,]+|^)(?:and|und)(?:\s+|$)|\s*&\s*|,")))


def _cut(text: str, masked: str, separator: str) -> Iterator[str]:
    """Yield the parts of a text between separators, which are looked for in the masked text."""
    done = 0
    for match in re.finditer(separator, masked):
        if part := text[done : match.start()].strip(" ,"):
            yield part
        done = match.end()
    if part := text[done:].strip(" ,"):
        yield part


def _joined(parts: list[str]) -> Iterator[str]:
    """Yield the names of a list divided by commas, in which one may stand behind each family name too."""
    words = [_parted(part)[0] for part in parts]
    if words and all(_BARE_INITIALS.fullmatch(word) for word in words) and any(word[-2] == " " for word in words):
        yield from (re.sub(r"\s+(?=[A-Z]+(?![^\W_]))", ", ", part) for part in parts)  # "Lee A, Ray BC"
        return
    single = len(parts) % 2 == 0 and all(" " not in word for word in words)
    inverted = single or (len(words) > 1 and not _is_initials(words[0]) and _is_initials(words[1]))
    index = 0
    while index < len(parts):
        following = words[index + 1 : index + 2]
        if inverted and following and (single or _is_initials(*following)):
            yield f"{parts[index]}, {parts[index + 1]}"
            index += 1
        elif index == 0 and len(parts) == 3 and " " not in parts[0] and _SUFFIX.fullmatch(parts[1]):
            yield ", ".join(parts)  # "Ray, Jr., Bob"
            return
        else:
            yield parts[index]
        index += 1


def _is_initials(text: str) -> bool:
    return bool(_INITIALS.fullmatch(text)) and text == text.upper() != text.lower() and not _SUFFIX.fullmatch(text)


def _is_inverted(before: str, behind: str) -> bool:
    """Return whether a comma divides a family name and what is given, not two names such as ``A. Lee, B. Ray``."""
    if " " in before and any(_is_initials(word) and ("." in word or len(word) == 1) for word in before.split()):
        return False
    family = [word for word in before.split() if word.casefold() not in _PARTICLES]
    given = [word for word in behind.split() if not _is_initials(word)]
    return not _SUFFIX.fullmatch(behind) and bool(behind) and (len(family) == 1 or len(given) <= 1)


def _parted(name: str) -> tuple[str, str]:
    """Return a name without the marks behind it, and these."""
    marks = _TRAILING.search(name, max(0, len(name) - _LONGEST))
    return (name[: marks.start()], marks[0].strip()) if marks else (name, "")


def _person(name: str, kept: list[str]) -> Person | None:
    """Return one person; None where nothing is left of a name."""
    name, marks = _parted(name)
    if leading := _LEADING.match(name):
        name, marks = name[leading.end() :], leading[0].strip() + marks
    name, braced = _KEPT.sub("", name).strip(" ,*_"), name.startswith("{")
    name = re.sub(r"[{}]", "", name)
    urls = [kept[int(number)][1:-1] for number in _KEPT.findall(marks) if kept[int(number)][:1] == "<"]
    marks = _KEPT.sub(lambda found: "" if kept[int(found[1])][:1] == "<" else kept[int(found[1])], marks)
    person = _divided(name, literal=braced)
    return person and person._replace(marks=marks.replace("\\*", "*"), url=next(iter(urls), ""))


def _divided(name: str, *, literal: bool) -> Person | None:
    if not name:
        return None
    if literal or _CJK.search(name) or _GROUP.search(name) or any(map(str.isdigit, name)):
        return Person(literal=name)
    family, comma, given = name.partition(",")
    if comma:
        given, comma, suffix = given.strip().partition(",")
        if _SUFFIX.fullmatch(given):
            given, suffix = suffix.strip(), given
        if given:
            particle, family = _particle(family.split())
            return Person(family, given.strip(), particle, suffix.strip())
        name, suffix = family, suffix.strip()
    else:
        suffix = ""
    words = name.split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) and not _is_initials(words[-1].rstrip("I")):
        suffix = words.pop()
    if len(words) == 1:
        return Person(words[0], suffix=suffix)
    start = next((at for at, word in enumerate(words[1:-1], 1) if word.casefold() in _PARTICLES), len(words) - 1)
    particle, family = _particle(words[start:])
    return Person(family, " ".join(words[:start]), particle, suffix)


def _particle(words: list[str]) -> tuple[str, str]:
    """Return the particle at the beginning of a family name, and the rest."""
    end = 0
    while end < len(words) - 1 and words[end].casefold() in _PARTICLES:
        end += 1
    return " ".join(words[:end]), " ".join(words[end:])
