"""A site's pages and its authors → the profile and the head of every page, and the files about its owner.

Of an author, the page that is about them is the one with the shortest address that shows them: public, if any of those
pages is. The owner of the site is the author of the shortest of these addresses.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from ..addresses import below, local
from ..markup import to_text
from ..pictures import FOLDER, Cache, Picture, make_picture, picture_paths
from ..problems import InvalidValueError, Place, Problems
from ..settings import Settings
from ..site import Json, Page, Site
from .authors import Author, Authors, choose_author
from .card import CardFacts, make_card, make_icon
from .head import Head, make_head, page_url
from .icons import find_icon
from .links import Link
from .profile import Avatar, Profile
from .reading import make_profile
from .values import any_address, quoted
from .vocabularies import resume, vcard

TOUCH_ICON = "apple-touch-icon.png"  # which Apple's systems show on a home screen
FILE_KINDS = {  # file about the owner → its media type, and its label and icon in the sidebar
    "author.vcf": ("text/vcard", "Contact card", "vcard"),
    "resume.json": ("application/json", "JSON résumé", "cv"),
}


class Assets(NamedTuple):
    """What profiles need beside the pages. Each function returns bytes, or None for what does not exist.

    ``read`` reads a file by its path below the content, ``read_icon`` the theme's SVG by its name; ``cache`` keeps
    finished portraits between builds.
    """

    read: Callable[[str], bytes | None]
    read_icon: Callable[[str], bytes | None]
    cache: Cache


class Works(NamedTuple):
    """The publications that a page lists: schema.org's ``items`` by ``Page.path``, and the owner's in JSON Resume."""

    items: Mapping[str, Sequence[Json]] = {}
    resume: Sequence[Json] = ()


_NONE = Works()


class Colours(NamedTuple):
    """The colours of the light scheme, as ``#rrggbb``, for pictures that are drawn."""

    paper: str = "#ffffff"
    accent: str = "#000000"


class Profiles(NamedTuple):
    """The plan: what the pages show and which files the site gets.

    ``shown`` has the profile of each page that shows one, and ``heads`` the head of every page, by ``Page.path``.
    ``files`` has the bytes of each file to write by its path in the output. ``owner`` is the site's own author.
    """

    shown: Mapping[str, Profile] = {}
    heads: Mapping[str, Head] = {}
    files: Mapping[str, bytes] = {}
    owner: Profile | None = None


def shows_author(page: Page, settings: Settings) -> bool:
    """Return whether a page shows the sidebar: its ``author_profile`` is neither false, empty nor a word for no.

    For a page without the key ``AUTHOR_PROFILE`` says so.
    """
    value = page.front_matter.get("author_profile", settings.author_profile)
    return bool(value) and str(value).strip().lower() not in ("", "false", "no", "off", "none", "0")


