"""The proof of an import: build the site, ask it for every old address, compare the words, and write the report. Edge.

Nothing is believed of the plan: the built site is served on this machine and asked over HTTP, as visitors' browsers do.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, cast
from urllib.parse import unquote, urldefrag, urlsplit

from markdown import Markdown
from markupsafe import Markup

from . import defaults
from .addresses import HTML
from .builder import Built, build
from .checking import Site, broken, check, read
from .checking.asking import Asker
from .checking.published import progress
from .collections.citation import without_title
from .importing import carry_out
from .importing.jekyll_source import JekyllSource
from .importing.leads import FILE as LEADS
from .importing.leads import add_leads
from .importing.mending import mend
from .importing.old_addresses import old_addresses
from .importing.plan import HUGOBLOX, Imported, Plan
from .importing.report import Proof, in_short, report
from .importing.template import leftovers
from .importing.words import PageWords, Shown, lost_words
from .kramdown import KramdownMarkdown, makeExtension
from .markup import scan
from .old_site import FILE, Answer, OldAddress
from .old_site import read as read_addresses
from .problems import InvalidValueError, Problem, Problems
from .redirects.parse import parse_source
from .serving.server import served
from .stylesheet import make_stylesheet

_TOML = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)  # front matter of Hugo
_MADE = {"list": "/year-archive/", "feed": "/feed.xml"}  # what the program makes where plugins of Jekyll made more
_ROUNDS = 8  # of builds: what is wrong with one line may hide what is wrong with the next
REPORT = ".cache/import-report.html"
_PAGES = ("page", "entry", "post")  # old addresses that show words
_OWN = ("page", "entry", "article")  # items that have them
_SHOWN = ("title", "venue", "location", "type", "citation", "excerpt")  # keys that the old template showed of entries


@contextmanager
def served_build(built: Built) -> Iterator[str]:
    """Serve a finished build while the block runs, below the path where its host has it; its folder moves."""
    base = urlsplit(built.settings["SITEURL"]).path.rstrip("/")
    host = built.output.with_name("host")
    below = host / unquote(base).strip("/")
    below.parent.mkdir(parents=True, exist_ok=True)
    built.output.rename(below)
    with served(host) as root:
        yield root + base


class Asked(NamedTuple):
    """What a build and its server said: the answers by address; the places of the content files; what was found.

    ``asker`` is None where the site cannot be built.
    """

    asker: Asker | None
    answers: Mapping[str, Answer]
    places: Mapping[str, str]
    found: list[Problem]


def prove(done: Imported, project: Path) -> str:
    """Prove an import into ``project`` and write the report there; return what a terminal shows of it.

    What keeps the site from being built is put aside; an old address that is dead though its file came along gets a
    redirect to where that can be seen now.
    """
    plan = done.plan
    source = JekyllSource(plan.checkout, plan.config)
    kept = plan.files.get(FILE)
    known = [each for _, each in read_addresses(kept.decode())] if isinstance(kept, bytes) else []
    before = dict(_pages_before(plan, source, known))
    asked, warnings = _built(done, project, known)
    leads = {} if LEADS in done.kept else _leads(plan, known, asked)
    if leads:
        asked = _mended(plan, project, leads, known, asked)
    asker = asked.asker
    proof = Proof(
        name=str(plan.settings.get("SITENAME") or plan.checkout.name),
        plan=plan,
        answers=[(each, asked.answers[each.address]) for each in known] if asker else [],
        words=list(_words(before, asked.answers, asker)) if asker else [],
        wrong=sorted(_wrong(plan, source, known, before)),
        found=asked.found,
    )
    style = _style(asker.response(f"{asker.root}/").text if asker else "")
    file = project / REPORT
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(report(proof, style).encode("utf-8", "replace"))
    added = sum(not asked.answers[old].fault for old in leads if asked.asker)
    lines = [*warnings, in_short(proof)]
    if added:
        lines.append(f"{added:,} of them by redirects that are added to {LEADS}")
    return "\n".join([*lines, f"the whole report: {file.as_posix()}"])


def _built(done: Imported, project: Path, known: Iterable[OldAddress]) -> tuple[Asked, list[str]]:
    """Build and ask; put aside what was imported and keeps the site from being built, with a warning for each."""
    before = set(done.plan.problems)
    for _ in range(_ROUNDS):
        asked = _ask(project, known)
        errors = [problem for problem in asked.found if not problem.warning and problem.path not in done.kept]
        if asked.asker or not mend(done.plan, errors):
            break
        carry_out(done.plan, project)
    return asked, [str(problem) for problem in done.plan.problems if problem not in before]


def _ask(project: Path, known: Iterable[OldAddress]) -> Asked:
    """Build the project, and ask for the old addresses."""
    here = Path.cwd()
    os.chdir(project)  # a build reads its settings there
    sys.modules.pop("pelicanconf", None)  # those of another project, which publishconf.py would import again
    try:
        with TemporaryDirectory() as workdir:
            built = build("publishconf.py", OUTPUT_PATH=str(Path(workdir) / "output"))
            if built.failed:
                return Asked(None, {}, {}, list(built.problems))
            found = [*built.problems, *check(built.output, built.settings["SITEURL"], built.sources)]
            with served_build(built) as root:
                asker = Asker(root, "frontispiece")
                wanted = dict.fromkeys([*(each.address for each in known), *_MADE.values()])
                answers = asker.ask_all(wanted, progress(len(wanted)))
            return Asked(asker, {each.address: each for each in answers}, built.places, sorted(set(found)))
    finally:
        os.chdir(here)


def _leads(plan: Plan, known: Iterable[OldAddress], asked: Asked) -> dict[str, str]:
    """Return the dead addresses whose files can be seen elsewhere now, and where."""
    places = {item.path: asked.places[item.to] for item in plan.items if item.to in asked.places}
    made = {kind: address for kind, address in _MADE.items() if asked.asker and not asked.answers[address].fault}
    leads = {}
    for each in known:
        answer = asked.answers.get(each.address)
        place = places.get(each.source) if each.source else made.get(each.kind)
        if answer and answer.fault and not answer.hops and place:
            with suppress(InvalidValueError):  # such as an address that no stub can have
                if parse_source(each.address) != unquote(place):
                    leads[each.address] = place
    return leads


def _mended(plan: Plan, project: Path, leads: Mapping[str, str], known: Iterable[OldAddress], before: Asked) -> Asked:
    """Return what the site says with the redirects added; what helps nothing, or refuses a build, is taken back."""
    planned = plan.files.get(LEADS)
    add_leads(plan, {parse_source(old): new for old, new in leads.items()})
    carry_out(plan, project)
    asked = _ask(project, known)
    helping = {old: new for old, new in leads.items() if asked.asker and not asked.answers[old].fault}
    if len(helping) < len(leads):
        plan.files[LEADS] = planned
        add_leads(plan, {parse_source(old): new for old, new in helping.items()})
        carry_out(plan, project)
    useless = {parse_source(old) for old in leads.keys() - helping.keys()}
    found = [each for each in asked.found if each.path != LEADS or each.key not in useless]
    return asked._replace(found=found) if asked.asker else before


def _pages_before(plan: Plan, source: JekyllSource, known: list[OldAddress]) -> Iterator[tuple[OldAddress, str]]:
    """Yield each old address that showed a page of the owner's, and the words of it as HTML."""
    own = {item.path for item in plan.items if item.to and item.kind in _OWN}
    converter = cast(KramdownMarkdown, Markdown(extensions=[makeExtension()]))
    site: dict[str, object] = {**plan.config, "author": plan.config.get("author") or {}}
    for each in known:
        if each.kind in _PAGES and each.source in own:
            values, body = source.page(each.source)
            converter.reset()
            converter.liquid_variables = {"site": site, "page": {**values, "url": each.address}}
            title, citation = values.get("title"), values.get("citation")
            if isinstance(title, str) and isinstance(citation, str):  # which repeats it, to be printed once
                values = {**values, "citation": str(without_title(Markup(citation), Markup(title))[0])}  # noqa: S704
            keys = _SHOWN if each.kind == "entry" else ("title",)
            shown = "".join(f"<p>{value}</p>" for key in keys if isinstance(value := values.get(key), str))
            body = _TOML.sub("", body)
            if each.source.lower().endswith(HTML):
                body = f"{{::nomarkdown}}\n{body}\n{{:/nomarkdown}}"
            yield each, f"{shown}\n{converter.convert(body)}"


