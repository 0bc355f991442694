"""A short text by the author → safe inline HTML by an allow list.

People write names, biographies and employers with ``<br>``, ``<b>``, links and entities, for a template that printed
them raw. nh3 (the Ammonia sanitiser) keeps what a sidebar can show.
"""

import html
import re
from functools import cache
from typing import Any

from markupsafe import Markup

from ..markup import scan

TAGS = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q ruby rp rt s small span strong sub sup time u "
    "wbr".split()
)
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "bdo": {"dir"}, "span": {"lang", "dir"}, "time": {"datetime"}}
SCHEMES = frozenset(("http", "https", "mailto", "tel"))

_MARKED = re.compile(r"[\[\]*_`\\&<\n]")  # a text without any of these has no markup
LONGEST = 20_000  # characters of a text whose markup is read: Python-Markdown and nh3 take the square of the length
_LONGEST_LINK, _LONGEST_CODE = 2000, 500
_BRACKETS = r"\[(?:[^][]|\[[^][]{0,300}\]){0,300}+\]"
_LINK = rf"(?<!!)\[(?=(?:[^][]|{_BRACKETS}){{0,{_LONGEST_LINK}}}+\]\([^)]{{0,{_LONGEST_LINK}}}\))"  # one that is closed


def to_html(text: str, *, markdown: bool = True) -> Markup:
    """Return ``text`` as inline HTML: inline Markdown (with ``markdown``), allowed HTML, the rest escaped.

    Paragraphs become lines. Nothing in it can run or load anything, or close the element that it is put into. A text of
    more than ``LONGEST`` characters is plain.
    """
    if len(text) > LONGEST or not _MARKED.search(text):
        return Markup(html.escape(text, quote=False))  # noqa: S704  (escaped)
    import nh3

    source = "<br>".join(_inline_markdown(part) for part in re.split(r"\n\s*\n", text)) if markdown else text
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    clean = nh3.clean(source, tags=set(TAGS), attributes=attributes, url_schemes=set(SCHEMES), link_rel=None)
    return Markup(clean.strip())  # noqa: S704  (cleaned)


def lost_tags(text: str) -> list[str]:
    """Return the names of the tags that ``to_html`` removes from ``text``, each once."""
    names = {token.name for token in scan(text) if token.kind in ("start", "end")}
    return sorted(name for name in names - TAGS - {"p", "div"} if name.replace("-", "").isalnum())  # not <me@x.org>


def _inline_markdown(text: str) -> str:
    """Convert emphasis, links, code and other spans; headings, lists and other blocks stay text."""
    return re.sub(r"^<p>(.*)</p>$", r"\1", _converter().reset().convert(" ".join(text.split())), flags=re.DOTALL)


@cache
def _converter() -> Any:
    """Return the one converter of all short texts: it is slow to set up."""
    from markdown import Markdown
    from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor, LinkInlineProcessor

    # Both look no further than such a span is long: to the end from each mark would be the square of the length.
    class Code(BacktickInlineProcessor):
        def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]  # noqa: N802
            return super().handleMatch(m, data[: m.end() + _LONGEST_CODE])

    class Link(LinkInlineProcessor):
        def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]  # noqa: N802
            return super().handleMatch(m, data[: m.end() + _LONGEST_LINK])

    md = Markdown(output_format="html")
    for block in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
        md.parser.blockprocessors.deregister(block)
    md.preprocessors.deregister("html_block")
    for span in ("image_link", "reference", "image_reference", "short_reference", "short_image_ref"):
        md.inlinePatterns.deregister(span)  # no text defines what they would refer to
    md.inlinePatterns.register(Link(_LINK, md), "link", 160)
    md.inlinePatterns.register(Code(BACKTICK_RE), "backtick", 190)
    return md
