"""`_redirects` and `_headers`: one line a rule, in the dialects of Netlify, Cloudflare and GitLab Pages.

Each `…_lines` returns the lines for one redirect, each with the address that it matches; none where the host cannot
express it.
"""

import re

from ..addresses import encode
from ..caching import IMMUTABLE
from .headers import Headers
from .rules import Rule, Selection, forms, one_form, spellings

WILDCARD = re.compile(r"\*|:[A-Za-z]")
LONGEST_LINE = 1000  # characters, Cloudflare
MOST_PARTS = 25  # of a path, GitLab


def netlify_lines(rule: Rule) -> list[tuple[str, str]]:
    """`301!` takes precedence over a stub at the same place. A slash at the end is ignored; encoded bytes are compared.

    A part that is `*` or begins with a colon would be a wildcard.
    """
    if any(part == "*" or part.startswith(":") for part in rule.source.split("/")):
        return []
    return [(source, f"{source} {rule.target} {rule.status}!") for source in spellings(one_form(rule.source)[0])]


def cloudflare_lines(rule: Rule) -> list[tuple[str, str]]:
    """Compared exactly, so both forms. An `http:` target voids a line, `:name` and `*` are wildcards anywhere."""
    if rule.target.startswith("http:"):
        return []
    return exact_lines(rule)


def gitlab_lines(rule: Rule) -> list[tuple[str, str]]:
    """Decoded, so that a blank is impossible; a slash at the end is ignored; only 301 and 302."""
    source = one_form(rule.source)[0]
    if re.search(r"[\s#]", source) or source.count("/") > MOST_PARTS or WILDCARD.search(source):
        return []
    return [(source, f"{source} {rule.target} {301 if rule.status in (301, 308) else 302}")]


def any_lines(rule: Rule) -> list[tuple[str, str]]:
    """For an unknown host: what Netlify, Cloudflare and GitLab all read, and none reads wrongly.

    Without `!`, so that a stub takes precedence on Netlify. No `http:` target, no status beyond 301 and 302, and
    nothing of which one host compares the encoded, another the decoded form.
    """
    source = one_form(rule.source)[0]
    if rule.target.startswith("http:") or encode(source) != source or rule.status not in (301, 302):
        return []
    return exact_lines(rule)


def exact_lines(rule: Rule) -> list[tuple[str, str]]:
    """Return one line for each form of the source, none if one of them would be too long or hold a wildcard."""
    if WILDCARD.search(rule.source):
        return []
    sources = [source for form in forms(rule.source) for source in spellings(form)]
    lines = [(source, f"{source} {rule.target} {rule.status}") for source in sources]
    return lines if all(len(line) <= LONGEST_LINE for _, line in lines) else []


def redirects_file(selection: Selection, headers: Headers, base: str) -> str:
    """Return `_redirects`."""
    return "".join(f"{line}\n" for line in selection.entries)


def headers_file(selection: Selection, headers: Headers, base: str) -> str:
    """Return `_headers`: the same on Netlify and Cloudflare. Netlify joins the values that several rules give a header.

    So each path gets its Cache-Control once: everything is revalidated but the files that are named.
    """
    text = [f"{base}/*", *(f"  {name}: {value}" for name, value in headers.everywhere.items())]
    for path in headers.hashed:
        text += [f"{base}{encode(path)}", f"  Cache-Control: {IMMUTABLE}"]
    return "\n".join(text) + "\n"
