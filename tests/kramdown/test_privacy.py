"""Comments are private: no word that stands only in a comment reaches the page or any other file."""

import re
from collections.abc import Callable
from operator import itemgetter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from plugins.kramdown import KramdownMarkdown
from plugins.markup import to_text
from tests.conftest import Site
from tests.kramdown.documents import compose, mutate

SECRET = "hush"
SHOWN = "shown"
CODE = re.compile(r"<(code|script|style)\b.*?</\1>", re.DOTALL)

COMMENTS = {
    "an HTML comment": "<!-- hush -->",
    "an HTML comment of several lines": "<!-- hush\nhush\n-->",
    "an HTML comment over a blank line": "<!-- hush\n\nhush -->",
    "an HTML comment with blocks in it": "<!-- hush\n- hush\n> hush\n# hush\n| hush | hush |\n-->",
    "an HTML comment with code in it": "<!-- `hush` ``` hush `` -->",
    "an HTML comment with a fence in it": "<!--\n```\nhush\n-->",
    "an HTML comment without spaces": "<!--hush-->",
    "an HTML comment with hyphens": "<!--- hush -- hush --->",
    "an HTML comment with a comment in it": "<!-- <!-- hush -->",
    "an HTML comment with Liquid in it": "<!-- {% if hush %} {{ hush }} {% raw %} -->",
    "kramdown's comment": "{::comment}hush{:/comment}",
    "kramdown's comment with a short end": "{::comment}hush{:/}",
    "kramdown's comment as a block": "{::comment}\nhush\n\nhush\n{:/comment}",
    "kramdown's comment with options": "{::comment hush='hush'}hush{:/comment}",
    "kramdown's comment without a body": "{::comment hush /}",
    "kramdown's comment with code in it": "{::comment}` hush ``{:/comment}",
    "Liquid's comment": "{% comment %}hush{% endcomment %}",
    "Liquid's comment with hyphens": "{%- comment -%}\nhush\n\nhush\n{%- endcomment -%}",
    "Liquid's comment with code in it": "{% comment %}` hush ``` {{ {% endcomment %}",
    "Liquid's comment in a line": "{% # hush %}",
    "an instruction": "<?php hush `` hush ?>",
    "a comment that Liquid prints": "{% assign c = '<!-- hush -->' %}{{ c }}",
    "a comment whose ends Liquid prints": "{{ '<' }}!-- hush --{{ '>' }}",
}  # fmt: skip


def below(first: str, rest: str) -> Callable[[str], str]:
    """Return a function that begins the first line of a text with ``first``, the others with ``rest``."""
    return lambda text: first + text.replace("\n", f"\n{rest}")


