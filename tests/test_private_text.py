"""Private text reaches no file of the output: a marker is planted in every private place at once, and looked for.

Private are the comments in a page (tests/kramdown/test_privacy.py moves those about), comments in each value that is
printed anywhere, drafts, keys that nothing prints, and YAML's own comments.
"""

import base64
import gzip
import html
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, cycle
from urllib.parse import unquote

import pytest

from plugins.author_profile.keys import KEYS
from plugins.collections.keys import DETAILS, FACTS
from plugins.comments import without_comments
from plugins.problems import InvalidValueError, Problems
from plugins.yaml_mapping import parse_yaml
from tests.author_profile.pictures import photograph
from tests.conftest import Site
from tests.kramdown.test_privacy import COMMENTS, PLACES

MARKER = "hush"
IN_VALUES = [
    "<!-- hush -->",
    "<!-- hush\n\nhush -->",
    "{::comment}hush{:/comment}",
    "{::comment}hush\n\nhush{:/}",
    "{::comment hush /}",
    "{% comment %}hush\n\n{{ hush }}{% endcomment %}",
    "{%- comment -%}hush{%- endcomment -%}",
    "{% # hush %}",
    "[//]: # (hush)\n",
    "<!-- hush <b>hush</b> `hush` -->",
]  # fmt: skip
# The values of authors.yml that are not text.
SERVICES = {
    "email": "jo@example.edu", "phone": "+44 20 7946 0000", "uri": "https://jo.example.edu", "github": "jo",
    "avatar": "/images/jo.png", "orcid": "0000-0002-1825-0097", "mastodon": "@jo@example.social", "cv": "/files/cv.pdf",
}  # fmt: skip


class Planter:
    """Plants comments, of one kind after the other, behind texts that are shown."""

    def __init__(self) -> None:
        self.kinds = cycle(IN_VALUES)
        self.shown = map("shown{}x".format, count())
        self.texts: list[str] = []

    def text(self, value: str = "") -> str:
        """Return a value with a comment, as YAML and JSON write it."""
        if not value:
            self.texts.append(value := next(self.shown))
        return json.dumps(f"{value} {next(self.kinds)}")

    def keys(self, *names: str) -> str:
        """Return lines of YAML."""
        return "".join(f"{name}: {self.text()}  # hush\n" for name in names)


