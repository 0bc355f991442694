"""Articles: a page that lists them at the address of academicpages' list, and nothing where there are none."""

import pytest

from tests.conftest import Built, Site

ONE = "---\ntitle: One\npermalink: /posts/one/\nexcerpt: 'In *short*'\ntags: x\n---\nText\n"


def listing(built: Built) -> str:
    return built.text("year-archive/index.html")


@pytest.mark.usefixtures("home")
def test_articles_have_a_list_at_the_old_address(site: Site) -> None:
    """It is a page like any other: in the menu, in the sitemap; the old lists of tags and categories lead to it."""
    site.write("content/articles/2020-01-02-one.md", ONE)
    site.write("content/articles/2021-02-03-zwei.md", "---\ntitle: Zwei\nlang: de\n---\nText\n")
    built = site.build(production=True)
    assert built.lines == []
    assert "<title>Articles – Yuhang Song</title>" in listing(built)
    assert '<span lang="de">Zwei</span>' in listing(built)
    assert "One" in listing(built)
    assert '<a href="/year-archive/" aria-current="page">Articles</a>' in listing(built)
    assert '<a href="/year-archive/">Articles</a>' in built.text("index.html")
    assert "<loc>https://yuhangsong.github.io/year-archive/</loc>" in built.text("sitemap.xml")
    for file in ("tags/index.html", "categories/index.html"):
        assert 'url=/year-archive/"' in built.text(file)
    assert "One" not in built.text("index.html")


@pytest.mark.usefixtures("home")
def test_without_articles_there_is_no_list(site: Site) -> None:
    """Nor an address that leads to one; drafts do not count."""
    site.write("content/articles/2020-01-02-draft.md", "---\ntitle: One\npublished: false\n---\nText\n")
    built = site.build(production=True)
    assert not {file for file in built.files() if file.startswith(("year-archive", "tags", "categories", "articles"))}
    assert "year-archive" not in built.text("index.html") + built.text("sitemap.xml")


def test_a_section_of_the_home_page_takes_the_place_of_the_list(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\n[all](/year-archive/)\n")
    site.write("content/articles/2020-01-02-one.md", ONE)
    built = site.build(SECTIONS=["articles"])
    assert built.lines == []
    assert 'url=/#articles"' in listing(built)
    assert '<a href="/#articles">all</a>' in built.text("index.html")
    assert "One" in built.text("index.html")


@pytest.mark.parametrize("name", ["pages/archive.md", "root/year-archive.html", "root/year-archive/index.html"])
@pytest.mark.usefixtures("home")
def test_an_own_list_stays(site: Site, name: str) -> None:
    """A page or a file at its address."""
    site.write(f"content/{name}", "---\npermalink: /year-archive/\n---\nMine\n" if name.endswith("md") else "Mine")
    site.write("content/articles/2020-01-02-one.md", ONE)
    built = site.build()
    assert built.lines == []
    assert "Mine" in built.text("year-archive.html" if name == "root/year-archive.html" else "year-archive/index.html")
    assert "Articles" not in built.text("index.html")


@pytest.mark.usefixtures("home")
def test_articles_of_the_future_are_shown_unless_the_settings_say_otherwise(site: Site) -> None:
    """As academicpages has it: `future: true`."""
    site.write("content/articles/2199-01-02-later.md", "---\ntitle: Later\n---\nText\n")
    assert "Later" in listing(site.build())
    assert "year-archive/index.html" not in site.build(WITH_FUTURE_DATES=False).files()


@pytest.mark.usefixtures("home")
def test_an_article_shows_its_date_in_its_language(site: Site) -> None:
    site.write("content/articles/2020-01-02-one.md", ONE)
    site.write("content/articles/2021-02-03-zwei.md", "---\ntitle: Zwei\nlang: de\n---\nText\n")
    built = site.build()
    assert '<time class="dt-published" datetime="2020-01-02">2\xa0January 2020</time>' in built.text(
        "posts/one/index.html"
    )
    assert '<time class="dt-published" datetime="2021-02-03">3.\xa0Februar 2021</time>' in built.text("zwei/index.html")


@pytest.mark.usefixtures("home")
def test_academicpages_own_list_of_posts_shows_them(site: Site) -> None:
    """Its page comes along as it is: a loop over the posts, with the include that prints one."""
    loop = "{% for post in site.posts %}{% include archive-single.html %}{% endfor %}"
    site.write(
        "content/pages/blog.md",
        f"---\npermalink: /blog/\ntitle: Blog posts\nredirect_from: /year-archive/\n---\n{loop}\n",
    )
    site.write("content/articles/2020-01-02-one.md", ONE)
    built = site.build()
    assert built.lines == []
    assert '<a class="p-name u-url" href="/posts/one/">One</a>' in built.text("blog/index.html")
    assert "<em>short</em>" in built.text("blog/index.html")
    assert 'url=/blog/"' in listing(built)
