"""The addresses that entries and their lists had on the old site → redirects to where a page shows them now.

The address of an entry was its ``permalink``, else what the pattern of its collection makes of its file's name; a
Jekyll site has the patterns in its ``_config.yml``, which is ``content/site.yml`` here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from ..addresses import encode, slashed
from ..permalinks import PRETTY, slugify
from ..problems import InvalidValueError, Place, Problems
from ..site import PERMANENT, Claim, Document, Redirect
from ..yaml_mapping import Value
from .articles import ARTICLES, LISTS
from .entry import Entry
from .placing import Placed

PATTERN = "/:collection/:path/"  # of academicpages
HOME = "/"
TEMPORARY = 302
_ELSEWHERE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_DATE = re.compile(r"\A\d{2,4}-\d{1,2}-\d{1,2}-(?=.)")  # before the title in a file's name


def old_addresses(
    entries: Iterable[Entry],
    documents: Iterable[Document],
    placed: Placed,
    config: Mapping[str, Value],
    parse: Callable[[str], str],
    problems: Problems,
) -> list[Redirect]:
    """Return the redirects of entries and of their collections' lists.

    ``placed`` says where they are shown now, ``config`` is what content/site.yml holds, ``parse`` returns an address
    decoded. The addresses of entries that no page shows lead to the home page, with a warning.
    """
    document_of = {document.path: document for document in documents}
    redirects: list[Redirect] = []
    lists = {**placed.own, **placed.sections}
    hidden: dict[str, Place] = {}
    for entry in entries:
        document = document_of.get(entry.place.path)
        if document is None:  # of a list of publications, in which nothing had a page
            continue
        shown = placed.entries.get((entry.collection, entry.anchor)) or placed.own.get(entry.collection)
        if shown:
            lists.setdefault(entry.collection, shown.partition("#")[0])
        else:
            hidden.setdefault(entry.collection, Place(document.path.removesuffix(f"/{document.name}")))
        for key, pattern in _addresses(entry, pattern_of(entry.collection, config)):
            place, text = document.place(key), filled(pattern, document)
            try:
                source = parse(text)
            except InvalidValueError as error:
                problems.warn(place, f"{text!r} {error.message}, and leads nowhere", error.hint)
                continue
            claim: Claim = "former" if key else "default"
            status = PERMANENT if shown else TEMPORARY
            redirects.append(Redirect(source, shown or HOME, place, slashed(text), status, claim=claim))
    redirects.sort(key=lambda redirect: redirect.place.key == "redirect_from")  # a page has precedence, as in Jekyll
    for name, place in hidden.items():
        message = "holds entries that no page shows: their old addresses lead to the home page"
        problems.warn(place, message, f"add {name!r} to SECTIONS, or write '{{% section {name} %}}' into a page")
    lists |= dict.fromkeys(LISTS, lists[ARTICLES]) if ARTICLES in lists else {}
    for name in {**hidden, **lists}:
        target, status = lists.get(name, HOME), PERMANENT if name in lists else TEMPORARY
        redirects.append(Redirect(f"/{name}/", target, Place(""), f"/{name}/", status, claim="default"))
    return redirects


def pattern_of(collection: str, config: Mapping[str, Value]) -> str:
    """Return the pattern of the addresses of a collection's documents that have no permalink."""
    match config.get("collections"):
        case {**collections} if isinstance(options := collections.get(collection), Mapping):
            return str(options.get("permalink") or PATTERN)
    return PATTERN


def _addresses(entry: Entry, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the text of each old address of an entry; no key for what the file's name makes."""
    if not entry.permalink:
        yield "", pattern
    elif not _ELSEWHERE.match(entry.permalink):
        yield "permalink", entry.permalink
    for text in entry.redirect_from:
        yield "redirect_from", text


def filled(text: str, document: Document) -> str:
    """Return a permalink with the words for its placeholders, encoded (``Jekyll::Drops::UrlDrop``)."""
    if ":" not in text:
        return text
    path = str(PurePosixPath(document.name).with_suffix(""))
    name = PurePosixPath(path).name
    slug = str(document.front_matter.get("slug") or _DATE.sub("", name))
    words = {
        "collection": document.collection,
        "path": path,
        "name": slugify(name),
        "title": slugify(slug, PRETTY, cased=True),
        "slug": slugify(slug),
        "output_ext": ".html",
    }
    return re.sub(r":([a-z_]+)", lambda found: encode(words[found[1]]) if found[1] in words else found[0], text)
