"""Which files a host gets, how many redirects they hold, and what is never written or overwritten."""

import json

import pytest

from plugins.caching import is_hashed
from plugins.hosting.headers import Headers
from plugins.hosting.hosts import ALIASES, ANY_HOST, HOSTS, select
from plugins.hosting.rules import Rule, Selection, forms, one_form
from tests.conftest import Built, Site

HOME = "---\npermalink: /\ntitle: Home\nredirect_from: [/old/, /bare, /page.html]\n---\nhello\n"
RULES = tuple(Rule(f"/old/{number}/", "/new/", 301) for number in range(3000))


def build(site: Site, *hosts: str, **settings: object) -> Built:
    """Build a home page with three old addresses for some hosts."""
    site.write("content/pages/home.md", HOME)
    return site.build(HOSTS=list(hosts), **settings)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_gets_its_files(site: Site, host: str) -> None:
    """Each file is there, JSON parses, and nothing of another host is."""
    built = build(site, host)
    own = {name for name in HOSTS[host].files if name != "nginx-map.conf"}
    others = {name for other in HOSTS.values() for name in other.files} - own
    assert own <= set(built.files())
    assert not others & set(built.files())
    assert all(json.loads(built.text(name)) for name in own if name.endswith(".json"))
    assert built.lines == []


LIMITS = {  # of redirects, and of entries
    "cloudflare": (1000, 2000),
    "vercel": (2048, 2048),
    "gitlab-pages": (1000, 1000),
    "netlify": (3000, 0),
    "firebase": (3000, 0),
    "apache": (3000, 0),
}


@pytest.mark.parametrize("host", LIMITS)
def test_the_first_redirects_fit(host: str) -> None:
    """A host gets the plan's first redirects, as many as it takes: Cloudflare needs two lines for each."""
    most, limit = LIMITS[host]
    selection = select(HOSTS[host], RULES, Headers(), "")
    assert selection.rules == RULES[:most]
    assert (selection.limit, selection.first_left) == (
        ("", "") if most == 3000 else (f"{limit:,} rules", f"/old/{most}/")
    )


