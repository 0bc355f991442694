"""The text of a settings module with other values in it."""

import pytest

from plugins.settings_source import with_settings


@pytest.mark.parametrize(
    "value",
    [
        'Zoë "Z" O\'Neil\\',
        "a\"b\\1\ng<0>'",
        "宋宇航",
        "{name} %s \\N{BULLET}",
        "\u2028\x00\x7f",
        "",
    ],
)
def test_a_value_is_written_as_one_python_string(value: str) -> None:
    namespace: dict[str, str] = {}
    exec(with_settings('X = "old"\nSITENAME = "old"\n', {"SITENAME": value}), namespace)
    assert (namespace["SITENAME"], namespace["X"]) == (value, "old")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        pytest.param('A = "é"  # a name\n', 'A = "new"  # a name\n', id="its comment stays"),
        pytest.param('A: str = ""\n', 'A: str = "new"\n', id="its type stays"),
        pytest.param("A = [\n    1,\n]  # end\nB = 1\n", 'A = "new"  # end\nB = 1\n', id="a value over lines"),
        pytest.param('A = os.environ.get("A", "#")\n', 'A = "new"\n', id="a call"),
        pytest.param('é = 1; A = "é"; B = "é"\n', 'é = 1; A = "new"; B = "é"\n', id="between others on its line"),
        pytest.param("A = 1\r\nB = 2\r\n", 'A = "new"\r\nB = 2\r\n', id="lines ended as on Windows"),
        pytest.param("B = 2\n", 'B = 2\nA = "new"\n', id="a name that is not set goes to the end"),
        pytest.param(
            "# A = 1\nif B:\n    A = 2\n", '# A = 1\nif B:\n    A = 2\nA = "new"\n', id="not in a comment or block"
        ),
    ],
)
def test_only_the_value_changes(source: str, written: str) -> None:
    assert with_settings(source, {"A": "new"}) == written


def test_several_values_change_at_once() -> None:
    source = 'A = "é"; B = [\n1]\nC = 3\n'
    assert with_settings(source, {"C": "c", "A": "aaaa", "B": "b"}) == 'A = "aaaa"; B = "b"\nC = "c"\n'
