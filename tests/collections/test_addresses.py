"""The old addresses of entries and their lists lead to where a page shows them now, in one step."""

import json
import time
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.addresses import answering_file, encode
from plugins.collections.addresses import old_addresses
from plugins.collections.entry import Entry
from plugins.collections.placing import Placed
from plugins.problems import Place, Problems
from plugins.redirects.parse import parse_source
from plugins.redirects.plan import make_plan
from plugins.site import Document, Page, Redirect
from plugins.yaml_mapping import Value
from tests.conftest import Built, Site, new_site

HOME = Page("content/pages/about.md", "", "index.html", "Me")
SECTIONS = {"publications": "/#publications", "talks": "/#talks"}


def entry(anchor: str, collection: str = "publications", **keys: str | tuple[str, ...]) -> Entry:
    """Return an entry of a file with the name of its anchor."""
    place = Place(f"content/{collection}/{anchor}.md")
    return Entry(collection, anchor, place, anchor, Markup(anchor), **keys)  # type: ignore[arg-type]


def documents_of(entries: Iterable[Entry]) -> list[Document]:
    """Return the files of entries; `permalink` stands on line 3."""
    return [
        Document(each.collection, each.place.path, each.place.path.split("/", 2)[2], lines={"permalink": 3})
        for each in entries
        if each.place.path.endswith(".md")
    ]


def planned(
    entries: Iterable[Entry],
    placed: Placed | None = None,
    *,
    declared: Iterable[Redirect] = (),
    others: Iterable[Page] = (),
    config: Mapping[str, Value] = {},
) -> tuple[dict[str, str], list[str]]:
    """Return what each stub leads to, by its file, and the warnings; by default the home page shows all entries."""
    entries, problems = list(entries), Problems()
    anchors = {(each.collection, each.anchor): f"/#{encode(each.anchor)}" for each in entries}
    placed = placed or Placed([HOME], SECTIONS, anchors)
    found = old_addresses(entries, documents_of(entries), placed, config, parse_source, problems)
    plan = make_plan([*declared, *found], [page.output for page in (HOME, *others)], problems)
    return {file: redirect.target for file, redirect in plan.stubs.items()}, [str(each) for each in problems]


ANSWERED: dict[str, tuple[Entry, list[str]]] = {
    "a permalink of academicpages": (
        entry("2009-10-01-x", permalink="/publication/2009-10-01-x"),
        ["/publication/2009-10-01-x", "/publication/2009-10-01-x.html", "/publication/2009-10-01-x/"],
    ),
    "a permalink with a slash": (entry("x", permalink="/talks/one/"), ["/talks/one/", "/talks/one"]),
    "a permalink without a slash in front": (entry("x", permalink="pubs/x/"), ["/pubs/x/"]),
    "a permalink with an extension": (entry("x", permalink="/pubs/x.html"), ["/pubs/x.html", "/pubs/x"]),
    "letters beyond ASCII": (entry("größe", permalink="/arbeiten/größe"), ["/arbeiten/größe", "/arbeiten/größe.html"]),
    "an encoded permalink": (entry("x", permalink="/a%20b/%E8%AE%BA/"), ["/a b/论/"]),
    "a name of a file in the permalink": (
        entry("2020-01-02-x", permalink="/:collection/:title/"),
        ["/publications/x/"],
    ),
    "a name with other signs": (entry("2020-01-02-X y, 100% #1"), ["/publications/2020-01-02-X y, 100% #1/"]),
    "a title with other signs": (
        entry("2020-01-02-X y, 100% #1", permalink="/:title/:name/"),
        ["/X-y,-100-1/2020-01-02-x-y-100-1/"],
    ),
    "no permalink": (entry("2020-01-02-x"), ["/publications/2020-01-02-x/", "/publications/2020-01-02-x"]),
    "no permalink, in a folder": (
        entry("x")._replace(place=Place("content/publications/2020/x.md")),
        ["/publications/2020/x/"],
    ),
    "redirect_from": (entry("x", permalink="/p/x", redirect_from=("/old/x", "a.html")), ["/old/x", "/a.html", "/p/x"]),
    "two forms of one address": (
        entry("x", permalink="/p/x", redirect_from=("/p/x/", "/p/x", "/p/x.html")),
        ["/p/x", "/p/x/", "/p/x.html"],
    ),
}


