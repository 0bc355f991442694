"""The old addresses of a site with every collection end at the entries: by rules, by stubs, in a browser, below a path."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from plugins.hosting.hosts import HOSTS
from tests.conftest import free_port, new_site
from tests.hosts.browsers import served
from tests.hosts.conftest import SERVERS, environment, run

HEIGHT = 600  # of the browser's window
PAPERS = 60  # of which the older years are folded
OLD = {
    "/publication/2009-10-01-paper-1": "/#2009-10-01-paper-1",
    "/publication/größe": "/#größe",
    "/publication/paper 30/": "/#paper-30",
    "/publications/": "/#publications",
    "/old-paper.html": "/#2009-10-01-paper-1",
    "/talks/2012-03-01-talk": "/#2012-03-01-talk",
    "/talks/": "/#talks",
    "/teaching/2014/课程/": "/#课程",
    "/teaching/": "/#teaching",
    "/portfolio/p.html": "/#p",
    "/portfolio/": "/#portfolio",
    "/tags/": "/year-archive/",
}


@pytest.fixture(scope="module", params=["", "/lab"], ids=["at the root", "below a path"])
def folder(request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """Yield the folder that a server shows, and the path below which the site lies in it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)  # a server that root starts reads files as another user
        site = new_site(Path(name) / "site")
        site.write("content/pages/home.md", "---\npermalink: /\n---\n" + "Long.\n\n" * 60)
        for number in range(PAPERS):
            date, title = f"date: {1960 + number}-01-01", f"title: On the subject of {number} numbers"
            site.write(
                f"content/publications/paper-{number}.md",
                f"---\n{title}\n{date}\npermalink: '/publication/paper {number}/'\n---\n",
            )
        papers = {"2009-10-01-paper-1": "redirect_from: /old-paper.html\n", "größe": ""}
        for stem, keys in papers.items():
            site.write(
                f"content/publications/{stem}.md",
                f"---\ntitle: Of {stem}\ndate: 1950-01-01\npermalink: /publication/{stem}\n{keys}---\n",
            )
        site.write("content/talks/2012-03-01-talk.md", "---\ntitle: T\npermalink: /talks/2012-03-01-talk\n---\n")
        site.write("content/teaching/2014/课程.md", "---\ntitle: C\n---\n")
        site.write("content/portfolio/p.md", "---\ntitle: P\npermalink: /portfolio/p.html\n---\n")
        site.write("content/articles/2020-01-01-a.md", "---\ntitle: A\n---\nA\n")
        built = site.build(
            SITEURL=f"https://ann.example{request.param}", HOSTS=["nginx", "apache", "caddy", "lighttpd"]
        )
        assert not built.failed, built.lines
        root = Path(name) / "root"
        if request.param:
            root.mkdir()
        shutil.move(built.output, f"{root}{request.param}")
        yield root, request.param


def encoded(address: str) -> str:
    return quote(address, safe="/#")


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_leads_to_the_anchor(
    folder: tuple[Path, str], name: str, tmp_path: Path, need: Callable[..., str]
) -> None:
    """In one step, in both forms of an address; the visitor's query goes along, and the page is there."""
    (root, base), (program, package, configure, foreground, _) = folder, SERVERS[name]
    for file in HOSTS[name].files:
        if base and not file.startswith(".") and (root / base[1:] / file).exists():
            shutil.copy(root / base[1:] / file, root)
    port = free_port()
    command = [need(program, package), *foreground, *configure(root, tmp_path, port)]
    for server in run(command, port, tmp_path / "log", env=environment(tmp_path)):
        for address, target in OLD.items():
            page, mark, anchor = encoded(f"{base}{target}").partition("#")
            forms = [address] if address.endswith(".html") else [address.rstrip("/"), f"{address.rstrip('/')}/"]
            for form in forms:
                answer = server.ask(encoded(f"{base}{form}"))
                assert (answer.status, answer.location) == (301, page + mark + anchor), form
                answer = server.ask(f"{encoded(f'{base}{form}')}?utm=1")
                assert (answer.status, answer.location) == (301, f"{page}?utm=1{mark}{anchor}"), form
            assert server.ask(page).status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_chromium_ends_at_the_entry(folder: tuple[Path, str], browser: Any, scripts: bool) -> None:
    """By the stubs alone: the address is that of the anchor, and what it names is in view, in a folded part too."""
    root, base = folder
    (root / "_headers").touch()
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1000, "height": HEIGHT}, reduced_motion="reduce"
    )
    with served(root) as url:
        for address, target in list(OLD.items())[:6]:
            page = context.new_page()
            page.goto(f"{url}{base}{address}" if address.endswith(("/", ".html")) else f"{url}{base}{address}.html")
            page.wait_for_url(f"{url}{base}{encoded(target)}")
            place = page.locator(f'[id="{target.partition("#")[2]}"]')
            place.wait_for(state="visible")
            assert in_view(place), address
            page.close()
    context.close()


def in_view(place: Any) -> bool:
    """Return whether an element is, or comes within two seconds, where a visitor sees its beginning."""
    for _ in range(40):
        if 0 <= place.bounding_box()["y"] < HEIGHT:
            return True
        time.sleep(0.05)
    return False
