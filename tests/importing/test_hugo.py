"""A checkout of HugoBlox: home page, author, publications, talks, posts, news, pages and files come along."""

from pathlib import Path

import pytest

from plugins.importing import import_site
from plugins.old_site import read
from tests.conftest import Site
from tests.importing.checkouts import by_path, compose

HOME = """\
---
title: ''
type: landing
sections:
  - block: about.biography
    content: {title: Biography, username: admin}
  - block: markdown
    content:
      title: Join us
      text: We have *positions*.
  - block: experience
    content:
      title: Experience
      items:
        - {title: Professor, company: Kiel University, company_url: '', date_start: '2021-01-01', description: Teaching.}
---
"""
AUTHOR = """\
---
title: Ann Lee
superuser: true
role: Professor
organizations:
  - {name: Kiel University, url: 'https://kiel.example'}
email: ann@annlee.example
interests: [Neurons, Spikes]
education:
  courses:
    - {course: PhD in Neurons, institution: Kiel, year: 2019}
social:
  - {icon: envelope, icon_pack: fas, link: 'mailto:ann@annlee.example'}
  - {icon: github, icon_pack: fab, link: https://github.com/annlee}
---

Ann counts spikes.
"""
FILES = {
    "config/_default/hugo.yaml": "title: Lee Lab\nbaseURL: https://annlee.example/\nlanguageCode: en-us\n",
    "config/_default/params.yaml": "marketing: {}\n",
    "config/_default/menus.yaml": "main:\n  - {name: Home, url: '#about', weight: 10}\n"
    "  - {name: Papers, url: publication/, weight: 20}\n  - {name: Blog, url: post/, weight: 30}\n"
    "  - {name: Join, url: join/, weight: 40}\n",
    "content/_index.md": HOME,
    "content/authors/admin/_index.md": AUTHOR,
    "content/publication/_index.md": "---\ntitle: Publications\n---\n",
    "content/publication/neurons/index.md": '---\ntitle: "Neurons"\nauthors: [admin, Bo Ek]\ndate: "2020-01-02T00:00:00Z"\n'
    'publication: "*Nature*"\nabstract: We count neurons.\nurl_pdf: https://ann.example/n.pdf\ndoi: 10.1000/n\n'
    "featured: true\n---\n\n{{% callout note %}}\nAn *erratum*.\n{{% /callout %}}\n",
    "content/publication/neurons/cite.bib": "@article{n, title={Neurons}, author={Lee, Ann}, year={2020}}\n",
    "content/publication/neurons/featured.jpg": b"\xff\xd8\xff",
    "content/event/talk/index.md": "---\ntitle: On neurons\nevent: Neuro 2021\nlocation: Kiel\ndate: 2021-02-03\n---\nAbout.\n",
    "content/project/counting.md": '+++\ntitle = "Counting"\ndate = 2019-01-01\n+++\n\nWe count.\n',
    "content/post/hello/index.md": "---\ntitle: Hello\ndate: 2022-01-02\naliases: [/old-hello/]\n---\n"
    '{{< figure src="a.png" caption="A neuron" >}}\n',
    "content/post/hello/a.png": b"\x89PNG",
    "content/post/later/index.md": "---\ntitle: Later\ndate: 2022-01-02\ndraft: true\n---\nNot yet.\n",
    "content/join.md": "---\ntitle: Join\n---\n\nWrite to me.\n",
    "static/uploads/cv.pdf": b"%PDF",
    "static/CNAME": "annlee.example\n",
    "assets/media/icon.png": b"\x89PNG",
    "layouts/partials/hooks/head.html": "x",
    "go.mod": "module x\n",
    "netlify.toml": "x",
}


@pytest.fixture
def hugo(tmp_path: Path) -> Path:
    return compose(tmp_path / "hugo", FILES)


def test_everything_comes_along(hugo: Path, site: Site) -> None:
    done = import_site(hugo, site.root)
    assert done.plan.template == "HugoBlox"
    items = by_path(done.plan.items)
    assert len(items) == len(FILES)
    assert {path: item.to for path, item in items.items() if item.to} == {
        "content/_index.md": "content/pages/about.md",
        "content/authors/admin/_index.md": "content/pages/about.md",
        "content/publication/neurons/index.md": "content/publications/neurons.md",
        "content/publication/neurons/cite.bib": "content/publications.bib",
        "content/publication/neurons/featured.jpg": "content/publication/neurons/featured.jpg",
        "content/event/talk/index.md": "content/talks/talk.md",
        "content/project/counting.md": "content/portfolio/counting.md",
        "content/post/hello/index.md": "content/articles/hello.md",
        "content/post/hello/a.png": "content/post/hello/a.png",
        "content/post/later/index.md": "content/articles/later.md",
        "content/join.md": "content/pages/join.md",
        "static/uploads/cv.pdf": "content/uploads/cv.pdf",
        "static/CNAME": "content/root/CNAME",
        "assets/media/icon.png": "content/images/icon.png",
    }
    assert all(item.to or item.why for item in items.values())


def test_the_home_page_has_the_biography_and_the_blocks(hugo: Path, site: Site) -> None:
    import_site(hugo, site.root)
    assert (site.root / "content/pages/about.md").read_text() == (
        "---\npermalink: /\nauthor_profile: true\n---\n\nAnn counts spikes.\n\n## Join us\n\nWe have *positions*.\n\n"
        "## Experience\n\n- Professor, Kiel University, 2021-01-01, Teaching.\n\n## Education\n\n- PhD in Neurons, Kiel, 2019\n"
    )
    assert (site.root / "content/authors.yml").read_text() == (
        '"Ann Lee":\n  role: "Professor"\n  affiliation: [{"name": "Kiel University", "url": "https://kiel.example"}]\n'
        '  interests: ["Neurons", "Spikes"]\n  email: "ann@annlee.example"\n'
        '  links: [{"label": "Github", "url": "https://github.com/annlee"}]\n'
    )


def test_the_menu_leads_to_where_things_are(hugo: Path, site: Site) -> None:
    import_site(hugo, site.root)
    assert (site.root / "content/navigation.yml").read_text() == (
        'main:\n  - title: "Papers"\n    url: "/publications/"\n  - title: "Blog"\n    url: "/year-archive/"\n'
        '  - title: "Join"\n    url: "/join/"\n'
    )


def test_the_result_builds_and_its_addresses_answer(hugo: Path, site: Site) -> None:
    import_site(hugo, site.root)
    built = site.build(production=True)
    assert not built.failed
    text = built.text("index.html")
    for words in ("Ann counts spikes", "We count neurons", "An <em>erratum</em>", "Neuro 2021", "Bo Ek"):
        assert words in text
    assert "<figcaption>A neuron</figcaption>" in built.text("post/hello/index.html")
    assert not list(built.output.rglob("*later*"))
    for _, address in read((site.root / ".old-addresses").read_text()):
        path = address.address.strip("/")
        if not address.address.startswith("/year-archive"):
            assert any((built.output / name).is_file() for name in (path or "index.html", f"{path}/index.html")), (
                address.address
            )


def test_an_import_again_changes_nothing(hugo: Path, site: Site) -> None:
    import_site(hugo, site.root)
    assert import_site(hugo, site.root).written == []
