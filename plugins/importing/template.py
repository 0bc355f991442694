"""Which files are the template's own: those all of whose sentences are, in any of its versions. Reads the table once.

`template-sentences.txt` holds hashes of the normalized sentences of academicpages' sample files, as they have been from
2016 to 2026. One sentence of the owner's, in a comment too, or one address of the owner's makes a file the owner's.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parent / "template-sentences.txt"
_TELLING = 20  # letters of a sentence that two people do not write by chance, as they do `About me`
_FEW = 4  # sentences of the template beside a list: a sample page has more
_DIGITS = 12  # hexadecimal, of a sentence's SHA-256
_HOSTS = (  # whose addresses in sample files say nothing about an owner
    r"academicpages\.github\.io|github\.com/academicpages|getorg-testacct\.github\.io|archive\.is|"
    r"mmistakes\.github\.io|example\d?(?:url)?\.com|exampleurl\.com"
)
_TEMPLATES_ADDRESS = re.compile(rf"https?://(?:www\.)?(?:{_HOSTS})\S*?(?=[\s\"'<>)]|$)")
_ADDRESS = re.compile(r"(?:https?://|/?(?:files|images)/)[^\s\"'<>)]+")
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>", re.DOTALL)
_STRUCTURE = re.compile(  # keys of front matter that say nothing a reader sees
    r"(?:layout|collection|category|permalink|date|author_profile|redirect_from|comments|share|related|read_time|modified"
    r"|toc|classes|sitemap|search|published|last_modified_at)[ \t]*:.*(?:\n[ \t]*-[ \t].*)*\n?",
)
_KEY = re.compile(r"^[ \t]*[\w-]+[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_END = re.compile(r"(?<=[.!?:;])[\s\"')\]]+|[\n\t|]")
_LISTED = re.compile(r"site\.(\w+)|\binclude[ \t]+(\w+)|\{%-?[ \t]*(bibliography)\b")


def sentences(text: str) -> Iterator[str]:
    """Yield the normalized sentences of a page or an entry: letters and digits only, in lower case.

    Those of its front matter's values and comments too, and each address of a file or site. Liquid and HTML's tags say
    nothing; neither does a sentence without a letter.
    """
    text = unicodedata.normalize("NFKC", unescape(text.replace("\r\n", "\n")))
    if front := _FRONT_MATTER.match(text):
        text = _KEY.sub("\n", re.sub(rf"(?m)^{_STRUCTURE.pattern}", "", front[1])) + "\n" + text[front.end() :]
    text = _TEMPLATES_ADDRESS.sub(" ", _LIQUID.sub("\n", text))
    for address in _ADDRESS.findall(text):
        yield re.sub(r"^https?://|/$", "", address.casefold())
    text = _TAG.sub(" ", _ADDRESS.sub(" ", text))
    for part in _END.split(text):
        plain = "".join(letter for letter in part.casefold() if letter.isalnum())
        if any(map(str.isalpha, plain)):
            yield plain


def is_templates(text: str) -> bool:
    """Return whether every sentence of a text is the template's, and one of them is not what anybody may write."""
    telling = False
    for sentence in sentences(text):
        if digest(sentence) not in known():
            return False
        telling |= len(sentence) >= _TELLING
    return telling


def leftovers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line of an owner's page that still says what the template says."""
    for number, line in enumerate(text.split("\n"), 1):
        if any(len(each) >= _TELLING and digest(each) in known() for each in sentences(line)):
            yield number, line.strip()


def says_nothing(text: str) -> bool:
    """Return whether a page has neither words nor addresses nor Liquid below its front matter."""
    body = _body(text)
    return "{" not in body and next(sentences(body), None) is None


class Listing(NamedTuple):
    """A page that shows nothing but what its Liquid lists: the collections and includes that it asks for."""

    collections: tuple[str, ...]


def listing(text: str) -> Listing | None:
    """Return what a page lists that has no words of its owner below its title; None for any other page."""
    body = _body(text)
    found = list(sentences(body))
    if "{%" not in body or len(found) > _FEW or any(digest(each) not in known() for each in found):
        return None
    asked = ("".join(names) for code in _LIQUID.findall(body) for names in _LISTED.findall(code))
    return Listing(tuple(dict.fromkeys("publications" if name == "bibliography" else name for name in asked)))


def _body(text: str) -> str:
    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    return text[front.end() if front else 0 :]


def digest(sentence: str) -> str:
    """Return how a sentence stands in the table."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:_DIGITS]


@cache
def known() -> frozenset[str]:
    """Return the hashes of the table."""
    lines = _TABLE.read_text("ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
