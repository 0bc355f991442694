"""The media type of a file by its name: for the server on this machine, and for stores that keep it with an object."""

import mimetypes
import os

_PYTHON = mimetypes.MimeTypes()  # without the machine's own table, which may differ
_TYPES = {  # what Python's table lacks, or has under an older name
    ".bib": "text/x-bibtex",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".vcf": "text/vcard",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def media_type(path: str) -> str:
    """Return the media type of a file by its name; text is declared as UTF-8."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    own = _TYPES.get(suffix) or _PYTHON.guess_type(path)[0]
    found = own or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found in ("application/json", "application/xml", "image/svg+xml")
    return f"{found}; charset=utf-8" if is_text else found
