"""TeX as bibliographies have it → text and HTML, and back.

One pass over the tokens, so that the time is linear: most of a bibliography is plain text with braces that keep the
case. What accents and symbols mean is asked of pylatexenc, which is loaded when the first one is met.
"""

import logging
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import tostring

from markupsafe import Markup, escape

from ..markup import scan
from ..mathml import to_mathml
from ..problems import InvalidValueError
from .journals import JOURNALS
from .links import address

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text


class Text(NamedTuple):
    """What some TeX says: plain ``text``, inline ``html``, and in ``faults`` what of it cannot be shown, and why."""

    text: str
    html: Markup
    faults: tuple[str, ...] = ()


_EM, _B, _CODE, _PLAIN = ("<em>", "</em>"), ("<b>", "</b>"), ("<code>", "</code>"), ("", "")
STYLES: Mapping[str, tuple[str, str]] = {  # macro with an argument → what stands around it
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), _EM),
    **dict.fromkeys(("textbf", "mkbibbold"), _B),
    "texttt": _CODE,
    "textsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    **dict.fromkeys(("enquote", "mkbibquote"), ("“", "”")),
    "mkbibparens": ("(", ")"),
    **dict.fromkeys(
        "textrm textsf textsc textup textmd textnormal text mbox hbox fbox lowercase uppercase underline uline "
        "MakeUppercase MakeLowercase NoCaseChange MakeSentenceCase foreignlanguage noun".split(),
        _PLAIN,
    ),
}
SWITCHES = {  # macro at the beginning of a group → what stands around the rest of it
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), _EM),
    **dict.fromkeys(("bf", "bfseries"), _B),
    **dict.fromkeys(("tt", "ttfamily"), _CODE),
    **dict.fromkeys("rm sc sf scshape rmfamily sffamily upshape mdseries normalfont small".split(), _PLAIN),
}
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "!`": "¡", "?`": "¿", "~": "\u00a0"}
_SYMBOLS = {  # what pylatexenc lacks, or means otherwise
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "P": "¶",
    "S": "§",
    "SS": "ẞ",
    "\\": " ",
    "copyright": "©",
    "ddag": "‡",
    "euro": "€",
    "lq": "‘",
    "newline": " ",
    "pounds": "£",
    "rq": "’",
    "textasciicircum": "^",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textgreater": ">",
    "textless": "<",
    "textquotedbl": '"',
    "textunderscore": "_",
    "ndash": "–",
    "bibrangedash": "–",
    "mdash": "—",
    "-": "",  # where a word may break
    **dict.fromkeys(
        "/ @ ! cyrchar relax protect xspace newblock par noindent sloppy allowbreak bibinitperiod".split(), ""
    ),
}
_MARKS = {"t": "\u0361", "h": "\u0309", "U": "\u030e", "G": "\u030f", "f": "\u0311", "textcommabelow": "\u0326"}

