"""A home page as most academicpages sites have one builds without a warning that its author can do nothing about.

The page holds what was counted on 120 public sites: raw HTML of all kinds, comments, Liquid, tables by accident, maths,
icons, counters, attribute lists, pictures in three spellings. Its words are made up.
"""

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from plugins.problems import Problem
from tests.conftest import Site

HERE = Path(__file__).parent


@pytest.fixture
def typical(site: Site) -> Site:
    """Return the site."""
    shutil.copy(HERE / "about.md", site.root / "content" / "pages")
    for name in ("authors.yml", "navigation.yml"):
        shutil.copy(HERE / name, site.root / "content")
    for name in ("500x300.png", "logo.png", "a b.png", "profile.png"):
        Image.new("RGB", (300, 300)).save(site.write(f"content/images/{name}", b""))
    for name in ("cv.pdf", "paper.pdf"):
        site.write(f"content/files/{name}", b"%PDF-1.4")
    return site


def text_of(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}: {problem.key}"


@pytest.mark.parametrize("production", [False, True], ids=["in preview", "as published"])
def test_every_warning_is_about_the_authors_words_and_has_a_way_out(typical: Site, production: bool) -> None:
    built = typical.build(production=production)
    assert not built.failed
    for problem in built.problems:
        line = (typical.root / problem.path).read_text().splitlines()[problem.line - 1]
        assert problem.hint, problem
        assert problem.message.split("'")[1] in line if problem.message.startswith("'") else problem.line, problem
    assert [text_of(problem) for problem in sorted(built.problems)] == [
        "content/authors.yml:15: pubmed",  # the template's example
        "content/navigation.yml:3: url",  # a page that the old site had
        "content/pages/about.md:18: liquid",  # site.google_scholar_stats_use_cdn, of the old site's _config.yml
        "content/pages/about.md:21: liquid",  # site.repository, of the same
        "content/pages/about.md:73: liquid",  # site.publications, a collection of the old site
    ]


def test_it_is_built_without_any_once_they_are_followed(typical: Site) -> None:

    def change(path: str, *changes: tuple[str, str]) -> None:
        text = (typical.root / path).read_text()
        for old, new in changes:
            assert re.search(old, text)
            text = re.sub(old, new, text)
        typical.write(path, text)

    change("content/authors.yml", ("  pubmed:.+\n", ""))
    change("content/navigation.yml", ("/publications/", "/"))
    change("content/pages/about.md", (r"(?s)\{% for.+endfor %\}", ""))
    typical.write("content/site.yml", "repository: jane/jane.github.io\ngoogle_scholar_stats_use_cdn: true\n")
    assert typical.build(production=True).lines == []
