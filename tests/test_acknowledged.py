"""``ACKNOWLEDGED`` silences the warnings that it quotes, whatever they are about."""

import pytest

from plugins import builder
from tests.conftest import Site

PAGE = "---\npermalink: /\nauthor_profile: true\nredirect_from: [/aux/, /a?b=c/]\n---\nHome\n"


def build(site: Site, entries: list[str]) -> list[str]:
    """Return the lines that `invoke build` prints on standard error with these entries."""
    config = site.root / "pelicanconf.py"
    before = config.read_text()
    config.write_text(f"{before}\nACKNOWLEDGED = {entries!r}\n")
    built = builder.build("pelicanconf.py")
    config.write_text(before)
    return [str(problem) for problem in built.problems]


def test_what_is_printed_can_be_acknowledged_and_what_is_gone_is_reported(
    seed_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """About names on Windows, hosts, authors and files; but no error."""
    monkeypatch.chdir(seed_site.root)
    page = seed_site.write("content/pages/about.md", PAGE.replace(", /a?b=c/", ""))
    seed_site.write("content/pages/notes.txt", "notes")
    seed_site.write("content/files/con.txt", "con")
    seed_site.write("content/authors.yml", "Yuhang Song:\n  name: Yuhang Song\n  email: you\n")
    (seed_site.root / "pelicanconf.py").open("a").write(
        'REDIRECTS = {f"/{number}/": "/" for number in range(2200)}\nHOSTS = ["cloudflare-pages"]\n'
    )
    found = build(seed_site, [])
    for word in ("'aux'", "'con.txt'", "notes.txt", "email", "HOSTS"):
        assert [line for line in found if word in line and ": warning: " in line], (word, found)
    assert build(seed_site, found) == []
    (seed_site.root / "content" / "pages" / "notes.txt").unlink()
    gone = next(line for line in found if "notes.txt" in line)
    (left,) = build(seed_site, found)
    assert left.startswith("pelicanconf.py:12: warning: ACKNOWLEDGED: ")
    assert repr(gone) in left
    page.write_text(PAGE)
    (error,) = build(seed_site, found)
    assert ": warning: " not in error
    assert build(seed_site, [*found, error]) == [error]
