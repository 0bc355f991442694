"""A build, from top to bottom: read → plan → check → render → write. Edge.

Pelican drives the build and sends a signal at each stage; for the whole site, only this module connects them. Blinker
calls the receivers of one signal in no fixed order, so each signal has one receiver here, which calls the steps in
written order. The steps are functions of the packages beside this module; `plugins.adapter` stands between them and
Pelican.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import Readers
from pelican.writers import Writer

from . import adapter
from .adapter import Build, Contents, PageReader, SiteWriter, limit_files, limit_links, prepare
from .addresses import below, encode
from .alternates import FEED, alternates, source_text
from .author_profile.authors import Authors, names_of, read_authors
from .author_profile.plan import TOUCH_ICON, Colours, Profiles, Works, plan_profiles, shows_author
from .base_path import absolute, from_root
from .collections.addresses import old_addresses
from .collections.anchors import Anchors
from .collections.articles import ARTICLES, article_entries, list_of_articles, places_articles, published
from .collections.entry import Entry, PartialDate
from .collections.own_name import OwnName
from .collections.pictures import Pictures, picture_files, plan_pictures
from .collections.placing import Placed, ids_of, with_sections
from .collections.records import COLLECTION, FILES, Record
from .collections.sections import Section, open_entries, plan_sections, read_sections
from .collections.shown import Style, date_text, dated
from .commits import Commits
from .favicons import find_favicons
from .hosting.headers import make_headers
from .hosting.hosts import choose_hosts, host_file_names
from .hosting.plan import HostPlan, plan_host_files, render_host_files, select_rules
from .hosting.policy import report_blocked
from .hosting.services import read_allow, snippet
from .images import strip_metadata
from .language import direction, find_translations, heading_html, words
from .memory import Memory
from .navigation import menu_beside, plan_menu
from .navigation.contents import table_of_contents
from .paper import printed
from .portable_names import report_clashes, report_reserved, report_reserved_stubs
from .problems import ContentError, Place, Problems
from .redirects.declared import declarations, declare, declare_file, declare_setting, moved_pages
from .redirects.parse import parse_source
from .redirects.plan import make_plan
from .redirects.stub import TEMPLATE_VARIABLES, stub_writer
from .settings import FILE
from .site import Page, Redirect, RedirectPlan, Site, StaticFile
from .stylesheet import make_stylesheet, readable_colours
from .svg import is_svg


def register() -> None:
    """Connect the receivers, in the order in which Pelican sends the signals."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(begin)
    signals.readers_init.connect(read)
    signals.generator_init.connect(limit_files)
    signals.content_object_init.connect(limit_links)
    signals.all_generators_finalized.connect(plan)
    signals.get_writer.connect(check)
    signals.finalized.connect(finish)


def begin(pelican: Pelican) -> type[Generator]:
    """Begin one run: wait for any other build, and let Pelican write beside ``output/``."""
    adapter.begin(pelican)
    return FileGenerator


def read(readers: Readers) -> None:
    """Let our reader read the Markdown files: front matter as Jekyll has it, Markdown as kramdown reads it."""
    for extension in PageReader.file_extensions:
        readers.reader_classes[extension] = PageReader


