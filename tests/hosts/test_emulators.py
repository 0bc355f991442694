"""The hosts' own engines and emulators, as npm brings them, answer for every awkward redirect.

Where a host cannot express a redirect the stub answers. Of Netlify only the engine for rules is run: its whole
command-line tool is not worth a gigabyte.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.hosting.hosts import HOSTS
from plugins.hosting.rules import Rule
from plugins.redirects.parse import parse_source, parse_target
from tests.conftest import free_port
from tests.hosts.awkward import AWKWARD, QUERIES
from tests.hosts.conftest import Server, make_site, run

pytestmark = pytest.mark.emulator

AS_BROWSERS_WRITE = "/!$&'()*+,;=:@~[]|"
NETLIFY = """
const fs = require("fs");
require(process.argv[1]).parsePlain(fs.readFileSync(process.argv[2], "utf8"), {}).then(rules => {
  const ask = ([path, query]) => rules.match({scheme: "https", host: "example.org", path, query, headers: {},
    cookieValues: {}, getHeader: () => "", getCookie: () => ""}) || null;
  console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(ask)));
});
"""
SERVE = """
const [library, folder, port] = process.argv.slice(1), handler = require(library);
const config = JSON.parse(require("fs").readFileSync(folder + "/serve.json", "utf8"));
require("http").createServer((request, answer) => handler(request, answer, {...config, public: folder}))
  .listen(+port, "127.0.0.1");
"""
VERCEL = """
const {getTransformedRoutes} = require(process.argv[1]), fs = require("fs");
const {routes, error} = getTransformedRoutes(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
if (error) throw error;
const ask = path => {
  const route = routes.find(route => route.status && new RegExp(route.src).test(path));
  return route ? [route.status, route.headers.Location] : null;
};
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(ask)));
"""
INEXPRESSIBLE: dict[str, set[str]] = {
    "netlify": set(),
    "cloudflare": {"a colon", "a star", "elsewhere without HTTPS"},
    "firebase": set(),
    "azure": {"a star"},
    "vercel": set(),
    "serve": {"a target with parentheses and braces", "a target of Wikipedia", "a target with a plus in its query"},
}


def has_rule(host: str, name: str) -> bool:
    """Whether a host can express a redirect."""
    source, target = AWKWARD[name]
    return bool(HOSTS[host].entries_for(Rule(parse_source(source), parse_target(target), 301)))


@pytest.mark.parametrize("host", INEXPRESSIBLE)
def test_only_these_redirects_have_no_rule(host: str) -> None:
    """What is left to the stubs is a closed list, so that nothing falls out of the rules unseen."""
    assert {name for name in AWKWARD if not has_rule(host, name)} == INEXPRESSIBLE[host]


@pytest.fixture(scope="module")
def node(need: Callable[..., str]) -> str:
    """Return Node."""
    return need("node", "nodejs npm")


def test_netlifys_engine_answers(tmp_path: Path, node: str, npm: Callable[[str], Path]) -> None:
    """With the slash and without, with a query and without: 301 by force, so that it goes before the stub."""
    output = make_site(tmp_path / "site", ["netlify"], {**dict(AWKWARD.values()), **dict(QUERIES.values())})
    asked = []
    for source, _ in AWKWARD.values():
        path = quote(parse_source(source), safe=AS_BROWSERS_WRITE)
        asked += [[path, ""], [quote(parse_source(source), safe="/!$&'()*+,;=:@~"), "utm=1"]]
        asked += [[path[:-1] if path.endswith("/") else f"{path}/", "utm=1"]]
    asked += [source.split("?") for source, _ in QUERIES.values()]
    done = subprocess.run(
        [node, "-e", NETLIFY, str(npm("netlify-redirector")), str(output / "_redirects")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answers = json.loads(done.stdout)
    for (name, (_, target)), answer in zip(QUERIES.items(), answers[3 * len(AWKWARD) :], strict=True):
        if name in ("a target at the same path", "an encoded query"):
            assert answer is None
        else:
            assert (answer["to"], answer["status"], answer["force"]) == (parse_target(target), 301, True), name
    for number, (name, (_, target)) in enumerate(AWKWARD.items()):
        for answer in answers[3 * number : 3 * number + 3]:
            assert answer is not None, name
            assert (answer["to"], answer["status"], answer["force"]) == (parse_target(target), 301, True), name


def test_vercels_routes_match_queries(tmp_path: Path, node: str, npm: Callable[[str], Path]) -> None:
    """As its own library compiles them: each part of the query is a condition, anchored."""
    output = make_site(tmp_path / "site", ["vercel"], dict(QUERIES.values()))
    script = """
