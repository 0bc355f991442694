"""Redirects and headers for self-hosted servers: nginx, Apache, Caddy, lighttpd, IIS.

Each writer returns the text of a file. tests/hosts runs the servers and shows that every quoting rule is right.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from ..addresses import encode
from ..caching import HASHED, IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import Rule, Selection, by_status, distinct, forms, one_form, optional_slash, regexp, split_fragment

MOST_LOCATIONS = 1000  # 50,000 `location =` took nginx 19 s to start; as many keys of a map 0.4 s

# What the characters of a target become where a server would read them as a variable, placeholder or back-reference.
NGINX_TARGET = str.maketrans({"$": "%24"})
APACHE_TARGET = str.maketrans({"%": "\\%", "$": "\\$"})
# What mod_alias changes in no way but by encoding it again: it knows no fragment, and `$` and `\\` are special.
APACHE_PLAIN = re.compile(r"(?:https?://[\w.-]+(?::\d+)?)?/[\w/.~ -]*")
CADDY_TARGET = str.maketrans({"{": "%7B", "}": "%7D"})
LIGHTTPD_TARGET = str.maketrans({"%": "%%", "$": "$$"})

# lighttpd compares percent-encoded paths: reserved characters match in either form, all others encoded.
LIGHTTPD_SOURCE = {".": "[.]", "^": "(?:\\^|%5E)"} | {c: f"(?:[{c}]|%{ord(c):02X})" for c in "!$&'()*+,;=:@[]{}|"}


def in_quotes(text: str) -> str:
    """Return a text in double quotes for Apache and lighttpd."""
    return '"' + text.replace('"', '\\"') + '"'


def quoted(text: str) -> str:
    """Return a text in double quotes for nginx and Caddy."""
    return in_quotes(text.replace("\\", "\\\\"))


def target_of(rule: Rule, escapes: dict[int, str], query: str) -> str:
    """Return a rule's target with ``query``, the server's variable for that of the request, if it has no own one.

    A query by which the old address was told from others does not belong to the new one.
    """
    before, fragment = split_fragment(rule.target.translate(escapes))
    return before + ("" if "?" in before or rule.query else query) + fragment


def with_query(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Return the rules for a certain query, and the others."""
    rules = list(rules)
    return [rule for rule in rules if rule.query], [rule for rule in rules if not rule.query]


# --- nginx ------------------------------------------------------------------------------------------------------------


def nginx_target(rule: Rule) -> str:
    """Return a rule's target for nginx."""
    return quoted(target_of(rule, NGINX_TARGET, "$is_args$args"))


def nginx(selection: Selection, headers: Headers, base: str) -> str:
    """Return what belongs inside nginx's `server { }`."""
    queried, rules = with_query(selection.rules)
    lines = [
        "# For inside server { }: include /path/to/nginx.conf;",
        "absolute_redirect off;  # otherwise nginx redirects to its own port",
        f"error_page 404 {base}/404.html;",
        f'set $cache_control "{REVALIDATE}";',
        f'if ($uri ~ "{HASHED}") {{ set $cache_control "{IMMUTABLE}"; }}',
        *(f"add_header {name} {quoted(value)} always;" for name, value in headers.everywhere.items()),
        "add_header Cache-Control $cache_control always;",
    ]
    if queried:
        lines.append('set $asked "$uri?$args";')
    lines += [
        f'if ($asked = "{address}?{rule.query}") {{ return {rule.status} {nginx_target(rule)}; }}'
        for address, rule in distinct(queried, forms)
    ]
    if len(rules) > MOST_LOCATIONS:
        lines.insert(1, "# and, before the server { }: include /path/to/nginx-map.conf;")
        statuses = sorted({rule.status for rule in rules})
        lines += [f"if ($moved_{status}) {{ return {status} $moved_{status}; }}" for status in statuses]
    else:
        lines += [
            f"location = {quoted(address)} {{ return {rule.status} {nginx_target(rule)}; }}"
            for address, rule in distinct(rules, forms)
        ]
    return "\n".join(lines) + "\n"


