"""Jekyll's keys → Pelican's."""

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.contents import Article
from pelican.settings import DEFAULT_CONFIG

from plugins.front_matter.jekyll import Source, permalink_address, translate
from plugins.front_matter.parse import parse
from plugins.problems import Problems
from tests.conftest import Site

PERMALINKS = [
    ("/", "", "index.html"),
    ("/a/", "a/", "a/index.html"),
    ("/a.html", "a.html", "a.html"),
    ("/a", "a", "a.html"),
    ("a/b/", "a/b/", "a/b/index.html"),
    ("//a//b", "a/b", "a/b.html"),
    ("/feed.xml", "feed.xml", "feed.xml"),
    ("/v1.2/", "v1.2/", "v1.2/index.html"),
    ("/a/index.html", "a/index.html", "a/index.html"),
    ("/über uns/", "%C3%BCber%20uns/", "über uns/index.html"),
    ("/%C3%BCber%20uns/", "%C3%BCber%20uns/", "über uns/index.html"),
    ("/~name/", "~name/", "~name/index.html"),
    ("/../x/", "x/", "x/index.html"),
    ("/100%/", "100%25/", "100%/index.html"),
]


def translated(yaml: str, name: str, *, article: bool) -> tuple[dict[str, Any], Problems]:
    problems = Problems()
    parts = parse(f"---\n{yaml}\n---\n", "p.md", problems)
    reserved = dir(Article("", settings=DEFAULT_CONFIG))
    return translate(parts, Source("p.md", PurePosixPath(name), article), "Site", reserved, problems), problems


def metadata(yaml: str, name: str = "about.md", *, article: bool = False) -> dict[str, Any]:
    found, problems = translated(yaml, name, article=article)
    assert [*problems] == []
    return found


def problem_lines(yaml: str, *, name: str = "about.md", article: bool = False) -> list[str]:
    return [str(problem) for problem in translated(yaml, name, article=article)[1]]


@pytest.mark.parametrize(("permalink", "url", "save_as"), PERMALINKS)
def test_a_permalink_gives_address_and_file(permalink: str, url: str, save_as: str) -> None:
    """URL and output file are those that Jekyll gives the same permalink."""
    address = permalink_address(permalink)
    assert (address.url, address.save_as) == (url, save_as)


@given(st.text())
def test_no_permalink_escapes_the_site(permalink: str) -> None:
    """Whatever is written, the file stays inside the output folder, or the permalink is refused."""
    try:
        address = permalink_address(permalink)
    except ValueError:
        return
    parts = PurePosixPath(address.save_as).parts
    assert parts
    assert ".." not in parts
    assert not address.save_as.startswith("/")
    assert address.url.isascii()
    assert unquote(address.url).removesuffix("index.html") in address.save_as


@pytest.mark.parametrize(
    ("yaml", "name", "save_as"),
    [
        pytest.param("", "about.md", "about/index.html", id="the file's name"),
        pytest.param("", "index.md", "index.html", id="an index is its folder"),
        pytest.param("", "lab/index.md", "lab/index.html", id="a folder's index"),
        pytest.param("", "lab/people.md", "lab/people/index.html", id="a file in a folder"),
        pytest.param("slug: cv", "about.md", "cv/index.html", id="a slug"),
        pytest.param("slug: cv\nsave_as: x.html\nurl: x.html", "about.md", "x.html", id="Pelican's own keys"),
        pytest.param("permalink: /p/\nsave_as: x.html", "about.md", "p/index.html", id="a permalink before all"),
        pytest.param("permalink:", "about.md", "about/index.html", id="an empty permalink is none"),
        pytest.param("permalink: /:basename:output_ext", "cv.md", "cv.html", id="a page's placeholders"),
        pytest.param("permalink: 404", "about.md", "404.html", id="a number"),
    ],
)
def test_the_address_has_an_order_of_precedence(yaml: str, name: str, save_as: str) -> None:
    """permalink, then save_as and url, then slug, then the file's name."""
    assert metadata(yaml, name)["save_as"] == save_as


@pytest.mark.parametrize(
    ("yaml", "title", "heading"),
    [
        pytest.param('# title: "Interest"', "Site", "", id="commented out"),
        pytest.param('title: ""', "Site", "", id="empty"),
        pytest.param('title: " "', "Site", "", id="a blank"),
        pytest.param("title:", "Site", "", id="null"),
        pytest.param('title: #"Hi there!"', "Site", "", id="a comment for a value"),
        pytest.param("title: About me", "About me", "About me", id="text"),
        pytest.param("title: 1.10", "1.10", "1.10", id="a number as written"),
        pytest.param("title: yes", "yes", "yes", id="a word that YAML takes for true"),
        pytest.param("title: 'Hi 👋 <br> <b>I&apos;m</b> A'", "Hi 👋 I'm A", "Hi 👋 I'm A", id="HTML and emoji"),
        pytest.param("title: I <3 cats", "I <3 cats", "I <3 cats", id="a lone less-than sign"),
    ],
)
def test_a_title_is_text_or_the_sites_name(yaml: str, title: str, heading: str) -> None:
    """Without a title the page is called by the site's name and has no heading."""
    found = metadata(yaml)
    assert (found["title"], found["heading"]) == (title, heading)


