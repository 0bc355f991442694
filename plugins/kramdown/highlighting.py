"""Code in colour: Pygments' classes, which are also those of the old site's Rouge."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement


def highlight(code: Element, source: str, language: str) -> None:
    """Fill a `<code>` with the source, its tokens in spans if the language is known. Pygments is loaded only then."""
    if not language:
        code.text = source
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.partition("?")[0], stripnl=False, ensurenl=False)
    except ClassNotFound:
        code.text = source
        return
    for kind, text in lexer.get_tokens(source):
        name = STANDARD_TYPES.get(kind, "")
        if name:
            SubElement(code, "span", {"class": name}).text = text
        elif len(code):
            code[-1].tail = (code[-1].tail or "") + text
        else:
            code.text = (code.text or "") + text
