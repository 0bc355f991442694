"""Single parts of this program in any Pelican site: redirects, hosting, author_profile. Edge.

Each part is a plugin of its own, named in ``PLUGINS``: `plugins.redirects`, where it is installed
`frontispiece.redirects`. The receivers below serve all of them; where the whole program is in ``PLUGINS`` too, it does
everything, and they do nothing. A part brings its templates, which a template of the same name in the theme replaces.

This module and `plugins.pipeline` are the only ones that connect signals.
"""

import logging
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Content
from pelican.generators import Generator

from . import defaults
from .adapter import FILTERS, Contents, Run
from .author_profile.plan import Profiles, plan_profiles
from .author_profile.profile import Profile
from .hosting.headers import make_headers
from .hosting.hosts import choose_hosts, host_file_names
from .hosting.plan import plan_host_files, select_rules
from .language import words
from .pipeline import declared_redirects, files, known_authors
from .problems import ContentError, Place
from .redirects.declared import moved_pages
from .redirects.plan import make_plan
from .redirects.stub import TEMPLATE_VARIABLES
from .settings import FILE
from .staging.log import print_problems
from .yaml_mapping import Value

PACKAGE = __name__.partition(".")[0]  # "plugins" in a checkout, "frontispiece" where it is installed
PARTS = ("redirects", "hosting", "author_profile")
READ = frozenset(  # the settings that the parts read; others of the same names may be another plugin's
    "PATH THEME SITENAME SITEURL AUTHOR REDIRECTS REDIRECTS_FILE HOSTS HEADERS STRICT_TRANSPORT_SECURITY "
    "AUTHOR_PORTRAIT_SIZE AUTHOR_PORTRAIT_SHAPE AUTHOR_PORTRAIT_CACHE "
    "AUTHOR_FILES AUTHOR_FILES_LINKED AUTHOR_FILES_CONTACTS".split()
)
KEYS = ("redirect_from", "redirect_to", "author_profile", "author", "description", "excerpt")
TEMPLATES = {  # the templates that the parts bring: name → the file below the theme's templates, and a condition
    "redirect.html": ("redirect.html", ""),
    "author_profile.html": ("parts/author_profile.html", "page and page.profile"),
    "author_head.html": ("parts/author_head.html", "page and page.head"),
}


class PartsRun(Run):
    """One run of Pelican with some of the parts."""

    def begin(self) -> None:
        """Begin: nothing is written yet."""
        super().begin()
        self.written: set[Path] = set()  # the files that Pelican's templates have made
        self.shows_profile: list[str] = []  # the files of the pages that show a profile


def register() -> None:
    """Connect the receivers; several parts may do so, and each receiver is still called once."""
    signals.initialized.connect(prepare)
    signals.all_generators_finalized.connect(plan)
    signals.content_written.connect(note)
    signals.finalized.connect(finish)


def parts_in(settings: Mapping[str, Any]) -> Collection[str]:
    """Return the parts that are in ``PLUGINS``; none where the whole program is."""
    plugins = settings["PLUGINS"]
    return () if PACKAGE in plugins else [part for part in PARTS if f"{PACKAGE}.{part}" in plugins]


def prepare(pelican: Pelican) -> None:
    """Begin: let Pelican end with problems as lines."""
    if parts_in(pelican.settings):
        PartsRun(pelican.settings, READ)
        logging.getLogger("pelican").addFilter(print_problems)


def plan(generators: list[Generator]) -> None:
    """Everything is read: compute what the parts add, and stop before anything is written if there is an error."""
    parts = parts_in(generators[0].settings)
    if not parts:
        return
    run = PartsRun.of(generators[0].settings)
    run.begin()
    contents = Contents(generators)
    report_unread_yaml(contents)
    for content in contents.objects.values():
        complete(content)
    for generator in generators:
        generator.env.loader = ChoiceLoader([generator.env.loader, DictLoader(dict(templates()))])
        generator.env.filters.update(FILTERS)

    redirects = declared_redirects(contents) if "redirects" in parts else []
    contents.withdraw(moved_pages(redirects))
    site = contents.site()
    profiles = Profiles()
    if "author_profile" in parts:
        authors = known_authors(contents, site)
        profiles = plan_profiles(site, authors, run.settings, contents.assets, run.problems)
    hosts = choose_hosts(run.settings.hosts, run.problems) if "hosting" in parts else {}
    outputs = [page.output for page in site.pages] + [file.output for file in site.static_files]
    outputs += contents.other_outputs([*profiles.files, *host_file_names(hosts)])
    planned = make_plan(redirects, outputs, run.problems)
    names = [*profiles.files, *(file.save_as for file in site.static_files)]
    headers = make_headers(names, run.settings.headers, run.settings.strict_transport_security)
    selections = select_rules(planned, hosts, headers, site.base)
    own_files = contents.own_files(host_file_names(hosts))
    host_plan = plan_host_files(planned, hosts, selections, headers, site.base, own_files, run.problems)
    if "hosting" in parts and "redirects" not in parts:
        message = f"{PACKAGE}.hosting writes headers alone without {PACKAGE}.redirects"
        run.problems.warn(Place(FILE, 0, "PLUGINS"), message, f"add '{PACKAGE}.redirects'")
    if run.problems.failed:
        raise ContentError(run.report())

    for page in site.pages if "author_profile" in parts else ():
        profile = profiles.shown.get(page.path)
        contents.give_page(
            page.path,
            head=profiles.heads[page.path],
            heading=page.heading,
            profile=profile and with_sized_icons(profile),
            words=words(page.lang),
        )
    run.shows_profile = [page.save_as for page in site.pages if page.path in profiles.shown]
    stub_html = contents.render("redirect", TEMPLATE_VARIABLES) if planned.stubs else ""
    finished = profiles.files.items()
    run.files = partial(files, site, finished, {}, (), planned, host_plan, stub_html, run.memory, run.problems)


