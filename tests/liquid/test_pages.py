"""Liquid in the pages of a built site: entries, articles and data where the author's old page listed them."""

import re
import subprocess
import sys

import pytest

from tests.conftest import Built, Site
from tests.liquid.reading import our_files

HEAD = "---\npermalink: /\ntitle: Home\n---\n"


def build(site: Site, body: str, **settings: object) -> Built:
    """Build the site of the cases with another home page."""
    for name, data in our_files():
        if not name.startswith("pages/"):
            site.write(f"content/{name}", data)
    site.write("content/pages/home.md", HEAD + body)
    return site.build(SITENAME="Yan Li", AUTHOR="Yan Li", **settings)


def ours(built: Built) -> list[str]:
    """Return what Liquid reports."""
    return [line for line in built.lines if ": liquid: " in line]


def test_a_list_of_entries_prints_their_keys(site: Site) -> None:
    """As it did on Jekyll, in the same order."""
    body = "{% for p in site.publications reversed %}\n- [{{ p.title }}]({{ p.url }}), {{ p.venue }}\n{% endfor %}\n"
    built = build(site, body)
    text = re.sub("<[^>]*>", "", built.text("index.html").replace("&nbsp;", " ").replace("\u00a0", " "))
    items = "paper four,", "Paper ‘Three’ &amp; more, Journal 1", "Paper Two, Conference 2", "Paper One, Journal 1"
    found = [text.index(item) for item in items]
    assert found == sorted(found)
    assert 'href="/#2010-10-01-second"' in built.text("index.html")
    assert ours(built) == []


@pytest.mark.parametrize(
    ("include", "around"),
    [
        ("archive-single.html", "@"),
        ("archive-single-talk.html", "## Papers\n\n@\n"),
        ("archive-single.html type='grid'", "* one\n\n@"),
        ("archive-single-cv.html", "<ul>@</ul>"),
        ("archive-single-talk-cv.html", "<ul>\n  @\n</ul>"),
    ],
)
def test_an_include_of_academicpages_prints_the_entry(include: str, around: str, site: Site) -> None:
    loop = f"{{% for post in site.publications reversed %}}{{% include {include} %}}{{% endfor %}}"
    built = build(site, around.replace("@", loop))
    text = built.text("index.html")
    assert text.index('id="undated"') < text.index('id="2015-10-01-third"') < text.index('id="2009-10-01-first"')
    assert "data-entry" not in text
    assert not re.search(r"<ul[^>]*>\s*(?:<div[^>]*>\s*)?<ul", text)  # one list, whether the page opens one or not
    assert ours(built) == []


def test_an_include_without_an_entry_is_a_warning(site: Site) -> None:
    built = build(site, "One.\n\n{% include archive-single.html %}\n")
    (warning, *_) = ours(built)
    assert warning.startswith("content/pages/home.md:7: warning: liquid: ")


def test_a_section_goes_where_the_page_says(site: Site) -> None:
    built = build(site, "First.\n\n{% section publications %}\n\nClosing.\n")
    text = built.text("index.html")
    assert (
        text.index("First.")
        < text.index('id="2009-10-01-first"')
        < text.index("Closing.")
        < text.index('id="2012-03-01-talk"')
    )
    assert ours(built) == []


@pytest.mark.parametrize("tag", ["{% section %}", "{% section a b %}", "{% section <x> %}"])
def test_a_section_without_a_name_is_a_warning(tag: str, site: Site) -> None:
    built = build(site, f"First.\n\n{tag}\n\nLast.\n")
    assert len(ours(built)) == 1
    assert "Last." in built.text("index.html")


def test_an_include_prints_an_article(site: Site) -> None:
    """As the section of articles does, the newest first."""
    built = build(site, "{% for post in site.posts %}{% include archive-single.html %}{% endfor %}\n")
    main = built.text("index.html").partition("<main")[2]
    found = [main.index(f'href="{address}"') for address in ("/news/untitled.html", "/posts/2012/08/blog-post-1/")]
    assert found == sorted(found)
    assert "data-entry" not in main


