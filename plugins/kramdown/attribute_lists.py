"""Attribute lists `{: .class #id key="value"}`, on blocks and spans, and kramdown's extensions `{::comment}` …"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import ATTRIBUTES, ATTRIBUTES_ALONE, MARGIN, REST
from .ruby import FLAGS
from .tree import AttributeList, Node

if TYPE_CHECKING:
    from .blocks import Blocks
    from .spans import Spans

_NAME = r"\w[\w-]*"
_ID = r"#([A-Za-z][\w:-]*)"
_CLASS = r"\.([^\s.#]+)"
_ATTRIBUTE = re.compile(
    rf"(?:\A|(?<=\s))(?:({_NAME})=(?:\"((?:\\\}}|\\\"|[^}}\"])*?)\"|'((?:\\\}}|\\'|[^}}'])*?)')"
    rf"|({_NAME})|((?:{_ID}|{_CLASS})+))(?=\s|\Z)",
    FLAGS,
)
_ID_OR_CLASS = re.compile(rf"{_ID}|{_CLASS}", FLAGS)
_START = re.compile(rf"{MARGIN}\{{:")
_NAMED = re.compile(rf"{MARGIN}\{{:({_NAME}):({ATTRIBUTES})\}}{REST}", FLAGS)
_EXTENSION = rf"\{{::(\w+)(?:\s({ATTRIBUTES.replace('{1,1000}', '{0,1000}?')}))?(/)?\}}"
_BLOCK_EXTENSION = re.compile(rf"{MARGIN}{_EXTENSION}{REST}", FLAGS)
_SPAN_EXTENSION = re.compile(_EXTENSION, FLAGS)
_SPAN_ATTRIBUTES = re.compile(rf"\{{:({ATTRIBUTES})\}}", FLAGS)
_STOP_TAG = re.compile(rf"\{{:/(?:{_NAME})?\}}", FLAGS)
_DEFINES = ("link", "abbreviation", "footnote")  # what an end marker stands for, where a list below it applies


def read_attributes(source: str, into: AttributeList) -> None:
    """Read what stands between `{:` and `}` into a list."""
    for match in _ATTRIBUTE.finditer(source):
        key, double, single, reference, marks = match.group(1, 2, 3, 4, 5)
        if reference:
            into.references.append(reference)
        elif key:
            quote = '"' if double is not None else "'"
            into.set(key, re.sub(rf"\\(\}}|{quote})", r"\1", double if double is not None else single))
        else:
            for identifier, name in _ID_OR_CLASS.findall(marks):
                into.set("class" if name else "id", name or identifier)


def parse_block(blocks: Blocks) -> bool:
    """Read an attribute list that stands alone on its line, a named one, or an extension."""
    text = blocks.text
    if not _START.match(text, blocks.pos):
        return False
    if match := _NAMED.match(text, blocks.pos):
        blocks.pos = match.end()
        read_attributes(match[2], blocks.definitions.attribute_lists.setdefault(match[1], AttributeList()))
        blocks.tree.children.append(blocks.new("eob", "named"))
        return True
    if _BLOCK_EXTENSION.match(text, blocks.pos):
        return _parse_block_extension(blocks)
    if not (match := ATTRIBUTES_ALONE.match(text, blocks.pos)):
        return False
    blocks.pos = match.end()
    last = blocks.tree.last()
    if last is not None and last.kind != "blank" and (last.kind != "eob" or last.text in _DEFINES):
        last.ial = last.ial or AttributeList()
        read_attributes(match[1], last.ial)
        if not ATTRIBUTES_ALONE.match(text, blocks.pos):
            blocks.tree.children.append(blocks.new("eob", "attributes"))
    else:
        blocks.pending = blocks.pending or AttributeList()
        read_attributes(match[1], blocks.pending)
    return True


def _parse_block_extension(blocks: Blocks) -> bool:
    match = _BLOCK_EXTENSION.match(blocks.text, blocks.pos)
    assert match  # noqa: S101  # the caller has just matched it
    name, body, end = match[1], "", match.end()
    if not match[3]:
        if (name, end) in blocks.vain:
            return False
        stop = re.compile(rf"^{MARGIN}\{{:/(?:{name})?\}}{REST}", FLAGS).search(blocks.text, end)
        if not stop:
            blocks.vain.add(name, end)
            return False
        body, end = blocks.text[end : stop.start()].removesuffix("\n"), stop.end()
    if not _apply(name, match[2] or "", body, blocks.tree, inline=False):
        return False
    blocks.pos = end
    if name == "options":
        blocks.tree.children.append(blocks.new("eob", "extension"))
    return True


def parse_span(spans: Spans) -> bool:
    """Read an attribute list right behind a span, or an extension inside a line."""
    text, pos = spans.text, spans.pos
    if not text.startswith("{:", pos):
        return False
    if text.find("}", pos, pos + 1010) < 0:  # the longest list that is read
        spans.add_character()
        return True
    last = spans.tree.last()
    if match := _SPAN_EXTENSION.match(text, pos):
        name, body, end = match[1], "", match.end()
        found = True
        if not match[3]:
            known = (name, end) in spans.vain
            stop = None if known else re.compile(rf"\{{:/(?:{name})?\}}", FLAGS).search(text, end)
            found = stop is not None
            if not stop:
                spans.vain.add(name, end)
            else:
                body, end = text[end : stop.start()], stop.end()
        if found and _apply(name, match[2] or "", body, spans.tree, inline=True):
            spans.pos = end
            return True
    elif (
        not _STOP_TAG.match(text, pos)
        and (match := _SPAN_ATTRIBUTES.match(text, pos))
        and last is not None
        and last.kind != "text"
    ):
        spans.pos = match.end()
        found_list = AttributeList()
        read_attributes(match[1], found_list)
        last.ial = last.ial or AttributeList()
        last.ial.add(found_list)
        apply_attributes(last.attributes, found_list, spans.definitions.attribute_lists)
        return True
    spans.add_character()
    return True


def _apply(name: str, arguments: str, body: str, tree: Node, *, inline: bool) -> bool:
    """Carry out `{::comment}`, `{::nomarkdown}` and `{::options}`; options are academicpages' own, and stay."""
    if name == "nomarkdown" and body:
        given = AttributeList()
        read_attributes(arguments, given)
        kinds = given.attributes.get("type", "").split()
        if not kinds or "html" in kinds:
            raw = Node("raw", body)
            raw.inline = inline
            tree.children.append(raw)
    elif name == "comment" and body:
        comment = Node("comment")
        comment.inline = inline
        tree.children.append(comment)
    return name in ("nomarkdown", "comment", "options")


def apply_attributes(
    attributes: dict[str, str], given: AttributeList, named: dict[str, AttributeList], depth: int = 0
) -> None:
    """Set what a list says, first the lists that it refers to."""
    if depth < 10:  # a list that refers to itself
        for reference in given.references:
            if reference in named:
                apply_attributes(attributes, named[reference], named, depth + 1)
    for key, value in given.attributes.items():
        attributes[key] = f"{attributes.get(key, '')} {value}".lstrip() if key == "class" else value