PLACES: dict[str, Callable[[str], str]] = {
    "in a paragraph": "shown {} shown".format,
    "on lines of its own": "shown\n{}\nshown".format,
    "as a block": "shown\n\n{}\n\nshown".format,
    "at the start of a paragraph": "{} shown".format,
    "in emphasis": "**shown {} shown** shown".format,
    "in a link": "[shown {} shown](/a) shown".format,
    "in a heading": "## shown {} shown".format,
    "in an underlined heading": "shown {}\n---\n\nshown".format,
    "in a list": below("- shown\n- shown ", "  "),
    "as a block in a list": below("- shown\n\n  ", "  "),
    "in a list of lists": below("- shown\n  - shown ", "    "),
    "in a numbered list": below("1. shown\n2. shown ", "   "),
    "between items": "- shown\n{}\n- shown".format,
    "in a quote": below("> shown ", "> "),
    "as a block in a quote": below("> shown\n>\n> ", "> "),
    "in a quote in a list": below("- > shown ", "  > "),
    "in a list in a quote": below("> - shown ", ">   "),
    "in a table": "| shown | {} |\n|---|---|\n| shown | b |".format,
    "in a row of a table": "| shown | b |\n|---|---|\n| {} | shown |".format,
    "in a definition": below("shown\n: shown ", "  "),
    "in a term": "shown {}\n: shown".format,
    "in a footnote": below("shown[^1]\n\n[^1]: shown ", "    "),
    "as a block in a footnote": below("shown[^1]\n\n[^1]:\n    shown\n\n    ", "    "),
    "in HTML": "<div>shown {} <b>shown</b></div>".format,
    "as a block in HTML": "<div>\n\n{}\n\nshown</div>".format,
    "in HTML with Markdown": '<div markdown="1">\nshown {}\n</div>'.format,
    "in an element of a line": "shown <b>shown {}</b>".format,
    "in an open element": "<section>shown {}".format,
    "in a table of HTML": "<table><tr><td>shown {}</td></tr></table>".format,
    "in code of HTML": "<pre><code>shown {}</code></pre>".format,
    "in raw HTML of kramdown": "{{::nomarkdown}}<b>shown {}</b>{{:/nomarkdown}}".format,
    "at the end": "shown\n\n{}".format,
}
NEIGHBOURS = {
    "nothing": "{}",
    "backticks in other items": "- shown `\n- shown\n\n{}\n\n- shown `\n",
    "backticks in the items around": "- shown `\n{}\n- shown `\n",
    "backticks in the rows around": "| shown ` | b |\n|---|---|\n| b | c |\n\n{}\n\n| shown ` | b |\n",
    "backticks in the headings around": "# shown `\n{}\n# shown `\n",
    "backticks in the quotes around": "> shown `\n\n{}\n\n> shown `\n",
    "backticks in the paragraphs around": "shown `\n\n{}\n\nshown `\n",
    "an escaped backtick": "shown \\`\n{}\n\\` shown",
    "two and three backticks": "shown ``\n\n{}\n\n``` shown",
    "a fence in a quote": "> ```\n> shown\n\n{}\n\n> ```\n",
    "a fence in a list": "- shown\n\n  ```\n  shown\n\n{}\n\n- ```\n",
    "a fence within a line": "shown\n    ```\n\n{}\n\nshown\n    ```\n",
    "a fence too deep": "shown\n\n- ~~~ shown\n\n{}\n\n~~~\n",
    "a fence of another kind": "~~~ `\n{}\n\n```\n",
    "a script as text": "shown <script src\n\n{}\n\nshown </script> shown",
    "a script in code": "`<script>`\n\n{}\n\n`</script>` shown",
    "a style as text": "shown <style <b>shown</b>\n\n{}\n\nshown </style> shown",
    "code": "`shown`\n{}\n`shown`",
    "a comment in code": "shown `<!-- {{::comment}}`\n\n{}\n\n`--> {{:/comment}}`",
    "math": "$$ shown\n\n{}\n\n$$",
}


CASES = [
    pytest.param(comment, around, [place for place in range(len(PLACES)) if (place + row + column) % 4 == 0], id=f"{name}, {beside}")
    for row, (name, comment) in enumerate(COMMENTS.items())
    for column, (beside, around) in enumerate(NEIGHBOURS.items())
]  # fmt: skip


@pytest.mark.parametrize(("comment", "around", "places"), CASES)
def test_a_comment_is_in_neither_file(comment: str, around: str, places: list[int], md: KramdownMarkdown) -> None:
    """Wherever it stands, whatever looks like code beside it; and the text around it is in both, without an error."""
    for name, place in itemgetter(*places)(list(PLACES.items())):
        html = md.convert(around.format(place(comment)))
        assert [str(problem) for problem in md.problems if not problem.warning] == [], name
        assert SECRET not in html, name
        assert SECRET not in md.source_without_comments, name
        assert SHOWN in html, name
        assert SHOWN in md.source_without_comments, name


