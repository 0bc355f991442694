"""The stub in Chromium and Firefox themselves, under the policy in header and page, with scripts and without."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import new_site
from tests.hosts.browsers import Browser, running, served

# A file: links of pages lead past the stubs of their own site.
START = "<!doctype html><title>Start</title><a href='/about/?a=b#bio'>go</a> <a href='/about/'>plain</a> "
START += "<a href='/me?a=b#x'>anchor</a>"
HOME = "---\npermalink: /\ntitle: Home\nredirect_from: [/about/]\n---\n## Bio {#bio}\n"
SCRIPTS = {"scripts on": True, "scripts off": False}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a home page with one old address, and a page that links to it."""
    site = new_site(tmp_path_factory.mktemp("stub") / "site")
    site.write("content/pages/home.md", HOME)
    site.write("content/root/start/index.html", START)
    site.write("content/redirects.yml", "/me: /#bio\n")
    site.write(
        "content/root/favicon.ico", b"\0\0\1\0\0\0"
    )  # browsers ask every site for one, and report if there is none
    built = site.build(HOSTS=["netlify"])
    assert not built.failed, built.lines
    with served(built.output) as address:
        yield address


@pytest.fixture(scope="module", params=SCRIPTS.values(), ids=SCRIPTS)
def scripts(request: pytest.FixtureRequest) -> bool:
    """Tell whether scripts run."""
    return bool(request.param)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(
    request: pytest.FixtureRequest, scripts: bool, need: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Run each browser, with scripts on and off."""
    with running(request.param, scripts, need, tmp_path_factory.mktemp(request.param)) as started:
        yield started


def test_the_visitor_arrives_and_back_returns(browser: Browser, scripts: bool, url: str) -> None:
    """Query and fragment are kept by the script; without it the page is reached all the same; Back is no trap."""
    browser.said.clear()
    browser.go(f"{url}/start/")
    browser.click("go")
    assert browser.at(f"{url}/?a=b#bio" if scripts else f"{url}/")
    browser.back()
    assert browser.at(f"{url}/start/")
    browser.click("plain")
    assert browser.at(f"{url}/")
    browser.back()
    assert browser.at(f"{url}/start/")
    browser.click("anchor")
    assert browser.at(f"{url}/?a=b#bio" if scripts else f"{url}/#bio")
    browser.back()
    assert browser.at(f"{url}/start/")
    # Chromium says that a page which fades into the next one cannot fade into a stub.
    assert [text for text in browser.said if "ViewTransition" not in text] == []
