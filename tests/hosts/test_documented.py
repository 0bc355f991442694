"""Hosts without an engine to run: a reading of their source or documentation answers for every awkward redirect.

CloudFront's functions are JavaScript, and run in Node.
"""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

from plugins.hosting.headers import Headers
from plugins.hosting.hosts import HOSTS, select
from plugins.hosting.rules import Rule
from plugins.redirects.parse import parse_source, parse_source_query, parse_target
from tests.hosts.awkward import AWKWARD, QUERIES
from tests.hosts.conftest import HASHED

HEADERS = Headers({"X-Frame": "a 'b' \"c\" <d> & e", "Referrer-Policy": "no-referrer"}, (f"/{HASHED}",))
Answer = tuple[int, str] | None


def rules() -> list[Rule]:
    """Return the rules of every awkward redirect, those for a query first."""
    queries = [(parse_source_query(source), target) for source, target in QUERIES.values()]
    found = [Rule(path, parse_target(target), 301, query) for (path, query), target in queries]
    return found + [Rule(parse_source(source), parse_target(target), 301) for source, target in AWKWARD.values()]


def text_of(host: str, file: str, listed: list[Rule] | None = None, base: str = "") -> str:
    """Return a file of a host for these redirects."""
    selection = select(HOSTS[host], rules() if listed is None else listed, HEADERS, base)
    return HOSTS[host].files[file](selection, HEADERS, base)


def gitlab(text: str, path: str, query: str) -> Answer:
    """Answer as gitlab-pages does: internal/redirects/matching.go, with placeholders switched on."""
    for line in text.splitlines():
        source, target, status = line.split()
        if unquote(path).strip("/") == source.strip("/") and not re.search(r"(?i)\*|:[a-z]+", target):
            return int(status), target
        parts = []
        for part in filter(None, source.split("/")):
            if part == "*":
                parts.append("/*(?P<splat>.*)/*")
            else:
                parts.append("/+[^/]+" if re.fullmatch("(?i):[a-z]+", part) else f"/+{re.escape(part)}")
        if re.fullmatch(f"(?i){''.join(parts)}/*", unquote(path)):
            return int(status), re.sub("(?i):[a-z]+", "", target)
    return None


def codeberg(text: str, path: str, query: str) -> Answer:
    """Answer as git-pages does: src/redirects.go, ApplyRedirectRules with forced rules."""
    for line in text.splitlines():
        source, target, status = line.split()
        assert "*" not in source
        assert status.endswith("!")
        if unquote(urlsplit(source).path).split("/") == unquote(path).split("/"):
            to = urlsplit(target)._replace(query=query, fragment="")
            return int(status[:-1]), to._replace(path=quote(unquote(to.path), safe="/!$&'()*+,;=:@~")).geturl()
    return None


def iis(text: str, path: str, query: str) -> Answer:
    """Answer as the module URL Rewrite does: its configuration reference."""
    for rule in ElementTree.fromstring(text).iter("rule"):
        match, action, conditions = rule.find("match"), rule.find("action"), rule.findall("conditions/add")
        assert match is not None
        assert action is not None
        assert match.get("ignoreCase") == "false"
        if not re.search(match.get("url", ""), unquote(path)[1:]):
            continue
        if not all(re.search(condition.get("pattern", ""), query) for condition in conditions):
            continue
        target = action.get("url", "").replace("{QUERY_STRING}", query)
        assert not re.search(r"[{}]", target)
        if action.get("appendQueryString") == "true" and query:
            target += ("&" if "?" in target else "?") + query
        return {"Permanent": 301, "Found": 302, "Temporary": 307}[action.get("redirectType", "")], target
    return None


HOST_FILES: dict[str, tuple[str, Callable[[str, str, str], Answer]]] = {
    "gitlab-pages": ("_redirects", gitlab),
    "codeberg-pages": ("_redirects", codeberg),
    "iis": ("web.config", iis),
}
BEYOND_A_PATH = {
    "a target with a fragment", "a target with a query", "a target with both", "a target with a plus in its query",
    "an anchor on the home page", "an anchor beyond ASCII",
}  # fmt: skip
INEXPRESSIBLE = {
    "gitlab-pages": {
        "a blank", "two blanks and no slash", "written encoded in lower case", "a double quote", *BEYOND_A_PATH,
    },
    "codeberg-pages": {"a star", "elsewhere", *BEYOND_A_PATH},
    "iis": set(),
}  # fmt: skip


