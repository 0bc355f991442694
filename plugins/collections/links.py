"""The links of an entry: what a key or an address says about where a link leads."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..addresses import local
from ..markup import scan, to_text
from ..problems import InvalidValueError
from ..yaml_mapping import Value
from .entry import EntryLink
from .keys import name

NOTHING = frozenset(("", "none", "n/a", "na", "nil", "null", "-", "--", "#", "/", "?", "tba", "tbd", "todo", "no", "x"))
"""What people write for "there is none"."""


class Kind(NamedTuple):
    """One kind of link: its label, the keys that hold it, and what its addresses look like."""

    label: str
    keys: str = ""
    addresses: str = ""


_ORDER = "pdf doi arxiv publisher code data slides poster video project bibtex".split()
KINDS = {
    "arxiv": Kind("arXiv", "arxiv arxivurl arxivid arxivlink eprint", r"(?:[\w-]+\.)?arxiv\.org/"),
    "doi": Kind("DOI", "doi doiurl doilink", r"(?:dx\.)?doi\.org/10\.|[^/]+/doi/(?:abs/|full/|pdf/)?10\."),
    "slides": Kind(
        "Slides",
        "slides slidesurl slideurl slide presentation presentationurl slideslink",
        r"docs\.google\.com/presentation|speakerdeck\.com/|slideshare\.net/|[^?#]*\.(?:pptx?|key|odp)(?=[?#]|\Z)",
    ),
    "poster": Kind("Poster", "poster posterurl posterlink"),
    "video": Kind(
        "Video",
        "video videourl videolink youtube recording recordingurl talkvideo",
        r"(?:m\.)?youtube\.com/|youtu\.be/|vimeo\.com/|bilibili\.com/|[^?#]*\.(?:mp4|webm|mov)(?=[?#]|\Z)",
    ),
    "code": Kind(
        "Code",
        "code codeurl codelink github githuburl gitlab repo repository repourl software softwareurl source sourcecode",
        r"(?:gist\.)?github\.com/|gitlab\.com/|bitbucket\.org/|codeberg\.org/|colab\.research\.google\.com/|[^?#]*\.ipynb(?=[?#]|\Z)",
    ),
    "data": Kind(
        "Data",
        "data dataurl datalink dataset dataseturl datasets datasetlink",
        r"zenodo\.org/|osf\.io/|kaggle\.com/|dataverse\.|datadryad\.org/|[^?#]*\.(?:csv|zip|tar\.gz)(?=[?#]|\Z)",
    ),
    "project": Kind("Project", "project projecturl projectpage projectlink website websiteurl site homepage demo"),
    "bibtex": Kind("BibTeX", "bibtexurl bibtex biburl bib citationurl bibtexlink", r"[^?#]*\.bib(?=[?#]|\Z)"),
    "pdf": Kind(
        "PDF",
        "pdf pdfurl pdflink paperurl paper paperlink paperpdf fulltext preprint preprinturl",
        r"[^?#]*\.pdf(?=[?#]|\Z)",
    ),
    "publisher": Kind("Publisher", "publisherurl journalurl publisherlink"),
}
KEYS = {key: kind for kind, row in KINDS.items() for key in row.keys.split()}
_BY_ADDRESS = "|".join(f"(?P<{kind}>{row.addresses})" for kind, row in KINDS.items() if row.addresses)
_ADDRESSES = re.compile(rf"(?:\w+:)?(?://)?(?:www\.)?(?:{_BY_ADDRESS})", re.IGNORECASE)
LABELS = {  # of keys that have no kind
    "download": "Download",
    "link": "Link",
    "url": "Link",
    "links": "",
    "actions": "",
    "ctaurl": "Link",
    "docs": "Documentation",
    "researchgate": "ResearchGate",
    "talkurl": "Talk",
    "materials": "Materials",
    "materialsurl": "Materials",
    "supplement": "Supplement",
    "supp": "Supplement",
    "appendix": "Appendix",
    "syllabus": "Syllabus",
    "syllabusurl": "Syllabus",
    "blog": "Blog post",
    "press": "Press",
    "thread": "Thread",
    "notebook": "Notebook",
    "tutorial": "Tutorial",
    "venueurl": "",
    "venuelink": "",
    "conferenceurl": "Conference",
    "courseurl": "Course",
    "handout": "Handout",
    "handouts": "Handouts",
}
_PLAIN_URL = re.compile(r"https?://(?!academicpages\.github\.io)[\w.-]+/[\w./~%=&?+#:@!-]*", re.ASCII)
_SCHEME = re.compile(r"(?:https?|ftp)://[^\s/]|mailto:\S", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|ai|dev|app|info|eu|me|co|[a-z]{2})(?=[/:?#]|\Z))[^\s]*", re.I
)
_FILE = re.compile(
    r"[^\s?#:][^?#:]*\.(?:pdf|ps|pptx?|key|odp|docx?|zip|gz|bib|html?|txt|md|ipynb|csv|tex|mp4|webm|mov|mp3|png|jpe?g|gif"
    r"|svg|webp|avif|json|xlsx?|epub|[rc]|py|m)(?:[?#]\S*)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_IN_TEXT = re.compile(r"(?:doi\.org/|\bdoi:?\s*|/doi/(?:abs/|full/|pdf/)?)(10\.\d{4,9}/[^\s\"'<>]+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv:?\s*)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)(?:\s*\[[\w.-]+\])?", re.I
)
_MARKDOWN = re.compile(r"\[([^][]*)\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)")
_TEMPLATE = re.compile(
    r"https?://academicpages\.github\.io/(?:files/(?:paper|slides|bibtex)\d\.(?:pdf|bib)|.*/files/paper\d)",
    re.IGNORECASE,
)


def links_of(key: str, value: Value) -> Iterator[EntryLink]:
    """Yield the links of one value of a key. Raises InvalidValueError for what is no address."""
    if isinstance(value, list):
        for item in value:
            yield from links_of(key, item)
    elif isinstance(value, dict):
        yield from _of_mapping(key, value)
    elif not isinstance(value, bool) and value is not None and str(value).strip().casefold() not in NOTHING:
        yield from _of_text(key, str(value).strip())


def is_link_key(key: str) -> bool:
    """Whether a key is one whose value is an address."""
    return name(key) in KEYS or name(key) in LABELS


def is_address(text: str) -> bool:
    """Return whether a text, under whatever key, can be nothing but an address."""
    text = text.strip()
    return bool(_SCHEME.match(text) or re.match(r"/{1,2}[\w.~-]+[/.]|/[\w-]+\Z", text)) and not re.search(r"\s", text)


def doi_of(text: str) -> str:
    """Return the DOI in an address or in a text that says which number is one, "" without one."""
    found = _DOI_IN_TEXT.search(unquote(text)) if "10." in text else None
    return found[1].rstrip(".,;)]") if found else ""


def kind_of(url: str) -> str:
    """Return the kind of an address by its host or its file's name, "" for any other."""
    found = _ADDRESSES.match(url)
    return (found and found.lastgroup) or ""


