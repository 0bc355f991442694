"""What machines read about the author: each vocabulary is read by its own field's parser and compared with the others."""

import json
from typing import Any

import extruct
import mf2py
import mf2util
import pytest
import vobject
from jsonschema import Draft7Validator

from plugins.author_profile.head import describe, first_sentence
from plugins.author_profile.reading import make_profile
from plugins.author_profile.vocabularies import script_text, vcard
from plugins.problems import Problems
from tests.author_profile.pictures import photograph
from tests.author_profile.reading import facts_in
from tests.conftest import CI, ROOT, Built, Site

HOME = "https://jane.example.org/site/"
AUTHORS = """\
Jane Doe:
  name: Jane van Doe
  native_name: 简·杜
  post_nominals: FRS
  pronouns: she/her
  role: Professor of "Biology" & <Chemistry>
  bio: Studies **worms**; they </script><script>alert(1)</script> turn.
  location: Oxford, UK
  avatar: me.png
  affiliation:
    - {name: University of Oxford, url: https://www.ox.ac.uk/, ror: https://ror.org/052gg0110}
    - Example Lab; East
  interests: [Worms, "Clocks, and time"]
  email: jane@example.ac.uk
  phone: +44 20 7946 0000
  address: 12 High Street, Oxford
  uri: https://www.example.edu/~jane
  orcid: 0000-0002-1825-0097
  github: jane-doe
  twitter: jane_doe
  mastodon: "@jane@mastodon.social"
  cv: https://example.org/cv.pdf
"""
MINE = [
    "https://www.example.edu/~jane",
    "https://orcid.org/0000-0002-1825-0097",
    "https://github.com/jane-doe",
    "https://x.com/jane_doe",
    "https://mastodon.social/@jane",
]


def build(site: Site, authors: str = AUTHORS, page: str = "Hello.\n", **settings: Any) -> Built:
    site.write("content/authors.yml", authors)
    site.write("content/images/me.png", photograph(400, 400))
    site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: true\n---\n{page}")
    built = site.build(**{"SITEURL": HOME.rstrip("/"), "AUTHOR": "Jane Doe", "SITENAME": "Jane’s site", **settings})
    assert not built.failed, built.lines
    return built


@pytest.fixture
def read(site: Site) -> dict[str, Any]:
    """Return what each parser finds in the built site."""
    built = build(site)
    html = built.text("index.html")
    found = extruct.extract(html, base_url=HOME, syntaxes=["json-ld", "opengraph"], uniform=True)
    return {
        "page": found["json-ld"][0],
        "person": found["json-ld"][0]["mainEntity"],
        "graph": found["opengraph"][0],
        "card": mf2util.representative_hcard(mf2py.parse(html, url=HOME), HOME)["properties"],
        "vcard": vobject.readOne(built.text("author.vcf")),
        "resume": json.loads(built.text("resume.json")),
        "rels": mf2py.parse(html, url=HOME)["rels"],
        "built": built,
    }


def test_all_vocabularies_have_the_same_facts(read: dict[str, Any]) -> None:
    """Name, address, picture, ORCID iD, other places and biography are the same in all of them."""
    person, card, graph, book, cv = (read[key] for key in ("person", "card", "graph", "vcard", "resume"))
    names = {person["name"], card["name"][0], graph["og:title"], book.fn.value, cv["basics"]["name"]}
    assert names == {"Jane van Doe"}
    homes = {person["url"], card["uid"][0], card["url"][0], graph["og:url"], book.uid.value, cv["basics"]["url"]}
    assert homes == {HOME}
    picture = card["photo"][0]
    images = {person["image"], book.photo.value, cv["basics"]["image"]}
    assert len(images) == 1
    assert (picture["value"] if isinstance(picture, dict) else picture).rsplit("-", 1)[1] == "1x.jpg"
    assert (read["built"].output / images.pop().removeprefix(HOME)).is_file()
    assert person["sameAs"] == MINE
    assert [url for url in read["rels"]["me"] if url not in (HOME, "mailto:jane@example.ac.uk")] == MINE
    assert card["url"][1:] == [*MINE, "https://example.org/cv.pdf"]
    social = [line.value for line in book.contents["socialprofile"]] + [line.value for line in book.contents["url"]]
    assert set(social) == {HOME, *MINE}
    assert [profile["url"] for profile in cv["basics"]["profiles"]] == MINE
    assert person["identifier"]["value"] == "0000-0002-1825-0097"
    notes = {
        person["description"],
        card["note"][0].strip(),
        graph["og:description"],
        book.note.value,
        cv["basics"]["summary"],
    }
    assert notes == {"Studies worms; they turn."}
    titles = {person["jobTitle"], card["job-title"][0], book.title.value, cv["basics"]["label"]}
    assert titles == {'Professor of "Biology" &'}


