"""Liquid prints what Jekyll prints: the table of cases.txt, and Jekyll itself where it is installed."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.liquid.conftest import Run
from tests.liquid.reading import HERE, SITE, Case, cases

CASES = list(cases())


def spaced(printed: str) -> str:
    """Return what is printed without the blank lines and indents of kramdown's HTML, which ours has not."""
    return re.sub(r"(>)(?:\s|\\n)+(?=<|$|\"|\|)|\\n(?=\")|\A\s+\Z", r"\1", printed)


def test_there_are_cases() -> None:
    assert len(CASES) > 300
    assert len({case.topic for case in CASES}) > 20


@pytest.mark.parametrize("case", CASES, ids=[f"{case.topic}: {case.template[:60]}" for case in CASES])
def test_it_prints_what_jekyll_prints(case: Case, run: Run) -> None:
    assert spaced(run(case.template)[0]) == spaced(case.printed)


def jekyll(need: Callable[..., str], templates: list[str]) -> list[str]:
    """Return what Jekyll prints for templates."""
    given = json.dumps({"source": str(SITE), "templates": templates})
    command = [need("ruby", "jekyll"), str(HERE / "jekyll.rb")]
    ran = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    printed: list[str] = json.loads(ran.stdout)
    return printed


def test_the_table_is_jekylls(need: Callable[..., str]) -> None:
    """Jekyll prints what the table says."""
    assert jekyll(need, [case.template for case in CASES]) == [case.printed for case in CASES]


VALUES = (
    "'Some Text, with é & <b>tags</b>'|''|'12'|'1.50'|12|-3.7|true|nil|site.names|site.mixed|site.gaps|site.flags|"
    "site.since|(1..3)|site.groups|site.data.rows|page.title"
).split("|")
FILTERS = """
abs; append: 'x'; array_to_sentence_string; at_least: 2; at_most: 2; capitalize; ceil; cgi_escape; compact; date: '%Y';
date_to_string; date_to_xmlschema; default: 'd'; divided_by: 2; downcase; escape; escape_once; find: 'name', 'One'; first;
floor; group_by: 'title'; inspect; join: '-'; jsonify; last; lstrip; map: 'name'; minus: 1; modulo: 2; newline_to_br;
normalize_whitespace; number_of_words; plus: 1; plus: '2'; pop; prepend: 'x'; push: 'x'; relative_url; remove: 'e';
replace: 'e', 'E'; reverse; round: 1; rstrip; shift; size; slice: -2, 2; slice: 0; slugify; smartify; sort; sort: 'title';
sort_natural; split: ' '; split: ''; strip; strip_html; strip_index; times: 2; to_integer; truncate: 5; truncatewords: 2;
uniq; unshift: 'x'; upcase; uri_escape; url_decode; url_encode; where: 'name', 'One'; where_exp: 'x', 'x'; xml_escape
"""
DIFFERENT = {  # what Ruby makes of a value of the wrong kind, and nobody means
    ("'12'", "array_to_sentence_string"), ("12", "size"), ("site.mixed", "smartify"), ("site.flags", "sort"),
    ("site.since", "inspect"),
}  # fmt: skip


def test_every_filter_takes_every_value(need: Callable[..., str], run: Run) -> None:
    """It prints what Jekyll prints, unless that fails."""
    filters = [each.strip() for each in FILTERS.replace("\n", " ").split(";")]
    pairs = [(value, name) for value in VALUES for name in filters]
    templates = [f"{{% assign value = {value} %}}{{{{ value | {name} }}}}" for value, name in pairs]
    expected = jekyll(need, templates)
    assert sum(not printed.startswith("ERROR") for printed in expected) > 1000
    different = {
        pair
        for pair, template, printed in zip(pairs, templates, expected, strict=True)
        if not printed.startswith("ERROR") and spaced(run(template)[0]) != spaced(printed)
    }
    assert different == DIFFERENT
