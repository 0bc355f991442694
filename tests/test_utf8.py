"""The bytes of a text file become its text, or a problem that names the byte."""

import pytest

from plugins.problems import Problems
from plugins.utf8 import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("é\n".encode(), "é\n", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="a byte-order mark"),
        pytest.param(b"a\r\nb\rc\n", "a\nb\nc\n", id="line ends of every system"),
        pytest.param(b"", "", id="an empty file"),
    ],
)
def test_text_is_decoded(data: bytes, text: str) -> None:
    problems = Problems()
    assert decode(data, "f", problems) == text
    assert not list(problems)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"a\nb\xfcc\n", "f:2: encoding: byte 0xFC is not UTF-8; save the file as UTF-8", id="Latin-1"),
        pytest.param(
            "ab".encode("utf-16"), "f:1: encoding: byte 0xFF is not UTF-8; save the file as UTF-8", id="UTF-16"
        ),
    ],
)
def test_another_encoding_is_an_error_at_the_line_of_the_byte(data: bytes, message: str) -> None:
    problems = Problems()
    assert decode(data, "f", problems) is None
    assert list(map(str, problems)) == [message]
