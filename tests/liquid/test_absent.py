"""What is absent is a warning with its line, but for what templates ask for on purpose."""

import pytest

from tests.liquid.conftest import Run

# What is looked up, where, and a word of the warning; "" for none. Each row is tried in every kind of place below.
ALWAYS = {
    "a name of the site": ("site.nothing", "content/site.yml"),
    "a collection that did not come along": ("site.teaching", "content/teaching/"),
    "a data file": ("site.data.nothing", "content/data/nothing.yml"),
    "a data file in a folder": ("site.data.nested.nothing", "content/data/nested/nothing.yml"),
    "a key of a name that is absent": ("site.nothing.more", "content/site.yml"),
    "a variable that nobody assigns": ("nothing", "write what it stands for"),
    "a key of a document that no other has": ("site.publications[0].venu", "'venu'"),
    "a key of a row that no other has": ("site.data.people[0].nam", "'nam'"),
    "a name with brackets": ('site["nothing"]', "content/site.yml"),
}
NEVER = {
    "a key that another document has": "site.publications[0].award",
    "a key of documents that is empty": "site.publications[3].venue",
    "a key that another row has": "site.data.people[1].email",
    "a cell of a table that is empty": "site.data.rows[1].note",
    "Jekyll's own key that a document has not": "site.publications[0].previous",
    "a variable that is assigned in another branch": "assigned",
    "a value that is false": "site.flags.no_flag",
    "a key of a neighbour that is not there": "site.publications[0].previous.title",
}
SOMETIMES = {
    "a key of the page": "page.nothing",
    "a key of a mapping": "site.author.nothing",
    "a key in a data file": "site.data.nested.team.nothing",
    "an item beyond the end": "site.names[99]",
    "a parameter of an include": "include.nothing",
    "a tag that no article has": "site.tags.nothing",
}
PLACES = {
    "printed": "{{ @ }}",
    "in a filter": "{{ @ | upcase }}",
    "as an argument": "{{ 'a' | append: @ }}",
    "in a loop": "{% for x in @ %}{{ x }}{% endfor %}",
}
TESTED = {
    "in if": "{% if @ %}a{% endif %}",
    "in unless": "{% unless @ %}a{% endunless %}",
    "compared": "{% if @ == 'x' %}a{% endif %}",
    "in elsif": "{% if false %}{% elsif @ contains 'x' %}a{% endif %}",
    "in case": "{% case @ %}{% when 1 %}a{% endcase %}",
    "before default": "{{ @ | default: 'x' }}",
}
ASSIGNS = "{% if false %}{% assign assigned = 1 %}{% endif %}\n\n"


def warnings(run: Run, template: str, name: str) -> list[str]:
    """Return the warnings of a template in which the name stands for ``@``; all are on the third line."""
    _, problems = run(ASSIGNS + template.replace("@", name))
    assert all(problem.warning and problem.line == 3 and problem.key == "liquid" for problem in problems)
    return [f"{problem.message}; {problem.hint}" for problem in problems]


@pytest.mark.parametrize("place", {**PLACES, **TESTED}.values(), ids={**PLACES, **TESTED}.keys())
@pytest.mark.parametrize(("name", "word"), ALWAYS.values(), ids=ALWAYS.keys())
def test_what_stayed_behind_is_a_warning_everywhere(name: str, word: str, place: str, run: Run) -> None:
    """Once, with a way out."""
    (warning,) = warnings(run, place, name)
    assert word in warning


@pytest.mark.parametrize("name", NEVER.values(), ids=NEVER.keys())
def test_what_may_be_absent_is_none(name: str, run: Run) -> None:
    for place in (*PLACES.values(), *TESTED.values()):
        assert warnings(run, place, name) == []


@pytest.mark.parametrize("name", SOMETIMES.values(), ids=SOMETIMES.keys())
def test_what_a_condition_asks_for_is_none_there(name: str, run: Run) -> None:
    """Conditions and `default` are made for what may be absent; printed, it is a warning."""
    for place in TESTED.values():
        assert warnings(run, place, name) == []
    for place in PLACES.values():
        assert len(warnings(run, place, name)) == 1


@pytest.mark.parametrize(
    "filtered",
    [
        "map: 'venu'", "where: 'venu', 'x'", "sort: 'venu'", "sort_natural: 'venu'", "group_by: 'venu'",
        "find: 'venu', 'x'", "where_exp: 'p', \"p.venu == 'x'\"", "find_exp: 'p', 'p.venu'", "group_by_exp: 'p', 'p.venu'",
    ],
)  # fmt: skip
def test_a_property_that_no_item_has_is_a_warning(filtered: str, run: Run) -> None:
    """A filter that reads a misspelled key would take all items for equal; the right key is none."""
    (warning,) = warnings(run, "{{ @ | " + filtered + " | size }}", "site.publications")
    assert "'venu'" in warning
    assert warnings(run, "{{ @ | " + filtered.replace("venu", "award") + " | size }}", "site.publications") == []


def test_a_loop_reports_once(run: Run) -> None:
    """However many entries lack the key."""
    found = warnings(run, "{% for p in site.publications %}{% if p.venu %}{{ p.venu }}{% endif %}{% endfor %}", "")
    assert len(found) == 1


def test_an_unknown_filter_is_a_warning(run: Run) -> None:
    """Jekyll's plugins bring filters of their own; the value is printed as it is."""
    text, problems = run("{{ 'a' | cite }}")
    assert text == "a"
    assert [problem.message for problem in problems] == ["there is no filter 'cite', so that it changes nothing"]


def test_a_comparison_of_different_kinds_is_a_warning(run: Run) -> None:
    """The condition does not hold, as on Jekyll, and its other branch is printed."""
    text, problems = run(
        "{% if site.moment contains '2015' %}a{% else %}b{% endif %}{% if site.names > 1 %}{% else %}c{% endif %}"
    )
    assert text == "bc"
    assert len(problems) == 2
    assert all(problem.warning and "does not hold" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "failing",
    [
        "{{ x | date_to_string }}",
        "{% assign y = x | divided_by: 0 %}",
        "{{ x | truncate: 'a' }}",
        "{{ x | where: 'a' }}",
        "{{ x | upcase: 'a', 'b' }}",
    ],
)
def test_what_fails_takes_no_text_with_it(failing: str, run: Run) -> None:
    """The loop around it goes on, and the warning has its line."""
    text, problems = run(f"\n{{% for x in site.names %}}a{failing}b {{% endfor %}}")
    assert text.split() == ["ab"] * 5
    assert {problem.line for problem in problems} == {2}
    assert all(problem.warning and "()" not in problem.message for problem in problems)  # Python's own words
