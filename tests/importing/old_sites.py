"""Checkouts composed for comparisons with Jekyll: every rule by which it finds the address of a file."""

from pathlib import Path

ACADEMICPAGES = """\
title: Ann Lee
url: https://annlee.github.io
baseurl: ""
permalink: /:categories/:title/
timezone: Etc/UTC
future: true
author:
  name: Ann Lee
include: [.htaccess, _pages, files, images]
exclude: [vendor, /docs, "*.sublime-project", README, LICENSE, Gemfile, images/raw/, "**/secret*"]
keep_files: [.git, .svn]
plugins: [jekyll-redirect-from]
collections:
  teaching: {output: true, permalink: "/:collection/:path/"}
  publications: {output: true, permalink: "/:collection/:path/"}
  portfolio: {output: true, permalink: "/:collection/:title/"}
  talks: {output: true, permalink: "/:collection/:year/:name/"}
  notes: {output: false}
  books: {output: true}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: single, categories: [blog]}
  - scope: {path: _pages}
    values: {author_profile: true}
  - scope: {path: _pages/defaulted, type: pages}
    values: {permalink: /by-default/}
  - scope: {path: "", type: teaching}
    values: {redirect_from: /all-teaching/}
  - scope: {path: _portfolio/hidden}
    values: {published: false}
"""


def page(*lines: str, body: str = "Words.") -> str:
    """Return a page with front matter."""
    return "\n".join(["---", *lines, "---", "", body, ""])


