"""What an owner does with the wheel alone: new, build, serve, publish, upgrade. Nothing of this repository is used."""

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml

from tests.conftest import ROOT
from tests.scaffolding.conftest import LATER, Environment

GENERATED = {".github/workflows/publish.yml", ".gitignore", "README.md", "requirements.txt", ".frontispiece"}
CHECKOUT = {
    "_config.yml": "title: Ann's page\nurl: https://ann.github.io\nauthor:\n  name: Ann Lee\n  github: annlee\n",
    "_pages/about.md": "---\npermalink: /\nauthor_profile: true\n---\n\nThe page of the checkout.\n",
    "files/paper.pdf": "%PDF",
}


def new(environment: Environment, folder: Path, *options: str) -> Path:
    """Make a site with the program."""
    environment.run("frontispiece", "new", folder.name, *options, cwd=folder.parent)
    return folder


@pytest.fixture
def site(environment: Environment, tmp_path: Path) -> Path:
    return new(environment, tmp_path / "site", "--name", "Ann Lee", "--site-url", "https://ann.github.io")


def git(folder: Path, *arguments: str | Path) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_a_new_site_builds_without_a_warning_from_any_folder_below_it(environment: Environment, site: Path) -> None:
    for program in (("frontispiece",), ("python", "-m", "invoke")):
        (site / "output/index.html").unlink(missing_ok=True)
        done = environment.run(*program, "build", cwd=site / "content/pages")
        assert done.stderr == ""
        assert "Ann Lee" in (site / "output/index.html").read_text("utf-8")
    assert not (site / "content/pages/output").exists()