def plan(generators: list[Generator]) -> None:
    """Everything is read: compute everything that the site will hold, and hand the templates what they print."""
    contents = Contents(generators)
    build = Build.of(contents.context)
    settings, problems, memory = build.settings, build.problems, build.memory
    contents.report_left_out()

    # Drafts, and pages that have moved, leave every list.
    contents.withdraw_drafts()
    redirects = declared_redirects(contents)
    contents.withdraw(moved_pages(redirects))
    site = contents.site()

    # Sections of entries join the text of the pages that show them; articles, which are pages too, have one more.
    site_words = words(site.lang)
    sections = read_sections(settings.sections, settings.collections, problems)
    anchors = Anchors(("main", ARTICLES, *settings.collections, *ids_of(site.pages)))
    articles = article_entries(site, contents.convert, problems, anchors)
    is_listed = any(section.listed for section in sections if section.name == ARTICLES) or places_articles(site.pages)
    if articles and not is_listed and (listing := list_of_articles(site, site_words["articles"])):
        contents.add_page(listing)
        site = site._replace(pages=[*site.pages, listing])
    entries, records = read_entries(contents, site, anchors)
    authors = known_authors(contents, site)
    sections = plan_sections([*entries, *articles], sections, {COLLECTION: tuple(FILES)})
    illustrations = plan_pictures(entries, contents.assets.read, contents.assets.cache, problems)
    placed = placed_sections(contents, site, sections, authors, illustrations)
    styles = contents.styles()
    coloured = {page.path: readable(page, styles, memory) for page in placed.pages}
    site = site._replace(pages=[page._replace(html=coloured[page.path][0]) for page in placed.pages])
    redirects += old_addresses(
        entries,
        chain.from_iterable(contents.documents.values()),
        placed,
        build.config,
        parse_source,
        problems,
    )

    # What pages show beside their text, and what the site has beside its pages.
    publications = [entry for entry in entries if entry.collection == COLLECTION and COLLECTION in placed.sections]
    works = listed_works(publications, sections, placed.sections.get(COLLECTION, ""), site)
    stylesheet = make_stylesheet(styles, settings.theme_scheme, settings.theme_accent, problems)
    colours = Colours(stylesheet["papers"].get("light", Colours().paper), stylesheet["accent"])
    profiles = plan_profiles(site, authors, settings, contents.assets, problems, works, colours)
    bibliographies = written_bibliographies(publications, records, site, build) if publications else {}
    finished = {**profiles.files, **bibliographies, **picture_files(illustrations)}
    own_names = {file.save_as for file in site.static_files}
    markdown = alternates(site.published, own_names)
    has_feed = bool(site.url) and any(page.is_article for page in site.published)
    pictures = [file for file in site.static_files if settings.images_strip_metadata and adapter.has_metadata(file)]
    favicons = find_favicons(site, settings.favicon, Place(FILE, 0, "FAVICON"), problems)

    # Every file that the site will hold, and between them the old addresses.
    hosts = choose_hosts(settings.hosts, problems)
    ours = [*finished, *markdown.values(), *host_file_names(hosts)]
    ours += [FEED] if has_feed else []
    outputs = [page.output for page in site.pages] + [file.output for file in site.static_files]
    report_clashes(outputs, problems)
    report_reserved(outputs, problems)
    outputs += contents.other_outputs(ours)
    planned = memory.recall_reporting(
        "redirects planned", (redirects, outputs), partial(make_plan, redirects, outputs), problems
    )
    memory.recall_reporting("names of stubs", planned.stubs, partial(report_reserved_stubs, planned.stubs), problems)
    navigation = build.read_yaml("navigation.yml")[0]
    menu = plan_menu(site.pages, site.static_files, planned.stubs, navigation, site_words["home"], problems)

    # Links into the site lead there under any of its names, past its old addresses; below a path they have that path.
    answering = {*(output.save_as for output in outputs), *planned.stubs}
    pages: list[Page] = []
    for page in site.pages:
        moved = partial(from_root, page.html, site.url, answering, planned.stubs, page.url)
        html = memory.recall(("links", page.path), (page.html, page.url, site.url, outputs, planned), moved)
        pages.append(page._replace(html=html))
    site = site._replace(pages=pages)
    for page in pages:
        in_feeds = absolute(page.html, site.url) if page.is_article and site.url else page.html
        contents.give_html(page.path, page.html, in_feeds)

    # What hosts read of it, and what the policies of the pages must allow.
    headers = make_headers([*finished, *own_names], settings.headers, settings.strict_transport_security)
    selections = memory.recall(
        "host rules", (planned, hosts, headers, site.base), partial(select_rules, planned, hosts, headers, site.base)
    )
    own_files = contents.own_files(host_file_names(hosts))
    host_plan = plan_host_files(planned, hosts, selections, headers, site.base, own_files, problems)
    build.allowed = read_allow(settings.allow, problems)
    for page in site.pages:
        report_blocked(page, partial(contents.source, page), contents.read_static, site.url, build.allowed, problems)

    contents.withdraw_static({*(file.save_as for file in pictures), *host_plan.extended})
    translations = find_translations(site.published)
    for page in site.pages:
        headings = table_of_contents(page) if page.path in profiles.shown else ()
        contents.give_page(
            page.path,
            alternate=markdown.get(page.path, ""),
            author_style=coloured[page.path][1],
            contents=headings,
            dir=direction(page.lang),
            head=profiles.heads[page.path],
            heading_html=heading_html(
                page.heading, page.lang, build.script_langs_of(page.front_matter, page.place("script_langs"))
            ),
            menu=menu_beside(menu, page) if headings else menu,
            printed_links=memory.recall(
                ("links on paper", page.path),
                (page.html, settings.siteurl),
                partial(printed, page.html, settings.siteurl),
            ),
            profile=profiles.shown.get(page.path),
            files=files_of(page, site, profiles),
            in_languages=translations.get(page.path, ()),
            updated=updated(page, build.commits) if page.path in profiles.shown and not page.is_article else "",
            published=published(page, words(page.lang)) if page.is_article else "",
            shows_entries=page.path in placed.holders,
            words=words(page.lang),
        )
    contents.give_site(
        BIBLIOGRAPHIES=FILES if publications else {},
        COUNTER=snippet(settings.analytics, problems),
        DIR=direction(site.lang),
        FAVICONS=favicons,
        FEED=FEED if has_feed else "",
        MENU=menu,
        ROOT=site.base,
        STYLESHEET=stylesheet,
        TOUCH_ICON=TOUCH_ICON if TOUCH_ICON in {*profiles.files, *own_names} else "",
        VERIFICATION=settings.verification,
        WORDS=site_words,
    )
    stub_html = contents.render("redirect", TEMPLATE_VARIABLES) if planned.stubs else ""
    report_missing_home(answering, problems)
    if has_feed and FEED not in own_names | contents.feeds:
        from .alternates.feed import feed_entries

        authors_of = {path: profile.name for path, profile in profiles.shown.items()}
        excerpts = {entry.place.path: entry.abstract for entry in articles}
        listed = feed_entries(site.published, site.url, authors_of, excerpts)
        finished[FEED] = contents.render("feed", {"entries": listed}).encode()
    build.files = partial(
        files, site, finished.items(), markdown, pictures, planned, host_plan, stub_html, memory, problems
    )
    build.counts = len(site.pages), len(planned.stubs)
    shared = contents.shared_sources
    build.sources = {page.save_as: (page.path, *shared) for page in site.pages}
    build.places = places(site, entries, placed)


