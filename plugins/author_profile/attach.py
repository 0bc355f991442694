"""Gives every page its profile and what its head says. An edge: reads authors.yml, the picture and the icons."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from ..problems import Problem, Problems
from .authors import AUTHORS_FILE, Authors, Fact, choose, read_authors
from .icons import icon
from .inline import to_html, to_text
from .links import Link
from .portrait import PictureError, make_portrait
from .profile import Avatar, Portrait, Profile, make_profile
from .services import shown
from .settings import Settings
from .vocabularies import (
    PageFacts,
    describe,
    first_sentence,
    open_graph,
    profile_page,
    script_text,
)

PORTRAITS = "images/"  # the folder of the output that portraits are in
FILE_TYPES = {"author.vcf": "text/vcard", "resume.json": "application/json"}
FILE_LABELS = {"author.vcf": "Contact card", "resume.json": "JSON résumé"}


@dataclass(slots=True)
class Head:
    """What a page's head says beside its title: finished, for the template to print."""

    description: str
    properties: list[tuple[str, str]] = field(default_factory=list)  # OpenGraph's and the Twitter card's
    json_ld: Markup = field(default_factory=Markup)
    alternates: list[tuple[str, str]] = field(default_factory=list)  # media type and address


@dataclass(slots=True)
class Gathered:
    """One build's profiles by their author's name, the pages that show them, and the site's own author."""

    settings: Settings
    context: Mapping[str, Any]
    problems: Problems
    profiles: list[Profile] = field(default_factory=list)
    owner: Profile | None = None  # whose page the home page is: author.vcf and resume.json are about them
    files: tuple[str, ...] = ()  # those of the owner that are written

    @property
    def content(self) -> Path:
        """The folder of the author's files."""
        return Path(self.context["PATH"])

    @property
    def root(self) -> str:
        """The address of the site, without a slash at its end."""
        return str(self.context["SITEURL"]).rstrip("/")


def attach(pages: list[Any], gathered: Gathered) -> None:
    """Set ``page.profile`` and ``page.head`` of every page."""
    named: dict[str, list[tuple[Any, Profile]]] = {}
    for page, name, profile in _profiles(pages, gathered):
        named.setdefault(name, []).append((page, profile))
    homes = {}
    for name, shown_on in named.items():
        public = [page for page, _ in shown_on if page.status == "published"] or [page for page, _ in shown_on]
        home = min(public, key=lambda page: (len(page.url), page.url))
        homes[name] = home
        for _, profile in shown_on:
            profile.home = _address(home, gathered)
    owner = min(homes, key=lambda name: (len(homes[name].url), homes[name].url), default=None)
    if owner is not None:
        gathered.owner = next(profile for page, profile in named[owner] if page is homes[owner])
        gathered.files = tuple(_free_files(gathered))
        if gathered.settings.files_linked:
            for _, profile in named[owner]:
                profile.links += [_with_icon(_file_link(name, gathered), gathered) for name in gathered.files]
    for page in pages:
        page.head = _head(page, gathered)


def _profiles(pages: list[Any], gathered: Gathered) -> Iterator[tuple[Any, str, Profile]]:
    """Yield each page that shows its author, the author's name, and the profile; others get None."""
    authors: Authors | None = None
    ready: dict[str, Profile] = {}
    for page in pages:
        page.profile = None
        front_matter = getattr(page, "front_matter", {})
        if not wants_profile(front_matter.get("author_profile")):
            continue
        if authors is None:
            authors = _read_authors(gathered)
        written = None
        if "author" in front_matter:
            written = Fact(front_matter["author"], _source(page, gathered), page.key_lines.get("author", 0))
        chosen = choose(authors, written, str(gathered.context.get("AUTHOR") or gathered.context["SITENAME"]))
        if isinstance(chosen, Problem):
            gathered.problems.add(chosen)
        if chosen is None or isinstance(chosen, Problem):
            continue
        name, facts = chosen
        own = written is not None and not isinstance(written.value, str)
        if own or name not in ready:
            profile, problems = make_profile(name, facts)
            gathered.problems.extend(problems)
            _finish(profile, gathered)
            if not own:
                ready[name] = profile
        page.profile = profile if own else ready[name]
        yield page, name, page.profile


def wants_profile(value: object) -> bool:
    """Tell whether a page's ``author_profile`` asks for the sidebar: anything but false, empty or a word for no."""
    return bool(value) and str(value).strip().lower() not in ("", "false", "no", "off", "none", "0")


def _read_authors(gathered: Gathered) -> Authors:
    file = gathered.content / "authors.yml"
    authors = read_authors(file.read_bytes() if file.is_file() else None, AUTHORS_FILE)
    gathered.problems.extend(authors.problems)
    return authors


def _source(page: Any, gathered: Gathered) -> str:
    """Return a page's file as a problem names it: from the project's root."""
    return Path(page.source_path).relative_to(gathered.content.parent).as_posix()


def _address(page: Any, gathered: Gathered) -> str:
    return f"{gathered.root}/{page.url.lstrip('/')}"


# --- What a profile needs of the disk -------------------------------------------------------------------------------


def _finish(profile: Profile, gathered: Gathered) -> None:
    """Complete a profile with its portrait, its icons and the addresses of this site."""
    gathered.profiles.append(profile)
    if profile.avatar:
        profile.portrait = _portrait(profile.avatar, gathered)
    profile.links = [_with_icon(_placed(link, gathered), gathered) for link in profile.links]
    profile.icons = {name: _icon(name, gathered) for name in ("location", "employer", "address")}