MOST = [
    (name, host.limit.most // (2 if name == "cloudflare" else 1)) for name, host in HOSTS.items() if host.limit.most
]


@pytest.mark.parametrize("more", [-1, 0, 1], ids=["one below", "at the limit", "one above"])
@pytest.mark.parametrize(("name", "most"), MOST, ids=[name for name, _ in MOST])
def test_a_limit_of_rules_is_met_at_its_edge(name: str, most: int, more: int) -> None:
    rules = [Rule(f"/{number}/", "/n/", 301) for number in range(most + more)]
    selection = select(HOSTS[name], rules, Headers(), "")
    assert len(selection.rules) == min(most, most + more)
    assert bool(selection.limit) == (more == 1)


SIZES = [name for name, host in HOSTS.items() if host.limit.size and not host.limit.most]


@pytest.mark.parametrize("name", SIZES)
def test_a_limit_of_bytes_is_met_at_its_edge(name: str) -> None:
    """The file with the redirects that fit is as large as it may be, and the next one would exceed the limit."""
    host, headers = HOSTS[name], Headers({"X-A": "b"}, ("/a.0123abcd.css",))
    rules = [Rule(f"/old/{number}/", "/new/", 301) for number in range(4000)]
    write = next(iter(host.files.values()))
    fitting = select(host, rules, headers, "")
    assert len(write(fitting, headers, "").encode()) <= host.limit.size
    entries = (*fitting.entries, *(entry for _, entry in host.entries_for(rules[len(fitting.rules)])))
    empty = [len(each(Selection(), headers, "").encode()) for each in host.files.values()]
    slack = max(empty) - empty[0]  # the files of a host share one measure
    assert len(write(Selection(entries), headers, "").encode()) + slack > host.limit.size


def test_azures_file_stays_below_its_limit() -> None:
    """20 KB, whatever the headers take of it."""
    selection = select(HOSTS["azure"], RULES, Headers({"X": "y" * 3000}), "")
    assert 100 < len(selection.rules) < 300
    assert sum(len(json.dumps(entry, separators=(",", ":"))) + 1 for entry in selection.entries) + 3000 <= 20_000


def test_what_does_not_fit_is_counted_and_keeps_its_stub(site: Site) -> None:
    """One warning for the host."""
    sources = "".join(f"  - /old/{number}/\n" for number in range(1100))
    site.write("content/pages/home.md", f"---\npermalink: /\ntitle: Home\nredirect_from:\n{sources}---\nhello\n")
    built = site.build(HOSTS=["cloudflare"])
    assert built.lines == [
        "publishconf.py: warning: HOSTS: 'cloudflare' takes 2,000 rules: 100 of 1,100 redirects keep to their stubs, "
        "'/old/1000/' and those after it; declare those first that matter most"
    ]
    assert len(built.text("_redirects").splitlines()) == 2000
    assert (built.output / "old/1099/index.html").is_file()


@pytest.mark.parametrize("host", ["cloudflare", "", "github-pages", "firebase"])
def test_a_redirect_that_a_host_cannot_express_keeps_its_stub(site: Site, host: str) -> None:
    """Nobody is told of it: the stub answers, and no limit was reached."""
    site.write("content/redirects.yml", "/st*r/: /\n")
    built = build(site, *filter(None, [host]))
    assert [warning for warning in built.lines if "HOSTS" in warning] == []  # there is one about names on Windows
    assert (built.output / "st*r/index.html").is_file()


@pytest.mark.parametrize(("count", "left"), [(99, 0), (100, 1), (101, 2)], ids=["one below", "at", "one above"])
def test_cloudflare_reads_100_rules_for_headers(site: Site, count: int, left: int) -> None:
    """One for all files, and 99 for those that never change; the others are asked for again."""
    for number in range(count):
        site.write(f"content/files/{number:03}.0123abcd.css", "")
    built = build(site, "cloudflare")
    assert built.text("_headers").count("\n/") + 1 == min(count + 1, 100)
    assert (
        built.lines
        == [
            "publishconf.py: warning: HOSTS: 'cloudflare' takes 100 rules for headers: browsers ask again for "
            f"{left} files whose names hold a hash, '/files/099.0123abcd.css' and those after it"
        ][: bool(left)]
    )
    assert build(site, "netlify").text("_headers").count("\n/") == count


@pytest.mark.parametrize(("length", "reported"), [(2000, False), (2001, True)], ids=["at", "one above"])
def test_cloudflare_reads_headers_of_2000_characters(site: Site, length: int, reported: bool) -> None:
    """Netlify and a server of one's own read any."""
    header = {"X-Long": "x" * (length - len("  X-Long: "))}
    line = (
        "publishconf.py: warning: HEADERS: 'X-Long' is longer than the 2,000 characters that 'cloudflare' reads of a "
        "line; shorten it"
    )
    assert build(site, "cloudflare", HEADERS=header).lines == [line][:reported]
    assert build(site, "netlify", HEADERS=header).lines == []


@pytest.mark.parametrize(
    ("host", "line"),
    [
        pytest.param("nginx", None, id="a host that matches queries"),
        pytest.param(
            "cloudflare",
            "'cloudflare' cannot match their query, and no stub can, so that nothing redirects '/?p=1' and 2 others",
            id="a host that does not",
        ),
        pytest.param(
            "",
            "only some hosts can match a query, and no stub can, so that nothing redirects '/?p=1' and 2 others; name "
            f"yours in HOSTS if it is one of {', '.join(repr(name) for name, host in HOSTS.items() if host.queries)}",
            id="no host",
        ),
    ],
)
def test_a_source_with_a_query_is_told_to_hosts_that_can_match_it(site: Site, host: str, line: str | None) -> None:
    """Elsewhere one warning says so, and the page at its path stays what it is."""
    site.write("content/redirects.yml", "'/?p=1': /old/\n'/x.php?id=1': https://example.org/\n'/?p=2': /#a\n")
    built = build(site, *filter(None, [host]))
    assert built.lines == ([f"publishconf.py: warning: HOSTS: {line}"] if line else [])
    assert "hello" in built.text("index.html")
    if host == "nginx":
        assert 'if ($asked = "/?p=1") { return 301 "/"; }' in built.text("nginx.conf")
    assert "p=1" not in built.text("redirects.json")


SOURCES = {
    "/": ("/",),
    "/a/": ("/a", "/a/"),
    "/a": ("/a", "/a/"),
    "/a.html": ("/a.html",),
    "/A.HTM": ("/A.HTM",),
    "/a.php": ("/a.php", "/a.php/"),
    "/.html/": ("/.html", "/.html/"),
}


@pytest.mark.parametrize(("source", "both"), SOURCES.items(), ids=SOURCES)
def test_an_address_has_one_form_or_two(source: str, both: tuple[str, ...]) -> None:
    """The root has one: without its slash nothing is left."""
    assert forms(source) == both
    assert one_form(source) == both[:1]


ROOT = {
    "cloudflare": "/ /new/ 301",
    "netlify": "/ /new/ 301!",
    "gitlab-pages": "/ /new/ 301",
    "vercel": {"source": "/", "destination": "/new/", "statusCode": 301},
    "firebase": {"source": "/", "destination": "/new/", "type": 301},
    "azure": {"route": "/", "redirect": "/new/", "statusCode": 301},
    "serve": {"source": "/", "destination": "/new/", "type": 301},
    "s3": {"Key": "index.html", "WebsiteRedirectLocation": "/new/"},
}


@pytest.mark.parametrize(("host", "entry"), ROOT.items(), ids=ROOT)
def test_the_root_can_be_a_source(host: str, entry: object) -> None:
    """By one entry, which matches nothing else."""
    assert select(HOSTS[host], [Rule("/", "/new/", 301)], Headers(), "").entries == (entry,)


@pytest.mark.parametrize(
    ("server", "line"),
    [
        ("nginx", 'location = "/" { return 301 "/new/$is_args$args"; }'),
        ("apache", 'RedirectMatch 301 "^/$" "/new/"'),
        ("caddy", '"/" "/new/{passed_query}"'),
        ("lighttpd", '"^/(?:\\?.*)?$" => "/new/${qsa}",'),
    ],
)
def test_the_root_can_be_a_source_on_a_server(server: str, line: str) -> None:
    (write, *_) = HOSTS[server].files.values()
    text = write(select(HOSTS[server], [Rule("/", "/new/", 301)], Headers(), ""), Headers(), "")
    assert [row.strip() for row in text.splitlines() if "/new/" in row] == [line]


@pytest.mark.parametrize(("status", "lines"), [(301, 2), (302, 2), (307, 0), (308, 0)])
def test_an_unknown_host_gets_the_statuses_that_all_hosts_read(status: int, lines: int) -> None:
    """GitLab voids a line with 307 or 308; the stub answers instead."""
    entries = select(ANY_HOST, [Rule("/old/", "/new/", status)], Headers(), "").entries
    assert entries == (f"/old /new/ {status}", f"/old/ /new/ {status}")[:lines]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("/old/", "http://example.org/", id="an insecure target, which voids a line on Cloudflare"),
        pytest.param("/größe/", "/new/", id="a letter that Netlify compares encoded and GitLab decoded"),
        pytest.param("/a:b/", "/new/", id="a placeholder"),
        pytest.param("/st*r/", "/new/", id="a wildcard"),
    ],
)
def test_an_unknown_host_gets_no_line_that_one_reads_wrongly(source: str, target: str) -> None:
    rule = Rule(source, target, 301)
    assert select(ANY_HOST, [rule], Headers(), "").entries == ()