def nginx_map(selection: Selection, headers: Headers, base: str) -> str:
    """Return the maps of a large table, for nginx's `http { }`; "" where `location` blocks suffice.

    A map's keys ignore case, and one key twice keeps nginx from starting.
    """
    _, rules = with_query(selection.rules)
    if len(rules) <= MOST_LOCATIONS:
        return ""
    keys = by_status(rules, lower_forms)
    longest = max(len(address.encode()) for pairs in keys.values() for address, _ in pairs)
    most = max(map(len, keys.values()))
    lines = [
        "# For inside http { }, before server { }.",
        f"map_hash_bucket_size {max(64, 1 << (longest + 32).bit_length())};",
        f"map_hash_max_size {max(2048, 1 << most.bit_length())};",
    ]
    for status, pairs in keys.items():
        lines += [f"map $uri $moved_{status} {{", '    default "";']
        lines += [f"    {quoted(address)} {nginx_target(rule)};" for address, rule in pairs]
        lines.append("}")
    return "\n".join(lines) + "\n"


def lower_forms(source: str) -> tuple[str, ...]:
    """Return an address's forms in lower case, as nginx's maps compare them: ASCII only."""
    return tuple("".join(c.lower() if c.isascii() else c for c in form) for form in forms(source))


# --- Apache -----------------------------------------------------------------------------------------------------------


def apache(selection: Selection, headers: Headers, base: str) -> str:
    """Return an `.htaccess` that AllowOverride FileInfo suffices for.

    A directive whose module is not loaded makes the whole site answer 500, so each is guarded by its module; without
    it the stubs answer. `RewriteRule` is refused, with a 500 for every page, where Options has neither FollowSymLinks
    nor SymLinksIfOwnerMatch, so it stands there only for what `RedirectMatch` cannot say.
    """
    lines = [
        f"ErrorDocument 404 {base}/404.html",
        "<IfModule mod_headers.c>",
        *(f"Header always set {name} {in_quotes(value)}" for name, value in headers.everywhere.items()),
        f'Header set Cache-Control "{REVALIDATE}"',
        f'<FilesMatch "{HASHED}">',
        f'Header set Cache-Control "{IMMUTABLE}"',
        "</FilesMatch>",
        "</IfModule>",
    ]
    redirects: list[str] = []
    rewrites: list[str] = []
    for _, rule in distinct(selection.rules, one_form):
        target = unquote(rule.target)
        if APACHE_PLAIN.fullmatch(target) and not rule.query:
            redirects.append(f'RedirectMatch {rule.status} "^{optional_slash(rule.source)}$" "{target}"')
        else:
            rewrites += apache_rewrites(rule, base)
    if redirects:
        lines += ["<IfModule mod_alias.c>", *redirects, "</IfModule>"]
    if rewrites:
        lines += ["<IfModule mod_rewrite.c>", "RewriteEngine On", *rewrites, "</IfModule>"]
    return "\n".join(lines) + "\n"


def apache_rewrites(rule: Rule, base: str) -> list[str]:
    """Return the lines of mod_rewrite for one redirect."""
    pattern = f'"^{optional_slash(rule.source.removeprefix(base))[1:]}$"'
    before, fragment = split_fragment(rule.target.translate(APACHE_TARGET))
    has_query = "?" in before
    lines = []
    if rule.query:
        lines.append(f'RewriteCond %{{QUERY_STRING}} "^{regexp(rule.query)}$"')
    elif fragment and not has_query:
        lines.append("RewriteCond %{QUERY_STRING} .")
        lines.append(f'RewriteRule {pattern} "{before}?%{{QUERY_STRING}}{fragment}" [R={rule.status},L,NE]')
    discard = ",QSD" if fragment or has_query or rule.query else ""
    return [*lines, f'RewriteRule {pattern} "{before}{fragment}" [R={rule.status},L,NE{discard}]']


# --- Caddy ------------------------------------------------------------------------------------------------------------


