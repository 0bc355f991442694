"""What filters and tags may take: steps, time and memory."""

import re
import time
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest

from plugins.kramdown import ValueConverter
from plugins.kramdown.liquid.running import run_liquid
from plugins.problems import Problem, Problems

ROWS = [{"a": str(number), "b": {"c": [number, "x"]}, "tags": ["x", "y"]} for number in range(5000)]
SITE: dict[str, Any] = {"rows": ROWS, "text": "x " * 50_000, "quotes": "\"'" * 50_000}


def run(template: str) -> list[Problem]:
    problems = Problems()
    convert = ValueConverter().convert
    run_liquid(template, {"site": SITE}, lambda position: template.count("\n", 0, position) + 1, problems, convert)
    return list(problems)


def repeated(body: str, times: int = 100_000) -> str:
    return f"{{% for i in (1..{times}) %}}{body}{{% endfor %}}"


def assigned(expression: str) -> str:
    return repeated(f"{{% assign b = {expression} %}}")


def doubled(character: str) -> str:
    return f"{{% assign a = '{character}' %}}" + repeated("{% assign a = a | append: a %}", 16)


LIST = "{% assign a = 'x,y' | split: ',' %}"
ENDLESS = {
    "groups": assigned("site.rows | group_by: 'a'"),
    "groups by an expression": assigned("site.rows | group_by_exp: 'row', 'row.a | upcase'"),
    "an expression for each row": assigned("site.rows | where_exp: 'row', \"row.a contains '9'\""),
    "rows as JSON": assigned("site.rows | jsonify"),
    "a list in which each item is longer": LIST + repeated("{% assign a = a | push: i %}"),
    "a list in itself": LIST + repeated("{% assign a = a | push: a %}", 60),
    "backslashes that double": "{% assign a = '\\' %}" + repeated("{% assign a = a | inspect %}", 60),
    "words": assigned("site.text | number_of_words: 'auto'"),
    "Markdown": assigned("site.text | markdownify"),
    "quotes that curl": assigned("site.quotes | smartify"),
    "brackets that are not closed": doubled("<") + assigned("a | strip_html"),
    "a wide date": doubled("%200d") + "{{ 'now' | date: a }}{{ 'now' | date: a }}",
    "many dates": assigned("'December 24 2018 at 5pm' | date: '%A %d %B'"),
    "sections": repeated("{% section publications %}"),
}


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS.keys())
def test_it_ends_within_a_second_or_so(template: str) -> None:
    """With an error at its line."""
    began = time.process_time()
    (error,) = (problem for problem in run(f"\n\n{template}") if not problem.warning)
    assert time.process_time() - began < 1.5
    assert (error.line, error.key) == (3, "liquid")


@pytest.mark.parametrize("name", ["backslashes that double", "rows as JSON"])
def test_it_takes_little_memory(name: str) -> None:
    tracemalloc.start()
    try:
        run(ENDLESS[name])
        assert tracemalloc.get_traced_memory()[1] < 64_000_000
    finally:
        tracemalloc.stop()


def test_what_a_page_of_many_papers_needs_is_allowed() -> None:
    """Five hundred rows of data, listed by year, with every paragraph converted."""
    rows = [{"year": 1990 + n % 30, "title": f"Title {n}", "abstract": "Some *words* of it. " * 20} for n in range(500)]
    template = (
        "{% for year in (1990..2019) %}{% assign listed = site.rows | where: 'year', year | sort: 'title' %}"
        "{% for row in listed %}{{ row.title | escape }}: {{ row.abstract | markdownify }}{% endfor %}{% endfor %}"
    )
    problems = Problems()
    text = run_liquid(template, {"site": {"rows": rows}}, lambda _: 1, problems, lambda markdown: (markdown, ()))
    assert not problems
    assert text.count("Title") == 500


@pytest.mark.parametrize("text", ["p.a and " * 500 + "p.a", "(" * 1000, "p.a |", "p.a ==", "", "'"])
def test_an_expression_that_cannot_be_read_is_a_warning(text: str) -> None:
    """Nothing is printed for it, and all else is there."""
    quote = '"' if "'" in text else "'"
    (problem,) = run(f"\n{{{{ site.rows | where_exp: 'p', {quote}{text}{quote} | size }}}}")
    assert problem.warning
    assert problem.line == 2


@pytest.mark.parametrize(
    "path",
    [
        "site.rows.__class__", "site.text.__len__", "site.rows[0].__init__", "page.url.upper", "site.rows.append",
        "site.time.__liquid__", "site.time.year", "forloop.it", "site.rows.first.items", "jekyll.__doc__",
    ],
)  # fmt: skip
def test_nothing_of_python_is_reached(path: str) -> None:
    """Neither by a path nor by a filter that takes a property's name."""
    problems = Problems()
    holder, _, name = path.rpartition(".")
    template = f"{{% for i in (1..1) %}}[{{{{ {path} }}}}{{{{ {holder} | map: '{name}' }}}}]{{% endfor %}}"
    text = run_liquid(template, {"site": {**SITE, "rows": ROWS[:2]}}, lambda _: 1, problems, lambda text: (text, ()))
    assert text in ("[]", "")


@pytest.mark.parametrize(
    "template", ["{{ site }}", "{{ site | jsonify }}", "{{ forloop }}", "{{ site.time | inspect }}"]
)
def test_no_value_prints_as_python_has_it(template: str, variables: dict[str, Mapping[str, Any]]) -> None:
    text = run_liquid(
        f"{{% for i in (1..1) %}}{template}{{% endfor %}}", variables, lambda _: 1, Problems(), lambda text: (text, ())
    )
    assert not re.search(r"object at|0x|ChainMap|datetime|UTC|\bNone\b", text)
