"""The reading of a page: two pages with the same reading are equal to every reader.

It contains every element and attribute in order, and the text, with runs of whitespace as one space. It leaves out how
a character or a quote is escaped, comments and paragraphs that contain only a comment, and the colors within code; of
typography its spans and no-break spaces; and the markup of math (its TeX is compared).
"""

import re
from html.parser import HTMLParser

INLINE = frozenset(
    """a abbr acronym b bdo big button cite code del dfn em font i img input ins kbd label mark q s samp select small span
    strong sub sup tt u var math""".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[str] = []
        self.comment_only = False
        self.in_code = self.in_math = 0
        self.marks: list[bool] = []

    def text(self, data: str) -> None:
        if self.tokens and self.tokens[-1].startswith("'"):
            self.tokens[-1] += data
        else:
            self.tokens.append("'" + data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.in_math:
            return
        given = dict(attrs)
        if tag == "math":
            self.in_math = 1
            block = given.get("display") == "block"
            self.text(("\\[" if block else "\\(") + (given["alttext"] or "") + ("\\]" if block else "\\)"))
            return
        if tag == "span":
            self.marks.append(given.get("class") in ("caps", "amp") or self.in_code > 0)
            if self.marks[-1]:
                return
        if tag == "code":
            self.in_code += 1
        if tag == "code" and given.get("class") == "language-plaintext highlighter-rouge":
            given = {}
        words = "".join(f' {key}="{value or ""}"' for key, value in sorted(given.items()))
        self.tokens.append(f"<{tag}{words}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "math":
            self.in_math = 0
            return
        if self.in_math or tag in VOID:
            return
        if tag == "span" and self.marks and self.marks.pop():
            return
        if tag == "code":
            self.in_code -= 1
        if tag == "p" and self.comment_only and self.tokens[-1] == "<p>":
            self.tokens.pop()
            return
        self.tokens.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.in_math:
            self.text(data)

    def handle_comment(self, data: str) -> None:
        self.comment_only = True


def reading(html: str) -> list[str]:
    """Return the reading as tokens: `<tag key="value">`, `</tag>`, `'text`."""
    parser = _Reading()
    parser.feed(html)
    parser.close()
    tokens: list[str] = []
    for token in parser.tokens:
        if token[0] == "'":
            text = re.sub(r"\s+", " ", token[1:])
            if not tokens or not _inline(tokens[-1]):
                text = text.lstrip()
            if text:
                tokens.append("'" + text)
        else:
            if not _inline(token) and tokens and tokens[-1][0] == "'":
                tokens[-1] = tokens[-1].rstrip()
                if tokens[-1] == "'":
                    tokens.pop()
            tokens.append(token)
    if tokens and tokens[-1][0] == "'":
        tokens[-1] = tokens[-1].rstrip()
    return [token for token in tokens if token != "'"]


def _inline(token: str) -> bool:
    return re.sub(r"[</>]|\s.*", "", token, flags=re.DOTALL) in INLINE
