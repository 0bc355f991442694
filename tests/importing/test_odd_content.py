"""Whatever files hold, an import ends with a plan or with a problem, never with a traceback."""

from contextlib import suppress
from pathlib import Path

import pytest

from plugins.importing import import_site, summary
from plugins.problems import ContentError
from tests.conftest import Site
from tests.importing.checkouts import FILES, compose

ODD = {
    "nothing": b"",
    "UTF-16": "---\ntitle: x\n---\n".encode("utf-16"),
    "Latin-1": "---\ntitle: é\n---\né".encode("latin-1"),
    "a mark of byte order": "\ufeff---\npermalink: /bom/\n---\nx".encode(),
    "an open fence": b"---\ntitle: x\n",
    "bad YAML": b"---\nfoo: [\n---\nx",
    "a list for keys": b"---\n- a\n---\nx",
    "a word for keys": b"---\nhello\n---\nx",
    "zeros": b"---\npermalink: /a\0b/\n---\n\0",
    "values of other types": b"---\npermalink: [1]\nredirect_from: {a: b}\ntitle: 2020-01-01\npublished: maybe\n---\nx",
    "other sites' addresses": b"---\npermalink: https://x.example/y\nredirect_from: [../../etc, '', null, 'a?q#f']\n---\nx",
    "an address that climbs": b"---\npermalink: /../../x/\n---\nx",
    "an alias of itself": b"a: &a [*a]\n",
    "a list": b"- 1\n- 2\n",
    "a menu that is none": b"main: 5\n",
    "a menu of anything": b"main:\n  - 1\n  - [a]\n  - {title: 1, url: 2}\n  - title: a\n    url: 'http://['\n",
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_every_file_but_the_configuration_may_hold_anything(tmp_path: Path, site: Site, data: bytes) -> None:
    checkout = compose(tmp_path / "checkout", {**dict.fromkeys(FILES, data), "_config.yml": FILES["_config.yml"]})
    done = import_site(checkout, site.root)
    assert len(done.plan.items) > 30
    assert "academicpages: " in summary(done)


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_the_configuration_may_hold_anything(tmp_path: Path, site: Site, data: bytes) -> None:
    """It is enough to know the repository; a configuration that is no YAML is refused."""
    checkout = compose(tmp_path / "checkout", {**FILES, "_config.yml": data})
    with suppress(ContentError):
        import_site(checkout, site.root)
    assert (site.root / "content/authors.yml").exists() is (site.root / "content/redirects.yml").exists()


@pytest.mark.parametrize(
    ("change", "name", "message"),
    [
        pytest.param("name:", "Ann Lee / Home", "'Ann Lee / Home' of 'title' is taken", id="of the title"),
        pytest.param("both:", "annlee", "'annlee' of 'repository' is taken", id="of the repository"),
    ],
)
def test_an_author_without_a_name_gets_one(tmp_path: Path, site: Site, change: str, name: str, message: str) -> None:
    config = str(FILES["_config.yml"]).replace('  name             : "Ann Lee"\n', "  name             :\n")
    if change == "both:":
        config = config.replace('"Ann Lee / Home"', '"Your Name / Site Title"').replace('&name "Ann Lee"', "&name x")
        config = config.replace("name                     : &name x\n", "").replace("  name: *name\n", "  name: x\n")
    done = import_site(compose(tmp_path / "checkout", {**FILES, "_config.yml": config}), site.root)
    assert [message in problem.message for problem in done.warnings if problem.key == "author"] == [True]
    assert f'AUTHOR = "{name}"' in (site.root / "pelicanconf.py").read_text()
    assert not site.build().failed


@pytest.mark.parametrize(
    ("url", "domain", "remote", "address"),
    [
        pytest.param("", "ann.example", "", "https://ann.example", id="CNAME"),
        pytest.param("https://academicpages.github.io", "", "git@github.com:annlee/annlee.github.io.git", "", id="git"),
        pytest.param("", "", "https://github.com/annlee/site", "https://annlee.github.io/site", id="a project's git"),
        pytest.param("https://academicpages.github.io", "", "", None, id="nothing"),
    ],
)
def test_the_address_is_never_somebody_elses(
    tmp_path: Path, site: Site, url: str, domain: str, remote: str, address: str | None
) -> None:
    config = str(FILES["_config.yml"]).replace("https://annlee.github.io", url).replace("annlee/annlee.github.io", "")
    files = {**FILES, "_config.yml": config, "CNAME": domain, ".git/config": f"url = {remote}\n" if remote else ""}
    done = import_site(compose(tmp_path / "checkout", files), site.root)
    expected = "https://annlee.github.io" if address == "" else address
    assert done.plan.production.get("SITEURL") == expected
    assert len([problem for problem in done.warnings if problem.key == "url"]) == 1


def test_a_language_that_is_none_is_a_warning(tmp_path: Path, site: Site) -> None:
    config = str(FILES["_config.yml"]).replace("de-DE", "sz-CN")
    done = import_site(compose(tmp_path / "checkout", {**FILES, "_config.yml": config}), site.root)
    assert "'sz-CN' is no language, and English is taken" in [p.message for p in done.warnings]
    assert "DEFAULT_LANG" not in (site.root / "pelicanconf.py").read_text()


def test_a_picture_with_the_baseurl_in_front_is_found(tmp_path: Path, site: Site) -> None:
    config = str(FILES["_config.yml"]).replace('baseurl                  : ""', 'baseurl                  : "/lab"')
    config = config.replace('"me.png"', '"/lab/images/me.png"')
    import_site(compose(tmp_path / "checkout", {**FILES, "_config.yml": config}), site.root)
    assert 'avatar           : "/images/me.png"' in (site.root / "content/authors.yml").read_text()
