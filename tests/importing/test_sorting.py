"""Each file of a checkout with every kind: what it is, and where it goes; the menu, old addresses and settings."""

from pathlib import Path

import pytest

from plugins.importing import import_site
from plugins.importing.plan import KINDS
from plugins.problems import Problems
from plugins.yaml_mapping import parse_yaml
from tests.conftest import Site
from tests.importing.checkouts import FILES, LOOP, by_path, compose, page

TAKEN = {
    "_pages/about.md": "content/pages/about.md",
    "_pages/cv.md": "content/pages/cv.md",
    "_pages/research.html": "content/pages/research.html",
    "_pages/nameless.md": "content/pages/nameless.md",
    "_pages/later.md": "content/pages/later.md",
    "_pages/old.html": "content/root/pages/old.html",
    "news.md": "content/pages/news.md",
    "_publications/2020-01-02-neurons.md": "content/publications/2020-01-02-neurons.md",
    "_publications/2021-05-06-spikes.md": "content/publications/2021-05-06-spikes.md",
    "_publications/papers/neurons.pdf": "content/publications/papers/neurons.pdf",
    "_talks/2020-03-04-talk.md": "content/talks/2020-03-04-talk.md",
    "_software/tool.md": "content/software/tool.md",
    "_posts/2022-01-02-hello.md": "content/articles/2022-01-02-hello.md",
    "_posts/2023-01-02-again.md": "content/articles/2023-01-02-again.md",
    "_drafts/idea.md": "content/_drafts/idea.md",
    "_data/news.yml": "content/data/news.yml",
    "images/me.png": "content/images/me.png",
    "files/cv.pdf": "content/files/cv.pdf",
    "PDF/a.pdf": "content/PDF/a.pdf",
    "assets/own.css": "content/assets/own.css",
    "CNAME": "content/root/CNAME",
    "CV.pdf": "content/root/CV.pdf",
    "google1234.html": "content/root/google1234.html",
    "favicon.ico": "content/root/favicon.ico",
    "robots.txt": "content/root/robots.txt",
}
MENU = "_data/navigation.yml"
LEFT = {
    "config": {"_config.yml"},
    "list": {f"_pages/{name}" for name in ("publications.md", "talks.html", "teaching.html", "tag-archive.html")},
    "unpublished": {"_posts/notes.md", "secret/x.txt"},
    "cache": {"_pages/.ipynb_checkpoints/", ".DS_Store", ".git/"},
    "tool": {"README.md", "Gemfile", "talkmap.py", "markdown_generator/publications.py"},
    "code": {"_includes/my-news.html"},
}
TEMPLATES = {
    *("_publications/2009-10-01-paper-title-number-1.md", "_teaching/2014-spring-teaching-1.md"),
    *("_data/ui-text.yml", "assets/css/main.scss", "assets/js/main.min.js"),
    *("_includes/footer.html", "_layouts/single.html", "_sass/_base.scss"),
}


def test_everything_comes_along_byte_for_byte(whole: Path, site: Site) -> None:
    done = import_site(whole, site.root)
    items = by_path(done.plan.items)
    assert {path: item.to for path, item in items.items() if item.to and path != MENU} == TAKEN
    for path, to in TAKEN.items():
        assert (site.root / to).read_bytes() == (whole / path).read_bytes(), path


def test_what_stays_behind_has_a_reason(whole: Path, site: Site) -> None:
    items = by_path(import_site(whole, site.root).plan.items)
    left = {path for path, item in items.items() if not item.to}
    assert {path for path in left if items[path].template} == TEMPLATES
    assert {kind: {p for p in left - TEMPLATES if items[p].kind == kind} for kind in LEFT} == LEFT
    assert left == TEMPLATES.union(*LEFT.values())
    assert all(items[path].why for path in left)
    assert {item.kind for item in items.values()} <= KINDS.keys()


def test_the_menu_leads_to_where_things_are(whole: Path, site: Site) -> None:
    """A list's entry leads to the address that leads to its section, one whose list is empty goes, all others stay."""
    import_site(whole, site.root)
    assert (site.root / "content/navigation.yml").read_text() == (
        '# Main menu\nmain:\n  - title: "Publications"\n    url: /publications/\n\n'
        '  - title: "Talks"\n    url: "/talks/"\n  - title: "CV"\n    url: /cv/\n'
        '  - title: "Lab"\n    url: https://lab.example.org\n'
    )


