"""The source as the parsers need it: lines that end with one line feed, characters that HTML may hold."""

import re

# Controls and noncharacters: HTML allows none of them (https://infra.spec.whatwg.org/#noncharacter), and nobody sees
# them. U+FDD0 marks where a comment stood (plugins.kramdown.comments), so that it must not come from outside.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")


def clean(text: str) -> str:
    """Return the text with line feeds only, one at its end, and no character that no one can read."""
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    text = _SURROGATE.sub("\ufffd", _NOT_TEXT.sub("", text).replace("\v", " "))
    return text.removesuffix("\n") + "\n"