def caddy(selection: Selection, headers: Headers, base: str) -> str:
    """Return a snippet for inside a Caddy site block.

    A map compares exactly and costs nothing per rule; `redir` with a path ignores case. `{…}` in a key would be read as
    a placeholder, so such a source has a matcher of its own.
    """
    lines = [
        "# For inside a site block: import /path/to/caddy.conf",
        "header {",
        *(f"    {name} {quoted(value)}" for name, value in headers.everywhere.items()),
        "}",
        f"@hashed path_regexp {HASHED}",
        "@unhashed not path_regexp " + HASHED,
        f'header @hashed Cache-Control "{IMMUTABLE}"',
        f'header @unhashed Cache-Control "{REVALIDATE}"',
        "handle_errors {",
        "    @missing expression `{err.status_code} == 404`",
        "    handle @missing {",
        f"        rewrite * {base}/404.html",
        "        file_server",
        "    }",
        "}",
    ]
    queried, rules = with_query(selection.rules)
    for at, (address, rule) in enumerate(distinct(queried, forms), 1):
        lines.append(f'@query_{at} expression `{{path}} == "{address}" && {{query}} == "{rule.query}"`')
        lines.append(f"redir @query_{at} {caddy_target(rule)} {rule.status}")
    if rules:
        lines += ["map {query} {passed_query} {", '    "" ""', '    default "?{query}"', "}"]
    braced = [rule for rule in rules if {"{", "}"} & set(rule.source)]
    for at, (_, rule) in enumerate(distinct(braced, one_form), 1):
        lines.append(f"@braced_{at} path_regexp `^{optional_slash(rule.source)}$`")
        lines.append(f"redir @braced_{at} {caddy_target(rule)} {rule.status}")
    plain = [rule for rule in rules if not {"{", "}"} & set(rule.source)]
    for status, pairs in by_status(plain, forms).items():
        moved = f"moved_{status}"
        lines.append(f"map {{path}} {{{moved}}} {{")
        lines += [f"    {quoted(address)} {caddy_target(rule)}" for address, rule in pairs]
        lines += [
            '    default ""',
            "}",
            f'@{moved} expression `{{{moved}}} != ""`',
            f"redir @{moved} {{{moved}}} {status}",
        ]
    return "\n".join(lines) + "\n"


def caddy_target(rule: Rule) -> str:
    """Return a rule's target for Caddy."""
    return quoted(target_of(rule, CADDY_TARGET, "{passed_query}"))


# --- lighttpd ---------------------------------------------------------------------------------------------------------


def lighttpd(selection: Selection, headers: Headers, base: str) -> str:
    """Return a configuration to include in lighttpd's."""

    def header_lines(cache: str) -> list[str]:
        pairs = {**headers.everywhere, "Cache-Control": cache}.items()
        return [f'    "{name}" => {in_quotes(value)},' for name, value in pairs]

    lines = [
        '# include "/path/to/lighttpd.conf"',
        'server.modules += ( "mod_redirect", "mod_setenv" )',
        f'server.error-handler = "{base}/404.html"',
        "setenv.set-response-header = (",
        *header_lines(REVALIDATE),
        ")",
        f'$HTTP["url"] =~ "{HASHED}" {{',
        "setenv.set-response-header = (",
        *header_lines(IMMUTABLE),
        ")",
        "}",
    ]
    for status, found in by_status(selection.rules, one_form).items():
        pairs = [
            f'    "^{lighttpd_source(rule)}$" => "{target_of(rule, LIGHTTPD_TARGET, "${qsa}")}",' for _, rule in found
        ]
        block = [f"url.redirect-code = {status}", "url.redirect = (", *pairs, ")"]
        if status != 301:
            pattern = "|".join(optional_slash(rule.source) for _, rule in found)
            block = [f'$HTTP["url"] =~ "^(?:{pattern})$" {{', *block, "}"]
        lines += block
    return "\n".join(lines) + "\n"


def lighttpd_source(rule: Rule) -> str:
    """Return a regular expression for both forms of a rule's path and for its query in lighttpd."""
    both = forms(rule.source)
    path = "".join(LIGHTTPD_SOURCE.get(c) or encode(c) for c in both[0]) + ("/?" if len(both) == 2 else "")
    return path + (rf"\?{regexp(rule.query)}" if rule.query else r"(?:\?.*)?")