@pytest.mark.parametrize(("old", "addresses"), ANSWERED.values(), ids=ANSWERED)
def test_an_entrys_old_address_leads_to_its_anchor(old: Entry, addresses: list[str]) -> None:
    """As Jekyll computes it, with the file that Jekyll writes, and without a word."""
    stubs, warnings = planned([old])
    for address in addresses:
        file = answering_file(address, stubs)
        assert file, address
        assert stubs[file] == f"/#{encode(old.anchor)}"
    assert warnings == []


def test_a_list_leads_to_its_section_and_so_do_the_addresses_that_lead_to_it() -> None:
    """In one step; `/talks` leads to `/talks/`, as the import writes it of the list's page."""
    was = [("/talks", "/talks/"), ("/lectures/", "/talks"), ("/old.html", "/publication/x")]
    declared = [Redirect(source, target, Place("content/redirects.yml"), source) for source, target in was]
    stubs, warnings = planned([entry("x", permalink="/publication/x"), entry("y", "talks")], declared=declared)
    assert {file: stubs[file] for file in ("talks/index.html", "talks.html", "lectures/index.html", "old.html")} == {
        "talks/index.html": "/#talks",
        "talks.html": "/#talks",
        "lectures/index.html": "/#talks",
        "old.html": "/#x",
    }
    assert warnings == []


@pytest.mark.parametrize("save_as", ["talks/index.html", "talks.html", "Talks/index.html"])
def test_an_own_page_keeps_the_address_of_a_list_or_of_a_name(save_as: str) -> None:
    """Nobody wrote these addresses, so that nothing is said."""
    own = Page("content/pages/talks.md", "talks/", save_as, "Talks")
    below = Page("content/pages/y.md", "talks/y/", "talks/y/index.html", "Y")
    stubs, warnings = planned([entry("y", "talks")], others=[own, below])
    assert "publications/index.html" in stubs
    assert not {file for file in stubs if file.startswith("talks")}
    assert warnings == []


def test_what_is_declared_has_precedence_over_a_default() -> None:
    declared = Redirect("/talks/", "/cv/", Place("content/redirects.yml", 1), "/talks/")
    assert planned([entry("y", "talks")], declared=[declared])[0]["talks/index.html"] == "/cv/"


A, B = entry("a", permalink="/p/x"), entry("b", permalink="/p/x")
CLASHES: dict[str, tuple[list[Entry], str, str]] = {
    "two entries": (
        [A, B],
        "/#a",
        "content/publications/b.md:3: warning: permalink: '/p/x' is claimed for '/#b' here and, as '/p/x', for '/#a' in "
        "content/publications/a.md:3; keep one of them",
    ),
    "two entries, in two forms": (
        [A, B._replace(permalink="/p/x/")],
        "/#a",
        "content/publications/b.md:3: warning: permalink: '/p/x/' is claimed for '/#b' here and, as '/p/x', for '/#a' in "
        "content/publications/a.md:3; keep one of them",
    ),
    "two entries, but for their case": (
        [A, B._replace(permalink="/p/X")],
        "/#a",
        "content/publications/b.md:3: warning: permalink: '/p/X' is claimed for '/#b' here and, as '/p/x', for '/#a' in "
        "content/publications/a.md:3; keep one of them",
    ),
    "another entry's redirect_from": (
        [entry("c", permalink="/p/c", redirect_from=("/p/x",)), A],
        "/#a",
        "content/publications/c.md: warning: redirect_from: '/p/x' is claimed for '/#c' here and, as '/p/x', for '/#a' in "
        "content/publications/a.md:3; keep one of them",
    ),
    "no path": (
        [A, entry("b", permalink="/p?x=1")],
        "/#a",
        "content/publications/b.md:3: warning: permalink: '/p?x=1' has a query, which stubs cannot match, and leads "
        "nowhere; write '/p', or declare it in redirects.yml",
    ),
}


@pytest.mark.parametrize(("entries", "target", "warning"), CLASHES.values(), ids=CLASHES)
def test_of_two_the_first_has_an_address(entries: list[Entry], target: str, warning: str) -> None:
    """The old site had one page at it, too; both entries are shown, so that this is a warning."""
    stubs, warnings = planned(entries)
    assert stubs["p/x.html"] == target
    assert warnings == [warning]


