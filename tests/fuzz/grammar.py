"""Sites of one page, composed at random: constructs, broken HTML, Liquid, controls and nesting, in every field."""

from pathlib import Path
from random import Random

from tests.fuzz.patterns import AUTHORS, BODIES, FRONT_MATTER, Pattern
from tests.kramdown.documents import compose, mutate

KEPT = Path(__file__).parent / "kept"  # documents that failed once
NESTED = [  # what opens something, and what closes it
    ("<div>", "</div>"), ("<div markdown=\"1\">\n", "\n</div>\n"), ("<b>", "</b>"), ("<p><i>", "</p>"), ("<ul><li>", "</ul>"),
    ("*", "*"), ("**", "**"), ("_", "_"), ("~~", "~~"), ("\"", "\""), ("[", "](a)"), ("![", "](a)"), ("[", "]"), ("(", ")"),
    ("> ", ""), ("- ", ""), ("1. ", ""), (": ", ""), ("> - ", ""), ("  ", "\n"), ("    ", "\n"), ("\t- ", "\n"), ("```\n", "\n```\n"),
    ("{% if page.title %}", "{% endif %}"), ("{% for x in site.author.list %}", "{% endfor %}"), ("{% capture a %}", "{% endcapture %}"),
    ("{% raw %}", "{% endraw %}"), ("{% comment %}", "{% endcomment %}"), ("<!--", "-->"), ("{::comment}", "{:/}"), ("{::nomarkdown}", "{:/}"),
    ("<script>", "</script>"), ("<pre>", "</pre>"), ("<table><tr><td>", "</td></tr></table>"), ("$$", "$$"), ("<!--", ""), ("<![CDATA[", "]]>"),
]  # fmt: skip
CONTROLS = (
    "\0\x01\x08\t\v\f\r\x1b\x7f\x85\xa0\u200b\u200f\u2028\u2029\u202e\ufdd0\ufeff\ufffd\uffff\U0001f389\u0301שلの研"
)
VALUES = [
    "9" * 16_000, "0" * 5000, "1e999999", "-" + "7" * 5000, "0x" + "f" * 5000, "9" * 4000 + "-01-01", "99999-12-31", "2024-13-45",
    "2024-01-01 25:61:61", "2024-01-01T00:00:00+99:00", "1" * 4000 + ":30", "[" * 1000, "{a: " * 1000, "- " * 1000, "&a [*a]", "*a", "!!python/object:os.system x",
    "\"\\ud800\"", ".nan", ".inf", "~", "''", "[]", "{}", "{{ page.title }}", "&#" + "1" * 5000 + ";", "x" * 9000,
]  # fmt: skip
KEYS = (
    "title date permalink lang tags category slug save_as description excerpt author redirect_from modified a".split()
)


def site(random: Random) -> tuple[str, str]:
    """Return a page and the authors of its site."""
    body = "".join(piece(random) + random.choice(["\n\n", "\n\n", "\n", " ", ""]) for _ in range(random.randint(1, 5)))
    if random.random() < 0.4:
        body = mutate(random, body)
    front = ["title: Home\n"]
    if random.random() < 0.3:
        front.append(_of(random, random.choice(list(FRONT_MATTER.values()))))
    if random.random() < 0.1:
        front.append(f"{random.choice(KEYS)}: {random.choice(VALUES)}\n")
    authors = (
        _of(random, random.choice(list(AUTHORS.values()))) if random.random() < 0.3 else "Jane Doe:\n  bio: Hello.\n"
    )
    return f"---\n{''.join(front)}---\n{body}", authors


def piece(random: Random) -> str:
    """Return a part of a page."""
    kind = random.random()
    if kind < 0.35:
        return compose(random, blocks=2)
    if kind < 0.7:
        return _of(random, random.choice(list(BODIES.values())))
    if kind < 0.9:
        chosen = [random.choice(NESTED) for _ in range(random.randint(1, 3))] * random.choice([1, 1, 2, 5, 30])
        closed = chosen[: random.choice([len(chosen), len(chosen), random.randint(0, len(chosen))])]
        inner = compose(random, blocks=1) if random.random() < 0.7 else ""
        return "".join(opening for opening, _ in chosen) + inner + "".join(closing for _, closing in reversed(closed))
    text = list(compose(random, blocks=1))
    for _ in range(random.randint(1, 20)):
        text.insert(random.randrange(len(text) + 1), random.choice(CONTROLS) * random.choice([1, 1, 4]))
    return "".join(text)


def _of(random: Random, pattern: Pattern) -> str:
    times = [0, 1, 1, 2, 3, 7, 40, 200]
    return "".join(text if place % 2 == 0 else text * random.choice(times) for place, text in enumerate(pattern))
