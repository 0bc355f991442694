"""A checkout of academicpages or acad-homepage → the plan of its import. Edge: reads the checkout and the project."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ..old_site import FILE as OLD_ADDRESSES
from ..old_site import OldAddress
from ..old_site import written as written_addresses
from ..problems import ContentError, Place, Problem, Problems
from ..yaml_mapping import Value, parse_yaml
from . import al_folio
from .checkout import beginning, walk
from .config import FILE, Config, read_config
from .jekyll_source import JekyllSource
from .menu import converted, path_of
from .old_addresses import old_addresses
from .plan import ACAD_HOMEPAGE, ACADEMICPAGES, AL_FOLIO, COLLECTIONS, Item, Plan, Setting
from .sorting import Sorter, find_home

DRAFTS = (  # the warning of a build
    "content/_drafts: warning: is not published: names that begin with '_' or '.' are private; rename it to publish it"
)
_HOME = "_pages/about.md"  # where the template has it
_SAMPLE = re.compile(
    r"files/(?:paper|slides)\d\.pdf|files/bibtex\d\.bib|images/(?:\d+x\d+\.png|bio-photo(?:-2)?\.jpg|editing-talk\.png"
    r"|foo-bar-identity(?:-th)?\.jpg|homepage\.png|image-alignment-[\dx]+\.jpg|paragraph(?:-no)?-indent\.png|site-logo\.png"
    r"|unsplash-.*|3953273590_704e3899d5_m\.jpg)"
)
_YEARS = "/year-archive/"  # where the program lists articles
_REMOTE = re.compile(r"^\s*url\s*=\s*(\S+)", re.MULTILINE)


def plan_jekyll(checkout: Path, remote: str = "") -> Plan:
    """Plan the import of a Jekyll site; ``remote`` is its git address, where that is known.

    Raises ContentError for a folder that is no such site.
    """
    problems = Problems()
    text = _configuration(checkout)
    config = read_config(text, problems, domain=_domain(checkout), remote=remote or _origin(checkout))
    if problems.failed:
        raise ContentError(problem for problem in problems if not problem.warning)
    template = ACAD_HOMEPAGE if (checkout / "google_scholar_crawler").is_dir() else ACADEMICPAGES
    template = AL_FOLIO if al_folio.is_al_folio(checkout, config.values) else template
    collections: Value = {name: {"output": True} for name in COLLECTIONS}
    readings: tuple[dict[str, Value], ...] = (
        {"collections": collections, **config.values},
        {"collections": collections, **config.values, "include": ["_pages"]},  # as the template has it
    )
    for values in readings:
        source = JekyllSource(checkout, values)
        addresses = old_addresses(source)
        served = {each.source: each for each in sorted(addresses, key=_is_original) if each.source}
        if home := find_home(served):
            break
    else:
        home = _HOME
    if not (checkout / home).is_file() or (checkout / home).is_symlink():
        raise ContentError(
            [Problem("_pages", 0, "", "no page here has 'permalink: /'", "name a checkout of academicpages")]
        )
    plan = Plan(template, checkout, values, production=config.production, problems=problems)
    if home not in served or served[home].file != "index.html":
        problems.warn(Place(home), "is taken for the home page: no page has 'permalink: /'")
    files, plan.items = walk(checkout)
    sorter = Sorter(plan, source, served, home)
    for path in files:
        sorter.include(path)
    plan.items += map(sorter.sorted, files)
    _report(plan)
    _report_samples(plan)
    _remove_example(plan, home)
    _Places(plan, sorter, addresses).fill()
    plan.files |= {item.to: checkout / item.path for item in plan.items if item.to and item.to not in plan.files}
    authors = config.authors
    if template == AL_FOLIO:
        name, picture = str(config.settings["AUTHOR"]), source.front_matter(home).get("profile")
        authors = al_folio.authors(checkout, config.values, name, picture)
    plan.files["content/authors.yml"] = authors.encode()
    if config.site:
        plan.files["content/site.yml"] = config.site.encode()
    own = {item.path for item in plan.items if item.to or (item.kind == "list" and item.why)}
    kept = [each for each in addresses if not each.source or each.source in own]
    plan.files[OLD_ADDRESSES] = written_addresses(kept).encode()
    plan.settings = _settings(plan, config, sorter, home)
    return plan


def _is_original(address: OldAddress) -> bool:
    """Return whether an address shows its file itself: of two addresses of a file that one comes last, and counts."""
    return address.kind != "redirect"


def _report(plan: Plan) -> None:
    """Warn of what cannot be read, and of the owner's own design, which stays behind."""
    for item in plan.of("refused"):
        plan.problems.warn(Place(item.path), f"is not imported: {item.why}", "copy what is yours to content/")
    own = [item for item in plan.of("code") if not item.template]
    if own:
        purposes = ((item.path, item.why.partition(": ")[2]) for item in own[:5])
        first = ", ".join(f"{path} ({purpose})" if purpose else path for path, purpose in purposes)
        more = f" and {len(own) - 5} more" if len(own) > 5 else ""
        message = f"your own layouts, includes, styles and scripts are not taken over: {first}{more}"
        plan.problems.warn(Place(own[0].path), message, "theme/README.md shows how to change the design here")


