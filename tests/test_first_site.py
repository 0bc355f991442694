"""This repository's own first site: the seed's page, published as it is.

The site belongs to its owner. In a copy of the repository that is somebody else's site, these tests are skipped; no other
test reads the checkout's content and settings.
"""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED, Site, new_site

OWNERS = {  # the owner's files, and a word of each that shows whose they are
    "pelicanconf.py": "Yuhang Song",
    "publishconf.py": "yuhangsong.github.io",
    "content/authors.yml": "Yuhang Song",
    "content/pages/about.md": "Fractile",
}


@pytest.fixture
def first_site() -> None:
    """Skip the test once the site is another owner's."""
    for path, word in OWNERS.items():
        if not (ROOT / path).is_file() or word not in (ROOT / path).read_text("utf-8"):
            pytest.skip(f"{path} is another owner's, and so is the site")


@pytest.mark.usefixtures("first_site")
@pytest.mark.parametrize(
    ("own", "copy"), [("content/pages/about.md", "about.md"), ("content/authors.yml", "authors.yml")]
)
def test_the_tests_copy_is_the_same_as_the_sites_own(own: str, copy: str) -> None:
    """Byte for byte."""
    assert (ROOT / own).read_bytes() == (SEED / copy).read_bytes()


@pytest.mark.usefixtures("first_site")
def test_the_site_of_this_repository_is_the_seed_as_the_tests_build_it(seed_site: Site, tmp_path: Path) -> None:
    """With its own settings and content: no warning, and the same files."""
    own = new_site(tmp_path / "own")
    for path in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / path, own.root)
    shutil.copytree(ROOT / "content", own.root / "content", dirs_exist_ok=True)
    built, expected = own.build(production=True), seed_site.build(production=True)
    assert built.lines == []
    assert built.files() == expected.files()
    assert built.text("index.html") == expected.text("index.html")


def test_no_other_test_reads_what_belongs_to_the_owner() -> None:
    """Tests have a page, authors and settings of their own: tests/seed and tests/conftest.py."""
    reads = re.compile(r"""ROOT\s*/\s*f?["'](?:content|pelicanconf|publishconf)\b""")
    assert reads.search('(ROOT / "content" / "pages")')
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert len(files) > 50
    assert [file.name for file in files if reads.search(file.read_text("utf-8"))] == [Path(__file__).name]
