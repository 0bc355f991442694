"""Whatever authors.yml contains: no exception, no harmful address, no markup that can run."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.author_profile.authors import Fact
from plugins.author_profile.inline import ATTRIBUTES, TAGS
from plugins.author_profile.keys import CONTACTS, PAGES, TEXTS, canonical
from plugins.author_profile.profile import Profile
from plugins.author_profile.reading import make_profile
from plugins.author_profile.services import SERVICES
from plugins.author_profile.vocabularies import PageFacts, open_graph, profile_page, resume, script_text, vcard
from plugins.problems import Place, Problems
from plugins.yaml_mapping import Value

KEYS = st.sampled_from(sorted([*TEXTS, *PAGES, *CONTACTS, *SERVICES, "links", "my key", "<b>", ""]))
TEXT = st.one_of(
    st.sampled_from(
        [
            "javascript:alert(1)", '"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "https://", "//", "@", "/",
            "https://example.org/<script>", "a@b", "mailto:a@b.example", "x" * 10_000, "\u202egnp.exe", "a\0b", "::", "[x](y)",
            "<a href='data:text/html,x'>x</a>", "%00", "https://[::1", "https://a:b@c.example", "tel:+1", "..", "~",
        ]
    ),
    st.text(max_size=60),
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(TEXT, st.none(), st.booleans(), st.integers(), st.floats(), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "url", "ror", "label", "icon", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)
HARMLESS = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:\+?\d+|/(?!/)[^\s<>\"]*|)")


class Watcher(HTMLParser):
    """Fails at any tag, attribute or address that an inline text must not hold."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES[tag], name
            if name == "href":
                assert not re.match(r"(?i)\s*(?:javascript|data|vbscript|file):", value or "")


def markups(profile: Profile) -> list[Markup]:
    return [
        profile.display, profile.role, profile.bio, profile.location, *profile.interests,
        *(at.name for at in profile.affiliations),
    ]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_no_value_breaks_the_profile_or_escapes_its_element(values: dict[str, Value]) -> None:
    place, problems = Place("content/authors.yml", 2), Problems()
    facts = tuple(Fact(canonical(key), value, place._replace(key=key)) for key, value in values.items())
    profile = make_profile("Jane Doe", facts, problems)._replace(home="https://example.org/")
    for link in profile.links:
        assert HARMLESS.fullmatch(link.url), link.url
    for at in profile.affiliations:
        assert HARMLESS.fullmatch(at.url), at.url
    for markup in markups(profile):
        assert isinstance(markup, Markup)
        watcher = Watcher()
        watcher.feed(markup)
        watcher.close()
    assert all("\n" not in str(problem) for problem in problems)
    page = PageFacts("https://example.org/", "Jane", "About", "Site")
    assert "<" not in script_text(profile_page(page, profile))
    assert list(open_graph(page, profile, own=True))
    card = vcard(profile, ("phone", "address"))
    assert card.count("BEGIN:VCARD\r\n") == card.count("\r\nEND:VCARD\r\n") == 1
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", card)
    assert resume(profile, ("phone", "address"))["basics"]["name"] == profile.name
