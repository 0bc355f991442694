"""A checkout of academicpages with every kind of file, and every irregularity that real ones have."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.importing import Item

CONFIG = """\
# Welcome to Jekyll!
locale                   : "de-DE"
title                    : "Ann Lee / Home"
name                     : &name "Ann Lee"
description              : &description "Neurons and networks"   # of the site
url                      : https://annlee.github.io # no slash
baseurl                  : ""
repository               : "annlee/annlee.github.io"
og_image                 : "/images/me.png"
google_site_verification : "abc123"
publication_category:
  books:
    title: 'Books'
social:
  name: *name

author:
  name             : "Ann Lee"
  # not yet: pronouns
  avatar           : "me.png"
  bio              : "Neurons"

  github           : annlee

analytics:
  provider               :  "google-analytics-4"
  google:
    tracking_id          : G-ABC123
include:
  - .htaccess
  - _pages
  - files
exclude:
  - README
  - Gemfile
  - secret
collections:
  teaching: {output: true, permalink: "/:collection/:path/"}
  publications: {output: true, permalink: "/:collection/:path/"}
  portfolio: {output: true, permalink: "/:collection/:path/"}
  talks: {output: true, permalink: "/:collection/:path/"}
  software: {output: true, permalink: "/:collection/:path/"}
permalink: /:categories/:title/
timezone: Europe/Berlin
plugins: [jekyll-feed, jekyll-redirect-from, jekyll-sitemap]
"""

LOOP = "{% for post in site.PLACE reversed %}\n  {% include archive-single.html %}\n{% endfor %}\n"


def page(permalink: str, body: str, title: str = "", more: str = "") -> str:
    """Return a page with front matter."""
    head = f"permalink: {permalink}\n" if permalink else ""
    head += f'title: "{title}"\n' if title else ""
    return f"---\n{head}{more}---\n\n{body}"


FILES: Mapping[str, str | bytes] = {
    "_config.yml": CONFIG,
    # pages
    "_pages/about.md": page("/", "I study neurons.", more="redirect_from: \n  - /about/\n  - /about.html\n").replace(
        "\n", "\r\n"
    ),
    "_pages/cv.md": page("/cv/", "{% include base_path %}\n\nEducation\n======\n* PhD, Kiel, 2019\n", "CV"),
    "_pages/research.html": page("/research.html", "<p>Work on <b>{{ site.title }}</b></p>", "Research"),
    "_pages/publications.md": page(
        "/publications/",
        "{% if site.author.googlescholar %}\n  <div class='wordwrap'>You can also find my articles on "
        '<a href="{{site.author.googlescholar}}">my Google Scholar profile</a>.</div>\n{% endif %}\n\n'
        "{% include base_path %}\n\n" + LOOP.replace("PLACE", "publications"),
    ),
    "_pages/talks.html": page("/lectures/", LOOP.replace("PLACE", "talks"), more="redirect_from: [/old-talks/]\n"),
    "_pages/teaching.html": page("/teaching/", LOOP.replace("PLACE", "teaching")),
    "_pages/tag-archive.html": page("/tags/", LOOP.replace("PLACE", "tags")),
    "_pages/nameless.md": page("", "A page without a permalink."),
    "_pages/later.md": page("/later/", "Not yet.", more="published: false\n"),
    "_pages/old.html": "<!doctype html><title>Old</title><p>As it was.",
    "_pages/.ipynb_checkpoints/about-checkpoint.md": page("/", "A checkpoint."),
    "news.md": page("", "What is new.", "News"),
    # collections
    "_publications/2020-01-02-neurons.md": page(
        "/publication/neurons", "We count.", "Neurons", "collection: publications\ndate: 2020-01-02\nvenue: 'Nature'\n"
    ),
    "_publications/2021-05-06-spikes.md": page(
        "", "We count spikes.", "Spikes", "collection: publications\ndate: 2021-05-06\n"
    ),
    "_publications/papers/neurons.pdf": b"%PDF neurons",
    "_talks/2020-03-04-talk.md": page("/talks/2020-talk", "About it.", "On neurons", "type: Talk\ndate: 2020-03-04\n"),
    "_software/tool.md": page("", "A tool.", "Tool"),
    # posts
    "_posts/2022-01-02-hello.md": page("/posts/2022/01/hello/", "Hello.", "Hello", "date: 2022-01-02\n"),
    "_posts/2023-01-02-again.md": page("", "Again.", "Again"),
    "_posts/notes.md": page("", "No date."),
    "_drafts/idea.md": page("", "An idea."),
    # the template's own samples
    "_publications/2009-10-01-paper-title-number-1.md": page(
        "/publication/2009-10-01-paper-title-number-1",
        "This paper is about the number 1. The number 2 is left for future work.\n",
        "Paper Title Number 1",
        "collection: publications\ncategory: manuscripts\n"
        "excerpt: 'This paper is about the number 1. The number 2 is left for future work.'\n"
        "date: 2009-10-01\nvenue: 'Journal 1'\npaperurl: 'http://academicpages.github.io/files/paper1.pdf'\n"
        "citation: 'Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).'\n",
    ),
    "_teaching/2014-spring-teaching-1.md": page(
        "/teaching/2014-spring-teaching-1",
        "This is a description of a teaching experience. You can use markdown like any other post.\n\n"
        "Heading 1\n======\n\nHeading 2\n======\n\nHeading 3\n======\n",
        "Teaching experience 1",
        'collection: teaching\ntype: "Undergraduate course"\nvenue: "University 1, Department"\n'
        'date: 2014-01-01\nlocation: "City, Country"\n',
    ),
    # data, menu
    "_data/navigation.yml": "# Main menu\nmain:\n"
    '  - title: "Publications"\n    url: /publications/\n\n'
    '  - title: "Talks"\n    url: /lectures/\n'
    '  - title: "Teaching"\n    url: /teaching/\n'
    '  - title: "CV"\n    url: /cv/\n'
    '  - title: "Lab"\n    url: https://lab.example.org\n',
    "_data/news.yml": "- Moved\n",
    "_data/ui-text.yml": "en:\n  x: y\n",
    # files
    "images/me.png": b"\x89PNG",
    "files/cv.pdf": b"%PDF",
    "PDF/a.pdf": b"%PDF a",
    "CNAME": "ann.example\n",
    "CV.pdf": b"%PDF root",
    "google1234.html": "google-site-verification: google1234.html",
    "favicon.ico": b"ico",
    "robots.txt": "User-agent: *\n",
    "secret/x.txt": "excluded",
    # the template's code and notes
    "assets/css/main.scss": "---\n---\n@import 'x';\n",
    "assets/js/main.min.js": "x",
    "assets/own.css": "p {}",
    "_includes/footer.html": "x",
    "_includes/my-news.html": "x",
    "_layouts/single.html": "x",
    "_sass/_base.scss": "x",
    "markdown_generator/publications.py": "x",
    "README.md": "# A site",
    "Gemfile": "source",
    "talkmap.py": "x",
    ".DS_Store": b"x",
    ".git/config": '[remote "origin"]\n\turl = git@github.com:annlee/annlee.github.io.git\n',
}


def compose(root: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write a checkout, and return its folder."""
    for path, data in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def by_path(items: Iterable[Item]) -> dict[str, Item]:
    """Return the items of a plan by their paths in the checkout."""
    return {item.path: item for item in items}
