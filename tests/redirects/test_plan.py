"""The plan: each numbered rule of plugins.redirects.plan as rows of a table, and what holds for any table."""

from typing import get_args
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.addresses import encode, fold
from plugins.problems import Place, Problems
from plugins.redirects.plan import Claims, canonical, make_plan, next_redirect
from plugins.redirects.stub import stub_files
from plugins.site import Claim, Output, Redirect, RedirectPlan

PAGES = [
    Output("a/index.html", "a.md"),
    Output("b.html", "b.md"),
    Output("CV/index.html", "cv.md"),
    Output("files/x.pdf", "content/files/x.pdf"),
]


def redirects(*pairs: tuple[str, str]) -> list[Redirect]:
    """Return (source, target) pairs as redirects declared on line 1, 2, … of `p.md`."""
    return [
        Redirect(source, target, Place("p.md", line, "redirect_from"), source)
        for line, (source, target) in enumerate(pairs, 1)
    ]


SETTLED = {
    "a source becomes a stub and a rule": ([("/old/", "/a/")], {"/old/": "/a/"}, {"old/index.html": "/a/"}),
    "an extension-less source answers as file and as folder": (
        [("/old", "/a/")],
        {"/old": "/a/"},
        {"old.html": "/a/", "old/index.html": "/a/"},
    ),
    "the same source for the same target counts once": (
        [("/old/", "/a/"), ("/old/", "/a/")],
        {"/old/": "/a/"},
        {"old/index.html": "/a/"},
    ),
    "two forms of a source for one target share their stub": (
        [("/old/", "/a/"), ("/old", "/a/")],
        {"/old/": "/a/", "/old": "/a/"},
        {"old/index.html": "/a/", "old.html": "/a/"},
    ),
    "two spellings of a source in case for one target are both kept": (
        [("/Old/", "/a/"), ("/old/", "/a/")],
        {"/Old/": "/a/", "/old/": "/a/"},
        {"Old/index.html": "/a/", "old/index.html": "/a/"},
    ),
    "a chain leads straight to its end": (
        [("/x/", "/y/"), ("/y/", "/z"), ("/z/", "/a/")],
        {"/x/": "/a/", "/y/": "/a/", "/z/": "/a/"},
        {"x/index.html": "/a/", "y/index.html": "/a/", "z/index.html": "/a/"},
    ),
    "a chain leads out of the site": (
        [("/x/", "/y/"), ("/y/", "https://example.org/")],
        {"/x/": "https://example.org/", "/y/": "https://example.org/"},
        {"x/index.html": "https://example.org/", "y/index.html": "https://example.org/"},
    ),
    "query and fragment survive a chain, the last ones win": (
        [("/x/", "/y/?q=1#one"), ("/y/", "/a/#two")],
        {"/x/": "/a/?q=1#two", "/y/": "/a/#two"},
        {"x/index.html": "/a/?q=1#two", "y/index.html": "/a/#two"},
    ),
    "a fragment on the way is carried to the end of a chain": (
        [("/x/", "/y/#one"), ("/y/", "/z/"), ("/z/", "https://example.org/")],
        {"/x/": "https://example.org/#one", "/y/": "https://example.org/", "/z/": "https://example.org/"},
        {
            "x/index.html": "https://example.org/#one",
            "y/index.html": "https://example.org/",
            "z/index.html": "https://example.org/",
        },
    ),
    "a query on the way is carried to the end of a chain": (
        [("/x/", "/y/?q=1"), ("/y/", "/a/#two")],
        {"/x/": "/a/?q=1#two", "/y/": "/a/#two"},
        {"x/index.html": "/a/?q=1#two", "y/index.html": "/a/#two"},
    ),
    "a form of a source may lead to another form, which leads elsewhere": (
        [("/x", "/x/"), ("/x/index.html", "/x"), ("/x/", "/a/#b")],
        {"/x": "/a/#b", "/x/index.html": "/a/#b", "/x/": "/a/#b"},
        {"x.html": "/a/#b", "x/index.html": "/a/#b"},
    ),
    "a source named for two targets that lead to one counts once": (
        [("/old/", "/x/"), ("/old/", "/a/"), ("/x/", "/a/")],
        {"/old/": "/a/", "/x/": "/a/"},
        {"old/index.html": "/a/", "x/index.html": "/a/"},
    ),
    "another form of the target gets a stub and no rule": ([("/a.html", "/a/")], {}, {"a.html": "/a/"}),
    "the slashless form of the target gets Jekyll's stub and no rule": ([("/a", "/a/")], {}, {"a.html": "/a/"}),
    "a stub with another source below it moves into its folder": (
        [("/old.html", "/a/"), ("/old.html/x/", "/a/")],
        {"/old.html": "/a/", "/old.html/x/": "/a/"},
        {"old.html/index.html": "/a/", "old.html/x/index.html": "/a/"},
    ),
    "the root may lead elsewhere": ([("/", "/a/")], {"/": "/a/"}, {"index.html": "/a/"}),
}
REPORTED = {
    "a page of another file": (
        [("/a/", "/b.html")],
        ["p.md:1: warning: redirect_from: '/a/' is already an address of a.md, which stays; remove this entry"],
    ),
    "a page by another form of its address": (
        [("/a", "/b.html")],
        ["p.md:1: warning: redirect_from: '/a' is already an address of a.md, which stays; remove this entry"],
    ),
    "a static file": (
        [("/files/x.pdf", "/a/")],
        [
            "p.md:1: warning: redirect_from: '/files/x.pdf' is already an address of content/files/x.pdf, which stays; "
            "remove this entry"
        ],
    ),
    "below a static file": (
        [("/files/x.pdf/old/", "/a/")],
        [
            "p.md:1: warning: redirect_from: '/files/x.pdf/old/' would need a folder where content/files/x.pdf is a "
            "file, which stays; remove this entry"
        ],
    ),
    "a page but for its case": (
        [("/cv/", "/a/")],
        [
            "p.md:1: redirect_from: '/cv/' differs only in case from cv.md, which a disk or host that ignores case "
            "would lose; remove this entry"
        ],
    ),
    "its own target but for the case": (
        [("/People/", "/people/")],
        [
            "p.md:1: redirect_from: '/People/' differs only in case from its target '/people/', which a disk or host "
            "that ignores case would lose; remove this entry"
        ],
    ),
    "two targets": (
        [("/old/", "/a/"), ("/old/", "/b.html")],
        [
            "p.md:2: redirect_from: '/old/' is claimed for '/b.html' here and, as '/old/', for '/a/' in p.md:1; "
            "keep one of them"
        ],
    ),
    "two targets for two forms of a source": (
        [("/old", "/a/"), ("/old/index.html", "/b.html")],
        [
            "p.md:2: redirect_from: '/old/index.html' is claimed for '/b.html' here and, as '/old', for '/a/' in "
            "p.md:1; keep one of them"
        ],
    ),
    "two targets for two spellings of a source": (
        [("/Old/", "/a/"), ("/old/", "/b.html")],
        [
            "p.md:2: redirect_from: '/old/' is claimed for '/b.html' here and, as '/Old/', for '/a/' in p.md:1; "
            "keep one of them"
        ],
    ),
    "a circle of two": (
        [("/x/", "/y/"), ("/y/", "/x/")],
        [
            "p.md:1: redirect_from: '/x/' leads in a circle: → '/y/' (p.md:2) → '/x/'; remove one of them",
            "p.md:2: redirect_from: '/y/' leads in a circle: → '/x/' (p.md:1) → '/y/'; remove one of them",
        ],
    ),
    "a circle of one": (
        [("/x/", "/x/?again")],
        ["p.md:1: redirect_from: '/x/' leads to itself; name another target"],
    ),
    "a way into a circle is no fault of its own": (
        [("/w/", "/x/"), ("/x/", "/x/")],
        ["p.md:2: redirect_from: '/x/' leads to itself; name another target"],
    ),
    "another form of some other page": (
        [("/b/", "/a/")],
        [
            "p.md:1: warning: redirect_from: '/b/' is another form of an address of b.md, so that hosts get no "
            "rule for it; remove this entry"
        ],
    ),
    "a folder that would hide its own target": (
        [("/b/", "/b")],
        [
            "p.md:1: warning: redirect_from: '/b/' is another form of '/b', and its stub would hide that page on some "
            "hosts; remove this entry"
        ],
    ),
}