SITE = {
    "_config.yml": ACADEMICPAGES,
    "_pages/about.md": page("permalink: /", "redirect_from:", "  - /about/", "  - /about.html"),
    "_pages/cv.md": page("permalink: /cv/", "redirect_from: [/resume, /vita.htm, cv/old, /cv.pdf]"),
    "_pages/no-permalink.md": page("title: x"),
    "_pages/Sub Folder/ünïcode name.md": page("title: x"),
    "_pages/defaulted.html": page("title: x"),
    "_pages/null.md": page("permalink:"),
    "_pages/year.html": page("permalink: /year-archive/"),
    "_pages/bare.html": "<p>No front matter.</p>",
    "_pages/exact.md": page("permalink: /exact.html"),
    "_pages/extensionless.md": page("permalink: /without/extension"),
    "_pages/dotted.md": page("permalink: /v1.2/"),
    "_pages/data.md": page("permalink: /feeds/all.json"),
    "_pages/dots.md": page("permalink: /a/../b//./c/"),
    "_pages/encoded.md": page("permalink: /caf%C3%A9/"),
    "_pages/letters.md": page("permalink: /größe/"),
    "_pages/placeholders.md": page("permalink: /:path/x/:basename:output_ext"),
    "_pages/unpublished.md": page("published: false", "permalink: /unpublished/"),
    "_pages/said-unpublished.md": page("published: no", "permalink: /unpublished-too/"),
    "_pages/text-false.md": page('published: "false"', "permalink: /still-published/"),
    "_pages/away.md": page("permalink: /away/", "redirect_to: https://example.com/"),
    "_pages/index.md": page("title: x"),
    "_pages/sub/index.html": page("title: x"),
    "_pages/.ipynb_checkpoints/about.md": page("permalink: /checkpoint/"),
    "_pages/.sass-cache/x.scssc": "x",
    "_pages/_partial.md": page("title: x"),
    "_pages/backup.md~": page("title: x"),
    "_pages/~draft.md": page("title: x"),
    "_pages/#auto#": page("title: x"),
    "_pages/broken.md": "---\ntitle: [x\n---\nwords\n",
    "_pages/unclosed.md": "---\ntitle: x\nwords\n",
    "_pages/crlf.md": page("permalink: /crlf/").replace("\n", "\r\n"),
    "_pages/bom.md": "\ufeff" + page("permalink: /bom/"),
    "_pages/blank-first.md": "\n" + page("permalink: /blank-first/"),
    "_pages/fence-blanks.md": "--- \npermalink: /fence/\n---  \nwords\n",
    "_pages/dots-end.md": "---\npermalink: /dots-end/\n...\nwords\n",
    "_pages/upper.MD": page("title: x"),
    "_pages/two.dots.md": page("title: x"),
    "_pages/trailing..md": page("title: x"),
    "root.md": page("title: x"),
    "index2.html": page("title: x"),
    "talkmap.html": page("permalink: /talkmap.html"),
    "bare.html": "<p>x</p>",
    "README.md": "# x\n",
    "LICENSE": "x",
    "docs/x.md": page("title: x"),
    "vendored/x.js": "x",
    "other/docs/x.md": page("title: x"),
    "x.sublime-project": "x",
    "a/b/secret.txt": "x",
    "a/b/public.txt": "x",
    "CNAME": "annlee.example\n",
    "robots.txt": "User-agent: *\n",
    "google123.html": "google-site-verification: google123.html",
    "CV.pdf": "%PDF",
    ".nojekyll_not": "x",
    ".htaccess": "x",
    ".well-known/security.txt": "x",
    "files/paper one.pdf": "%PDF",
    "files/100%.pdf": "%PDF",
    "files/a#b.pdf": "%PDF",
    "files/_private.pdf": "%PDF",
    "files/.hidden": "x",
    "files/no-extension": "x",
    "files/paper.bib": "@article{x}",
    "files/page.html": page("title: x"),
    "files/trailing.": "x",
    "images/me.png": "\x89PNG",
    "images/raw/me.tiff": "x",
    "images/raw2/me.tiff": "x",
    "assets/css/main.scss": page(body="a { b { color: red } }"),
    "assets/js/x.js": "x",
    "assets/data.json": page(body="{}"),
    "_data/navigation.yml": "main: []\n",
    "_includes/x.html": "x",
    "_layouts/single.html": "{{ content }}",
    "_sass/x.scss": "a{}",
    "node_modules/x.js": "x",
    "gemfiles/x": "x",
    "_publications/2009-10-01-paper-one.md": page("title: One", "date: 2009-10-01", "permalink: /publication/2009-paper-one"),
    "_publications/2010-10-01-paper-two.md": page("title: Two", "date: 2010-10-01"),
    "_publications/undated.md": page("title: x", "redirect_from: [/pubs/undated/]"),
    "_publications/sub/deep.md": page("title: x"),
    "_publications/external.md": page("title: x", "permalink: https://doi.org/10.1/x"),
    "_publications/same.md": page("permalink: /publication/2009-paper-one"),
    "_publications/papers/a b.pdf": "%PDF",
    "_publications/fig.1.png": "x",
    "_publications/top.pdf": "%PDF",
    "_publications/no-front-matter.md": "words\n",
    "_publications/.hidden.md": page("title: x"),
    "_publications/sub/.deep/quirk.md": page("title: x"),
    "_publications/sub/_private.md": page("title: x"),
    "_publications/page.html": page("title: x"),
    "_publications/off.md": page("published: false"),
    "_portfolio/Project One (2020).md": page("title: x"),
    "_portfolio/2019-05-06-dated.md": page("slug: own slug"),
    "_portfolio/hidden-one.md": page("title: x"),
    "_portfolio/name.with.dots.html": page("title: x"),
    "_portfolio/pic.png": "x",
    "_talks/2014-02-01-talk.md": page("date: 2014-02-01"),
    "_talks/2015-03-02-from-name.md": page("title: x"),
    "_talks/text.md": page('date: "2016-04-03"'),
    "_talks/time.md": page("date: 2017-12-31 23:30:00 -0500"),
    "_teaching/course.md": page("title: x"),
    "_notes/x.md": page("title: x"),
    "_notes/x.pdf": "%PDF",
    "_books/x.md": page("title: x"),
    "_books/y.pdf": "%PDF",
    "_unlisted/x.md": page("title: x"),
    "_posts/2012-08-14-blog-post-1.md": page("title: x", "date: 2012-08-14", "permalink: /posts/2012/08/blog-post-1/"),
    "_posts/2013-08-14-Plain Name.md": page("title: x"),
    "_posts/2014-01-02-cats.md": page("categories: Two Words"),
    "_posts/2014-01-03-list.md": page("categories: [Big Cat, small]", "category: third"),
    "_posts/2014-01-04-slug.md": page("slug: Own Slug!"),
    "_posts/2199-01-01-future.md": page("title: x"),
    "_posts/2014-1-5-short.markdown": page("title: x"),
    "_posts/sub/2014-01-06-deep.md": page("title: x"),
    "_posts/undated.md": page("title: x"),
    "_posts/2014-01-07-no-header.md": "words\n",
    "_posts/2014-01-08-off.md": page("published: false"),
    "cat/_posts/2015-01-01-in-folder.md": page("title: x"),
    "_drafts/draft.md": page("title: x"),
}  # fmt: skip


def write(root: Path, files: dict[str, str]) -> Path:
    """Write a checkout."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return root
