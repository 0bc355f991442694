"""Every value of the wrong type, shape or size, wherever an author writes one: a located line, or it is handled.

The values are generated: each key of each schema with each value below.
"""

import copy
import json
import math
import os
import re
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from invoke import Context, Exit
from pelican.settings import DEFAULT_CONFIG

from plugins.author_profile.authors import read_authors
from plugins.author_profile.keys import KEYS as KEYS_OF_AUTHORS
from plugins.author_profile.keys import TEXTS as TEXTS_OF_AUTHORS
from plugins.author_profile.plan import Assets, plan_profiles
from plugins.builder import Built, build
from plugins.front_matter.jekyll import _ACCEPTED, OWN_KEYS
from plugins.hosting.headers import Headers
from plugins.hosting.hosts import HOSTS, choose_hosts
from plugins.hosting.plan import select_rules
from plugins.navigation import plan_menu
from plugins.pictures import Cache
from plugins.problems import Problem, Problems
from plugins.redirects.declared import declare_file
from plugins.redirects.plan import make_plan
from plugins.settings import NAMES, Settings, read_settings
from plugins.site import Output, Page
from plugins.site import Site as Site_
from plugins.tasks import serve
from plugins.yaml_mapping import read_yaml
from tests.conftest import Site

HUGE = "1" + "0" * 400
NUMBERS = ["0", "-1", HUGE, "1.5", ".nan", "-.inf", "0x1F", "1:30"]
DATES = ["2024-02-03", "2024-02-03 04:05:06 +01:00", "0001-01-01", "9999-12-31T23:59:59-23:59", "2024-13-45", "nope"]
TEXTS = [
    *(
        '""',
        '"  "',
        '"a\\nb"',
        '"a\\x01b"',
        '"a\\0b"',
        '"\\e[31m"',
        '"\\N\\L"',
        '"\\u202Eabc"',
        '"\\uFFFE"',
        "'<b \"&'",
    ),
    *('"<script>alert(1)</script>"', '"<!-- x"', '"{{ x }}{% if %}"', '"&#0;&#xD800;"', '"**a** [b](c"', '":title/:x"'),
    *("x" * 3000, '"%"', '"%zz"', '"%00"', '"%FF"', '"/%2e%2e/"', '"%d %s {0} {x}"', '"con"', '"C:\\\\x"'),
]
PATHS = ["/", "..", ".", "../../x.html", "/etc/passwd", "//x/y.png", "///", "/a?b", "/a#b", "/a/" * 999, "file:///x"]
URLS = ["'http://[::1'", "'http://[x]/'", "'http://a:b/'", "http://a:99999/", "'http://'", "'javascript:alert(1)'"]
SHAPES = [
    *("", "null", "true", "false", "[]", "[a, b]", "[1, null, true, 1.5, 2024-01-01, {a: 1}, [x]]", "[null, '']", "{}"),
    *("{a: 1}", "{null: 1, '': 3}", "{1: 2, true: x, 2024-01-01: d}", "{[a]: b}", "{{a: b}: c}", "{__dict__: 1}"),
    *("[" * 90 + "]" * 90, "{a: " * 80 + "1" + "}" * 80, "[" + "a, " * 999 + "b]"),
    *("{name: [a], url: {b: c}, title: [1], order: x}", f"{{name: x, url: 'http://[::1', title: true, order: {HUGE}}}"),
    *("{title: a, order: .nan}", "{Han: 7, Latin: [x]}", "{target: /x/, status: 999}", "&a [x, &b y, *b]"),
]
VALUES = [*NUMBERS, *DATES, *TEXTS, *PATHS, *URLS, *SHAPES]
# What YAML makes of them, or refuses, is the same under every key.
YAML = [
    *("!!python/object:os.system x", "!!python/object/apply:os.system ['x']", "!!binary aGk=", "!!binary '%'", "!x y"),
    *("!!set {a, b}", "!!omap [a: 1]", "!!str 1", "!!int x", "!!float x", "!!timestamp x", "!!null x", "!!bool [a]"),
    *(
        "!!map [a]",
        "!!merge x",
        "!",
        "!!",
        "!<",
        "!<x",
        "!%zz x",
        "!%ff x",
        "!e!x y",
        "*a",
        "&",
        "&a [*a]",
        "? a",
        "%a",
    ),
    *("{<<: {a: 1}}", "{<<: 3}", "{<<: [{a: 1}, 2]}", "|\n  a", ">-\n  a", "| a", ">0", "|99", '"\\uD800"', '"\\q"'),
    *('"\\x"', '"\\UFFFFFFFF"', "'", '"', "[", "{", "]", "}", "[a", "{a", "{a: b", "[a]]", "a: b", "- a", "@a", "`a"),
    *(
        "\ta",
        "a\n\tb: c",
        "a\nb",
        "'a' b",
        "{a:b}",
        "[a: b: c]",
        "{:}",
        "{a: b: c}",
        ": a",
        "# a",
        "a # b",
        "--- a",
        "...",
    ),
]
ADDRESS_KEYS = {"permalink", "save_as", "url", "slug"}
READ = {*_ACCEPTED, *ADDRESS_KEYS, "title", "last_modified_at", "categories"}  # by `translate`
READ_FOR_PAGES = (
    "author authors redirect_from redirect_to menu author_profile published description excerpt script_langs"
)
OTHERS = {*OWN_KEYS, "layout", "__dict__", "__class__", "dir", "translations", "content", "settings"} - READ
KEYS = {
    "articles": dict.fromkeys(sorted(READ), VALUES),
    "pages": dict.fromkeys(sorted(OTHERS), SHAPES) | dict.fromkeys((*sorted(READ), *READ_FOR_PAGES.split()), VALUES),
}
PAGE = re.compile(r"content/\w+/2024-01-01-\d+\.md")


