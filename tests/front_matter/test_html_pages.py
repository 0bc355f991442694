"""Pages that are HTML: read as Jekyll reads them, and private where Markdown is."""

import pytest

from tests.conftest import Site

BODY = """\
<div class="box">
    <p>Indented *as it is* &amp; {{ "liquid" | upcase }}, {{ page.title }} <!-- SECRET --></p>

    <p markdown="1">Apart</p>
</div>
{% comment %}SECRET{% endcomment %}
<p>Link to <a href="/cv/">the CV</a>, 'quoted' -- and "so" on</p>"""


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("extension", ["html", "htm", "HTML"])
def test_a_page_of_html_is_kept_as_it_is(site: Site, extension: str) -> None:
    """But for its Liquid and its comments; it is found at its address, in lists and as text."""
    front = "---\npermalink: /own.html\ntitle: Own page\nredirect_from: /was/\nmenu: true\n---\n"
    site.write(f"content/pages/own.{extension}", front + BODY)
    site.write("content/pages/cv.md", "---\ntitle: CV\n---\nCV.\n")
    built = site.build(SITEURL="https://ann.example")
    assert (built.failed, built.lines) == (False, [])
    html = built.text("own.html")
    assert '    <p>Indented *as it is* &amp; LIQUID, Own page </p>\n\n    <p markdown="1">Apart</p>\n' in html
    assert "'quoted' -- and \"so\" on" in html
    assert "nomarkdown" not in "".join(
        built.text(name) for name in built.files() if name.endswith(("html", "md", "txt"))
    )
    assert "SECRET" not in "".join(built.text(name) for name in built.files() if not name.endswith((".png", ".ico")))
    assert "/own.html" in built.text("sitemap.xml")
    assert 'href="/own.html"' in built.text("cv/index.html")
    assert "url=/own.html" in built.text("was/index.html")


@pytest.mark.usefixtures("home")
def test_a_problem_in_a_page_of_html_has_its_line(site: Site) -> None:
    site.write(
        "content/pages/own.html", "---\ntitle: x\n---\n<p>One</p>\n<p>{{ site.nowhere }}</p>\n<p>{% nothing %}</p>\n"
    )
    assert [line.partition(": ")[0] for line in site.build().lines] == [
        "content/pages/own.html:5",
        "content/pages/own.html:6",
    ]


@pytest.mark.usefixtures("home")
def test_html_without_front_matter_is_no_page(site: Site) -> None:
    """Nor is an article of HTML with it anything but one."""
    site.write("content/pages/bare.html", "<p>Bare</p>\n")
    site.write("content/articles/2024-05-06-news.html", "---\ntitle: News\n---\n<p>News.</p>\n")
    built = site.build()
    assert built.lines == [
        "content/pages/bare.html: warning: is HTML without front matter, and will not be published;"
        " begin it with two lines '---', or move it to content/root/"
    ]
    assert not [name for name in built.files() if "bare" in name]
    assert "<p>News.</p>" in built.text("news/index.html")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("keys", ["published: false", "status: draft"])
def test_a_draft_of_html_stays_private(site: Site, keys: str) -> None:
    site.write("content/pages/own.html", f"---\n{keys}\n---\n<p>SECRET</p>\n")
    built = site.build()
    assert not [
        name for name in built.files() if name.endswith((".html", ".md", ".txt")) and "SECRET" in built.text(name)
    ]
