"""No private note gets out: not a word that stands only in a comment reaches the page or any other file."""

import pytest
from markdown import Markdown

from tests.conftest import Site

SECRET = "hush"

PLACES = {
    "a line of its own": f"Text\n<!-- {SECRET} -->\nmore",
    "the middle of a sentence": f"A <!-- {SECRET} --> sentence",
    "over blank lines and headings": f"Text\n<!-- {SECRET}\n\n# {SECRET}\n\n- {SECRET}\n-->\nmore",
    "a list item": f"- a <!-- {SECRET}\n\n{SECRET} -->\n- b",
    "an indented line of a list item": f"- a\n\n    <!-- {SECRET}\n\n    {SECRET} -->\n- b",
    "a quote": f"> a <!-- {SECRET} -->\n> b",
    "a heading": f"## A <!-- {SECRET} --> heading",
    "a table's cell": f"| a <!-- {SECRET} --> | b |\n|---|---|\n| 1 | 2 |",
    "raw HTML": f"<div><!-- {SECRET}\n\n{SECRET} --><p>a</p></div>",
    "a link's text": f"[a <!-- {SECRET} -->](b)",
    "an image's description": f"![a <!-- {SECRET} -->](b)",
    "a footnote": f"a[^1]\n\n[^1]: b <!-- {SECRET} -->",
    "kramdown's nomarkdown": f"{{::nomarkdown}}<b><!-- {SECRET} --></b>{{:/}}",
    "kramdown's own comment": f"{{::comment}}\n{SECRET}\n{{:/comment}}\n\na",
    "Liquid's comment": f"a {{% comment %}}{SECRET}{{% endcomment %}}",
    "Liquid within a comment": f"<!-- {{{{ {SECRET} }}}} {{% if {SECRET} %}} -->a",
    "a comment never closed": f"a <!-- {SECRET}",
}


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES.keys())
def test_a_comment_does_not_reach_the_page(source: str, md: Markdown) -> None:
    """Wherever a comment stands, the page knows nothing of it, and neither do its problems."""
    html = md.convert(source)
    assert SECRET not in html
    assert "<!--" not in html
    assert SECRET not in "".join(map(str, md.problems))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "source",
    ["`<!-- shown -->`", "```\n<!-- shown\n\nshown -->\n```", "Text\n\n    <!-- shown -->\n"],
    ids=["a code span", "a fenced block", "an indented block"],
)
def test_code_keeps_its_comments(source: str, md: Markdown) -> None:
    """In code a comment is what the author shows."""
    assert "&lt;!-- shown" in md.convert(source)


def test_no_paragraph_breaks_at_a_comment(md: Markdown) -> None:
    """A comment within a paragraph's lines leaves it one paragraph, blank lines in the comment or not."""
    assert md.convert("One\n<!-- a\n\nb -->\ntwo").count("<p>") == 1


def test_a_comment_never_closed_is_a_problem_with_its_line(md: Markdown) -> None:
    """The rest of the page would vanish, so that the build must not go on."""
    md.convert("One\n\ntwo <!-- three\n\nfour")
    (problem,) = md.problems  # type: ignore[attr-defined]
    assert (problem.line, problem.key, problem.warning) == (3, "comment", False)


def test_no_comment_reaches_any_file_of_the_output(site: Site) -> None:
    """A word that stands only in comments is in no file of output/."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\n" + "\n\n".join(list(PLACES.values())[:-1]))
    built = site.build()
    assert not built.failed
    assert built.files()
    for name in built.files():
        assert SECRET.encode() not in (built.output / name).read_bytes()


def test_the_seed_has_no_comment_left(seed_site: Site) -> None:
    """No file of the seed's output holds a comment's start."""
    built = seed_site.build()
    for name in built.files():
        if name.endswith(".html"):
            assert "<!--" not in built.text(name)