def test_a_site_without_name_and_address_builds_too(environment: Environment, tmp_path: Path) -> None:
    site = new(environment, tmp_path / "site")
    environment.run("frontispiece", "build", cwd=site)
    assert "This is your home page" in (site / "output/index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ['Zoë "Z" O\'Neil\\', "宋宇航", "- *A*: b # {c}"])
def test_any_name_can_be_built(environment: Environment, tmp_path: Path, name: str) -> None:
    site = new(environment, tmp_path / "site", "--name", name)
    assert environment.run("frontispiece", "build", cwd=site).stderr == ""
    assert json.loads((site / "output/resume.json").read_bytes())["basics"]["name"] == name


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals in Python")
def test_on_a_terminal_name_and_address_are_asked_for(environment: Environment, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    os.write(ours, b"Ann Lee\nann.github.io\n")
    command = [environment.bin / "frontispiece", "new", "site"]
    done = subprocess.run(command, cwd=tmp_path, stdin=theirs, capture_output=True, text=True, timeout=60)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "Your name: The site's address" in done.stdout
    assert 'SITENAME = "Ann Lee"' in (tmp_path / "site/pelicanconf.py").read_text("utf-8")
    assert 'SITEURL = "https://ann.github.io"' in (tmp_path / "site/publishconf.py").read_text("utf-8")


def test_outside_of_a_site_one_line_says_so(environment: Environment, tmp_path: Path) -> None:
    done = environment.run("frontispiece", "build", cwd=tmp_path, status=1)
    assert done.stderr == (
        f"{tmp_path} belongs to no site: no pelicanconf.py here or in a folder above; "
        "`frontispiece new DIR` makes a site\n"
    )


def test_new_overwrites_nothing(environment: Environment, site: Path) -> None:
    done = environment.run("frontispiece", "new", "site", cwd=site.parent, status=1)
    assert "site/README.md: exists already; move it away, or name another folder\n" in done.stderr
    assert len(done.stderr.splitlines()) == 14


def test_a_checkout_of_academicpages_is_taken_over(environment: Environment, tmp_path: Path) -> None:
    for path, text in CHECKOUT.items():
        (tmp_path / "checkout" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "checkout" / path).write_text(text)
    site = new(environment, tmp_path / "site", "--import", "checkout")
    environment.run("frontispiece", "build", cwd=site)
    page = (site / "output/index.html").read_text("utf-8")
    assert "The page of the checkout." in page
    assert "github.com/annlee" in page
    assert (site / "output/files/paper.pdf").is_file()
    assert 'SITEURL = "https://ann.github.io"' in (site / "publishconf.py").read_text("utf-8")


def test_a_path_is_relative_to_where_one_is(environment: Environment, site: Path) -> None:
    """The program runs in the site's folder; what its options name is beside the folder that one is in."""
    (site.parent / "checkout/_pages").mkdir(parents=True)
    for path, text in CHECKOUT.items():
        if not path.startswith("files"):
            (site.parent / "checkout" / path).write_text(text)
    environment.run("frontispiece", "import", "../../../checkout", "--yes", cwd=site / "content/pages")
    assert "The page of the checkout." in (site / "content/pages/about.md").read_text("utf-8")


def test_the_site_is_served(environment: Environment, site: Path) -> None:
    command = [environment.bin / "frontispiece", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            address = next(line for line in server.stdout if line.startswith("http")).split()[0]
            with urlopen(address, timeout=10) as answer:
                assert "Ann Lee" in answer.read().decode()
        finally:
            server.terminate()


def test_the_site_is_published_to_a_git_repository(environment: Environment, site: Path) -> None:
    remote = site.parent / "ann" / "ann.github.io.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    git(site, "init", "--quiet")
    git(site, "config", "user.name", "Ann")
    git(site, "config", "user.email", "ann@example.org")
    git(site, "remote", "add", "origin", remote)
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "My site")
    environment.run("frontispiece", "publish", "--yes", cwd=site)
    assert {"index.html", "404.html", "sitemap.xml"} <= set(git(remote, "ls-tree", "--name-only", "gh-pages").split())
    assert git(site, "status", "--porcelain") == "", "what a build makes is ignored"


REFUSED = [
    pytest.param({}, "", "publishconf.py:9: SITEURL: is not set; ", id="no address"),
    pytest.param(
        {"SITEURL": "https://yuhangsong.github.io"}, "", "is still the template's; ", id="the template's address"
    ),
    pytest.param(
        {"SITEURL": "https://ann.github.io"},
        'SITEURL = "https://bob.github.io"\n',
        "'https://bob.github.io' is not where GitHub shows this site, 'https://ann.github.io'; ",
        id="the address of another repository",
    ),
    pytest.param({"SITEURL": "https://ann.github.io"}, "SHOW_DRAFTS = True\n", "would publish drafts; ", id="drafts"),
]


@pytest.mark.parametrize(("env", "settings", "reason"), REFUSED)
def test_a_workflow_refuses_what_must_not_be_published(
    environment: Environment, tmp_path: Path, env: dict[str, str], settings: str, reason: str
) -> None:
    site = new(environment, tmp_path / "site")
    with (site / "publishconf.py").open("a") as file:
        file.write(settings)
    done = environment.run("frontispiece", "publish", "--prepare", cwd=site, env=env, status=1)
    assert reason in done.stderr


def test_a_workflow_passes_in_the_address_where_none_is_set(environment: Environment, tmp_path: Path) -> None:
    site = new(environment, tmp_path / "site")
    there = {"SITEURL": "https://ann.github.io/web"}
    environment.run("frontispiece", "publish", "--prepare", cwd=site, env=there)
    assert "<loc>https://ann.github.io/web/</loc>" in (site / "output/sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(
    "path", [".github/workflows/publish.yml", "plugins/scaffolding/site/.github/workflows/publish.yml"]
)
def test_the_workflow_calls_the_program_with_the_address_of_pages(path: str) -> None:
    """The steps of this repository's own workflow and of an owner's."""
    workflow = yaml.safe_load((ROOT / path).read_text("utf-8"))
    assert workflow[True]["push"]["branches"] == ["main", "master"]  # YAML 1.1 reads `on` as True
    steps = workflow["jobs"]["build"]["steps"]
    ids = [step.get("id") for step in steps]
    [publish] = [step for step in steps if "publish --prepare" in step.get("run", "")]
    assert publish["env"] == {"SITEURL": "${{ steps.pages.outputs.base_url }}"}
    assert "configure-pages" in steps[ids.index("pages")]["uses"]
    assert ids.index("pages") < steps.index(publish) < len(steps) - 1


def test_an_upgrade_touches_nothing_of_the_owners(
    tmp_path: Path, environment: Environment, site: Path, wheel: Path, later_wheel: Path
) -> None:
    """A wheel with a higher version refreshes generated files; the owner's, and those that the owner changed, stay."""
    (site / "content/pages/about.md").write_text("---\npermalink: /\n---\n\nMine.\n")
    (site / "pelicanconf.py").open("a").write('THEME_SCHEME = "dark"\n')
    (site / "README.md").write_text("My own words.\n")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    try:
        environment.install(later_wheel)
        done = environment.run("frontispiece", "upgrade", cwd=site / "content")
        patch = environment.run("frontispiece", "upgrade", "--diff", cwd=site).stdout
        environment.run("frontispiece", "build", cwd=site)
        assert environment.run("frontispiece", "--version", cwd=site).stdout == f"frontispiece {LATER}\n"
    finally:
        environment.install(wheel)
    assert done.stdout.splitlines() == [
        "refreshed .github/workflows/publish.yml",
        "refreshed .gitignore",
        "refreshed requirements.txt",
        "left README.md: you have changed it",
        "`frontispiece upgrade --diff` shows what this version would write there",
        "",
        "What is new:",
        "",
        f"## {LATER}",
        "",
        "- A test's news.",
    ]
    changed = {path.relative_to(site).as_posix() for path, data in before.items() if path.read_bytes() != data}
    assert changed == GENERATED - {"README.md"}
    assert f"frontispiece=={LATER}\n" in (site / "requirements.txt").read_text()
    assert re.findall(r"^\+\+\+ b/(.*)$", patch, re.MULTILINE) == ["README.md"]