def rank(link: EntryLink) -> int:
    """Return where a link stands among those of its entry."""
    return _ORDER.index(link.kind) if link.kind in _ORDER else len(_ORDER)


def of_title(found: Iterable[EntryLink]) -> str:
    """Return where an entry's title leads: to what has no kind of its own, else to the paper, "" for nowhere."""
    by_kind = {link.kind: link.url for link in reversed(list(found)) if link.kind or link.label == LABELS["link"]}
    return next((by_kind[kind] for kind in ("", "publisher", "doi", "arxiv", "pdf", "project") if kind in by_kind), "")


def address(text: str) -> str:
    """Return an address as a link has it: with a scheme, or from the root of the site. Raises InvalidValueError."""
    text = text.strip().strip("<>").strip()
    if _TEMPLATE.match(text):
        raise InvalidValueError("is the template's example, and is left out", "write yours, or delete the key")
    if _SCHEME.match(text) or text.startswith("//"):
        if re.search(r"\s", text):
            raise InvalidValueError("is not an address", "write one address without spaces")
        try:
            urlsplit(text).port  # noqa: B018  (it raises for what is none)
        except ValueError:
            raise InvalidValueError("is not an address", "write one such as 'https://example.org/paper'") from None
        return _quoted(text)
    if _HOST.fullmatch(text) and not (_FILE.fullmatch(text) and "/" not in text):
        return _quoted(f"https://{text}")
    if _ANY_SCHEME.match(text):
        raise InvalidValueError("is an address that pages must not link", "write one that begins with https://")
    if text.startswith(("/", "#", "?")) and not re.search(r"\s", text):
        return _quoted(text)
    if _FILE.fullmatch(text):
        return _quoted("/" + re.sub(r"^(?:\.{0,2}/)+", "", text))
    raise InvalidValueError("is not an address, and is not linked", "write one such as '/files/paper.pdf'")