def test_old_addresses_that_belong_to_no_page_lead_on(whole: Path, site: Site) -> None:
    """The list at `/publications/` is not among them: the program knows it."""
    import_site(whole, site.root)
    text = (site.root / "content/redirects.yml").read_text()
    assert dict(line.split(": ") for line in text.splitlines()[1:]) == {
        '"/_pages/nameless/"': '"/nameless/"',
        '"/lectures/"': '"/talks/"',
        '"/old-talks/"': '"/talks/"',
        '"/tags/"': '"/year-archive/"',
        '"/teaching/"': '"/"',
    }


def test_settings_and_what_liquid_may_ask_for(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    settings = (site.root / "pelicanconf.py").read_text()
    for line in (
        'SITENAME = "Ann Lee / Home"',
        'AUTHOR = "Ann Lee"',
        'DEFAULT_LANG = "de"',
        'TIMEZONE = "Europe/Berlin"',
        'ANALYTICS = "google-analytics:G-ABC123"',
        'VERIFICATION = {"google-site-verification": "abc123"}',
        'PREVIEW_IMAGE = "images/me.png"',
        'COLLECTIONS = ["publications", "talks", "teaching", "portfolio", "software"]',
        'EXTRA_PATH_METADATA = {"root/pages/old.html": {"path": "_pages/old.html"}}',
    ):
        assert f"{line}\n" in settings
    problems = Problems()
    rest = parse_yaml((site.root / "content/site.yml").read_text(), "site.yml", problems).values
    assert not list(problems)
    assert rest["description"] == "Neurons and networks"
    assert rest["social"] == {"name": "Ann Lee"}, "an alias of what is kept too"
    assert not {"author", "plugins", "exclude", "analytics"} & rest.keys()


@pytest.mark.parametrize("permalink", ["", "/"])
def test_a_home_page_of_another_name_is_at_the_root(tmp_path: Path, site: Site, permalink: str) -> None:
    """Whether it says so or its name does; the example page goes."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\nmine\n")
    files = {path: data for path, data in FILES.items() if path != "_pages/about.md"}
    files |= {"index.md": page(permalink, "Home."), "_pages/about.md": page("/about/", "About me.")}
    import_site(compose(tmp_path / "checkout", files), site.root, overwrite=True)
    built = site.build()
    assert not built.failed
    assert "Home." in built.text("index.html")
    assert "About me." in built.text("about/index.html")


def test_a_list_with_words_of_its_owner_is_a_page(tmp_path: Path, site: Site) -> None:
    more = {
        "_pages/publications.md": page(
            "/publications/", "Most of my papers.\n\n" + LOOP.replace("PLACE", "publications")
        )
    }
    done = import_site(compose(tmp_path / "checkout", {**FILES, **more}), site.root)
    assert by_path(done.plan.items)["_pages/publications.md"].to == "content/pages/publications.md"
    assert "url: /publications/" in (site.root / "content/navigation.yml").read_text()


@pytest.mark.parametrize(
    ("menu", "message"),
    [
        pytest.param("main:\n  - title: 'x\n", "has no menu that can be read", id="no YAML"),
        pytest.param("docs:\n  - title: x\n", "has no menu that can be read", id="another menu"),
        pytest.param(
            "main:\n  - title: x\n", "has no title or no url, and is left out", id="an entry without an address"
        ),
    ],
)
def test_a_menu_that_cannot_be_read_is_named(tmp_path: Path, site: Site, menu: str, message: str) -> None:
    done = import_site(compose(tmp_path / "checkout", {**FILES, MENU: menu}), site.root)
    assert any(message in problem.message for problem in done.warnings)
    assert not (site.root / "content/navigation.yml").exists()
    assert not site.build().failed


def test_the_result_builds(whole: Path, site: Site) -> None:
    import_site(whole, site.root)
    built = site.build(production=True)
    assert not built.failed
    for path in (
        "cv/index.html",
        "nameless/index.html",
        "_pages/old.html",
        "publications/papers/neurons.pdf",
        "CV.pdf",
    ):
        assert (built.output / path).is_file(), path
    assert not list(built.output.rglob("*idea*"))
    assert not list(built.output.rglob("*later*"))


def test_what_a_page_includes_of_the_owners_is_written_into_it(tmp_path: Path, site: Site) -> None:
    """As acad-homepage divides its page; in Jekyll too an include is expanded before Markdown is read."""
    more = {
        "_pages/about.md": page("/", "{% include_relative includes/intro.md %}\n\n{% include my-news.html %}\n"),
        "_pages/includes/intro.md": "# Hello\n\nI study *neurons*. {% include_relative more.md %}\n",
        "_pages/includes/more.md": "And spikes.",
        "_includes/my-news.html": "<p>Moved to {{ site.author.name }}.</p>",
        "google_scholar_crawler/main.py": "x",
    }
    done = import_site(compose(tmp_path / "checkout", {**FILES, **more}), site.root)
    items = by_path(done.plan.items)
    assert done.plan.template == "acad-homepage"
    for part in ("_pages/includes/intro.md", "_pages/includes/more.md", "_includes/my-news.html"):
        assert items[part].to == "content/pages/about.md"
        assert items[part].why == "it is a part of _pages/about.md"
    assert not (site.root / "content/pages/includes").exists()
    text = site.build().text("index.html")
    assert "I study <em>neurons</em>. And spikes." in text
    assert "<p>Moved to Ann Lee.</p>" in text


@pytest.mark.parametrize(
    "include",
    ["{% include_relative ../../secret.txt %}", "{% include_relative about.md %}", "{% include nowhere.html %}"],
    ids=["out of the checkout", "itself", "nothing"],
)
def test_an_include_that_cannot_be_is_left_as_it_is(tmp_path: Path, site: Site, include: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    files = {**FILES, "_pages/about.md": page("/", f"Hello.\n\n{include}\n")}
    import_site(compose(tmp_path / "checkout", files), site.root)
    text = (site.root / "content/pages/about.md").read_text()
    assert "secret\n" not in text
    assert len(text) < 2000


def test_a_page_that_its_layout_wrote_is_named(tmp_path: Path, site: Site) -> None:
    done = import_site(
        compose(tmp_path / "checkout", {**FILES, "_pages/resume.md": page("/resume/", "\n", "CV")}), site.root
    )
    assert [problem.path for problem in done.warnings if "has no text" in problem.message] == ["_pages/resume.md"]


def test_sample_pictures_that_nobody_mentions_are_named_and_come_along(tmp_path: Path, site: Site) -> None:
    """Whether they are the template's own cannot be told from a name."""
    more = {"images/500x300.png": b"x", "files/paper1.pdf": b"x", "images/bio-photo.jpg": b"x"}
    more["_pages/cv.md"] = page("/cv/", "![](/images/bio-photo.jpg)")
    done = import_site(compose(tmp_path / "checkout", {**FILES, **more}), site.root)
    assert {f"content/{path}" for path in more if path[0] != "_"} <= set(done.written)
    (message,) = [problem.message for problem in done.warnings if "a sample of the template" in problem.message]
    assert message.startswith("files/paper1.pdf, images/500x300.png: ")


@pytest.mark.parametrize("talk", [True, False], ids=["with talks", "without"])
def test_the_map_of_talks_comes_along_with_talks(tmp_path: Path, site: Site, talk: bool) -> None:
    files = {**FILES, "talkmap/map.html": "<p>map", "talkmap/org-locations.js": "x"}
    if not talk:
        files.pop("_talks/2020-03-04-talk.md")
    done = import_site(compose(tmp_path / "checkout", files), site.root)
    assert ("content/talkmap/map.html" in done.written) is talk


def test_an_own_page_for_what_is_not_found_takes_the_place_of_the_programs(tmp_path: Path, site: Site) -> None:
    more = {"_pages/404.md": page("/404.html", "Nothing here, dear.", "Lost")}
    import_site(compose(tmp_path / "checkout", {**FILES, **more}), site.root)
    assert "Nothing here, dear." in site.build(production=True).text("404.html")


def test_a_file_at_the_root_never_hides_the_home_page(tmp_path: Path, site: Site) -> None:
    done = import_site(compose(tmp_path / "checkout", {**FILES, "index.html": "<p>under construction"}), site.root)
    assert any("content/root/index-2.html" in problem.message for problem in done.warnings)
    assert "I study neurons" in site.build().text("index.html")


@pytest.mark.parametrize("future", [True, False])
def test_what_is_dated_in_the_future_stays_as_it_was(tmp_path: Path, site: Site, future: bool) -> None:
    """Not published, unless the old site says `future: true`, as the template does."""
    config = str(FILES["_config.yml"]) + "future: true\n" * future
    later = {"_posts/2199-01-01-later.md": page("/later-on/", "Under embargo."), "_config.yml": config}
    import_site(compose(tmp_path / "checkout", {**FILES, **later}), site.root)
    assert (site.build().output / "later-on/index.html").exists() is future


@pytest.mark.parametrize("name", ["faq.html", "authors.md", "install.md", "license.md"])
def test_a_page_is_the_owners_whatever_its_name(tmp_path: Path, site: Site, name: str) -> None:
    done = import_site(compose(tmp_path / "checkout", {**FILES, name: page("", "Some words.")}), site.root)
    assert by_path(done.plan.items)[name].to == f"content/pages/{name}"
