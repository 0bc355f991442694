"""When a page was last changed: what its author says, else git, where git can know."""

import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plugins.commits import Commits
from tests.conftest import Site


@pytest.fixture
def repository(site: Site, need: Callable[..., str]) -> Callable[..., None]:
    """Return a function that commits everything on a day."""
    git = need("git")

    def run(*arguments: str, day: str = "2020-01-01") -> None:
        moment = f"{day}T23:30:00-0800"  # the next day in UTC
        env = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run([git, *who, *arguments], cwd=site.root, check=True, capture_output=True, env=env)

    run("init", "-q")
    return run


def test_each_file_has_the_day_of_its_last_commit(site: Site, repository: Callable[..., None]) -> None:
    """In the time zone of who committed it; a name in any letters; what was never committed has none."""
    site.write("content/pages/a.md", "one")
    site.write("content/pages/日本 ä.md", "one")
    repository("add", "-A")
    repository("commit", "-m", "1", day="2020-02-03")
    site.write("content/pages/a.md", "two")
    repository("commit", "-am", "2", day="2021-04-05")
    site.write("content/pages/new.md", "one")
    dates = Commits(site.root, "content").dates
    assert dates["content/pages/a.md"] == date(2021, 4, 5)
    assert dates["content/pages/日本 ä.md"] == date(2020, 2, 3)
    assert "content/pages/new.md" not in dates


def test_nothing_is_known_without_history(
    site: Site, repository: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a repository without commits, a shallow clone, a folder outside of any, and without git."""
    assert Commits(site.root, "content").dates == {}
    site.write("content/pages/a.md", "one")
    repository("add", "-A")
    repository("commit", "-m", "1")
    assert Commits(site.root, "content").dates
    repository("clone", "--depth", "1", f"file://{site.root}", str(tmp_path / "clone"))
    assert Commits(tmp_path / "clone", "content").dates == {}
    assert Commits(tmp_path, "content").dates == {}
    monkeypatch.setenv("PATH", "")
    assert Commits(site.root, "content").dates == {}


UPDATED = re.compile(r'<p class="colophon"><span>(.*?)</span>')


@pytest.mark.parametrize(
    ("key", "lang", "said"),
    [
        ("last_modified_at: 2026-11-03", "en", "Updated 3\u00a0November 2026"),
        ("modified: 2026-11-03", "de", "Aktualisiert am 3.\u00a0November 2026"),
        ("date: 2026-11-03", "zh", "更新于 2026年11月3日"),
        ("date: 2020-01-01\nmodified: 2026-11-03", "fr", "Mis à jour le 3\u00a0novembre 2026"),
    ],
)
def test_a_page_says_when_it_was_changed(site: Site, key: str, lang: str, said: str) -> None:
    """In its language, with the card of its author and its PDF."""
    site.write("content/authors.yml", "Yuhang Song:\n  bio: x\n")
    site.write("content/pages/a.md", f"---\npermalink: /\nauthor_profile: true\nlang: {lang}\n{key}\n---\nx\n")
    site.write("content/root/page.pdf", b"%PDF-1.4")
    built = site.build()
    assert not built.failed, built.lines
    html = built.text("index.html")
    (found,) = UPDATED.findall(html)
    assert re.sub("<.*?>", "", found) == said
    assert 'datetime="2026-11-03"' in found
    assert '<a href="/author.vcf">vCard</a> <a href="/page.pdf">PDF</a></p>' in html


def test_a_page_of_a_repository_has_the_day_of_its_commit(site: Site, repository: Callable[..., None]) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  bio: x\n")
    site.write("content/pages/a.md", "---\npermalink: /\nauthor_profile: true\n---\nx\n")
    assert not UPDATED.search(site.build().text("index.html"))
    repository("add", "-A")
    repository("commit", "-m", "1", day="2024-06-07")
    assert "2024-06-07" in site.build().text("index.html")
