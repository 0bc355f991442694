"""The theme's CSS files → the one text that every page carries."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import TypedDict

from ..problems import Place, Problems

ORDER = "layers.css"


class Stylesheet(TypedDict):
    """What every page carries.

    ``text`` goes into the page's ``<style>`` as it is; ``sha256`` is what a policy writes: ``sha256-…``; ``accent`` is
    the light scheme's accent as ``#rrggbb``, for what reads no style, such as an icon.
    """

    text: str
    sha256: str
    accent: str


def compose(files: Mapping[str, str], settings: str, accent: str, problems: Problems) -> Stylesheet:
    """Join the files of ``theme/styles`` (name → text), minify them, add the rules of the settings, and hash the text.

    ``layers.css`` comes first: it states the order of the layers, and each other file wraps itself in its own, so that
    the order of the files does not matter. A file that is not valid CSS is a problem and is left out.
    """
    import lightningcss

    minified: list[str] = []
    for name in sorted(files, key=lambda name: (name != ORDER, name)):
        try:
            minified.append(lightningcss.process_stylesheet(files[name], minify=True))
        except ValueError as error:
            problems.error(Place(f"theme/styles/{name}"), f"is not valid CSS: {error}", "correct the file")
    text = "".join(minified) + settings
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Stylesheet(text=text, sha256=f"sha256-{digest}", accent=accent)
