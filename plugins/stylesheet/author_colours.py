"""The colours that authors write into their pages, so that both schemes can be read. Imported only for such pages.

Such colours were chosen for a white page. For each element, and each rule of an author's ``<style>``:

1. What has a ground of its own, a colour or a picture, is shown in the scheme whose ink is read better on it:
   ``color-scheme`` and the theme's ink, if no colour of text is given. A ground that shines through becomes opaque if
   the ink of a dark page could not be read on it.
2. A colour of text alone becomes ``light-dark(original, lifted)``, the second with a contrast of 4.5 on the dark paper
   (WCAG 2.2, 1.4.3).
3. A ``<style>`` reaches the text of the page, not the author's profile or the menu. A white ground of the whole page
   goes: the paper is that ground.

Colours that name no colour of their own (``inherit``, ``currentColor``, ``var()``) stay as they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import tinycss2
from coloraide import Color
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from ..markup import Token, scan
from .accent import MIN_CONTRAST, contrast, grounds, hexadecimal, mirrored, nearest

SCOPE = "e-content"  # the class of the element that holds the text of a page
WHOLE_TEXT = f":where(.{SCOPE})"
_TOLD_APART = 1.1  # the contrast of two grounds that an eye takes for two
_GROUNDS = ("background", "background-color", "background-image")
_ATTRIBUTES = {  # of old HTML and of MathML → the property that each sets
    "color": "color", "text": "color", "mathcolor": "color",
    "bgcolor": "background-color", "mathbackground": "background-color",
}  # fmt: skip
_ON = {"color": ("font", "basefont"), "text": ("body",)}  # elements on which these attributes are colours
_OUTER = re.compile(r"(?:html|body|:root|\.page__content|#main)(?![\w-])(?:\s+(?:body|\.page__content)(?![\w-]))*")
_PICTURE = re.compile(r"url\(|gradient\(|image\(|image-set\(|element\(", re.IGNORECASE)
_SHEETS_OF_RULES = frozenset("media supports layer container scope starting-style".split())
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Palette:
    """The colours of the theme on which an author's are read; ``tokens`` is the text of ``tokens.css``."""

    def __init__(self, tokens: str) -> None:
        self.dark = grounds(tokens, "dark")
        white_and_black = Color("white"), Color("black")  # for a theme that says them in another way
        self.paper, self.ink = (
            {
                scheme: next(iter(grounds(tokens, scheme, (name,))), fallback)
                for scheme, fallback in zip(("light", "dark"), fallbacks, strict=True)
            }
            for name, fallbacks in (("--paper", white_and_black), ("--ink", white_and_black[::-1]))
        )
        self.lifted = lru_cache(maxsize=None)(self._lifted)

    def _lifted(self, written: str) -> str:
        """Return a colour of the same hue that can be read on the dark paper; what can be, or is none, as written."""
        colour = _colour(written)
        if colour is None:
            return written

        def passes(candidate: Color) -> bool:
            return all(contrast(candidate, ground) >= MIN_CONTRAST for ground in self.dark)

        opaque = self._over(colour, "light")
        if passes(opaque):
            return written
        return hexadecimal(next(filter(passes, [mirrored(opaque)]), None) or nearest(opaque, passes))

    def scheme_on(self, ground: Color | None) -> str:
        """Return the scheme whose ink is read better on a ground; "light" for a picture."""
        if ground is None:
            return "light"
        return max(self.ink, key=lambda scheme: contrast(self.ink[scheme], self._over(ground, "light")))

    def is_paper(self, node: Declaration) -> bool:
        """Return whether a declaration sets a ground that cannot be told from the light scheme's paper."""
        ground = _ground(node.value) if node.lower_name in _GROUNDS else None
        return isinstance(ground, Color) and contrast(ground, self.paper["light"]) < _TOLD_APART

    def opaque(self, ground: Color) -> Color | None:
        """Return a ground without what shines through; None if the dark scheme's ink can be read on it as it is."""
        if ground.alpha(nans=False) == 1:
            return ground
        readable = contrast(self.ink["dark"], self._over(ground, "dark")) >= MIN_CONTRAST
        return None if readable else self._over(ground, "light")

    def _over(self, colour: Color, scheme: str) -> Color:
        return Color.layer([colour, self.paper[scheme]], space="srgb") if colour.alpha(nans=False) < 1 else colour


def readable(html: str, tokens: str) -> tuple[str, str]:
    """Return the text of a page with its author's colours, to be read in both schemes, and the text of its styles.

    Styles go to the head, where HTML has them; those of a drawing stay in it.
    """
    palette = Palette(tokens)
    parts: list[str] = []
    sheets: list[str] = []
    drawings, media = 0, ""
    try:
        for token in scan(html):
            if token.name == "svg":
                drawings = max(0, drawings + (token.kind == "start") - (token.kind == "end"))
            if token.name != "style" or drawings:
                parts.append(_adapted(token, palette))
            elif token.kind == "start":
                media = token.attributes.get("media", "")
            elif token.kind == "text":
                sheet = _sheet(token.source, palette)
                sheets.append(f"@media {media}{{{sheet}}}" if media else sheet)
    except RecursionError:  # CSS that nests a thousand deep, which no browser reads either
        return html, ""
    return "".join(parts), "\n".join(sheets).replace("</", r"<\/")  # in a text, where CSS reads the same


