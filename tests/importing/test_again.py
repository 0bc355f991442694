"""What an import finds in the project: the example, an earlier import, what the owner has changed since."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.importing import import_site, summary
from plugins.importing.deciding import _FIRST_SITE
from plugins.importing.record import FILE, fingerprint, read
from plugins.problems import ContentError
from plugins.scaffolding import Owner, new_site
from tests.conftest import SEED, Site
from tests.importing.checkouts import CONFIG, FILES, compose, page
from tests.killing import tree

PAGE = "content/pages/cv.md"


def test_the_example_counts_as_free(whole: Path, seed_site: Site) -> None:
    """In a fresh clone of the program's repository one command is enough."""
    done = import_site(whole, seed_site.root)
    assert done.replaced == []
    assert (seed_site.root / "content/pages/about.md").read_bytes() == (whole / "_pages/about.md").read_bytes()


@pytest.mark.parametrize("owner", [Owner(), Owner("Ann Lee"), Owner("Zoë O'Neil", "https://annlee.github.io")])
def test_a_new_site_counts_as_free(whole: Path, tmp_path: Path, owner: Owner) -> None:
    """Whatever name `frontispiece new` was given."""
    new_site(tmp_path / "new", owner, "0.1.0")
    assert import_site(whole, tmp_path / "new").replaced == []
    assert 'AUTHOR = "Ann Lee"' in (tmp_path / "new/pelicanconf.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "change"),
    [
        pytest.param("content/pages/about.md", lambda text: f"{text}\nMine.", id="the page"),
        pytest.param("content/authors.yml", lambda text: text.replace("PhD", "MSc"), id="the author"),
        pytest.param("pelicanconf.py", lambda text: text.replace("Yuhang Song", "Bo"), id="a setting"),
        pytest.param("content/navigation.yml", lambda text: "main: []", id="the menu"),
    ],
)
def test_what_the_owner_has_written_is_never_replaced_unasked(
    whole: Path, seed_site: Site, path: str, change: Callable[[str], str]
) -> None:
    file = seed_site.root / path
    file.write_text(change(file.read_text("utf-8") if file.exists() else ""), "utf-8")
    before = tree(seed_site.root)
    with pytest.raises(ContentError, match="would be replaced; add --yes to replace it"):
        import_site(whole, seed_site.root)
    assert tree(seed_site.root) == before
    done = import_site(whole, seed_site.root, overwrite=True)
    assert f"Replaced, though you had written or changed them: {path}" in summary(done)
    assert import_site(whole, seed_site.root).written == []


def test_an_import_again_changes_nothing(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    before = tree(site.root)
    done = import_site(whole, site.root)
    assert (done.written, done.kept) == ([], [])
    assert "Nothing has changed since the last import." in summary(done)
    assert tree(site.root) == before


@pytest.mark.parametrize(
    ("path", "change"),
    [
        pytest.param(PAGE, lambda file: file.write_text("mine"), id="a page"),
        pytest.param(PAGE, Path.unlink, id="a page, removed"),
        pytest.param("content/navigation.yml", lambda file: file.write_text("main: []\n"), id="the menu"),
        pytest.param("content/publications/2020-01-02-neurons.md", Path.unlink, id="an entry, removed"),
        pytest.param("content/redirects.yml", lambda file: file.write_text("{}\n"), id="redirects"),
    ],
)
def test_what_the_owner_has_changed_since_stays(
    whole: Path, site: Site, path: str, change: Callable[[Path], object]
) -> None:
    """It is said, and `--yes` takes it over again."""
    import_site(whole, site.root)
    change(site.root / path)
    before = tree(site.root)
    done = import_site(whole, site.root)
    assert (done.written, done.kept) == ([], [path])
    assert f"Kept as you have changed or removed them since: {path}." in summary(done)
    assert tree(site.root) == before
    assert path in import_site(whole, site.root, overwrite=True).written
    assert import_site(whole, site.root).kept == []


def test_a_setting_that_the_owner_has_changed_since_stays(whole: Path, site: Site) -> None:
    """And all others are taken over."""
    import_site(whole, site.root)
    settings = site.root / "pelicanconf.py"
    settings.write_text(settings.read_text().replace('"Ann Lee / Home"', '"Lee Lab"') + "THEME_ACCENT = '#00f'\n")
    (whole / "_config.yml").write_text(CONFIG.replace("Europe/Berlin", "Asia/Tokyo"))
    done = import_site(whole, site.root)
    assert done.kept == ["pelicanconf.py: SITENAME"]
    text = settings.read_text()
    assert 'SITENAME = "Lee Lab"' in text
    assert 'TIMEZONE = "Asia/Tokyo"' in text
    assert "THEME_ACCENT = '#00f'" in text


def test_what_has_changed_on_the_old_site_comes_along(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    (whole / "_pages/cv.md").write_text(page("/cv/", "New."))
    (whole / "_talks/2024-01-01-new.md").write_text(page("", "A talk."))
    done = import_site(whole, site.root)
    assert {PAGE, "content/talks/2024-01-01-new.md"} <= set(done.written)
    assert (site.root / PAGE).read_text() == page("/cv/", "New.")


def test_git_on_windows_may_have_changed_line_ends(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    for path in (PAGE, "content/authors.yml", "pelicanconf.py"):
        file = site.root / path
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert import_site(whole, site.root).kept == []


def test_a_record_with_git_marks_is_read_as_far_as_it_goes(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    record = site.root / FILE
    lines = read(record)
    record.write_text("<<<<<<< ours\n" + record.read_text() + "=======\n")
    assert read(record) == lines
    assert PAGE in lines


def test_the_seed_is_the_example() -> None:
    """If it changes, `deciding` has to know it too."""
    assert _FIRST_SITE["content/pages/about.md"] == fingerprint(SEED / "about.md")
    assert _FIRST_SITE["content/authors.yml"] == fingerprint(SEED / "authors.yml")


def test_one_line_a_kind_is_reported(whole: Path, site: Site) -> None:
    lines = summary(import_site(whole, site.root)).splitlines()
    assert lines[0] == (
        "academicpages: 5 pages, 2 publications, 1 talk, 1 entry of software, 2 articles, 2 drafts, 1 data file, 1 menu, "
        "11 files"
    )
    assert (
        "      8  the template's own: left out (_data/ui-text.yml, _includes/footer.html, _layouts/single.html …)"
        in lines
    )
    assert lines[-2] == "1 thing needs you:"


def test_many_warnings_are_cut(tmp_path: Path, site: Site) -> None:
    files = {**FILES, **{f"files/{'x' * 210}{n}": "x" for n in range(30)}}
    lines = summary(import_site(compose(tmp_path / "checkout", files), site.root)).splitlines()
    assert lines[-1] == "  and 19 more: see the report"
