"""Liquid, as far as home pages use it. It runs before Markdown; the library is loaded only by a page that needs it.

What cannot be resolved prints nothing and is a warning with its line, so that a page whose data stayed behind in Jekyll
still builds, with all the text that it holds itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

from liquid import Environment, Mode, RenderContext, Token, TokenStream, Undefined
from liquid.ast import Node
from liquid.exceptions import LiquidError
from liquid.filter import string_filter
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

Report = Callable[[Token | None, str], None]

_LEFT_OVER = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_BASE_PATH = "base_path"  # academicpages' include: the site's address, for links


def run_liquid(text: str, variables: Mapping[str, Any], report: Callable[[int | None, str], None]) -> str:
    """Return the text with its Liquid run.

    ``report`` takes where in the text (from 0, None: nowhere in particular), and what could not be resolved.
    """

    torn = False  # a block is never closed: Liquid would drop all that follows

    def tell(token: Token | None, message: str) -> None:
        nonlocal torn
        torn = torn or message.startswith("expected tag") or "never closed" in message
        report(token.start_index if token and token.start_index >= 0 else None, message)

    site = {"time": datetime.now(UTC), **variables.get("site", {})}
    try:
        template = _environment(tell, site).from_string(text)
        if not torn:
            return template.render(site=site, page=variables.get("page", {}))
    except (LiquidError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        tell(None, f"Liquid fails ({type(error).__name__})")
    return _LEFT_OVER.sub("", text)


class _Environment(Environment):
    """Liquid's grammar with Jekyll's include; faults are told instead of raised."""

    loop_iteration_limit = 100_000
    output_stream_limit = 50_000_000
    tell: Report

    def error(self, exc: type[LiquidError] | LiquidError, msg: str | None = None, token: Token | None = None) -> None:
        """Tell what is at fault, and go on."""
        fault = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        self.tell(fault.token or token, str(fault.message))


class _Missing(Undefined):
    """A value that the site has not: told when it is to be printed or looped over, not when it is asked for."""

    __slots__ = ("tell",)

    def __init__(self, tell: Report, name: str, **facts: Any) -> None:
        super().__init__(name, **facts)
        self.tell = tell

    def __str__(self) -> str:
        self.tell(self.token, self.hint or f"'{self.name}' is undefined")
        return ""

    def items(self) -> Any:
        self.tell(self.token, self.hint or f"'{self.name}' is undefined")
        return ()

    def __getitem__(self, key: str) -> object:
        return self

    __hash__ = Undefined.__hash__


class _IncludeNode(Node):
    """`{% include name %}`; only `base_path` is known, for what it does and not for what it prints."""

    def __init__(self, token: Token, name: str, tell: Report) -> None:
        super().__init__(token)
        self.name = name
        self.tell = tell

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        if self.name == _BASE_PATH:
            site: Any = context.globals.get("site", {})
            context.assign(_BASE_PATH, f"{site.get('url') or ''}{site.get('baseurl') or ''}")
        else:
            self.tell(self.token, f"'include {self.name}' names a file of the Jekyll site that is not here")
        return 0


class _Include(Tag):
    """Jekyll's include: the file's name stands without quotes."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        expression = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
        if not expression:
            stream.pos -= 1
        return _IncludeNode(token, expression.split(maxsplit=1)[0] if expression else "", self.env.tell)  # type: ignore[attr-defined]


def _environment(tell: Report, site: Mapping[str, Any]) -> Environment:
    environment = _Environment(
        tolerance=Mode.LAX,
        strict_filters=False,
        undefined=partial(_Missing, tell),  # type: ignore[arg-type]  # it is only called
    )
    environment.tell = tell
    environment.add_tag(_Include)
    base, url = str(site.get("baseurl") or "").rstrip("/"), str(site.get("url") or "").rstrip("/")
    relative = partial(_address, base)
    filters: dict[str, Callable[[str], str]] = {
        **_FILTERS,
        "relative_url": relative,
        "absolute_url": partial(_address, url + base),
    }
    for name, function in filters.items():
        environment.add_filter(name, string_filter(function))
    return environment


def _address(base: str, value: str) -> str:
    """Return a path below the site's address; what has a scheme stays (Jekyll's `relative_url`, `absolute_url`)."""
    if re.match(r"[a-zA-Z][\w+.-]*:|//", value):
        return value
    return f"{base}/{value.lstrip('/')}" if value else base


def _slug(value: str) -> str:
    return re.sub(r"[\W_]+", "-", value.lower()).strip("-")


def _xml_escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# Jekyll's own filters: https://jekyllrb.com/docs/liquid/filters/. What Markdown does anyway, they leave to it.
_FILTERS: dict[str, Callable[[str], str]] = {
    "cgi_escape": quote_plus,
    "jsonify": partial(json.dumps, ensure_ascii=False),
    "markdownify": str,
    "slugify": _slug,
    "smartify": str,
    "uri_escape": partial(quote, safe="/:?#[]@!$&'()*+,;=%~-._"),
    "xml_escape": _xml_escape,
}
