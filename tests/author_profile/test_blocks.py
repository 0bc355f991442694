"""`author:` blocks in all the shapes that real configurations have: every key is shown or reported.

The people in `blocks/` are invented; the shapes are counted on real sites.
"""

from pathlib import Path

import pytest

from plugins.author_profile.authors import Fact
from plugins.author_profile.inline import to_html
from plugins.author_profile.keys import TEXTS
from plugins.author_profile.profile import Profile
from plugins.author_profile.reading import make_profile
from plugins.markup import to_text
from plugins.problems import Problems
from tests.author_profile.reading import authors_in
from tests.conftest import Site

BLOCKS = sorted((Path(__file__).parent / "blocks").glob("*.yml"))
PAGE = "---\npermalink: /\nauthor_profile: true\n---\nHello.\n"


def read(block: Path) -> tuple[Profile, Problems, list[Fact]]:
    """Return the profile of a block, what is wrong with it, and its filled facts."""
    problems = Problems()
    authors = authors_in(block.read_bytes(), problems)
    assert authors.only is not None
    facts = authors.facts[authors.only]
    profile = make_profile(authors.only or "Somebody", facts, problems)
    return profile, problems, [fact for fact in facts if fact.value not in (None, "", False)]


def test_there_are_blocks() -> None:
    assert len(BLOCKS) >= 6


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.stem)
def test_every_block_builds_a_page(site: Site, block: Path) -> None:
    site.write("content/authors.yml", block.read_bytes())
    site.write("content/pages/about.md", PAGE)
    built = site.build()
    assert not built.failed, built.lines
    assert '<aside class="profile h-card"' in built.text("index.html")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.stem)
def test_every_filled_key_is_shown_or_reported(block: Path) -> None:
    profile, problems, filled = read(block)
    assert not problems.failed
    reported = {problem.key for problem in problems}
    linked = {link.place.key for link in profile.links}
    assert filled
    for fact in filled:
        is_text = fact.key in TEXTS or fact.key == "address"
        shown = is_text and words_in(fact.value) <= words_shown(profile)[fact.key]
        assert fact.place.key in reported or fact.place.key in linked or shown, fact.place.key


def words_shown(profile: Profile) -> dict[str, set[str]]:
    """Return the words that a profile shows for each key that is a text."""
    affiliations = {word for at in profile.affiliations for word in at.text.split()}
    return {
        "name": set(profile.name.split()),
        "bio": set(profile.bio_text.split()),
        "location": set(to_text(profile.location).split()),
        "pronouns": set(profile.pronouns.split()),
        "address": set(" ".join(profile.address).split()),
        "employer": affiliations,
        "affiliation": affiliations,
        "interests": {word for interest in profile.interests for word in to_text(interest).split()},
        "avatar_alt": set(profile.avatar.alt.split() if profile.avatar else ()),
    }


def words_in(value: object) -> set[str]:
    """Return the words of a text, of a list of texts, or of the name in a mapping."""
    if isinstance(value, list):
        return {word for item in value for word in words_in(item)}
    return set(to_text(to_html(str(value["name"] if isinstance(value, dict) else value))).split())


def test_addresses_and_names_become_canonical_however_they_are_written() -> None:
    profile, problems, _ = read(BLOCKS[0].with_name("urls.yml"))
    assert [str(problem) for problem in problems] == []
    assert {link.key: link.url for link in profile.links if link.key != "email"} == {
        "uri": "https://www.example.edu/~doe",
        "github": "https://github.com/jane-doe",
        "linkedin": "https://www.linkedin.com/in/jane-doe-1a2b3c/",
        "twitter": "https://x.com/jane_doe",
        "facebook": "https://www.facebook.com/jane.doe.5",
        "instagram": "https://www.instagram.com/jane.doe/",
        "googlescholar": "https://scholar.google.com/citations?user=aBcDeFgHiJkL",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
        "researchgate": "https://www.researchgate.net/profile/Jane-Doe-12",
        "pubmed": "https://pubmed.ncbi.nlm.nih.gov/?term=Doe%20Jane%5BAuthor%5D",
        "scopus": "https://www.scopus.com/authid/detail.uri?authorId=57190000001",
        "semantic": "https://www.semanticscholar.org/author/2109000001",
        "stackoverflow": "https://stackoverflow.com/users/10225926/jane",
        "mastodon": "https://fediscience.org/@jane",
        "medium": "https://medium.com/@jane.doe",
        "telegram": "https://t.me/jane_doe",
        "youtube": "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
        "arxiv": "https://arxiv.org/a/doe_j_1",
        "bluesky": "https://bsky.app/profile/jane.bsky.social",
    }
    assert [link.url for link in profile.links if link.key == "email"] == [
        "mailto:jane@example.ac.uk",
        "mailto:jane.doe@gmail.example",
    ]
    assert profile.bio == "Associate Professor<br>of <b>Physics</b> &amp; Astronomy"
    assert (
        profile.affiliations[0].name
        == '<a href="https://www.example.edu/physics">Dept. of Physics</a>, Example University'
    )
    assert profile.affiliations[0].text == "Dept. of Physics, Example University"


def test_the_templates_examples_are_left_out_with_a_warning_each() -> None:
    profile, problems, filled = read(BLOCKS[0].with_name("template.yml"))
    assert profile.links == ()
    assert (profile.name, profile.bio, profile.affiliations) == ("Somebody", "", ())
    assert {problem.key for problem in problems} == {fact.key for fact in filled} - {"location"}
    assert all("is the template's example, so it is left out" in problem.message for problem in problems)


def test_links_keep_the_order_in_which_they_are_written() -> None:
    profile, _, filled = read(BLOCKS[0].with_name("alfolio.yml"))
    linked = list(dict.fromkeys(link.place.key for link in profile.links))
    assert len(linked) > 10
    assert linked == [fact.place.key for fact in filled if fact.place.key in linked]
    assert [link.label for link in profile.links][-5:] == [
        "lab page",
        "CV",
        "+44 (0)20 7946 0000",
        "Group",
        "talks.example.org",
    ]
    assert next(link.url for link in profile.links if link.key == "phone") == "tel:+442079460000"
    assert [at.ror for at in profile.affiliations] == ["https://ror.org/052gg0110", ""]
    assert profile.interests == ("Neurons", "<em>C. elegans</em>")
    assert len(filled) == 21
