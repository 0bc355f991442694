"""`_redirects` and `_headers`: one line a rule, in the dialects of Netlify, Cloudflare, GitLab and Codeberg Pages.

Each `…_lines` returns the lines for one redirect, each with the address that it matches; none where the host cannot
express it.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..addresses import encode
from ..caching import IMMUTABLE
from .headers import Headers
from .rules import Rule, Selection, forms, one_form, spellings

WILDCARD = re.compile(r"\*|:[A-Za-z]")
PLACEHOLDER = re.compile(r"/(?:\*|:[A-Za-z]+)(?:/|$)")  # GitLab: a whole part of a path
LONGEST_LINE = 1000  # characters, Cloudflare
LONGEST_HEADER = 2000  # characters of a line of its _headers
MOST_HEADER_RULES = 100  # of its _headers
MOST_PARTS = 25  # of a path, GitLab


def netlify_lines(rule: Rule) -> list[tuple[str, str]]:
    """`301!` takes precedence over a stub at the same place. A slash at the end is ignored; encoded bytes are compared.

    A part that is `*` or begins with a colon would be a wildcard.
    """
    if any(part == "*" or part.startswith(":") for part in rule.source.split("/")):
        return []
    source = one_form(rule.source)[0]
    if rule.query:  # compared decoded, and passed on: a target at the same path would match again
        parts = rule.query.replace("&", " ")
        if re.search("[%+]", parts) or urlsplit(rule.target).path.rstrip("/") == source.rstrip("/"):
            return []
        return [(f"{source}?{parts}", f"{source} {parts} {rule.target} {rule.status}!")]
    return [(each, f"{each} {rule.target} {rule.status}!") for each in spellings(source)]


def cloudflare_lines(rule: Rule) -> list[tuple[str, str]]:
    """Compared exactly, so both forms. An `http:` target voids a line, `:name` and `*` are wildcards anywhere."""
    if rule.target.startswith("http:"):
        return []
    return exact_lines(rule)


def gitlab_lines(rule: Rule) -> list[tuple[str, str]]:
    """Decoded, so that a blank is impossible; a slash at the end is ignored; only 301 and 302.

    A part that is a star, or a colon and letters, stands for any; so does a colon and letters anywhere in a target.
    Only the path of a target reaches the visitor, so that stubs lead to anchors and queries.
    https://gitlab.com/gitlab-org/gitlab-pages, internal/redirects/matching.go, internal/serving/disk/reader.go
    """
    source = one_form(rule.source)[0]
    if re.search(r"\s", source) or source.count("/") > MOST_PARTS or PLACEHOLDER.search(source):
        return []
    if WILDCARD.search(rule.target) or (rule.target.startswith("/") and re.search("[?#]", rule.target)):
        return []
    return [(source, f"{source} {rule.target} {301 if rule.status in (301, 308) else 302}")]


def codeberg_lines(rule: Rule) -> list[tuple[str, str]]:
    """Compared exactly, by decoded parts; `301!` takes precedence over a stub. A target loses its query and fragment.

    https://codeberg.org/git-pages/git-pages, src/redirects.go, as of 2026; its headers are not for sites to set.
    """
    if "*" in rule.source or re.search(r"[?#]|%2F|/:splat", rule.target, re.IGNORECASE):
        return []
    return [(form, f"{encode(form)} {rule.target} {rule.status}!") for form in forms(rule.source)]


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
    return _headers_text(headers, headers.hashed, base)


def cloudflare_headers(selection: Selection, headers: Headers, base: str) -> str:
    """Return `_headers` with as many rules as Cloudflare reads."""
    return _headers_text(headers, headers.hashed[: MOST_HEADER_RULES - 1], base)


def _headers_text(headers: Headers, hashed: Iterable[str], base: str) -> str:
    text = [f"{base}/*", *(f"  {name}: {value}" for name, value in headers.everywhere.items())]
    for path in hashed:
        text += [f"{base}{encode(path)}", f"  Cache-Control: {IMMUTABLE}"]
    return "\n".join(text) + "\n"
