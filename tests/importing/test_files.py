"""Which files of a checkout are taken over, what is said of each other one, and what a failure leaves."""

import os
import shutil
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.importing import Imported, import_site
from plugins.problems import ContentError, Problem
from plugins.transaction import restore
from tests.conftest import Site
from tests.killing import RAISED, die, faulty, fill_disk, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes and FIFOs, and few users may make links")
OUT = "is not imported: it is a link out of the checkout"
UNPUBLISHED = "is not imported: it is a link to what Jekyll does not publish"
NOTHING = "is not imported: it is a link to nothing that can be read"
NAME = "is not imported: Jekyll does not publish such a name"
SECRET = "secret of this machine"


@pytest.fixture
def private(tmp_path: Path, checkout: Path) -> Path:
    """Return a folder outside the checkout; inside it, `_drafts` and `.git` are as private."""
    for folder in (tmp_path / "private", checkout / "_drafts", checkout / ".git"):
        folder.mkdir()
        (folder / "key").write_text(SECRET)
    return tmp_path / "private"


@pytest.mark.parametrize(
    ("link", "target", "message"),
    [
        pytest.param("files/key.txt", "{private}/key", OUT, id="a file"),
        pytest.param("images", "{private}", OUT, id="a folder at the top"),
        pytest.param("files/sub", "{private}", OUT, id="a folder inside another"),
        pytest.param("CNAME", "{private}/key", OUT, id="the CNAME"),
        pytest.param("_pages/notes.md", "{private}/key", OUT, id="a page"),
        pytest.param("_pages/sub", "{private}", OUT, id="a folder of pages"),
        pytest.param("files/key.txt", "../../private/key", OUT, id="by a relative path"),
        pytest.param("files/key.txt", "/proc/self/environ", OUT, id="a file of the system"),
        pytest.param("files/chain", "../images/one", OUT, id="by way of another link"),
        pytest.param("files/above", "..", "is not imported: it is a link to a folder", id="a folder above it"),
        pytest.param("files/root", "../..", OUT, id="the folder of the checkout"),
        pytest.param("files/circle", "circle", NOTHING, id="itself"),
        pytest.param("files/circle", "../images/circle", NOTHING, id="in a circle"),
        pytest.param("files/gone", "nowhere", NOTHING, id="nowhere"),
        pytest.param("files/draft.md", "../_drafts/key", UNPUBLISHED, id="a draft"),
        pytest.param("files/config", "../.git/key", UNPUBLISHED, id="the repository"),
        pytest.param("files/fifo", "../images/fifo", NOTHING, id="a FIFO"),
    ],
)
def test_a_link_brings_nothing_private(
    checkout: Path, site: Site, private: Path, link: str, target: str, message: str
) -> None:
    path = checkout / link
    (checkout / "images" / "one").symlink_to(private / "key")
    (checkout / "images" / "circle").symlink_to("../files/circle")
    os.mkfifo(checkout / "images" / "fifo")
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target.format(private=private))
    done = import_site(checkout, site.root, overwrite=True)
    assert message in messages(done, link)
    found = [file for file in site.root.glob("content/**/*") if file.is_file() and SECRET in file.read_text("latin-1")]
    assert [file.relative_to(site.root).as_posix() for file in found] in ([], ["content/_drafts/key"])
    assert not [file for file in site.root.glob("content/**/*") if file.is_symlink()]


def test_a_link_to_a_file_of_the_checkout_is_a_copy(checkout: Path, site: Site) -> None:
    """As GitHub Pages publishes it; also by way of other links, and the checkout itself may be one."""
    (checkout / "files" / "latest.pdf").symlink_to("cv.pdf")
    (checkout / "images" / "cv.pdf").symlink_to("../files/latest.pdf")
    (checkout.parent / "named").symlink_to(checkout)
    done = import_site(checkout.parent / "named", site.root, overwrite=True)
    for path in ("content/files/latest.pdf", "content/images/cv.pdf"):
        assert path in done.written
        assert (site.root / path).read_bytes() == b"%PDF"
        assert not (site.root / path).is_symlink()