def places(site: Site, entries: Iterable[Entry], placed: Placed) -> dict[str, str]:
    """Return where what each file of the content holds can be seen: its path → an address of the site."""
    shown = {entry.place.path: placed.entries.get((entry.collection, entry.anchor), "") for entry in entries}
    found = {path: address for path, address in shown.items() if address}
    found |= {file.path: encode(f"/{file.save_as}") for file in site.static_files}
    return found | {page.path: f"/{page.url}" for page in site.pages}


def updated(page: Page, commits: Commits) -> str:
    """Return when a page was last changed, in its language: as it says itself, else the day of its last commit."""
    day = page.modified or page.date or commits.dates.get(page.path)
    moment = PartialDate(day.year, day.month, day.day) if day else PartialDate()
    return dated(moment, date_text(moment, words(page.lang))) if day else ""


def files_of(page: Page, site: Site, profiles: Profiles) -> list[tuple[str, str]]:
    """Return what a reader can take along from a page: its author's contact card, and the page as a PDF."""
    pdf = f"{page.url.rstrip('/') or 'page'}.pdf"
    cards = [("vCard", url) for kind, url in profiles.heads[page.path].alternates if kind == "text/vcard"]
    return cards + [("PDF", f"{site.base}/{encode(pdf)}") for file in site.static_files if file.save_as == pdf]


def declared_redirects(contents: Contents) -> list[Redirect]:
    """Return the redirects that pages, the settings and a table below the content declare."""
    run = contents.run
    declared = declarations(contents.site().pages)
    return [
        *run.memory.recall_reporting("redirects declared", declared, partial(declare, declared), run.problems),
        *declare_setting(run.settings.redirects, FILE, run.problems),
        *declare_file(*run.read_yaml(run.settings.redirects_file), run.problems),
    ]


def read_entries(contents: Contents, site: Site, anchors: Anchors) -> tuple[list[Entry], Mapping[str, Record]]:
    """Return the entries of all collections, and the records of publications by the anchors of their entries."""
    run = contents.run
    documents = [*chain.from_iterable(contents.documents.values())]
    bibliographies = [contents.bibliography(name) for name in FILES]
    if not documents and not any(data is not None for _, data in bibliographies):
        return [], {}  # before anything is imported that only entries need
    from .collections.bibliography import Reference, read_bibliography
    from .collections.matching import merge
    from .collections.reading import read_documents

    files = {file.save_as for file in site.static_files}
    entries = read_documents(
        documents, contents.convert, run.problems, run.memory, run.latest, anchors, site.url, files
    )
    references: list[Reference] = []
    for path, data in bibliographies:
        if data is not None and COLLECTION not in run.settings.collections:
            run.problems.warn(Place(path), f"is not read: COLLECTIONS lacks '{COLLECTION}'", "add it there")
        elif data is not None:
            read = partial(read_bibliography, data, path)
            references += run.memory.recall_reporting(("bibliography", path), data, read, run.problems)
    source = entries, references, run.settings.siteurl.rstrip("/"), anchors.taken
    return run.memory.recall_reporting("publications", source, partial(merge, *source), run.problems)


def readable(page: Page, styles: Mapping[str, str], memory: Memory) -> tuple[str, str]:
    """Return the text of a page with its author's colours, to be read in both schemes, and its author's styles."""
    source = page.html, styles.get("tokens.css", "")
    return memory.recall(("colours", page.path), source, partial(readable_colours, *source))