def test_a_page_at_an_entrys_address_stays() -> None:
    own = Page("content/pages/x.md", "p/x/", "p/x/index.html", "X")
    stubs, warnings = planned([A], others=[own])
    assert "p/x/index.html" not in stubs
    assert warnings == [
        "content/publications/a.md:3: warning: permalink: '/p/x' is already an address of content/pages/x.md, which "
        "stays; write another"
    ]


@pytest.mark.parametrize("permalink", ["https://doi.org/10.1/x", "//arxiv.org/abs/1", "mailto:a@b.example"])
def test_a_permalink_elsewhere_is_no_address_of_the_site(permalink: str) -> None:
    stubs, warnings = planned([entry("a", permalink=permalink)])
    assert set(stubs) == {"publications/index.html", "talks/index.html"}
    assert warnings == []


def test_what_a_list_of_publications_names_had_no_page() -> None:
    """And no address, unless a file of the same publication has one."""
    stubs, _ = planned([entry("a")._replace(place=Place("content/publications.bib", 12))])
    assert set(stubs) == {"publications/index.html", "talks/index.html"}


def test_the_configuration_of_the_old_site_names_the_pattern_of_a_collection() -> None:
    config: dict[str, Value] = {"collections": {"publications": {"permalink": "/pub/:name:output_ext"}, "talks": None}}
    stubs, _ = planned([entry("2020-1-2-x"), entry("y", "talks")], config=config)
    assert {"pub/2020-1-2-x.html": "/#2020-1-2-x", "talks/y/index.html": "/#y"}.items() <= stubs.items()


def test_entries_that_a_page_shows_one_by_one_lead_there() -> None:
    """Their list to the page that has the first one."""
    own = Page("content/pages/cv.md", "cv/", "cv/index.html", "CV")
    placed = Placed([HOME, own], {}, {("talks", "y"): "/cv/#y"})
    stubs, warnings = planned([entry("y", "talks", permalink="/talks/y")], placed, others=[own])
    assert (stubs["talks/y.html"], stubs["talks/index.html"]) == ("/cv/#y", "/cv/")
    assert warnings == []


def test_entries_that_a_page_lists_in_its_own_words_lead_to_these() -> None:
    """To the heading above them; that their section does not follow is another warning's matter."""
    placed = Placed([HOME], own={"talks": "/#my-talks"})
    stubs, warnings = planned([entry("y", "talks", permalink="/talks/y")], placed)
    assert (stubs["talks/y.html"], stubs["talks/index.html"]) == ("/#my-talks", "/#my-talks")
    assert warnings == []


def test_entries_that_no_page_shows_lead_home_for_the_time_being() -> None:
    """With one warning for all of them: a redirect to nothing helps nobody."""
    entries = [entry("y", "talks", permalink="/talks/y"), entry("z", "talks")]
    problems = Problems()
    found = old_addresses(entries, documents_of(entries), Placed([HOME]), {}, parse_source, problems)
    assert [(each.source, each.target, each.status) for each in found] == [
        ("/talks/y", "/", 302),
        ("/talks/z/", "/", 302),
        ("/talks/", "/", 302),
    ]
    assert [str(problem) for problem in problems] == [
        "content/talks: warning: holds entries that no page shows: their old addresses lead to the home page; "
        "add 'talks' to SECTIONS, or write '{% section talks %}' into a page"
    ]


WRITTEN = st.text(st.sampled_from("/ab.:?#%2é\\\n\0 -"), max_size=12)


@given(st.lists(st.tuples(WRITTEN, st.lists(WRITTEN, max_size=2)), max_size=4))
def test_no_address_of_an_entry_ends_a_build(written: list[tuple[str, list[str]]]) -> None:
    """Whatever stands in front matter: at most a warning, and each stub leads to an anchor."""
    entries = [
        entry(f"e{number}", permalink=permalink, redirect_from=tuple(former))
        for number, (permalink, former) in enumerate(written)
    ]
    stubs, warnings = planned(entries)
    assert all(": warning: " in line for line in warnings)
    assert set(stubs.values()) <= {*SECTIONS.values(), *(f"/#{each.anchor}" for each in entries)}