def publish(**settings: object) -> Built:
    """Build the site in the working directory as it is published; not by the settings of a site before it."""
    sys.modules.pop("pelicanconf", None)
    return build("publishconf.py", **settings)


def built(site: Site, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Built:
    """Build a site of these pages, a home page and an author, as it is published."""
    for path, text in pages.items():
        site.write(path, text)
    site.write("content/pages/home.md", "---\npermalink: /\nauthor_profile: true\n---\nHome.\n")
    site.write("content/authors.yml", "author:\n  name: Ann Lee\n")
    monkeypatch.chdir(site.root)
    return publish()


def check(site: Site, problems: Iterable[Problem]) -> None:
    """Every line is one line, has a place, a reason and a way out, and nothing of the program's insides."""
    for problem in problems:
        line = str(problem)
        assert line.isprintable(), line
        assert len(line) < 2000, line
        assert problem.key or not problem.line, line
        assert problem.hint, line
        for word in (str(site.root), ".staging", "Traceback", "Error:", "Could not process", "cannot be read as YAML"):
            assert word not in line, line
        assert not problem.path.startswith("pelican."), line


def pages_of(values: Iterable[tuple[str, str]], folder: str) -> dict[str, str]:
    """Return a page for each key and value: the key is on its line 4."""
    found = {}
    for number, (key, value) in enumerate(values):
        own = "" if key in ADDRESS_KEYS else f"permalink: /{folder}/{number}/"
        title = "" if key == "title" else "title: T"
        found[f"content/{folder}/2024-01-01-{number}.md"] = (
            f"---\n{title}\n{own}\n{key}: {value}\n---\nHello *there*.\n"
        )
    return found


@pytest.mark.parametrize("folder", ["pages", "articles"])
def test_no_value_of_front_matter_ends_in_a_traceback(site: Site, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Every key with every value: what is wrong has the line of its key; the rest is published."""
    cases = [(key, value) for key, values in KEYS[folder].items() for value in values]
    cases += [("title", value) for value in YAML]
    pages = pages_of(cases, folder)
    first = built(site, pages, monkeypatch)
    assert first.failed
    assert not (site.root / "output").exists()
    check(site, first.problems)
    written = dict(zip(pages, (key for key, _ in cases), strict=True))
    for problem in first.problems:
        if problem.path in written and problem.key in KEYS[folder]:
            assert (problem.key, problem.line) == (written[problem.path], 4), str(problem)
    wrong = {path for problem in first.problems if not problem.warning for path in PAGE.findall(str(problem))}
    for path in wrong:  # those of a clash are two
        (site.root / path).unlink()
    assert len(pages.keys() - wrong) > len(pages) / 5
    second = publish()
    check(site, second.problems)
    assert not second.failed, [str(problem) for problem in second.problems if not problem.warning][:9]


def test_no_value_of_authors_yml_ends_in_a_traceback() -> None:
    """Every key that an author may have, and some that nobody knows, with every value; whatever is shown can be written."""
    others = sorted(KEYS_OF_AUTHORS - TEXTS_OF_AUTHORS)
    keys = [
        *sorted(TEXTS_OF_AUTHORS),
        *others[::4],
        "email",
        "phone",
        "address",
        "links",
        "scholar_userid",
        "Résumé",
        "x y",
    ]
    cases = [(key, value) for key in keys for value in (VALUES[:: 2 if key in TEXTS_OF_AUTHORS else 3])]
    text = "".join(f"Author {number}:\n  {key}: {value}\n" for number, (key, value) in enumerate(cases))
    problems = Problems()
    authors = read_authors(read_yaml(text.encode(), "content/authors.yml", problems), "content/authors.yml", problems)
    assets = Assets(lambda path: None, lambda name: None, Cache(lambda name: None, lambda name, data: None))
    settings = Settings(sitename="Site", author_files_contacts=("phone", "address"))
    lines = text.split("\n")
    for number in range(len(cases)):  # each the owner of a site, of whom all vocabularies tell
        facts = {"author_profile": True, "author": f"Author {number}"}
        page = Page("content/pages/a.md", "", "index.html", "T", front_matter=facts)
        profiles = plan_profiles(Site_("https://a.org", "Site", "en", [page], []), authors, settings, assets, problems)
        assert json.loads(profiles.files["resume.json"])
        assert json.loads(profiles.heads[page.path].json_ld)
        assert profiles.files["author.vcf"].decode().isprintable() or "\r\n" in profiles.files["author.vcf"].decode()
    check_lines(problems)
    for problem in problems:
        assert problem.key.rpartition(".")[2] in lines[problem.line - 1], str(problem)


def check_lines(problems: Problems) -> None:
    """Every problem is on one line, has a place, a reason and a way out."""
    assert len(problems)
    for problem in problems:
        line = str(problem)
        assert line.isprintable(), line
        assert len(line) < 2000, line
        assert problem.key or not problem.line, line
        assert problem.hint, line
        assert "cannot be read as YAML" not in line, line


NAVIGATION = [
    *("{}", "main: {}", "main:\n  - {}", "main: []\nfooter: {}", "main:\n  - title: {}\n    url: /a/"),
    *("main:\n  - title: A\n    url: {}", "main:\n  - title: {}", "main:\n  - title: A\n    url: /a/\n    other: {}"),
]


def test_no_value_of_navigation_yml_ends_in_a_traceback() -> None:
    """Every value in every place; an entry that stays can be linked."""
    pages = [Page("content/pages/a.md", "a/", "a/index.html", "A"), Page("content/pages/h.md", "", "index.html", "H")]
    problems = Problems()
    for value in [*VALUES, *YAML]:
        for form in NAVIGATION:
            text = form.replace("{}", value)
            found = Problems()
            entries = plan_menu(pages, [], {}, read_yaml(text.encode(), "content/navigation.yml", found), "Home", found)
            assert all(entry.label and urlsplit(entry.url).scheme != "javascript" for entry in entries)
            problems.extend(found)
    check_lines(problems)


REDIRECTS = [
    "{}",
    "/old/: {}",
    "? {}\n: /new/",
    "/old/: {target: {}}",
    "/old/: {target: /a/, status: {}}",
    "/old/: {{}: 3}",
]


def test_no_value_of_redirects_yml_ends_in_a_traceback() -> None:
    """Every value in every place; what is accepted is a source and a target that every host can be given."""
    problems = Problems()
    outputs = [Output("a/index.html", "content/pages/a.md"), Output("index.html", "content/pages/h.md")]
    hosts = choose_hosts(list(HOSTS), problems)
    for value in [*VALUES, *YAML]:
        for form in REDIRECTS:
            text = form.replace("{}", value, 1)
            found = Problems()
            reading = read_yaml(text.encode(), "content/redirects.yml", found)
            plan = make_plan(declare_file(reading, "content/redirects.yml", found), outputs, found)
            if plan.stubs:
                select_rules(plan, hosts, Headers(), "/lab")
            for name, redirect in plan.stubs.items():
                assert not re.search(r"[\x00-\x1f\x7f]|(?:^|/)\.\.?(?:/|$)", name)
                assert redirect.target.isascii()
                assert redirect.target.isprintable()
            problems.extend(found)
    check_lines(problems)


@pytest.mark.parametrize("port", ["99999", "-1", "65536", "abc", "", "1.5", "1" + "0" * 60, "٣", "8000 "])
def test_what_is_no_port_ends_serve_with_a_line(port: str) -> None:
    """Before anything is built."""
    with pytest.raises(Exit) as ended:
        serve.body(Context(), port=port)
    assert ended.value.code == 1
    assert str(ended.value) == f"--port: {port!r} is not a port; write a number from 0 to 65535"


@pytest.mark.parametrize("host", ["", "no.such.host.invalid", "a b", "::zz", "999.1.1.1", "x" * 300, "192.0.2.1", "é."])
def test_what_is_no_address_ends_serve_with_a_line(host: str) -> None:
    """A name that nobody knows, an address of another machine."""
    with pytest.raises(Exit) as ended:
        serve.body(Context(), port="0", host=host)
    assert ended.value.code == 1
    assert str(ended.value).isprintable()
    assert repr(host) in str(ended.value)


SETTING_VALUES: list[object] = [
    *(None, True, 0, -1, 10**400, 1.5, math.nan, math.inf, "", " ", "nope", "..", "/", "//x/y", "http://[::1", "a\nb"),
    *(
        "\0",
        "\ud800",
        "x" * 3000,
        "%",
        "{slug",
        "<b>",
        b"x",
        [],
        ["x", 1],
        [[]],
        [None],
        ["\0"],
        [[["a"]]],
        {},
        {"a": 1},
    ),
    *({1: 2}, {"a": {"b": [1]}}, {None: None}, {"a": "b"}, {"../a": "../b"}, ("a",), {"x"}, date(2024, 1, 1)),
    *(re.compile("x"), Path("nope")),
]


def test_no_value_of_a_setting_ends_in_a_traceback() -> None:
    """Every setting with every value: the value is used, or the setting is named and its default stands in."""
    for name in NAMES:
        for value in SETTING_VALUES:
            problems = Problems()
            used = getattr(read_settings({name: value}, problems), name.lower())
            assert {problem.key for problem in problems} <= {name}
            if problems.failed:
                check_lines(problems)
                assert used == getattr(Settings(), name.lower())


@pytest.mark.parametrize(
    "values", [SETTING_VALUES[at::14] for at in range(14)], ids=lambda values: repr(values[0])[:20]
)
def test_no_values_of_settings_end_in_a_traceback_of_the_build(
    site: Site, monkeypatch: pytest.MonkeyPatch, values: list[object]
) -> None:
    """Pelican's own settings and those that features check, all of them wrong in one build."""
    site.write("content/pages/home.md", "---\npermalink: /\nauthor_profile: true\n---\nHome.\n")
    site.write("content/authors.yml", "author:\n  name: Ann Lee\n")
    monkeypatch.chdir(site.root)
    for value in values:
        names = sorted({*NAMES, *DEFAULT_CONFIG} - {"PATH", "THEME", "OUTPUT_PATH", "DEBUG", "PLUGINS", "CACHE_PATH"})
        wrong = build("pelicanconf.py", **{name: copy.deepcopy(value) for name in names})
        errors = [problem for problem in wrong.problems if not problem.warning]
        check(site, errors)
        assert {problem.key.partition("[")[0] for problem in errors} <= {*names, ""}


NAMES_OF_FILES = [
    *(
        b"\xff.md",
        b"\xff/a.md",
        b"a\nb.md",
        b"\x1b[31m.md",
        b"a\\b.md",
        b"%ff.md",
        b"%zz.md",
        b"a?b#c.md",
        b"....md",
        b" .md",
    ),
    *(
        b"x" * 250 + b".md",
        (b"x" * 200 + b"/") * 8 + b"a.md",
        b"\"'<>&.md",
        b"{slug}.md",
        b"con.md",
        b"2024-13-45-x.md",
    ),
]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not take such names")
@pytest.mark.parametrize("folder", ["pages", "articles", "images", "root", ""])
def test_no_name_of_a_file_ends_in_a_traceback(site: Site, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Bytes that are no text, controls, what addresses and templates would read: a line, or it is published."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    monkeypatch.chdir(site.root)
    for name in NAMES_OF_FILES:
        at = name if folder in ("pages", "articles") else name.replace(b".md", b".txt")
        file = Path(os.fsdecode(os.path.join(b"content", folder.encode(), at)))  # noqa: PTH118
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"Hello *there*.\n")
    check(site, publish().problems)


LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}
WRONG_LINES = "---\npermalink: /\ntitle: 'a\N{LINE SEPARATOR}\N{NEXT LINE}b'\nx: |\n  a\n\n  b\nlast_modified_at: nope\ncategories: {a: 1}\n---\nA\n\n[a]({filename}b.md)\n"


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["", "with a byte-order mark"])
@pytest.mark.parametrize("end", LINE_ENDS)
def test_lines_are_counted_as_editors_do(site: Site, monkeypatch: pytest.MonkeyPatch, end: str, start: str) -> None:
    """Whatever ends a line of the file; U+2028 and U+0085 inside a value end none."""
    site.write("content/pages/home.md", start + WRONG_LINES.replace("\n", LINE_ENDS[end]))
    site.write("content/navigation.yml", start + "main:\n  - title: A\n    url: /b/\n".replace("\n", LINE_ENDS[end]))
    monkeypatch.chdir(site.root)
    site.write("content/pages/x.md", (start + "---\ntitle: A\n---\n").replace("\n", LINE_ENDS[end]).encode() + b"\xff")
    found = {(problem.path, problem.line, problem.key) for problem in publish().problems}
    (site.root / "content/pages/x.md").unlink()
    assert ("content/pages/x.md", 4, "encoding") in found
    assert found >= {("content/pages/home.md", 8, "last_modified_at"), ("content/pages/home.md", 9, "categories")}
    site.write(
        "content/pages/home.md",
        (start + WRONG_LINES.replace("nope", "2024-01-01").replace("{a: 1}", "a")).replace("\n", LINE_ENDS[end]),
    )
    found = {(problem.path, problem.line, problem.key) for problem in publish().problems}
    assert found == {("content/pages/home.md", 13, "link"), ("content/navigation.yml", 3, "url")}


def test_markup_of_the_program_is_not_blamed_on_the_author(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aligned tables have styles, lists of tasks inputs, mathematics scripts: no warning is about them."""
    site.write(
        "content/pages/home.md",
        "---\npermalink: /\n---\n* a\n{:toc}\n\n# A\n\n|a|b|c|\n|:--|:-:|--:|\n|1|2|3|\n\n- [ ] a\n- [x] b\n\n"
        '7. a\n8. b\n\nA[^1] $$x$$ <a@b.org> -- "a"\n\n~~~ python\nx\n~~~\n\na\n: b\n\n[^1]: c\n\n* * *\n',
    )
    monkeypatch.chdir(site.root)
    assert publish(HOSTS=["netlify", "apache", "github-pages"]).problems == ()
