"""HTML's elements as kramdown classifies them, and the syntax of a tag.

https://kramdown.gettalong.org/syntax.html#html-blocks lists the content models; the rest was measured on kramdown 2.4.
"""

import re

from ...markup import VOID
from .ruby import FLAGS, lower
from .tree import Node

# How the content of an element is read where Markdown is enabled in it.
BLOCK_MODEL = frozenset(
    """address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form header
    hgroup iframe li main map menu nav noscript object section summary td""".split()
)
SPAN_MODEL = frozenset(
    """a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q
    rb rbc rp rt rtc ruby select small span strong sub sup th tt""".split()
)
RAW_MODEL = frozenset("script style math option textarea pre code kbd samp var".split())

# Where an element may stand: within a line, or as a block.
SPAN_ELEMENTS = frozenset(
    """a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt
    rtc ruby samp select small span strong sub sup tt u var""".split()
)
BLOCK_ELEMENTS = frozenset(
    """address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre section
    summary table tbody td th thead tfoot tr ul""".split()
)
VERBATIM = frozenset(("script", "style"))  # https://html.spec.whatwg.org/#raw-text-elements: no references in them
KNOWN = SPAN_ELEMENTS | BLOCK_ELEMENTS | VOID | BLOCK_MODEL | SPAN_MODEL | RAW_MODEL

_PART = r"(?u:[^\W\d]|_)(?u:[\w.-])*"
NAME = rf"(?>(?:{_PART}:)?{_PART})"
COMMENT = re.compile(r"<!--.*?-->", FLAGS | re.DOTALL)
TAG = re.compile(
    rf"<({NAME})((?>\s+{NAME}(?:\s*=\s*(?:(?u:\w+)|\"[^\"]*\"|'[^']*'))?)*+)\s*+(/)?>",
    FLAGS,
)
CLOSE_TAG = re.compile(rf"</({NAME})\s*>", FLAGS)
ATTRIBUTE = re.compile(rf"\s*({NAME})(?:\s*=\s*(?:((?u:\w+))|\"([^\"]*)\"|'([^']*)'))?", FLAGS)


def content_model(name: str) -> str:
    """Return how an element's content is read where Markdown is enabled: block, span or raw."""
    return "block" if name in BLOCK_MODEL else "span" if name in SPAN_MODEL else "raw"


def element_of(tag: re.Match[str]) -> Node:
    """Return the element that a start tag begins.

    HTML's own names, and their attributes', are printed in lower case, others as written. Of two attributes of one
    name, the last wins.
    """
    name = small if (small := lower(tag[1])) in KNOWN else tag[1]
    node = Node("html", name)
    for key, unquoted, double, single in ATTRIBUTE.findall(tag[2]):
        node.attributes[key.lower() if name in KNOWN else key] = unquoted or double or single
    return node


def close_tag_of(name: str) -> re.Pattern[str]:
    """Return the pattern of an element's close tag, case-insensitive if the element is HTML's."""
    tag = rf"</{re.escape(name)}\s*>"
    return re.compile(f"(?i:{tag})" if name in KNOWN else tag, FLAGS)
