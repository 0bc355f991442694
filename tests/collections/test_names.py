"""Names of authors as people write them, alone and in lists."""

import pytest

from plugins.collections.entry import Person
from plugins.collections.names import read_names

LEE, RAY, KIM = Person("Lee", "Ann"), Person("Ray", "Bob"), Person("Kim", "Cho")
ONE = {
    "Ann Lee": LEE,
    "Lee, Ann": LEE,
    "Ann B. Lee": Person("Lee", "Ann B."),
    "A. B. Lee": Person("Lee", "A. B."),
    "Lee, A. B.": Person("Lee", "A. B."),
    "Plato": Person("Plato"),
    "Ludwig van Beethoven": Person("Beethoven", "Ludwig", "van"),
    "van Beethoven, Ludwig": Person("Beethoven", "Ludwig", "van"),
    "Maria De La Cruz": Person("Cruz", "Maria", "De La"),
    "Charles de la Vallée Poussin": Person("Vallée Poussin", "Charles", "de la"),
    "Bob Ray Jr.": Person("Ray", "Bob", suffix="Jr."),
    "Bob Ray, Jr.": Person("Ray", "Bob", suffix="Jr."),
    "Ray, Jr., Bob": Person("Ray", "Bob", suffix="Jr."),
    "Bob Ray III": Person("Ray", "Bob", suffix="III"),
    "Ann Lee, PhD": Person("Lee", "Ann", suffix="PhD"),
    "王小明": Person(literal="王小明"),
    "山田 太郎": Person(literal="山田 太郎"),
    "김철수": Person(literal="김철수"),
    "ATLAS Collaboration": Person(literal="ATLAS Collaboration"),
    "The Event Horizon Telescope Team": Person(literal="The Event Horizon Telescope Team"),
    "{Barnes and Noble}": Person(literal="Barnes and Noble"),
    "**Ann Lee**": LEE,
    "__Ann Lee__": LEE,
    "<b>Ann Lee</b>": LEE,
    "<u>Ann</u> Lee": LEE,
    "<strong><u>Lee, Ann</u></strong>": LEE,
    "<span style='color:red'>Ann Lee</span>": LEE,
    "Ann&nbsp;Lee": LEE,
    "Ann Lee*": LEE._replace(marks="*"),
    "Ann Lee\\*": LEE._replace(marks="*"),
    "**Ann Lee***": LEE._replace(marks="*"),
    "**Ann Lee**\\*": LEE._replace(marks="*"),
    "Ann Lee *†": LEE._replace(marks="*†"),
    "*Ann Lee": LEE._replace(marks="*"),
    "Ann Lee¹²": LEE._replace(marks="¹²"),
    "Ann Lee<sup>*</sup>": LEE._replace(marks="*"),
    "<b>Ann Lee<sup>1,2</sup></b>": LEE._replace(marks="1,2"),
    "Ann Lee^1^": LEE._replace(marks="^1^"),
    "Ann Lee$^*$": LEE._replace(marks="$^*$"),
    "Ann Lee (co-first)": LEE._replace(marks="(co-first)"),
    "Ann Lee ✉": LEE._replace(marks="✉"),
    "[Ann Lee](https://x.org/a)": LEE._replace(url="https://x.org/a"),
    '<a href="https://x.org/?a&amp;b">Ann Lee</a>*': LEE._replace(marks="*", url="https://x.org/?a&b"),
}
LISTS = {
    "Ann Lee, Bob Ray": [LEE, RAY],
    "Ann Lee and Bob Ray": [LEE, RAY],
    "Ann Lee & Bob Ray": [LEE, RAY],
    "Ann Lee &amp; Bob Ray": [LEE, RAY],
    "Ann Lee, Bob Ray, and Cho Kim": [LEE, RAY, KIM],
    "Ann Lee, Bob Ray & Cho Kim": [LEE, RAY, KIM],
    "Ann Lee; Bob Ray; Cho Kim": [LEE, RAY, KIM],
    "Lee, Ann; Ray, Bob; Kim, Cho": [LEE, RAY, KIM],
    "Lee, Ann and Ray, Bob and Kim, Cho": [LEE, RAY, KIM],
    "Lee, Ann and Ray, Bob": [LEE, RAY],
    "Lee, Ann, Ray, Bob": [LEE, RAY],
    "Lee, A., Ray, B., & Kim, C.": [Person("Lee", "A."), Person("Ray", "B."), Person("Kim", "C.")],
    "Lee, A. and Ray, B.": [Person("Lee", "A."), Person("Ray", "B.")],
    "Lee, A.*, van Ray, B. C.": [Person("Lee", "A.", marks="*"), Person("Ray", "B. C.", "van")],
    "Lee A, Ray BC, Kim C": [Person("Lee", "A"), Person("Ray", "BC"), Person("Kim", "C")],
    "A. Lee, B. Ray*": [Person("Lee", "A."), Person("Ray", "B.", marks="*")],
    "A. Lee, Bob Ray": [Person("Lee", "A."), RAY],
    "A.-B. Lee, C. van Ray": [Person("Lee", "A.-B."), Person("Ray", "C.", "van")],
    "A Lee, B Ray": [Person("Lee", "A"), Person("Ray", "B")],
    "St. John, A.": [Person("St. John", "A.")],
    "ليلى حداد, يوهانغ سونغ": [Person("حداد", "ليلى"), Person("سونغ", "يوهانغ")],
    "Ann Lee<br>Bob Ray": [LEE, RAY],
    "Ann Lee*, Bob Ray*†, Cho Kim": [LEE._replace(marks="*"), RAY._replace(marks="*†"), KIM],
    "Bob Ray, Jr., Ann Lee": [RAY._replace(suffix="Jr."), LEE],
    "Ann Lee and the ATLAS Collaboration": [LEE, Person(literal="the ATLAS Collaboration")],
    "王小明、李雷": [Person(literal="王小明"), Person(literal="李雷")],
    "王小明，李雷": [Person(literal="王小明"), Person(literal="李雷")],
    "王小明；李雷": [Person(literal="王小明"), Person(literal="李雷")],
    "Ann Lee, 王小明": [LEE, Person(literal="王小明")],
    "": [],
    " , and ": [],
}
OTHERS = ["et al.", "et al", "and others", "others", "…", "...", "+ 12 more", "and 12 others"]


