"""What others' checkers say of the policy and of the stub."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Site

UNKNOWN_TO_VNU = "require-trusted-types-for"  # a W3C directive that both browsers know


def test_the_observatory_gives_its_best_grade(
    seed_site: Site, npm: Callable[[str], Path], need: Callable[..., str]
) -> None:
    """MDN's HTTP Observatory: every test passes, none costs a point, A+, on the seed's page with HSTS switched on."""
    built = seed_site.build(
        HOSTS=["netlify"],
        SITEURL="https://example.org",
        STRICT_TRANSPORT_SECURITY="max-age=63072000; includeSubDomains",
    )
    pairs = dict(re.findall(r"^  ([A-Za-z-]+): (.*)$", built.text("_headers"), re.MULTILINE))
    done = subprocess.run(
        [need("node", "nodejs"), str(Path(__file__).parent / "observatory.mjs"), str(npm("@mdn/mdn-http-observatory"))],
        input=json.dumps({"headers": pairs, "page": built.text("index.html")}),
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["failed"], verdict["grade"]) == ([], "A+")
    assert verdict["worst"] >= 0


def test_a_stub_is_valid_html(site: Site, npm: Callable[[str], Path], need: Callable[..., str]) -> None:
    """The W3C's checker finds no error, whatever the target holds."""
    site.write("content/pages/home.md", "---\npermalink: /\ntitle: <b>Home & 'x'</b>\n---\nhello\n")
    targets = {"/a/": "/", "/b/": "https://example.org/?a=1&b=\"'<c>#d&e", "/c/": "/größe/ x/"}
    site.write("content/redirects.yml", json.dumps(targets))
    built = site.build(SITEURL="https://example.org/proj", SITENAME="A & <b>")
    stubs = [str(built.output / source.strip("/") / "index.html") for source in targets]
    jar = npm("vnu-jar") / "build/dist/vnu.jar"
    done = subprocess.run(
        [need("java", "default-jre-headless"), "-jar", str(jar), "--format", "json", *stubs],
        capture_output=True,
        text=True,
        timeout=200,
    )
    errors = {message["message"] for message in json.loads(done.stderr)["messages"] if message["type"] == "error"}
    assert [error for error in errors if UNKNOWN_TO_VNU not in error] == []
