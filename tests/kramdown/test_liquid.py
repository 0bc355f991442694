"""Liquid: what home pages use of it is run; what cannot be resolved is a warning, and is not shown."""

import time
import tracemalloc

import pytest

from plugins.kramdown import KramdownMarkdown

SITE: dict[str, object] = {"url": "https://example.org", "baseurl": "/me", "author": {"name": "Jo", "list": ["a", "b"]}}


def convert(md: KramdownMarkdown, source: str) -> str:
    md.reset()
    md.liquid_variables = {"site": SITE, "page": {"title": "Home"}}
    return md.convert(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ site.url }}{{ site.baseurl }}/x", "https://example.org/me/x"),
        ("{% include base_path %}{{ base_path }}/x", "https://example.org/me/x"),
        ("{{ site.author.name }} of {{ page.title | upcase }}", "Jo of HOME"),
        ("{% assign a = site.url | append: '/b' %}{{ a | url_encode }}", "https%3A%2F%2Fexample.org%2Fb"),
        ("{{ '/x.png' | relative_url }} {{ '/x.png' | absolute_url }}", "/me/x.png https://example.org/me/x.png"),
        ("{% if site.author.name %}yes{% else %}no{% endif %}", "yes"),
        ("{% if site.author.scholar %}yes{% else %}no{% endif %}", "no"),
        ("{% for x in site.author.list %}{{ x }}{% endfor %}", "ab"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("a{% comment %}gone{% endcomment %}", "a"),
        ("a<!-- {{ site.url }} {% nonsense -->", "a"),
    ],
    ids=[
        "the site's address", "academicpages' base_path", "author and page", "assign and filters", "Jekyll's address filters",
        "a condition that holds", "a condition that does not", "a loop", "raw", "a comment", "nothing in an HTML comment",
    ],
)  # fmt: skip
def test_liquid_is_run(source: str, text: str, md: KramdownMarkdown) -> None:
    """The page shows what Jekyll would, without a warning."""
    assert convert(md, source) == f"<p>{text}</p>"
    assert not md.problems


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("One\n\ntwo {% include map.html a=b %} three", "map.html"),
        ("One\n\ntwo {% gallery x %} three", "gallery"),
        ("One\n\ntwo {{ site.data.nothing }} three", "site.data is undefined"),
        ("One\n\n{% for p in site.posts %}{{ p.title }}{% endfor %}two three", "site.posts"),
        ("<!-- a\n-->\ntwo {% include x.html %} three", "x.html"),
    ],
    ids=[
        "an include that is not here",
        "a plugin's tag",
        "data that is not here",
        "a loop over nothing",
        "below a comment",
    ],
)
def test_what_cannot_be_resolved_is_a_warning(source: str, word: str, md: KramdownMarkdown) -> None:
    """It is not shown, but the text around it is, and the warning names its line."""
    html = convert(md, source)
    assert "two" in html
    assert "three" in html
    assert "{%" not in html
    assert "{{" not in html
    (problem,) = set(md.problems)
    assert (problem.line, problem.key, problem.warning) == (3, "liquid", True)
    assert word in problem.message


@pytest.mark.parametrize("source", ["a {% endif %} b", "a {{ x | }} b", "a {% gallery %} b"])
def test_liquid_that_prints_nothing_loses_no_text(source: str, md: KramdownMarkdown) -> None:
    """Liquid that cannot hide anything is reported, and the text is still there."""
    assert "b" in convert(md, source)
    assert all(problem.warning for problem in md.problems)


BLOCKS = "if x|unless x|case x|for i in x|tablerow i in x|capture x|ifchanged|raw|comment|doc|if|for|case x = 1".split(
    "|"
)


@pytest.mark.parametrize("tag", [*(f"{{% {tag} %}}" for tag in BLOCKS), "{%- comment -%}", "{{", "{%", "{% %}"])
def test_liquid_that_is_never_closed_ends_the_build(tag: str, md: KramdownMarkdown) -> None:
    """It is an error at its line, and nothing of the page is left: comments would be printed with the rest."""
    html = convert(md, f"One\n\n{{% comment %}}hush{{% endcomment %}}{{% if x %}}hush{{% endif %}}\n{tag} hush")
    assert html == ""
    assert md.source_without_comments == ""
    (problem,) = md.problems
    assert (problem.line, problem.key, problem.warning) == (4, "liquid", False)


def repeated(times: int, body: str) -> str:
    return f"{{% for i in (1..{times}) %}}{body}{{% endfor %}}"


