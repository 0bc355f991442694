"""A page and its author's profile → what the page's head contains beside its title."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..addresses import below, slashed
from ..markup import paragraphs, to_text
from ..site import Json, Page, Site
from .inline import to_html
from .profile import Profile
from .vocabularies import PageFacts, collection_page, open_graph, profile_page, script_text

LONGEST = 200  # characters; search results show about 160, previews up to 200
_NO_ABBREVIATION = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bProf)(?<!\b[A-Z])(?<!e\.g)(?<!i\.e)(?<! al)"


class Head(NamedTuple):
    """The content of a page's head beside its title, finished: templates only print it.

    ``properties`` are OpenGraph's and the Twitter card's names and contents, ``alternates`` media types and addresses.
    """

    description: str
    properties: tuple[tuple[str, str], ...] = ()
    json_ld: Markup = Markup()
    alternates: tuple[tuple[str, str], ...] = ()


def make_head(
    page: Page,
    site: Site,
    profile: Profile | None,
    alternates: tuple[tuple[str, str], ...],
    works: Sequence[Json] = (),
) -> Head:
    """Return the head of a page; ``alternates`` are those of the page that is about the site's owner.

    ``works`` are schema.org's items of the publications that the page lists.

    The description is the page's ``description``, else its ``excerpt``, else, on the page that is about the author, the
    biography, else the first sentence.
    """
    url = page_url(page, site)
    own = profile is not None and profile.home == url
    given = [to_text(to_html(str(page.front_matter.get(key) or ""))) for key in ("description", "excerpt")]
    facts = PageFacts(
        url=url,
        title=profile.name if profile and own else page.heading or site.name,
        description=describe(*given, profile.bio_text if profile and own else "", first_sentence(page.html)),
        site=site.name,
        kind="article" if page.is_article else "website",
        modified=page.modified.isoformat() if page.modified else "",
        picture=below(site.url, site.preview) if site.preview else "",
    )
    properties = tuple(open_graph(facts, profile, own=own))
    if profile and own:
        return Head(facts.description, properties, script_text(profile_page(facts, profile, works)), alternates)
    json_ld = script_text(collection_page(facts, works)) if works else Markup()
    return Head(facts.description, properties, json_ld)


def page_url(page: Page, site: Site) -> str:
    """Return the address of a page: absolute if the site's address is known, else "/path"."""
    return below(site.url, slashed(page.url))


def describe(*candidates: str) -> str:
    """Return the first text that is not empty; a long one is cut at the end of a word."""
    text = next((text for candidate in candidates if (text := " ".join(candidate.split()))), "")
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    return cut[: cut.rfind(" ") if cut.rfind(" ") > LONGEST // 2 else None].rstrip(" ,;:–—-") + "…"


def first_sentence(content: str) -> str:
    """Return the first sentence of the first paragraph of HTML that is long enough to have one."""
    for text in paragraphs(content):
        if len(text) >= 20:  # shorter ones are buttons and captions
            end = re.match(rf".{{30,}}?{_NO_ABBREVIATION}[.!?](?=\s)|.{{12,}}?[。！？]", text)
            return end[0] if end else text
    return ""