_INNER = r"(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*"  # what a group holds, with groups of two levels
_TOKEN = re.compile(
    rf"""(?P<plain>[^\\${{}}`'~!?\-]+)
    |\$\$?(?P<math>(?:\\.|[^\\$])+)\$\$?|\\\((?P<inline>(?:[^\\]|\\[^()])+)\\\)|\\ensuremath\s*\{{(?P<ensured>{_INNER})\}}
    |\\url\s*\{{(?P<url>[^{{}}]*)\}}
    |\\href\s*\{{(?P<href>[^{{}}]*)\}}\s*\{{
    |\\texorpdfstring\s*\{{{_INNER}\}}\s*(?P<second>\{{)
    |\\(?P<dropped>(?:noopsort|hspace|vspace|label|phantom|vphantom|thanks)\*?\s*\{{[^{{}}]*\}})
    |\\(?P<accent>["'`^~=.]|(?:[cvHkurbdtGUhf]|textcommabelow)(?![A-Za-z]))\s*
        (?P<base>\{{[^{{}}]*\}}|\\[A-Za-z]+|[^\s{{}}\\])
    |\\(?P<style>{"|".join(STYLES)})\s*\{{
    |\{{\s*\\(?P<switch>{"|".join(SWITCHES)})(?![A-Za-z])\s*
    |\\(?:(?P<word>[A-Za-z]+)\*?(?:\s*\{{\}}|\s+)?|(?P<sign>.))
    |(?P<open>\{{)|(?P<close>\}})
    |(?P<ligature>---?|``|''|[!?]?`|~)
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_SCRIPT = re.compile(r"\s*(?:\{\})?([\^_])\s*(?:\{\s*([^{}]*?)\s*\}|(\\[A-Za-z]+|[^\s{}\\]))\s*")
_BLANKS = re.compile(r"[ \t\r\n]+")
_SPECIAL = ("\\", "$", "{", "}", "`", "~", "--", "''")  # without any of these, TeX is plain text


@lru_cache(maxsize=1 << 14)
def decode(tex: str) -> Text:
    """Return what a piece of TeX says. Braces vanish, whatever HTML it holds is text."""
    if not any(special in tex for special in _SPECIAL):
        plain = _clean(tex)
        return Text(plain, escape(plain))
    text: list[str] = []
    html: list[str] = []
    faults: list[str] = []
    closing: list[str] = []  # what ends each of the open groups

    def put(before: str) -> None:
        html.append(before)
        text.append("" if before.startswith("<") else before)

    for match in _TOKEN.finditer(tex):
        kind, value = match.lastgroup, match[match.lastgroup or 0]
        if kind in ("plain", "other"):
            text.append(value)
            html.append(escape(value))
        elif kind == "open" or kind == "second":
            closing.append("")
        elif kind == "close":
            put(closing.pop() if closing else "")
        elif kind in ("style", "switch"):
            before, after = (STYLES if kind == "style" else SWITCHES)[value]
            put(before)
            closing.append(after)
        elif kind in ("math", "inline", "ensured"):
            shown, markup, fault = _math(value)
            text.append(shown)
            html.append(markup)
            faults += [fault] if fault else []
        elif kind in ("url", "href"):
            try:
                url = address(verbatim(value))
                before, after = Markup('<a href="{}">').format(url), "</a>"
            except InvalidValueError as error:
                faults.append(f"{value!r} {error.message}")
                before = after = ""
            put(before)
            if kind == "url":
                text.append(verbatim(value))
                html += [escape(verbatim(value)), after]
            else:
                closing.append(after)
        elif kind != "dropped":
            symbol = LIGATURES[value] if kind == "ligature" else _symbol(match)
            if symbol is None:
                faults.append(f"'\\{value}' is not known, and left out")
            text.append(symbol or "")
            html.append(escape(symbol or ""))
    for after in reversed(closing):
        put(after)
    markup = Markup(_clean("".join(html)))  # noqa: S704  (escaped piece by piece)
    return Text(_clean("".join(text)), markup, tuple(faults))


def verbatim(tex: str) -> str:
    """Return an address or a number, in which TeX's letters are themselves unless a backslash stands before them."""
    if "\\" in tex or "{" in tex:
        tex = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", tex)
        tex = re.sub(r"\{?\\(?:textasciitilde|~)\s*(?:\{\s*\})?\}?|\{?\$\\sim\$\}?", "~", tex)
        tex = re.sub(r"\\textunderscore\s*(?:\{\})?", "_", tex)
        tex = re.sub(r"\\([_%&#$~{}/-])|[{}]", r"\1", tex)
    return tex.strip()


# --- Back to TeX ---------------------------------------------------------------------------------------------------

_TAGS = {"em": "emph", "i": "emph", "b": "textbf", "strong": "textbf", "code": "texttt", "tt": "texttt"}
_TAGS |= {"sup": "textsuperscript", "sub": "textsubscript"}
_ESCAPES = {letter: f"\\{letter}" for letter in "&%$#_"}
_ESCAPES |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # BibTeX counts braces behind a backslash too
_ESCAPES |= {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
}
_ESCAPES |= {"\u00a0": "~", "¡": "{¡}", "¿": "{¿}"}
_ESCAPED = str.maketrans(_ESCAPES)


def to_tex(html: str, *, keep_case: bool = False) -> str:
    """Return inline HTML as TeX that `decode` reads as the same; ``keep_case`` puts braces around ``DNA``, ``iOS``."""
    if html.isalnum() and not keep_case:
        return html
    parts: list[str] = []
    formula = ""  # the element that shows one, inside it
    for token in scan(html):
        if formula:
            formula = "" if token.name == formula and token.kind == "end" else formula
            parts += [token.text] if formula == "code" else []
            parts += [] if formula else ["$"]
        elif token.name == "math":
            formula = "math"
            parts.append(f"${token.attributes.get('alttext', '')}")
        elif token.name == "code" and token.attributes.get("class") == "math":
            formula = "code"
            parts.append("$")
        elif token.kind == "text":
            parts += map(_protected, re.split(r"(\w+)", token.text)) if keep_case else [_escaped(token.text)]
        elif token.name == "a" and token.kind == "start":
            url = re.sub(r"([%#&_])", r"\\\1", token.attributes.get("href", ""))
            parts.append(f"\\href{{{url}}}{{")
        elif token.name in _TAGS and token.kind == "start":
            parts.append(f"\\{_TAGS[token.name]}{{")
        elif token.name in _TAGS or token.name == "a":
            parts.append("}")
    return "".join(parts)


def _protected(word: str) -> str:
    return f"{{{_escaped(word)}}}" if word[1:] != word[1:].lower() else _escaped(word)


def _escaped(text: str) -> str:
    escaped = text.translate(_ESCAPED)
    return re.sub(r"(?<=-)(?=-)|(?<=')(?=')", "{}", escaped) if "--" in escaped or "''" in escaped else escaped


# --- Accents, symbols, formulas -----------------------------------------------------------------------------------


def _clean(text: str) -> str:
    if any(blank in text for blank in ("\n", "  ", "\t", "\r")):
        text = _BLANKS.sub(" ", text)
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _symbol(match: re.Match[str]) -> str | None:
    """Return what an accent or a macro without arguments stands for; None for one that is not known."""
    if not (accent := match["accent"]):
        return _known(match["word"] or match["sign"])
    letters = decode(match["base"]).text.replace("ı", "i").replace("ȷ", "j")
    if not letters:
        return accent if accent in "~^" else ""
    first = letters[0] + _MARKS[accent] if accent in _MARKS else _converted(f"\\{accent}{{{letters[0]}}}")
    return first + letters[1:]


@cache
def _known(name: str) -> str | None:
    if found := JOURNALS.get(name):
        return found
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if name in SWITCHES or name in STYLES:
        return ""
    spec = _converter().latex_context.get_macro_spec(name)
    return (_converted(f"\\{name}{{}}") or None) if spec and spec.macroname else None


@lru_cache(maxsize=1 << 12)
def _converted(tex: str) -> str:
    """Return what pylatexenc makes of some TeX; the TeX itself where it fails."""
    try:
        text: str = _converter().latex_to_text(tex)
    except Exception:  # it raises several kinds, and Python's own where groups nest deeply
        return tex
    return text


@cache
def _converter() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it logs what we report ourselves
    return LatexNodes2Text(math_mode="text")


@lru_cache(maxsize=1 << 12)
def _math(tex: str) -> tuple[str, str, str]:
    """Return a formula as text, as HTML, and what is wrong with it; one that only raises or lowers is no math."""
    if script := _SCRIPT.fullmatch(tex):
        raised = script[1] == "^"
        inner = decode(script[2] or script[3] or "")
        if raised and inner.text == "∘":
            return "°", "°", ""
        if not inner.faults:
            tag = "sup" if raised else "sub"
            return inner.text, f"<{tag}>{inner.html}</{tag}>", ""
    try:
        return _converted(f"${tex}$"), tostring(to_mathml(tex, block=False), encoding="unicode"), ""
    except InvalidValueError as error:
        code = Markup('<code class="math">{}</code>').format(tex)
        return tex, code, f"'{tex}' cannot be translated to MathML, so that its source is shown: {error}"