@pytest.mark.parametrize(
    ("yaml", "key", "value"),
    [
        pytest.param("published: false", "status", "draft", id="published false"),
        pytest.param("status: Draft", "status", "draft", id="a status"),
        pytest.param("lang: no", "lang", "no", id="Norwegian, which YAML takes for false"),
        pytest.param("lang: zh_CN", "lang", "zh-CN", id="an underscore in a language"),
        pytest.param("date: 2024-02-03", "date", datetime(2024, 2, 3), id="a date"),
        pytest.param("last_modified_at: 2024-02-03", "modified", datetime(2024, 2, 3), id="Jekyll's word for modified"),
        pytest.param("tags: [a, 1]", "tags", ["a", "1"], id="tags in a list"),
        pytest.param("tags: a b", "tags", ["a", "b"], id="tags in a string, as Jekyll splits it"),
        pytest.param("tags: a b, c", "tags", ["a b", "c"], id="tags in a string, as Pelican splits it"),
        pytest.param("categories: [x, y]", "category", "x", id="the first of Jekyll's categories"),
        pytest.param("author: Ann", "author", "Ann", id="an author"),
        pytest.param("author: {name: Ann, bio: b}", "author", "Ann", id="an author's mapping"),
        pytest.param("author: [Ann, Bo]", "authors", ["Ann", "Bo"], id="two authors"),
        pytest.param("header: {image: x}", "header", {"image": "x"}, id="an unknown key"),
    ],
)
def test_keys_are_translated(yaml: str, key: str, value: object) -> None:
    """Jekyll's keys become Pelican's, and unknown ones are kept."""
    assert metadata(yaml)[key] == value


@pytest.mark.parametrize(
    "key", ["settings", "content", "translations", "get_content", "profile", "Metadata", "__class__", "_content"]
)
def test_a_key_never_overwrites_what_pelican_needs(key: str) -> None:
    """A front-matter key that is called like an attribute of Pelican's page stays out of the metadata."""
    assert key not in metadata(f"{key}: x")


@pytest.mark.parametrize(
    ("yaml", "article", "line"),
    [
        pytest.param(
            "permalink: https://x.org/a",
            False,
            "p.md:2: permalink: 'https://x.org/a' is a whole address, not a path of this site; write a path such as '/about/'",
            id="a full URL",
        ),
        pytest.param(
            "permalink: /a?b",
            False,
            "p.md:2: permalink: '/a?b' has a query, which no file can be named by; write a path such as '/about/'",
            id="a query",
        ),
        pytest.param(
            "permalink: /%2e%2e/x",
            False,
            "p.md:2: permalink: '/%2e%2e/x' leaves the site; write a path such as '/about/'",
            id="encoded dots",
        ),
        pytest.param(
            "permalink: [/a, /b]",
            False,
            "p.md:2: permalink: ['/a', '/b'] is not text; write one line of text",
            id="a list",
        ),
        pytest.param(
            "title: [a]", False, "p.md:2: title: ['a'] is not text; write one line of text", id="a title that is a list"
        ),
        pytest.param(
            "status: publshed",
            False,
            "p.md:2: status: 'publshed' is not a status, and the page would vanish;"
            " write one of published, hidden, draft, skip",
            id="a status mistyped",
        ),
        pytest.param(
            "lang: '!'",
            False,
            "p.md:2: lang: '!' is not a language tag; write one such as 'en' or 'zh-Hans'",
            id="no language",
        ),
        pytest.param(
            "timezone: Mars/X",
            False,
            "p.md:2: timezone: 'Mars/X' is not a time zone; write one such as 'Europe/London'",
            id="no time zone",
        ),
        pytest.param(
            "title: x",
            True,
            "p.md:1: date: is missing; write 'date: 2026-01-31' or begin the file's name with it",
            id="an article without a date",
        ),
        pytest.param(
            "date: 2024-01-01\npermalink: /:nope/",
            True,
            "p.md:3: permalink: '/:nope/' has ':nope', which Jekyll does not know; use one of"
            " :path, :basename, :output_ext, :title, :slug, :name, :categories, :year, :month, :day, :i_month, :i_day,"
            " :short_year, :y_day",
            id="an unknown placeholder in an article",
        ),
    ],
)
def test_a_bad_value_is_a_problem(yaml: str, article: bool, line: str) -> None:
    """A value that cannot be used names its line, why, and a way out."""
    assert problem_lines(yaml, article=article) == [line]


def test_an_article_takes_date_and_slug_from_its_name() -> None:
    """Jekyll's name of a post says its date, its title and its address."""
    found = metadata("permalink: /posts/:year/:month/:title/", "2012-08-14-blog-post.md", article=True)
    assert found["date"] == "2012-08-14"
    assert (found["title"], found["save_as"]) == ("Blog Post", "posts/2012/08/blog-post/index.html")


