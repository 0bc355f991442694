"""Settings are checked before anything is built; what is wrong with one is reported with its line."""

import pytest

from plugins.problems import Place, Problem, Problems
from plugins.settings import FILE, read_settings, report_misspelled, with_lines
from tests.conftest import Site

HOME = "---\npermalink: /\n---\nHello.\n"
ADDRESS = 'write one such as "https://name.github.io", without a slash at the end'


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        pytest.param("SITEURL", "example.org", f"'example.org' is not the address of a site; {ADDRESS}", id="no scheme"),
        pytest.param("SITEURL", "https://", f"'https://' is not the address of a site; {ADDRESS}", id="no host"),
        pytest.param("SITEURL", "https://a.org/", "'https://a.org/' ends with a slash; write 'https://a.org'", id="slash"),
        pytest.param("SITEURL", " ", f"' ' is not the address of a site; {ADDRESS}", id="a blank"),
        pytest.param("SITEURL", "https://a b.org", f"'https://a b.org' is not the address of a site; {ADDRESS}", id="in it"),
        pytest.param("SITEURL", "https://a.org?b", f"'https://a.org?b' has more than a host and a path; {ADDRESS}", id="query"),
        pytest.param("SITEURL", "https://me:secret@a.org", f"'https://me:secret@a.org' has more than a host and a path; {ADDRESS}", id="a password"),
        pytest.param("SITEURL", "http://a.org:port", f"'http://a.org:port' is not the address of a site; {ADDRESS}", id="no port"),
        pytest.param("SITEURL", "ftp://a.org", f"'ftp://a.org' is not the address of a site; {ADDRESS}", id="another scheme"),
        pytest.param("SITEURL", "http://[::1", f"'http://[::1' is not the address of a site; {ADDRESS}", id="half an IPv6"),
        pytest.param("SITEURL", None, 'None is not a text; write "…"', id="None for an address"),
        pytest.param("SITENAME", 7, '7 is not a text; write "…"', id="a number for a text"),
        pytest.param("TIMEZONE", "Mars", "'Mars' is not a time zone; write one such as 'Europe/London'", id="a time zone"),
        pytest.param("TIMEZONE", "../UTC", "'../UTC' is not a time zone; write one such as 'Europe/London'", id="a path"),
        pytest.param("DEFAULT_LANG", "", "'' is not a language tag; write one such as 'en' or 'zh-Hans'", id="no language"),
        pytest.param("DEFAULT_LANG", ["en"], "['en'] is not a language tag; write one such as 'en' or 'zh-Hans'", id="a list"),
        pytest.param("HEADERS", ["X"], "['X'] is not a mapping of names of headers to texts of one line; write {\"X-Robots-Tag\": \"noindex\"}", id="a list of headers"),
        pytest.param("HEADERS", {"X": 1}, "{'X': 1} is not a mapping of names of headers to texts of one line; write {\"X-Robots-Tag\": \"noindex\"}", id="a number in it"),
        pytest.param("SHOW_DRAFTS", "no", "'no' is neither True nor False; write True or False", id="a word for a flag"),
        pytest.param("PATH", "nope", "'nope' is not a folder; write the path of one", id="no folder"),
        pytest.param("PATH", None, "None is not a folder; write the path of one", id="None for a folder"),
        pytest.param("THEME", 3, "3 is not a folder; write the path of one", id="a number for a folder"),
        pytest.param("PAGE_PATHS", "pages", "'pages' is not a list of texts; write [\"…\"]", id="a text for a list"),
        pytest.param("CACHE_PATH", [], '[] is not a text; write "…"', id="a list for a text"),
    ],
)  # fmt: skip
def test_a_setting_of_the_wrong_type_is_reported(name: str, value: object, message: str) -> None:
    """One line that names the setting, the value and a way out; the default stands in for it."""
    problems = Problems()
    settings = read_settings({name: value}, problems)
    assert [str(problem) for problem in problems] == [f"pelicanconf.py: {name}: {message}"]
    assert getattr(settings, name.lower()) != value


@pytest.mark.parametrize(
    ("name", "near"), [("SITE_URL", "SITEURL"), ("HOST", "HOSTS"), ("THEME_ACCENTS", "THEME_ACCENT"), ("HEADER", "HEADERS")]
)  # fmt: skip
def test_a_misspelled_setting_is_a_warning(name: str, near: str) -> None:
    """It would otherwise do nothing, without a word."""
    problems = Problems()
    report_misspelled([name, near, "MY_OWN_VARIABLE", "DEFAULT_PAGINATION"], ["DEFAULT_PAGINATION"], problems)
    assert [str(problem) for problem in problems] == [
        f"pelicanconf.py: warning: {name}: is not a setting, and does nothing; write {near}"
    ]


def test_a_problem_of_a_setting_has_the_line_that_sets_it() -> None:
    """The file in use goes first; the last of several lines counts; other problems stay as they are."""
    sources = {
        "publishconf.py": "\nHOSTS = []\nHOSTS: list[str] = [1]\n",
        "pelicanconf.py": "HOSTS = 1\nSITENAME == 2\nX = 1\n",
    }
    found = [
        Problem(FILE, 0, "HOSTS", "a"),
        Problem(FILE, 0, "X", "b"),
        Problem(FILE, 0, "SITENAME", "c"),
        Problem("content/pages/a.md", 0, "X", "d"),
        Problem(FILE, 9, "X", "e"),
    ]
    assert [str(Place(p.path, p.line)) for p in with_lines(found, sources)] == [
        "publishconf.py:3",
        "pelicanconf.py:3",
        "pelicanconf.py",
        "content/pages/a.md",
        "pelicanconf.py:9",
    ]


def test_all_settings_and_pages_are_reported_in_one_run(site: Site) -> None:
    """A wrong setting does not hide what is wrong elsewhere, and nothing is published."""
    site.write("content/pages/a.md", "---\npermalink: /a?b\n---\n")
    config = site.root / "pelicanconf.py"
    first = config.read_text("utf-8").count("\n") + 1
    config.write_text(config.read_text("utf-8") + 'TIMEZONE = "Mars"\nSITE_URL = "x"\nTHEME_SCHEME = "dim"\n', "utf-8")
    ran = site.invoke("build")
    assert ran.returncode == 1
    assert [line.partition(": ")[0] for line in ran.stderr.splitlines()] == [
        "content/pages/a.md:2",
        f"pelicanconf.py:{first}",
        f"pelicanconf.py:{first + 1}",
        f"pelicanconf.py:{first + 2}",
    ]
    assert not (site.root / "output").exists()


def test_an_owners_file_replaces_the_themes_file_of_the_same_name(site: Site) -> None:
    """A template, a style and an icon below the site's own theme/; everything else is the program's."""
    (site.root / "theme").unlink()
    site.write("theme/templates/404.html", "mine")
    site.write("theme/styles/print.css", "@layer print{main{color:#010203}}")
    site.write(
        "theme/icons/cv.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h9"/></svg>'
    )
    site.write("content/authors.yml", "author:\n  name: Ann\n  cv: https://example.org/cv.pdf\n")
    site.write("content/pages/a.md", "---\npermalink: /\nauthor_profile: true\n---\nHello.\n")
    built = site.build()
    assert built.lines == []
    assert built.text("404.html") == "mine"
    page = built.text("index.html")
    assert "#010203" in page
    assert "@page" not in page
    assert "--paper" in page
    assert "M0 0h9" in page