@pytest.mark.parametrize(("parts", "lines"), [(25, 1), (26, 0)], ids=["25 parts", "26 parts"])
def test_gitlab_takes_paths_of_25_parts(parts: int, lines: int) -> None:
    """A longer one keeps its stub."""
    source = "/a" * parts
    entries = select(HOSTS["gitlab-pages"], [Rule(f"{source}/", "/new/", 301)], Headers(), "").entries
    assert entries == (f"{source} /new/ 301",)[:lines]


@pytest.mark.parametrize(("status", "written"), [(301, 301), (302, 302), (307, 302), (308, 301)])
def test_gitlab_and_azure_know_two_statuses(status: int, written: int) -> None:
    """Permanent or not is kept."""
    rule = Rule("/old/", "/new/", status)
    assert select(HOSTS["gitlab-pages"], [rule], Headers(), "").entries == (f"/old /new/ {written}",)
    assert [dict(entry)["statusCode"] for entry in select(HOSTS["azure"], [rule], Headers(), "").entries] == [written]


def test_two_hosts_that_want_one_file_differently_are_a_problem(site: Site) -> None:
    """Cloudflare voids Netlify's rules."""
    built = build(site, "netlify", "cloudflare")
    assert built.failed
    assert built.lines == [
        "publishconf.py: HOSTS: 'netlify' and 'cloudflare' need a different _redirects; name one of them, and build "
        "once for each"
    ]


def test_an_unknown_host_is_a_problem(site: Site) -> None:
    """The line lists the known ones."""
    built = build(site, "geocities")
    assert built.failed
    assert built.lines == [
        f"publishconf.py: HOSTS: 'geocities' is not a known host; write some of {', '.join(sorted(HOSTS))}"
    ]