def plan_profiles(
    site: Site,
    authors: Authors,
    settings: Settings,
    assets: Assets,
    problems: Problems,
    works: Works = _NONE,
    colours: Colours | None = None,
) -> Profiles:
    """Return the profiles, heads and files of a site. Writes nothing; reports what is wrong with the facts.

    With ``colours``, and an address to be shared, each author gets a card, and the site's icon for a home screen.
    """
    default = settings.author or site.name
    pages = [
        (page, author)
        for page in site.pages
        if shows_author(page, settings) and (author := choose_author(authors, page, default, problems))
    ]
    homes = _homes(pages)
    owner_home = min(homes.values(), key=_length, default=None)
    owner_files = tuple(_owner_files(site, settings, problems)) if owner_home else ()

    builder = _Builder(site, settings, assets, problems, colours if site.url else None)
    made: dict[tuple[str, str], Profile] = {}
    shown: dict[str, Profile] = {}
    keys: dict[str, tuple[str, str]] = {}  # of the profile of each page
    for page, author in pages:
        key = author.name, page.path if author.overridden else ""  # pages without facts of their own share a profile
        if key not in made:
            home = homes[author.name]
            linked = owner_files if home is owner_home and settings.author_files_linked else ()
            made[key] = builder.profile(author, page_url(home, site), linked)
        shown[page.path], keys[page.path] = made[key], key

    owner = shown[owner_home.path] if owner_home else None
    alternates = tuple((FILE_KINDS[name][0], below(site.base, f"/{name}")) for name in owner_files)
    heads: dict[str, Head] = {}
    for page in site.pages:
        profile = shown.get(page.path)
        heads[page.path] = make_head(
            page, site, profile, alternates if profile is owner else (), works.items.get(page.path, ())
        )

    portraits = [profile.portrait for profile in made.values() if profile.portrait]
    files = {f"{FOLDER}{file.name}": file.data for portrait in portraits for file in portrait.files} | builder.cards
    if owner and builder.colours and TOUCH_ICON not in {file.save_as for file in site.static_files}:
        files[TOUCH_ICON] = make_icon(owner.name, builder.colours.accent, assets.cache)
    if owner:
        files |= {name: _owner_file(name, owner, settings, works.resume) for name in owner_files}
    local_profiles = {key: localized(profile, site.url) for key, profile in made.items()}
    return Profiles({path: local_profiles[key] for path, key in keys.items()}, heads, files, owner)


def localized(profile: Profile, site_url: str) -> Profile:
    """Return a profile as the sidebar shows it: addresses of this site from the root, so that any host name will do.

    Where an author names the site itself among the links, it is by its whole address.
    """

    def moved(link: Link) -> Link:
        return link if link.url.rstrip("/") == site_url else link._replace(url=local(site_url, link.url))

    portrait = profile.portrait and profile.portrait._replace(folder=local(site_url, profile.portrait.folder))
    links = tuple(map(moved, profile.links))
    return profile._replace(home=local(site_url, profile.home), links=links, portrait=portrait)


def _homes(pages: Iterable[tuple[Page, Author]]) -> dict[str, Page]:
    """Return the page that is about each author, by the author's name."""
    homes: dict[str, Page] = {}
    for page, author in sorted(pages, key=lambda shown: (shown[0].status != "published", _length(shown[0]))):
        homes.setdefault(author.name, page)
    return homes


def _length(page: Page) -> tuple[int, str]:
    return len(page.url), page.url


def _owner_files(site: Site, settings: Settings, problems: Problems) -> Iterator[str]:
    """Yield the names of the files about the owner; one that the author has made is kept instead."""
    taken = {page.save_as: page.path for page in site.pages} | {file.save_as: file.path for file in site.static_files}
    for name in settings.author_files:
        if name in taken:
            message, hint = f"'{name}' exists already and is kept", f"remove '{name}' from AUTHOR_FILES"
            problems.warn(Place(taken[name]), message, hint)
        else:
            yield name