def test_real_jekyll_puts_pages_at_the_same_files(tmp_path: Path, need: Callable[..., str]) -> None:
    """Jekyll itself, given the same permalinks, writes the same files."""
    for number, (permalink, _, _) in enumerate(PERMALINKS):
        page = tmp_path / "source" / f"p{number}" / "page.md"
        page.parent.mkdir(parents=True)
        page.write_text(f"---\npermalink: '{permalink}'\n---\n{number}\n", "utf-8")
    build = """
      require "jekyll"
      ARGV.each_slice(2) do |source, destination|
        Jekyll::Site.new(Jekyll.configuration("source" => source, "destination" => destination, "quiet" => true)).process
      end
    """
    folders = [
        str(folder) for n in range(len(PERMALINKS)) for folder in (tmp_path / "source" / f"p{n}", tmp_path / f"out{n}")
    ]
    ran = subprocess.run([need("ruby", "jekyll"), "-e", build, *folders], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    for number, (permalink, _, save_as) in enumerate(PERMALINKS):
        out = tmp_path / f"out{number}"
        assert [p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()] == [save_as], permalink


# The name of a post's file, its front matter, and the file at which academicpages' Jekyll publishes it.
POSTS = [
    ("2012-08-14-blog-post-1.md", "permalink: /posts/2012/08/blog-post-4/", "posts/2012/08/blog-post-4/index.html"),
    ("2015-01-02-plain.md", "", "plain/index.html"),
    ("2015-01-03-one.md", "categories: [Life, Work & Tea]", "life/work & tea/one/index.html"),
    ("2015-01-04-two.md", "categories: Life work", "life/work/two/index.html"),
    ("2015-01-05-three.md", "category: Big News", "big news/three/index.html"),
    ("2015-01-06-four.md", "categories: [a, A, b]\ncategory: c", "a/b/c/four/index.html"),
    ("2015-01-07-Hello World, 100% ü (1).md", "", "Hello-World,-100-ü-(1)/index.html"),
    ("2015-01-08-file.md", "slug: Own Slug", "Own-Slug/index.html"),
    ("2015-01-09-dated.md", "date: 2016-03-04\npermalink: /:year/:month/:day/:i_day/:slug/", "2016/03/04/4/dated/index.html"),
    ("2015-01-10-page.md", "permalink: /blog/:title", "blog/page.html"),
    ("2015-01-11-page.md", "permalink: /x/:title.html", "x/page.html"),
    ("sub/2015-01-12-below.md", "", "below/index.html"),
]  # fmt: skip
STYLES = {
    "/:categories/:title/": "life/x/index.html",
    "date": "life/2015/01/02/x.html",
    "pretty": "life/2015/01/02/x/index.html",
    "ordinal": "life/2015/002/x.html",
    "none": "life/x.html",
    "/blog/:year/:title": "blog/2015/x.html",
}


@pytest.mark.parametrize(("name", "yaml", "save_as"), POSTS, ids=[name for name, _, _ in POSTS])
def test_a_post_is_published_where_academicpages_has_it(name: str, yaml: str, save_as: str) -> None:
    """By its own permalink, else by categories and title; the folder below the posts has no part in it."""
    assert metadata(yaml, name, article=True)["save_as"] == save_as


@pytest.mark.parametrize(("style", "save_as"), STYLES.items(), ids=STYLES)
@pytest.mark.usefixtures("home")
def test_the_configuration_of_the_old_site_decides_where_posts_are(site: Site, style: str, save_as: str) -> None:
    site.write("content/site.yml", f"permalink: {style}\n")
    site.write("content/articles/2015-01-02-x.md", "---\ntitle: X\ncategories: Life\n---\nx\n")
    assert save_as in site.build().files()


def test_real_jekyll_puts_posts_at_the_same_files(tmp_path: Path, need: Callable[..., str]) -> None:
    sources = {"posts": (POSTS, "/:categories/:title/")}
    one = ("2015-01-02-x.md", "categories: Life", "")
    sources |= {style: ([(*one[:2], save_as)], style) for style, save_as in STYLES.items()}
    for number, (posts, style) in enumerate(sources.values()):
        for name, yaml, _ in posts:
            post = tmp_path / f"source{number}" / "_posts" / name
            post.parent.mkdir(parents=True, exist_ok=True)
            post.write_text(f"---\n{yaml}\n---\nx\n", "utf-8")
        (tmp_path / f"source{number}" / "_config.yml").write_text(f"permalink: {style}\n", "utf-8")
    build = """
      require "jekyll"
      ARGV.each do |n|
        Jekyll::Site.new(Jekyll.configuration("source" => "source#{n}", "destination" => "out#{n}", "quiet" => true)).process
      end
    """
    command = [need("ruby", "jekyll"), "-e", build, *map(str, range(len(sources)))]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    for number, (posts, _) in enumerate(sources.values()):
        out = tmp_path / f"out{number}"
        found = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
        assert found == sorted(save_as for _, _, save_as in posts)
