"""Templates are compiled once for all builds, and again when anything that their code depends on has changed."""

import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from plugins.staging import templates
from tests.conftest import Site

PAGE = "---\npermalink: /\n---\nHello\n"
OWN = '<p>{{ "a word"|shouted }}{% if "extra" is plugin_enabled %} on paper{% endif %}</p>'
EXTRA = '\nPLUGINS = [*PLUGINS, "extra"]\n'
FILTER = "\nJINJA_FILTERS = {'shouted': lambda text: text.%s()}\n"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that Jinja compiles from here on."""
    names: list[str] = []
    compile_it = jinja2.Environment.compile

    def compile_and_tell(self: jinja2.Environment, source: str, name: str, *rest: object, **more: object) -> object:
        names.append(name)
        return compile_it(self, source, name, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", compile_and_tell)
    return names


def kept(site: Site) -> list[Path]:
    return [path for path in (site.root / ".cache" / "templates").rglob("*") if path.is_file()]


def test_the_second_build_compiles_nothing(site: Site, compiled: list[str]) -> None:
    """It writes the same page from what the first one kept, and only a template that changed is compiled again."""
    site.write("content/pages/about.md", PAGE)
    first = site.build().text("index.html")
    assert "page.html" in compiled
    compiled.clear()
    assert site.build().text("index.html") == first
    assert compiled == []
    (site.root / "theme").unlink()
    site.write("theme/templates/page.html", "<p>Mine</p>")
    site.write("theme/templates/404.html", "<p>Nothing</p>")
    assert site.build().text("index.html") == "<p>Mine</p>"
    assert sorted(set(compiled)) == ["404.html", "page.html"]


def own_theme(site: Site) -> None:
    (site.root / "theme").unlink()
    for name in ("page", "404"):
        site.write(f"theme/templates/{name}.html", OWN)
    site.write("content/pages/about.md", PAGE)
    site.write("extra.py", "def register():\n    pass\n")
    site.write("pelicanconf.py", (site.root / "pelicanconf.py").read_text() + EXTRA)


def test_a_filter_of_the_settings_may_change(site: Site, compiled: list[str]) -> None:
    """What a filter returns for a constant is not part of a template's code, as it would be by default."""
    own_theme(site)
    conf = (site.root / "pelicanconf.py").read_text()
    for method, shown in (("upper", "A WORD"), ("capitalize", "A word")):
        site.write("pelicanconf.py", conf + FILTER % method)
        assert site.build().text("index.html") == f"<p>{shown} on paper</p>"
    assert len(compiled) == len(set(compiled)), "the second build found the code of the first"


def test_the_settings_may_change_what_a_test_returns(site: Site) -> None:
    """`is plugin_enabled` of a constant is not part of a template's code either."""
    own_theme(site)
    for name in ("page", "404"):
        site.write(f"theme/templates/{name}.html", OWN.replace("|shouted", "|upper"))
    assert site.build().text("index.html") == "<p>A WORD on paper</p>"
    conf = (site.root / "pelicanconf.py").read_text()
    site.write("pelicanconf.py", conf.replace(EXTRA, ""))
    assert site.build().text("index.html") == "<p>A WORD</p>"


def test_a_filter_may_begin_to_take_the_context(site: Site) -> None:
    """How a filter is called is part of a template's code."""
    own_theme(site)
    conf = (site.root / "pelicanconf.py").read_text()
    site.write("pelicanconf.py", conf + FILTER % "upper")
    assert site.build().text("index.html") == "<p>A WORD on paper</p>"
    takes_context = (
        "\nimport jinja2\nJINJA_FILTERS = {'shouted': jinja2.pass_context(lambda context, text: text + '!')}\n"
    )
    site.write("pelicanconf.py", conf + takes_context)
    assert site.build().text("index.html") == "<p>a word! on paper</p>"


def test_an_option_of_jinja_may_change(site: Site) -> None:
    own_theme(site)
    conf = (site.root / "pelicanconf.py").read_text() + FILTER % "upper"
    site.write("theme/templates/page.html", "<p>{{ '&' }}</p>")
    site.write("theme/templates/404.html", "")
    for escapes, shown in ((True, "&amp;"), (False, "&")):
        site.write("pelicanconf.py", f"{conf}\nJINJA_ENVIRONMENT = {{'autoescape': {escapes}}}\n")
        assert site.build().text("index.html") == f"<p>{shown}</p>"


def test_another_version_of_jinja_compiles_anew(
    site: Site, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("content/pages/about.md", PAGE)
    site.build()
    compiled.clear()
    monkeypatch.setattr(templates, "version", lambda name: "99")
    site.build()
    assert "page.html" in compiled


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda whole: whole[:-9], id="cut short"),
        pytest.param(lambda whole: whole[:20], id="cut in its head"),
        pytest.param(lambda whole: b"", id="empty"),
        pytest.param(lambda whole: b"j2 or not j2", id="something else"),
    ],
)
def test_a_damaged_file_is_compiled_again(site: Site, compiled: list[str], damage: object) -> None:
    assert callable(damage)
    site.write("content/pages/about.md", PAGE)
    first = site.build().text("index.html")
    whole = {path: path.read_bytes() for path in kept(site)}
    assert whole
    for path, content in whole.items():
        path.write_bytes(damage(content))
    compiled.clear()
    assert site.build().text("index.html") == first
    assert "page.html" in compiled
    assert {path: path.read_bytes() for path in kept(site)} == whole


def test_a_folder_that_cannot_be_written_changes_nothing(site: Site) -> None:
    """A file where the folder should be, as good as a disk that is read only: the site is built all the same."""
    site.write("content/pages/about.md", PAGE)
    site.write(".cache/templates", "not a folder")
    built = site.build()
    assert "Hello" in built.text("index.html")
    assert built.lines == []


def test_plain_pelican_keeps_them_too(site: Site) -> None:
    """In the same place, for the same builds."""
    site.write("content/pages/about.md", PAGE)
    assert site.invoke("build").returncode == 0
    names = sorted(path.name for path in kept(site))
    assert names
    subprocess.run([sys.executable, "-m", "pelican", "-q"], cwd=site.root, check=True)
    assert sorted(path.name for path in kept(site)) == names
