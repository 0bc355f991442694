"""What is broken in a finished site, what its author should know, and how each is told."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from plugins.checking import BUDGET, LARGE, check, is_own_warning
from plugins.domain import other_domain
from plugins.problems import Problem
from tests.conftest import Site

FILES = {
    "cv/index.html": '<h2 id="über">x</h2><a name="n"></a>',
    "old.html": "",
    "files/a b.pdf": "%PDF",
    "files/CV.pdf": "%PDF",
    "images/me.avif": "",
}


def found(
    tmp_path: Path, html: str, siteurl: str = "", sources: Mapping[str, Sequence[str]] | None = None
) -> list[Problem]:
    """Return what is found in a site whose home page has some HTML on its second line."""
    output = tmp_path / "output"
    for name, text in {**FILES, "index.html": f"\n{html}"}.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(text, "utf-8")
    return check(output, siteurl, sources)


@pytest.mark.parametrize(
    "link",
    [
        pytest.param('<a href="/cv/">', id="a folder"),
        pytest.param('<a href="cv">', id="a folder without its slash"),
        pytest.param('<a href="/old">', id="a page without its extension"),
        pytest.param('<a href="/files/a%20b.pdf">', id="an encoded blank"),
        pytest.param('<a href="/cv/#%C3%BCber">', id="an anchor"),
        pytest.param('<a href="cv/#n">', id="an anchor of the old kind"),
        pytest.param('<a href="#top">', id="the top"),
        pytest.param('<a href="#:~:text=x">', id="a text fragment"),
        pytest.param('<a href="?a=b">', id="a query"),
        pytest.param('<a href="">', id="an empty address"),
        pytest.param('<a href="https://other.example/none">', id="another site"),
        pytest.param('<a href="mailto:a@b.example">', id="mail"),
        pytest.param('<img alt src="data:image/png;base64,AA==">', id="data"),
        pytest.param('<img alt srcset="/images/me.avif 1x, images/me.avif 2x">', id="two pictures"),
        pytest.param('<a href="/cv/"><img alt="" src="images/me.avif"> CV</a>', id="a picture beside words"),
        pytest.param('<a href="/cv/"><img alt="CV" src="images/me.avif"></a>', id="a picture with words of its own"),
        pytest.param('<a href="/cv/" aria-label="CV"><img alt="" src="images/me.avif"></a>', id="a link with a label"),
        pytest.param('<img alt="" src="images/me.avif">', id="a picture that only decorates"),
    ],
)
def test_what_is_right_is_not_reported(tmp_path: Path, link: str) -> None:
    assert found(tmp_path, link) == []


@pytest.mark.parametrize(
    ("link", "line"),
    [
        pytest.param(
            '<a href="/files/none.pdf">',
            "href: '/files/none.pdf' does not exist; put it at content/files/none.pdf, or correct the address",
            id="a file",
        ),
        pytest.param(
            '<img alt="x" src="./images/none.png">',
            "src: './images/none.png' does not exist; put it at content/images/none.png, or correct the address",
            id="a picture",
        ),
        pytest.param(
            '<a href="/cv/#none">',
            "href: '/cv/#none' leads to an anchor that output/cv/index.html does not have; correct the part after '#'",
            id="an anchor",
        ),
        pytest.param(
            '<a href="/cv/#N">',
            "href: '/cv/#N' leads to an anchor that output/cv/index.html does not have; write '#n'",
            id="an anchor in another case",
        ),
        pytest.param(
            '<source srcset="/images/me.avif 1x, /none.avif 2x">',
            "srcset: '/none.avif' does not exist; put it at content/none.avif, or correct the address",
            id="one of two pictures",
        ),
        pytest.param(
            '<a href="https://[::1/">',
            "href: 'https://[::1/' is not an address: Invalid IPv6 URL; correct it",
            id="an address that cannot be read",
        ),
        pytest.param(
            '<a href="ann@lab.example">',
            "href: 'ann@lab.example' does not exist; write 'mailto:ann@lab.example'",
            id="mail without its scheme",
        ),
        pytest.param(
            '<a href="www.lab.example/ann">',
            "href: 'www.lab.example/ann' does not exist; write 'https://www.lab.example/ann'",
            id="a host that begins with www",
        ),
        pytest.param(
            '<a href="github.com/ann">',
            "href: 'github.com/ann' does not exist; write 'https://github.com/ann'",
            id="a host",
        ),
        pytest.param(
            '<a href="paper.ps">',
            "href: 'paper.ps' does not exist; put it at content/paper.ps, or correct the address",
            id="a file that looks like a host",
        ),
        pytest.param(
            '<a href="/files/cv.PDF">',
            "href: '/files/cv.PDF' does not exist; write '/files/CV.pdf'",
            id="a file in another case",
        ),
        pytest.param('<a href="/cv.md">', "href: '/cv.md' does not exist; write '/cv/'", id="a page's own file"),
    ],
)
def test_what_is_broken_is_an_error_with_a_way_out(tmp_path: Path, link: str, line: str) -> None:
    sources = {"cv/index.html": ["content/pages/cv.md"]}
    assert [str(each) for each in found(tmp_path, link, sources=sources)] == [f"output/index.html:2: {line}"]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        pytest.param(
            '<img src="images/me.avif">',
            "alt: 'images/me.avif' has no text for those who cannot see it;"
            ' write ![what it shows](…), or alt="" if it only decorates',
            id="a picture without a text",
        ),
        pytest.param(
            '<a href="/cv/"><img alt="" src="images/me.avif"></a>',
            "alt: 'images/me.avif' has no text for those who cannot see it;"
            ' write ![what it shows](…), or alt="" if it only decorates',
            id="a picture that is all of a link",
        ),
    ],
)
def test_what_an_author_should_know_is_a_warning(tmp_path: Path, html: str, line: str) -> None:
    assert [str(each) for each in found(tmp_path, html)] == [f"output/index.html:2: warning: {line}"]


def test_a_large_picture_and_a_heavy_page_are_warnings(tmp_path: Path) -> None:
    """Each picture once, wherever it is shown; what a page only links may be large."""
    words = "".join(f"<p>{number * 7919 % 100_003}</p>" for number in range(10_000))
    (tmp_path / "output/images").mkdir(parents=True)
    for name in ("large.jpg", "linked.jpg"):
        (tmp_path / "output/images" / name).write_bytes(b"x" * (LARGE + 1))
    html = '<img alt="x" src="/images/large.jpg"><img alt="x" src="images/large.jpg"><a href="images/linked.jpg">x</a>'
    lines = [str(each) for each in found(tmp_path, html + words)]
    assert len(lines) == 2
    assert lines[0].startswith("output/index.html: warning: weight: / has about ")
    assert f"; {BUDGET:,} arrive at once" in lines[0].replace("compressed; ", "; ")
    assert lines[1].startswith(
        "output/index.html:2: warning: picture: '/images/large.jpg' has 0.5 MB, which takes long on a telephone; save it"
    )


def test_an_entry_that_quotes_a_warning_of_the_check_is_known_as_such(tmp_path: Path) -> None:
    """By its words; whatever a build says of a picture or a text beside it is another's."""
    (tmp_path / "output/images").mkdir(parents=True)
    (tmp_path / "output/images/large.png").write_bytes(b"x" * (LARGE + 1))
    (tmp_path / "output/CNAME").write_text("other.example")
    words = "".join(f"<p>{number * 7919 % 100_003}</p>" for number in range(10_000))
    html = '<img src="/lab/images/large.png"><a href="/none/">x</a>' + words
    warnings = [each for each in found(tmp_path, html, "https://ann.example/lab") if each.warning]
    assert len(warnings) == 5
    assert all(is_own_warning(str(each)) for each in warnings)
    assert not is_own_warning("content/talks/x.md: warning: picture: '/x.png' is not a picture that can be read")


