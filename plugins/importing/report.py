"""An import and its proof → one page of HTML that needs nothing beside it: `.cache/import-report.html`."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from ..old_site import Answer, OldAddress
from ..problems import Problem
from .plan import KINDS, Item, Plan
from .words import PageWords

_MOST_LINES = 5  # of errors on the terminal
MOST_ROWS = 20_000  # of one table; a browser shows no more in a second
_WAYS = {"refresh": "a page that redirects", "301": "a redirect", "302": "a redirect for now", "308": "a redirect"}
_WERE = {
    "page": "Pages",
    "entry": "Entries of collections",
    "post": "Posts",
    "redirect": "Redirects of the old site",
    "list": "Lists that plugins made",
    "feed": "Feeds",
    "file": "Files",
}
# The theme's tables scroll sideways; these break long addresses instead, so that all of a line can be read.
_STYLE = """@layer components {
.spread { max-inline-size: 60rem }
h2 { margin-block-start: calc(1.5 * var(--line)) }
table { display: table; inline-size: 100%; table-layout: fixed; margin-block: var(--half) }
:is(th, td) { overflow-wrap: anywhere; inline-size: 50% }
td small { display: block; color: var(--faded) }
summary { padding-block: var(--quarter) }
.bad { color: var(--accent); font-weight: 700 }
}"""


class Proof(NamedTuple):
    """What an import did, and what the built site answered.

    ``name`` is that of the site. ``answers`` are those for the old addresses, none where the site cannot be built yet;
    ``words`` the own pages; ``wrong`` what was wrong on the old site, in files of the checkout; ``found`` what the
    build and the check of the new one report.
    """

    name: str
    plan: Plan
    answers: Sequence[tuple[OldAddress, Answer]]
    words: Sequence[PageWords]
    wrong: Sequence[Problem]
    found: Sequence[Problem] = ()


def in_short(proof: Proof) -> str:
    """Return for the terminal how many addresses answer and how many words are lost, or why nothing is proven."""
    if not proof.answers:
        errors = [str(problem) for problem in proof.found if not problem.warning]
        more = [f"and {len(errors) - _MOST_LINES} more"] if len(errors) > _MOST_LINES else []
        return "\n  ".join(["the new site cannot be built yet:", *errors[:_MOST_LINES], *more])
    dead = sum(bool(answer.fault) for _, answer in proof.answers)
    lost = sum(len(page.lost) for page in proof.words)
    return (
        f"{len(proof.answers) - dead:,} of {_count(len(proof.answers), 'old address', 'old addresses')} answer; "
        f"words lost: {lost:,} of {sum(page.before for page in proof.words):,}"
    )


def report(proof: Proof, style: str) -> str:
    """Return the page; ``style`` is the text of the theme's styles."""
    sections = [*_sections(proof)]
    contents = "".join(f'<li><a href="#s{number}">{title}</a></li>' for number, (title, _) in enumerate(sections, 1))
    body = "".join(
        f'<section aria-labelledby="s{number}"><h2 id="s{number}">{title}</h2>{html}</section>\n'
        for number, (title, html) in enumerate(sections, 1)
    )
    style = f"{style}\n{_STYLE}"
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = f"Import of {_text(proof.name)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n<div class="spread">\n'
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav>\n'
        f'<main id="main">\n<h1>{title}</h1>\n{_summary(proof)}\n{body}</main>\n</div>\n</body>\n</html>\n'
    )