LIST = "{% assign a = 'a,b' | split: ',' %}"
TEXT = "{% assign a = 'bbbb' %}"
ENDLESS = {
    "append": TEXT + repeated(40, "{% assign a = a | append: a %}"),
    "prepend": TEXT + repeated(40, "{% assign a = a | prepend: a %}"),
    "replace": TEXT + repeated(40, "{% assign a = a | replace: 'b', a %}"),
    "capture": TEXT + repeated(40, "{% capture a %}{{ a }}{{ a }}{% endcapture %}"),
    "jsonify": "{% assign a = '\\\\' %}" + repeated(40, "{% assign a = a | jsonify %}"),
    "times": "{% assign a = 10 %}" + repeated(40, "{% assign a = a | times: a %}"),
    "concat": LIST + repeated(40, "{% assign a = a | concat: a %}"),
    "join and split": LIST + repeated(40, "{% assign b = a | join: b %}{% assign a = b | split: '' %}"),
    "a joined range": "{{ (1..1000000000) | join: ',' }}",
    "a sorted range": "{{ (1..1000000000) | sort | size }}",
    "a reversed range": "{% for i in (1..1000000000) reversed %}a{% endfor %}",
    "a loop": repeated(1_000_000_000, "a"),
    "a table": "{% tablerow i in (1..1000000000) %}a{% endtablerow %}",
    "a loop in a loop": repeated(1000, repeated(1000, "a")),
    "loops, one after the other": repeated(100_000, "") * 100,
    "a long body": repeated(100_000, "{% if 1 %}{% endif %}" * 400),
    "output": repeated(100_000, "x" * 5000),
    "many captures": "".join(
        f"{{% capture a{n} %}}{repeated(1000, 'x' * 900)}{{% endcapture %}}" for n in range(60)
    ),
    "blocks in blocks": "{% if true %}" * 1000 + "a" + "{% endif %}" * 1000,
}  # fmt: skip


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS.keys())
def test_liquid_ends_within_its_limits(source: str, md: KramdownMarkdown) -> None:
    """What takes too many steps or too much memory is an error with its line, within a second."""
    began = time.process_time()
    convert(md, f"One\n\n{source}")
    assert time.process_time() - began < 1
    (problem,) = (problem for problem in md.problems if not problem.warning)
    assert (problem.line, problem.key) == (3, "liquid")
    assert problem.hint


@pytest.mark.parametrize("name", ["append", "prepend", "replace", "capture", "jsonify"])
def test_liquid_takes_no_memory_without_limit(name: str, md: KramdownMarkdown) -> None:
    """A text that doubles 40 times is stopped before it takes 64 MB."""
    convert(md, "{{ 'a' | append: 'b' }}")  # the library is loaded
    tracemalloc.start()
    try:
        convert(md, ENDLESS[name])
        assert tracemalloc.get_traced_memory()[1] < 64_000_000
    finally:
        tracemalloc.stop()


def test_a_long_list_is_within_the_limits(md: KramdownMarkdown) -> None:
    """A page may collect a list of 500 entries in a variable, in either way."""
    entry = "<li>an entry of <b>some</b> words</li>"
    for step in (f"{{% capture s %}}{{{{ s }}}}{entry}{{% endcapture %}}", f"{{% assign s = s | append: '{entry}' %}}"):
        html = convert(md, "{% assign s = '' %}" + repeated(500, step) + "{{ s }}")
        assert html.count("<li>") == 500
        assert not md.problems


def test_uniq_keeps_the_first_of_each(md: KramdownMarkdown) -> None:
    assert convert(md, "{{ 'b,a,b,c,a' | split: ',' | uniq | join: ' ' }}") == "<p>b a c</p>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a {{- 'b' -}} c", "abc"),
        ("a {%- assign x = 1 -%} b", "ab"),
        ("{% raw %}{{ a {% endraw %}b }}", "{{ a b }}"),
        ("a{% comment %}{% comment %}b{% endcomment %}{{ {% endcomment %}c", "ac"),
        ("{{'a'}}{{ }}{% # note %}b", "ab"),
    ],
    ids=["hyphens at an output", "hyphens at a tag", "raw", "a comment in a comment", "nothing"],
)
def test_text_is_split_as_liquid_does(source: str, text: str, md: KramdownMarkdown) -> None:
    assert convert(md, source) == f"<p>{text}</p>"


@pytest.mark.parametrize("block", ["raw", "comment"])
def test_a_block_whose_last_tag_is_not_closed_is_reported(block: str, md: KramdownMarkdown) -> None:
    convert(md, f"a {{% {block} %}} b {{% end{block} ")
    assert md.problems