def test_the_text_of_an_entry_runs_its_own_liquid(site: Site) -> None:
    """It may ask for the site; what asks for itself prints nothing more."""
    site.write(
        "content/publications/own.md",
        "---\ntitle: Own\n---\nAt {{ site.url }}.{% for p in site.publications %}{{ p.content }}{% endfor %}\n",
    )
    built = build(
        site,
        "[{% assign p = site.publications | find: 'title', 'Own' %}{{ p.content | strip_html | strip }}]\n",
        SITEURL="https://a.example",
    )
    assert not built.failed
    assert "[At https://a.example." in built.text("index.html")


def test_no_comment_of_an_entry_is_public(site: Site) -> None:
    """Neither of its front matter nor of its text, by whatever key or filter."""
    site.write(
        "content/publications/secret.md",
        "---\ntitle: Open <!-- hush1 -->\nvenue: |\n  A {::comment}hush2{:/comment} B\n---\n"
        "Text <!-- hush3 -->\n{::comment}\nhush4\n{:/comment}\n\n[//]: # (hush5)\n{% comment %}hush6{% endcomment %}\n",
    )
    site.write("content/articles/2020-01-01-a.md", "---\ntitle: A <!-- hush7 -->\n---\nB <!-- hush8 -->\n")
    body = (
        "{% for p in site.documents %}{{ p }}{{ p.content }}{{ p.excerpt }}{{ p | jsonify }}{{ p | inspect }}"
        "{{ p.venue }}{{ p.title | upcase }}{% endfor %}{{ site.posts | jsonify }}{{ site.pages | jsonify }}\n"
    )
    body += "<!-- hush9 -->{{ page.content | jsonify | escape }}{{ page | inspect }}\n"
    built = build(site, body)
    assert not built.failed
    for name in built.files():
        assert "hush" not in (built.output / name).read_bytes().decode("utf-8", "replace").lower(), name


def test_what_is_not_published_is_not_listed(site: Site) -> None:
    """Neither drafts nor, where the settings say so, what is dated in the future."""
    head = "---\ntitle: Embargo {}\ndate: {}\n{}---\nHush.\n"
    site.write("content/publications/future.md", head.format("F", "2999-01-01", ""))
    site.write("content/publications/draft.md", head.format("D", "2010-01-01", "published: false\n"))
    site.write("content/articles/2999-01-01-f.md", head.format("A", "2999-01-01", ""))
    site.write("content/articles/2010-01-01-d.md", head.format("B", "2010-01-01", "published: false\n"))
    body = "{{ site.documents | map: 'title' | join: ', ' }} {{ site.tags | jsonify }} {% for p in site.pages %}{{ p }}{% endfor %}\n"
    built = build(site, body, WITH_FUTURE_DATES=False)
    assert not built.failed
    assert not any(b"Embargo" in (built.output / name).read_bytes() for name in built.files())


def test_a_page_sees_pages_and_files(site: Site) -> None:
    """With their published addresses."""
    site.write("content/root/CNAME", "a.example")
    site.write("content/pages/cv.md", "---\ntitle: CV\npermalink: /cv/\n---\nHere.\n")
    pages = "{% for p in site.pages %}{{ p.url }} {% endfor %}"
    built = build(site, pages + "{% for f in site.static_files %}{{ f.path }} {% endfor %}\n")
    assert "<p>/cv/ / /CNAME /files/cv.pdf</p>" in built.text("index.html")


def test_a_page_sees_the_menu_and_the_authors(site: Site) -> None:
    """They were data on Jekyll; what content/data says goes first."""
    site.write("content/navigation.yml", "main:\n  - title: Papers\n    url: /\n")
    site.write("content/authors.yml", "Yan Li:\n  name: Yan Li\n")
    body = "{{ site.data.navigation.main[0].title }} {{ site.data.authors['Yan Li'].name }}\n"
    assert "<p>Papers Yan Li</p>" in build(site, body).text("index.html")
    site.write("content/data/navigation.yml", "main:\n  - title: Talks\n")
    assert "<p>Talks Yan Li</p>" in build(site, body).text("index.html")


def test_liquid_is_not_loaded_without_need(site: Site) -> None:
    """A site with entries and data, whose pages have no Liquid, builds without the library."""
    build(site, "No Liquid.\n")
    program = (
        "import sys; from pelican import Pelican; from pelican.settings import read_settings;"
        "Pelican(read_settings('pelicanconf.py')).run();"
        "print([name for name in sys.modules if name == 'liquid' or name.startswith('plugins.kramdown.liquid')])"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=site.root, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip().endswith("[]"), ran.stderr
