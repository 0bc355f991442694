"""An entry that its author keeps out, in whatever words, is in no file of the site; a preview shows it."""

from tests.conftest import Site
from tests.front_matter.test_drafts import DRAFTS, PUBLISHED, UNCLEAR

STATUSES = ("status: Under review", "status: Forthcoming", "Status: accepted", "status: Drafted in May")
SHOWN = [*(line for line in PUBLISHED if "hidden" not in line), *STATUSES]
KEPT_OUT = [*(line for line in DRAFTS if "[Pelican]" not in line), "status: hidden"]


def write(site: Site, lines: list[str]) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    for number, line in enumerate(lines):
        words = f"Words-{number}-"
        head = f"---\ntitle: {words}\nvenue: {words}\ndate: 2020-01-01\npermalink: /p/{words}\n{line}\n---\n{words}\n"
        site.write(f"content/publications/{number}.md", head)


def test_drafts_are_in_no_file(site: Site) -> None:
    write(site, KEPT_OUT)
    built = site.build(production=True)
    assert not built.failed
    assert [name for name in built.files() if "Words-" in name or b"Words-" in (built.output / name).read_bytes()] == []


def test_a_preview_shows_drafts(site: Site) -> None:
    write(site, KEPT_OUT)
    page = site.build(SHOW_DRAFTS=True).text("index.html")
    assert all(f"Words-{number}-" in page for number in range(len(KEPT_OUT)))


def test_what_is_published_is_shown(site: Site) -> None:
    write(site, SHOWN)
    page = site.build().text("index.html")
    assert [line for number, line in enumerate(SHOWN) if f"Words-{number}-" not in page] == []


def test_what_may_mean_either_is_an_error(site: Site) -> None:
    write(site, UNCLEAR)
    built = site.build()
    assert built.failed
    assert len(built.problems) == len(UNCLEAR)


def test_a_day_to_come_is_left_out_where_articles_are(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    for year in (2020, 2999):
        site.write(f"content/talks/{year}-01-01-x.md", f"---\ntitle: Talk of {year}\n---\n")
    assert "Talk of 2999" in site.build().text("index.html")
    assert "Talk of 2999" not in site.build(WITH_FUTURE_DATES=False).text("index.html")
    assert "Talk of 2999" in site.build(WITH_FUTURE_DATES=False, SHOW_DRAFTS=True).text("index.html")
