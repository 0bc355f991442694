"""Which files a host gets, how much it is told, and what is never written or overwritten."""

import json

import pytest

from plugins.caching import is_hashed
from plugins.hosting.hosts import HOSTS, OTHER_NAMES, tell
from plugins.hosting.rules import Rule
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


LIMITS = {"cloudflare": 1000, "vercel": 2048, "gitlab-pages": 1000, "netlify": 3000, "firebase": 3000, "apache": 3000}


@pytest.mark.parametrize(("host", "most"), LIMITS.items(), ids=LIMITS)
def test_the_first_redirects_fit(host: str, most: int) -> None:
    """A host is told of the plan's first redirects, as many as it takes: Cloudflare needs two lines for each."""
    assert tell(HOSTS[host], RULES).rules == RULES[:most]


def test_azures_file_stays_below_its_limit() -> None:
    """20 KB, whatever the headers take of it."""
    told = tell(HOSTS["azure"], RULES, used=3000)
    assert 100 < len(told.rules) < 300
    assert sum(len(json.dumps(entry, separators=(",", ":"))) + 1 for entry in told.entries) + 3000 <= 20_000


def test_what_does_not_fit_is_counted_and_keeps_its_stub(site: Site) -> None:
    """One warning for the host."""
    sources = "".join(f"  - /old/{number}/\n" for number in range(1100))
    site.write("content/pages/home.md", f"---\npermalink: /\ntitle: Home\nredirect_from:\n{sources}---\nhello\n")
    built = site.build(HOSTS=["cloudflare"])
    assert built.lines == [
        "publishconf.py: warning: HOSTS: 'cloudflare' takes 2,000 rules: 100 of 1,100 keep to their stubs"
    ]
    assert len(built.text("_redirects").splitlines()) == 2000
    assert (built.output / "old/1099/index.html").is_file()


def test_two_hosts_that_want_one_file_differently_are_a_problem(site: Site) -> None:
    """Netlify's rules are no rules for Cloudflare."""
    built = build(site, "netlify", "cloudflare")
    assert built.failed
    assert built.lines == [
        "publishconf.py: HOSTS: 'netlify' and 'cloudflare' want a different _redirects; name one of them, and build "
        "once for each"
    ]


def test_an_unknown_host_is_a_problem(site: Site) -> None:
    """The line names those that are known."""
    built = build(site, "geocities")
    assert built.failed
    assert built.lines == [
        f"publishconf.py: HOSTS: 'geocities' is no host that is known; write some of {', '.join(sorted(HOSTS))}"
    ]


@pytest.mark.parametrize(("name", "host"), OTHER_NAMES.items(), ids=OTHER_NAMES)
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
    """A file goes before a rule there; what cannot be said keeps its stub."""
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


def test_a_file_of_the_users_own_is_extended_at_its_mark(site: Site) -> None:
    """And keeps every line of its own."""
    site.write("content/root/_redirects", "/mine /yours 302\n# frontispiece\n/last /line 301\n")
    built = build(site, "netlify")
    assert not built.failed, built.lines
    assert built.text("_redirects") == (
        "/mine /yours 302\n# frontispiece\n/old / 301!\n/bare / 301!\n/page.html / 301!\n/last /line 301\n"
    )


def test_a_file_of_the_users_own_without_the_mark_is_a_problem(site: Site) -> None:
    """It is never overwritten."""
    site.write("content/root/_redirects", "/mine /yours 302\n")
    site.write("content/root/vercel.json", "{}")
    assert build(site, "netlify", "vercel").lines == [
        "content/root/_redirects: HOSTS: 'netlify' needs a _redirects of its own; put a line '# frontispiece' where the "
        "lines for 'netlify' may stand",
        "content/root/vercel.json: HOSTS: 'vercel' needs a vercel.json of its own; delete it, or leave that host out of "
        "HOSTS",
    ]


def test_without_hosts_a_file_of_the_users_own_stays_alone(site: Site) -> None:
    """Nothing is added to it, and nothing is wrong."""
    site.write("content/root/_redirects", "/mine /yours 302\n")
    built = build(site)
    assert built.lines == []
    assert built.text("_redirects") == "/mine /yours 302\n"


def test_a_portrait_is_kept_for_a_year(site: Site) -> None:
    """Its name holds its hash, on hosts that are told of each path and on those that are told of a pattern."""
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