def test_ten_thousand_entries_take_ten_times_as_long_as_a_thousand() -> None:
    def seconds(count: int) -> float:
        entries = [entry(f"e{n}", permalink=f"/publication/{n}", redirect_from=(f"/old/{n}/",)) for n in range(count)]
        started = time.process_time()
        assert len(planned(entries)[0]) == 3 * count + 2
        return time.process_time() - started

    seconds(100)
    assert seconds(10_000) < 25 * max(seconds(1000) for _ in range(2))


PAGES = {
    "content/pages/about.md": "---\npermalink: /\n---\n[paper](/publication/one) [talks](/talks/) [all]({{ site.url }}{{ site.baseurl }}/portfolio)\n",
    "content/publications/one.md": "---\ntitle: One\npermalink: /publication/one\nredirect_from: /paper1\n---\n",
    "content/publications/2020-01-02-两.md": "---\ntitle: Two\n---\n",
    "content/talks/three.md": "---\ntitle: Three\npermalink: /talks/three/\n---\n[paper](../../publication/one)\n",
    "content/teaching/four.md": "---\ntitle: Four\npermalink: /teaching/four\n---\n",
    "content/portfolio/five.md": "---\ntitle: Five\n---\n",
    "content/navigation.yml": "main:\n- {title: Papers, url: /publications/}\n- {title: Talks, url: /talks/}\n",
    "content/redirects.yml": "/publications.html: /publications/\n/talks: /talks/\n",
}
OLD = {
    "/publication/one": "/#one",
    "/publication/one.html": "/#one",
    "/paper1": "/#one",
    "/publications/2020-01-02-两/": "/#2020-01-02-%E4%B8%A4",
    "/talks/three/": "/#three",
    "/teaching/four": "/#four",
    "/portfolio/five/": "/#five",
    "/publications/": "/#publications",
    "/publications.html": "/#publications",
    "/talks": "/#talks",
    "/talks/": "/#talks",
    "/teaching/": "/#teaching",
    "/portfolio/": "/#portfolio",
}


@pytest.fixture(scope="module", params=["https://ann.example", "https://ann.example/lab"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, str]:
    """Build a site with every collection; return it with the path below which it lives."""
    site = new_site(tmp_path_factory.mktemp("collections") / "site")
    for path, text in PAGES.items():
        site.write(path, text)
    built = site.build(production=True, SITEURL=request.param)
    assert built.lines == []
    return built, request.param.removeprefix("https://ann.example")


@pytest.mark.parametrize(("address", "target"), OLD.items(), ids=OLD)
def test_every_old_address_of_a_site_answers_with_an_anchor(
    built: tuple[Built, str], address: str, target: str
) -> None:
    """The stub leads there, and the page has it."""
    output, base = built
    file = answering_file(address, output.files())
    assert file
    html = output.text(file)
    assert f'content="0; url={base}{target}"' in html
    assert f'rel="canonical" href="https://ann.example{base}/"' in html


def test_the_list_of_redirects_names_the_addresses(built: tuple[Built, str]) -> None:
    """As they were, those that nobody wrote too."""
    output, base = built
    listed = json.loads(output.text("redirects.json"))
    assert listed["/portfolio/five/"] == f"https://ann.example{base}/#five"
    assert {unquote(address) for address in listed} == set(OLD) - {"/publication/one.html"}


def test_links_and_menu_of_the_site_lead_to_the_anchors_themselves(built: tuple[Built, str]) -> None:
    output, base = built
    html = output.text("index.html")
    assert f'<a href="{base}/#publications">Papers</a>' in html
    assert f'<a href="{base}/#talks">Talks</a>' in html
    assert f'<a href="{base}/#one">paper</a> <a href="{base}/#talks">talks</a> <a href="{base}/#portfolio">' in html


def test_old_addresses_lead_to_a_heading_that_the_page_has_already(site: Site) -> None:
    site.write("content/pages/about.md", "---\npermalink: /\n---\n## My Publications\n\nOne. Two.\n")
    site.write("content/publications/one.md", "---\ntitle: One\npermalink: /publication/one\n---\n")
    built = site.build()
    assert [line.partition(", so that")[0] for line in built.lines] == [
        "content/pages/about.md: warning: the page has the heading 'My Publications'"
    ]
    assert 'id="my-publications"' in built.text("index.html")
    for file in ("publication/one.html", "publications/index.html"):
        assert 'url=/#my-publications"' in built.text(file)
