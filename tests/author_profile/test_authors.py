"""Whose facts a page shows: the shapes of authors.yml, and what comes before what."""

import pytest

from plugins.author_profile.authors import choose_author
from plugins.author_profile.keys import KEYS, canonical
from plugins.author_profile.reading import make_profile
from plugins.problems import Problems
from plugins.site import Page
from plugins.yaml_mapping import Value
from tests.author_profile.reading import authors_in
from tests.conftest import Site

TWO = b"Jane Doe:\n  location: Oxford\n  github: jane\nJohn Roe:\n  name: John R. Roe\n  location: Paris\n"
BLOCK = b"author:\n  name: Jane Doe\n  location: Oxford\n"
ALONE = b"name: Jane Doe\nlocation: Oxford\n"


def shown(content: bytes | None, author: Value = None, setting: str = "Jane Doe") -> tuple[str, str, str]:
    problems = Problems()
    front_matter = {} if author is None else {"author": author}
    page = Page("content/pages/about.md", "", "index.html", "Home", front_matter=front_matter)
    chosen = choose_author(authors_in(content, problems), page, setting, problems)
    assert chosen
    profile = make_profile(chosen.name, chosen.facts, problems)
    assert list(problems) == []
    return profile.name, profile.location, next((link.url for link in profile.links), "")


PRECEDENCE = {
    "the page's author comes before AUTHOR": (TWO, "John Roe", "Jane Doe", ("John R. Roe", "Paris", "")),
    "AUTHOR where the page names none": (TWO, None, "Jane Doe", ("Jane Doe", "Oxford", "https://github.com/jane")),
    "an empty author names none": (TWO, "", "Jane Doe", ("Jane Doe", "Oxford", "https://github.com/jane")),
    "blanks and case do not count": (TWO, " jane  DOE", "", ("Jane Doe", "Oxford", "https://github.com/jane")),
    "an author is known by a name: too": (TWO, "John R. Roe", "", ("John R. Roe", "Paris", "")),
    "of a list the first that is known": (TWO, ["Somebody", "John Roe", "Jane Doe"], "", ("John R. Roe", "Paris", "")),
    "a mapping overrides key by key": (
        TWO, {"location": "Rome", "github": "https://github.com/doe"}, "Jane Doe", ("Jane Doe", "Rome", "https://github.com/doe"),
    ),
    "a mapping's name chooses a known author": (TWO, {"name": "John Roe", "location": "Rome"}, "Jane Doe", ("John Roe", "Rome", "")),
    "a mapping's name renames where nobody has it": (
        TWO, {"name": "J. D."}, "Jane Doe", ("J. D.", "Oxford", "https://github.com/jane"),
    ),
    "an empty key in a mapping changes nothing": (
        TWO, {"github": None, "location": None}, "Jane Doe", ("Jane Doe", "Oxford", "https://github.com/jane"),
    ),
    "false in a mapping hides a key": (TWO, {"github": False}, "Jane Doe", ("Jane Doe", "Oxford", "")),
    "a mapping's key may have another of its names": (
        TWO, {"github_username": "doe"}, "Jane Doe", ("Jane Doe", "Oxford", "https://github.com/doe"),
    ),
    "a block of a _config.yml, whoever AUTHOR is": (BLOCK, None, "Somebody", ("Jane Doe", "Oxford", "")),
    "keys without a name over them": (ALONE, None, "Somebody", ("Jane Doe", "Oxford", "")),
    "a mapping needs nobody in authors.yml": (b"Somebody:\n", {"name": "Me", "location": "Here"}, "Nobody", ("Me", "Here", "")),
    "a mapping needs no authors.yml": (None, {"name": "Me", "location": "Here"}, "Nobody", ("Me", "Here", "")),
    "a mapping's key replaces every spelling of it": (
        b"Jane Doe:\n  github: jane\n  github_username: doe\n", {"github-id": False}, "Jane Doe", ("Jane Doe", "", ""),
    ),
    "an author without keys": (b"Jane Doe:\n", None, "Jane Doe", ("Jane Doe", "", "")),
}  # fmt: skip


@pytest.mark.parametrize("case", PRECEDENCE)
def test_the_facts_of_a_page_come_from(case: str) -> None:
    content, author, setting, expected = PRECEDENCE[case]
    assert shown(content, author, setting) == expected


def test_of_a_whole_config_the_author_block_is_read_and_the_rest_reported_once() -> None:
    problems = Problems()
    content = b"title: My site\nurl: https://example.org\nauthor:\n  name: Jane Doe\ntwitter:\n  username: x\n"
    assert list(authors_in(content, problems).facts) == ["Jane Doe"]
    assert [str(problem) for problem in problems] == [
        "content/authors.yml:1: warning: title: is outside 'author:' and is ignored; keep only that block in this file"
    ]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("googlescholar", "googlescholar"),
        ("Google_Scholar", "googlescholar"),
        ("scholar_userid", "googlescholar"),
        ("inspirehep", "inspire-hep"),
        ("github_username", "github"),
        ("GitHub", "github"),
        ("orcid", "orcid"),
        ("orcid_id", "orcid"),
        ("x", "twitter"),
        ("x_username", "twitter"),
        ("Post-nominals", "post_nominals"),
        ("website", "uri"),
        ("homepage_url", "uri"),
        ("my blog", "my blog"),
        ("WeChat", "WeChat"),
    ],
)
def test_a_key_is_known_by_its_other_names_and_an_unknown_one_is_kept(written: str, known: str) -> None:
    assert canonical(written) == known


ACADEMICPAGES = (
    "avatar name pronouns bio location employer uri email academia arxiv googlescholar inspire-hep impactstory orcid "
    "semantic pubmed researchgate scopus bitbucket codepen dribbble github kaggle stackoverflow artstation bluesky facebook "
    "flickr foursquare goodreads google_plus instagram keybase lastfm linkedin mastodon medium pinterest soundcloud steam "
    "telegram tumblr twitter vine weibo wikipedia xing youtube zhihu".split()
)
OTHERS = (
    "dblp openreview aclanthology huggingface gitlab codeberg hal ieee acm zotero osf wikidata ssrn webofscience threads x "
    "matrix signal discord rss cv calendar phone address native_name pronunciation post_nominals role affiliation interests "
    "links".split()
)


@pytest.mark.parametrize("key", [*ACADEMICPAGES, *OTHERS])
def test_every_key_of_the_templates_is_known(key: str) -> None:
    assert canonical(key) in KEYS


def test_a_page_shows_its_own_author_and_leads_home(site: Site) -> None:
    """The card on a further page names the author's home page, where the same card is."""
    site.write("content/authors.yml", TWO)
    site.write("content/pages/about.md", "---\npermalink: /\nauthor_profile: true\n---\nHello.\n")
    site.write("content/pages/cv.md", "---\npermalink: /cv/\nauthor_profile: true\ntitle: CV\n---\nMine.\n")
    site.write("content/pages/john.md", "---\npermalink: /john/\nauthor_profile: true\nauthor: John Roe\n---\nHis.\n")
    built = site.build(AUTHOR="Jane Doe", SITEURL="https://example.org/lab")
    card = '<a class="p-name u-url u-uid" rel="me" href="{}">{}</a>'
    assert card.format("/lab/", "Jane Doe") in built.text("index.html")
    assert card.format("/lab/", "Jane Doe") in built.text("cv/index.html")
    assert card.format("/lab/john/", "John R. Roe") in built.text("john/index.html")
    assert "ld+json" not in built.text("cv/index.html")
    assert "FN:Jane Doe" in built.text("author.vcf")
