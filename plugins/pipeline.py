"""A build, from top to bottom: read → plan → check → render → write. Edge.

Pelican drives the build and sends a signal at each stage; this is the only module that connects them. Blinker calls the
receivers of one signal in no fixed order, so each signal has one receiver here, which calls the steps in written order.
The steps are functions of the packages beside this module; `plugins.adapter` stands between them and Pelican.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import Readers
from pelican.writers import Writer

from .adapter import Build, Contents, PageReader, SiteWriter, carries_metadata, make_ready, with_policy
from .alternates import alternates, source_text
from .front_matter import report_clashes
from .images import bare
from .language import Localized, direction, localize, script_langs, words
from .memory import Memory
from .navigation import Entry, plan_menu
from .paper import printed
from .problems import ContentError, Place
from .settings import FILE
from .site import Output, Page, Site, StaticFile
from .stylesheet import Stylesheet, accessible, make_stylesheet

from .author_profile import temp as author
from .hosting import temp as hosts
from .redirects import temp as redirects


def register() -> None:
    """Connect the receivers, in the order in which Pelican sends the signals."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(begin)
    signals.readers_init.connect(add_reader)
    signals.all_generators_finalized.connect(plan)
    signals.get_writer.connect(check)
    signals.finalized.connect(finish)


# --- Begin ----------------------------------------------------------------------------------------------------------


def prepare(pelican: Pelican) -> None:
    """Give the templates our filters, and turn what Pelican only logs into problems."""
    make_ready(pelican, {"accessible": accessible, "with_policy": with_policy})


def begin(pelican: Pelican) -> type[Generator]:
    """Begin one run: wait for any other build, and let Pelican write beside ``output/``."""
    build = Build(pelican)
    build.stage.begin(waiting=build.report_waiting)
    pelican.output_path = str(build.stage.new)
    return FileGenerator


def add_reader(readers: Readers) -> None:
    """Read Markdown files, with front matter as Jekyll has it, by `PageReader`."""
    for extension in PageReader.file_extensions:
        readers.reader_classes[extension] = PageReader


# --- Plan -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Plan:
    """Everything that the site will hold, beside the pages that templates print and the files that are copied."""

    site: Site
    profiles: author.Profiles
    alternates: Mapping[str, str]
    pictures: Sequence[StaticFile]
    redirects: redirects.Plan
    hosts: hosts.HostPlan


def plan(generators: list[Generator]) -> None:
    """Everything is read: plan the whole site, and hand the templates what they print."""
    contents = Contents(generators)
    build = contents.build
    settings, problems = build.settings, build.problems
    contents.report_what_pelican_left_out()

    # The pages, in their languages; those that have moved leave every list.
    site_langs = script_langs(settings.script_langs, Place(FILE, 0, "SCRIPT_LANGS"), problems)
    localized = {page.path: localize(page, site_langs, problems) for page in contents.pages()}
    contents.replace_html({path: page.html for path, page in localized.items()})
    everything = contents.site()
    declared = redirects.declare(everything, build)
    contents.withdraw(redirects.moved(declared))
    site = contents.site()

    # What belongs to the pages, and to the site.
    profiles = author.plan_profiles(contents)
    pictures = [file for file in site.static_files if settings.images_strip_metadata and carries_metadata(file)]
    markdown = alternates(site.published, {file.save_as for file in site.static_files})
    theme_words = words(settings.default_lang)
    menu = plan_menu(site.pages, site.static_files, build.read_yaml("navigation.yml"), theme_words["home"], problems)
    stylesheet = make_stylesheet(contents.styles(), settings.theme_scheme, settings.theme_accent, problems)

    # Which files there will be; what is left between them is for redirects and hosts.
    written = [page.output for page in site.pages] + [file.output for file in site.static_files]
    report_clashes(written, problems)
    made = [
        Output(name, f"the site's own {name}") for name in (*profiles.files, *markdown.values(), *hosts.files(contents))
    ]
    planned = redirects.make_plan(declared, [*contents.template_outputs(), *made, *written], build)
    told = hosts.plan(planned, contents)

    contents.withdraw_static(pictures)
    for page in site.pages:
        contents.give_page(
            page.path,
            words=localized[page.path].words,
            dir=localized[page.path].dir,
            heading_html=localized[page.path].heading_html,
            printed_links=printed(page.html, settings.siteurl),
            alternate=markdown.get(page.path, ""),
        )
    contents.give_site(MENU=menu, STYLESHEET=stylesheet, WORDS=theme_words, DIR=direction(settings.default_lang))
    build.plan = Plan(site, profiles, markdown, pictures, planned, told)


# --- Check ----------------------------------------------------------------------------------------------------------


def check(pelican: Pelican) -> Writer:
    """End the run with every problem that was found, before anything is written."""
    build = Build.of(pelican.settings)
    if build.problems.failed:
        build.stage.discard()
        raise ContentError(build.problems)
    return SiteWriter(build)


# --- Render and write -----------------------------------------------------------------------------------------------


class FileGenerator(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes what no template of a page prints; Pelican runs it behind its own generators, but for the static files."""

    def generate_output(self, writer: Writer) -> None:
        """Write every file of the plan."""
        build = Build.of(self.context)
        for name, data in files(build):
            build.stage.write(name, data)


def files(build: Build) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file: the policies of the printed pages are known by now."""


def finish(pelican: Pelican) -> None:
    """Replace ``output/`` by the finished site."""
    check(pelican)
    build = Build.of(pelican.settings)
    build.stage.settle()
    pelican.output_path = str(build.stage.output)