CANONICAL = {
    "/a": "/a",
    "/a/": "/a",
    "/a.html": "/a",
    "/a.HTM": "/a",
    "/a/index.html": "/a",
    "/a/index": "/a",
    "/a.php": "/a.php",
    "/a.html/": "/a.html",
    "/": "/",
    "/index.html": "/",
    "/index": "/",
    "//": "/",
}


@pytest.mark.parametrize(("path", "form"), CANONICAL.items(), ids=CANONICAL)
def test_the_forms_of_an_address_have_one_canonical_form(path: str, form: str) -> None:
    """The root too."""
    assert canonical(path) == form


@pytest.mark.parametrize(("pairs", "rules", "stubs"), SETTLED.values(), ids=SETTLED)
def test_a_plan_settles_without_a_problem(
    pairs: list[tuple[str, str]], rules: dict[str, str], stubs: dict[str, str]
) -> None:
    """What can be settled is settled."""
    finished = make_plan(redirects(*pairs), PAGES, problems := Problems())
    assert list(problems) == []
    assert {redirect.source: redirect.target for redirect in finished.rules} == rules
    assert {file: redirect.target for file, redirect in finished.stubs.items()} == stubs


@pytest.mark.parametrize(("pairs", "lines"), REPORTED.values(), ids=REPORTED)
def test_a_plan_reports(pairs: list[tuple[str, str]], lines: list[str]) -> None:
    """What cannot be settled is one line that names both places."""
    make_plan(redirects(*pairs), PAGES, problems := Problems())
    assert [str(problem) for problem in problems] == lines


