"""The example values of the template's own configuration, and what people write for "I have none"."""

import re

from .keys import TEXTS

# A text matches from its beginning, a link anywhere; `\A` and `\Z` narrow it. Case does not count.
EXAMPLES = {
    "name": r"(?:your (?:sidebar )?name|name name|first ?name last ?name)\Z",
    "bio": r"short biography for the left-hand sidebar\.?\Z",
    "employer": r"red brick university\Z",
    "email": r"@example\.(?:org|com|edu|net)\Z|\Ayour?[._ -]?e?-?mail|\A(?:name|user|none)@(?:none|email|domain)\b",
    "github": r"\A(?:https?://(?:www\.)?github\.com/)?academicpages/?\Z",
    "googlescholar": r"PS_CX0AAAAAJ|yourscholar",
    "orcid": r"yourorcid|0000-?0000-?0000-?0000|xxxx",
    "pubmed": r"john(?:\+|%20| )snow",
    "bluesky": r"\A(?:https?://bsky\.app/profile/|@)?bsky\.app/?\Z",
    "impactstory": r"xxxx",
    "linkedin": r"\A(?:https?://www\.linkedin\.com/in/)?(?:your-?(?:profile|name)|username)/?\Z",
}
ANY_EXAMPLE = (
    r"(?:your|my)[-_ ]?(?:user[-_ ]?)?(?:name|id|handle|account|profile|url)(?:[-_ ]?here)?|x{4,}|todo|tbd|\.{2,}"
)
NOTHING = frozenset(("none", "n/a", "na", "null", "-", "--", "#", "/", "?"))


def is_example(key: str, text: str) -> bool:
    """Return whether the value of a canonical key is the template's example."""
    pattern = EXAMPLES.get(key)
    if key in TEXTS:
        return pattern is not None and re.match(pattern, text, re.IGNORECASE) is not None
    found = pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None
    return found or re.fullmatch(ANY_EXAMPLE, text, re.IGNORECASE) is not None
