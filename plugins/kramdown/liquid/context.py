"""The environment and the state in which a page's Liquid runs: what it looks up, reports and converts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from liquid import Environment, Mode, RenderContext, Token, TokenStream
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.builtin.expressions.logical import LogicalAndExpression, LogicalOrExpression
from liquid.exceptions import (
    FilterArgumentError,
    LiquidError,
    LiquidSyntaxError,
    LiquidTypeError,
    ResourceLimitError,
)
from liquid.expression import Expression
from liquid.template import BoundTemplate
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG
from liquid.undefined import UNDEFINED

from ...problems import Place, Problem, Problems
from .absent import Missing, missing
from .limits import LimitedContext
from .tokens import tokenize as split
from .values import comparable

Parsed = TypeVar("Parsed", BooleanExpression, FilteredExpression)
Convert = Callable[[str], tuple[str, Iterable[Problem]]]

_ASSIGNS = frozenset("assign capture increment decrement".split())
_LONGEST = 2000  # characters of an expression that a filter is given


@dataclass
class Host:
    """What one page's Liquid is given: where to report, by lines of the page, and how to convert Markdown."""

    problems: Problems
    line_of: Callable[[int], int]
    convert: Convert
    assigned: set[str] = field(default_factory=set)  # the variables that the page assigns

    def place(self, token: Token | None) -> Place:
        """Return the place of a token."""
        return Place("", self.line_of(max(0, token.start_index) if token else 0), "liquid")

    def warn(self, token: Token | None, message: str, hint: str) -> None:
        """Report a warning at a token."""
        self.problems.warn(self.place(token), message, hint)


class PageEnvironment(Environment):
    """Liquid for one page. Errors are reported instead of raised, but for limits, which end it."""

    def __init__(self, host: Host, steps: int, output: int) -> None:
        super().__init__(tolerance=Mode.LAX, strict_filters=False, undefined=Missing)
        self.template_class = _Template
        self.host = host
        self.step_limit = steps
        self.output_stream_limit = output  # type: ignore[misc]  # the limit of this page

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Return our lexer, which raises LiquidSyntaxError for a block that is never closed."""
        return self._tokenize

    def _tokenize(self, source: str) -> Iterator[Token]:
        blocks: list[Token] = []
        assigns = False
        for token in split(source):
            yield token
            if assigns and token.kind == TOKEN_EXPRESSION:
                self.host.assigned.add(token.value.partition("=")[0].strip())
            assigns = token.kind == TOKEN_TAG and token.value in _ASSIGNS
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
        message = f"{fault.message}, so that nothing is printed"
        self.host.warn(fault.token or token, message, "write what it stands for, or delete it")


class Context(LimitedContext):
    """The state of rendering a page."""

    env: PageEnvironment
    filter_token: Token | None = None  # of the filter that runs

    @property
    def host(self) -> Host:
        """What the page's Liquid is given."""
        return self.env.host

    def get(self, path: list[object], *, token: Token | None, default: object = UNDEFINED) -> object:
        """Return a value by its path, or what stands for one that is absent."""
        holder: object = None
        found = 0
        try:
            value: object = self.scope[path[0]]  # type: ignore[index]  # what is no text is not found
            for key in path[1:]:
                holder, found = value, found + 1
                value = self.get_item(holder, key)
        except (KeyError, TypeError, IndexError):
            if default is not UNDEFINED:
                return default
            return missing(path, found, holder, token, self.host.assigned, self.host.warn)
        self.spend_on(value)
        return comparable(value)

    def get_item(self, obj: object, key: object) -> object:
        """Return an item; the keys of data files are texts, numbers included."""
        if isinstance(obj, Mapping) and isinstance(key, int) and key not in obj:
            key = str(key)
        return super().get_item(obj, key)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Return a filter; one that is unknown changes nothing, and is reported."""
        if name not in self.env.filters:
            self.host.warn(token, f"there is no filter {name!r}, so that it changes nothing", "delete it")
        apply = super().filter(name, token)

        def reporting(*values: object, **options: object) -> object:
            self.filter_token = token
            for value in values:
                if isinstance(value, Missing) and name != "default":
                    str(value)  # which reports it
            try:
                return comparable(apply(*(None if isinstance(each, Missing) else each for each in values), **options))
            except (TypeError, FilterArgumentError) as error:
                if not isinstance(error if isinstance(error, TypeError) else error.__cause__, TypeError):
                    raise
                raise FilterArgumentError(f"{name!r} cannot take these values", token=token) from error

        return reporting

    @cached_property
    def _parsed(self) -> dict[tuple[type, str], BooleanExpression | FilteredExpression]:
        return {}

    def parsed(self, kind: type[Parsed], text: str) -> Parsed:
        """Return an expression that a filter is given as text."""
        if len(text) > _LONGEST:
            raise LiquidSyntaxError(f"{text[:40]!r}… is too long", token=self.filter_token)
        if (kind, text) not in self._parsed:
            start = self.filter_token.start_index if self.filter_token else 0
            try:
                tokens = TokenStream(tokenize(text, Token(TOKEN_EXPRESSION, text, start, text)))
                parsed = kind.parse(self.env, tokens)
                forgiving(parsed)
                self._parsed[kind, text] = parsed  # type: ignore[assignment]  # never a ternary
            except LiquidSyntaxError as error:
                error.token = self.filter_token
                raise
        return self._parsed[kind, text]  # type: ignore[return-value]

    def convert(self, markdown: str) -> str:
        """Return Markdown as HTML; its problems are those of the filter."""
        html, problems = self.host.convert(markdown)
        line = self.host.place(self.filter_token).line
        self.host.problems.extend(replace(each, line=line) for each in problems)
        return html


class _Comparison(Expression):
    """A comparison that does not hold where its values cannot be compared; Jekyll does not say so."""

    def __init__(self, comparison: Expression) -> None:
        super().__init__(comparison.token)
        self.comparison = comparison

    def evaluate(self, context: RenderContext) -> object:
        assert isinstance(context, Context)  # noqa: S101  # the template's own
        try:
            return self.comparison.evaluate(context)
        except LiquidTypeError as error:
            message = f"{error.message}, so that the condition does not hold"
            context.host.warn(error.token or self.token, message, "compare values of one kind")
            return False

    def children(self) -> list[Expression]:
        return [self.comparison]


def forgiving(condition: Expression) -> Expression:
    """Return a condition whose comparisons do not hold where their values cannot be compared."""
    if isinstance(condition, BooleanExpression):
        condition.expression = forgiving(condition.expression)
    elif isinstance(condition, LogicalAndExpression | LogicalOrExpression):
        condition.left, condition.right = forgiving(condition.left), forgiving(condition.right)
    else:
        return _Comparison(condition)
    return condition


class _Template(BoundTemplate):
    context_class = Context
