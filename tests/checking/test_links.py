"""Broken links inside the site."""

from pathlib import Path

import pytest

from plugins.checking import broken, check, read
from plugins.domain import other_domain
from tests.conftest import Site

FILES = {"index.html", "cv/index.html", "old.html", "files/a b.pdf", "images/me.avif"}
CV = '<h2 id="über">x</h2><a name="n"></a>'


def found(link: str, siteurl: str = "") -> list[str]:
    pages = {"index.html": read(f"\n{link}"), "cv/index.html": read(CV)}
    return [str(problem) for problem in broken(pages, FILES, siteurl, "output")]


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
        pytest.param('<img src="data:image/png;base64,AA==">', id="data"),
        pytest.param('<img srcset="/images/me.avif 1x, images/me.avif 2x">', id="two pictures"),
    ],
)
def test_a_link_that_leads_somewhere_is_not_reported(link: str) -> None:
    """A link to a file, a page, an anchor or another site is fine."""
    assert found(link) == []


@pytest.mark.parametrize(
    ("link", "line"),
    [
        pytest.param(
            '<a href="/files/none.pdf">',
            "output/index.html:2: warning: href: '/files/none.pdf' does not exist;"
            " put it at content/files/none.pdf, or correct the address",
            id="a file",
        ),
        pytest.param(
            '<img src="./images/none.png">',
            "output/index.html:2: warning: src: './images/none.png' does not exist;"
            " put it at content/images/none.png, or correct the address",
            id="a picture",
        ),
        pytest.param(
            '<a href="/cv/#none">',
            "output/index.html:2: warning: href: '/cv/#none' leads to an anchor that output/cv/index.html does not have;"
            " correct the part after '#'",
            id="an anchor",
        ),
        pytest.param(
            '<source srcset="/images/me.avif 1x, /none.avif 2x">',
            "output/index.html:2: warning: srcset: '/none.avif' does not exist; put it at content/none.avif, or correct the address",
            id="one of two pictures",
        ),
        pytest.param(
            '<a href="https://[::1/">',
            "output/index.html:2: warning: href: 'https://[::1/' is not an address: Invalid IPv6 URL; correct it",
            id="an address that cannot be read",
        ),
    ],
)
def test_a_broken_link_is_reported(link: str, line: str) -> None:
    """In one line, with a way out."""
    assert found(link) == [line]


def test_the_sites_own_address_counts_as_the_site() -> None:
    """Also below a path; another path on the same host is another site."""
    assert found('<a href="https://ann.example/lab/cv/">', "https://ann.example/lab") == []
    assert found('<a href="http://ann.example/lab/cv/">', "https://ann.example/lab") == []
    assert len(found('<a href="https://ann.example/lab/none/">', "https://ann.example/lab")) == 1


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
    assert len(check(tmp_path, "https://ann.example")) == 1


def test_the_task_ends_with_1_and_names_the_link(site: Site) -> None:
    """`invoke check` reports every broken link and nothing else."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\n[CV](/files/cv.pdf)\n")
    done = site.invoke("check")
    assert done.returncode == 1
    assert "href: '/files/cv.pdf' does not exist; put it at content/files/cv.pdf, or correct the address" in done.stderr
    site.write("content/files/cv.pdf", b"%PDF")
    sound = site.invoke("check")
    assert (sound.returncode, sound.stderr) == (0, "")


def test_the_seed_has_no_broken_links(seed_site: Site) -> None:
    """Every link of the page that this repository publishes leads somewhere, but for the one paper that it does not hold."""
    done = seed_site.invoke("check")
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [
        "warning: href: 'http://yuhangsong.github.io/files/Curriculum_Vitae.pdf' does not exist;"
        " put it at content/files/Curriculum_Vitae.pdf, or correct the address"
    ]
