"""JSON documents: Vercel, Firebase, Azure Static Web Apps, `serve`, S3, and jekyll-redirect-from's own list.

Each `…_entries` returns the JSON objects for one redirect, each with the address that it matches; none where the host
cannot express it.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from ..addresses import encode
from ..caching import IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import Entries, Rule, Selection, forms, one_form, optional_slash, spellings, split_fragment

LONGEST_FIELD = 4096  # characters, Vercel
GLOB = re.compile(r"[*?\[\]{}()!+@|\\:]")


def to_json(document: object) -> str:
    """Return a document as the text of its file."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    """Return headers as the key and value pairs of Vercel, Firebase and `serve`."""
    return [{"key": name, "value": value} for name, value in headers.items()]


def everywhere(headers: Headers) -> list[dict[str, str]]:
    """Return the headers of every answer as such pairs."""
    return pairs({**headers.everywhere, "Cache-Control": REVALIDATE})


FOR_EVER = pairs({"Cache-Control": IMMUTABLE})


# --- Vercel -----------------------------------------------------------------------------------------------------------


def vercel_entries(rule: Rule) -> Entries:
    r"""path-to-regexp on both sides; one target that it cannot parse makes Vercel refuse the whole deployment.

    In a path `:name`, `(x)`, `*` are escaped or encoded; in a query or a host a colon cannot be escaped.
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
    """Return an encoded path for path-to-regexp, with every special character escaped."""
    return re.sub(r"([()\[\]{}:*+?!|])", r"\\\1", path)


def vercel(selection: Selection, headers: Headers, base: str) -> str:
    """Return `vercel.json`; of several rules for one header the last counts."""
    rules = [{"source": "/(.*)", "headers": everywhere(headers)}]
    rules += [{"source": literal(encode(base + path)), "headers": FOR_EVER} for path in headers.hashed]
    return to_json({"redirects": list(selection.entries), "headers": rules})


# --- Firebase ---------------------------------------------------------------------------------------------------------


def firebase_entries(rule: Rule) -> Entries:
    """A glob of the decoded path, or an anchored regular expression where that holds a glob's characters.

    Firebase encodes the target itself: a target that this would change is impossible.
    """
    target = unquote(rule.target)
    if quote(target, safe=";,/?:@&=+$#!~*'()") != rule.target.replace("%27", "'"):
        return []
    status = rule.status if rule.status in (301, 302, 307, 308) else 301
    entry: dict[str, str | int] = {"destination": target, "type": status}
    source = one_form(rule.source)[0]
    if GLOB.search(source):
        return [(source, {"regex": f"^{optional_slash(rule.source)}$", **entry})]
    return [(source, {"source": source, **entry})]


def firebase(selection: Selection, headers: Headers, base: str) -> str:
    """Return `firebase.json` for a deployment from the output folder itself."""
    rules = [{"source": "**", "headers": everywhere(headers)}]
    rules += [{"regex": f"^{optional_slash(base + path)}$", "headers": FOR_EVER} for path in headers.hashed]
    return to_json(
        {
            "hosting": {
                "public": ".",
                "ignore": ["firebase.json", "**/.*", "**/node_modules/**"],
                "redirects": list(selection.entries),
                "headers": rules,
            }
        }
    )


# --- Azure Static Web Apps --------------------------------------------------------------------------------------------


def azure_entries(rule: Rule) -> Entries:
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


def azure(selection: Selection, headers: Headers, base: str) -> str:
    """Return `staticwebapp.config.json`, minified, since it may have 20 KB."""
    hashed = [{"route": encode(base + path), "headers": {"Cache-Control": IMMUTABLE}} for path in headers.hashed]
    document = {
        "globalHeaders": {**headers.everywhere, "Cache-Control": REVALIDATE},
        "responseOverrides": {"404": {"rewrite": f"{base}/404.html"}},
        "routes": [*hashed, *selection.entries],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


# --- serve ------------------------------------------------------------------------------------------------------------


def serve_entries(rule: Rule) -> Entries:
    """The npm package `serve`, for previews: it encodes the target itself, and ignores case and a slash at the end."""
    target = unquote(rule.target)
    if re.search(r"[(){}*+]|:\w", target.partition("://")[2] or target):  # one of these crashes the server
        return []
    path = re.sub(r"(/index)?\.html$", "", one_form(rule.source)[0]) or "/"  # it removes these before it compares
    source = re.sub(r"([()\[\]{}:*+?!@|])", r"\\\1", path)
    return [(source.lower(), {"source": source, "destination": target, "type": rule.status})]


def serve(selection: Selection, headers: Headers, base: str) -> str:
    """Return `serve.json`."""
    rules = [{"source": "**", "headers": everywhere(headers)}]
    rules += [{"source": path[1:], "headers": FOR_EVER} for path in headers.hashed]
    return to_json({"redirects": list(selection.entries), "headers": rules})


# --- S3 ---------------------------------------------------------------------------------------------------------------


def s3_entries(rule: Rule) -> Entries:
    """The object *is* the redirect: one for each form of the address, and only 301."""
    keys = [form[1:] or "index.html" for form in forms(rule.source)]
    keys = [f"{key}index.html" if key.endswith("/") else key for key in keys]
    return [(key, {"Key": key, "WebsiteRedirectLocation": rule.target}) for key in keys]


def s3(selection: Selection, headers: Headers, base: str) -> str:
    """Return the list of objects whose metadata is the redirect: key and `x-amz-website-redirect-location`.

    To be set on the objects of the stubs after each `sync`, which would otherwise undo it.
    """
    return to_json(list(selection.entries))


# --- jekyll-redirect-from ---------------------------------------------------------------------------------------------


def jekyll(redirects: Mapping[str, str]) -> str:
    """Return `redirects.json`: source as written → full URL, in one line, as jekyll-redirect-from writes it."""
    return json.dumps(redirects, ensure_ascii=False, separators=(",", ":"))