def _owner_file(name: str, owner: Profile, settings: Settings, publications: Sequence[Json]) -> bytes:
    if name == "author.vcf":
        return vcard(owner, settings.author_files_contacts).encode()
    text = json.dumps(resume(owner, settings.author_files_contacts, publications), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


class _Builder:
    """Builds profiles: facts, portrait, icons and the addresses of this site."""

    def __init__(
        self, site: Site, settings: Settings, assets: Assets, problems: Problems, colours: Colours | None
    ) -> None:
        self.site = site
        self.colours = colours
        self.cards: dict[str, bytes] = {}
        self.settings = settings
        self.assets = assets
        self.problems = problems
        self.known_files = {*settings.author_files, *(_normalized(file.save_as) for file in site.static_files)}

    def profile(self, author: Author, home: str, files: Iterable[str]) -> Profile:
        """Return the profile of an author, whose links end with those to ``files``."""
        profile = make_profile(author.name, author.facts, self.problems)
        links = [*map(self.placed, profile.links), *map(self.file_link, files)]
        profile = profile._replace(
            home=home,
            links=tuple(link._replace(svg=self.icon(link.icon)) for link in links),
            icons={name: self.icon(name) for name in ("location", "employer", "address")},
            portrait=self.portrait(profile.avatar) if profile.avatar else None,
        )
        return profile._replace(card=self.card(profile, self.colours)) if self.colours else profile

    def card(self, profile: Profile, colours: Colours) -> str:
        """Draw the card of a profile; return its address."""
        pictures = profile.portrait.files if profile.portrait else ()
        photographs = [file.data for file in pictures if file.type in ("image/jpeg", "image/png")]
        facts = CardFacts(
            name=profile.name,
            lines=[to_text(profile.role), *(at.text for at in profile.affiliations[:2])],
            site=re.sub(r"^\w+://(?:www\.)?", "", self.site.url),
            portrait=photographs[-1] if photographs else b"",
            paper=colours.paper,
            accent=colours.accent,
        )
        data = make_card(facts, self.assets.cache)
        name = f"{FOLDER}card-{hashlib.sha256(data).hexdigest()[:10]}.{'jpg' if photographs else 'png'}"
        self.cards[name] = data
        return below(self.site.url, f"/{name}")

    def icon(self, name: str) -> Markup:
        return find_icon(name, self.assets.read_icon, self.problems)

    def file_link(self, name: str) -> Link:
        _, label, icon = FILE_KINDS[name]
        return Link(name, label, below(self.site.url, f"/{name}"), icon, rel="", kind="")

    def placed(self, link: Link) -> Link:
        """Return a link to this site with the site's address, and report a file that does not exist."""
        if not link.url.startswith("/"):
            return link
        path = _normalized(unquote(re.split(r"[?#]", link.url)[0]).lstrip("/"))
        if re.search(r"\.(?!html?$)\w{2,4}$", path) and path not in self.known_files:
            folder = "content" if "/" in path else "content/root"
            self.problems.warn(link.place, f"'/{path}' does not exist", f"put the file at {folder}/{path}")
        return link._replace(url=below(self.site.url, link.url))

    def portrait(self, avatar: Avatar) -> Picture | None:
        """Return the portrait made from the author's picture; None, with an error reported, without one."""
        size, shape = self.settings.author_portrait_size, self.settings.author_portrait_shape
        value = avatar.value
        if self.site.url and value.startswith(f"{self.site.url}/"):
            value = value.removeprefix(self.site.url)
        if re.match(r"(?i)(?:https?:)?//", value):
            with self.problems.collect(avatar.place):
                elsewhere = any_address(value)
                message = f"{quoted(value)} is on another site, from which every visitor's browser will load it"
                self.problems.warn(avatar.place, message, "put the picture into content/images")
                return Picture(size, size, shape, elsewhere=elsewhere)
            return None
        picture = next((data for path in picture_paths(value) if (data := self.assets.read(path)) is not None), None)
        if picture is None:
            self.problems.error(avatar.place, f"{quoted(avatar.value)} does not exist", self.picture_hint(value))
            return None
        try:
            portrait = make_picture(picture, size, shape, self.assets.cache, avatar.focus)
        except InvalidValueError as error:
            self.problems.error(avatar.place, f"{quoted(avatar.value)} {error.message}", error.hint)
            return None
        if portrait.warning:
            self.problems.warn(avatar.place, f"{quoted(avatar.value)} {portrait.warning}", "save it as JPEG or PNG")
        return portrait._replace(folder=below(self.site.url, f"/{FOLDER}"))

    def picture_hint(self, value: str) -> str:
        """Return the way out for a picture that does not exist."""
        name = PurePosixPath(value).name
        for file in self.site.static_files:
            if file.save_as.casefold() == f"images/{unquote(name)}".casefold():
                return f"write {quoted(PurePosixPath(file.save_as).name)}, as the file is called"
        return f"put the picture at content/images/{name}, or delete the key to show the initials"


def _normalized(path: str) -> str:
    return unicodedata.normalize("NFC", path)