def _report_samples(plan: Plan) -> None:
    """Warn of files that are called as the template's samples are, if nothing that comes along mentions them.

    They come along too: whether they are its pictures and papers, only their owner can see.
    """
    named = [item for item in plan.of("file") if item.to and _SAMPLE.fullmatch(item.path)]
    if named:
        texts = (item for item in plan.items if item.to and item.kind in ("page", "entry", "article", "data", "config"))
        said = b"\n".join(beginning(plan.checkout / item.path) for item in texts)
        said += beginning(plan.checkout / FILE)
        idle = [item.path for item in named if item.path.rpartition("/")[2].encode() not in said]
        if idle:
            first = ", ".join(idle[:4]) + (f" and {len(idle) - 4} more" if len(idle) > 4 else "")
            message = f"{first}: no page mentions what has the name of a sample of the template"
            plan.problems.warn(Place(idle[0]), message, "remove what is not yours from content/")


def _configuration(checkout: Path) -> str:
    file = checkout / FILE
    if not os.path.lexists(file):
        raise ContentError([Problem(str(file), 0, "", "is missing", "name a checkout of academicpages")])
    if file.is_symlink() or not file.is_file():
        raise ContentError([Problem(str(file), 0, "", "is not a file", "name a checkout of academicpages")])
    return beginning(file).decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _domain(checkout: Path) -> str:
    file = checkout / "CNAME"
    lines = file.read_text("utf-8", "replace").split() if file.is_file() and not file.is_symlink() else []
    return lines[0] if lines else ""


def _origin(checkout: Path) -> str:
    file = checkout / ".git" / "config"
    found = _REMOTE.search(file.read_text("utf-8", "replace")) if file.is_file() and not file.is_symlink() else None
    return found[1] if found else ""


def _remove_example(plan: Plan, home: str) -> None:
    """Remove the example's home page where the own one is another file."""
    item = next(item for item in plan.items if item.path == home)
    if item.to != "content/pages/about.md" and all(each.to != "content/pages/about.md" for each in plan.items):
        plan.files["content/pages/about.md"] = None  # the example that is at the root too