def listen(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


SPECIAL = "is not imported: it is neither a file nor a folder"


@pytest.mark.parametrize(
    ("path", "make", "message"),
    [
        pytest.param("files/fifo", getattr(os, "mkfifo", None), SPECIAL, id="a FIFO"),
        pytest.param("fifo", getattr(os, "mkfifo", None), SPECIAL, id="a FIFO at the top"),
        pytest.param("_pages/fifo.md", getattr(os, "mkfifo", None), SPECIAL, id="a FIFO among the pages"),
        pytest.param("files/socket", listen, SPECIAL, id="a socket"),
        pytest.param("files/\udcff.pdf", Path.touch, "is not imported: its name is not UTF-8", id="not UTF-8"),
        pytest.param(
            "files/aux.pdf",
            Path.touch,
            "has 'aux.pdf', a device's name on Windows, so that it is lost there",
            id="a name that Windows reserves",
        ),
        pytest.param(
            f"files/{'x' * 220}", Path.touch, "has 234 characters, more than Windows may allow", id="a long name"
        ),
    ],
)
def test_what_cannot_be_taken_or_is_lost_elsewhere_is_named(
    checkout: Path, site: Site, path: str, make: Callable[[Path], object], message: str
) -> None:
    try:
        make(checkout / path)
    except OSError:  # macOS
        pytest.skip("this file system cannot have such a name")
    done = import_site(checkout, site.root, overwrite=True)
    assert message in messages(done, path) + messages(done, f"content/{path}")
    assert (f"content/{path}" in done.written) is not message.startswith("is not imported")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        pytest.param("files/CV.pdf", "content/files/CV-2.pdf", id="in case"),
        pytest.param("files/E\u0301.pdf", "content/files/\u00c9-2.pdf", id="in the form of a letter"),
        pytest.param("pages/about.md", "content/root/pages/about.md", id="a page's own path"),
    ],
)
def test_two_files_never_become_one(checkout: Path, site: Site, path: str, to: str) -> None:
    """On a system that takes two names for one, one of two files would be lost without a word."""
    (checkout / "files/\u00c9.pdf").write_bytes(b"first")
    if (checkout / path).exists():
        pytest.skip("this file system does not distinguish such names")
    (checkout / path).parent.mkdir(exist_ok=True)
    (checkout / path).write_bytes(b"other")
    done = import_site(checkout, site.root, overwrite=True)
    folded = [path.casefold() for path in done.written]
    assert len(set(folded)) == len(folded)
    written = [file.read_bytes() for file in site.root.glob("content/**/*") if file.is_file()]
    assert {b"other", b"first", b"%PDF"} <= set(written)


def messages(done: Imported, path: str) -> list[str]:
    shown = Problem(path, 0, "", "").path
    return [warning.message for warning in done.warnings if warning.path == shown]


def test_every_file_is_in_the_plan_once(checkout: Path, site: Site, private: Path) -> None:
    """With its place in the project, or the reason why it stays behind; a folder stands for what is in it."""
    (checkout / "images" / "sub").mkdir()
    (checkout / "images" / "sub" / "x").touch()
    (checkout / "Gemfile").touch()
    items = import_site(checkout, site.root, overwrite=True).plan.items
    paths = [item.path for item in items]
    assert len(set(paths)) == len(paths)
    assert not [item for item in items if not item.to and not item.why]
    for path in checkout.rglob("*"):
        name = path.relative_to(checkout).as_posix()
        assert path.is_dir() or name in paths or any(name.startswith(each) for each in paths if each[-1] == "/"), name


def test_a_large_file_is_not_read_into_memory(checkout: Path, site: Site) -> None:
    """Nor is the one that it would replace, nor a large page."""
    for path in (checkout / "files/data.bin", checkout / "_pages/large.md", site.root / "content/files/data.bin"):
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.truncate(path, 64 << 20)
    tracemalloc.start()
    import_site(checkout, site.root, overwrite=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (site.root / "content/files/data.bin").stat().st_size == 64 << 20
    assert peak < 8 << 20


@pytest.mark.parametrize("fault", [fill_disk, die], ids=["error", "killed"])
def test_a_failure_leaves_the_project_as_it_was(whole: Path, site: Site, fault: Callable[[], None]) -> None:
    """At any operation on the disk; after a kill, once the next import begins."""
    site.write("content/images/me.png", "mine")
    before, number, step = tree(site.root), 0, 3 if fault is fill_disk else 1
    while how := faulty(
        lambda: import_site(whole, site.root, overwrite=True), site.root, number := number + step, fault
    ):
        assert how == (RAISED if fault is fill_disk else -9)
        if fault is die:
            restore(site.root)
        if not (site.root / "content/authors.yml").exists():
            assert tree(site.root) == before, number
        else:
            assert fault is die, number  # it was killed when all was done
    assert number > 60
    assert (site.root / "content/images/me.png").read_bytes() == b"\x89PNG"


def test_settings_that_are_not_python_are_a_located_problem(checkout: Path, site: Site) -> None:
    site.write("pelicanconf.py", "A = 1\nB = (\n")
    with pytest.raises(ContentError, match=r"^pelicanconf\.py:2: is not Python: '\(' was never closed"):
        import_site(checkout, site.root, overwrite=True)


def test_what_is_in_the_way_is_named_before_anything_is_written(checkout: Path, site: Site) -> None:
    site.write("content/images", "a file")
    (site.root / "content/root/CNAME").mkdir(parents=True)
    before = tree(site.root)
    with pytest.raises(ContentError) as refused:
        import_site(checkout, site.root, overwrite=True)
    assert [problem.message for problem in refused.value.problems] == ["is not a folder", "is a folder"]
    assert tree(site.root) == before


def test_a_link_in_the_project_is_replaced_not_followed(checkout: Path, site: Site, tmp_path: Path) -> None:
    """It counts as a file that would be replaced, also if it leads nowhere."""
    (tmp_path / "elsewhere.md").write_text("theirs")
    (site.root / "content/pages/about.md").symlink_to(tmp_path / "elsewhere.md")
    (site.root / "content/authors.yml").symlink_to("nowhere")
    with pytest.raises(ContentError) as refused:
        import_site(checkout, site.root)
    assert {"content/pages/about.md", "content/authors.yml"} <= {problem.path for problem in refused.value.problems}
    assert {"content/pages/about.md", "content/authors.yml"} <= set(
        import_site(checkout, site.root, overwrite=True).replaced
    )
    assert (tmp_path / "elsewhere.md").read_text() == "theirs"
    assert not (site.root / "content/pages/about.md").is_symlink()
