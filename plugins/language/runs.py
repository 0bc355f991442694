"""Runs of another script inside a text get the ``lang`` of their language, if there is no doubt which it is.

A Han name in an English page without a ``lang`` is drawn in whichever font comes first, and read aloud letter by
letter. Which language a run is in, first match wins:

1. what the author chose for its script (``SCRIPT_LANGS``, ``script_langs``); "" leaves the script alone;
2. the one language that the script is written for: Kana, Hangul, Thai, Hebrew …; Greek only if a letter has an accent,
   since single letters are mathematics;
3. for Han on a page with Kana: Japanese;
4. none: a wrong language would be worse.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..problems import Place, Problems
from ..scripts import SCRIPTS, direction, script_of, scripts_of

_UNMARKED = frozenset("code pre kbd samp script style textarea title math svg option".split())
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED_GREEK = re.compile("[άέήίόύώΆΈΉΊΌΎΏ]")
_LATIN_END = "\u0370"  # the first character after Latin letters and their accents


class Run(NamedTuple):
    """A part of a text in one script."""

    start: int
    end: int
    script: str


def mark(root: Element, language: str, chosen: Mapping[str, str]) -> None:
    """Set ``lang``, and ``dir`` where it differs, on the runs of a converted page, in place.

    ``language`` is the page's, ``chosen`` the author's choice, script → language. An element that contains one run and
    nothing else gets the attributes itself; a part of a text becomes a ``span``. Code, formulas and what has a ``lang``
    already stay as they are, and so do the page's own scripts.
    """
    own = scripts_of(language)
    found = [(parent, child, text, runs) for parent, child, text in _texts(root) if (runs := list(_runs(text, own)))]
    has_kana = any(run.script == "Kana" for *_, runs in found for run in runs)
    for parent, places in groupby(found, key=itemgetter(0)):
        spans: dict[Element | None, list[Element]] = {}
        for _, child, text, runs in places:
            marked = [(run, lang) for run in runs if (lang := _language(text, run, chosen, has_kana))]
            if not marked:
                continue
            run, lang = marked[0]
            if child is None and parent is not root and not len(parent) and _is_all_of(text, run):
                parent.attrib |= _attributes(lang, language)
                continue
            if child is None:
                parent.text = text[: run.start]
            else:
                child.tail = text[: run.start]
            spans[child] = []
            ends = [run.start for run, _ in marked[1:]] + [len(text)]
            for (run, lang), end in zip(marked, ends, strict=True):
                span = Element("span", _attributes(lang, language))
                span.text, span.tail = text[run.start : run.end], text[run.end : end]
                spans[child].append(span)
        if spans:
            children = [(child, *spans.get(child, ())) for child in parent]
            parent[:] = [*spans.get(None, ()), *(element for group in children for element in group)]


def heading_html(text: str, language: str, chosen: Mapping[str, str]) -> str:
    """Return a title as HTML: its runs marked as in the page, its ampersands set as in the headings of the page."""
    runs = list(_runs(text, scripts_of(language)))
    has_kana = any(run.script == "Kana" for run in runs)
    parts: list[str] = []
    done = 0
    for run in runs:
        if lang := _language(text, run, chosen, has_kana):
            attributes = "".join(f' {name}="{value}"' for name, value in _attributes(lang, language).items())
            parts += [escape(text[done : run.start]), f"<span{attributes}>{escape(text[run.start : run.end])}</span>"]
            done = run.end
    html = "".join(parts) + escape(text[done:])
    if "&amp;" not in html:
        return html
    from typogrify.filters import amp  # only where a title has one: it takes longer to import than a page to write

    finished: str = amp(html)
    return finished


def script_langs(value: object, place: Place, problems: Problems) -> dict[str, str]:
    """Return the author's choice of a language for each script; report what is not a script and its language."""
    chosen: dict[str, str] = {}
    if value is not None and not isinstance(value, Mapping):
        problems.error(place, f"{value!r} is not a mapping", "write 'Han: ja'")
        return chosen
    for script, language in (value or {}).items():
        if script in SCRIPTS and isinstance(language, str | None):
            chosen[script] = language or ""
        else:
            hint = f"the scripts are {', '.join(SCRIPTS)}"
            problems.error(place, f"'{script}: {language}' is not a script and its language", hint)
    return chosen


def _texts(root: Element) -> Iterator[tuple[Element, Element | None, str]]:
    """Yield parent, child and text of each text with other letters than Latin, the texts of one parent together.

    The text follows the child; where that is None, it is the parent's first.
    """
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        if parent.text and _is_mixed(parent.text):
            yield parent, None, parent.text
        for child in parent:
            if child.tail and _is_mixed(child.tail):
                yield parent, child, child.tail
            if isinstance(child.tag, str) and child.tag.lower() not in _UNMARKED and "lang" not in child.attrib:
                waiting.append(child)


def _is_mixed(text: str) -> bool:
    return not text.isascii() and any(character >= _LATIN_END and script_of(character) for character in set(text))


def _runs(text: str, own: tuple[str, ...]) -> Iterator[Run]:
    """Yield each run in a script that is not one of the page's own; blanks and signs inside it do not end it."""
    start = end = 0
    current = ""
    for position, character in enumerate(text):
        if character < _LATIN_END:
            if current and character.isalpha():
                yield Run(start, end, current)
                current = ""
            continue
        script = script_of(character)
        if not script:
            continue
        if {script, current} == {"Han", "Kana"}:  # Japanese mixes them
            script = current = "Kana"
        if script != current:
            if current:
                yield Run(start, end, current)
            start, current = position, "" if script in own else script
        end = position + 1
    if current:
        yield Run(start, end, current)


def _language(text: str, run: Run, chosen: Mapping[str, str], has_kana: bool) -> str:
    script = "Kana" if run.script == "Han" and has_kana and "Han" not in chosen else run.script
    is_symbol = script == "Greek" and not _ACCENTED_GREEK.search(text, run.start, run.end)
    return chosen.get(script, "" if is_symbol else SCRIPTS[script])


def _is_all_of(text: str, run: Run) -> bool:
    return not _LETTER.search(text, 0, run.start) and not _LETTER.search(text, run.end)


def _attributes(lang: str, page_language: str) -> dict[str, str]:
    written = direction(lang)
    return {"lang": lang} | ({"dir": written} if written != direction(page_language) else {})
