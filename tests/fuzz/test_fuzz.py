"""No page crashes or hangs, however odd; here a few hundred. At full size, 20,000: `invoke bench fuzz`."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.grammar import KEPT, site
from tests.fuzz.measuring import limit, seconds
from tests.fuzz.publishing import Publisher

PATIENCE = 20  # seconds: what never ends would not fail otherwise


@pytest.fixture(scope="module")
def publisher() -> Publisher:
    return Publisher()


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_no_page_crashes_or_hangs(first: int, publisher: Publisher) -> None:
    """Each is published or has a problem, within a second for 10 kB."""
    for seed in range(first, first + 100):
        with limit(PATIENCE):
            assert seconds(publisher, site(Random(seed))) < 1, seed


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.md")), ids=lambda path: path.stem)
def test_what_failed_once_does_not_again(kept: Path, publisher: Publisher) -> None:
    """These crashed or hung, or cost the square, before they were mended."""
    authors = kept.with_suffix(".yml")
    text = kept.read_bytes().decode("utf-8", "surrogatepass")
    with limit(PATIENCE):
        assert seconds(publisher, (text, authors.read_text("utf-8") if authors.exists() else "Jane Doe:\n")) < 1