@pytest.mark.parametrize("written", ONE)
@pytest.mark.parametrize("form", ["a text", "an item"])
def test_one_name(written: str, form: str) -> None:
    assert read_names([written] if form == "a text" else ["Eve Fox", written]).persons[-1] == ONE[written]


@pytest.mark.parametrize("written", LISTS)
def test_a_list_of_names_in_one_text(written: str) -> None:
    names = read_names([written])
    assert list(names.persons) == LISTS[written]
    assert not names.others


@pytest.mark.parametrize("others", OTHERS)
@pytest.mark.parametrize("before", ["Ann Lee, Bob Ray, ", "Ann Lee; Bob Ray; ", "Ann Lee and Bob Ray and "])
def test_others_are_no_person(before: str, others: str) -> None:
    assert read_names([before + others]) == ((LEE, RAY), True)


@pytest.mark.parametrize("written", ["Ann Lee et al.", "Ann Lee, et al.", "Ann Lee and others", "Lee, Ann et al."])
def test_others_behind_one_name(written: str) -> None:
    assert read_names([written]) == ((LEE,), True)


@pytest.mark.parametrize("written", ["王小明等", "王小明 等", "王小明等人"])
def test_others_in_chinese(written: str) -> None:
    assert read_names([written]) == ((Person(literal="王小明"),), True)


def test_a_person_prints_the_name_as_it_is_read() -> None:
    assert str(Person("Beethoven", "Ludwig", "van")) == "Ludwig van Beethoven"
    assert str(RAY._replace(suffix="Jr.", marks="*")) == "Bob Ray, Jr."
