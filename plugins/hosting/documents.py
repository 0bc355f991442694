"""Documents in JSON: Vercel, Firebase, Azure Static Web Apps, Amplify, `serve` and S3.

Each `…_entries` returns the JSON objects for one redirect, each with the address that it matches; none where the host
cannot express it.
"""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from ..addresses import encode
from ..caching import IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import Entries, Rule, Selection, forms, one_form, optional_slash, spellings

LONGEST_FIELD = 4096  # characters, Vercel
VERCEL_PATH = {ord(character): f"%{ord(character):02X}" for character in ":$()*+{}"}
GLOB = re.compile(r"[*?\[\]{}()!+@|\\:#]")


def to_json(document: object) -> str:
    """Return a document as the text of its file."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def minified(document: object) -> str:
    """Return a document as one line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def header_rules(
    headers: Headers, everything: str, key: str, matcher: Callable[[str], str]
) -> list[dict[str, str | list[dict[str, str]]]]:
    """Return the header rules of Vercel, Firebase and `serve`; of several rules for one header the last counts.

    The pattern ``everything`` matches all paths; ``matcher`` returns that of one path, which stands under ``key``.
    """
    rules = [("source", everything, {**headers.everywhere, "Cache-Control": REVALIDATE})]
    rules += [(key, matcher(path), {"Cache-Control": IMMUTABLE}) for path in headers.hashed]
    return [
        {key: pattern, "headers": [{"key": name, "value": value} for name, value in values.items()]}
        for key, pattern, values in rules
    ]


# --- Vercel -----------------------------------------------------------------------------------------------------------


def vercel_entries(rule: Rule) -> Entries:
    r"""path-to-regexp on both sides; one target that it cannot parse makes Vercel refuse the whole deployment.

    In a path `:name`, `(x)`, `*` are escaped or encoded; in a query or a host a colon cannot be escaped.
    """
    target = urlsplit(rule.target)
    if re.search(r"[:()*{}]", target.netloc + target.query + target.fragment):
        return []
    destination = target._replace(path=target.path.translate(VERCEL_PATH)).geturl()
    both = forms(rule.source)
    slash = "{/}?" if len(both) == 2 else ""
    sources = [literal(spelling) + slash for spelling in spellings(both[0])]
    if max(len(destination), *map(len, sources)) > LONGEST_FIELD:
        return []
    entry: dict[str, str | int | list[dict[str, str]]] = {"destination": destination, "statusCode": rule.status}
    if rule.query:  # it is passed on: a target at the same path would match again
        if target.path.rstrip("/") == both[0].rstrip("/") and not target.netloc:
            return []
        pairs = parse_qsl(rule.query, keep_blank_values=True)
        entry["has"] = [{"type": "query", "key": key, "value": re.escape(value)} for key, value in pairs]
    return [(f"{source}?{rule.query}", {"source": source, **entry}) for source in sources]


def literal(path: str) -> str:
    """Return an encoded path for path-to-regexp, with every special character escaped."""
    return re.sub(r"([()\[\]{}:*+?!|])", r"\\\1", path)


def vercel(selection: Selection, headers: Headers, base: str) -> str:
    """Return `vercel.json`."""
    rules = header_rules(headers, "/(.*)", "source", lambda path: literal(encode(base + path)))
    return to_json({"redirects": selection.entries, "headers": rules})


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
    if GLOB.search(source):  # `#` and `?` arrive encoded
        pattern = optional_slash(rule.source).replace(r"\x23", "%23").replace(r"\x3F", "%3F")
        return [(source, {"regex": f"^{pattern}$", **entry})]
    return [(source, {"source": source, **entry})]


def firebase(selection: Selection, headers: Headers, base: str) -> str:
    """Return `firebase.json` for a deployment from the output folder itself."""
    site = {
        "public": ".",
        "ignore": ["firebase.json", "**/.*", "**/node_modules/**"],
        "redirects": selection.entries,
        "headers": header_rules(headers, "**", "regex", lambda path: f"^{optional_slash(base + path)}$"),
    }
    return to_json({"hosting": site})


# --- Azure Static Web Apps --------------------------------------------------------------------------------------------


def azure_entries(rule: Rule) -> Entries:
    """`/x/index.html` matches `/x`, `/x/` and itself, unless there is a dot in `/x`. A star anywhere is a wildcard.

    Only 301 and 302. https://github.com/Azure/static-web-apps-cli, src/msha/routes-engine
    """
    if "*" in rule.source:
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
    return minified(document)


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
    rules = header_rules(headers, "**", "source", lambda path: f"{base}{path}"[1:])
    return to_json({"redirects": selection.entries, "headers": rules})


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
    return to_json(selection.entries)


# --- Amplify ----------------------------------------------------------------------------------------------------------


def amplify_entries(rule: Rule) -> Entries:
    """Compared exactly; `<…>` is a pattern; only 301 and 302.

    https://docs.aws.amazon.com/amplify/latest/userguide/redirects.html
    """
    if "<" in rule.source:
        return []
    status = "301" if rule.status in (301, 308) else "302"
    sources = [spelling for form in forms(rule.source) for spelling in spellings(form)]
    return [(source, {"source": source, "target": rule.target, "status": status}) for source in sources]


def amplify(selection: Selection, headers: Headers, base: str) -> str:
    """Return the rules for the console or `aws amplify update-app --custom-rules`; the last one is the 404 page."""
    return to_json([*selection.entries, {"source": "/<*>", "target": f"{base}/404.html", "status": "404"}])


def amplify_headers(selection: Selection, headers: Headers, base: str) -> str:
    """Return `customHttp.yml`; JSON is YAML.

    https://docs.aws.amazon.com/amplify/latest/userguide/custom-header-YAML-format.html
    """
    rules = [("**/*", {**headers.everywhere, "Cache-Control": REVALIDATE})]
    rules += [(base + path, {"Cache-Control": IMMUTABLE}) for path in headers.hashed]
    listed = [
        {"pattern": pattern, "headers": [{"key": name, "value": value} for name, value in values.items()]}
        for pattern, values in rules
    ]
    return to_json({"customHeaders": listed})