def report_unread_yaml(contents: Contents) -> None:
    """Warn of pages that Pelican skips for their YAML front matter: it knows only ``Key: value`` lines."""
    run = contents.run
    for file in contents.unread:
        if file.is_file() and file.read_bytes().startswith(b"---"):
            message = "is left out: Pelican alone does not read YAML front matter"
            run.problems.warn(Place(run.path(file)), message, "install pelican-yaml-metadata")


def complete(content: Content) -> None:
    """Give a page what our own reader would: the front matter that the parts read, and the line of each key."""
    given = {key: content.metadata[key] for key in KEYS if key in content.metadata}
    content.front_matter = {key: plain(key, value) for key, value in given.items()}
    lines = Path(content.source_path).read_text("utf-8", errors="replace").split("\n") if given else []
    keys = [(re.match(r":?([\w-]+)[ \t]*:", line), number) for number, line in enumerate(lines, 1)]
    content.key_lines = {key[1].lower(): number for key, number in reversed(keys) if key}


def plain(key: str, value: object) -> Value:
    """Return the metadata of one key as YAML would have it.

    A reader of YAML gives lists. Pelican's own ``Key: value`` line gives a text, in which commas and spaces separate
    several old addresses; a line repeated gives a list.
    """
    if isinstance(value, list):
        return [each for item in value for each in (listed(key, item) if isinstance(item, str) else [item])]
    if isinstance(value, bool | int | float | dict | None):
        return value
    addresses: list[Value] = [*listed(key, str(value))]
    return addresses if len(addresses) > 1 else addresses[0]


def listed(key: str, text: str) -> list[str]:
    """Return the old addresses of a line, separated by commas or by spaces before a slash; any other text whole."""
    return re.split(r",\s*|\s+(?=/)", text.strip(", \t\n")) if key == "redirect_from" else [text]


def templates() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each template that the parts bring, which a plain site would not escape."""
    for name, (file, condition) in TEMPLATES.items():
        text = Path(defaults.THEME, "templates", file).read_text("utf-8")
        if condition:
            text = f"{{% if {condition} %}}{text}{{% endif %}}"
        yield name, f"{{% autoescape true %}}{text}{{% endautoescape %}}"


def with_sized_icons(profile: Profile) -> Profile:
    """Return a profile with icons as large as letters, which our theme's styles see to elsewhere."""

    def sized(svg: Markup) -> Markup:
        return svg and Markup('<svg width="1em" height="1em"') + svg.removeprefix("<svg")

    links = tuple(link._replace(svg=sized(link.svg)) for link in profile.links)
    return profile._replace(links=links, icons={name: sized(svg) for name, svg in profile.icons.items()})


def note(path: str, context: Mapping[str, Any]) -> None:
    """Remember a file that Pelican has written."""
    if parts_in(context):
        PartsRun.of(context).written.add(Path(path))


def finish(pelican: Pelican) -> None:
    """Pelican has written everything: write the planned files, none over another, and print the warnings."""
    if not parts_in(pelican.settings):
        return
    run = PartsRun.of(pelican.settings)
    output = Path(pelican.output_path).absolute()  # as Pelican names the files that it writes
    for name, data in run.files():
        file = output / name
        above = [folder for folder in file.parents if folder.is_relative_to(output) and folder.is_file()]
        if taken := [file] if file in run.written else above:
            place = Place(taken[0].relative_to(output).as_posix())
            run.problems.warn(place, "was written by Pelican or another plugin, and stays", "rename it there")
            continue
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            run.problems.error(Place(name), error.strerror or str(error))
    report_unshown(run, output)
    if run.problems.failed:
        raise ContentError(run.report())
    for problem in run.report():
        print(problem, file=sys.stderr)


def report_unshown(run: PartsRun, output: Path) -> None:
    """Warn if no template prints the profiles: an h-card is what all who show one have in common."""
    files = [output / name for name in run.shows_profile if (output / name).is_file()]
    if files and not any("h-card" in file.read_text("utf-8", errors="replace") for file in files):
        message = "no template of the theme shows page.profile"
        hint = "write {% include 'author_profile.html' %} into page.html, or class='h-card' around your own markup"
        run.problems.warn(Place(FILE, 0, "THEME"), message, hint)