def test_json_ld_is_a_profile_page_as_google_documents_it(read: dict[str, Any]) -> None:
    page, person = read["page"], read["person"]
    assert page["@context"] == "https://schema.org"
    assert page["@type"] == "ProfilePage"
    assert person["@type"] == "Person"
    assert set(person) <= {
        "@type", "@id", "name", "alternateName", "honorificSuffix", "jobTitle", "description", "image", "url",
        "affiliation", "knowsAbout", "identifier", "sameAs",
    }  # fmt: skip
    assert person["alternateName"] == "简·杜"
    assert person["affiliation"] == [
        {
            "@type": "Organization",
            "@id": "https://ror.org/052gg0110",
            "name": "University of Oxford",
            "url": "https://www.ox.ac.uk/",
        },
        {"@type": "Organization", "name": "Example Lab; East"},
    ]
    assert person["identifier"]["@type"] == "PropertyValue"
    assert person["identifier"]["propertyID"] == "ORCID"


def test_the_preview_describes_a_person(read: dict[str, Any]) -> None:
    graph = read["graph"]
    assert graph["@type"] == "profile"
    assert (graph["profile:first_name"], graph["profile:last_name"]) == ("Jane", "van Doe")
    assert graph["og:site_name"] == "Jane’s site"
    html = read["built"].text("index.html")
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert '<meta name="twitter:creator" content="@jane_doe">' in html
    assert html.count('<meta name="description"') == 1


def test_no_script_in_the_author_s_text_runs(read: dict[str, Any]) -> None:
    html = read["built"].text("index.html")
    assert "alert(1)" not in html
    assert html.count("<script") == html.count('<script type="application/ld+json">') == 1


