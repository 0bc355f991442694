"""Liquid: what home pages use of it is run; what cannot be resolved is a warning, and is not shown."""

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


@pytest.mark.parametrize(
    "source", ["a {{ b", "a {% if x %} b", "a {% endif %} b", "{% %} a b", "a {{ x | }} b", "{{ b }"]
)
def test_unclosed_liquid_loses_no_text(source: str, md: KramdownMarkdown) -> None:
    """Liquid that Jekyll refuses is reported, and the text is still there."""
    assert "b" in convert(md, source)
    assert md.problems