def plant(site: Site, plants: Planter, *, navigation: bool) -> None:
    """Write a site with a private text in every place, with its menu in a file or in its pages."""
    menu = () if navigation else ("menu",)
    pages = "\n\n".join(place(comment) for comment in COMMENTS.values() for place in list(PLACES.values())[:-1])
    keys = plants.keys("title", "description")
    site.write(
        "content/pages/about.md",
        f"---\npermalink: /\nauthor_profile: true\n{keys}redirect_from: {plants.text('/old')}\nnotes: hush\n"
        f"translation: false\n# hush\n---\n{pages}\n",
    )
    site.write(
        "content/pages/cv.md",
        f"---\nauthor_profile: true\n{plants.keys('title', 'excerpt', *menu)}author:\n  bio: {plants.text()}\n---\nText",
    )
    site.write(
        "content/pages/header.md",
        "Title: shown {::comment}hush{:/}\nSummary: shown {% comment %}hush{% endcomment %}\n\nText",
    )
    site.write(
        "content/articles/one.md",
        f"---\ndate: 2026-01-31\n{plants.keys('title', 'summary', 'description')}category: {plants.text('news')}\n"
        f"tags: [{plants.text('tag')}, {plants.text('other')}]\nauthors: [{plants.text('Jo Doe')}]\nhush: hush\n---\n{pages}\n",
    )
    for number, keeps in enumerate(["published: false", "draft: true", "status: draft", "private: true"]):
        draft = f"---\ntitle: hush\ndate: 2026-01-31\n{keeps}\nmenu: hush\nredirect_from: /hush/\n---\nhush\n"
        site.write(f"content/pages/draft{number}.md", draft)
        site.write(f"content/articles/draft{number}.md", draft)
        site.write(f"content/publications/draft{number}.md", draft)
    names = sorted({*FACTS, *DETAILS} - UNPLANTED)
    for number, keys in enumerate([names[::2], names[1::2], ["title", "citation"], ["title", "excerpt"]]):
        site.write(
            f"content/publications/{number}.md",
            f"---\n{plants.keys(*keys)}selected: <!-- hush -->\nnotes: hush\nlink: {plants.text('https://example.edu/l')}\n"
            f"paperurl: {plants.text(f'/files/{number}.pdf')}\nlinks: [{{name: {plants.text()}, url: {plants.text('/files/n.pdf')}}}]\n"
            f"redirect_from: [{plants.text(f'/was/{number}')}]\nheader:\n  caption: hush\n# hush\n---\n{pages}\n",
        )
    author = {key: plants.text(SERVICES.get(key, "")) for key in sorted(KEYS & {*SERVICES, *TEXTS})}
    site.write(
        "content/authors.yml",
        f"# hush\n{plants.text('Jo Doe')}:\n" + "".join(f"  {key}: {value}  # hush\n" for key, value in author.items())
        + f"  affiliation: [{{name: {plants.text()}, url: {plants.text('https://example.edu')}, note: hush}}]\n"
        f"  links: [{{label: {plants.text()}, url: {plants.text('https://example.edu/x')}}}]\n",
    )  # fmt: skip
    if navigation:
        entries = (
            f"  - title: {plants.text()}\n    url: {plants.text('/')}\n  - title: {plants.text()}\n    url: /cv/\n"
        )
        site.write("content/navigation.yml", f"main:\n{entries}")
    (site.root / "theme").unlink()
    footer = "{% block footer %}{# hush #}<footer><!-- hush --><b>shown</b><!--\nhush--></footer>{% endblock %}"
    site.write("theme/templates/base.html", f'{{% extends "!theme/base.html" %}}{footer}')
    site.write("theme/styles/print.css", "/* hush */ @layer print { main { color: #123456 /* hush */ } }")
    site.write("content/images/jo.png", photograph(40, 40))
    site.write("content/redirects.yml", f"# hush\n{plants.text('/from/')}: {plants.text('/cv/')}\n")


# Of an entry, what is no text; and what only counts where nothing else says the same.
UNPLANTED = frozenset(
    "selected featured highlight published order displayorder weight permalink redirectfrom ispreprint bibtex picture teaser "
    "image img photo thumbnail overlayimage date year pubdate daterange years status".split()
)
TEXTS = frozenset(
    "name native_name pronunciation post_nominals pronouns role bio location interests avatar_alt".split()
)


def readings(data: bytes) -> Iterator[str]:
    """Yield the text of a file in the forms in which it may be hidden in it."""
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    text = data.decode("utf-8", "replace")
    yield text
    yield html.unescape(unquote(text))
    yield data.decode("utf-16", "replace")


@pytest.mark.parametrize("navigation", [True, False], ids=["a menu of its own", "a menu in the pages"])
def test_private_text_reaches_no_file(site: Site, navigation: bool) -> None:
    """Nothing of it is in any file, in any of its forms, and all that is public is in one of them."""
    plants = Planter()
    plant(site, plants, navigation=navigation)
    built = site.build(
        SITEURL="https://example.org",
        SITENAME=json.loads(plants.text()),
        SITESUBTITLE=json.loads(plants.text()),
        AUTHOR=json.loads(plants.text("Jo Doe")),
        HEADERS={"X-Shown": json.loads(plants.text())},
        REDIRECTS={json.loads(plants.text("/away/")): json.loads(plants.text("/cv/"))},
        FEED_ALL_ATOM="feeds/all.xml",
        FEED_ALL_RSS="feeds/all.rss",
        HOSTS=["netlify", "apache", "nginx", "s3"],
    )
    assert "\n".join(str(p) for p in built.problems if not p.warning) == ""
    assert {"index.html", "index.md", "llms.txt", "sitemap.xml", "_headers", "feeds/all.xml"} <= {*built.files()}
    hidden = [base64.b64encode(b"-" * shift + MARKER.encode() * 3)[4:12].decode() for shift in range(3)]
    everything = []
    for name in built.files():
        for text in readings((built.output / name).read_bytes()):
            assert MARKER not in text.lower(), name
            assert not any(word in text for word in hidden), name
            everything.append(text)
        assert MARKER not in name
    joined = "\n".join(everything).lower()  # a kind begins with a capital
    assert " ".join(text for text in plants.texts if text not in joined) == ""


