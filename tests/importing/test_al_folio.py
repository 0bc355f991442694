"""A checkout of al-folio: author, bibliography, news, projects, posts and files come along."""

from pathlib import Path

import pytest

from plugins.importing import import_site
from tests.conftest import Site
from tests.importing.checkouts import by_path, compose, page

CONFIG = """\
title: blank
first_name: Ann
middle_name: B.
last_name: Lee
description: >
  Neurons.
url: https://annlee.github.io
baseurl: /lab
lang: en
collections:
  news: {defaults: {layout: post}, output: true}
  projects: {output: true}
include: ["_pages"]
permalink: /blog/:year/:title/
plugins: [jekyll/scholar, jekyll-feed, jekyll-redirect-from]
scholar: {last_name: [Lee], bibliography: papers.bib}
"""
FILES = {
    "_config.yml": CONFIG,
    "_data/socials.yml": "# accounts\nemail: ann@annlee.example\ngithub_username: annlee\nscholar_userid: qc6CJjYAAAAJ\n",
    "_data/cv.yml": "- title: General\n",
    "_pages/about.md": page("/", "I study neurons.", more="layout: about\nprofile:\n  image: prof_pic.jpg\n"),
    "_pages/publications.md": page(
        "/publications/", '<div class="publications">\n{% bibliography %}\n</div>\n', "Papers"
    ),
    "_pages/projects.md": page(
        "/projects/", "{% for p in site.projects %}{% include projects.liquid %}{% endfor %}", "Work"
    ),
    "_pages/teaching.md": page("/teaching/", "I taught *Spikes*.", "Teaching"),
    "_bibliography/papers.bib": "@article{a, title={Neurons}, author={Lee, Ann}, journal={Nature}, year={2020}}\n",
    "_news/one.md": "---\ndate: 2024-01-02\ninline: true\n---\n\nMoved to Kiel.\n",
    "_projects/one.md": page("", "A project.", "Counting"),
    "_posts/2024-02-03-spikes.md": page("", "On spikes.", "Spikes"),
    "assets/img/prof_pic.jpg": b"\xff\xd8\xff",
    "assets/pdf/paper.pdf": b"%PDF",
    "assets/js/theme.js": "x",
    "assets/css/main.scss": "---\n---\n",
    "_sass/_base.scss": "x",
    "_includes/header.liquid": "x",
}


@pytest.fixture
def folio(tmp_path: Path) -> Path:
    return compose(tmp_path / "al-folio", FILES)


def test_everything_comes_along(folio: Path, site: Site) -> None:
    done = import_site(folio, site.root)
    assert done.plan.template == "al-folio"
    assert {path: item.to for path, item in by_path(done.plan.items).items() if item.to} == {
        "_bibliography/papers.bib": "content/publications.bib",
        "_data/cv.yml": "content/data/cv.yml",
        "_data/socials.yml": "content/data/socials.yml",
        "_news/one.md": "content/news/one.md",
        "_pages/about.md": "content/pages/about.md",
        "_pages/teaching.md": "content/pages/teaching.md",
        "_posts/2024-02-03-spikes.md": "content/articles/2024-02-03-spikes.md",
        "_projects/one.md": "content/projects/one.md",
        "assets/img/prof_pic.jpg": "content/assets/img/prof_pic.jpg",
        "assets/pdf/paper.pdf": "content/assets/pdf/paper.pdf",
    }


def test_the_author_has_the_accounts_and_the_picture(folio: Path, site: Site) -> None:
    import_site(folio, site.root)
    assert (site.root / "content/authors.yml").read_text() == (
        '"Ann B. Lee":\n  # accounts\n  email: ann@annlee.example\n  github_username: annlee\n'
        '  scholar_userid: qc6CJjYAAAAJ\n  avatar: "assets/img/prof_pic.jpg"\n'
    )
    assert (
        'COLLECTIONS = ["publications", "talks", "teaching", "portfolio", "news", "projects"]'
        in (site.root / "pelicanconf.py").read_text()
    )


def test_an_older_one_has_them_in_its_configuration(folio: Path, site: Site) -> None:
    (folio / "_data/socials.yml").unlink()
    text = CONFIG + "github_username: annlee\norcid_id: # none\ngoogle_analytics_id: G-1\nemail: ann@annlee.example\n"
    (folio / "_config.yml").write_text(text)
    import_site(folio, site.root)
    authors = (site.root / "content/authors.yml").read_text()
    assert '  github_username: "annlee"\n' in authors
    assert "orcid" not in authors
    assert "analytics" not in authors


def test_the_result_builds(folio: Path, site: Site) -> None:
    (folio / "assets/img/prof_pic.jpg").unlink()
    import_site(folio, site.root)
    built = site.build(production=True)
    assert not built.failed
    text = built.text("index.html")
    for words in ("Neurons", "Moved to Kiel", "Counting", "github.com/annlee"):
        assert words in text
    assert "/#publications" in built.text("publications/index.html")