@pytest.mark.parametrize("host", HOST_FILES)
@pytest.mark.parametrize("name", AWKWARD)
def test_the_old_address_answers(host: str, name: str) -> None:
    """With the slash and without where it has both; what has no rule is a closed list, whose stubs answer."""
    file, answer = HOST_FILES[host]
    source, target = AWKWARD[name]
    text = text_of(host, file)
    path = quote(parse_source(source), safe="/!$&'()*+,;=:@~")
    expected = None if name in INEXPRESSIBLE[host] else (301, parse_target(target))
    for form in {path, path.rstrip("/")}:
        found = answer(text, form, "")
        assert (found and (found[0], parse_target(found[1]))) == expected
    assert answer(text, f"{path}more", "") is None
    assert answer(text, f"/x{path}", "") is None


@pytest.mark.parametrize("host", ["codeberg-pages", "iis"])
def test_a_query_is_passed_on(host: str) -> None:
    file, answer = HOST_FILES[host]
    text = text_of(host, file)
    assert answer(text, "/plain/", "utm=1") == (301, "/new/?utm=1")
    if host == "iis":
        assert answer(text, "/to-fragment/", "utm=1") == (301, "/new/?utm=1#section")
        assert answer(text, "/to-both/", "utm=1") == (301, "/new/?y=1#section")


@pytest.mark.parametrize(("source", "target"), QUERIES.values(), ids=QUERIES)
def test_iis_matches_queries(source: str, target: str) -> None:
    text = text_of("iis", "web.config")
    path, _, query = source.partition("?")
    assert iis(text, path, query) == (301, parse_target(target))
    plain = iis(text, path, "")
    for other in (f"{query}0", f"x{query}", f"{query}&more=1"):
        answer = iis(text, path, other)
        assert (answer and answer[1].partition("?")[0]) == (plain and plain[1])
    assert iis(text, "/new/", "") is None


def test_iis_gets_headers_and_types_by_elements_that_a_parser_reads() -> None:
    root = ElementTree.fromstring(text_of("iis", "web.config", base="/proj"))
    added = {each.get("name"): each.get("value") for each in root.findall("system.webServer/httpProtocol//add")}
    assert added.items() >= HEADERS.everywhere.items()
    assert "must-revalidate" in (added["Cache-Control"] or "")
    (location,) = root.findall("location")
    assert location.get("path") == HASHED
    assert "immutable" in ElementTree.tostring(location, "unicode")
    assert [each.get("path") for each in root.iter("error")] == ["/proj/404.html"]
    assert len({rule.get("name") for rule in root.iter("rule")}) == len(list(root.iter("rule")))


def test_amplify_gets_json_for_its_console_and_headers_in_yaml() -> None:
    listed = json.loads(text_of("amplify", "amplify-redirects.json", base="/proj"))
    assert {"source": "/plain", "target": "/new/", "status": "301"} in listed
    assert {"source": "/%C3%BCber/", "target": "/new/", "status": "301"} in listed
    assert listed[-1] == {"source": "/<*>", "target": "/proj/404.html", "status": "404"}
    assert not [each for each in listed[:-1] if "<" in each["source"]]
    headers = yaml.safe_load(text_of("amplify", "customHttp.yml", base="/proj"))["customHeaders"]
    assert [each["pattern"] for each in headers] == ["**/*", f"/proj/{HASHED}"]
    assert {each["key"]: each["value"] for each in headers[0]["headers"]}.items() >= HEADERS.everywhere.items()


# --- CloudFront -------------------------------------------------------------------------------------------------------

RUN = """
const fs = require("fs");
const handler = new Function(`${fs.readFileSync(process.argv[1], "utf8")}; return handler;`)();
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(event => handler(event))));
"""


