"""The example values of the template's own configuration, and what people write for "I have none"."""

import re

from .keys import TEXTS

# Found anywhere in a value, whatever its case.
EXAMPLES = {
    "name": r"\A(?:your (?:sidebar )?name|name name|first ?name last ?name)\Z",
    "bio": r"\Ashort biography for the left-hand sidebar\.?\Z",
    "employer": r"\Ared brick university\Z",
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
    if re.search(EXAMPLES.get(key, "(?!)"), text, re.IGNORECASE):
        return True
    return key not in TEXTS and re.fullmatch(ANY_EXAMPLE, text, re.IGNORECASE) is not None