def _summary(proof: Proof) -> str:
    """Return the figures."""
    own, left = [item for item in proof.plan.items if item.to], [item for item in proof.plan.items if not item.to]
    dead = sum(bool(answer.fault) for _, answer in proof.answers)
    lost = sum(len(page.lost) for page in proof.words)
    lines = [
        f"{_count(len(own), 'file', 'files')} of the old site came along; {_count(len(left), 'is', 'are')} left out.",
        f"{_count(len(proof.words), 'page', 'pages')} of your own had "
        f"{_count(sum(page.before for page in proof.words), 'word', 'words')}. <strong>Words lost: {lost:,}.</strong>",
    ]
    if proof.answers:
        lines.insert(
            0,
            f"<strong>{len(proof.answers) - dead:,} of {_count(len(proof.answers), 'old address', 'old addresses')} "
            "answer.</strong> The new site was built, served on this machine, and asked for each of them.",
        )
    else:
        lines.insert(0, '<strong class="bad">The new site cannot be built yet</strong>, so that nothing is proven.')
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _sections(proof: Proof) -> Iterator[tuple[str, str]]:
    """Yield the title and the HTML of each section that has something to say."""
    if needs := list(proof.plan.problems):
        yield f"What needs you ({len(needs):,})", _table("Place", "What to do", map(_problem, needs))
    if proof.found:
        title = f"What the new site’s build and check report ({len(proof.found):,})"
        yield title, _table("Place", "What to do", map(_problem, proof.found))
    if dead := [(old, answer) for old, answer in proof.answers if answer.fault]:
        yield f"Addresses that do not answer ({len(dead):,})", _table("Old address", "Answer", map(_answer, dead))
    if proof.answers:
        of_kind = {kind: [each for each in proof.answers if each[0].kind == kind] for kind in _WERE}
        groups = {_WERE[kind]: [*map(_answer, pairs)] for kind, pairs in of_kind.items()}
        yield "Every old address", _folded(groups, "Old address", "Now")
    if proof.words:
        lost = [page for page in proof.words if page.lost]
        groups = {"Some lost": [*map(_words, lost)]}
        groups["None lost"] = [_words(page) for page in proof.words if not page.lost]
        yield "Words of your own pages", _folded(groups, "Page", "Words", opened="Some lost")
    came = [item for item in proof.plan.items if item.to]
    if came:
        yield "What came along", _folded(_by_kind(came), "Old file", "New file")
    if left := [item for item in proof.plan.items if not item.to]:
        yield "What is left out, and why", _folded(_by_kind(left), "File", "Why")
    if proof.wrong:
        title = f"What was wrong on the old site ({len(proof.wrong):,})"
        yield title, _table("Place", "What is wrong", map(_problem, proof.wrong))


def _folded(groups: Mapping[str, Sequence[str]], first: str, second: str, opened: str = "") -> str:
    """Return a folded table for each group of rows, by its name; one of them may be open."""
    html = []
    for name, rows in groups.items():
        if rows:
            tag = "<details open>" if name == opened else "<details>"
            html.append(f"{tag}<summary>{name}: {len(rows):,}</summary>{_table(first, second, rows)}</details>")
    return "\n".join(html)


def _by_kind(items: Iterable[Item]) -> dict[str, list[str]]:
    """Return the rows of items, by the name of their kind."""
    groups: dict[str, list[str]] = {}
    for item in sorted(items, key=lambda item: (item.template, [*KINDS].index(item.kind), item.collection)):
        groups.setdefault(_kind(item), []).append(_item(item))
    return groups


def _table(first: str, second: str, rows: Iterable[str]) -> str:
    shown = list(rows)
    more = f"<p>And {len(shown) - MOST_ROWS:,} more.</p>" if len(shown) > MOST_ROWS else ""
    head = f'<thead><tr><th scope="col">{first}</th><th scope="col">{second}</th></tr></thead>'
    return f"<table>{head}<tbody>\n{''.join(shown[:MOST_ROWS])}</tbody></table>{more}"


def _row(first: str, second: str) -> str:
    return f"<tr><td>{first}</td><td>{second}</td></tr>\n"


def _answer(pair: tuple[OldAddress, Answer]) -> str:
    old, answer = pair
    source = f"<small>{_text(old.source)}</small>" if old.source else ""
    if answer.fault:
        now = f'<span class="bad">{_text(answer.fault)}</span>'
    elif not answer.hops:
        now = "answers as before"
    else:
        way = ", then ".join(dict.fromkeys(_WAYS.get(hop, f"status {hop}") for hop in answer.hops))
        now = f"<code>{_text(answer.end)}</code><small>by {way}</small>"
    return _row(f"<code>{_text(old.address)}</code>{source}", now)


def _words(page: PageWords) -> str:
    before = _count(page.before, "word", "words")
    if not page.lost:
        now = f"{before}, none lost"
    else:
        some = " ".join(page.lost[:60]) + (" …" if len(page.lost) > 60 else "")
        now = f'{before}, <span class="bad">{len(page.lost):,} lost</span><small>{_text(some)}</small>'
    return _row(f"<code>{_text(page.address)}</code><small>{_text(page.source)}</small>", now)


def _kind(item: Item) -> str:
    if item.template:
        return "The template’s own"
    name = KINDS.get(item.kind, (item.kind, item.kind))[1]
    return f"{name[:1].upper()}{name[1:]}" + (f" of {_text(item.collection)}" if item.collection else "")


def _item(item: Item) -> str:
    to = f"<code>{_text(item.to)}</code>" if item.to else ""
    why = f"<small>{_text(item.why)}</small>" if item.why and to else _text(item.why)
    return _row(f"<code>{_text(item.path)}</code>", to + why)


def _problem(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    key = f"<small>{_text(problem.key)}</small>" if problem.key else ""
    hint = f"<small>{_text(problem.hint)}</small>" if problem.hint else ""
    return _row(f"<code>{_text(place)}</code>{key}", _text(problem.message) + hint)


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _text(text: str) -> str:
    """Return a text as HTML, with escapes for what no page can hold."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return escape(shown)
