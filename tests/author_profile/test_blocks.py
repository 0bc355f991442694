"""`author:` blocks in all the shapes that real configurations have: every one gives a profile, nothing is lost in silence.

The people in `blocks/` are invented; the shapes are counted on real sites.
"""

from pathlib import Path

import pytest

from plugins.author_profile.authors import choose, read_authors
from plugins.author_profile.keys import TEXTS, canonical
from plugins.author_profile.profile import Profile, make_profile
from plugins.problems import Problem
from tests.conftest import Site

BLOCKS = sorted((Path(__file__).parent / "blocks").glob("*.yml"))
PAGE = "---\npermalink: /\nauthor_profile: true\n---\nHello.\n"


def read(block: Path) -> tuple[Profile, list[Problem], dict[str, object]]:
    authors = read_authors(block.read_bytes())
    chosen = choose(authors, None, "Somebody")
    assert isinstance(chosen, tuple)
    profile, problems = make_profile(*chosen)
    filled = {key: fact.value for key, fact in chosen[1].items() if fact.value not in (None, "", False)}
    return profile, [*authors.problems, *problems], filled


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
def test_every_filled_key_is_shown_or_told_of(block: Path) -> None:
    profile, problems, filled = read(block)
    assert all(problem.warning for problem in problems)
    told = {problem.key for problem in problems}
    linked = {link.place[1] for link in profile.links}
    authors = read_authors(block.read_bytes())
    lines = {key: fact.line for key, fact in next(iter(authors.facts.values())).items()}
    texts = (
        profile.name, profile.bio_text, profile.location, profile.pronouns, profile.native_name, profile.role,
        profile.pronunciation, profile.post_nominals, profile.address, profile.affiliations, profile.interests,
    )  # fmt: skip
    assert filled
    for key in filled:
        is_text = canonical(key) in TEXTS or canonical(key) == "address"
        assert key in told or lines[key] in linked or (is_text and any(texts)), key


def test_addresses_and_names_come_out_the_same_whatever_was_written() -> None:
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
    assert profile.links == []
    assert (profile.name, profile.bio, profile.affiliations) == ("Somebody", "", [])
    assert {problem.key for problem in problems} == set(filled) - {"location"}
    assert all("is the template's example and is left out" in problem.message for problem in problems)


def test_links_stand_in_the_order_in_which_they_are_written() -> None:
    profile, _, filled = read(BLOCKS[0].with_name("alfolio.yml"))
    lines = [link.place[1] for link in profile.links]
    assert lines == sorted(lines)
    assert [link.label for link in profile.links][-5:] == [
        "lab page",
        "CV",
        "+44 (0)20 7946 0000",
        "Group",
        "talks.example.org",
    ]
    assert next(link.url for link in profile.links if link.key == "phone") == "tel:+442079460000"
    assert [at.ror for at in profile.affiliations] == ["https://ror.org/052gg0110", ""]
    assert profile.interests == ["Neurons", "<em>C. elegans</em>"]
    assert len(filled) == 21
