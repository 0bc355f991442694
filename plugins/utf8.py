"""The bytes of a text file → its text."""

import re

from .problems import Place, Problems


def decode(data: bytes, path: str, problems: Problems) -> str | None:
    """Return the text of the file at ``path``, with its lines ended by LF; None, and an error, if it is not UTF-8.

    A byte-order mark is dropped; lines may end with LF, CRLF or CR.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", error.object[: error.start])) + 1
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        problems.error(Place(path, line, "encoding"), message, "save the file as UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
