"""Templates are compiled once for all builds, and never kept longer than what they were compiled from."""

from pathlib import Path

import jinja2
import pytest

from plugins.staging import templates
from tests.conftest import Site

PAGE = "---\npermalink: /\n---\nHello\n"
OWN = '<p>{{ "a word"|shouted }}{% if "plugins.paper" is plugin_enabled %} on paper{% endif %}</p>'
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


def test_a_filter_of_the_settings_may_change(site: Site) -> None:
    """Jinja works out a filter of a constant while it compiles: such code is not kept where nobody can tell a change."""
    own_theme(site)
    conf = (site.root / "pelicanconf.py").read_text()
    for method, shown in (("upper", "A WORD"), ("title", "A Word")):
        site.write("pelicanconf.py", conf + FILTER % method)
        assert site.build().text("index.html") == f"<p>{shown} on paper</p>"
    assert kept(site) == []


def test_what_a_test_says_of_the_plugins_may_change(site: Site) -> None:
    """`is plugin_enabled` is worked out while a template is compiled."""
    own_theme(site)
    for name in ("page", "404"):
        site.write(f"theme/templates/{name}.html", OWN.replace("|shouted", "|upper"))
    assert site.build().text("index.html") == "<p>A WORD on paper</p>"
    assert kept(site)
    conf = (site.root / "pelicanconf.py").read_text()
    site.write("pelicanconf.py", conf.replace('    "plugins.paper",\n', ""))
    assert site.build().text("index.html") == "<p>A WORD</p>"


def test_a_changed_plugin_begins_anew(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder's name follows the modules of plugins/, in which filters are defined."""
    module = tmp_path / "plugins" / "language" / "words.py"
    module.parent.mkdir(parents=True)
    module.write_text("one = 1\n")
    monkeypatch.setattr(templates, "HERE", tmp_path / "plugins")
    settings = {"CACHE_PATH": str(tmp_path / "cache"), "JINJA_ENVIRONMENT": {}, "PLUGINS": []}
    before = templates.CompiledTemplates(settings).directory
    assert templates.CompiledTemplates(settings).directory == before
    module.write_text("one = 11\n")
    assert templates.CompiledTemplates(settings).directory != before
    assert templates.CompiledTemplates({**settings, "JINJA_ENVIRONMENT": {"autoescape": True}}).directory != before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda whole: whole[:-9], id="cut short"),
        pytest.param(lambda whole: whole[:20], id="cut in its head"),
        pytest.param(lambda whole: b"", id="empty"),
        pytest.param(lambda whole: b"j2 or not j2", id="something else"),
    ],
)
def test_a_damaged_file_is_no_fault(site: Site, compiled: list[str], damage: object) -> None:
    """It is compiled and kept again."""
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


def test_nothing_can_be_kept(site: Site) -> None:
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
    site.build()
    assert sorted(path.name for path in kept(site)) == names
    assert len(list((site.root / ".cache" / "templates").iterdir())) == 1