@given(st.randoms(use_true_random=False), st.sampled_from([*COMMENTS][:-1]), st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_comment_anywhere_is_shown_only_as_code(random: Random, comment: str, breaks: bool) -> None:
    """A comment at any position of any page: where it is no code, neither file has it; where it is, both have."""
    md = Markdown(extensions=["plugins.kramdown"])
    source = compose(random, 5)
    source = mutate(random, source) if breaks else source
    at = random.randrange(len(source) + 1)
    html = md.convert(source[:at] + COMMENTS[comment] + source[at:])
    if not re.search(r"`|\n\n", COMMENTS[comment]):  # code and a block end where they end, be it within a comment
        assert SECRET not in to_text(CODE.sub("", html))
    assert "\ufdd0" not in html
    assert (SECRET in html) == (SECRET in md.source_without_comments)


@pytest.mark.parametrize(
    "source",
    [
        "`<!-- shown -->`", "`<!-- shown`", "`<!--` shown `-->`", "``` <!-- shown ``` `-->`", "- `<!-- shown`\n- `-->`",
        "```\n<!-- shown\n```\n", "- a\n\n  ```\n  <!-- shown -->\n  ```\n", "> ```\n> <!-- shown\n> ```\n",
        "Text\n\n    <!-- shown -->\n", "Text\n\n    <!-- shown\n", "# `<!-- shown`", "| `<!-- shown` | b |\n|---|---|\n",
        "a[^1]\n\n[^1]: `<!-- shown -->`", "a\n\n[^1]: `<!--` shown", "- a `\n- b\n- `<!-- shown`",
        "`{::comment} shown {:/comment}`", "`{::comment} shown`", "`{::comment shown /}`", "```\n{::comment}\nshown\n```\n",
        "`[//]: # (shown)`", "```\n[//]: # (shown)\n```\n", "[//](/shown)", "`<?php shown ?>`", "a <?php shown", "{% raw %}`<!-- shown {{ a }} -->`{% endraw %}",
    ],
)  # fmt: skip
def test_code_keeps_its_comments(source: str, md: KramdownMarkdown) -> None:
    """What is code in the page is code in its Markdown, and a comment in it needs no end."""
    html = md.convert(source)
    assert SHOWN in html or "[^1]: `<!--`" in source
    assert "\ufdd0" not in html
    assert md.source_without_comments.strip() == source.replace("{% raw %}", "").replace("{% endraw %}", "").strip()
    assert not md.problems


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n\nb <!-- hush", 3), ("a `\n\n- b <!-- hush\n- ` c", 3), ("{{ 'a' }}\n\n<!-- hush\n\nhush", 3),
        ("a\n{::comment}\nhush\n\nhush", 2), ("> ```\n\nb <!-- hush\n\n> ```", 3), ("<script a\n<!-- hush\n</script>", 2),
    ],
)  # fmt: skip
def test_a_comment_never_closed_is_an_error(source: str, line: int, md: KramdownMarkdown) -> None:
    """At its line, and nothing of it is in either file."""
    assert SECRET not in md.convert(source)
    assert SECRET not in md.source_without_comments
    (problem,) = md.problems
    assert (problem.line, problem.key, problem.warning) == (line, "comment", False)


@pytest.mark.parametrize(
    "source",
    [
        "{::comment}\nhush {:/} hush\n{:/comment}\nshown", "- {::comment}\n  hush {:/} hush\n  {:/comment}\n- shown",
        "> {::comment}\n> hush {:/} hush\n> {:/}\n> shown", "{::comment a=\"\\}{\" hush /} shown",
        "[//]: # (hush)\n\nshown", "[//]: # \"hush\"\nshown", "[//]: #\n  \"hush\"\n\nshown", "[comment]: <> (hush)\n\nshown",
        "> [//]: # (hush)\n> shown", "- shown\n\n[//]: # (hush `)\n\n- shown `", "shown {% comment %}<!-- hush{% endcomment %}",
        "shown `<!-- hush\n\nhush -->` shown", "# shown `<!-- hush\n\n- hush -->` shown", "- shown ` <!-- hush\n- hush --> `",
        "```<!--hush-->\nshown\n```\n",
    ],
)  # fmt: skip
def test_what_kramdown_hides_is_hidden(source: str, md: KramdownMarkdown) -> None:
    """kramdown's comments end where kramdown says, and a link that no text can have is a comment."""
    html = md.convert(source)
    assert SECRET not in html + md.source_without_comments
    assert SHOWN in html
    assert SHOWN in md.source_without_comments


def test_no_paragraph_breaks_at_a_comment(md: KramdownMarkdown) -> None:
    """A comment within a paragraph does not split it, even if the comment contains blank lines."""
    assert md.convert("One\n<!-- a\n\nb -->\ntwo").count("<p>") == 1


def test_the_seed_has_no_comment_left(seed_site: Site) -> None:
    """No file of the seed's output contains a comment."""
    built = seed_site.build()
    for name in built.files():
        if name.endswith(".html"):
            assert "<!--" not in built.text(name)