@pytest.mark.parametrize(("name", "host"), ALIASES.items(), ids=ALIASES)
def test_a_host_has_other_names(site: Site, name: str, host: str) -> None:
    """People call a host by several names."""
    assert set(build(site, name).files()) >= {file for file in HOSTS[host].files if file != "nginx-map.conf"}


def test_without_hosts_what_harms_nowhere_is_written(site: Site) -> None:
    """Plain 301 lines, never forced ones, the headers, and jekyll-redirect-from's list; stubs are all there."""
    built = build(site)
    assert built.text("_redirects") == "/old / 301\n/old/ / 301\n/bare / 301\n/bare/ / 301\n/page.html / 301\n"
    assert json.loads(built.text("redirects.json")) == {"/old/": "/", "/bare": "/", "/page.html": "/"}
    assert {"old/index.html", "bare.html", "bare/index.html", "page.html"} <= set(built.files())


def test_gitlab_has_rules_or_stubs_but_never_both(site: Site) -> None:
    """A file goes before a rule there; what cannot be expressed keeps its stub."""
    site.write("content/pages/home.md", HOME.replace("/page.html", "/with blank/"))
    built = site.build(HOSTS=["gitlab-pages"], SITEURL="https://name.example/proj")
    assert built.text("_redirects") == "/proj/old /proj/ 301\n/proj/bare /proj/ 301\n"
    assert [file for file in built.files() if "old" in file or "bare" in file or "blank" in file] == [
        "with blank/index.html"
    ]


def test_rules_hold_the_path_below_which_the_site_lives(site: Site) -> None:
    """Hosts see what visitors ask for."""
    built = build(site, "nginx", SITEURL="https://u.example/proj")
    assert 'location = "/proj/old/" { return 301 "/proj/$is_args$args"; }' in built.text("nginx.conf")


def test_a_file_of_the_authors_own_is_extended_at_its_mark(site: Site) -> None:
    """And keeps every line of its own."""
    site.write("content/root/_redirects", "/mine /yours 302\n# frontispiece\n/last /line 301\n")
    built = build(site, "netlify")
    assert not built.failed, built.lines
    assert built.text("_redirects") == (
        "/mine /yours 302\n# frontispiece\n/old / 301!\n/bare / 301!\n/page.html / 301!\n/last /line 301\n"
    )


def test_the_mark_is_a_line_of_its_own(site: Site) -> None:
    """A comment that begins like it is not the mark; line ends of the author's own stay as they are."""
    site.write("content/root/_redirects", b"# frontispiece, below\r\n# frontispiece\r\n/last /line 301\xff\r\n")
    built = build(site, "netlify")
    assert not built.failed, built.lines
    assert (built.output / "_redirects").read_bytes() == (
        b"# frontispiece, below\r\n# frontispiece\r\n/old / 301!\n/bare / 301!\n/page.html / 301!\n/last /line 301\xff\r\n"
    )


def test_a_file_of_the_authors_own_without_the_mark_is_a_problem(site: Site) -> None:
    """It is never overwritten."""
    site.write("content/root/_redirects", "/mine /yours 302\n")
    site.write("content/root/vercel.json", "{}")
    assert build(site, "netlify", "vercel").lines == [
        "content/root/_redirects: HOSTS: 'netlify' needs a _redirects of its own; put a line '# frontispiece' where the "
        "lines for 'netlify' may stand",
        "content/root/vercel.json: HOSTS: 'vercel' needs a vercel.json of its own; delete it, or leave that host out of "
        "HOSTS",
    ]


def test_without_hosts_a_file_of_the_authors_own_stays_alone(site: Site) -> None:
    """Nothing is added to it, and nothing is wrong."""
    site.write("content/root/_redirects", "/mine /yours 302\n")
    built = build(site)
    assert built.lines == []
    assert built.text("_redirects") == "/mine /yours 302\n"


def test_a_portrait_is_kept_for_a_year(site: Site) -> None:
    """Its name holds its hash, on hosts that list each path and on those that match a pattern."""
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(picture, "PNG")
    site.write("content/images/me.png", picture.getvalue())
    site.write("content/authors.yml", "A:\n  name: A\n  avatar: me.png\n")
    site.write("content/pages/home.md", "---\npermalink: /\ntitle: H\nauthor_profile: true\nauthor: A\n---\nhello\n")
    built = site.build(HOSTS=["netlify", "nginx"])
    portraits = [file for file in built.files() if "portrait-" in file]
    assert portraits
    for file in portraits:
        assert f"/{file}\n  Cache-Control: public, max-age=31536000, immutable\n" in built.text("_headers")
        assert is_hashed(file)
