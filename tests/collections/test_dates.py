"""What people write about a date, and what is known of it."""

from datetime import UTC, date, datetime

import pytest

from plugins.collections.dates import of_name, of_value
from plugins.collections.entry import PartialDate as Date

VALUES: dict[object, Date] = {
    date(2020, 5, 17): Date(2020, 5, 17),
    datetime(2020, 5, 17, 10, tzinfo=UTC): Date(2020, 5, 17),
    2020: Date(2020),
    "2020": Date(2020),
    "2020-05-17": Date(2020, 5, 17),
    "2020-5-7": Date(2020, 5, 7),
    "2020/05/17": Date(2020, 5, 17),
    "2020.05.17": Date(2020, 5, 17),
    "2020-05": Date(2020, 5),
    "2020/5": Date(2020, 5),
    "2020-05-17 10:00:00": Date(2020, 5, 17),
    "2020-05-17T10:00:00Z": Date(2020, 5, 17),
    "17.05.2020": Date(2020, 5, 17),
    "5/17/2020": Date(2020, 5, 17),
    "17/5/2020": Date(2020, 5, 17),
    "05/2020": Date(2020, 5),
    "May 2020": Date(2020, 5),
    "may, 2020": Date(2020, 5),
    "Sept. 2020": Date(2020, 9),
    "17 May 2020": Date(2020, 5, 17),
    "17th May 2020": Date(2020, 5, 17),
    "May 17, 2020": Date(2020, 5, 17),
    "May 1st, 2020": Date(2020, 5, 1),
    "2020年5月": Date(2020, 5),
    "2020年5月17日": Date(2020, 5, 17),
    "2020年": Date(2020),
    "Spring 2021": Date(2021, text="Spring 2021"),
    "forthcoming": Date(text="forthcoming"),
    "Forthcoming in 2021": Date(2021, text="Forthcoming in 2021"),
    "May 3-5, 2020": Date(2020, text="May 3-5, 2020"),
    "2018-2020": Date(2018, text="2018-2020"),
    "2018 - present": Date(2018, text="2018 - present"),
    "in press": Date(text="in press"),
    "2020-13-45": Date(2020, text="2020-13-45"),
    "31.02.2020": Date(2020, text="31.02.2020"),
    "32/13/2020": Date(2020, text="32/13/2020"),
    "Fall\n  2020": Date(2020, text="Fall 2020"),
    "12345": Date(text="12345"),
    "٢٠٢٠": Date(text="٢٠٢٠"),
}
NAMES = {
    "2020-05-17-title": Date(2020, 5, 17),
    "2020-5-7-title": Date(2020, 5, 7),
    "2020-05-17": Date(2020, 5, 17),
    "2020-05-title": Date(2020, 5),
    "2020-title": Date(2020),
    "2014-spring-teaching-1": Date(2014),
    "2020_title": Date(2020),
    "title-2020": Date(),
    "20200517-title": Date(),
    "2020-99-99-title": Date(),
    "paper": Date(),
}


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_date_of_a_value(value: object) -> None:
    assert of_value(value) == VALUES[value]


@pytest.mark.parametrize("name", NAMES)
def test_a_date_of_a_files_name(name: str) -> None:
    assert of_name(name) == NAMES[name]
