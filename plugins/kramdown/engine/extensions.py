"""kramdown's extensions, on lines of their own and within a line: `{::comment}`, `{::nomarkdown}`, `{::options /}`."""

import re
from collections.abc import Callable

from .attribute_lists import CONTENT, LONGEST, AttributeList
from .finder import Finder
from .ruby import FLAGS
from .tree import Node

_ARGUMENTS = CONTENT.replace(f"{{1,{LONGEST}}}", f"{{0,{LONGEST}}}?")
START_TAG = rf"\{{::(\w+)(?:\s({_ARGUMENTS}))?(/)?\}}"  # groups: name, arguments, slash of a tag without a body


def stop_tag(name: str) -> str:
    """Return the pattern that ends the body of an extension."""
    return rf"\{{:/(?:{name})?\}}"


def find_body(match: re.Match[str], finder: Finder, stop: str) -> tuple[str, int] | None:
    """Return the body of the extension that begins here, and where it ends; None if it is never closed."""
    if match[3]:
        return "", match.end()
    end = finder.search(re.compile(stop, FLAGS), match.end())
    return (match.string[match.end() : end.start()], end.end()) if end else None


def apply_extension(name: str, arguments: str, body: str, tree: Node, *, inline: bool) -> bool:
    """Add an extension's result to the tree; return False if kramdown has no extension of this name."""
    extension = _EXTENSIONS.get(name)
    if extension and body and (node := extension(arguments, body)):
        node.inline = inline
        tree.children.append(node)
    return extension is not None


def _comment(arguments: str, body: str) -> Node | None:
    return Node("comment")


def _nomarkdown(arguments: str, body: str) -> Node | None:
    """Keep the body as it is; `type="html latex"` limits it to some output formats."""
    formats = AttributeList.parse(arguments).attributes.get("type", "").split()
    return Node("raw", body) if not formats or "html" in formats else None


def _options(arguments: str, body: str) -> Node | None:
    """Ignore kramdown's options: those of academicpages always apply."""
    return None


_EXTENSIONS: dict[str, Callable[[str, str], Node | None]] = {
    "comment": _comment,
    "nomarkdown": _nomarkdown,
    "options": _options,
}
