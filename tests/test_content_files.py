"""What lies below the content is listed within a second, whatever it is; links lead to nothing private."""

import os
import re
import socket
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content_files import (
    CIRCLE,
    NO_FILE,
    NOWHERE,
    OUTSIDE,
    PAGE,
    PRIVATE,
    TO_PRIVATE,
    TOO_MANY,
    UNREADABLE,
    ContentFiles,
    Lister,
    Reason,
)
from plugins.ignored import is_ignored
from plugins.problems import Problems
from tests.conftest import Site

PAGES = ("pages", "articles")
FOLDERS = ("pages", "files", "root/.well-known")
# What a link leads to, from the folder that holds project/, and what is done with it.
LINKS: dict[str, tuple[str, Reason | None]] = {
    "a file of the content": ("project/content/files/cv.pdf", None),
    "a file of the project": ("project/paper/paper.pdf", None),
    "a folder of the project": ("project/paper", None),
    "a link to a file of the content": ("project/to-cv", None),
    "a link to a link": ("project/to-to-cv", None),
    "a file outside": ("secret/key", OUTSIDE),
    "a folder outside": ("secret", OUTSIDE),
    "a folder whose name begins like the project's": ("project-2", OUTSIDE),
    "a link that leads outside": ("project/to-secret", OUTSIDE),
    "a link to a link that leads outside": ("project/to-to-secret", OUTSIDE),
    "a folder through a link outside": ("project/to-secret/deep", OUTSIDE),
    "what is not there, outside": ("nowhere", OUTSIDE),
    "the root of the disk": ("/", OUTSIDE),
    "a device": ("/dev/zero", OUTSIDE),
    "git's folder": ("project/.git", TO_PRIVATE),
    "a file of git's": ("project/.git/config", TO_PRIVATE),
    "a link to git's folder": ("project/to-git", TO_PRIVATE),
    "passwords": ("project/.env", TO_PRIVATE),
    "drafts of the content": ("project/content/_drafts", TO_PRIVATE),
    "a draft": ("project/content/_drafts/a.md", TO_PRIVATE),
    "the content": ("project/content", CIRCLE),
    "the project": ("project", CIRCLE),
    "what is not there": ("project/nowhere", NOWHERE),
    "a pipe": ("project/pipe", NO_FILE),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with things that links may lead to, beside what lies outside."""
    for file in (
        *("project/content/files/cv.pdf", "project/content/_drafts/a.md", "project/paper/paper.pdf"),
        *("project/.git/config", "project/.env", "secret/key", "secret/deep/key", "project-2/key"),
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x")
    root = tmp_path / "project"
    for link, target in {
        "to-cv": "content/files/cv.pdf", "to-to-cv": "to-cv", "to-git": ".git", "to-secret": "../secret",
        "to-to-secret": "to-secret",
    }.items():  # fmt: skip
        (root / link).symlink_to(target)
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "pipe")
    return root


def listed(project: Path) -> ContentFiles:
    began = time.process_time()
    found = Lister(project.resolve() / "content", PAGES, (), PAGES, ()).list()
    assert time.process_time() - began < 1
    return found


@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("case", LINKS)
def test_a_link_is_followed_only_to_what_may_be_published(
    project: Path, case: str, folder: str, absolute: bool
) -> None:
    to, reason = LINKS[case]
    target = project.parent / to
    link = project / "content" / folder / "link.txt"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target if absolute else os.path.relpath(target, link.parent))
    found = listed(project)
    path = f"{folder}/link.txt"
    assert found.left_out.get(path) == reason
    assert bool(found.below([path])) == (reason is None)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
def test_a_link_to_a_page_is_not_copied_under_any_name(project: Path, name: str) -> None:
    (project / "content" / "pages").mkdir()
    (project / "content" / "pages" / "about.md").write_text("---\ntitle: x\n---\n<!-- private -->\n")
    (project / "content" / "files" / name).symlink_to("../pages/about.md")
    found = listed(project)
    assert found.left_out[f"files/{name}"] == PAGE
    assert f"files/{name}" in found.pages


def link(project: Path, at: str, to: str) -> None:
    there = project / "content" / at
    there.parent.mkdir(parents=True, exist_ok=True)
    there.symlink_to(to)


def ring(project: Path, size: int) -> None:
    """Let each of several folders hold a link to the next."""
    for number in range(size):
        link(project, f"files/{number}/next", f"../{(number + 1) % size}")


def each_to_each(project: Path, size: int) -> None:
    """Let each of several folders hold links to all."""
    for one in range(size):
        for other in range(size):
            link(project, f"files/{one}/{other}", f"../{other}")


CIRCLES: dict[str, Callable[[Path], None]] = {
    "a link to itself": lambda project: link(project, "files/a", "a"),
    "two links to each other": lambda project: (link(project, "files/a", "b"), link(project, "files/b", "a"))[0],
    "a link to its folder": lambda project: link(project, "files/a", "."),
    "a link to the folder above": lambda project: link(project, "files/a/b", "../.."),
    "a ring of two folders": lambda project: ring(project, 2),
    "a ring of twenty": lambda project: ring(project, 20),
    "three folders, each to each": lambda project: each_to_each(project, 3),
    "fifteen folders, each to each": lambda project: each_to_each(project, 15),
    "a circle through the project": lambda project: (link(project, "../paper/back", "../content"),
                                                     link(project, "files/a", "../../paper"))[0],
}  # fmt: skip


@pytest.mark.parametrize("case", CIRCLES)
def test_links_in_a_circle_end(project: Path, case: str) -> None:
    CIRCLES[case](project)
    found = listed(project)
    assert set(found.left_out.values()) & {CIRCLE, TOO_MANY, NOWHERE}
    assert "files/cv.pdf" in found.files
    problems = Problems()
    found.report("content", PAGES, (), problems)
    assert len(problems) <= 31


def test_two_links_to_one_folder_are_both_followed(project: Path) -> None:
    (project / "paper" / "v2").mkdir()
    (project / "paper" / "v2" / "a.pdf").write_text("x")
    (project / "paper" / "latest").symlink_to("v2")
    for name in ("files/paper", "files/again"):
        link(project, name, "../../paper")
    assert {f"files/{name}/{version}/a.pdf" for name in ("paper", "again") for version in ("v2", "latest")} <= listed(
        project
    ).files


def pipe(at: Path) -> None:
    os.mkfifo(at)


def listener(at: Path) -> None:
    here = Path.cwd()
    os.chdir(at.parent)  # the path of a socket may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(at.name)
    finally:
        os.chdir(here)


def device(at: Path) -> None:
    os.mknod(at, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero


SPECIAL = {"a pipe": pipe, "a socket": listener, "a device": device}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize(
    "path", ["pages/about.md", "articles/2020-01-01-x.md", "files/a.pdf", "images/a.jpg", "root/CNAME"]
)
@pytest.mark.parametrize("kind", SPECIAL)
def test_what_is_no_file_is_named(project: Path, kind: str, path: str) -> None:
    at = project / "content" / path
    at.parent.mkdir(exist_ok=True)
    try:
        SPECIAL[kind](at)
    except PermissionError:
        pytest.skip("only root may make a device")
    found = listed(project)
    assert found.left_out[path] == NO_FILE
    problems = Problems()
    found.report("content", PAGES, (), problems)
    assert problems.failed == path.startswith(PAGES)


@pytest.mark.parametrize("name", ["authors.yml", "navigation.yml", "redirects.yml", "pages/x.md", "files/x", "root/x"])
def test_a_build_with_a_pipe_ends(site: Site, home: None, name: str) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    at = site.root / "content" / name
    at.parent.mkdir(exist_ok=True)
    os.mkfifo(at)
    built = site.build()
    assert any(f"content/{name}: " in line for line in built.lines), built.lines


@pytest.mark.parametrize("path", ["files/a.pdf", "files/deep", "pages/about.md", "pages/deep"])
def test_what_may_not_be_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Whoever runs the tests may be root, who may read everything: the system's answers are changed."""
    at = project / "content" / path
    (at / "x").mkdir(parents=True) if at.name == "deep" else at.parent.mkdir(exist_ok=True)
    if at.name != "deep":
        at.write_text("x")
    scandir = os.scandir

    def denied(folder: Path) -> object:
        if folder == at:
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", denied)
    monkeypatch.setattr(os, "access", lambda file, _: file != at)
    found = listed(project)
    assert found.left_out[path] == UNREADABLE
    problems = Problems()
    found.report("content", PAGES, (), problems)
    assert problems.failed == path.startswith("pages")


def test_folders_nested_too_deep_are_named(site: Site, home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (site.root / "content" / "files").mkdir()
    monkeypatch.chdir(site.root / "content" / "files")
    for _ in range(1000):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text("x")
    try:
        built = site.build()
    finally:  # pytest could not
        Path("a.txt").unlink()
        for _ in range(1000):
            os.chdir("..")
            Path("d").rmdir()
    assert not built.failed
    assert [line for line in built.lines if "100 levels" in line]


def test_thousands_of_files_are_listed_quickly(project: Path) -> None:
    for number in range(2000):
        (project / "content" / "files" / f"{number}.pdf").touch()
    assert len(listed(project).files) == 2001


def test_what_settings_name_is_not_private(project: Path) -> None:
    for path in ("_pages/a.md", "_pages/_b.md", "docs/_static/a.css", "docs/_sources/a.txt", "_x/a.txt"):
        at = project / "content" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text("x")
    found = Lister(project / "content", ["_pages"], (), ["_pages", "docs/_static", "_x/a.txt"], ["cv.*"]).list()
    assert found.files == {"_pages/a.md", "docs/_static/a.css", "_x/a.txt"}
    assert set(found.left_out) == {"_pages/_b.md", "docs/_sources", "_drafts"}
    assert set(found.left_out.values()) == {PRIVATE}


@pytest.mark.parametrize("linked", ["content", "."])
def test_the_content_may_itself_be_a_link(site: Site, linked: str) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\n---\n[x]({static}/files/a.txt)\n")
    site.write("content/articles/2020-01-01-b.md", "---\ntitle: B\n---\nB.\n")
    site.write("content/files/a.txt", "x")
    there = site.root / linked
    there.rename(site.root.parent / "elsewhere")
    (site.root / linked).symlink_to(site.root.parent / "elsewhere")
    built = site.build()
    assert built.lines == []
    assert {"index.html", "b/index.html", "files/a.txt"} <= set(built.files())


NAMES = st.sampled_from("a b.txt c.md _d .e pages root files .well-known .htaccess about.md~ 4913 g.html".split())
THINGS = st.one_of(
    st.tuples(st.just("file"), st.sampled_from(["x", "---\ntitle: x\n---\n", "Title: x\nDate: 2020-01-01\n"])),
    st.tuples(
        st.just("link"), st.sampled_from([".", "..", "../..", "/", "../a", "b.txt", "_d", "../../../outside", "c.md"])
    ),
)
TREES = st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=4), THINGS), max_size=12)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(TREES)
def test_whatever_lies_there_is_listed_or_left_out_and_nothing_private_is_copied(
    tree: list[tuple[list[str], tuple[str, str]]],
) -> None:
    with TemporaryDirectory() as folder:
        content = Path(folder).resolve() / "project" / "content"
        content.mkdir(parents=True)
        (content.parent.parent / "outside").mkdir()
        (content.parent.parent / "outside" / "a").write_text("x")
        for names, (kind, text) in tree:
            at = content.joinpath(*names)
            with suppress(OSError):  # a file where a folder is to be, and the other way round
                at.parent.mkdir(parents=True, exist_ok=True)
                at.symlink_to(text) if kind == "link" else at.write_text(text)
        found = Lister(content, PAGES, (), PAGES, ()).list()
        for path in found.files:
            real = (content / path).resolve()
            assert real.is_file()
            assert real.is_relative_to(content.parent)
            assert not is_ignored(path)
            for name in (*path.split("/"), *real.relative_to(content).parts):
                assert name[0] not in "_." or (name in (".well-known", ".htaccess") and "root" in path)
            if path not in found.pages and not path.startswith("pages/"):
                assert real.read_text()[:3] not in ("---", "Tit") or not (
                    re.search(r"\.(md|html)$", path) or re.search(r"\.(md|html)$", real.name)
                )
        there = {Path(at, name) for at, _, names in os.walk(content) for name in names}
        for file in (path.relative_to(content).as_posix() for path in there):
            above = {file, *map(str, PurePosixPath(file).parents)}
            assert above & {*found.files, *found.left_out} or is_ignored(file)


def test_data_outside_the_project_is_not_read(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\nauthor_profile: true\n---\nHome.\n")
    site.write("../authors.yml", "Yuhang Song:\n  bio: Jane-private\n")
    (site.root / "content" / "authors.yml").symlink_to("../../authors.yml")
    built = site.build()
    reason = "is not published: links out of the project are not followed; put a copy in its place"
    assert f"content/authors.yml: warning: {reason}" in built.lines
    assert not [name for name in built.files() if b"Jane-private" in (built.output / name).read_bytes()]


def test_a_picture_that_is_a_link_to_itself_is_a_problem(site: Site) -> None:
    site.write("content/pages/home.md", "---\npermalink: /\nauthor_profile: true\n---\nHome.\n")
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: me.jpg\n")
    (site.root / "content" / "images").mkdir()
    (site.root / "content" / "images" / "me.jpg").symlink_to("me.jpg")
    lines = site.build().lines
    assert any(line.startswith("content/images/me.jpg: warning: is not published: links that lead") for line in lines)
    assert any(line.startswith("content/authors.yml:2: avatar: ") for line in lines)
