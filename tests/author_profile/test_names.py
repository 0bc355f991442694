"""Names in any script: initials, monogram, given and family name."""

from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from plugins.author_profile.names import initials, monogram, parts_of_name
from plugins.author_profile.profile import Profile


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Yuhang Song", "YS"),
        ("Ludwig van Beethoven", "LB"),
        ("Jean de La Fontaine", "JF"),
        ("Dr. Jane Q. Doe, PhD", "JD"),
        ("Jane Doe, FRS", "JD"),
        ("Plato", "P"),
        ("de la Cruz", "C"),
        ("宋宇航", "宋"),
        ("宋 宇航", "宋"),
        ("やまだ たろう", "や"),
        ("김철수", "김"),
        ("张三 (San Zhang)", "张"),
        ("Élodie ünal", "ÉÜ"),
        ("E\u0301lodie Doe", "E\u0301D"),
        ("Иван Петров", "ИП"),
        ("محمد علي", "مع"),
        ("🌱 Jane Doe 🌱", "JD"),
        ('"Jane" (J.) Doe', "JD"),
        ("ßtrange", "S"),
        ("🌱", ""),
        ("", ""),
        ("42", ""),
    ],
)
def test_the_initials_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("name", ["Yuhang Song", "宋宇航", "🌱", "<script>", "A&B"])
def test_the_monogram_is_a_whole_svg_that_screen_readers_skip(name: str) -> None:
    root = ElementTree.fromstring(monogram(name))
    assert root.get("aria-hidden") == "true"
    assert "".join(root.itertext()) == initials(name)
    assert (root.find("path") is not None) == (not initials(name))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Song, Yuhang", ("Yuhang", "Song")),
        ("Jane Doe, PhD", ("Jane", "Doe")),
        ("Plato", ("Plato", "")),
        ("de la Cruz", ("de", "la Cruz")),
        ("宋 宇航", ("宋 宇航", "")),
        ("María José García Márquez", ("María José García", "Márquez")),
    ],
)
def test_a_name_has_parts(name: str, parts: tuple[str, str]) -> None:
    assert parts_of_name(name) == parts


def test_a_monogram_is_engraved_by_the_name_alone() -> None:
    """The same name has the same lines, and another name others; under 1.5 kB."""
    assert monogram("Jane Doe") == monogram("Jane Doe")
    assert monogram("Jane Doe").replace("JD", "") != monogram("John Dee").replace("JD", "")
    assert len(monogram("Jane Doe")) < 1500


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Yuhang Song", 0),
        ("Ludwig Bolt Hu", 1),
        ("Maximilian Schmidt", 2),
        ("Maximiliane Oppenheim", 3),
        ("Wolfgang Mommsen-Wumm", 4),
        ("Ana de la Cruz Villa Real Mayor", 0),
        ("Maximiliane Oppenheimer-Schmidt", 3),
        ("宋宇航", 0),
    ],
)
def test_a_name_gets_smaller_by_steps(name: str, size: int) -> None:
    """By how wide all of it is, while it fits on one line in the smallest; a longer one by its longest word."""
    assert Profile(name, Markup(name), Markup()).name_size == size
