"""theme/styles/*.css → one minified text and its hash; a page → the same page for keyboard, voice and the dark.

The page carries its styles inside itself: one request for words and looks, and a Content-Security-Policy that needs no
more than the text's hash. coloraide is imported only where an accent is set or an author writes colours: it takes as
long to import as a small site to build.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from typing import TypedDict

from ..problems import InvalidValueError, Place, Problems
from ..settings import FILE
from .access import make_accessible

__all__ = ["Stylesheet", "make_accessible", "make_stylesheet", "readable_colours"]

ORDER = "layers.css"
ENTRIES = "entries.css"  # only in pages that show entries
_COLOURED = re.compile(r"<style|<[a-z][^<]*(?:color|background|text|style)\s*=", re.IGNORECASE)
SCHEMES = {"auto": ("light", "dark"), "light": ("light",), "dark": ("dark",)}


class Stylesheet(TypedDict):
    """What every page carries.

    ``text`` goes into the page's ``<style>`` as it is; ``sha256`` is what a policy writes: ``sha256-…``; ``accent`` is
    the light scheme's accent as ``#rrggbb``, for what reads no style, such as an icon. ``entries`` follows the text in
    pages that show entries of collections. ``papers`` has the ground of each scheme that the site shows, as
    ``#rrggbb``.
    """

    text: str
    entries: str
    sha256: str
    accent: str
    papers: Mapping[str, str]


def make_stylesheet(files: Mapping[str, str], scheme: object, accent: object, problems: Problems) -> Stylesheet:
    """Return what every page carries; ``files`` are those of ``theme/styles``, name → text."""
    tokens = files.get("tokens.css", "")
    made = compose(files, rules(scheme, accent, tokens, problems), light_accent(accent, tokens), problems)
    return {**made, "papers": papers(scheme, tokens)}


def readable_colours(html: str, tokens: str) -> tuple[str, str]:
    """Return the text of a page with its author's colours, to be read in both schemes, and the text of its styles."""
    if not _COLOURED.search(html):
        return html, ""
    from .author_colours import readable

    return readable(html, tokens)


def compose(files: Mapping[str, str], settings: str, accent: str, problems: Problems) -> Stylesheet:
    """Join the files of ``theme/styles`` (name → text), minify them, add the rules of the settings, and hash the text.

    ``layers.css`` comes first: it states the order of the layers, and each other file wraps itself in its own, so that
    the order of the files does not matter. A file that is not valid CSS is a problem and is left out.
    """
    import lightningcss

    minified: dict[str, str] = {}
    for name in sorted(files, key=lambda name: (name != ORDER, name)):
        try:
            minified[name] = lightningcss.process_stylesheet(files[name], minify=True)
        except ValueError as error:
            problems.error(Place(f"theme/styles/{name}"), f"is not valid CSS: {error}", "correct the file")
    entries = minified.pop(ENTRIES, "")
    text = "".join(minified.values()) + settings
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Stylesheet(text=text, entries=entries, sha256=f"sha256-{digest}", accent=accent, papers={})


def rules(scheme: object, accent: object, tokens: str, problems: Problems) -> str:
    """Return the CSS of the two settings, "" for their defaults; ``tokens`` is the text of ``tokens.css``."""
    if not isinstance(scheme, str) or scheme not in SCHEMES:
        hint = "write 'auto', 'light' or 'dark'"
        problems.error(Place(FILE, 0, "THEME_SCHEME"), f"{scheme!r} is not a scheme", hint)
        scheme = "auto"
    declarations = [] if scheme == "auto" else [f"color-scheme:{scheme}"]
    if accent:
        from .accent import accents, css

        with problems.collect(Place(FILE, 0, "THEME_ACCENT"), accent):
            pair = accents(accent, SCHEMES[str(scheme)], tokens)
            declarations.append(f"--accent:light-dark({css(pair['light'])},{css(pair['dark'])})")
    return f"@layer settings{{:root{{{';'.join(declarations)}}}}}" if declarations else ""


def light_accent(accent: object, tokens: str) -> str:
    """Return the light scheme's accent as ``#rrggbb``: the author's, else the theme's own."""
    own = re.search(r"--accent:\s*light-dark\(([^,;]+),", tokens)
    written = (accent, own and own[1].strip())
    return next(filter(None, map(_plain, written)), "#000000")


def papers(scheme: object, tokens: str) -> dict[str, str]:
    """Return the ground of each scheme that the site shows, as ``#rrggbb``, as far as the theme says it."""
    pair = re.search(r"--paper:\s*light-dark\(([^,;]+),([^;]+)\);", tokens)
    grounds = dict(zip(("light", "dark"), pair.groups(), strict=True)) if pair else {}
    wanted = SCHEMES.get(scheme, SCHEMES["auto"]) if isinstance(scheme, str) else SCHEMES["auto"]
    return {name: colour for name in wanted if name in grounds and (colour := _plain(grounds[name].strip()))}


def _plain(written: object) -> str:
    """Return a colour as ``#rrggbb``, "" for what is none."""
    if isinstance(written, str) and re.fullmatch("#[0-9a-f]{6}", written):
        return written
    if written:
        from .accent import hexadecimal, parse

        with suppress(InvalidValueError):
            return hexadecimal(parse(written)[0])
    return ""