def _icon(name: str, gathered: Gathered) -> Markup:
    def complain(file: Path, reason: str) -> None:
        gathered.problems.add(Problem(f"theme/icons/{file.name}", 0, "", reason, "save it as a plain SVG"))

    return icon(name, Path(gathered.context["THEME"]) / "icons", complain)


def _with_icon(link: Link, gathered: Gathered) -> Link:
    return replace(link, svg=_icon(link.icon, gathered))


def _placed(link: Link, gathered: Gathered) -> Link:
    """Return a link to this site with the site's address; warn of a file that is not there."""
    if not link.url.startswith("/"):
        return link
    path = unquote(re.split(r"[?#]", link.url)[0]).lstrip("/")
    if (
        re.search(r"\.(?!html?$)\w{2,4}$", path)
        and path not in FILE_TYPES
        and not _find(path, gathered.content, ("", "root"))
    ):
        message, hint = f"'/{path}' does not exist", f"put the file at content/{path}"
        gathered.problems.add(Problem(link.place[0], link.place[1], link.key, message, hint, warning=True))
    return replace(link, url=gathered.root + link.url)


def _find(written: str, content: Path, folders: tuple[str, ...]) -> Path | None:
    """Return the file below content/ that ``written`` means, in one of ``folders``; None if it is not there."""
    bare = re.sub(r"^(?:\./|\../|/)+", "", written) if not written.startswith("..") else written
    spelled = dict.fromkeys(
        unicodedata.normalize(form, path) for path in (bare, unquote(bare)) for form in ("NFC", "NFD")
    )
    for path in spelled:
        for folder in folders:
            file = content / folder / path
            if file.is_file() and file.resolve().is_relative_to(content.resolve()):
                return file
    return None


def _portrait(avatar: Avatar, gathered: Gathered) -> Portrait | None:
    """Return the portrait made from the author's picture; a problem where there is none."""
    value, fact, settings = avatar.value, avatar.fact, gathered.settings
    say = partial(Problem, fact.path, fact.line, "avatar")
    if gathered.root and value.startswith(f"{gathered.root}/"):
        value = value.removeprefix(gathered.root)
    if re.match(r"(?i)(?:https?:)?//", value):
        message = f"{shown(value)} is on another site, which every reader's browser then asks for it"
        gathered.problems.add(say(message, "put the picture into content/images", warning=True))
        return Portrait(settings.portrait_size, settings.portrait_size, settings.portrait_shape, elsewhere=value)
    file = _find(value, gathered.content, ("images", ""))
    if file is None:
        hint = f"put the picture at content/images/{Path(value).name}, or delete the key to show the initials"
        images = gathered.content / "images"
        for other in sorted(images.iterdir()) if images.is_dir() else ():
            if other.name.casefold() == Path(unquote(value)).name.casefold():
                hint = f"write {shown(other.name)}, as the file is called"
        gathered.problems.add(say(f"{shown(avatar.value)} does not exist", hint))
        return None
    cache = gathered.content.parent / settings.portrait_cache
    try:
        portrait, warning = make_portrait(file.read_bytes(), cache, settings.portrait_size, settings.portrait_shape)
    except PictureError as error:
        gathered.problems.add(say(f"{shown(avatar.value)} {error.message}", error.hint))
        return None
    if warning:
        gathered.problems.add(say(f"{shown(avatar.value)} {warning}", "save it as JPEG or PNG", warning=True))
    return replace(portrait, folder=f"{gathered.root}/{PORTRAITS}")


# --- What a page's head says ----------------------------------------------------------------------------------------


def _head(page: Any, gathered: Gathered) -> Head:
    front_matter = getattr(page, "front_matter", {})
    profile: Profile | None = page.profile
    own = profile is not None and profile.home == _address(page, gathered)
    given = [to_text(to_html(str(front_matter.get(key) or ""))) for key in ("description", "excerpt")]
    bio = profile.bio_text if profile and own else ""
    site = str(gathered.context["SITENAME"])
    facts = PageFacts(
        url=_address(page, gathered),
        title=getattr(page, "heading", "") or (profile.name if profile and own else site),
        description=describe(*given, bio, first_sentence(page._content or "")),
        site=site,
        kind="article" if type(page).__name__ == "Article" else "website",
        modified=page.modified.isoformat() if getattr(page, "modified", None) else "",
    )
    head = Head(facts.description, list(open_graph(facts, profile, own=own)))
    if profile and own:
        head.json_ld = script_text(profile_page(facts, profile))
        if profile is gathered.owner:
            head.alternates = [(FILE_TYPES[name], f"{gathered.root}/{name}") for name in gathered.files]
    return head


# --- The owner's files ------------------------------------------------------------------------------------------------


def _free_files(gathered: Gathered) -> Iterator[str]:
    """Yield the files to write; one that the author has made by hand is the author's."""
    context = gathered.context
    contents = [*context["static_content"].values(), *context["generated_content"].values()]
    taken = {Path(content.save_as).as_posix(): content for content in contents if content is not None}
    for name in gathered.settings.files:
        if name in taken:
            message, hint = f"'{name}' is the author's own and is kept", f"take '{name}' out of AUTHOR_FILES"
            gathered.problems.add(Problem(_source(taken[name], gathered), 0, "", message, hint, warning=True))
        else:
            yield name


def _file_link(name: str, gathered: Gathered) -> Link:
    return Link(
        name, FILE_LABELS[name], f"{gathered.root}/{name}", "cv" if name == "resume.json" else "vcard", rel="", kind=""
    )
