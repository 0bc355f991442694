"""What is the template's own: sample texts in any version, and nothing that an owner has changed in them."""

from collections.abc import Callable

import pytest

from plugins.importing.template import is_templates, known, listing
from tests.importing.checkouts import FILES, LOOP, page

PAPER = str(FILES["_publications/2009-10-01-paper-title-number-1.md"])
COURSE = str(FILES["_teaching/2014-spring-teaching-1.md"])
TALK = page(
    "/talks/2013-03-01-tutorial-1",
    "[More information here](http://exampleurl.com)\n\nThis is a description of your tutorial, note the different field in "
    "type. This is a markdown files that can be all markdown-ified like any other post. Yay markdown!",
    "Tutorial 1 on Relevant Topic in Your Field",
    'collection: talks\ntype: "Tutorial"\nvenue: "UC-Berkeley Institute for Testing Science"\ndate: 2013-03-01\n'
    'location: "Berkeley CA, USA"\n',
)
POST = page(
    "/posts/2012/08/blog-post-1/",
    "This is a sample blog post. Lorem ipsum I can't remember the rest of lorem ipsum and don't have an internet connection "
    "right now. Testing testing testing this blog post. Blog posts are cool.\n\nHeadings are cool\n======\n",
    "Blog Post number 1",
    "date: 2012-08-14\ntags:\n  - cool posts\n  - category1\n",
)
PROJECT = page(
    "",
    "This is an item in your portfolio. It can be have images or nice text. If you name the file .md, it will be parsed as "
    "markdown. If you name the file .html, it will be parsed as HTML. ",
    "Portfolio item number 1",
    "excerpt: \"Short description of portfolio item number 1<br/><img src='/images/500x300.png'>\"\ncollection: portfolio\n",
)
SAMPLES = {"a paper": PAPER, "a course": COURSE, "a talk": TALK, "a post": POST, "a project": PROJECT}


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as it is"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="with other line ends"),
        pytest.param(lambda text: f"{text}\n\n", id="with lines at its end"),
        pytest.param(lambda text: text.replace("date: 20", "date: 19"), id="with another date"),
        pytest.param(lambda text: text.replace("http://", "https://"), id="with safe addresses"),
    ],
)
def test_a_sample_is_the_templates(sample: str, change: Callable[[str], str]) -> None:
    assert is_templates(change(sample))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize(
    "more",
    [
        pytest.param("I count spikes.", id="a sentence"),
        pytest.param("Spikes", id="a word"),
        pytest.param("<!-- remember the spikes -->", id="a comment"),
        pytest.param("https://ann.example/talk.pdf", id="an address"),
        pytest.param("![](/images/spikes.png)", id="a picture"),
        pytest.param("突触", id="a word in Chinese"),
    ],
)
def test_what_an_owner_adds_makes_it_the_owners(sample: str, more: str) -> None:
    assert not is_templates(f"{sample}\n{more}\n")
    assert not is_templates(sample.replace("---\n", f"---\nsubtitle: '{more}'\n", 1))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_what_an_owner_changes_in_it_makes_it_the_owners(sample: str) -> None:
    title = next(line for line in sample.splitlines() if line.startswith("title:"))
    assert not is_templates(sample.replace(title, "title: 'Spikes'"))


def test_a_file_without_a_word_is_not_the_templates() -> None:
    """It says nothing, so it is the owner's to decide."""
    assert not is_templates("")
    assert not is_templates(page("/about/", "About me", "About me")), "what anybody may write"
    assert not is_templates(page("/x/", ""))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        pytest.param(LOOP.replace("PLACE", "talks"), "talks", id="a loop"),
        pytest.param("{% include base_path %}\n<ul>" + LOOP.replace("PLACE", "talks") + "</ul>", "talks", id="HTML"),
        pytest.param(
            '{% if author.googlescholar %}\n  You can also find my articles on <u><a href="{{author.googlescholar}}">my '
            "Google Scholar profile</a>.</u>\n{% endif %}\n" + LOOP.replace("PLACE", "publications"),
            "publications",
            id="the template's words",
        ),
        pytest.param('<div class="publications">\n{% bibliography %}\n</div>', "publications", id="al-folio's"),
        pytest.param("{% include news.liquid %}", "news", id="by an include"),
        pytest.param("All of my talks:\n" + LOOP.replace("PLACE", "talks"), None, id="the owner's words"),
        pytest.param("<!-- all my talks -->" + LOOP.replace("PLACE", "talks"), None, id="the owner's comment"),
        pytest.param("", None, id="nothing"),
        pytest.param(
            "Education\n======\n* Skill 1\n* Skill 2\n  * Sub-skill 2.1\n* Skill 3\n" + LOOP.replace("PLACE", "talks"),
            None,
            id="the template's own CV",
        ),
    ],
)
def test_a_page_that_only_lists(body: str, name: str | None) -> None:
    found = listing(page("/talks/", body, "Talks"))
    assert (found is not None) is (name is not None)
    assert found is None or name in found.collections


def test_the_table_holds_hashes_only() -> None:
    assert len(known()) > 400
    assert all(len(each) == 12 and int(each, 16) >= 0 for each in known())
