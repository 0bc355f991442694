"""What the owner of a new site is asked: a name and an address."""

from urllib.parse import urlsplit

from ..problems import InvalidValueError


def owner_name(text: str) -> str:
    """Return a name without the blanks around it; InvalidValueError for one that is not a single printable line."""
    name = text.strip()
    if not name.isprintable():
        raise InvalidValueError("has a character that cannot be printed", "write the name on one line")
    return name


def site_address(text: str) -> str:
    """Return the address of a site as SITEURL has it: with a scheme, without a slash at the end.

    "" stays so. ``name.github.io`` gets ``https://``. InvalidValueError for what is not the address of a site.
    """
    text = text.strip()
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    hint = 'write one such as "https://name.github.io"'
    try:
        parts = urlsplit(address)
        _ = parts.port  # ValueError for what is not a number
    except ValueError:
        raise InvalidValueError("is not the address of a site", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not address.isprintable() or " " in address:
        raise InvalidValueError("is not the address of a site", hint)
    if parts.query or parts.fragment or parts.username is not None:
        raise InvalidValueError("has more than a host and a path", hint)
    return address.rstrip("/")