def _words(before: Mapping[OldAddress, str], answers: Mapping[str, Answer], asker: Asker) -> Iterator[PageWords]:
    """Yield the words of each own page, and those that are not where its address ends now."""
    pages: dict[str, Shown] = {}
    for old, html in before.items():
        bare, anchor = urldefrag(answers[old.address].end)
        if bare not in pages:
            pages[bare] = Shown(asker.response(asker.root + bare).text if bare.startswith("/") else "")
        count, lost = lost_words(html, pages[bare].at(unquote(anchor)))
        yield PageWords(old.source, old.address, count, lost)


def _file_of(address: str) -> str:
    """Return the file that a site has for an address."""
    path = unquote(address).lstrip("/")
    return path if path and not path.endswith("/") else f"{path}index.html"


def _wrong(
    plan: Plan, source: JekyllSource, known: Iterable[OldAddress], before: Mapping[OldAddress, str]
) -> Iterator[Problem]:
    """Yield what was wrong on the old site: links that led nowhere, and what the template says still."""
    served = known if plan.template == HUGOBLOX else old_addresses(source)
    files = {each.file or _file_of(each.address) for each in served}
    url, base = (str(plan.config.get(key) or "").rstrip("/") for key in ("url", "baseurl"))
    names = {old: _file_of(old.address) for old in before}
    own = {old.source for old in before}
    for path in sorted(own):
        for line, words in leftovers(source.text(path)):
            message = f"{words[:80]!r} is still the template's text"
            yield Problem(path, line, "", message, "write your own, or delete it", warning=True)
    pages = {names[old]: read(html) for old, html in before.items()}
    sources = {names[old]: [old.source] for old in before}
    yield from broken(pages, Site(files, url + base, sources, "the old site", plan.checkout))


def _style(html: str) -> str:
    """Return the styles that a built page carries; without one, those of the theme."""
    if style := next((token.source for token in scan(html) if token.kind == "text" and token.name == "style"), ""):
        return style
    files = {file.name: file.read_text("utf-8") for file in (Path(defaults.THEME) / "styles").glob("*.css")}
    return make_stylesheet(files, "auto", "", Problems())["text"]
