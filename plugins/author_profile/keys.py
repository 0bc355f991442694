"""What an author may write in authors.yml: every key that is not a service's, and the other names of all of them."""

import re

from .services import SERVICES

# Shown as text. `employer` is academicpages' word for one affiliation, `affiliation` takes several.
TEXTS = frozenset(
    "name native_name pronunciation post_nominals pronouns role bio location employer affiliation interests avatar "
    "avatar_alt".split()
)
# key → label of what is linked but is no service
PAGES = {"uri": "Website", "cv": "CV", "rss": "RSS", "calendar": "Calendar"}
CONTACTS = frozenset("email phone address".split())

# Other names, as al-folio, HugoBlox, older templates and people write them; without their joints (see `canonical`).
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
    "namenative": "native_name", "chinesename": "native_name", "biography": "bio",
    "photo": "avatar", "image": "avatar", "picture": "avatar", "portrait": "avatar", "interest": "interests",
    "researchinterests": "interests", "photoalt": "avatar_alt", "office": "address", "pronoun": "pronouns",
}  # fmt: skip
_KNOWN = {re.sub(r"[-_]", "", key): key for key in (*TEXTS, *PAGES, *CONTACTS, *SERVICES, "links")}
_ENDING = re.compile(r"(?:userid|username|useraccount|profile|profileurl|account|handle|user|url|link|page|id)$")


def canonical(key: str) -> str | None:
    """Return the key that ``key`` means, or None for one that nobody knows.

    Case, blanks, hyphens and underscores do not count, nor does an ending such as ``_username`` or ``_id``:
    ``scholar_userid`` → ``googlescholar``, ``Github-Username`` → ``github``.
    """
    bare = re.sub(r"[-_\s.]+", "", key.casefold())
    for name in (bare, _ENDING.sub("", bare)):
        known = _KNOWN.get(name) or _ALIASES.get(name)
        if known:
            return known
    return None
