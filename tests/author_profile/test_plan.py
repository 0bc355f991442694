"""The plan of a site's profiles: who shows what, which files the site gets, and what is reported; without a disk."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.author_profile.links import Link
from plugins.author_profile.plan import Assets, Profiles, plan_profiles
from plugins.pictures import Cache
from plugins.problems import Problems
from plugins.settings import Settings
from plugins.site import Page, Site, StaticFile, Status
from tests.author_profile.pictures import photograph
from tests.author_profile.reading import authors_in

SETTINGS = Settings(path=Path("content"), theme=Path("theme"), author="Jane Doe")


def page(url: str, author: object = None, status: Status = "published", shows: bool = True) -> Page:
    front_matter = {"author_profile": shows, **({} if author is None else {"author": author})}
    path = f"content/pages/{url.strip('/') or 'home'}.md"
    return Page(path, url, f"{url}index.html", "Title", status=status, front_matter=front_matter, lines={"author": 3})


def static(save_as: str, folder: str = "content") -> StaticFile:
    return StaticFile(f"{folder}/{save_as}", save_as, Path(folder, save_as))


def planned(
    authors: str | None,
    pages: Iterable[Page] = (page(""),),
    *,
    files: Iterable[StaticFile] = (),
    pictures: Mapping[str, bytes] = {},
    icons: Mapping[str, bytes] = {},
    cache: dict[str, bytes] | None = None,
    **settings: object,
) -> tuple[Profiles, list[str]]:
    """Return the plan of a site, and the problems as lines."""
    problems = Problems()
    site = Site("https://jane.example.org", "Jane's site", "en", list(pages), list(files))
    kept: dict[str, bytes] = {} if cache is None else cache
    assets = Assets(pictures.get, icons.get, Cache(kept.get, kept.__setitem__))
    known = authors_in(None if authors is None else authors.encode(), problems)
    plan = plan_profiles(site, known, replace(SETTINGS, **settings), assets, problems)
    return plan, [str(problem) for problem in problems]


HOMES: dict[str, tuple[list[Page], str]] = {
    "the page with the shortest address": ([page("about/"), page("")], "/"),
    "of two as short, the first in the alphabet": ([page("b/"), page("a/")], "/a/"),
    "a public page before a shorter hidden one": ([page("h/", status="hidden"), page("about/")], "/about/"),
    "a hidden page if no other shows the author": ([page("hidden/", status="hidden")], "/hidden/"),
    "a page that shows the author": ([page("", shows=False), page("about/")], "/about/"),
}


@pytest.mark.parametrize("case", HOMES)
def test_the_page_about_an_author_is(case: str) -> None:
    pages, home = HOMES[case]
    plan, lines = planned("Jane Doe:\n", pages)
    assert lines == []
    assert {profile.home for profile in plan.shown.values()} == {home}
    assert plan.owner
    assert plan.owner.home == f"https://jane.example.org{home}"


def test_every_page_has_a_head_and_only_those_that_ask_for_it_a_profile() -> None:
    pages = [page(""), page("cv/"), page("john/", "John Roe"), page("plain/", shows=False)]
    plan, lines = planned("Jane Doe:\nJohn Roe:\n", pages)
    assert lines == []
    assert {path: profile.name for path, profile in plan.shown.items()} == {
        "content/pages/home.md": "Jane Doe",
        "content/pages/cv.md": "Jane Doe",
        "content/pages/john.md": "John Roe",
    }
    assert plan.heads.keys() == {each.path for each in pages}
    about_the_author = [path for path, head in plan.heads.items() if head.json_ld]
    assert about_the_author == ["content/pages/home.md", "content/pages/john.md"]
    about_the_owner = [path for path, head in plan.heads.items() if head.alternates]
    assert about_the_owner == ["content/pages/home.md"]


def test_a_page_s_own_facts_are_shown_on_that_page_only() -> None:
    plan, _ = planned("Jane Doe:\n  location: Oxford\n", [page(""), page("rome/", {"location": "Rome"})])
    assert [profile.location for profile in plan.shown.values()] == ["Oxford", "Rome"]


def test_of_two_names_of_a_text_the_canonical_one_counts() -> None:
    plan, _ = planned("Jane Doe:\n  position: Reader\n  role: Professor\n  job: Lecturer\n")
    assert plan.shown["content/pages/home.md"].role == "Professor"


def test_a_link_without_a_label_has_its_key_as_written() -> None:
    plan, _ = planned("Jane Doe:\n  GitHub_ID: {url: https://github.com/jane}\n")
    (link,) = plan.shown["content/pages/home.md"].links
    assert (link.label, link.icon) == ("GitHub ID", "github")


def test_nothing_is_planned_where_no_page_shows_an_author() -> None:
    plan, lines = planned(None, [page("", shows=False)])
    assert (plan.shown, plan.files, plan.owner, lines) == ({}, {}, None, [])


def test_the_files_are_the_portraits_of_all_and_the_cards_of_the_owner() -> None:
    pictures = {"images/jane.png": photograph(40, 40), "john.png": photograph(60, 60)}
    authors = "Jane Doe:\n  avatar: jane.png\nJohn Roe:\n  avatar: john.png\n"
    plan, lines = planned(authors, [page(""), page("john/", "John Roe")], pictures=pictures)
    assert lines == []
    assert {"author.vcf", "resume.json"} < plan.files.keys()
    assert json.loads(plan.files["resume.json"])["basics"]["name"] == "Jane Doe"
    shown = [profile.portrait for profile in plan.shown.values()]
    assert plan.files.keys() - {"author.vcf", "resume.json"} == {
        f"images/{file.name}" for portrait in shown if portrait for file in portrait.files
    }
    assert len(plan.files) == 2 + 2 * 3


def test_links_to_the_files_appear_once_on_each_page_of_the_owner_only() -> None:
    pages = [page(""), page("cv/"), page("own/", {"location": "Rome"}), page("john/", "John Roe")]
    plan, _ = planned("Jane Doe:\nJohn Roe:\n", pages, author_files_linked=True)
    labels = {path: [link.label for link in profile.links] for path, profile in plan.shown.items()}
    assert labels == {
        "content/pages/home.md": ["Contact card", "JSON résumé"],
        "content/pages/cv.md": ["Contact card", "JSON résumé"],
        "content/pages/own.md": ["Contact card", "JSON résumé"],
        "content/pages/john.md": [],
    }


LINKED: dict[str, tuple[str, dict[str, object], list[str]]] = {
    "a file that is published": ("/files/cv.pdf", {"files": [static("files/cv.pdf")]}, []),
    "a name written in another way": ("/files/caf%C3%A9.pdf", {"files": [static("files/cafe\u0301.pdf")]}, []),
    "a query": ("/files/cv.pdf?v=2", {"files": [static("files/cv.pdf")]}, []),
    "a page": ("/teaching.html", {}, []),
    "a file that we write": ("/author.vcf", {}, []),
    "a file that we do not write": (
        "/author.vcf", {"author_files": ("resume.json",)}, ["'/author.vcf' does not exist; put the file at content/root/author.vcf"],
    ),
    "a file that does not exist": (
        "/files/cv.pdf", {}, ["'/files/cv.pdf' does not exist; put the file at content/files/cv.pdf"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LINKED)
def test_a_link_is_reported_if_the_site_lacks_its_file(case: str) -> None:
    url, options, messages = LINKED[case]
    plan, lines = planned(f"Jane Doe:\n  CV: {url}\n", **options)  # type: ignore[arg-type]
    assert lines == [f"content/authors.yml:2: warning: CV: {message}" for message in messages]
    (link,) = plan.shown["content/pages/home.md"].links
    assert link.url == url


def test_a_problem_has_the_line_of_its_item_in_a_list() -> None:
    authors = "Jane Doe:\n  affiliation:\n    - name: A\n    - name: B\n      ror: none\n  github: [jane, {label: x}]\n"
    _, lines = planned(authors)
    assert lines == [
        "content/authors.yml:4: warning: affiliation: 'none' is not a ROR id, so it is left out; "
        "write one such as 'https://ror.org/052gg0110'",
        "content/authors.yml:6: warning: github: has no 'url:', so it is left out; write 'url:' and 'label:'",
    ]


def test_a_problem_of_a_page_s_own_facts_has_the_key_and_the_page() -> None:
    _, lines = planned("Jane Doe:\n  github: jane\n", [page("", {"GitHub_Username": "no one"})])
    assert lines == [
        "content/pages/home.md:3: warning: GitHub_Username: 'no one' is not a GitHub name, so it is left out; "
        "write 'jane-doe' or 'https://github.com/jane-doe'"
    ]


def test_a_text_for_an_avatar_that_does_not_exist_is_reported() -> None:
    _, lines = planned("Jane Doe:\n  photo_alt: Jane by the sea\n")
    assert lines == [
        "content/authors.yml:2: warning: photo_alt: has no avatar to describe, so it is left out; write 'avatar:' as well"
    ]


def test_the_files_have_the_address_of_an_e_mail_link_with_a_label() -> None:
    plan, lines = planned("Jane Doe:\n  email: {label: Write to me, url: j+d@example.ac.uk}\n")
    assert lines == []
    assert b"\r\nEMAIL:j+d@example.ac.uk\r\n" in plan.files["author.vcf"]
    assert json.loads(plan.files["resume.json"])["basics"]["email"] == "j+d@example.ac.uk"


def test_an_icon_that_is_not_utf_8_is_reported_and_replaced() -> None:
    plan, lines = planned("Jane Doe:\n  github: jane\n", icons={"github": b"<svg>\xe9</svg>"})
    assert lines == ["theme/icons/github.svg:1: encoding: byte 0xE9 is not UTF-8; save the file as UTF-8"]
    assert plan.shown["content/pages/home.md"].links[0].svg


@pytest.mark.parametrize(
    "damage", [b"", b"[", b"[1, 2]", b"3", b'[1, 2, "", [[1]]]', b'[1, 2, "", [["a", "b", 1, "?"]]]']
)
def test_a_damaged_portrait_in_the_cache_is_made_again(damage: bytes) -> None:
    cache: dict[str, bytes] = {}
    authors, pictures = "Jane Doe:\n  avatar: me.png\n", {"images/me.png": photograph(40, 40)}
    plan, _ = planned(authors, pictures=pictures, cache=cache)
    (key,) = cache
    whole = cache[key]
    cache[key] = damage
    again, lines = planned(authors, pictures=pictures, cache=cache)
    assert lines == []
    assert again.files == plan.files
    assert cache[key] == whole


def test_a_portrait_in_the_cache_takes_the_shape_of_the_settings() -> None:
    cache: dict[str, bytes] = {}
    authors, pictures = "Jane Doe:\n  avatar: me.png\n", {"images/me.png": photograph(40, 40)}
    for shape in ("square", "circle"):
        plan, _ = planned(authors, pictures=pictures, cache=cache, author_portrait_shape=shape)
        portrait = plan.shown["content/pages/home.md"].portrait
        assert portrait
        assert portrait.shape == shape
    assert len(cache) == 1


def test_an_address_breaks_at_its_signs_and_is_short_on_paper() -> None:
    """An e-mail address at its `@` and dots, never at a hyphen; an address of the web without what says nothing."""
    mail = Link("email", "j-m.doe@a-b.org", "mailto:j-m.doe@a-b.org", "email")
    assert mail.label_html == "<span>j-m.</span><wbr>doe@<wbr><span>a-b.</span><wbr>org"
    assert Link("github", "GitHub", "https://www.github.com/jane/", "github").short == "github.com/jane"
    assert (mail.short, Link("x", "<b>", "/x", "x").label_html) == ("", "&lt;b&gt;")