YIELDING = {
    "a page": "/a/",
    "a page, by another form of its address": "/a.html",
    "a file that would be a folder": "/files/x.pdf/y/",
    "a page but for its case": "/cv/",
    "a declared redirect": "/taken/",
    "a declared redirect, in another form": "/taken/index.html",
    "a declared redirect but for its case": "/Taken/",
    "itself": "/self/",
}


@pytest.mark.parametrize("source", YIELDING.values(), ids=YIELDING)
@pytest.mark.parametrize("claim", ["former", "default"])
def test_what_nobody_declared_yields(source: str, claim: Claim) -> None:
    """With one warning, or without a word; wherever it stands among the others, which are not touched."""
    declared = redirects(("/taken/", "/a/"), ("/free/", "/a/"))
    target = "/self/?again" if source == "/self/" else "/b.html"
    yielding = Redirect(source, target, Place("e.md", 3, "permalink"), source, claim=claim)
    finished = make_plan([yielding, *declared], PAGES, problems := Problems())
    stays = {"/taken/": "/a/", "/free/": "/a/"} | (
        {source: target} if source == "/a.html" and claim == "former" else {}
    )
    assert {redirect.source: redirect.target for redirect in finished.redirects} == stays
    assert [(problem.path, problem.line, problem.warning) for problem in problems] == (
        [("e.md", 3, True)] if claim == "former" else []
    )


@pytest.mark.parametrize("order", [1, -1], ids=["from its beginning", "from its end"])
def test_each_redirect_of_a_long_chain_is_followed_once(monkeypatch: pytest.MonkeyPatch, order: int) -> None:
    """Planning is linear: a chain of 5,000 ends at its last target after as many steps."""
    steps = 0

    def count(target: str, claims: Claims) -> Redirect | None:
        nonlocal steps
        steps += 1
        assert steps <= 5000
        return next_redirect(target, claims)

    monkeypatch.setattr("plugins.redirects.plan.next_redirect", count)
    chain = redirects(*((f"/{n}/", f"/{n + 1}/") for n in range(5000)))
    finished = make_plan(chain[::order], [], problems := Problems())
    assert list(problems) == []
    assert {redirect.target for redirect in finished.redirects} == {"/5000/"}
    assert steps == 5000


STEMS = ("a", "A", "b", "b/c", "d", "\u00fc", "u\u0308")
FORMS = ("", "/", ".html", "/index.html")
PATHS = st.sampled_from(
    [f"/{stem}{form}" for stem in STEMS for form in FORMS]
    + ["/a.php", "/a.html/", "/a.html/x", "/b/c.html", "/b/C/", "/.x", "/", "/index.html"]
)
TABLES = st.lists(st.tuples(PATHS, PATHS.map(encode), st.sampled_from(get_args(Claim))), max_size=12)
FILES = st.sets(st.sampled_from(["a/index.html", "b.html", "d", "c/index.html", "index.html", "B/C.html", "a.html/x"]))


