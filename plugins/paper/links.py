"""The links of a text → what paper says in their place."""

import re
from html import unescape
from urllib.parse import unquote, urljoin

# The style numbers the same: `a[href]:not([href^="#"])` inside `.e-content`.
_LINK = re.compile(
    r"""<a\s(?:[^<>"']|"[^"]*"|'[^']*')*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_UNSAID = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)|(?<=[^/])/$", re.IGNORECASE)


def printed(html: str, siteurl: str) -> list[str]:
    """Return the address of each link, as a person types it: without scheme, decoded, whole where ``siteurl`` is."""
    found = (unescape(next(group for group in match.groups() if group is not None)) for match in _LINK.finditer(html))
    return [_UNSAID.sub("", readable(urljoin(f"{siteurl}/", url))) for url in found if not url.startswith("#")]


def readable(url: str) -> str:
    """Return a percent-encoded address with its letters, unless that would break it into words or bytes."""
    decoded = unquote(url)
    return url if re.search(r"[\s\ufffd\x00-\x1f]", decoded) else decoded
