"""Comments are private: no word that stands only in a comment reaches the page or any other file."""

import pytest

from plugins.kramdown import KramdownMarkdown
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
    "kramdown's own comment in a line": f"a {{::comment}}{SECRET}{{:/comment}} b {{::comment}}{SECRET}{{:/}}",
    "kramdown's own comment in a list": f"- a\n\n  {{::comment}}\n  {SECRET}\n  {{:/comment}}\n- b",
    "Liquid's comment": f"a {{% comment %}}{SECRET}{{% endcomment %}}",
    "Liquid within a comment": f"<!-- {{{{ {SECRET} }}}} {{% if {SECRET} %}} -->a",
    "between backticks of two paragraphs": f"a ` b\n\nc <!-- {SECRET}\n\n{SECRET} --> ` d",
    "a comment never closed": f"a <!-- {SECRET}",
}


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES.keys())
def test_a_comment_does_not_reach_the_page(source: str, md: KramdownMarkdown) -> None:
    """Wherever a comment stands, nothing of it is in the page, in its source for readers or in its problems."""
    html = md.convert(source)
    assert SECRET not in html
    assert SECRET not in md.source_without_comments
    assert "<!--" not in html
    assert SECRET not in "".join(map(str, md.problems))


@pytest.mark.parametrize(
    "source",
    ["`<!-- shown -->`", "```\n<!-- shown\n\nshown -->\n```", "Text\n\n    <!-- shown -->\n"],
    ids=["a code span", "a fenced block", "an indented block"],
)
def test_code_keeps_its_comments(source: str, md: KramdownMarkdown) -> None:
    """In code a comment is what the author shows."""
    assert "&lt;!-- shown" in md.convert(source)


def test_code_keeps_kramdowns_own_comments(md: KramdownMarkdown) -> None:
    """In code kramdown's own comment is shown, in the page and in its source for readers."""
    source = "`{::comment}shown{:/comment}`\n\n```\n{::comment}\nshown\n{:/comment}\n```\n"
    assert md.convert(source).count("shown") == 2
    assert md.source_without_comments == source


def test_no_paragraph_breaks_at_a_comment(md: KramdownMarkdown) -> None:
    """A comment within a paragraph does not split it, even if the comment contains blank lines."""
    assert md.convert("One\n<!-- a\n\nb -->\ntwo").count("<p>") == 1


def test_a_comment_never_closed_is_a_problem_with_its_line(md: KramdownMarkdown) -> None:
    """The rest of the page would vanish, so it is an error and not a warning."""
    md.convert("One\n\ntwo <!-- three\n\nfour")
    (problem,) = md.problems
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
    """No file of the seed's output contains a comment."""
    built = seed_site.build()
    for name in built.files():
        if name.endswith(".html"):
            assert "<!--" not in built.text(name)
