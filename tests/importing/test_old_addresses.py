"""The addresses of an old site, beside those that the real Jekyll serves."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.importing.jekyll_source import JekyllSource
from plugins.importing.old_addresses import old_addresses
from plugins.old_site import OldAddress, read, written
from plugins.problems import Problems
from plugins.yaml_mapping import Value, parse_yaml
from tests.importing.old_sites import ACADEMICPAGES, SITE, page, write


def addresses_of(root: Path) -> list[OldAddress]:
    config = parse_yaml((root / "_config.yml").read_text("utf-8"), "_config.yml", Problems()).values
    return old_addresses(JekyllSource(root, config))


# What academicpages has, and a variant of each of its lines; a text that Jekyll refuses cannot be compared.
STYLE = "permalink: /:categories/:title/"
CONFIGS = {
    "as academicpages has it": ACADEMICPAGES,
    "nothing but plugins": "plugins: [jekyll-redirect-from]\nredirect_from: {json: false}\nexclude: [docs, /files/*.pdf]\n"
    "include: [_pages, docs]\ncollections: [publications, talks]\n",
    "a style, a time zone, a limit, no redirects": ACADEMICPAGES.replace(STYLE, "permalink: weekdate")
    .replace("Etc/UTC", "America/New_York")
    .replace("[jekyll-redirect-from]", "[]")
    .replace("future: true", "limit_posts: 3\nunpublished: true\ncollections_dir: col"),
    "every placeholder, and defaults over defaults": ACADEMICPAGES.replace(
        STYLE, "permalink: /:slugified_categories/:hour:minute:second/:w_year/:i_day/:long_month/:short_year/:title_"
    ).replace(":collection/:title/", ":collection/:categories/:slug/:output_ext/:path:output_ext")
    + """\
  - {scope: {path: "", type: page}, values: {permalink: "/A/:path/:basename/"}}
  - {scope: {path: _pages/sub/, type: pages}, values: {permalink: "/B/:basename"}}
  - {scope: {path: _pages, type: pages}, values: {permalink: "/C/:basename:output_ext"}}
  - {scope: {path: _p*/s*}, values: {redirect_from: [/glob/]}}
  - {scope: {path: /_pages}, values: {permalink: /never/}}
  - {scope: {path: _pages/Sub}, values: {redirect_from: [/first/, second]}}
  - {scope: {path: _pages}, values: {redirect_from: /third/}}
  - {scope: {path: files}, values: {published: false}}
redirect_from: {json: false}
""",
}
ELSEWHERE = {  # where `collections_dir` has them
    "col/_publications/x.md": page("title: x"),
    "col/_publications/f.pdf": "%PDF",
    "col/_posts/2014-05-05-y.md": page("categories: q"),
    "col/_posts/deep/2014-05-06-z.md": page("title: x"),
    "col/file.txt": "x",
    "col/p.md": page("title: x"),
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_the_files_are_those_that_jekyll_writes(config: str, tmp_path: Path, need: Callable[..., str]) -> None:
    """File by file, but for the map that one version of its Sass adds."""
    jekyll = need("jekyll", "jekyll ruby-jekyll-redirect-from")
    old = write(tmp_path / "old", {**SITE, **ELSEWHERE, "_config.yml": config})
    subprocess.run([jekyll, "build", "--quiet"], cwd=old, check=True, timeout=120)
    served = {file.relative_to(old / "_site").as_posix() for file in (old / "_site").rglob("*") if file.is_file()}
    assert len(served) > 50
    assert {each.file for each in addresses_of(old)} == {file for file in served if not file.endswith(".map")}
    assert {each.file: each.target for each in addresses_of(old) if each.kind == "redirect"} == targets(old / "_site")


def targets(output: Path) -> dict[str, str]:
    """Return each redirect that Jekyll has written, and the address that it leads to, below the site's own."""
    found = {}
    for file in filter(Path.is_file, output.rglob("*")):
        if refresh := re.search(rb'http-equiv="refresh" content="0; url=([^"]*)"', file.read_bytes()):
            target = refresh[1].decode().removeprefix("https://annlee.github.io")
            found[file.relative_to(output).as_posix()] = target
    return found


