"""A page that its author keeps out, in whatever words, is in no file of the site."""

import pytest

from tests.conftest import Built, Site, new_site

FALSE = (
    "false",
    "False",
    "FALSE",
    '"false"',
    "'False'",
    "no",
    "off",
    "No",
    '"no"',
    "'off'",
    "0",
    '"0"',
    "0.0",
    "n",
    "never",
    "!!str false",
)
TRUE = ("true", "True", '"true"', "yes", "on", "'Yes'", "1", '"1"', "y", "2020-01-31")
AS_JEKYLL = ("false", "False", "FALSE", "no", "off", "No")  # of `published`, where they are no text
KEYS_FALSE = ("published", "Published", "PUBLISHED", "publish", "' published '")
KEYS_TRUE = ("draft", "Draft", "DRAFT", "unpublished", "private", "Private")
STATUSES = (
    "status: draft",
    "status: Draft",
    "status: DRAFT",
    'status: "draft"',
    "Status: draft",
    "STATUS: Draft",
    "status: skip",
)
SILENT = {*(f"published: {value}" for value in AS_JEKYLL), *(line for line in STATUSES if line.startswith("status"))}

DRAFTS = [
    *(f"{key}: {value}" for key in KEYS_FALSE for value in FALSE),
    *(f"{key}: {value}" for key in KEYS_TRUE for value in TRUE),
    *STATUSES,
    "published: true\ndraft: true",
    "draft: true\npublished: true",
    "status: published\npublished: false",
    "Published: no\nstatus: hidden",
    *(f"[Pelican] {line}" for line in ("Status: draft", "Published: false", "Draft: true", "STATUS: DRAFT")),
]
PUBLISHED = [
    *(f"published: {value}" for value in (*TRUE, "", "~")),
    *(f"draft: {value}" for value in (*FALSE, "", "null")),
    *("Published: yes", "publish: true", "Draft: no", "unpublished: false", "private: 0"),
    *("status: published", "status: Published", "status: hidden", "Status: published", "drafts: 3", "pub: false"),
]
UNCLEAR = [
    f"{key}: {value}"
    for key in ("published", "draft")
    for value in ("maybe", "[false]", "{a: false}", "'in May'", "fasle")
]


def page(line: str, address: str, words: str) -> str:
    """Return a page with one more line of front matter, and words in every place that is printed elsewhere too."""
    if line.startswith("[Pelican] "):
        return f"Title: {words}\n{line.removeprefix('[Pelican] ')}\nDescription: {words}\n\n{words}\n"
    return (
        f"---\ntitle: {words}\npermalink: /{address}/\n{line}\nmenu: {words}\ndescription: {words}\n"
        f"redirect_from: [/old-{address}/]\nauthor: {{name: {words}}}\n---\n{words}\n"
    )


def build(site: Site, lines: list[str], **settings: object) -> Built:
    """Build a site with a page and an article for each line."""
    site.write("content/pages/home.md", "---\npermalink: /\nmenu: Home\n---\nHome.\n")
    for number, line in enumerate(lines):
        site.write(f"content/pages/p{number}.md", page(line, f"p{number}", f"Words-{number}-"))
        site.write(f"content/articles/2020-01-01-a{number}.md", page(line, f"a{number}", f"Words-{number}-"))
    return site.build(production=True, **settings)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site whose other pages are drafts."""
    return build(new_site(tmp_path_factory.mktemp("drafts") / "site"), DRAFTS)


@pytest.fixture(scope="module")
def texts(drafts: Built) -> str:
    """Return the names and the texts of all files of that site."""
    return "\n".join(
        f"{name}/\n{(drafts.output / name).read_text('utf-8', errors='replace')}" for name in drafts.files()
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """Return the warnings and the files of a site of pages whose front matter keeps them in."""
    built = build(new_site(tmp_path_factory.mktemp("published") / "site"), PUBLISHED)
    return built.lines, built.files()


@pytest.mark.parametrize("number", range(len(DRAFTS)), ids=[repr(line) for line in DRAFTS])
def test_a_draft_is_in_no_file(drafts: Built, texts: str, number: int) -> None:
    assert not drafts.failed, drafts.lines
    assert not [mark for mark in (f"Words-{number}-", f"p{number}/", f"a{number}/") if mark in texts]
    line = DRAFTS[number]
    warned = [
        each
        for each in drafts.lines
        if each.startswith((f"content/pages/p{number}.md:", f"content/articles/2020-01-01-a{number}.md:"))
    ]
    silent = line in SILENT or "published: false" in line or line.startswith(("[Pelican] S", "[Pelican] P"))
    assert len(warned) == (0 if silent else 2), warned
    assert all("keeps the page out, as a draft; write 'published: false'" in each for each in warned)


@pytest.mark.parametrize("number", range(len(PUBLISHED)), ids=[repr(line) for line in PUBLISHED])
def test_a_page_that_is_no_draft_is_published(published: tuple[list[str], list[str]], number: int) -> None:
    lines, files = published
    assert lines == []
    assert {f"p{number}/index.html", f"a{number}/index.html", f"old-p{number}/index.html"} <= set(files)


@pytest.mark.parametrize("line", UNCLEAR)
def test_a_value_that_is_neither_is_an_error(site: Site, line: str) -> None:
    built = build(site, [line])
    assert built.failed
    key = line.partition(":")[0]
    assert len(built.lines) == 2
    assert all(f": {key}: " in each and "is neither true nor false; write one of them" in each for each in built.lines)


def test_drafts_are_shown_on_demand(site: Site) -> None:
    files = build(site, ['published: "false"', "draft: true", "status: draft"], SHOW_DRAFTS=True).files()
    assert {f"{kind}{number}/index.html" for kind in "pa" for number in range(3)} <= set(files)


def test_an_article_of_the_future_is_a_draft_where_the_site_says_so(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    site.write("content/articles/2999-01-01-later.md", "---\ntitle: Later\nredirect_from: /old/\n---\nWords-later\n")
    built = site.build(WITH_FUTURE_DATES=False)
    assert not built.failed, built.lines
    assert not [name for name in built.files() if b"Words-later" in (built.output / name).read_bytes()]
    assert not any(name.startswith(("old", "drafts", "later")) for name in built.files())


def test_a_draft_is_not_in_the_menu_of_the_site(site: Site) -> None:
    site.write(
        "content/navigation.yml",
        "main:\n  - title: Home\n    url: /\n  - title: Words-0-\n    url: /p0/\n  - title: CV\n    url: /cv/\n",
    )
    site.write("content/pages/cv.md", "---\npermalink: /cv/\n---\nCV.\n")
    built = build(site, ["draft: yes"])
    assert "Words-0-" not in built.text("index.html")
    assert any("navigation.yml" in line for line in built.lines), built.lines
