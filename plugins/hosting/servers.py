"""Redirects and headers for self-hosted servers: nginx, Apache, Caddy, lighttpd.

Each writer returns the text of a file. tests/hosts runs the servers and shows that every quoting rule is right.
"""

from ..addresses import encode
from ..caching import HASHED, IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import (
    UNRESERVED,
    Rule,
    Selection,
    distinct,
    forms,
    one_form,
    optional_slash,
    split_fragment,
)

MOST_LOCATIONS = 1000  # 50,000 `location =` took nginx 19 s to start; as many keys of a map 0.4 s


def quoted(text: str) -> str:
    """Return a text in double quotes for nginx and Caddy."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- nginx ------------------------------------------------------------------------------------------------------------


def nginx_target(rule: Rule) -> str:
    """Return a target for nginx, in which a dollar would begin a variable; the query goes before the fragment."""
    before, fragment = split_fragment(rule.target.replace("$", "%24"))
    return quoted(before + ("" if rule.has_query else "$is_args$args") + fragment)


def nginx(selection: Selection, headers: Headers, base: str) -> str:
    """Return what belongs inside nginx's `server { }`."""
    rules = selection.rules
    lines = [
        "# For inside server { }: include /path/to/nginx.conf;",
        "absolute_redirect off;  # otherwise nginx redirects to its own port",
        f"error_page 404 {base}/404.html;",
        f'set $cache_control "{REVALIDATE}";',
        f'if ($uri ~ "{HASHED}") {{ set $cache_control "{IMMUTABLE}"; }}',
        *(f"add_header {name} {quoted(value)} always;" for name, value in headers.everywhere.items()),
        "add_header Cache-Control $cache_control always;",
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
    rules = selection.rules
    if len(rules) <= MOST_LOCATIONS:
        return ""
    lines = ["# For inside http { }, before server { }."]
    keys = {
        status: list(distinct((rule for rule in rules if rule.status == status), lower_forms))
        for status in sorted({rule.status for rule in rules})
    }
    longest = max(len(address.encode()) for pairs in keys.values() for address, _ in pairs)
    most = max(len(pairs) for pairs in keys.values())
    lines.append(f"map_hash_bucket_size {max(64, 1 << (longest + 32).bit_length())};")
    lines.append(f"map_hash_max_size {max(2048, 1 << most.bit_length())};")
    for status, pairs in keys.items():
        lines.append(f"map $uri $moved_{status} {{")
        lines.append('    default "";')
        lines += [f"    {quoted(address)} {nginx_target(rule)};" for address, rule in pairs]
        lines.append("}")
    return "\n".join(lines) + "\n"


def lower_forms(source: str) -> tuple[str, ...]:
    """Return an address's forms in lower case, as nginx's maps compare them: ASCII only."""
    return tuple("".join(c.lower() if c.isascii() else c for c in form) for form in forms(source))


# --- Apache -----------------------------------------------------------------------------------------------------------


def apache(selection: Selection, headers: Headers, base: str) -> str:
    """Return an `.htaccess` that AllowOverride FileInfo suffices for.

    A directive whose module is not loaded makes the whole site answer 500, so each is guarded by its module. Without
    mod_rewrite the stubs answer.
    """
    lines = [
        f"ErrorDocument 404 {base}/404.html",
        "<IfModule mod_headers.c>",
        *(
            f'Header always set {name} "{value.replace(chr(34), chr(92) + chr(34))}"'
            for name, value in headers.everywhere.items()
        ),
        f'Header set Cache-Control "{REVALIDATE}"',
        f'<FilesMatch "{HASHED}">',
        f'Header set Cache-Control "{IMMUTABLE}"',
        "</FilesMatch>",
        "</IfModule>",
        "<IfModule mod_rewrite.c>",
        "RewriteEngine On",
    ]
    for _, rule in distinct(selection.rules, one_form):
        pattern = f'"^{optional_slash(rule.source.removeprefix(base))[1:]}$"'
        before, fragment = split_fragment(rule.target)
        to = apache_target(rule.target)
        if rule.has_query:
            lines.append(f"RewriteRule {pattern} {to} [R={rule.status},L,NE,QSD]")
        elif not fragment:
            lines.append(f"RewriteRule {pattern} {to} [R={rule.status},L,NE]")
        else:
            kept = apache_target(before)[:-1] + "?%{QUERY_STRING}" + apache_target(fragment)[1:]
            lines.append("RewriteCond %{QUERY_STRING} .")
            lines.append(f"RewriteRule {pattern} {kept} [R={rule.status},L,NE]")
            lines.append(f"RewriteRule {pattern} {to} [R={rule.status},L,NE,QSD]")
    lines.append("</IfModule>")
    return "\n".join(lines) + "\n"


def apache_target(target: str) -> str:
    """Return a target in quotes for RewriteRule: `%9` and `$1` would be back-references."""
    return '"' + target.replace("%", "\\%").replace("$", "\\$") + '"'


# --- Caddy ------------------------------------------------------------------------------------------------------------


def caddy(selection: Selection, headers: Headers, base: str) -> str:
    """Return a snippet for inside a Caddy site block.

    A map compares exactly and costs nothing per rule; `redir` with a path ignores case. `{…}` in a key would be read as
    a placeholder, so such a source has a matcher of its own.
    """
    rules = selection.rules
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
    if rules:
        lines += ["map {query} {passed_query} {", '    "" ""', '    default "?{query}"', "}"]
    braced = [rule for rule in rules if {"{", "}"} & set(rule.source)]
    for at, (_, rule) in enumerate(distinct(braced, one_form), 1):
        lines.append(f"@braced_{at} path_regexp `^{optional_slash(rule.source)}$`")
        lines.append(f"redir @braced_{at} {caddy_target(rule)} {rule.status}")
    plain = [rule for rule in rules if not {"{", "}"} & set(rule.source)]
    for status in sorted({rule.status for rule in plain}):
        moved = f"moved_{status}"
        lines.append(f"map {{path}} {{{moved}}} {{")
        for address, rule in distinct((rule for rule in plain if rule.status == status), forms):
            lines.append(f"    {quoted(address)} {caddy_target(rule)}")
        lines.append('    default ""')
        lines.append("}")
        lines.append(f'@{moved} expression `{{{moved}}} != ""`')
        lines.append(f"redir @{moved} {{{moved}}} {status}")
    return "\n".join(lines) + "\n"


def caddy_target(rule: Rule) -> str:
    """Return a target for Caddy, in which braces would begin a placeholder; the query goes before the fragment."""
    before, fragment = split_fragment(rule.target.replace("{", "%7B").replace("}", "%7D"))
    return quoted(before + ("" if rule.has_query else "{passed_query}") + fragment)


# --- lighttpd ---------------------------------------------------------------------------------------------------------


def lighttpd(selection: Selection, headers: Headers, base: str) -> str:
    """Return a configuration to include in lighttpd's."""

    def header_lines(cache: str) -> list[str]:
        pairs = {**headers.everywhere, "Cache-Control": cache}.items()
        return [f'    "{name}" => "{value.replace(chr(34), chr(92) + chr(34))}",' for name, value in pairs]

    rules = selection.rules
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
    for status in sorted({rule.status for rule in rules}):
        chosen = [rule for _, rule in distinct((rule for rule in rules if rule.status == status), one_form)]
        pairs = [f'    "^{lighttpd_source(rule.source)}(?:\\?.*)?$" => "{lighttpd_target(rule)}",' for rule in chosen]
        block = [f"url.redirect-code = {status}", "url.redirect = (", *pairs, ")"]
        if status != 301:
            pattern = "|".join(optional_slash(rule.source) for rule in chosen)
            block = [f'$HTTP["url"] =~ "^(?:{pattern})$" {{', *block, "}"]
        lines += block
    return "\n".join(lines) + "\n"


def lighttpd_source(source: str) -> str:
    """Return the regular expression for a path in lighttpd: percent-encoded, reserved characters in either form."""
    both = forms(source)
    parts = []
    for character in both[0]:
        if character in UNRESERVED or character == "/":
            parts.append(character if character != "." else "[.]")
        elif character.isascii() and character != " " and character in "!$&'()*+,;=:@[]{}|^":
            parts.append(f"(?:[{character}]|%{ord(character):02X})" if character != "^" else "(?:\\^|%5E)")
        else:
            parts.append(encode(character))
    return "".join(parts) + ("/?" if len(both) == 2 else "")


def lighttpd_target(rule: Rule) -> str:
    """Return a target for lighttpd, which reads `%1` and `$1` as back-references."""
    before, fragment = split_fragment(rule.target.replace("%", "%%").replace("$", "$$"))
    return before + ("" if rule.has_query else "${qsa}") + fragment