const {getTransformedRoutes} = require(process.argv[1]), fs = require("fs");
const {routes, error} = getTransformedRoutes(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
if (error) throw error;
console.log(JSON.stringify(routes.filter(route => route.has)));
"""
    command = [node, "-e", script, str(npm("@vercel/routing-utils")), str(output / "vercel.json")]
    routes = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    found = {
        (tuple((each["key"], each["value"]) for each in route["has"]), route["headers"]["Location"]) for route in routes
    }
    assert found == {
        ((("p", "123"),), "/new/"),
        ((("id", "5"), ("name", r"a\.b")), "/new/#section"),
        ((("old", "1"),), "/gr%C3%B6%C3%9Fe/"),
        ((("page", "2"),), "/new/?y=1"),
        ((("q", r"a\ b\ c"),), "https://example.org/"),
    }


def test_vercels_routes_answer(tmp_path: Path, node: str, npm: Callable[[str], Path]) -> None:
    """As its own library compiles them: 301 to the target, with the slash and without where an address has both."""
    output = make_site(tmp_path / "site", ["vercel"], dict(AWKWARD.values()))
    asked: list[tuple[str, str]] = []
    for name, (source, _) in AWKWARD.items():
        path = quote(parse_source(source), safe=AS_BROWSERS_WRITE)
        asked += [(name, path), *([(name, path[:-1])] if path.endswith("/") else [])]
    library = npm("@vercel/routing-utils")
    done = subprocess.run(
        [node, "-e", VERCEL, str(library), str(output / "vercel.json")],
        input=json.dumps([path for _, path in asked]),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    for (name, path), answer in zip(asked, json.loads(done.stdout), strict=True):
        assert answer is not None, path
        assert (answer[0], parse_target(answer[1])) == (301, parse_target(AWKWARD[name][1])), path


@pytest.fixture(scope="module", params=["firebase", "serve", "cloudflare", "azure"])
def emulator(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    node: str,
    npm: Callable[[str], Path],
) -> Iterator[Server]:
    """Run each emulator in turn in front of an output of its own."""
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    output = make_site(folder / "site", [request.param], dict(AWKWARD.values()))
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "WRANGLER_SEND_METRICS": "false", "CI": "1"}
    if request.param == "firebase":
        command = [node, str(npm("superstatic") / "lib/bin/server.js"), "--port", str(port), "--host", "127.0.0.1", "."]
    elif request.param == "serve":
        command = [node, "-e", SERVE, str(npm("serve-handler")), str(output), str(port)]
    elif request.param == "azure":
        command = [
            node,
            str(npm("@azure/static-web-apps-cli") / "dist/cli/bin.js"),
            "start",
            ".",
            "--host",
            "127.0.0.1",
        ]
        command += ["--port", str(port)]
    else:
        command = [node, str(npm("wrangler") / "bin/wrangler.js"), "pages", "dev", ".", "--ip", "127.0.0.1"]
        command += ["--port", str(port), "--inspector-port", str(free_port())]
    for running in run(command, port, folder / "log", cwd=output, env=environment):
        running.kind = request.param
        yield running
    shutil.rmtree(output / ".wrangler", ignore_errors=True)


@pytest.mark.parametrize("name", AWKWARD)
def test_an_emulator_answers(emulator: Server, name: str) -> None:
    """301 to the target where the host can express it, else the stub."""
    source, target = AWKWARD[name]
    path = quote(parse_source(source), safe=AS_BROWSERS_WRITE)
    answer = emulator.ask(path)
    if emulator.kind == "serve" and path.endswith(".html"):
        answer = emulator.ask(answer.location)  # it leaves the extension off first
    if not has_rule(emulator.kind, name):
        assert answer.status == 200
        assert b'http-equiv="refresh"' in answer.body
    else:
        location = answer.location
        if emulator.kind == "firebase":
            location = location.removesuffix("&")  # superstatic's own, behind a target's query
        if emulator.kind == "azure":
            location = location.removeprefix(f"http://127.0.0.1:{emulator.port}")
        assert (answer.status, parse_target(location)) == (301, parse_target(target))


def test_an_emulator_sends_the_headers(emulator: Server) -> None:
    """The policy stands on pages, and on the 404 page."""
    for path, status in (("/new/", 200), ("/nothing-here/", 404)):
        answer = emulator.ask(path)
        assert answer.status == status
        if emulator.kind == "azure" and status == 404:
            continue  # this emulator leaves them out there
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
