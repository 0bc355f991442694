"""A page's HTML → the one file that a browser prints: pictures from this disk, links to the published site."""

import re
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

_SOURCE = re.compile(r"""(\s(?:src|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SRCSET = re.compile(r"""\s(?:srcset|sizes|loading)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_POLICY = re.compile(r"""<meta http-equiv="?Content-Security-Policy"?[^>]*>""", re.IGNORECASE)


def sheet(html: str, siteurl: str, output: str, page: str) -> str:
    """Return the HTML to print.

    ``output`` is the folder of the built site, absolute, with forward slashes; ``page`` the page's file in it. Its
    pictures are read from there, so that nothing is asked of the net; its other links lead to ``siteurl``, which is
    where a reader of the PDF will follow them. The page's policy would forbid the former, and goes.
    """
    folder = PurePosixPath(page).parent

    def local(match: re.Match[str]) -> str:
        url = unescape(match[2] if match[2] is not None else match[3])
        path = url.removeprefix(siteurl) if siteurl and url.startswith(f"{siteurl}/") else url
        if re.match(r"[a-zA-Z][\w+.-]*:|//|#", path) or not path:
            return match[0]
        file = PurePosixPath(output) / (path.lstrip("/") if path.startswith("/") else folder / path)
        return f'{match[1]}"{escape("file://" + quote(unquote(str(file).partition("?")[0])))}"'

    base = f'<base href="{escape(siteurl)}/{escape(quote(str(folder)) + "/" if str(folder) != "." else "")}">'
    text = _SRCSET.sub("", _POLICY.sub("", html))
    return _SOURCE.sub(local, text.replace("<head>", f"<head>{base}", 1))
