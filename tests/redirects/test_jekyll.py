"""Beside the real jekyll-redirect-from: the same pages give stubs at the same paths, to the same targets."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.redirects.parse import parse_source
from tests.conftest import Site

# jekyll-redirect-from's own cases, written anew, and what real pages hold: permalink, front-matter lines.
PAGES = {
    "home": ("/", ["redirect_from: ", "  - /about/", "  - /about.html"]),
    "one text": ("/one/", ["redirect_from: /some/old/address/"]),
    "a list without leading slashes": (
        "/list/",
        ["redirect_from: [help, posts/23128432159832/mary-had-a-little-lamb]"],
    ),
    "nothing": ("/nothing/", ["redirect_from:"]),
    "an empty list with nothing in it": ("/null/", ["redirect_from:", "  -", "  - /null-old/"]),
    "extensions": ("/html/", ["redirect_from:", "  - /html/redirect.htm", "  - /deep/er/old.html", "  - /old-name"]),
    "awkward": ("/awkward/", ["redirect_from:", "  - /a b/ü/", "  - /a%20c/%C3%BC/", "  - /p(1)+x/", "  - /~name/"]),
    "double slashes": ("/slashes/", ["redirect_from:", "  - /a//b/", "  - _pages/slashes"]),
    "the slashless form of itself": ("/forms/", ["redirect_from:", "  - /forms", "  - /forms.html"]),
    "a file": ("/file.html", ["redirect_from: /old-file.html"]),
    "moved away": ("/moved/", ["redirect_to: https://example.com/elsewhere"]),
    "moved here": ("/here/", ["redirect_to: [/one/]"]),
    "moved with old addresses": ("/both/", ["redirect_from: /both-old/", "redirect_to: /list/"]),
}


def targets(output: Path) -> dict[str, str]:
    """Return each stub in an output folder → the URL that its refresh names."""
    found = {}
    for file in sorted(output.rglob("*.htm*")):
        if refresh := re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', file.read_text("utf-8")):
            found[file.relative_to(output).as_posix()] = refresh[1]
    return found


def test_stubs_lie_where_jekyll_puts_them(site: Site, tmp_path: Path, need: Callable[..., str]) -> None:
    """The same paths and targets, but that a chain ends at once and that `/old` also answers as a folder."""
    jekyll = need("jekyll", "jekyll ruby-jekyll-redirect-from")
    old = tmp_path / "jekyll"
    old.mkdir()
    old.joinpath("_config.yml").write_text(
        "plugins: [jekyll-redirect-from]\nurl: https://example.org\nbaseurl: /proj\n"
    )
    for number, (permalink, lines) in enumerate(PAGES.values()):
        text = "\n".join(["---", f"permalink: {permalink}", "title: A page", *lines, "---", "text", ""])
        site.write(f"content/pages/p{number}.md", text)
        old.joinpath(f"p{number}.md").write_text(text, "utf-8")
    subprocess.run([jekyll, "build", "--quiet"], cwd=old, check=True, timeout=120)
    built = site.build(SITEURL="https://example.org/proj")
    ours, theirs = targets(built.output), targets(old / "_site")
    assert len(theirs) > 20
    assert theirs["both-old/index.html"] == "https://example.org/proj/both/"
    theirs["both-old/index.html"] = "https://example.org/proj/list/"  # the end of the chain
    folders = {
        file: theirs[other]
        for file, other in ((f"{path[1:]}/index.html", f"{path[1:]}.html") for path in json_paths(old))
        if other in theirs
        and "." not in file.rpartition("/")[0]
        and file not in theirs
        and not (old / "_site" / file).exists()
    }
    assert set(folders) == {
        "help/index.html",
        "posts/23128432159832/mary-had-a-little-lamb/index.html",
        "old-name/index.html",
        "_pages/slashes/index.html",
    }
    assert ours == {file: target.removeprefix("https://example.org") for file, target in {**theirs, **folders}.items()}
    listed = json.loads((old / "_site" / "redirects.json").read_text("utf-8"))
    listed["/both-old/"] = "https://example.org/proj/list/"
    assert json.loads(built.text("redirects.json")) == listed


def json_paths(folder: Path) -> list[str]:
    """Return the sources that jekyll-redirect-from lists."""
    return [parse_source(path) for path in json.loads((folder / "_site" / "redirects.json").read_text("utf-8"))]


@pytest.mark.parametrize("permalink", ["/own/", "/own.html"])
@pytest.mark.usefixtures("home")
def test_a_page_is_not_replaced_by_its_own_redirect(site: Site, permalink: str) -> None:
    """Where jekyll-redirect-from replaces the page by an endless loop, the page stays."""
    site.write(
        "content/pages/own.md", f"---\npermalink: {permalink}\ntitle: A\nredirect_from: {permalink}\n---\ntext\n"
    )
    built = site.build()
    assert targets(built.output) == {}
