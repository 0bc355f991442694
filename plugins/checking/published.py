"""What a site answers for the addresses before an import, and what the published one answers for its own. Edge.

`check_old` asks a finished build, which is served on this machine; `check_live` asks the published site.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ..old_site import FILE, Answer, read
from ..problems import ContentError, Problem
from .asking import Asker, same_host

Progress = Callable[[int], object]

_LOCATION = re.compile(r"<loc>\s*([^<]+?)\s*</loc>")
_LOCAL = ("localhost", "127.0.0.1", "::1")
_SOON = timedelta(days=14)
_WIDTH = 30  # characters of the progress bar


class Live(NamedTuple):
    """What the published site answers; ``facts`` are lines about it, ``problems`` what is wrong."""

    answers: list[Answer]
    problems: list[Problem]
    facts: list[str]


def known_addresses(file: Path) -> dict[str, int]:
    """Return the old addresses that the project keeps, and the line of each."""
    text = file.read_text("utf-8") if file.is_file() else ""
    return {each.address: line for line, each in read(text)}


def check_old(asker: Asker, lines: Mapping[str, int]) -> tuple[list[Answer], list[Problem]]:
    """Ask for every old address; ``lines`` are those of the file that keeps them. A dead one is an error."""
    if not lines:
        hint = "`invoke import` writes it; or write one address a line, such as '/talks/'"
        raise ContentError([Problem(FILE, 0, "", "is missing or empty: no address of an old site is known", hint)])
    answers = asker.ask_all(lines, progress(len(lines)))
    return answers, list(dead(answers, lines))


def dead(answers: Iterable[Answer], lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield an error for each old address at which visitors do not find what they want."""
    for answer in answers:
        if answer.fault:
            hint = "write it into 'redirect_from' of the page that has it now, or delete this line"
            yield Problem(FILE, lines[answer.address], "", f"{answer.address!r} {answer.fault}", hint)


def counted(answers: Iterable[Answer]) -> str:
    """Return in one line how many old addresses answer, and how."""
    asked = list(answers)
    alive = [answer for answer in asked if not answer.fault]
    moved = sum(bool(answer.hops) for answer in alive)
    noun = "address" if len(asked) == 1 else "addresses"
    return f"{len(alive):,} of {len(asked):,} old {noun} answer, {moved:,} by a redirect"


def check_live(asker: Asker, lines: Mapping[str, int], headers: Mapping[str, str], limit: int) -> Live:
    """Ask the published site for every old address and for each page of its sitemap, at most ``limit`` of them.

    ``headers`` are those that the project's files ask the host to send, none where it has no such files.
    """
    home = asker.ask("/")
    if home.fault:
        raise ContentError([Problem(asker.root, 0, "", home.fault, "publish it first, or correct the address")])
    pages = dict.fromkeys(address for address in sitemap(asker) if address not in lines)
    wanted = [*lines, *pages]
    answers = asker.ask_all(wanted[:limit], progress(min(limit, len(wanted))))
    problems = list(dead((each for each in answers if each.address in lines), lines))
    for answer in answers:
        if answer.fault and answer.address in pages:
            problems.append(Problem(f"{asker.root}{answer.address}", 0, "", answer.fault, "publish the site again"))
    facts = [counted(each for each in answers if each.address in lines)] if lines else []
    facts.append(f"{sum(not each.fault for each in answers if each.address in pages):,} of {len(pages):,} pages answer")
    if len(wanted) > limit:
        facts.append(f"{len(wanted) - limit:,} addresses were not asked for; --limit {len(wanted)} asks for all")
    sent = asker.response(f"{asker.root}/").headers
    missing = [name for name in headers if name not in sent]
    facts.append(f"{len(headers) - len(missing)} of {len(headers)} headers are sent")
    if missing:
        hint = "see the README on hosts: a file may not have been read, or the host sends none"
        message = f"does not send {', '.join(missing)}"
        problems.append(Problem(asker.root, 0, "headers", message, hint, warning=True))
    if asker.expires:
        facts.append(f"the certificate is valid until {asker.expires:%Y-%m-%d}")
        if asker.expires - datetime.now(UTC) < _SOON:
            message = f"ends on {asker.expires:%Y-%m-%d %H:%M} UTC"
            problems.append(Problem(asker.root, 0, "certificate", message, "renew it", warning=True))
    return Live(answers, problems, facts)


def sitemap(asker: Asker) -> Iterator[str]:
    """Yield the addresses of the pages that the site itself lists, from its root."""
    base = urlsplit(asker.root).path
    for found in _LOCATION.findall(asker.response(f"{asker.root}/sitemap.xml").text):
        url = unescape(found)
        path = urlsplit(url).path
        if same_host(url, asker.root) and path.startswith(f"{base}/"):
            yield path.removeprefix(base)


def live_root(address: str) -> str:
    """Return the address of a site without its last slash; ``ContentError`` if it cannot be asked."""
    parts = urlsplit(address)
    encrypted = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    if not encrypted or not parts.hostname or parts.query or parts.fragment:
        raise ContentError([Problem("--live", 0, "", f"{address!r} is not the address of a site", "write https://…")])
    return address.rstrip("/")


def progress(total: int) -> Progress:
    """Return a function that shows on a terminal how many of ``total`` are done."""
    if not sys.stderr.isatty() or not total:
        return lambda done: None

    def show(done: int) -> None:
        bar = "█" * (done * _WIDTH // total)
        end = "\r\x1b[K" if done == total else ""
        print(f"\r{bar:·<{_WIDTH}} {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return show