def _adapted(token: Token, palette: Palette) -> str:
    if token.kind != "start" or "=" not in token.source:
        return token.source
    attributes = token.attributes
    old = {name: value for name, value in attributes.items() if _is_colour(name, token.name)}
    written = "".join(f"{_ATTRIBUTES[name]}:{_value_of(value)};" for name, value in old.items())
    written += attributes.get("style", "")
    if not written and "background" not in attributes:
        return token.source
    nodes = _parsed(written)
    changed = ";".join(_declarations(nodes, palette, on_picture="background" in attributes))
    if changed == ";".join(_text_of(node) for node in nodes if isinstance(node, Declaration)):
        return token.source
    return token.edited({"style": changed, **dict.fromkeys(old)})


def _is_colour(name: str, tag: str) -> bool:
    return name in _ATTRIBUTES and (name not in _ON or tag in _ON[name])


def _value_of(value: str) -> str:
    """Return the CSS value of a colour in old HTML, which may lack its ``#``."""
    match = _HEX.fullmatch(value.strip())
    return f"#{match[1]}" if match else value.strip()


def _parsed(text: str | Sequence[Node]) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))


def _text_of(node: Declaration, value: str = "") -> str:
    value = value or tinycss2.serialize(node.value).strip()
    return f"{node.name}:{value}{' !important' if node.important else ''}"


def _declarations(nodes: Sequence[Node], palette: Palette, *, on_picture: bool = False) -> Iterator[str]:
    """Yield the declarations, and the rules within them, of one element or rule."""
    declared = [node for node in nodes if isinstance(node, Declaration)]
    ground = next(
        (found for node in reversed(declared) if node.lower_name in _GROUNDS and (found := _ground(node.value))), None
    )
    opaque = palette.opaque(ground) if isinstance(ground, Color) else None
    has_ground = on_picture or ground == "picture" or opaque is not None
    if has_ground:
        scheme = palette.scheme_on(opaque)
        yield f"color-scheme:{scheme}"
        if scheme == "dark":  # on paper too, where the theme's ink is black
            yield "print-color-adjust:exact"
        if not any(node.lower_name == "color" for node in declared):
            yield "color:var(--ink)" if scheme == "light" else f"color:{hexadecimal(palette.ink['dark'])}"
    for node in nodes:
        if isinstance(node, Declaration):
            value = tinycss2.serialize(node.value).strip()
            if node.lower_name == "color" and not has_ground:
                lifted = palette.lifted(value)
                value = value if lifted is value else f"light-dark({value},{lifted})"
            elif node.lower_name in _GROUNDS and opaque and isinstance(ground, Color) and opaque is not ground:
                value = hexadecimal(opaque)
            yield _text_of(node, value)
        elif isinstance(node, QualifiedRule | AtRule):
            yield _rule(node, palette, scope=False)


def _ground(value: Iterable[Node]) -> Color | str | None:
    """Return the colour of a ground, ``picture`` for one with a picture, None where there is none."""
    nodes = list(value)
    if _PICTURE.search(tinycss2.serialize(nodes)):
        return "picture"
    colours = (_colour(node.serialize()) for node in nodes)
    return next((colour for colour in colours if colour and colour.alpha(nans=False) > 0), None)


def _colour(text: str) -> Color | None:
    """Return the colour that a value names; None for a word such as ``inherit``."""
    match = Color.match(text.strip(), fullmatch=True)
    return match.color.normalize(nans=False) if match else None


# --- An author's <style> --------------------------------------------------------------------------------------------


def _sheet(text: str, palette: Palette) -> str:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rule(node, palette, scope=True) for node in rules if isinstance(node, QualifiedRule | AtRule))


def _rule(node: QualifiedRule | AtRule, palette: Palette, *, scope: bool) -> str:
    prelude = tinycss2.serialize(node.prelude).strip()
    if isinstance(node, QualifiedRule):
        selector = _scoped(node.prelude) if scope else prelude
        nodes = _parsed(node.content)
        if selector == WHOLE_TEXT:
            nodes = [each for each in nodes if not (isinstance(each, Declaration) and palette.is_paper(each))]
        return f"{selector}{{{';'.join(_declarations(nodes, palette))}}}"
    if node.content is None:
        return f"@{node.at_keyword} {prelude};"
    if node.lower_at_keyword not in _SHEETS_OF_RULES:
        return f"@{node.at_keyword} {prelude}{{{tinycss2.serialize(node.content)}}}"
    if scope:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        rules = (_rule(each, palette, scope=scope) for each in inner if isinstance(each, QualifiedRule | AtRule))
        return f"@{node.at_keyword} {prelude}{{{' '.join(rules)}}}"
    return f"@{node.at_keyword} {prelude}{{{';'.join(_declarations(_parsed(node.content), palette))}}}"


def _scoped(prelude: Sequence[Node]) -> str:
    """Return selectors that match only in the text of a page, and as strongly as the author wrote them."""
    selectors: list[list[Node]] = [[]]
    for node in prelude:
        if node.serialize() == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return ",".join(_scoped_selector(tinycss2.serialize(nodes).strip()) for nodes in selectors)


def _scoped_selector(selector: str) -> str:
    inner = _OUTER.sub("", selector, count=1) if _OUTER.match(selector) else f" {selector}"
    return f"{WHOLE_TEXT}{inner}"
