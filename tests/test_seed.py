"""The page that it all began with: it goes in as it is, and the site comes out."""

import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.conftest import SEED, Built, Site

PAGE = (SEED / "about.md").read_bytes()
SHA256 = "a95415ee7fc6b7bbb2f60d854700dcfaa91851fd87befb6065d90ef94ce2b203"  # of the page as its author published it
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WORD = re.compile(r"[^\W_]+")


class Visible(HTMLParser):
    """Collects the text of one element: by its class, or of the whole body."""

    def __init__(self, of_class: str) -> None:
        super().__init__(convert_charrefs=True)
        self.of_class = of_class
        self.depth = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or self.of_class in (dict(attrs).get("class") or "").split():
            self.depth += tag not in ("img", "br", "hr", "input", "meta", "link", "path", "source")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""


def visible(html: str, of_class: str) -> str:
    reader = Visible(of_class)
    reader.feed(html)
    return " ".join(reader.text.split())


@pytest.fixture
def published(seed_site: Site) -> Built:
    built = seed_site.build(production=True)
    assert (built.failed, built.lines) == (False, [])
    return built


def test_the_page_is_its_authors_byte_for_byte() -> None:
    """Nobody has touched the page."""
    assert hashlib.sha256(PAGE).hexdigest() == SHA256


def test_every_word_is_there(published: Built) -> None:
    """The text of the page is the text of its body, every word of it, in order, and nothing else."""
    body = COMMENT.sub("", PAGE.decode().split("---", 2)[2])
    said = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", body).replace("------", "")
    assert WORD.findall(visible(published.text("index.html"), "e-content")) == WORD.findall(said)


def test_the_sidebar_is_there(published: Built) -> None:
    """The sidebar shows the author, and links that say they are hers or his."""
    page = published.text("index.html")
    assert "Yuhang Song" in visible(page, "h-card")
    for address in (
        "https://scholar.google.com/citations?user=cyd3EsgAAAAJ",
        "https://www.linkedin.com/in/yuhang-song/",
        "https://yuhangsong.github.io",
    ):
        assert re.search(rf'<a [^>]*rel="me"[^>]*href="{re.escape(address)}/?"', page), address


def test_no_private_word_gets_out(published: Built) -> None:
    """No word that stands only in a comment reaches any file of the site, and no comment does."""
    text = PAGE.decode()
    private = set(WORD.findall(" ".join(COMMENT.findall(text)))) - set(WORD.findall(COMMENT.sub("", text)))
    private |= set(re.findall(r"^# title: \"(\w+)\"", text, re.MULTILINE)) - set(WORD.findall(text.split("---", 2)[2]))
    assert {"diseases", "attempt", "Interest"} <= private
    pictures = [name for name in published.files() if name.endswith(".png")]  # in whose bytes any short word may be
    for name in set(published.files()) - set(pictures):
        written = published.text(name)
        if name.endswith((".html", ".md", ".txt")):  # a style sheet may say such a word too
            written = re.sub(r"<style>.*?</style>", "", written, flags=re.DOTALL)
        assert not private & set(WORD.findall(written)), name
        assert "<!--" not in written, name


def test_the_old_addresses_lead_home(published: Built) -> None:
    """Both stubs lead to the home page."""
    for name in ("about/index.html", "about.html"):
        assert 'content="0; url=/"' in published.text(name)
        assert '<link rel="canonical" href="https://yuhangsong.github.io/">' in published.text(name)


def test_each_page_names_its_one_address(published: Built, seed_site: Site) -> None:
    """As its stubs do; without SITEURL nobody knows it, and the 404 page has none."""
    assert '<link rel="canonical" href="https://yuhangsong.github.io/">' in published.text("index.html")
    assert 'rel="canonical"' not in published.text("404.html")
    seed_site.write("content/pages/cv.md", "---\npermalink: /my cv/\n---\nText\n")
    below = seed_site.build(SITEURL="https://example.org/~me")
    assert '<link rel="canonical" href="https://example.org/~me/my%20cv/">' in below.text("my cv/index.html")
    assert 'rel="canonical"' not in seed_site.build().text("index.html")


def test_nothing_else_is_in_the_site(published: Built) -> None:
    """The site has the files that it means to have: no archives, no tags, no authors."""
    assert [re.sub(r"card-\w+", "card", name) for name in published.files()] == [
        "404.html",
        "_headers",
        "_redirects",
        "about.html",
        "about/index.html",
        "apple-touch-icon.png",
        "author.vcf",
        "images/card.png",
        "index.html",
        "index.md",
        "llms.txt",
        "redirects.json",
        "resume.json",
        "robots.txt",
        "sitemap.xml",
    ]
