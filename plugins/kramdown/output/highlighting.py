"""Syntax highlighting: Pygments' classes, which are also those of Rouge, Jekyll's highlighter."""

from contextlib import suppress
from xml.etree.ElementTree import Element, SubElement

from .elements import append_text


def highlight(code: Element, source: str, language: str) -> None:
    """Fill a `<code>` with the source, with spans if the language is known. Pygments is loaded only if one is named."""
    code.text = source
    if not language:
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    with suppress(ClassNotFound):
        lexer = get_lexer_by_name(language.partition("?")[0], stripnl=False, ensurenl=False)
        code.text = None
        for kind, text in lexer.get_tokens(source):
            if name := STANDARD_TYPES.get(kind, ""):
                SubElement(code, "span", {"class": name}).text = text
            else:
                append_text(code, text)
