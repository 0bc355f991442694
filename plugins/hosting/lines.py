"""`_redirects` and `_headers`: one line a rule, in the dialects of Netlify, Cloudflare and GitLab Pages.

Each `…_line` returns what a host is told of one redirect as (address, line) pairs, none where it cannot say it.
"""

import re

from ..addresses import encode
from ..caching import IMMUTABLE
from .headers import Headers
from .rules import Rule, forms, one_form, spellings

WILDCARD = re.compile(r"\*|:[A-Za-z]")
LONGEST_LINE = 1000  # characters, Cloudflare


def netlify_line(rule: Rule) -> list[tuple[str, str]]:
    """`301!` goes before a stub at the same place. A slash at the end is ignored; encoded bytes are compared.

    A part that is `*` or begins with a colon would be a wildcard.
    """
    if any(part == "*" or part.startswith(":") for part in rule.source.split("/")):
        return []
    return [(source, f"{source} {rule.target} {rule.status}!") for source in spellings(one_form(rule.source)[0])]


def cloudflare_line(rule: Rule) -> list[tuple[str, str]]:
    """Compared exactly, so both forms. An `http:` target voids a line, `:name` and `*` are wildcards anywhere."""
    if rule.target.startswith("http:"):
        return []
    return plain_lines(rule, forms(rule.source), rule.status)


def gitlab_line(rule: Rule) -> list[tuple[str, str]]:
    """Decoded, so that a blank cannot be said; a slash at the end is ignored; only 301 and 302."""
    source = one_form(rule.source)[0]
    if re.search(r"[\s#]", source) or source.count("/") > 25 or WILDCARD.search(source):
        return []
    return [(source, f"{source} {rule.target} {301 if rule.status in (301, 308) else 302}")]


def any_line(rule: Rule) -> list[tuple[str, str]]:
    """For a host that is not known: what Netlify, Cloudflare and GitLab all read, and none reads wrongly.

    Without `!`, so that a stub goes first on Netlify. No target elsewhere by `http:`, no status beyond 301 and 302, and
    nothing of which one host compares the encoded, another the decoded form.
    """
    source = one_form(rule.source)[0]
    if rule.target.startswith("http:") or encode(source) != source or rule.status not in (301, 302):
        return []
    return plain_lines(rule, forms(rule.source), rule.status)


def plain_lines(rule: Rule, addresses: tuple[str, ...], status: int) -> list[tuple[str, str]]:
    """Return one line for each address, none if one of them would be too long or hold a wildcard."""
    if WILDCARD.search(rule.source):
        return []
    lines = [(source, f"{source} {rule.target} {status}") for address in addresses for source in spellings(address)]
    return lines if all(len(line) <= LONGEST_LINE for _, line in lines) else []


def redirects_file(lines: tuple[str, ...], headers: Headers, base: str) -> str:
    """Return `_redirects`."""
    return "".join(f"{line}\n" for line in lines)


def headers_file(lines: tuple[str, ...], headers: Headers, base: str) -> str:
    """Return `_headers`: the same on Netlify and Cloudflare, of which the first joins what several rules say.

    So each path gets its Cache-Control once: everything is revalidated but the files that are named.
    """
    everywhere = {**headers.everywhere}
    text = [f"{base}/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    for path in headers.hashed:
        text += [f"{base}{encode(path)}", f"  Cache-Control: {IMMUTABLE}"]
    return "\n".join(text) + "\n"