def settled(url: str, collection: str, site_url: str, files: Container[str]) -> str:
    """Return an address of one of the site's ``files`` from the root of the site, whatever the author wrote before it.

    That is the site's own address, the path below which it lives, or nothing where the file lies in the folder of its
    collection. Other addresses stay.
    """
    path = local(site_url, url)
    if not path.startswith("/") or path.startswith("//"):
        return url
    base, name = urlsplit(site_url).path.rstrip("/"), unquote(re.sub(r"[?#].*", "", path))
    if name[1:] in files:
        return path
    if base and name.startswith(f"{base}/") and name.removeprefix(f"{base}/") in files:
        return path.removeprefix(base)
    return f"/{collection}{path}" if f"{collection}{name}" in files else path


def _of_mapping(key: str, value: Mapping[str, Value]) -> Iterator[EntryLink]:
    """Yield the link of {label, url}, or one for each pair of {label: url}."""
    known = {name(inner): item for inner, item in value.items()}
    url = next((known[word] for word in ("url", "href", "link", "address") if known.get(word)), None)
    if url is None:
        for inner, item in value.items():
            yield from links_of(inner, item)
        return
    label = next((str(known[word]) for word in ("label", "title", "name", "text") if known.get(word)), "")
    yield from (link._replace(label=to_text(label) or link.label) for link in links_of(key, url))


def _of_text(key: str, text: str) -> Iterator[EntryLink]:
    kind = KEYS.get(name(key), "")
    if _PLAIN_URL.fullmatch(text):
        yield _link(key, kind, text)
    elif kind == "arxiv" and (match := _ARXIV.fullmatch(text)):
        yield _link(key, kind, f"https://arxiv.org/abs/{match[1]}")
    elif match := _DOI.fullmatch(text):
        yield _link(key, "doi", f"https://doi.org/{_quoted(match[1])}")
    elif written := [(link[1], link[2]) for link in _MARKDOWN.finditer(text)] or list(in_html(text)):
        for label, url in written:
            yield _link(key, "" if label else kind, address(url), to_text(label))
    else:
        parts = re.split(r"[\s,;]+", text)
        for part in parts if len(parts) > 1 and all(map(is_address, parts)) else [text]:
            yield _link(key, kind, address(part))


def in_html(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words, as HTML, and the address of each link in HTML."""
    if "<a" not in text and "<A" not in text:
        return
    url, words = "", ""
    for token in scan(text):
        if token.kind == "start" and token.name == "a":
            url, words = token.attributes.get("href", ""), ""
        elif token.kind == "text":
            words += token.source
        elif token.name == "a" and url:
            yield words, url
            url = ""


def _link(key: str, kind: str, url: str, label: str = "") -> EntryLink:
    """Return a link; its address says what it is where its key says only that it is the paper, or nothing."""
    by_address = kind_of(url)
    if kind == "pdf" and by_address != "pdf" and "/pdf" not in url:
        kind = by_address or "publisher"
    elif name(key) in ("link", "url", "links"):
        kind = by_address
    return EntryLink(kind, label or label_of(key, kind), url)


def label_of(key: str, kind: str = "") -> str:
    """Return what a link is called on the page: ``talk_url`` → "Talk"."""
    if label := KINDS[kind].label if kind else LABELS.get(name(key)):
        return label
    words = re.sub(r"[-_\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)).strip()
    words = re.sub(r"(?i)(?<=\w) ?(?:url|link|href)$", "", words) or words or "Link"
    return words[:1].upper() + words[1:]


def _quoted(url: str) -> str:
    """Return an address with escapes for what no address may hold."""
    return re.sub(
        r"[\s\"<>\\^`{|}\x00-\x1f\x7f]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url
    )