def test_the_contact_card_is_valid_vcard_4(read: dict[str, Any]) -> None:
    raw = (read["built"].output / "author.vcf").read_bytes()
    assert raw.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert raw.endswith(b"\r\nEND:VCARD\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    book = read["vcard"]
    assert (book.n.value.family, book.n.value.given, book.n.value.suffix) == ("van Doe", "Jane", "FRS")
    assert book.email.value == "jane@example.ac.uk"
    assert [org.value for org in book.contents["org"]] == [["University of Oxford"], ["Example Lab; East"]]
    assert book.categories.value == ["Worms", "Clocks, and time"]
    assert book.nickname.value == "简·杜"


def test_phone_and_address_are_included_only_if_the_author_asks_for_them(site: Site) -> None:
    built = build(site)
    assert "7946" not in built.text("author.vcf") + built.text("resume.json")
    assert "High Street" not in built.text("author.vcf") + built.text("resume.json")
    built = build(site, AUTHOR_FILES_CONTACTS=["phone", "address"])
    assert "TEL;VALUE=uri:tel:+442079460000" in built.text("author.vcf")
    assert "ADR:;;12 High Street\\, Oxford;;;;" in built.text("author.vcf")
    assert json.loads(built.text("resume.json"))["basics"]["phone"] == "+44 20 7946 0000"


def test_the_cv_is_valid_json_resume(read: dict[str, Any]) -> None:
    schema = ROOT / ".ci" / "node_modules" / "@jsonresume" / "schema" / "schema.json"
    if not schema.is_file():
        (pytest.fail if CI else pytest.skip)("@jsonresume/schema is not installed (npm install in .ci)")
    errors = list(Draft7Validator(json.loads(schema.read_text("utf-8"))).iter_errors(read["resume"]))
    assert errors == []
    assert read["resume"]["work"][0] == {
        "name": "University of Oxford",
        "position": 'Professor of "Biology" &',
        "url": "https://www.ox.ac.uk/",
    }


def test_the_files_are_written_and_linked_as_the_settings_say(site: Site) -> None:
    assert 'href="/site/author.vcf"><svg' not in build(site).text("index.html")
    built = build(site, AUTHOR_FILES_LINKED=True)
    assert 'href="/site/author.vcf"><svg' in built.text("index.html")
    assert 'href="/site/resume.json"><svg' in built.text("index.html")
    built = build(site, AUTHOR_FILES=[])
    assert not {"author.vcf", "resume.json"} & set(built.files())
    assert "author.vcf" not in built.text("index.html")


def test_a_resume_that_the_author_made_is_kept(site: Site) -> None:
    site.write("content/root/resume.json", '{"mine": true}')
    built = build(site, authors="Jane Doe:\n")
    assert built.text("resume.json") == '{"mine": true}'
    assert built.lines == [
        "content/root/resume.json: warning: 'resume.json' exists already and is kept; remove 'resume.json' from AUTHOR_FILES"
    ]


def test_without_the_site_s_address_nothing_is_absolute(site: Site) -> None:
    built = build(site, SITEURL="")
    html = built.text("index.html")
    assert "og:url" not in html
    assert "og:image" not in html
    assert '"url":"/"' in html
    assert "PHOTO:data:image/jpeg;base64," in built.text("author.vcf")
    assert "image" not in json.loads(built.text("resume.json"))["basics"]
    card = mf2util.representative_hcard(mf2py.parse(html, url="http://localhost:8000/"), "http://localhost:8000/")
    assert card["properties"]["name"] == ["Jane van Doe"]


DESCRIBED = {
    "the page's description": ("description: Said *here*.\nexcerpt: no", "Bio.", "Said here."),
    "its excerpt": ('description: ""\nexcerpt: Said <b>there</b>.', "Bio.", "Said there."),
    "the biography": ("layout: single", "Bio & all.", "Bio & all."),
    "the first sentence": ("layout: single", "", "It is the first sentence, of Dr. Doe."),
}


@pytest.mark.parametrize("case", DESCRIBED)
def test_the_description_comes_from(site: Site, case: str) -> None:
    """In this order: the page's `description`, its `excerpt`, the biography, the first sentence."""
    front, bio, said = DESCRIBED[case]
    site.write("content/authors.yml", f"Jane Doe:\n  bio: {bio}\n")
    body = "[x](/)\n\n<!-- no -->\nIt is the first *sentence*, of Dr. Doe. A second one.\n"
    site.write("content/pages/about.md", f"---\npermalink: /\nauthor_profile: true\n{front}\n---\n{body}")
    found = extruct.extract(site.build(AUTHOR="Jane Doe").text("index.html"), syntaxes=["opengraph"], uniform=True)
    assert found["opengraph"][0]["og:description"] == said


def test_a_long_description_ends_at_a_word() -> None:
    text = describe("", " ", "word " * 100)
    assert len(text) <= 200
    assert text.endswith("word…")
    assert len(describe("字" * 500)) == 200


def test_the_first_sentence_skips_what_is_not_prose() -> None:
    assert (
        first_sentence("<style>p{}</style><p>Short.</p><p>我们研究大脑如何学习，以及机器。第二句。</p>")
        == "我们研究大脑如何学习，以及机器。"
    )
    assert first_sentence("<h1>Only a heading</h1>") == ""


def test_json_in_a_script_cannot_end_it() -> None:
    text = script_text({"a": "</script><!--&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--&\u2028"}


def test_a_card_with_only_a_name_is_valid() -> None:
    problems = Problems()
    profile = make_profile("Ünal", facts_in("Ünal:\n".encode()), problems)
    assert list(problems) == []
    assert vobject.readOne(vcard(profile, ("phone", "address"))).fn.value == "Ünal"


def test_only_a_link_with_an_id_is_a_profile() -> None:
    """Two links of one service differ by their ids; those without an id keep the label, and are URLs on the card."""
    pages = "[https://de.wikipedia.org/wiki/Jane, https://en.wikipedia.org/wiki/Jane]"
    facts = facts_in(f"Jane:\n  wikipedia: {pages}\n  github: [jane, lab]\n  gitlab: jane\n".encode())
    profile = make_profile("Jane", facts, Problems())
    labels = [link.label for link in profile.links]
    assert labels == ["Wikipedia", "Wikipedia", "GitHub (jane)", "GitHub (lab)", "GitLab"]
    card = vcard(profile, ())
    assert "\r\nURL:https://de.wikipedia.org/wiki/Jane\r\n" in card
    assert '\r\nSOCIALPROFILE;SERVICE-TYPE="GitLab":https://gitlab.com/jane\r\n' in card