POSTS = {
    f"_posts/2020-01-0{day}-p.md": page("categories: [News, Two Words]", "tags: One Two", hidden)
    for day, hidden in enumerate(("hidden: true", "", "", ""), 1)
}
MADE = [  # by the documentation of each plugin: what it makes of four posts, one of them hidden
    pytest.param("plugins: [jekyll-feed]", {"feed.xml"}, id="a feed"),
    pytest.param(
        "plugins: [jekyll-feed]\nfeed: {path: /atom.xml, categories: [news], collections: [talks], tags: true}",
        {"atom.xml", "feed/news.xml", "feed/talks.xml", "feed/by_tag/one.xml", "feed/by_tag/two.xml"},
        id="feeds of categories, collections and tags",
    ),
    pytest.param("plugins: [jekyll-sitemap]", {"sitemap.xml", "robots.txt"}, id="a sitemap"),
    pytest.param("plugins: [jekyll-paginate]\npaginate: 2", {"page2/index.html"}, id="pagination"),
    pytest.param(
        "plugins: [jekyll-paginate]\npaginate: 1\npaginate_path: /page/:num/",
        {"page/2/index.html", "page/3/index.html"},
        id="pagination elsewhere",
    ),
    pytest.param("plugins: []\npaginate: 2", set(), id="pagination without its plugin"),
    pytest.param(
        "plugins: [jekyll-paginate-v2]\npagination: {enabled: true, per_page: 2}\ndefaults:\n  - scope: {type: pages}\n"
        "    values: {pagination: {enabled: true, permalink: '/page/:num/'}}",
        {"page/2/index.html"},
        id="pagination of a page's own",
    ),
    pytest.param(
        "plugins: [jekyll-paginate-v2]\npagination: {enabled: true, per_page: 2, category: x}\ndefaults:\n"
        "  - scope: {type: pages}\n    values: {pagination: {enabled: true}}",
        set(),
        id="pagination of one category",
    ),
    pytest.param(
        "plugins: [jekyll-archives]\njekyll-archives: {enabled: [year, categories], permalinks: {category: /c/:name/}}",
        {"2020/index.html", "c/news/index.html", "c/two-words/index.html"},
        id="archives",
    ),
    pytest.param("gems: [jekyll-redirect-from]", {"old.html", "redirects.json"}, id="plugins as they were called once"),
]


@pytest.mark.parametrize(("config", "made"), MADE)
def test_what_plugins_make_has_addresses_too(config: str, made: set[str], tmp_path: Path) -> None:
    index = {"index.html": page("redirect_from: /old")}
    old = write(tmp_path, {**POSTS, **index, "_config.yml": f"{config}\npermalink: /:title/\n"})
    usual = {"index.html", "p/index.html"}
    assert {each.file for each in addresses_of(old)} == made | usual


def test_a_file_of_the_site_is_not_replaced_by_a_plugins(tmp_path: Path) -> None:
    old = write(tmp_path, {"_config.yml": "plugins: [jekyll-sitemap]\n", "robots.txt": "x"})
    assert [each.source for each in addresses_of(old)] == ["robots.txt", ""]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no FIFOs, and few users may make links")
def test_nothing_is_read_outside_the_checkout_and_nothing_waits(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {"_config.yml": "", "a.txt": "x"})
    (tmp_path / "secret.md").write_text(page("permalink: /secret/"))
    (old / "out.md").symlink_to(tmp_path / "secret.md")
    (old / "folder").symlink_to(tmp_path)
    (old / "again").symlink_to(".")
    (old / "nowhere").symlink_to("none")
    (old / "inside.txt").symlink_to("a.txt")
    os.mkfifo(old / "fifo.md")
    assert [each.file for each in addresses_of(old)] == ["a.txt", "inside.txt"]


def test_a_project_keeps_the_addresses_as_lines() -> None:
    """What was there, and where it came from, come back; a comment and what is no address do not."""
    addresses = [
        OldAddress("/a%20b/", "a b/index.html", "entry", "_talks/a b.md"),
        OldAddress("/feed.xml", "feed.xml", "feed", ""),
    ]
    text = written([*addresses, addresses[0]])
    assert "/a%20b/ entry _talks/a b.md\n/feed.xml feed\n" in text
    assert [each for _, each in read(f"{text}words\n\n")] == [each._replace(file="") for each in addresses]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["/:categories/:title/", "../x", "_pages", "*", "[", ":x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["scope", "values", "path", "type", "output", "permalink", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
KEYS = (
    "permalink timezone markdown_ext plugins gems collections collections_dir defaults include exclude future limit_posts "
    "unpublished feed paginate paginate_path jekyll-archives redirect_from"
).split()
FRONT_MATTER = (
    "permalink redirect_from redirect_to published date categories category tags tag slug title hidden".split()
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING), st.dictionaries(st.sampled_from(FRONT_MATTER), ANYTHING))
def test_whatever_a_configuration_holds_no_address_leaves_the_site(
    tmp_path_factory: pytest.TempPathFactory, config: dict[str, Value], front_matter: dict[str, Value]
) -> None:
    root = tmp_path_factory.getbasetemp() / "any"
    plugins = ["jekyll-redirect-from", "jekyll-feed", "jekyll-paginate", "jekyll-archives"]
    head = json.dumps(front_matter)
    for name in ("index.html", "_posts/2020-01-02-x.md", "_talks/x.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"---\n{head}\n---\n")
    found = old_addresses(
        JekyllSource(root, {"plugins": plugins, "collections": {"talks": {"output": True}}, **config})
    )
    for each in found:
        assert each.address.startswith("/")
        assert each.address.isascii()
        assert ".." not in each.file.split("/")