# --- IIS --------------------------------------------------------------------------------------------------------------

IIS_TYPES = {".avif": "image/avif", ".webp": "image/webp", ".md": "text/markdown; charset=utf-8", ".vcf": "text/vcard"}
"""Files of ours for which an IIS of some age has no type: it answers 404 for them."""

IIS_STATUSES = {301: "Permanent", 302: "Found", 307: "Temporary", 308: "Permanent"}


def iis(selection: Selection, headers: Headers, base: str) -> str:
    """Return a `web.config`, for IIS with the module URL Rewrite; without it every page is an error 500.

    https://learn.microsoft.com/iis/extensions/url-rewrite-module/url-rewrite-module-configuration-reference
    """
    everywhere = {**headers.everywhere, "Cache-Control": REVALIDATE}
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<configuration>",
        "<system.webServer>",
        *iis_headers(everywhere),
        "<staticContent>",
        *(
            f'<remove fileExtension="{end}"/><mimeMap fileExtension="{end}" mimeType="{kind}"/>'
            for end, kind in IIS_TYPES.items()
        ),
        "</staticContent>",
        '<httpErrors errorMode="Custom">',
        '<remove statusCode="404" subStatusCode="-1"/>',
        f'<error statusCode="404" path={quoteattr(f"{base}/404.html")} responseMode="ExecuteURL"/>',
        "</httpErrors>",
    ]
    if selection.entries:
        lines += ["<rewrite>", "<rules>", *map(str, selection.entries), "</rules>", "</rewrite>"]
    lines.append("</system.webServer>")
    for path in headers.hashed:
        lines += [f"<location path={quoteattr(path[1:])}>", "<system.webServer>"]
        lines += [*iis_headers({"Cache-Control": IMMUTABLE}), "</system.webServer>", "</location>"]
    return "\n".join([*lines, "</configuration>"]) + "\n"


def iis_headers(headers: Mapping[str, str]) -> list[str]:
    """Return the element that sets headers; one that the server sets too would be an error without its removal."""
    pairs = [(quoteattr(name), quoteattr(value)) for name, value in headers.items()]
    rows = [f"<remove name={name}/><add name={name} value={value}/>" for name, value in pairs]
    return ["<httpProtocol>", "<customHeaders>", *rows, "</customHeaders>", "</httpProtocol>"]


def iis_rules(rule: Rule) -> list[tuple[str, str]]:
    """Return the rules for one redirect: the decoded path is matched, without its first slash; braces are variables.

    IIS appends a request's query behind a fragment, so where there is one, a rule of its own puts it in between.
    """
    before, fragment = split_fragment(rule.target.translate(CADDY_TARGET))
    append = not (fragment or rule.query or "?" in before)
    query = f"^{regexp(rule.query)}$" if rule.query else ""
    found = [iis_rule(rule, query, before + fragment, append)]
    if fragment and not rule.query and "?" not in before:
        found.insert(0, iis_rule(rule, ".", f"{before}?{{QUERY_STRING}}{fragment}", False))
    return [(f"{rule.source}?{rule.query} {number}", text) for number, text in enumerate(found)]


def iis_rule(rule: Rule, query: str, target: str, append: bool) -> str:
    """Return one rule; ``query`` is a regular expression, "" for any; ``append`` passes the request's query on."""
    condition = f'<conditions><add input="{{QUERY_STRING}}" pattern={quoteattr(query)}/></conditions>' if query else ""
    return (
        f'<rule name={quoteattr(f"{rule.source} {query}")} stopProcessing="true">'
        f'<match url={quoteattr(f"^{optional_slash(rule.source)[1:]}$")} ignoreCase="false"/>{condition}'
        f'<action type="Redirect" url={quoteattr(target)} redirectType="{IIS_STATUSES[rule.status]}" '
        f'appendQueryString="{str(append).lower()}"/></rule>'
    )
