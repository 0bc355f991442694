"""Documents of collections, as a build reads them."""

import functools

from markdown import Markdown

from plugins.adapter import FinishTree
from plugins.collections.entry import Entry
from plugins.collections.reading import read_documents
from plugins.front_matter import parse
from plugins.kramdown import makeExtension
from plugins.problems import Place, Problems
from plugins.site import Document


@functools.cache
def converter() -> Markdown:
    md = Markdown(extensions=[makeExtension()], output_format="html")
    md.treeprocessors.register(FinishTree(), "finish", -100)
    return md


def convert(markdown: str, place: Place, problems: Problems, *, spans_only: bool = False) -> str:
    """Convert Markdown as the adapter does."""
    md = converter()
    md.reset()
    md.spans_only = spans_only  # type: ignore[attr-defined]
    return md.convert(markdown)


def document(text: str, name: str = "2020-05-17-paper.md", collection: str = "publications") -> Document:
    """Return the document that a file of this text is."""
    path = f"content/{collection}/{name}"
    found = parse(text, path, Problems())
    return Document(
        collection,
        path,
        name,
        found.values,
        found.lines,
        found.body,
        found.body_line,
        found.written,
        found.fenced,
    )


def read(*documents: Document) -> tuple[list[Entry], list[str]]:
    """Return the entries of documents, and the problems as they are printed."""
    problems = Problems()
    return read_documents(documents, convert, problems), list(map(str, problems))


def entry(keys: str, body: str = "", name: str = "2020-05-17-paper.md", collection: str = "publications") -> Entry:
    """Return the entry of a document with these keys, of which nothing is wrong."""
    title = "" if "title:" in keys else "title: A Paper\n"
    entries, problems = read(document(f"---\n{title}{keys.strip()}\n---\n{body}", name, collection))
    assert not problems
    return entries[0]
