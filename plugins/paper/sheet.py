"""A page's HTML → the HTML that a browser prints: pictures from this disk, links to the published site."""

import re
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from ..markup import scan, without_policy


def sheet(html: str, siteurl: str, output: str, page: str) -> str:
    """Return the HTML to print.

    ``output`` is the absolute path of the built site, with forward slashes; ``page`` is the page's file in it. Pictures
    are read from there, so that the browser needs no network. All other links lead to ``siteurl``, where the readers of
    the PDF follow them. The page's Content-Security-Policy is removed, since it would forbid the pictures.
    """
    folder = PurePosixPath(page).parent
    below = "" if str(folder) == "." else f"{quote(str(folder))}/"
    base = f'<base href="{escape(f"{siteurl}/{below}")}">'
    parts: list[str] = []
    for token in scan(without_policy(html)):
        if token.kind != "start":
            parts.append(token.source)
            continue
        changes: dict[str, str | None] = {}
        for name, value in token.attributes.items():
            if name in ("srcset", "sizes", "loading"):  # one picture, at once
                changes[name] = None
            elif name in ("src", "poster") and (file := _file(value, siteurl, PurePosixPath(output), folder)):
                changes[name] = file
        parts.append(token.edited(changes) if changes else token.source)
        if token.name == "head":
            parts.append(base)
    return "".join(parts)


def _file(url: str, siteurl: str, output: PurePosixPath, folder: PurePosixPath) -> str:
    """Return the ``file:`` address of one of the site's files, "" for an address elsewhere."""
    path = url.removeprefix(siteurl) if siteurl and url.startswith(f"{siteurl}/") else url
    if re.match(r"[a-zA-Z][\w+.-]*:|//|#", path) or not path:
        return ""
    file = output / (path.lstrip("/") if path.startswith("/") else folder / path)
    return "file://" + quote(unquote(str(file).partition("?")[0]))