class _Places:
    """Leads the old addresses that no file answers by itself, and the menu, to where their content is now."""

    def __init__(self, plan: Plan, sorter: Sorter, addresses: list[OldAddress]) -> None:
        self.plan, self.sorter, self.addresses = plan, sorter, addresses
        self.base = urlsplit(str(plan.production.get("SITEURL", ""))).path
        self.items = {item.path: item for item in plan.items}
        self.places = {item.to for item in plan.items}
        self.own = {item.collection for item in plan.of("entry") if item.to}
        self.articles = any(item.to for item in plan.of("article"))
        self.leads: dict[str, str | None] = {}  # a page of lists → where its address leads

    def fill(self) -> None:
        """Complete the plan: redirects, the menu, and what became of each page of lists."""
        menu = next((item for item in self.plan.items if item.kind == "menu" and item.to), None)
        text = beginning(self.plan.checkout / menu.path).decode("utf-8-sig", "replace") if menu else ""
        self.asked = {path_of(url, self.base) for url in _urls(text)}
        for path, listing in self.sorter.listings.items():
            self.leads[path] = self._lead(path, listing.collections)
        for number, item in enumerate(self.plan.items):
            if item.kind == "list":
                target = self.leads[item.path]
                why = f"it only lists what the page shows itself: its address leads to {target}" if target else ""
                self.plan.items[number] = item._replace(why=why or "it is a list of nothing", template=not target)
        if menu:
            made = converted(text.replace("\r\n", "\n"), menu.path, self.lead, self.plan.problems)
            if made:
                self.plan.files[menu.to] = made.encode()
            else:
                number = self.plan.items.index(menu)
                self.plan.items[number] = menu._replace(to="", why="none of its entries is left, or it cannot be read")
        redirects = dict(self._redirects())
        if redirects:
            lines = (f"{_quoted(old)}: {_quoted(new)}\n" for old, new in sorted(redirects.items()))
            head = "# Old addresses that belong to no page: where each leads.\n"
            self.plan.files["content/redirects.yml"] = (head + "".join(lines)).encode()

    def _lead(self, path: str, asked: tuple[str, ...]) -> str | None:
        """Return where the address of a page of lists leads."""
        everything = "pages" in asked or "collections" in asked  # a map of the site
        for name in () if everything else asked:
            if name in self.own or (name == "publications" and "content/publications.bib" in self.places):
                return f"/{name}/"  # which the program leads to the section, on whatever page that is
            if name in ("posts", "categories", "tags") and self.articles:
                return _YEARS
        address = self.sorter.served[path].address
        return "/" if path_of(address, "") in self.asked else None

    def lead(self, url: str) -> str | None:
        """Return where an entry of the menu leads."""
        wanted = path_of(url, self.base)
        found = next((each for each in self.addresses if path_of(each.address, "") == wanted), None)
        if found is None or not found.source:
            return url if found is None or self.articles else None
        item = self.items.get(found.source)
        if item and item.kind == "list":
            target = self.leads[found.source]
            if target == f"/{wanted}/":
                return url
            return target if target != "/" or wanted == "" else None
        if item and item.kind == "entry" and item.to:
            return url
        return url if item and item.to else None

    def _redirects(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses that the program cannot know from its content, and where each leads."""
        for each in self.addresses:
            item = self.items.get(each.source)
            if item is None:
                continue
            old = unquote(each.address)
            if item.kind == "list" and (target := self.leads[item.path]):
                if old != target:
                    yield old, target
            elif each.kind == "page" and item.kind == "page" and item.to and not self._permalink(item):
                new = _own_address(item)
                if new != old:
                    yield old, new

    def _permalink(self, item: Item) -> bool:
        return bool(self.sorter.source.front_matter(item.path).get("permalink"))


def _own_address(item: Item) -> str:
    """Return the address that the program gives a page without a permalink."""
    name = PurePosixPath(item.to).relative_to("content/pages")
    slug = str(name.parent) if name.stem == "index" and name.parent.parts else str(name.parent / name.stem)
    return "/" if slug == "index" else f"/{slug}/"


def _urls(text: str) -> list[str]:
    main = parse_yaml(text, "", Problems()).values.get("main")
    entries = main if isinstance(main, list) else []
    return [url for entry in entries if isinstance(entry, dict) and isinstance(url := entry.get("url"), str)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _settings(plan: Plan, config: Config, sorter: Sorter, home: str) -> dict[str, Setting]:
    """Return the settings for ``pelicanconf.py``: also the collections, and the files whose names have changed."""
    settings = dict(config.settings)
    if plan.config.get("future") is not True and any(item.to for item in plan.of("article", "entry")):
        settings["WITH_FUTURE_DATES"] = False  # as Jekyll: nothing under embargo appears
    served = sorter.served
    picture = str(plan.config.get("og_image") or "").strip("/")
    taken = {item.path: item.to for item in plan.items if item.to}
    if found := next((taken[path] for path in (picture, f"images/{picture}") if path in taken), ""):
        settings["PREVIEW_IMAGE"] = re.sub("^content/(?:root/)?", "", found)
    if any(item.to.startswith("content/_drafts/") for item in plan.items):
        settings["ACKNOWLEDGED"] = [DRAFTS]
    shown = sorter.source.defaults.values(home, "pages").get("author_profile")
    if shown is True or plan.template == AL_FOLIO:
        settings["AUTHOR_PROFILE"] = True
    if any(
        item.to and item.path in served and served[item.path].file == "404.html" for item in plan.of("page", "file")
    ):
        settings["DIRECT_TEMPLATES"] = []  # the program's own page for it
    used = {item.collection for item in plan.items if item.collection and item.to}
    more = [name for name in sorter.collections if name in used and name not in COLLECTIONS]
    if more:
        settings["COLLECTIONS"] = [*COLLECTIONS, *more]
    paths = {
        item.to.removeprefix("content/"): {"path": address.file}
        for item in plan.of("file")
        if item.to.startswith("content/root/")
        and (address := served.get(item.path))
        and item.to.removeprefix("content/root/") != address.file != "index.html"
    }
    if paths:
        settings["EXTRA_PATH_METADATA"] = paths
    return settings
