"""Documents composed at random from the constructs that home pages contain, joined in every way."""

from random import Random

WORDS = [
    *"I'm the of and Research learning it's neural AI NASA a deep students' 'quoted' \"quoted\" rock'n'roll 2024 '90s".split(),
    *"-- --- ... & &amp; &nbsp; &copy; < > << >> 3<4 AT&T Name* Me\\* don't etc. (Oral) [PDF] C++ C# 50% $15M $x$ ~ ^ | / \\".split(),
    *"研究 学习， 他说“你好” 🌈 🎉🎉 ❤️ naïve Zürich e-mail: a@b.c https://example.org/a_b snake_case_name __init__ **".split(),
    *"* _ ` ! !! ? : ; \" ' ) ( ] [ } { # + - = . , 1. 2) :wave: {: <br> <br/> </b> \\\\ \\_ a|b".split(),
]
CALM = "Research learning neural deep students 2024 the of and in is was awarded paper work 研究 Zürich".split()
URLS = [
    *"https://example.org /images/x.png images/x.png ./a.pdf a@b.c mailto:a@b.c # #news ?a=1&b=2 files/My CV.pdf".split(),
    "files/My CV.pdf", "", "https://en.wikipedia.org/wiki/A_(b)", "/files/a_b_c*.pdf", "https://example.org/~name/'x'",
]  # fmt: skip
ATTRIBUTES = ["{: .btn}", '{: width="300px"}', "{: .a .b #id}", '{:style="float: right;" .align-right}', "{:.x}"]


def words(random: Random, count: int = 6) -> str:
    """Return a few words, some with characters that have a meaning in Markdown."""
    return " ".join(random.choice(CALM if random.random() < 0.7 else WORDS) for _ in range(random.randint(1, count)))


def span(random: Random, depth: int = 2) -> str:
    """Return one span."""
    inner = inline(random, depth - 1) if depth else words(random, 3)
    url = random.choice(URLS)
    kind = random.randrange(24)
    return [
        f"**{inner}**", f"*{inner}*", f"_{inner}_", f"__{inner}__", f"[{inner}]({url})", f"[{inner}]({url})",
        f"[{inner}]({url} \"A title\")", f"![{words(random, 2)}]({url})", f"![x]({url}){random.choice(ATTRIBUTES)}",
        f"[{inner}]({url}){random.choice(ATTRIBUTES)}", f"`{words(random, 3)}`", f"<b>{inner}</b>",
        f'<span style="color:red">{inner}</span>', f"<a href='{url}' target='_blank'>{inner}</a>",
        f'<img src="{url}" width=\'300\'>', "<br>", f"<i class=\"fa\"></i> {inner}", f'"{inner}"', f"'{inner}'",
        "<!-- a private note -->", f"~~{inner}~~", f"({inner})", f"<https://example.org/{random.randrange(9)}>",
        f"**[{inner}]({url})**",
    ][kind]  # fmt: skip


def inline(random: Random, depth: int = 2) -> str:
    """Return a line of text with spans in it."""
    pieces = []
    for _ in range(random.randint(1, 4)):
        pieces.append(span(random, depth) if depth > 0 and random.random() < 0.5 else words(random))
    return random.choice([" ", " ", " ", "", ", "]).join(pieces)


def paragraph(random: Random) -> str:
    """Return a few lines of text."""
    ends = ["\n", "\n", "\n", "  \n", "<br>\n", "\\\n", "\n  ", "\n<!-- x -->\n"]
    text = inline(random)
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        text += random.choice(ends) + inline(random)
    return text


def heading(random: Random) -> str:
    """Return a heading of either kind."""
    text = inline(random, 1)
    sign = random.choice("=-")
    return random.choice(
        [f"{'#' * random.randint(1, 4)} {text}", f"## {text} ##", f"{text}\n{sign * random.choice([1, 3, 6, 40])}"]
    )


def item_list(random: Random, depth: int) -> str:
    """Return a list; its items may contain further blocks, indented in one of the ways that people use."""
    numbered = random.random() < 0.3
    bullet = random.choice("-*+-*")
    gap = random.choice(["\n", "\n", "\n", "\n\n"])
    items = []
    for number in range(random.randint(1, 4)):
        marker = f"{random.choice([number + 1, 1])}." if numbered else bullet
        text = f"{marker}{random.choice([' ', ' ', '  ', '   '])}{paragraph(random)}"
        if depth and random.random() < 0.35:
            indent = " " * random.choice([1, 2, 2, 3, 4, 4]) if random.random() < 0.95 else "\t"
            inner = block(random, depth - 1)
            text += random.choice(["\n", "\n", "\n\n"]) + "\n".join(indent + line for line in inner.split("\n"))
        items.append(text)
    return gap.join(items)


