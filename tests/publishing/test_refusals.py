"""What must not be published."""

from typing import Any

import pytest

from plugins.problems import ContentError
from plugins.publishing.refusals import Facts, Repository, refusals, repository_of
from plugins.publishing.targets import KINDS, choose

PAGES = {"github-pages": {}}


def refused(
    remote: str = "git@github.com:ann/ann.github.io.git", target: dict[str, Any] = PAGES, **settings: Any
) -> list[str]:
    found = choose(target, "", "publishconf.py", 8)
    settings = {"SITEURL": "https://ann.github.io", **settings}
    facts = Facts(remote, tuple(settings.pop("uncommitted", ())), settings.pop("address", ""))
    return [
        str(problem) for problem in refusals(settings, found, facts, "publishconf.py", {"SITEURL": 7, "PUBLISH": 8})
    ]


@pytest.mark.parametrize(
    ("remote", "siteurl", "named"),
    [
        pytest.param(
            "git@github.com:ann/ann.github.io.git", "https://ann.github.io", "", id="a personal site over ssh"
        ),
        pytest.param("https://github.com/Ann/Ann.github.io", "https://ann.github.io", "", id="in another case"),
        pytest.param("ssh://git@github.com/ann/lab.git", "https://ann.github.io/lab", "", id="a project site"),
        pytest.param(
            "git@github.com:ann/web.git", "https://ann.example", "ann/web", id="a domain whose repository is named"
        ),
        pytest.param("/srv/ann/ann.github.io.git/", "https://ann.github.io", "", id="a path"),
        pytest.param(
            "git@github.com:yuhangsong/yuhangsong.github.io",
            "https://yuhangsong.github.io",
            "",
            id="the template's own author",
        ),
    ],
)
def test_a_sites_own_repository_is_taken(remote: str, siteurl: str, named: str) -> None:
    """The repository that GitHub publishes at an address is the site's own, and so is one that its owner names."""
    assert refused(remote, {"github-pages": {"repository": named}}, SITEURL=siteurl) == []


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        pytest.param(
            {"SITEURL": ""},
            'publishconf.py:7: SITEURL: is not set; write where the site will live: SITEURL = "https://name.github.io"',
            id="no SITEURL",
        ),
        pytest.param(
            {"SITEURL": "ann.github.io"},
            "publishconf.py:7: SITEURL: 'ann.github.io' is not the address of a site;"
            ' write one such as "https://name.github.io", without a slash at the end',
            id="a SITEURL without a scheme",
        ),
        pytest.param(
            {"SITEURL": "https://ann.github.io/"},
            "publishconf.py:7: SITEURL: 'https://ann.github.io/' ends with a slash; write 'https://ann.github.io'",
            id="a SITEURL with a slash at the end",
        ),
        pytest.param(
            {"SITEURL": "https://yuhangsong.github.io"},
            "publishconf.py:7: SITEURL: 'https://yuhangsong.github.io' is still the template's; write where your site will live",
            id="the template's SITEURL",
        ),
        pytest.param(
            {"remote": "git@github.com:them/template.git"},
            "publishconf.py:8: PUBLISH: 'git@github.com:them/template.git' is not the repository of this site,"
            " ann/ann.github.io; name the remote of the site's own repository:"
            ' "github-pages": {"remote": "…", "repository": "owner/name"}',
            id="the template's repository",
        ),
        pytest.param(
            {"remote": ""},
            "publishconf.py:8: PUBLISH: the project does not have this git remote; name the remote of the site's own repository:"
            ' "github-pages": {"remote": "…", "repository": "owner/name"}',
            id="no remote",
        ),
        pytest.param(
            {"SITEURL": "https://ann.example"},
            "publishconf.py:8: PUBLISH: 'https://ann.example' does not contain the name of its repository;"
            " name the remote of the site's own repository:"
            ' "github-pages": {"remote": "…", "repository": "owner/name"}',
            id="a domain that does not name its repository",
        ),
        pytest.param(
            {"SHOW_DRAFTS": True}, "publishconf.py: SHOW_DRAFTS: would publish drafts; leave it out", id="drafts"
        ),
        pytest.param(
            {"uncommitted": ["content/pages/about.md"]},
            "content/pages/about.md: has uncommitted changes; commit them, or add --yes",
            id="uncommitted changes",
        ),
    ],
)
def test_what_is_refused(settings: dict[str, Any], line: str) -> None:
    """Each refusal is one line with a way out."""
    assert refused(**settings) == [line]


@pytest.mark.parametrize(
    ("setting", "name", "line"),
    [
        pytest.param(None, "", 'p:3: PUBLISH: names no target; write PUBLISH = {"github-pages": {}}', id="unset"),
        pytest.param(PAGES, "x", "p:3: PUBLISH: has no target 'x'; write one of github-pages", id="no such name"),
        pytest.param(
            {"x": {}},
            "",
            f"p:3: PUBLISH: 'x' is not a kind of target; write one of {', '.join(KINDS)}",
            id="no such kind",
        ),
        pytest.param(
            {"folder": {}},
            "",
            'p:3: PUBLISH: \'folder\' needs \'path\'; write "folder": {"path": "…"}',
            id="an option missing",
        ),
        pytest.param(
            {"folder": {"path": "x", "remote": "y"}},
            "",
            "p:3: PUBLISH: 'folder' has 'remote', which is not an option of folder; its options: path",
            id="an option too many",
        ),
        pytest.param(
            {"folder": "x"},
            "",
            "p:3: PUBLISH: 'folder' is not a mapping of names to texts; write \"folder\": {}",
            id="text",
        ),
    ],
)
def test_a_setting_that_cannot_be_used(setting: object, name: str, line: str) -> None:
    """The problem has the line on which PUBLISH is set."""
    with pytest.raises(ContentError) as error:
        choose(setting, name, "p", 3)
    assert str(error.value) == line


@pytest.mark.parametrize(
    ("remote", "repository"),
    [
        ("git@github.com:a/b.git", ("a", "b")),
        ("https://user@host:8443/a/b", ("a", "b")),
        ("ssh://git@host/x/a/b.git/", ("a", "b")),
        ("../b", ("..", "b")),
        ("", ("", "")),
    ],
)
def test_a_remote_names_a_repository(remote: str, repository: tuple[str, str]) -> None:
    """The last two parts of any way to write a remote are owner and name."""
    assert repository_of(remote) == Repository(*repository)


@pytest.mark.parametrize(
    ("siteurl", "address"),
    [
        pytest.param("https://ann.example", "https://ann.example", id="a domain that is set in GitHub's settings"),
        pytest.param("https://ann.example", "http://ann.example/", id="whose HTTPS is not enforced"),
        pytest.param("https://ann.github.io/Lab", "https://ann.github.io/lab", id="in another case"),
    ],
)
def test_the_address_that_a_workflow_passes_in_needs_no_repository(siteurl: str, address: str) -> None:
    assert refused("https://github.com/ann/web", SITEURL=siteurl, address=address) == []


def test_another_address_than_the_workflow_passes_in_is_refused() -> None:
    """A repository that its owner names goes first: another server may stand in front of GitHub's."""
    there = {"SITEURL": "https://ann.example", "address": "https://ann.github.io/web"}
    assert refused("https://github.com/ann/web", **there) == [
        "publishconf.py:7: SITEURL: 'https://ann.example' is not where GitHub shows this site, "
        "'https://ann.github.io/web'; change it, or the custom domain in Settings → Pages"
    ]
    assert refused("https://github.com/ann/web", {"github-pages": {"repository": "ann/web"}}, **there) == []
