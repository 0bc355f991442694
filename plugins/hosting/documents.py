"""JSON documents: Vercel, Firebase, Azure Static Web Apps, `serve`, S3, and jekyll-redirect-from's own list.

Each `…_entry` returns what a host is told of one redirect as (address, entry) pairs, none where it cannot say it.
"""

import json
import re
from typing import Any
from urllib.parse import quote, unquote

from ..addresses import encode
from ..caching import IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import Rule, forms, one_form, optional_slash, spellings, split_fragment

Entry = dict[str, Any]
LONGEST_FIELD = 4096  # characters, Vercel
GLOB = re.compile(r"[*?\[\]{}()!+@|\\:]")


def text(document: Any) -> str:
    """Return a document as its file's text."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def listed(headers: Headers, cache: str = "") -> list[dict[str, str]]:
    """Return the policy as the key and value pairs of Vercel, Firebase and `serve`."""
    pairs = {**headers.everywhere, **({"Cache-Control": cache} if cache else {})}
    return [{"key": name, "value": value} for name, value in pairs.items()]


def cache(value: str) -> list[dict[str, str]]:
    """Return one Cache-Control as such a pair."""
    return [{"key": "Cache-Control", "value": value}]


# --- Vercel -----------------------------------------------------------------------------------------------------------


def vercel_entry(rule: Rule) -> list[tuple[str, Entry]]:
    r"""path-to-regexp on both sides, and one target that it cannot read refuses the whole deployment.

    In a path `:name`, `(x)`, `*` are escaped or encoded; in a query or a host nothing helps against a colon.
    """
    before, fragment = split_fragment(rule.target)
    path, mark, query = before.partition("?")
    scheme, _, rest = path.rpartition("://")
    host, slash, below = rest.partition("/") if scheme else ("", "", path)
    if re.search(r"[:()*+{}]", query + fragment + host):
        return []
    for character in ":$()*+{}":
        below = below.replace(character, f"%{ord(character):02X}")
    target = (f"{scheme}://{host}{slash}" if scheme else "") + below + mark + query + fragment
    both = forms(rule.source)
    slash = "{/}?" if len(both) == 2 else ""
    sources = [literal(spelling) + slash for spelling in spellings(both[0])]
    if max(len(target), *map(len, sources)) > LONGEST_FIELD:
        return []
    return [(source, {"source": source, "destination": target, "statusCode": rule.status}) for source in sources]


def literal(path: str) -> str:
    """Return an encoded path as path-to-regexp reads it: every character stands for itself."""
    return re.sub(r"([()\[\]{}:*+?!|])", r"\\\1", path)


def vercel(entries: tuple[Entry, ...], headers: Headers, base: str) -> str:
    """Return `vercel.json`: of several rules for one header the last counts."""
    rules = [{"source": "/(.*)", "headers": listed(headers, REVALIDATE)}]
    rules += [{"source": literal(encode(base + path)), "headers": cache(IMMUTABLE)} for path in headers.hashed]
    return text({"redirects": list(entries), "headers": rules})


# --- Firebase ---------------------------------------------------------------------------------------------------------


def firebase_entry(rule: Rule) -> list[tuple[str, Entry]]:
    """A glob of the decoded path, or an anchored regular expression where that holds a glob's characters.

    Firebase encodes the target itself: one of which that would make something else cannot be said.
    """
    target = unquote(rule.target)
    if quote(target, safe=";,/?:@&=+$#!~*'()") != rule.target.replace("%27", "'"):
        return []
    status = rule.status if rule.status in (301, 302, 307, 308) else 301
    entry: Entry = {"destination": target, "type": status}
    source = one_form(rule.source)[0]
    if GLOB.search(source):
        return [(source, {"regex": f"^{optional_slash(rule.source)}$", **entry})]
    return [(source, {"source": source, **entry})]


def firebase(entries: tuple[Entry, ...], headers: Headers, base: str) -> str:
    """Return `firebase.json` for a deployment from the output folder itself."""
    rules = [{"source": "**", "headers": listed(headers, REVALIDATE)}]
    rules += [{"regex": f"^{optional_slash(base + path)}$", "headers": cache(IMMUTABLE)} for path in headers.hashed]
    return text(
        {
            "hosting": {
                "public": ".",
                "ignore": ["firebase.json", "**/.*", "**/node_modules/**"],
                "redirects": list(entries),
                "headers": rules,
            }
        }
    )


# --- Azure Static Web Apps --------------------------------------------------------------------------------------------


def azure_entry(rule: Rule) -> list[tuple[str, Entry]]:
    """`/x/index.html` matches `/x`, `/x/` and itself, unless there is a dot in `/x`. A star anywhere is a wildcard.

    Only 301 and 302. https://github.com/Azure/static-web-apps-cli, src/msha/routes-engine
    """
    if re.search(r"[*{}]", rule.source):
        return []
    both = forms(rule.source)
    addresses = (f"{both[0]}/index.html",) if len(both) == 2 and "." not in rule.source else both
    status = 301 if rule.status in (301, 308) else 302
    return [
        (route, {"route": route, "redirect": rule.target, "statusCode": status})
        for address in addresses
        for route in spellings(address)
    ]


def azure(entries: tuple[Entry, ...], headers: Headers, base: str) -> str:
    """Return `staticwebapp.config.json`, minified: 20 KB is all that it may have."""
    hashed = [{"route": encode(base + path), "headers": {"Cache-Control": IMMUTABLE}} for path in headers.hashed]
    document = {
        "globalHeaders": {**headers.everywhere, "Cache-Control": REVALIDATE},
        "responseOverrides": {"404": {"rewrite": f"{base}/404.html"}},
        "routes": [*hashed, *entries],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


# --- serve ------------------------------------------------------------------------------------------------------------


def serve_entry(rule: Rule) -> list[tuple[str, Entry]]:
    """The npm package `serve`, for previews: it encodes the target itself and ignores case and a slash at the end."""
    target = unquote(rule.target)
    if re.search(r"[(){}*+]|:\w", target.partition("://")[2] or target):  # one of these ends the server
        return []
    path = re.sub(r"(/index)?\.html$", "", one_form(rule.source)[0]) or "/"  # it leaves these off before it looks
    source = re.sub(r"([()\[\]{}:*+?!@|])", r"\\\1", path)
    return [(source.lower(), {"source": source, "destination": target, "type": rule.status})]


def serve(entries: tuple[Entry, ...], headers: Headers, base: str) -> str:
    """Return `serve.json`."""
    rules = [{"source": "**", "headers": listed(headers, REVALIDATE)}]
    rules += [{"source": path[1:], "headers": cache(IMMUTABLE)} for path in headers.hashed]
    return text({"redirects": list(entries), "headers": rules})


# --- S3 ---------------------------------------------------------------------------------------------------------------


def s3_entry(rule: Rule) -> list[tuple[str, Entry]]:
    """The object *is* the redirect: one for each form under which a visitor asks, and only 301."""
    keys = [form[1:] or "index.html" for form in forms(rule.source)]
    keys = [f"{key}index.html" if key.endswith("/") else key for key in keys]
    return [(key, {"Key": key, "WebsiteRedirectLocation": rule.target}) for key in keys]


def s3(entries: tuple[Entry, ...], headers: Headers, base: str) -> str:
    """Return the list of objects whose metadata is the redirect: key and `x-amz-website-redirect-location`.

    To be set on the stubs' own objects after each `sync`, which would else undo it.
    """
    return text(list(entries))


# --- jekyll-redirect-from ---------------------------------------------------------------------------------------------


def jekyll(redirects: dict[str, str]) -> str:
    """Return `redirects.json`: source as written → full URL, in one line, as jekyll-redirect-from writes it."""
    return json.dumps(redirects, ensure_ascii=False, separators=(",", ":"))
