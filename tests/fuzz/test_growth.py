"""A page takes time in proportion to its length, whatever is repeated in it; here up to 10 kB, which shows most faults.

At full size, up to 1 MB and with the memory: `invoke bench fuzz`.
"""

import pytest

from tests.fuzz.measuring import LEAST, MOST, growth, limit, seconds
from tests.fuzz.patterns import PAGES, page
from tests.fuzz.publishing import Publisher

LENGTH = 1000
PATIENCE = 20  # seconds: what never ends would not fail otherwise


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.mark.parametrize("name", PAGES)
def test_ten_times_the_page_takes_ten_times_as_long(name: str, publisher: Publisher) -> None:
    """A square would take a hundred times; what takes no time at all needs no second look."""
    with limit(PATIENCE):
        took = seconds(publisher, page(name, 10 * LENGTH))
        assert took < MOST * LEAST or growth(publisher, name, LENGTH)[0] <= MOST


def test_the_table_is_long() -> None:
    assert len(PAGES) > 300