def html(random: Random, depth: int) -> str:
    """Return a block of HTML as pages contain it."""
    tag = random.choice(
        ["div", "center", "p", "table", "details", "section", "ul", "h2", "font", "span", "style", "iframe"]
    )
    mark = random.choice(
        ["", "", ' class="x"', " style='color: red'", ' markdown="1"' if tag not in "table ul" else ""]
    )
    inner = random.choice(
        [words(random), block(random, max(0, depth - 1)), f"\n  {inline(random)}\n", "<b>x</b>\n\n    y"]
    )
    if tag == "style":
        inner = ".x > p { color: red; }\n\n.y { float: left }"
    if tag in ("table", "ul"):
        cell = "td" if tag == "table" else "li"
        row = f"<{cell}>{words(random)}</{cell}>"
        inner = f"\n<tr>\n{row}{row}\n</tr>\n" if tag == "table" else f"\n{row}\n{row}\n"
    gap = random.choice(["", "\n", "\n\n"])
    return f"<{tag}{mark}>{gap}{inner}{gap}</{tag}>"


def table(random: Random) -> str:
    """Return a table, complete or accidental."""
    columns = random.randint(1, 3)
    edge = random.choice(["| ", ""])
    rows = [edge + " | ".join(inline(random, 1) for _ in range(columns)) + " |" * bool(edge) for _ in range(3)]
    if random.random() < 0.6:
        rows.insert(1, "|".join(random.choice(["---", ":-:", "--:", ":--"]) for _ in range(columns)) + "|" * bool(edge))
    return "\n".join(rows[: random.randint(1, len(rows))])


def rare(random: Random) -> str:
    """Return a construct that few pages contain."""
    text = inline(random, 1)
    return random.choice(
        [
            f"```python\n{words(random)}\n```", f"```\n{text}\n```", f"~~~\n{words(random)}\n\n{text}\n~~~",
            f"Term\n: {text}", f"Term\n\n: {text}\n: {words(random)}", f"{words(random)}[^1]\n\n[^1]: {text}",
            f"*[AI]: {words(random)}", f"[name]: {random.choice(URLS[:6])}\n\n[name] and [{text}][name]",
            f"{text}\n{random.choice(ATTRIBUTES)}", f"{random.choice(ATTRIBUTES)}\n{text}", f"$$\n{'x^2'}\n$$",
            f"a $$x_1$$ {words(random)}", f"- [ ] {text}\n- [x] {text}", "* toc\n{:toc}", "{::nomarkdown}<b>*x*</b>{:/}",
            f"    {text}\n    {text}", f"\t{text}", "^",
        ]
    )  # fmt: skip


def block(random: Random, depth: int = 2) -> str:
    """Return one block."""
    kind = random.random()
    if kind < 0.32:
        return paragraph(random)
    if kind < 0.46:
        return heading(random)
    if kind < 0.64:
        return item_list(random, depth)
    if kind < 0.76:
        return html(random, depth)
    if kind < 0.80:
        return random.choice(["---", "***", "* * *", "___", "- - -", "<hr>", "<br>", "<br />"])
    if kind < 0.84:
        return random.choice(["<!-- a private note, -- with dashes -->", "<!-- a\nb -->", "<!---->"])
    if kind < 0.88:
        return table(random)
    if kind < 0.92:
        return "\n".join("> " + line for line in block(random, max(0, depth - 1)).split("\n"))
    return rare(random)


def compose(random: Random, blocks: int = 8) -> str:
    """Return a page of at most so many blocks."""
    text = block(random)
    for _ in range(random.randint(0, blocks - 1)):
        text += random.choice(["\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n", "\n\n\n", "\n \n"]) + block(random)
    return text


def mutate(random: Random, text: str) -> str:
    """Return the text with a few characters lost, repeated or inserted."""
    characters = list(text)
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(characters) + 1)
        if random.random() < 0.4 and characters:
            del characters[at : at + random.randint(1, 5)]
        elif random.random() < 0.3:
            characters[at:at] = characters[at // 2 : at // 2 + random.randint(1, 30)]
        else:
            characters.insert(at, random.choice("\n\n  \t*_`[]()<>!#-=|:{}&$\\\"'~^+.1a/研\ufdd0\x00"))
    return "".join(characters)