@pytest.mark.parametrize("value", [*IN_VALUES, "<!--hush-->", "<!-- <!-- hush -->", "{::comment hush='hush'}hush{:/}"])
def test_a_value_loses_its_comments(value: str) -> None:
    """What is around them stays, and a value that is nothing else is empty."""
    assert without_comments(value) == ""
    shown = without_comments(f"shown {value} shown")
    assert MARKER not in shown
    assert shown.startswith("shown")
    assert without_comments(f"a\n{value}\nb `<` --> {{{{ c }}}} [a]: b").split() == "a b `<` --> {{ c }} [a]: b".split()


@pytest.mark.parametrize(
    "written",
    [
        "shown <!-- hush --> shown", "shown <!-- hush\n\n    hush --> shown", "'shown <!-- hush\n\n    hush --> shown'",
        '"shown <!-- hush\\n\\nhush --> shown"', '"shown \\x3c!-- hush --\\u003e shown"', "|\n    shown <!-- hush\n\n    # hush\n    --> shown",
        ">-\n    shown <!-- hush\n\n    - hush --> shown", "\n    - shown\n    - <!-- hush -->\n    - shown",
        "[shown, <!-- hush -->shown]", "no <!-- hush --> shown shown", "&a shown <!-- hush --> shown\n  b: *a",
        "!!str shown <!-- hush --> shown", "{<!-- hush --> shown: <!-- hush --> shown}",
    ],
)  # fmt: skip
def test_every_form_of_a_value_loses_its_comments(written: str) -> None:
    """Plain, quoted, folded, in blocks, lists, keys and aliases."""
    problems = Problems()
    reading = parse_yaml(f"Jo:\n  bio: {written}\n", "authors.yml", problems)
    assert MARKER not in str(reading)
    assert str(reading.values).count("shown") >= 2
    assert len(problems) == 0


@pytest.mark.parametrize(
    "begin", ["<!--", "{::comment}", "{% comment %}", "{%- comment -%}", "{% # hush", "{::comment hush"]
)
def test_a_comment_never_closed_in_a_value_is_an_error(begin: str, site: Site) -> None:
    """At its line, in a page and in each data file."""
    with pytest.raises(InvalidValueError, match="never closed"):
        without_comments(f"shown {begin} hush")
    value = json.dumps(f"shown {begin} hush")
    site.write("content/pages/a.md", f"---\n\n\ntitle: {value}\n---\nText")
    site.write("content/pages/b.md", "---\npermalink: /\nauthor_profile: true\n---\nText")
    site.write("content/authors.yml", f"Yuhang Song:\n  github: jo\n  bio:\n    - {value}\n")
    site.write("content/navigation.yml", f"main:\n  - title: {value}\n    url: /\n")
    built = site.build(SITESUBTITLE=f"shown {begin} hush")
    assert built.failed
    found = {(problem.path, problem.line) for problem in built.problems if "never closed" in problem.message}
    assert {("content/pages/a.md", 4), ("content/authors.yml", 4), ("content/navigation.yml", 2)} <= found
    assert any(problem.key == "SITESUBTITLE" for problem in built.problems)


@pytest.mark.parametrize(
    "opening", ["<!--", "{::comment ", "{::comment}", "{% comment %}", "{% #", "[//]: #", "{%", "<!-- -->"]
)
def test_comments_in_values_take_linear_time(opening: str) -> None:
    """A megabyte of openings is an answer within a second."""
    began = time.process_time()
    with suppress(InvalidValueError):
        without_comments(opening * (1_000_000 // len(opening)))
    assert time.process_time() - began < 1
