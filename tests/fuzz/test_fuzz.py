"""No page crashes or hangs, however odd; here a few hundred. At full size, 20,000: `invoke bench fuzz`."""

import time
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Site
from tests.fuzz.grammar import KEPT, KEYS, VALUES
from tests.fuzz.grammar import site as composed
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
            assert seconds(publisher, composed(Random(seed))) < 1, seed


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.md")), ids=lambda path: path.stem)
def test_what_failed_once_does_not_again(kept: Path, publisher: Publisher) -> None:
    """These crashed or hung, or cost the square, before they were mended."""
    authors = kept.with_suffix(".yml")
    text = kept.read_bytes().decode("utf-8", "surrogatepass")
    with limit(PATIENCE):
        assert seconds(publisher, (text, authors.read_text("utf-8") if authors.exists() else "Jane Doe:\n")) < 1


def test_odd_values_have_a_problem_or_a_page(site: Site) -> None:
    """Numbers of 16,000 digits, dates of 4,000, a thousand brackets: each key with each of them in real builds."""
    for key in KEYS:
        for number, value in enumerate(VALUES):
            site.write(f"content/pages/{key}-{number}.md", f"---\nslug: {key}{number}\n{key}: {value}\n---\nHello.\n")
    site.write("content/pages/index.md", "---\npermalink: /\n---\nHello.\n")
    began = time.process_time()
    found = site.build().problems
    for path in {problem.path for problem in found if not problem.warning}:
        (site.root / path).unlink()
    built = site.build()
    assert time.process_time() - began < 20  # for 700 pages
    assert not built.failed, built.lines
    assert not [problem for problem in (*found, *built.problems) if "Error" in problem.message or not problem.line]


def test_pelican_looks_for_links_in_tags_alone(site: Site) -> None:
    """Its pattern would go to the end of a script from each `<` in it."""
    script = "<script>" + "a<b " * 20_000 + "</script>"
    site.write("content/pages/index.md", f"---\npermalink: /\n---\n[x]({{filename}}cv.md)\n\n{script}\n")
    site.write("content/pages/cv.md", "---\ntitle: CV\n---\nHello.\n")
    began = time.process_time()
    built = site.build()
    assert time.process_time() - began < 5
    assert '<a href="/cv/">x</a>' in built.text("index.html")
