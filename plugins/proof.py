"""The proof of an import: build the site, ask it for every old address, compare the words, and write the report. Edge.

Nothing is believed of the plan: the built site is served on this machine and asked over HTTP, as visitors' browsers do.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from urllib.parse import unquote, urldefrag, urlsplit

from markdown import Markdown

from . import defaults
from .builder import Built, build
from .checking import Site, broken, check, read
from .checking.asking import Asker
from .checking.published import progress
from .importing.jekyll_source import JekyllSource
from .importing.old_addresses import old_addresses
from .importing.plan import Imported, Plan
from .importing.report import Proof, in_short, report
from .importing.template import leftovers
from .importing.words import PageWords, Shown, lost_words
from .kramdown import KramdownMarkdown, makeExtension
from .markup import scan
from .old_site import FILE, Answer, OldAddress
from .old_site import read as read_addresses
from .problems import Problem, Problems
from .serving.server import served
from .stylesheet import make_stylesheet

REPORT = ".cache/import-report.html"
_PAGES = ("page", "entry", "post")  # old addresses that show words
_OWN = ("page", "entry", "article")  # items that have them
_SHOWN = ("title", "venue", "location", "type", "citation", "excerpt")  # keys that the old template showed


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


def prove(done: Imported, project: Path) -> str:
    """Prove an import into ``project`` and write the report there; return what a terminal shows of it."""
    plan = done.plan
    source = JekyllSource(plan.checkout, plan.config)
    kept = plan.files.get(FILE)
    known = [each for _, each in read_addresses(kept.decode())] if isinstance(kept, bytes) else []
    before = dict(_pages_before(plan, source, known))
    asker, answers, found = _asked(project, [each.address for each in known])
    pairs = [(each, answers[each.address]) for each in known] if asker else []
    proof = Proof(
        name=str(plan.config.get("title") or plan.checkout.name),
        plan=plan,
        answers=pairs,
        words=list(_words(before, answers, asker)) if asker else [],
        wrong=sorted(_wrong(plan, source, before)),
        found=found,
    )
    style = _style(asker.response(f"{asker.root}/").text if asker else "")
    file = project / REPORT
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(report(proof, style).encode("utf-8", "replace"))
    return f"{in_short(proof)}\nthe whole report: {REPORT}"


def _asked(project: Path, addresses: Iterable[str]) -> tuple[Asker | None, dict[str, Answer], list[Problem]]:
    """Build the project and ask for addresses; return what was found too, and no asker where it cannot be built."""
    here = Path.cwd()
    os.chdir(project)  # a build reads its settings there
    try:
        with TemporaryDirectory() as workdir:
            built = build("publishconf.py", OUTPUT_PATH=str(Path(workdir) / "output"))
            if built.failed:
                return None, {}, list(built.problems)
            found = [*built.problems, *check(built.output, built.settings["SITEURL"], built.sources)]
            with served_build(built) as root:
                asker, wanted = Asker(root, "frontispiece"), dict.fromkeys(addresses)
                answers = asker.ask_all(wanted, progress(len(wanted)))
            return asker, {answer.address: answer for answer in answers}, sorted(set(found))
    finally:
        os.chdir(here)


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
            shown = "".join(f"<p>{value}</p>" for key in _SHOWN if isinstance(value := values.get(key), str))
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


def _wrong(plan: Plan, source: JekyllSource, before: Mapping[OldAddress, str]) -> Iterator[Problem]:
    """Yield what was wrong on the old site: links that led nowhere."""
    files = {each.file for each in old_addresses(source)}
    url, base = (str(plan.config.get(key) or "").rstrip("/") for key in ("url", "baseurl"))
    names = {old: old.address.lstrip("/") + ("index.html" if old.address.endswith("/") else "") for old in before}
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