def run(function: str, events: list[dict[str, object]], folder: Path, node: str) -> list[dict[str, object]]:
    """Return what a CloudFront function makes of events."""
    (folder / "function.js").write_text(function, "utf-8")
    done = subprocess.run(
        [node, "-e", RUN, str(folder / "function.js")],
        input=json.dumps(events), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    answers: list[dict[str, object]] = json.loads(done.stdout)
    return answers


def request(path: str, query: str = "") -> dict[str, object]:
    """Return the event of a request."""
    pairs = [part.partition("=") for part in query.split("&") if part]
    return {"request": {"uri": path, "querystring": {name: {"value": value} for name, _, value in pairs}}}


def test_cloudfront_redirects_and_finds_the_files_of_folders(tmp_path: Path, need: Callable[..., str]) -> None:
    node = need("node", "nodejs npm")
    asked: list[dict[str, object]] = []
    expected: list[str] = []
    for source, target in AWKWARD.values():
        path, to = quote(parse_source(source), safe="/!$&'()*+,;=:@~"), parse_target(target)
        before, mark, fragment = to.partition("#")
        asked += [request(path), request(path, "utm=1&b=%20c")]
        expected += [to, before + ("" if "?" in before else "?utm=1&b=%20c") + mark + fragment]
    for source, target in QUERIES.values():
        asked.append(request(*source.split("?")))
        expected.append(parse_target(target))
    asked += [request("/new"), request("/new", "a=b")]
    expected += ["/new/", "/new/?a=b"]
    listed = [rule for rule in rules() if len(rule.source) < 100]
    halves = [listed[::2], listed[1::2]]  # one function holds 10 KB
    names = [f"{rule.source}?{rule.query}" for rule in listed]
    assert len(set(names)) == len(names)
    answers: dict[str, set[str]] = {}
    for half in halves:
        function = text_of("cloudfront", "cloudfront-request.js", half)
        assert len(function.encode()) <= 10_240
        assert select(HOSTS["cloudfront"], half, HEADERS, "").limit == ""
        for event, answer in zip(asked, run(function, asked, tmp_path, node), strict=True):
            if "statusCode" in answer:
                location = answer["headers"]["location"]["value"]  # type: ignore[index]
                answers.setdefault(json.dumps(event), set()).add(f"{answer['statusCode']} {location}")
    for event, location in zip(asked, expected, strict=True):
        uri = event["request"]["uri"]  # type: ignore[index]
        if len(uri) < 100:
            assert f"301 {location}" in answers[json.dumps(event)], uri


def test_cloudfront_serves_folders_and_leaves_files(tmp_path: Path, need: Callable[..., str]) -> None:
    function = text_of("cloudfront", "cloudfront-request.js", [])
    paths = ["/", "/new/", "/files/a.pdf", "/%E0%A4%A"]
    answers = run(function, [request(path) for path in paths], tmp_path, need("node", "nodejs npm"))
    assert [answer.get("uri") for answer in answers] == ["/index.html", "/new/index.html", "/files/a.pdf", None]


def test_cloudfront_sets_every_header(tmp_path: Path, need: Callable[..., str]) -> None:
    function = text_of("cloudfront", "cloudfront-response.js")
    events: list[dict[str, object]] = [
        {"request": {"uri": path}, "response": {"headers": {}}} for path in ("/", f"/{HASHED}")
    ]
    page, hashed = run(function, events, tmp_path, need("node", "nodejs npm"))
    for name, value in HEADERS.everywhere.items():
        assert page["headers"][name.lower()] == {"value": value}  # type: ignore[index]
    assert "must-revalidate" in page["headers"]["cache-control"]["value"]  # type: ignore[index]
    assert "immutable" in hashed["headers"]["cache-control"]["value"]  # type: ignore[index]


def test_what_exceeds_a_function_keeps_its_stub() -> None:
    listed = [Rule(f"/old/{number}/", "/new/", 301) for number in range(2000)]
    selection = select(HOSTS["cloudfront"], listed, HEADERS, "")
    assert selection.limit == "10,240 bytes"
    assert len(text_of("cloudfront", "cloudfront-request.js", listed).encode()) <= 10_240
    assert len(selection.rules) > 200
