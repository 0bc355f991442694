"""Templates put together at random print what Jekyll prints, but for blanks and lines."""

import re
from collections.abc import Callable
from random import Random

from tests.liquid.conftest import Run
from tests.liquid.test_cases import jekyll

VALUES = (
    "x|x.title|x.name|x.order|x.since|x.tags|x[0]|forloop.index|forloop.last|site.locale|'lit'|12|nil|true|a|b|page.title|"
    "site.names[1]|site.numbers.first|site.data.people[1].role|site.flags.no_flag"
).split("|")
LISTS = (
    "site.names|site.numbers|site.publications|site.data.people|site.groups|(1..3)|site.flags|site.nested.a.b".split(
        "|"
    )
)
FILTERS = (
    "upcase;append: 'z';default: 'd';join: ',';first;date: '%Y';escape;truncate: 4;split: 'a' | join: '-';slugify;"
    "sort | join;map: 'title' | join: ',';where: 'role', 'student' | map: 'name' | join;plus: 1;jsonify;strip;replace: 'a', 'b'"
).split(";")
TESTS = [
    "{}",
    "{} == {}",
    "{} != {}",
    "{} contains 'a'",
    "forloop.index > 2",
    "2 <= site.numbers[0]",
    "{} and {}",
    "{} or {}",
]


def tag(random: Random, text: str) -> str:
    return f"{random.choice(['{%', '{%', '{%-'])} {text} {random.choice(['%}', '%}', '-%}'])}"


def value(random: Random) -> str:
    return random.choice(VALUES)


def condition(random: Random) -> str:
    return re.sub(r"\{\}", lambda _: value(random), random.choice(TESTS))


def filtered(random: Random) -> str:
    return value(random) + (f" | {random.choice(FILTERS)}" if random.random() < 0.6 else "")


def body(random: Random, depth: int) -> str:
    return "".join(random.choice(["", " ", "\n"]) + node(random, depth) for _ in range(random.randint(1, 3)))


def node(random: Random, depth: int) -> str:
    """Return a text, an output, or a tag with bodies of nodes."""

    def block(opening: str, *others: str) -> str:
        parts = [opening, *(other for other in others if random.random() < 0.4), f"end{opening.split()[0]}"]
        return "".join(tag(random, part) + (body(random, depth - 1) if part != parts[-1] else "") for part in parts)

    match random.randrange(10 if depth else 4):
        case 0:
            return random.choice(["text", "*", "a b"])
        case 1 | 2:
            return f"{{{{ {filtered(random)} }}}}"
        case 3:
            return tag(random, f"assign {random.choice('ab')} = {filtered(random)}")
        case 4 | 5:
            return block(f"if {condition(random)}", f"elsif {condition(random)}", "else")
        case 6:
            return block(f"unless {condition(random)}", "else")
        case 7 | 8:
            how = random.choice(["", " limit: 2", " offset: 1", " reversed", " limit: 1 offset: 1"])
            return block(f"for x in {random.choice(LISTS)}{how}", "else")
    case = f"{{% case {value(random)} %}}{tag(random, 'when 12, true')}{body(random, 0)}{{% else %}}{body(random, 0)}"
    return random.choice(
        [f"{case}{{% endcase %}}", block("capture a"), tag(random, "cycle 'p', 'q'"), tag(random, "increment c")]
    )


def test_random_templates_print_what_jekylls_do(need: Callable[..., str], run: Run) -> None:
    random = Random(5)
    templates = ["".join(node(random, 2) for _ in range(random.randint(1, 4))) for _ in range(500)]
    expected = jekyll(need, templates)
    assert sum(not printed.startswith("ERROR") for printed in expected) > 300
    for template, printed in zip(templates, expected, strict=True):
        if not printed.startswith("ERROR"):
            assert "".join(run(template)[0].split()) == "".join(printed.split()), template
