"""Whatever an author declares: no file keeps a server from starting, and no rule sends anyone in a circle."""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.addresses import fold
from plugins.hosting.headers import Headers
from plugins.hosting.hosts import HOSTS, Host, select
from plugins.hosting.rules import Rule, Selection, forms
from plugins.problems import InvalidValueError, Place, Problems
from plugins.redirects.parse import parse_source, parse_target
from plugins.redirects.plan import canonical, make_plan
from plugins.site import Output, Redirect
from tests.hosts.conftest import SERVERS, environment

LETTERS = "abAB019-._~!$&'()*+,;=:@[]{}|^`\"<> #?%üß主🎉\u0301"
TABLES = 500
TOGETHER = 50  # tables in one file: a server takes as long to start for one
HEADERS = Headers({"Content-Security-Policy": "default-src 'none'; script-src 'sha256-x+/='", "X-Y": "a"}, ("/a.css",))


def declared(table: list[tuple[str, str, int]]) -> tuple[Rule, ...]:
    """Return the rules that a plan makes of a table of sources, targets and statuses."""
    redirects = []
    for number, (source, target, status) in enumerate(table):
        try:
            read = parse_source(source), parse_target(target)
        except InvalidValueError:
            continue
        redirects.append(Redirect(*read, Place("t", number, "k"), source, status))
    outputs = [Output(file, f"{file}.md") for file in ("index.html", "new/index.html", "b.html")]
    plan = make_plan(redirects, outputs, Problems())
    return tuple(Rule(each.source, each.target, each.status) for each in plan.rules)


def random_table(dice: random.Random) -> list[tuple[str, str, int]]:
    """Return a table of up to 30 redirects of awkward letters."""

    def path() -> str:
        parts = ["".join(dice.choices(LETTERS, k=dice.randint(1, 6))) for _ in range(dice.randint(1, 3))]
        return "/" + "/".join(parts) + dice.choice(["", "/", ".html", ".php"])

    def target() -> str:
        tail = dice.choice(["", "", "?x=$1&y=%25{z}", "#a:b", f"?{path()}", f"#{path()}"])
        return dice.choice(["/new/", path(), f"https://example.org{path()}"]) + tail

    return [(path(), target(), dice.choice([301, 301, 302, 307, 308])) for _ in range(dice.randint(1, 30))]


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_starts_with_any_table(server: str, tmp_path: Path, need: Callable[..., str]) -> None:
    """500 random tables, 50 in a file: the server's own check of its configuration passes."""
    name, package, configure, _, check = SERVERS[server]
    command = need(name, package)
    dice = random.Random(4)  # the same tables in every run
    for number in range(TABLES // TOGETHER):
        tables = [random_table(dice) for _ in range(TOGETHER)]
        rules = declared([row for table in tables for row in table])
        assert len(rules) > 100
        output, folder = tmp_path / f"{number}-output", tmp_path / f"{number}-server"
        output.mkdir()
        folder.mkdir()
        for name, write in HOSTS[server].files.items():
            (output / name).write_text(write(Selection(rules=rules * (1 + 20 * (number % 2))), HEADERS, ""), "utf-8")
        arguments = configure(output, folder, 20_000)
        if server == "apache":  # a check does not read .htaccess: the same text where the main file reads it
            configuration = folder / "apache.conf"
            text = configuration.read_text()
            configuration.write_text(
                text.replace("AllowOverride", f"Include {output}/.htaccess\n          AllowOverride")
            )
        done = subprocess.run(
            [command, *check, *arguments], capture_output=True, text=True, timeout=100, env=environment(folder)
        )
        assert done.returncode == 0, done.stderr[-2000:]


PATHS = st.sampled_from(
    ["/a", "/a/", "/A/", "/a.html", "/b", "/b/", "/c/d", "/C/d/", "/a.php", "/new", "/b/index.html"]
)


@settings(max_examples=100)
@pytest.mark.parametrize("host", [name for name, host in HOSTS.items() if host.files])
@given(st.lists(st.tuples(PATHS, PATHS, st.sampled_from([301, 302, 307, 308])), max_size=8))
def test_no_rule_leads_to_a_rule(host: str, table: list[tuple[str, str, int]]) -> None:
    """Even for a host that ignores case, a slash or `.html`, the target of a rule is the source of none."""
    selection = select(HOSTS[host], declared(table), Headers(), "")
    sources = {fold(canonical(form)) for rule in selection.rules for form in forms(rule.source)}
    for rule in selection.rules:
        target = unquote(urlsplit(rule.target).path)
        assert fold(canonical(target)) not in sources
        assert target not in {form for other in selection.rules for form in forms(other.source)}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_no_rule_names_an_address_at_which_a_page_lies(host: Host) -> None:
    """The page would be hidden."""
    rules = declared([("/new/", "/x/", 301), ("/new", "/x/", 301), ("/b/", "/x/", 301), ("/b", "/x/", 301)])
    assert select(host, rules, Headers(), "").rules == ()
