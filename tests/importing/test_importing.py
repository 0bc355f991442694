"""A checkout of academicpages → a site of this project."""

from pathlib import Path

import pytest

from plugins.importing import import_site
from plugins.importing.config import read_config
from plugins.problems import ContentError, Problems
from tests.conftest import Site
from tests.importing.conftest import CONFIG


def test_the_site_is_imported(checkout: Path, site: Site) -> None:
    """Pages, author, settings, pictures and files arrive; pages byte for byte."""
    done = import_site(checkout, site.root)
    assert done.replaced == []
    assert {"content/pages/about.md", "content/images/me.png", "content/PDF/a.pdf", "content/root/CNAME"} <= set(
        done.written
    )
    assert not any("assets" in path for path in done.written)
    assert (site.root / "content/pages/about.md").read_bytes() == (checkout / "_pages/about.md").read_bytes()
    assert 'SITENAME = "Ann Lee / Home"' in (site.root / "pelicanconf.py").read_text()
    assert 'SITEURL = "https://annlee.github.io/lab"' in (site.root / "publishconf.py").read_text()
    built = site.build(production=True)
    assert (built.failed, built.lines) == (False, [])
    assert "Ann Lee" in built.text("index.html")


@pytest.mark.parametrize("link", ["_pages/about.md", "_config.yml"])
def test_a_checkout_that_is_links_is_refused(checkout: Path, site: Site, link: str) -> None:
    """The home page and the configuration have to be files themselves."""
    (checkout / link).rename(checkout.parent / "elsewhere")
    (checkout / link).symlink_to(checkout.parent / "elsewhere")
    with pytest.raises(ContentError, match="name a checkout of academicpages"):
        import_site(checkout, site.root, overwrite=True)
    assert not (site.root / "content/pages/about.md").exists()


def test_nothing_is_replaced_unasked(checkout: Path, site: Site) -> None:
    """A file that is there already stops the import before anything is written."""
    mine = site.write("content/pages/about.md", "mine")
    with pytest.raises(ContentError) as refused:
        import_site(checkout, site.root)
    assert "content/pages/about.md: would be replaced; add --yes to replace it" in str(refused.value)
    assert mine.read_text() == "mine"
    assert not (site.root / "content/authors.yml").exists()


def test_an_import_may_be_repeated(checkout: Path, site: Site) -> None:
    """Files that are the same already are not replaced, so that nobody is asked."""
    import_site(checkout, site.root, overwrite=True)
    assert import_site(checkout, site.root).written == []


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path, site: Site) -> None:
    """Without a `_config.yml` there is nothing to import."""
    with pytest.raises(ContentError, match=r"_config\.yml: is missing; name a checkout of academicpages"):
        import_site(tmp_path / "nowhere", site.root)


def test_the_author_block_stays_as_it_was_written() -> None:
    """Comments, blank lines and the order of the author's keys are kept."""
    assert read_config(CONFIG, Problems()).authors == (
        "author:\n"
        '  name             : "Ann Lee"\n'
        "  # not yet: pronouns\n"
        '  bio              : "Neurons"\n'
        "\n"
        "  github           : annlee\n"
    )


@pytest.mark.parametrize(
    ("url", "baseurl", "siteurl"),
    [
        pytest.param("https://a.github.io/", "", "https://a.github.io", id="a slash at the end"),
        pytest.param("https://a.github.io/lab", "", "https://a.github.io/lab", id="a path in the url"),
        pytest.param("https://a.github.io", "/lab/", "https://a.github.io/lab", id="a baseurl"),
        pytest.param("", "", None, id="none"),
        pytest.param("a.github.io", "", "https://a.github.io", id="no scheme"),
    ],
)
def test_url_and_baseurl_make_one_address(url: str, baseurl: str, siteurl: str | None) -> None:
    """SITEURL is Jekyll's url with its baseurl, if that is an address."""
    text = f"url: '{url}'\nbaseurl: '{baseurl}'\nauthor:\n  name: A\n"
    assert read_config(text, Problems()).production.get("SITEURL") == siteurl


def test_a_config_without_author_is_a_problem() -> None:
    """A `_config.yml` without the author's name is a problem, with its line."""
    problems = Problems()
    read_config("url: https://a.example\nauthor:\n  bio: y\n", problems)
    assert [str(problem) for problem in problems] == [
        "_config.yml:2: author: has no name; write 'name:' with your name below 'author:'"
    ]


def test_the_task_reports_what_it_did(checkout: Path, site: Site) -> None:
    """`invoke import` counts what came along, or says in one line for each file why not, with status 1."""
    site.write("content/pages/about.md", "mine")
    refused = site.invoke("import", str(checkout))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "content/pages/about.md: would be replaced; add --yes to replace it\n" in refused.stderr
    done = site.invoke("import", str(checkout), "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "academicpages: 2 pages, 4 files\n" in done.stdout


@pytest.mark.parametrize(
    ("url", "baseurl", "expected"),
    [
        pytest.param("https://a.github.io", "/lab", None, id="the path is the baseurl, as is the default"),
        pytest.param("https://a.github.io", "", None, id="no path"),
        pytest.param("https://a.github.io/lab", "", "", id="the path is in the url"),
        pytest.param("https://a.github.io/x", "lab/", "/lab", id="one half of the path is in the url"),
        pytest.param("", "/lab", None, id="no address"),
    ],
)
def test_liquid_sees_the_halves_of_the_address_as_before(url: str, baseurl: str, expected: str | None) -> None:
    """BASEURL is written where `site.baseurl` was not the whole path of the address."""
    text = f"url: '{url}'\nbaseurl: '{baseurl}'\nauthor:\n  name: A\n"
    assert read_config(text, Problems()).production.get("BASEURL") == expected