def test_the_place_is_where_the_author_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's own file, else one that it shows a part of; with the path that the site lives below, or without it."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"a.md": "---\n---\n\n[x](/a&b.pdf)\n", "authors.yml": "x: 1\nuri: /none/\n"}.items():
        (tmp_path / name).write_text(text)
    html = '<a href="/lab/a&amp;b.pdf"></a><a href="/lab/none/"></a><a href="/lab/nowhere/"></a>'
    places = [
        f"{each.path}:{each.line}"
        for each in found(tmp_path, html, "https://x.example/lab", {"index.html": ["a.md", "gone.md", "authors.yml"]})
    ]
    assert places == ["a.md:4", "authors.yml:2", "output/index.html:2"]


def test_the_sites_own_address_counts_as_the_site(tmp_path: Path) -> None:
    """Also below a path; another path on the same host is another site, or meant to be this one."""
    siteurl = "https://ann.example/lab"
    assert found(tmp_path, '<a href="https://ann.example/lab/cv/">', siteurl) == []
    assert found(tmp_path, '<a href="http://ann.example/lab/cv/">', siteurl) == []
    assert found(tmp_path, '<a href="https://ann.example/other/">', siteurl) == []
    assert [each.warning for each in found(tmp_path, '<a href="https://ann.example/lab/none/">', siteurl)] == [False]
    assert [each.warning for each in found(tmp_path, '<a href="/none/">', siteurl)] == [True]