def follow(finished: RedirectPlan, at: str, files: set[str]) -> int:
    """Return how many stubs a visitor of a plain file server passes, from a path on."""
    hops = 0
    while True:
        found = (at[1:], f"{at[1:]}.html", f"{at[1:]}/index.html".lstrip("/"), f"{at[1:]}index.html")
        file = next((file for file in found if file in finished.stubs or file in files), None)
        if file is None or file in files:
            return hops
        hops += 1
        assert hops < 9, "a circle"
        target = finished.stubs[file].target
        if not target.startswith("/"):
            return hops
        at = unquote(urlsplit(target).path)


@given(TABLES, FILES)
def test_no_plan_holds_a_circle_a_collision_or_a_chain(table: list[tuple[str, str, Claim]], files: set[str]) -> None:
    """Whatever is claimed: no stub meets a file, no target is a source, and nobody walks in a circle."""
    pairs = redirects(*((source, target) for source, target, _ in table))
    claimed = [redirect._replace(claim=claim) for redirect, (_, _, claim) in zip(pairs, table, strict=True)]
    finished = make_plan(claimed, [Output(file, file) for file in files], problems := Problems())
    if all(claim != "declared" for _, _, claim in table):
        assert not problems.failed, "what nobody declared ends no build"
    folded = [fold(file) for file in files]
    stubs = {fold(file): redirect.target for file, redirect in finished.stubs.items()}
    everything = [*stubs, *folded]
    folders = {"/".join(parts[:n]) for file in everything for parts in [file.split("/")] for n in range(1, len(parts))}
    assert not set(stubs) & set(folded), "a stub would replace a file"
    assert not set(stubs) & folders, "a stub lies where a folder must be"
    assert not set(folded) & folders, "a folder would replace a file"
    for file, redirect in finished.stubs.items():
        assert stubs[fold(file)] == redirect.target, "two spellings of a stub lead to two targets"
    for redirect in finished.redirects:
        places = {*stub_files(redirect.source), f"{redirect.source[1:]}/index.html"}
        assert places & set(finished.stubs), "a redirect has no stub"
        follow(finished, redirect.source, files)
    sources = {redirect.source for redirect in finished.rules}
    for redirect in finished.rules:
        path = unquote(urlsplit(redirect.target).path)
        assert path not in sources, "a rule leads to a rule"
        assert canonical(redirect.source) not in {canonical(f"/{file}") for file in files if ".html" in file}
        assert canonical(path) != canonical(redirect.source), "a rule leads to another form of its source"


def asked(source: str, query: str, target: str) -> Redirect:
    return Redirect(source, target, Place("content/redirects.yml", 1, source), f"{source}?{query}", query=query)


def test_redirects_for_a_query_have_no_stub_and_a_page_may_lie_at_their_path() -> None:
    """They are followed to the end of a chain, and two of one query and target count once."""
    problems = Problems()
    chain = Redirect("/old/", "/new/#x", Place("content/redirects.yml", 2, "/old/"), "/old/")
    declared = [asked("/", "p=1", "/old/"), asked("/", "p=1", "/old/"), asked("/", "p=2", "/"), chain]
    plan = make_plan(declared, [Output("index.html", "a.md"), Output("new/index.html", "b.md")], problems)
    assert not list(problems)
    assert [(each.query, each.target) for each in plan.queries] == [("p=1", "/new/#x"), ("p=2", "/")]
    assert plan.redirects == (chain,)
    assert set(plan.stubs) == {"old/index.html"}


def test_a_query_claimed_for_two_targets_or_leading_to_itself_is_a_problem() -> None:
    problems = Problems()
    declared = [asked("/a", "p=1", "/x/"), asked("/a/", "p=1", "/y/"), asked("/b", "p=1", "/b/?p=1")]
    assert [each.target for each in make_plan(declared, [], problems).queries] == ["/x/"]
    assert [problem.message for problem in problems] == [
        "'/a/?p=1' is claimed for '/y/' here and, as '/a?p=1', for '/x/' in content/redirects.yml:1",
        "'/b?p=1' leads to itself",
    ]
