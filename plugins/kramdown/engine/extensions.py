"""kramdown's extensions, on lines of their own and within a line: `{::nomarkdown}`, `{::options /}`."""

import re

from .attribute_lists import CONTENT, LONGEST, AttributeList
from .constructs import Parser
from .ruby import FLAGS
from .tree import Node

ARGUMENTS = CONTENT.replace(f"{{1,{LONGEST}}}", f"{{0,{LONGEST}}}?")
START_TAG = rf"\{{::(\w+)(?:\s({ARGUMENTS}))?(/)?\}}"  # groups: name, arguments, slash of a tag without a body


def stop_tag(name: str) -> str:
    """Return the pattern that ends the body of an extension."""
    return rf"\{{:/(?:{name})?\}}"


def read_extension(parser: Parser, match: re.Match[str], stop: str) -> bool:
    """Read the extension that begins here; return False if it is unknown to kramdown or never closed.

    Options are ignored: those of academicpages always apply. `{::comment}` left the text before it was parsed.
    """
    name, arguments, has_no_body = match.groups()
    if name not in ("nomarkdown", "options"):
        return False
    body = ""
    if not has_no_body:
        end = parser.finder.search(re.compile(stop, FLAGS), match.end())
        if not end:
            return False
        body, parser.pos = match.string[match.end() : end.start()], end.end()
    if body and name == "nomarkdown":  # `type="html latex"` limits it to some output formats
        formats = AttributeList().read(arguments or "").attributes.get("type", "").split()
        if not formats or "html" in formats:
            parser.tree.children.append(Node("raw", body))
    return True
