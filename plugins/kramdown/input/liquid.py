"""Liquid, as far as home pages use it. It runs before Markdown; the library is loaded only by a page that needs it.

What cannot be resolved prints nothing and is reported with its position, so that a page whose data stayed behind in
Jekyll still builds, with all the text of its own. What Jekyll refuses, such as a block that is never closed, ends the
build.
"""

import json
import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TextIO
from urllib.parse import quote, quote_plus

from liquid import Environment, Mode, RenderContext, Token, TokenStream, Undefined
from liquid.ast import Node
from liquid.exceptions import BlockNestingError, LiquidError, LiquidSyntaxError, ResourceLimitError
from liquid.filter import sequence_filter, string_filter
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG
from liquid.undefined import UNDEFINED, is_undefined

from ...problems import Place, Problems
from .jekyll_addresses import absolute_url, relative_url, strip_index
from .liquid_limits import STEPS, Template
from .liquid_tokens import tokenize

Variables = Mapping[str, Mapping[str, object]]  # "site" and "page"
_Report = Callable[[Token | None, str], None]

_OUTPUT = 1_000_000  # bytes that a page may print beyond its own length
_BASE_PATH = "base_path"  # academicpages' include: the site's address, for links


def run_liquid(text: str, variables: Variables, line_of: Callable[[int], int], problems: Problems) -> str:
    """Return the text after its Liquid was run; ``line_of`` returns the line of a position in it.

    Nothing is left of a text whose Liquid cannot be run: no one knows what it was to hide. That ends the build.
    """

    def place(token: Token | None) -> Place:
        return Place("", line_of(max(0, token.start_index) if token else 0), "liquid")

    def report(token: Token | None, message: str) -> None:
        problems.warn(place(token), f"{message}, so that nothing is printed", "write what it stands for, or delete it")

    site = {"time": datetime.now(UTC), **variables.get("site", {})}
    try:
        template = _environment(report, site, len(text)).from_string(text)
        return template.render(site=site, page=variables.get("page", {}))
    except ResourceLimitError as error:
        nests = isinstance(error, BlockNestingError)
        hint = "write fewer blocks within blocks" if nests else "print less, in fewer and shorter loops"
        problems.error(place(error.token), f"Liquid ends here: {error.message}", hint)
    except LiquidError as error:
        hint = "close it, or write '{% raw %}' before and '{% endraw %}' after braces that are text"
        problems.error(place(error.token), f"Liquid fails: {error.message}", hint)
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        problems.error(place(None), f"Liquid fails ({type(error).__name__})", "write it in a simpler way")
    return ""


class _Environment(Environment):
    """Liquid with Jekyll's include; errors are reported instead of raised, but for limits, which end it."""

    template_class = Template
    report: _Report
    step_limit: int

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Return our lexer, which raises LiquidSyntaxError for a block that is never closed."""
        return self._tokenize

    def _tokenize(self, source: str) -> Iterator[Token]:
        blocks: list[Token] = []
        for token in tokenize(source):
            yield token
            if token.kind != TOKEN_TAG:
                continue
            if blocks and token.value == f"end{blocks[-1].value}":
                blocks.pop()
            elif token.value in self.tags and self.tags[token.value].block:
                blocks.append(token)
        if blocks:
            raise LiquidSyntaxError(f"'{{% {blocks[-1].value} %}}' is never closed", token=blocks[-1])

    def error(self, exc: type[LiquidError] | LiquidError, msg: str | None = None, token: Token | None = None) -> None:
        """Report an error, and continue."""
        fault = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        if isinstance(fault, ResourceLimitError):
            fault.token = fault.token or token
            raise fault
        self.report(fault.token or token, str(fault.message))


class _Missing(Undefined):
    """A value that the site does not have, reported when it is printed or looped over, not when it is looked up."""

    __slots__ = ("report",)

    def __init__(
        self,
        report: _Report,
        name: str,
        *,
        token: Token | None = None,
        obj: object = UNDEFINED,
        hint: str | None = None,
    ) -> None:
        super().__init__(name, token=token, obj=obj, hint=hint)
        self.report = report

    def __str__(self) -> str:
        self.report(self.token, self.hint or f"'{self.name}' is undefined")
        return ""

    def items(self) -> ItemsView[object, object]:
        str(self)
        return super().items()

    def __getitem__(self, key: str) -> object:
        return self

    __hash__ = Undefined.__hash__


class _IncludeNode(Node):
    """`{% include name %}`; only academicpages' `base_path` is known, which prints nothing and sets a variable."""

    def __init__(self, token: Token, name: str, report: _Report) -> None:
        super().__init__(token)
        self.name = name
        self.report = report

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        site = context.globals.get("site")
        if self.name == _BASE_PATH and isinstance(site, Mapping):
            context.assign(_BASE_PATH, f"{site.get('url') or ''}{site.get('baseurl') or ''}")
        else:
            self.report(self.token, f"'include {self.name}' names a file of the Jekyll site that is not here")
        return 0


class _Include(Tag):
    """Jekyll's include, in which the file's name has no quotes."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        expression = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
        if not expression:
            stream.pos -= 1
        return _IncludeNode(token, expression.split(maxsplit=1)[0] if expression else "", self.env.report)  # type: ignore[attr-defined]


def _environment(report: _Report, site: Mapping[str, object], length: int) -> Environment:
    environment = _Environment(
        tolerance=Mode.LAX,
        strict_filters=False,
        undefined=partial(_Missing, report),  # type: ignore[arg-type]  # it is only called
    )
    environment.report = report
    environment.step_limit = STEPS + length // 2
    environment.output_stream_limit = _OUTPUT + length  # type: ignore[misc]  # the limit of this page
    environment.add_tag(_Include)
    environment.add_filter("uniq", _uniq)
    url, baseurl = str(site.get("url") or ""), str(site.get("baseurl") or "")
    for name, function in _FILTERS.items():
        environment.add_filter(name, string_filter(function))
    environment.add_filter("relative_url", _unless_nil(partial(relative_url, baseurl)))
    environment.add_filter("absolute_url", _unless_nil(partial(absolute_url, url, baseurl)))
    return environment


def _unless_nil(function: Callable[[str], str]) -> Callable[[object], str]:
    """Return a filter that prints nothing for what has no value, as Jekyll's filters for addresses do."""
    of_text: Callable[[object], str] = string_filter(function)

    def apply(value: object) -> str:
        if value is None:
            return ""
        return str(value) if is_undefined(value) else of_text(value)  # str() reports it

    return apply


@sequence_filter
def _uniq(items: Iterable[object], key: object = None) -> list[object]:
    """Return the items without those that occur before, in linear time, unlike the library's."""
    by: dict[str, object] = {}
    for item in items:
        by.setdefault(repr(item.get(key) if isinstance(item, Mapping) and key is not None else item), item)
    return list(by.values())


def _slug(value: str) -> str:
    return re.sub(r"[\W_]+", "-", value.lower()).strip("-")


def _xml_escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# Jekyll's own filters (https://jekyllrb.com/docs/liquid/filters/). Those that would do what Markdown does anyway
# change nothing.
_FILTERS: dict[str, Callable[[str], str]] = {
    "cgi_escape": quote_plus,
    "jsonify": partial(json.dumps, ensure_ascii=False),
    "markdownify": str,
    "slugify": _slug,
    "smartify": str,
    "strip_index": strip_index,
    "uri_escape": partial(quote, safe="/:?#[]@!$&'()*+,;=%~-._"),
    "xml_escape": _xml_escape,
}
