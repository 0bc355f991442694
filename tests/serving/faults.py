"""What may go wrong with a site while it is served: each fault, where it is reported, and how it is mended."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Site

CONFIG = "pelicanconf.py"
PAGE = "content/pages/about.md"
HOME = "---\npermalink: /\nauthor_profile: true\n---\nHome\n"


@dataclass(frozen=True)
class Fault:
    """``there`` is a block inside which the fault is there; ``place`` is how its report begins."""

    name: str
    place: str
    there: Callable[[Site], AbstractContextManager[None]]


def holds(name: str, place: str, data: str | bytes, path: str = "") -> Fault:
    """The file at ``path``, by default that of the place, holds this."""

    @contextmanager
    def there(site: Site) -> Iterator[None]:
        file = site.root / (path or place)
        before = file.read_bytes() if file.exists() else None
        site.write(path or place, data)
        yield
        if before is None:
            file.unlink()
        else:
            site.write(path or place, before)

    return Fault(name, place, there)


def ends_with(name: str, code: str, place: str = CONFIG) -> Fault:
    """The settings end with this code."""

    @contextmanager
    def there(site: Site) -> Iterator[None]:
        config = site.root / CONFIG
        before = config.read_text()
        config.write_text(f"{before}\n{code}\n")
        yield
        config.write_text(before)

    return Fault(name, place, there)


def plugin(name: str, code: str, place: str = "broken_plugin.py") -> Fault:
    """The settings name a plugin with this code; it is mended by taking it out of the settings."""

    @contextmanager
    def there(site: Site) -> Iterator[None]:
        file = site.write("broken_plugin.py", code)
        with ends_with(name, 'PLUGINS = [*PLUGINS, "broken_plugin"]').there(site):
            yield
        file.unlink()

    return Fault(name, place, there)


def raises(name: str, error: str, place: str = "broken_plugin.py") -> Fault:
    """A plugin raises ``error`` when the pages have been read."""
    fail = f"def fail(generator):\n    raise {error}\n"
    connect = "def register():\n    signals.page_generator_finalized.connect(fail)\n"
    return plugin(f"a plugin raises {name}", f"from pelican import signals\n{fail}{connect}", place)


def replaced(name: str, place: str, path: str, put: Callable[[Path], object] = lambda place: None) -> Fault:
    """A file or folder is moved away, and something else is put into its place."""

    @contextmanager
    def there(site: Site) -> Iterator[None]:
        at, away = site.root / path, site.root.parent / "away"
        if was_there := os.path.lexists(at):
            at.rename(away)
        put(at)
        yield
        if at.is_dir() and not at.is_symlink():
            shutil.rmtree(at)
        else:
            at.unlink(missing_ok=True)
        if was_there:
            away.rename(at)

    return Fault(name, place, there)


def to(target: str) -> Callable[[Path], None]:
    return lambda place: place.symlink_to(target)


FAULTS = (
    holds("front matter is not YAML", PAGE, "---\npermalink: [\n---\nHome\n"),
    holds("a page is not UTF-8", PAGE, b"---\npermalink: /\n---\n\xff\xfe\n"),
    holds("a comment is not closed", PAGE, "---\npermalink: /\n---\nHome <!-- \n"),
    holds("two pages claim an address", "content/pages/zoo.md", "---\ntitle: Zoo\npermalink: /\n---\nZoo\n"),
    holds("authors.yml is not YAML", "content/authors.yml", "a: [\n"),
    holds("authors.yml is a list", "content/authors.yml", "- a\n"),
    holds("navigation.yml is not YAML", "content/navigation.yml", "main: {\n"),
    holds("a template is broken", "theme/templates/page.html", "{% if %}"),
    holds("a template does not end", "theme/templates/base.html", "{% block content %}"),
    holds("a template divides by zero", "theme/templates/page.html", "{{ 1 / 0 }}"),
    holds("a stylesheet is not UTF-8", "theme/styles/base.css", b"\xff\xfe{}"),
    ends_with("the settings are not Python", "SITENAME = "),
    ends_with("the settings end Python", "import sys\nsys.exit()"),
    ends_with("the settings end Python with a status", "raise SystemExit(3)"),
    ends_with("the settings raise an interrupt", "raise KeyboardInterrupt"),
    ends_with("the settings divide by zero", "1 / 0"),
    ends_with("the settings import what there is not", "import nothing_of_this_name"),
    ends_with("the settings need more memory", "raise MemoryError"),
    ends_with("the settings recurse", "def again(): again()\nagain()"),
    ends_with("the settings go elsewhere and fail", "import os\nos.chdir('/')\nraise GeneratorExit"),
    ends_with("the settings name a folder that does not exist", 'PATH = "nope"'),
    ends_with("the settings hold a wrong value", "THEME_SCHEME = 7"),
    plugin("a plugin raises when it is imported", "1 / 0\n"),
    plugin("a plugin ends Python when it is imported", "import sys\nsys.exit(0)\n"),
    plugin("a plugin is not Python", "def\n"),
    plugin("a plugin raises when it registers", "def register():\n    raise KeyError('a')\n", CONFIG),
    raises("an error", "ValueError('a')"),
    raises("an interrupt", "KeyboardInterrupt"),
    raises("the end of Python", "SystemExit(0)"),
    raises("an error of its own", "type('Own', (BaseException,), {})('a')"),
    raises("a full disk", "OSError(28, 'No space left on device', '.staging-output/new/a')", "output"),
    raises("too deep a recursion", "RecursionError('maximum recursion depth exceeded')"),
    replaced("the content is moved away", CONFIG, "content"),
    replaced("the pages are moved away", "content/pages", "content/pages"),
    replaced("the home page is deleted", "content/pages", PAGE),
    replaced("the settings are deleted", CONFIG, CONFIG),
    replaced("the theme is moved away", CONFIG, "theme"),
    replaced("the templates are moved away", CONFIG, "theme/templates"),
    replaced("the content is a file", CONFIG, "content", Path.touch),
    replaced("the content is a link to nothing", CONFIG, "content", to("nothing")),
    replaced("the content is a link to itself", CONFIG, "content", to("content")),
    replaced("the home page is a folder", "content/pages", PAGE, Path.mkdir),
    replaced("the home page is a link to nothing", PAGE, PAGE, to("nothing")),
    replaced("the home page is a link to itself", PAGE, PAGE, to("about.md")),
    replaced("the settings are a folder", CONFIG, CONFIG, Path.mkdir),
    *(
        (
            replaced("the home page is a pipe", PAGE, PAGE, os.mkfifo),
            replaced("a pipe is among the pages", "content/pages/a.md", "content/pages/a.md", os.mkfifo),
        )
        if hasattr(os, "mkfifo")
        else ()
    ),
)
