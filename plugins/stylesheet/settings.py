"""``THEME_SCHEME`` and ``THEME_ACCENT`` → the few rules that override the theme's own.

coloraide is imported only where an accent is set: it takes as long to import as a small site to build.
"""

import re
from contextlib import suppress

from ..problems import InvalidValueError, Place, Problems

SCHEMES = {"auto": ("light", "dark"), "light": ("light",), "dark": ("dark",)}
FILE = "pelicanconf.py"


def rules(scheme: object, accent: object, tokens: str, problems: Problems) -> str:
    """Return the CSS of the two settings, "" for their defaults; ``tokens`` is the text of ``tokens.css``."""
    if scheme not in SCHEMES:
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
    for written in (accent, own and own[1].strip()):
        if isinstance(written, str) and re.fullmatch("#[0-9a-f]{6}", written):
            return written
        if written:
            from .accent import hexadecimal, parse

            with suppress(InvalidValueError):
                return hexadecimal(parse(written)[0])
    return "#000000"
