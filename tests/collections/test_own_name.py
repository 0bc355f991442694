"""The page's author is found among the authors of an entry: by the parts of the names, never by a piece of one."""

import pytest
from markupsafe import Markup

from plugins.collections.names import read_names
from plugins.collections.own_name import OwnName

FITS = {  # the owner's names → names that are theirs
    "Yuhang Song": "Yuhang Song; Y. Song; Y Song; Song, Yuhang; Song, Y.; Song Y.; YUHANG SONG; Yu-Hang Song; Y.-H. Song; "
    "Yuhang Q. Song; Song, Yu-hang; Yuhang Sóng; Song, Y. Q.",
    "José Muñoz": "Jose Munoz; J. Muñoz; José Muñoz; Munoz, J.; J. M. Munoz",
    "Jürgen Müller": "Juergen Mueller; J. Mueller; Jurgen Muller; Müller, J.",
    "Søren Kjærgård": "Soren Kjaergard; S. Kjærgård",
    "Łukasz Kaiser": "Lukasz Kaiser; L. Kaiser",
    "Ludwig van Beethoven": "L. van Beethoven; van Beethoven, Ludwig; van Beethoven, L.; Ludwig van Beethoven",
    "Jean-Pierre Dupont": "J.-P. Dupont; J. P. Dupont; Jean Pierre Dupont; J. Dupont; Dupont, J.P.",
    "Conor O’Neill": "C. O'Neill; Conor O'Neill; O’Neill, C.",
    "Anna Schmidt-Lee": "A. Schmidt-Lee; Anna Schmidt Lee; Schmidt-Lee, A.",
    "宋宇航": "宋宇航; 宋 宇航",
    "Plato": "Plato",
    "Jane Q. Public": "Jane Public; J. Q. Public; Jane Quincy Public; J. Public",
}
STRANGERS = {
    "Yuhang Song": "Jun Song; X. Song; Yuhang Songbird; Yuhang Son; Song; Yuhao Song; Y. Li; Yuhang; S. Yuhang",
    "Wei Li": "Wei Liu; W. Lin; Li; Wen Li; W. Lie",
    "Ann Lee": "Anna Lee; Annabel Lee; B. Lee; Ann Leeson",
    "Jane Q. Public": "J. R. Public; Jane R. Public; John Public",
    "Ludwig van Beethoven": "Karl van Beethoven; L. Beethovens",
    "宋宇航": "宋宇; 李宇航",
}


def owner(*names: str) -> OwnName:
    """Return the owner of a page by the names in authors.yml."""
    return OwnName(person for name in names for person in read_names([name]).persons)


def cases(table: dict[str, str]) -> list[tuple[str, str]]:
    """Return each pair of a table."""
    return [(name, other) for name, others in table.items() for other in others.split("; ")]


@pytest.mark.parametrize(("name", "written"), cases(FITS))
def test_a_name_is_found_however_it_is_written(name: str, written: str) -> None:
    """With initials, without accents, family name first."""
    authors = read_names(["Ada Lovelace", written, "Kurt Gödel"]).persons
    assert owner(name).index(authors) == 1, authors


@pytest.mark.parametrize(("name", "written"), cases(STRANGERS))
def test_another_name_is_not(name: str, written: str) -> None:
    """However much of it is the same."""
    authors = read_names(["Ada Lovelace", written]).persons
    assert len(authors) == 2
    assert owner(name).index(authors) == -1


@pytest.mark.parametrize(
    ("authors", "index"),
    [
        pytest.param(["J. Song", "Jun Song", "Jane Song"], 2, id="the whole name before an initial"),
        pytest.param(["J. Song", "J. Song"], -1, id="two alike: nobody"),
        pytest.param(["Jun Song", "J. Song"], 1, id="a first name that is known decides against the other"),
        pytest.param([], -1, id="no authors"),
    ],
)
def test_of_two_the_better_one_is_meant(authors: list[str], index: int) -> None:
    """And none where both fit alike."""
    assert owner("Jane Song").index(read_names(authors).persons) == index


def test_variants_are_names_too() -> None:
    """A name before a marriage, and one in another script."""
    known = owner("Robert Lee", "Bob Lee", "李明", "Robert Smith")
    for written in ("Bob Lee", "李明", "R. Smith"):
        assert known.index(read_names(["Ada Lovelace", written]).persons) == 1, written


CITATIONS = {
    'Song, Y., & Li, B. (2020). "Title." <i>Journal</i>.': '<b>Song, Y.</b>, & Li, B. (2020). "Title." <i>Journal</i>.',
    "A. Li, Yuhang Song and C. Wu. Song lines.": "A. Li, <b>Yuhang Song</b> and C. Wu. Song lines.",
    "A. Li and Y. Song*. 2020.": "A. Li and <b>Y. Song</b>*. 2020.",
    "Li, A., Song Y (2020).": "Li, A., <b>Song Y</b> (2020).",
    "<b>Y. Song</b>, Y. Song": "<b>Y. Song</b>, Y. Song",
    "A. Y. Song and B. Li": "A. Y. Song and B. Li",
    "Yuhang Songbird, J. Song, Songs, Y.": "Yuhang Songbird, J. Song, Songs, Y.",
    "<i>Sóng, Y. (2020)</i>": "<i><b>Sóng, Y.</b> (2020)</i>",
}


@pytest.mark.parametrize("citation", CITATIONS)
def test_a_citation_marks_the_name(citation: str) -> None:
    """Where authors are named only in running text; one that is marked already is left as it is."""
    assert owner("Yuhang Song").mark(Markup(citation)) == CITATIONS[citation]
