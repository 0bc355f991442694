"""The Atom feed of the articles: RFC 4287's musts, the ids of jekyll-feed, and nothing where there is no article."""

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.alternates.feed import feed_entries
from plugins.site import Page
from tests.conftest import Built, Site, new_site

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ARTICLES = {
    "2012-08-14-blog-post-1.md": "title: 'Tea & 1 < 2'\npermalink: /posts/2012/08/blog-post-4/\ntags: [cool posts, a&b]\n"
    "excerpt: 'Short & *sweet*'",
    "2013-02-03-two.md": "title: Zwei\nlang: de\nlast_modified_at: 2014-05-06\ntags: x y",
    "2013-02-04-no-title.md": "slug: own",
    "2199-01-01-future.md": "title: Future",
    "2014-01-01-draft.md": "title: Draft\npublished: false",
}
BODY = "A [page](/cv/), <b>bold</b>.\n\n<!-- private -->\n\n![x](x.png)\n"


@pytest.fixture(scope="module", params=["https://ann.example", "https://ann.example/lab"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, str]:
    site = new_site(tmp_path_factory.mktemp("feed") / "site")
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    site.write("content/pages/cv.md", "---\npermalink: /cv/\n---\nCV.\n")
    for name, yaml in ARTICLES.items():
        site.write(f"content/articles/{name}", f"---\n{yaml}\n---\n{BODY}")
    built = site.build(production=True, SITEURL=request.param)
    assert built.lines == []
    return built, request.param


def texts(element: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


def test_the_feed_is_valid_atom(built: tuple[Built, str]) -> None:
    """One id, title and date with its zone each, links that are whole, ids that differ."""
    feed = ET.fromstring(built[0].text("feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    assert texts(feed, "id") == [f"{built[1]}/feed.xml"]
    assert [link.get("href") for link in feed.findall(f"{ATOM}link")] == [f"{built[1]}/feed.xml", f"{built[1]}/"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Yuhang Song"
    for element in (feed, *entries):
        assert len(texts(element, "id")) == len(texts(element, "title")) == len(texts(element, "updated")) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", texts(element, "updated")[0])
    assert len({texts(entry, "id")[0] for entry in entries}) == len(entries) == 4
    assert texts(feed, "updated") == ["2199-01-01T00:00:00+00:00"]


def test_an_entry_holds_the_whole_article_in_its_language(built: tuple[Built, str]) -> None:
    output, url = built
    future, untitled, zwei, tea = ET.fromstring(output.text("feed.xml")).findall(f"{ATOM}entry")
    assert texts(future, "title") == ["Future"]
    assert texts(untitled, "title") == ["Own"]
    assert zwei.get(f"{XML}lang") == "de"
    assert [texts(zwei, name) for name in ("published", "updated")] == [
        ["2013-02-03T00:00:00+00:00"],
        ["2014-05-06T00:00:00+00:00"],
    ]
    assert [each.get("term") for each in tea.findall(f"{ATOM}category")] == ["cool posts", "a&b"]
    assert [each.get("term") for each in zwei.findall(f"{ATOM}category")] == ["x", "y"]
    assert texts(tea, "title") == ["Tea & 1 < 2"]
    assert texts(tea, "summary") == ["Short & sweet"]
    content = tea.find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.get(f"{XML}base")) == ("html", f"{url}/posts/2012/08/blog-post-4/")
    assert f'A <a href="{url}/cv/">page</a>, <b>bold</b>.' in (content.text or "")
    assert "private" not in output.text("feed.xml")


def test_every_page_names_the_feed(built: tuple[Built, str]) -> None:
    output, url = built
    path = url.removeprefix("https://ann.example")
    for file in ("index.html", "posts/2012/08/blog-post-4/index.html", "404.html"):
        assert f'<link rel="alternate" type="application/atom+xml" title="Yuhang Song" href="{path}/feed.xml">' in (
            output.text(file)
        )


def test_real_jekyll_gives_posts_the_same_ids(
    built: tuple[Built, str], tmp_path: Path, need: Callable[..., str]
) -> None:
    """So that a reader of the old feed shows no article twice: `Document#id`, from which jekyll-feed makes them."""
    for name, yaml in ARTICLES.items():
        post = tmp_path / "_posts" / name
        post.parent.mkdir(exist_ok=True)
        post.write_text(f"---\n{yaml}\n---\nx\n", "utf-8")
    (tmp_path / "_config.yml").write_text("permalink: /:categories/:title/\nfuture: true\n")
    program = """
      require "jekyll"
      site = Jekyll::Site.new(Jekyll.configuration("source" => ".", "quiet" => true))
      site.read
      puts site.posts.docs.map(&:id)
    """
    ran = subprocess.run([need("ruby", "jekyll"), "-e", program], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    entries = ET.fromstring(built[0].text("feed.xml")).findall(f"{ATOM}entry")
    assert [texts(entry, "id")[0] for entry in reversed(entries)] == [built[1] + line for line in ran.stdout.split()]


def article(path: str, url: str, html: str = "") -> Page:
    """Return an article of one day."""
    date = datetime(2020, 1, 1, tzinfo=UTC)
    return Page(path, url, f"{url}index.html", "T", is_article=True, date=date, html=html)


def test_two_articles_never_share_an_id() -> None:
    """The older one keeps that of jekyll-feed, in which both would have it."""
    pages = [article("a/2020-01-01-x.md", "posts/a/"), article("a/2020-01-02-x.md", "posts/b/")]
    assert [entry.id for entry in feed_entries(pages, "https://a.example", {}, {})] == [
        "https://a.example/posts/b/",
        "https://a.example/posts/x",
    ]


def test_what_xml_cannot_hold_is_left_out() -> None:
    (entry,) = feed_entries([article("a.md", "a/", "a\x0c\x08b\ufffe𝄞")], "https://a.example", {"a.md": "\x1bX"}, {})
    assert (entry.html, entry.author) == ("ab𝄞", "X")


@pytest.mark.usefixtures("home")
def test_without_an_article_or_an_address_there_is_no_feed(site: Site) -> None:
    """No link to one either; a draft is no article."""
    site.write("content/articles/2020-01-01-draft.md", "---\npublished: false\n---\nx\n")
    built = site.build(production=True)
    assert "feed.xml" not in built.files()
    assert "atom" not in built.text("index.html")
    site.write("content/articles/2020-01-01-article.md", "---\ntitle: A\n---\nx\n")
    built = site.build()
    assert "feed.xml" not in built.files()
    assert "atom" not in built.text("index.html")


@pytest.mark.usefixtures("home")
def test_a_feed_of_the_authors_own_stays(site: Site) -> None:
    site.write("content/articles/2020-01-01-article.md", "---\ntitle: A\n---\nx\n")
    site.write("content/root/feed.xml", "<mine/>")
    built = site.build(production=True)
    assert built.lines == []
    assert built.text("feed.xml") == "<mine/>"
    assert "/feed.xml" in built.text("index.html")
