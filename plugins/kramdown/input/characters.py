"""The text as the parsers need it: line feeds only, and no character that HTML forbids."""

import re

# Controls and noncharacters, which HTML does not allow (https://infra.spec.whatwg.org/#noncharacter).
# U+FDD0 marks the place of a comment (`comments`), so it must not come from the author.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")


def clean(text: str) -> str:
    """Return the text without forbidden characters, its lines ended by line feeds, with one at the end."""
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    text = _SURROGATE.sub("\ufffd", _FORBIDDEN.sub("", text).replace("\v", " "))
    return text.removesuffix("\n") + "\n"