@pytest.mark.parametrize(
    ("cname", "siteurl", "lines"),
    [
        pytest.param("ann.example\n", "https://Ann.example", [], id="the same in another case"),
        pytest.param("", "https://ann.example", [], id="no CNAME"),
        pytest.param("ann.example", "", [], id="no SITEURL"),
        pytest.param(
            "www.ann.example\n",
            "https://ann.example/lab",
            [
                "content/root/CNAME: warning: 'www.ann.example' is not the host of SITEURL, 'https://ann.example/lab';"
                " write 'ann.example', or change SITEURL in publishconf.py"
            ],
            id="another",
        ),
    ],
)
def test_a_domain_is_the_host_of_the_site(cname: str, siteurl: str, lines: list[str]) -> None:
    """GitHub Pages shows a site at its CNAME, and its pages name SITEURL as their address."""
    assert [str(problem) for problem in other_domain(cname, siteurl)] == lines


def test_a_check_reads_the_cname(tmp_path: Path) -> None:
    """The one in the output."""
    (tmp_path / "CNAME").write_text("other.example\n")
    warning = check(tmp_path, "https://ann.example")
    assert len(warning) == 1
    assert is_own_warning(str(warning[0]))


def test_the_task_ends_with_1_for_what_is_broken_alone(site: Site) -> None:
    """A warning is printed, and can be acknowledged, in this task and not in a build; an error cannot."""
    site.write("content/images/me.png", b"\x89PNG")
    page = site.write(
        "content/pages/about.md", '---\npermalink: /\n---\n[CV](/files/cv.pdf)\n\n<img src="/images/me.png">\n'
    )
    warning = (
        "content/pages/about.md:6: warning: alt: '/images/me.png' has no text for those who cannot see it;"
        ' write ![what it shows](…), or alt="" if it only decorates\n'
    )
    error = (
        "content/pages/about.md:4: href: '/files/cv.pdf' does not exist;"
        " put it at content/files/cv.pdf, or correct the address\n"
    )
    broken = site.invoke("check")
    assert (broken.returncode, broken.stderr) == (1, error + warning)
    page.write_text(page.read_text().replace("[CV](/files/cv.pdf)\n", ""))
    settings = site.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + f"ACKNOWLEDGED = [{warning.strip()!r}]\n")
    assert [(done.returncode, done.stderr) for done in (site.invoke("check"), site.invoke("build"))] == [(0, "")] * 2
    page.write_text(page.read_text().replace("<img", '<img alt="me"'))
    stale = site.invoke("check")
    assert stale.returncode == 0
    assert "ACKNOWLEDGED: " in stale.stderr
    assert " is no warning of this check; delete it\n" in stale.stderr


def test_the_seed_has_no_broken_links(seed_site: Site) -> None:
    """Every link of the page that this repository publishes leads somewhere, but for the one paper that it does not hold."""
    done = seed_site.invoke("check")
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [
        "href: 'http://yuhangsong.github.io/files/Curriculum_Vitae.pdf' does not exist;"
        " put it at content/files/Curriculum_Vitae.pdf, or correct the address"
    ]
