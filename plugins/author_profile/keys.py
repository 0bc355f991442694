"""The keys that an author may write in authors.yml, the other names of each, and values that count as none."""

import re

from .services import SERVICES

# Texts. `employer` is academicpages' word for one affiliation, `affiliation` takes several. `name_variants` are not
# shown: by them the author is found among those of a publication.
TEXTS = frozenset(
    "name native_name name_variants pronunciation post_nominals pronouns role bio location employer affiliation "
    "interests avatar avatar_alt avatar_focus".split()
)
# key → label of links that are not services
PAGES = {"uri": "Website", "cv": "CV", "rss": "RSS", "calendar": "Calendar"}
CONTACTS = frozenset("email phone address".split())

KEYS = frozenset((*TEXTS, *PAGES, *CONTACTS, *SERVICES, "links"))

# Other names, as al-folio, HugoBlox, older templates and people write them; without separators (see `canonical`).
_ALIASES = {
    "x": "twitter", "scholar": "googlescholar", "google": "googlescholar", "semanticscholar": "semantic",
    "s2": "semantic", "inspire": "inspire-hep", "researcherid": "webofscience", "wos": "webofscience",
    "publons": "webofscience", "acl": "aclanthology", "acmdl": "acm", "hf": "huggingface", "ieeexplore": "ieee",
    "stackexchange": "stackoverflow", "googleplus": "google_plus", "gplus": "google_plus", "bsky": "bluesky",
    "twitterx": "twitter", "ncbi": "pubmed", "halscience": "hal", "academiaedu": "academia",
    "mail": "email", "emails": "email", "tel": "phone", "telephone": "phone", "mobile": "phone",
    "website": "uri", "web": "uri", "homepage": "uri", "url": "uri", "site": "uri", "work": "uri",
    "resume": "cv", "cvpdf": "cv", "vita": "cv", "feed": "rss", "rssicon": "rss", "calendly": "calendar",
    "affiliations": "affiliation", "organization": "affiliation", "organizations": "affiliation",
    "institution": "affiliation", "university": "affiliation", "company": "employer",
    "position": "role", "jobtitle": "role", "job": "role", "suffix": "post_nominals",
    "credentials": "post_nominals", "degrees": "post_nominals", "phonetic": "pronunciation",
    "namenative": "native_name", "chinesename": "native_name", "namevariant": "name_variants",
    "aliases": "name_variants", "biography": "bio",
    "photo": "avatar", "image": "avatar", "picture": "avatar", "portrait": "avatar", "interest": "interests",
    "researchinterests": "interests", "photoalt": "avatar_alt", "office": "address", "pronoun": "pronouns",
    "photofocus": "avatar_focus",
}  # fmt: skip
_BY_NAME = {**_ALIASES, **{re.sub(r"[-_]", "", key): key for key in KEYS}}
_ENDING = re.compile(r"(?:userid|username|useraccount|profile|profileurl|account|handle|user|url|link|page|id)$")

# The example values of the template's own configuration, found anywhere in a value, whatever its case.
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
NOTHING = frozenset(("none", "n/a", "na", "null", "-", "--", "#", "/", "?"))  # what people write for "I have none"


def canonical(key: str) -> str:
    """Return the key in ``KEYS`` that ``key`` means; an unknown key unchanged.

    Case, spaces, hyphens and underscores do not count, nor does an ending such as ``_username`` or ``_id``:
    ``scholar_userid`` → ``googlescholar``, ``Github-Username`` → ``github``.
    """
    name = re.sub(r"[-_\s.]+", "", key.casefold())
    return _BY_NAME.get(name) or _BY_NAME.get(_ENDING.sub("", name)) or key


def is_example(key: str, text: str) -> bool:
    """Return whether the value of a canonical key is the template's example."""
    if re.search(EXAMPLES.get(key, "(?!)"), text, re.IGNORECASE):
        return True
    return key not in TEXTS and re.fullmatch(ANY_EXAMPLE, text, re.IGNORECASE) is not None