def listed_works(publications: Sequence[Entry], sections: Iterable[Section], address: str, site: Site) -> Works:
    """Return the publications as profiles have them; ``address`` is that of the section which lists them.

    Of a long section the head of the page has what is not folded; the files beside the page have all.
    """
    if not publications:
        return Works()
    from .collections.export import resume_publications, scholarly_articles

    url = address.partition("#")[0]
    shown = [page for page in site.pages if f"/{page.url}" == url]
    unfolded = [entry for section in sections if section.name == COLLECTION for entry in open_entries(section)]
    items = {page.path: scholarly_articles(unfolded, below(site.url, url), site.url) for page in shown}
    return Works(items, resume_publications(publications, site.url))


def written_bibliographies(
    publications: Sequence[Entry], records: Mapping[str, Record], site: Site, build: Build
) -> Mapping[str, bytes]:
    """Return the files in which other programs read the publications, by their names in the output."""
    from .collections.export import bibliography_files, free_names

    cited = free_names(site, build.problems), publications, records, site.url
    return build.memory.recall("bibliographies", cited, partial(bibliography_files, *cited))


def known_authors(contents: Contents, site: Site) -> Authors:
    """Return the site's authors, who are asked for only where a page shows one."""
    run = contents.run
    return (
        read_authors(*run.read_yaml("authors.yml"), run.problems)
        if any(shows_author(page, run.settings) for page in site.pages)
        else Authors()
    )


def placed_sections(
    contents: Contents, site: Site, sections: list[Section], authors: Authors, pictures: Pictures
) -> Placed:
    """Return the pages with the sections that they show."""
    run = contents.run

    theme = contents.templates

    def style(page: Page) -> Style:
        own = OwnName(())
        if sections:
            from .collections.names import read_names

            names = names_of(authors, page, run.settings.author or site.name)
            own = OwnName(person for name in names for person in read_names([name]).persons)
        return Style(words(page.lang), own, set(), pictures, theme=theme)

    return with_sections(site.pages, sections, contents.render_section, style, run.memory, run.problems)


def report_missing_home(names: Container[str], problems: Problems) -> None:
    """Report a site without a page at ``/``; not beside errors, of which it may be a consequence."""
    if not problems.failed and "index.html" not in names:
        problems.error(Place("content/pages"), "no page has the address '/'", "write 'permalink: /' into one")


def check(pelican: Pelican) -> type[Writer]:
    """Nothing is written yet: if there is a problem that is not a warning, report all, and keep the last good site."""
    build = Build.of(pelican.settings)
    if build.problems.failed:
        raise ContentError(build.report())
    return SiteWriter


class FileGenerator(Generator):  # type: ignore[misc]  # Pelican ships no types
    """Writes the planned files, when the pages are printed and before static files are copied."""

    def generate_output(self, writer: SiteWriter) -> None:
        """Write them all."""
        for name, data in Build.of(self.context).files():
            writer.write(name, data)


def files(
    site: Site,
    finished: Iterable[tuple[str, bytes]],
    markdown: Mapping[str, str],
    pictures: Iterable[StaticFile],
    redirects: RedirectPlan,
    hosts: HostPlan,
    stub_html: str,
    memory: Memory,
    problems: Problems,
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each planned file: those that are ``finished``, and what is made in writing.

    ``pictures`` are those that lose their metadata.
    """
    yield from finished
    for page in site.pages:
        if name := markdown.get(page.path):
            yield name, source_text(page).encode()
    for file in pictures:
        data = file.file.read_bytes()
        clean = partial(strip_metadata, data)  # of a drawing, which is parsed, it takes a while
        data, warning = memory.recall(("drawing", file.path), data, clean) if is_svg(data) else clean()
        if warning:
            problems.warn(Place(file.path), warning)
        yield file.save_as, data
    stub = stub_writer(stub_html, site.url)
    for name, redirect in redirects.stubs.items():
        if redirect.source not in hosts.unwanted_stubs:
            yield name, stub(redirect.target)
    yield from memory.recall("host files", (hosts, site.url), partial(render_host_files, hosts, site.url)).items()


def finish(pelican: Pelican) -> None:
    """Everything is written: replace ``output/`` by the new site, unless a problem has come up on the way."""
    check(pelican)
    build = Build.of(pelican.settings)
    build.stage.settle()
    if build.stage.mounted:
        message = "is a mount point, so that its files are replaced one by one, not all at once"
        build.problems.warn(Place(FILE, 0, "OUTPUT_PATH"), message, "mount the folder above it, or acknowledge this")
    pelican.output_path = str(build.stage.output)
