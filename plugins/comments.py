"""Comments in one value of front matter, a data file or the settings: what its author keeps from readers.

A page's own text is another matter: there comments may stand in code, and kramdown's parser decides (`kramdown.input`).
"""

import re

from .problems import InvalidValueError

OPENING = re.compile(r"<!--|\{::comment\b|\{%-?\s*(?:comment\b|\#)|\[(?://|comment)\]:", re.IGNORECASE)

_COMMENT = re.compile(
    r"""<!--.*?-->
    |\{::comment(?:\s[^}]*)?(?:/\}|\}.*?\{:/(?:comment)?\})
    |\{%-?\s*(?:comment\b.*?\{%-?\s*endcomment\b|\#).*?%\}
    |\[(?://|comment)\]:[ \t]*(?:\#|<>)[^\n]*
    |(?P<unclosed><!--|\{::comment\b|\{%-?\s*(?:comment\b|\#))""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def without_comments(value: str) -> str:
    """Return a value without its comments, and without blanks at its ends if it had any.

    Raises InvalidValueError for a comment that is never closed.
    """
    if not OPENING.search(value):
        return value
    return _COMMENT.sub(_nothing, value).strip()


def _nothing(match: re.Match[str]) -> str:
    if match["unclosed"]:
        raise InvalidValueError(
            f"has a '{match[0]}' that is never closed", "write where the comment ends, or delete it"
        )
    return ""


def public(value: object, depth: int = 9) -> object:
    """Return a value of a setting with the texts in its lists and mappings without comments."""
    if isinstance(value, str):
        return without_comments(value)
    if depth and isinstance(value, list | tuple):
        items = [public(item, depth - 1) for item in value]
        return items if isinstance(value, list) else tuple(items)
    if depth and isinstance(value, dict):
        return {public(key, depth - 1): public(item, depth - 1) for key, item in value.items()}
    return value
