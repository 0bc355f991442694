"""The path of a request → what a good static host would answer with.

As GitHub Pages, Netlify and Cloudflare do: ``/a/`` is ``a/index.html``; ``/a`` is the file ``a``, else ``a.html``, else
leads to ``/a/`` if that exists. No path leaves the site: one with an empty, ``.`` or ``..`` part, a backslash or a
control character names nothing.
"""

from collections.abc import Iterator


def parts_of(path: str) -> list[str] | None:
    """Split a decoded path; None if it can name no file of a site. ``/a/`` gives ``["a", ""]``."""
    if not path.startswith("/") or any(character < " " or character in "\\\x7f" for character in path):
        return None
    parts = path[1:].split("/")
    if any(part in ("", ".", "..") for part in parts[:-1]) or parts[-1] in (".", ".."):
        return None
    return parts


def candidates(path: str) -> Iterator[tuple[str, bool]]:
    """Yield, best first, the files that may answer ``path``: relative to the site, and whether it is a redirect.

    A redirect answers with the same path and a slash, if the file exists.
    """
    parts = parts_of(path)
    if parts is None:
        return
    name = "/".join(parts)
    if parts[-1] == "":
        yield f"{name}index.html", False
        return
    yield name, False
    yield f"{name}.html", False
    yield f"{name}/index.html", True
