"""The filters that Jekyll adds, and those of Liquid that are different in python-liquid.

Each does what its namesake does in ``Jekyll::Filters`` or ``Liquid::StandardFilters``
(https://jekyllrb.com/docs/liquid/filters/).
"""

import html
import math
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cmp_to_key, partial
from typing import TypeAlias
from unicodedata import combining, normalize
from urllib.parse import quote, quote_plus, unquote_plus

from liquid import Environment
from liquid.builtin.expressions import BooleanExpression, FilteredExpression
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context

from ...permalinks import PRETTY, slugify
from ...scripts import script_of
from .absent import check_property
from .addresses import absolute_url, relative_url, strip_index
from .context import Context, Parsed
from .conversion import smarten
from .dates import strftime, to_moment
from .values import inspect, order, sortable, to_integer, to_json, to_list, to_number, to_s

Filter: TypeAlias = Callable[..., object]
Number: TypeAlias = int | Decimal

_TAGS = ("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>"), ("<", ">")  # what `strip_html` takes out
_UNESCAPED = re.compile(r"""[<>"']|&(?!(?:[a-zA-Z]+|#\d+);)""")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SPACE = re.compile(r"\s+", re.ASCII)
_BLANKS = " \t\n\v\f\r\0"
_LINE_END = re.compile(r"\r?\n")
_CJK = frozenset(("Han", "Hangul", "Kana"))
_LATIN = {  # what `slugify: "latin"` writes for a letter; for others without their accent
    **dict(zip("ÐØðøĐđĦħıĸĿŀŁłŦŧ×", "DOdoDdHhikLlLlTtx", strict=True)),
    **dict(zip("Þß ÆæþŉŊŋŒœ".replace(" ", ""), "Th ss AE ae th 'n NG ng OE oe".split(), strict=True)),
}


# --- Texts ----------------------------------------------------------------------------------------------------------


def _of_texts(function: Filter) -> Filter:
    """Return a filter whose value and arguments are texts."""
    return lambda *values: function(*map(to_s, values))


def _unless_nil(function: Filter) -> Filter:
    """Return a filter of texts that leaves nil as it is."""
    of_texts = _of_texts(function)
    return lambda value, *values: None if value is None else of_texts(value, *values)


def _strip_html(text: str) -> str:
    for opening, closing in _TAGS:
        before, last, after = text.rpartition(closing)  # so that no end is looked for in vain, again and again
        text = re.sub(f"{opening}.*?{closing}", "", before + last, flags=re.DOTALL) + after
    return text


def _escape(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#39;")


def _truncate(value: object, length: object = 50, ellipsis: object = "...") -> str:
    text, end, limit = to_s(value), to_s(ellipsis), _integer(length)
    return text if len(text) <= limit else text[: max(0, limit - len(end))] + end


def _truncatewords(value: object, count: object = 15, ellipsis: object = "...") -> str:
    text, limit = to_s(value), max(1, _integer(count))
    words = text.split(None, limit)
    return text if len(words) <= limit else " ".join(words[:limit]) + to_s(ellipsis)


def _slice(value: object, offset: object, length: object = 1) -> object:
    sequence: Sequence[object] = value if isinstance(value, list | tuple) else to_s(value)
    start, count = _integer(offset), _integer(length)
    start += len(sequence) if start < 0 else 0
    if start < 0 or count < 0:
        start = count = 0
    return sequence[start : start + count]


def _split(text: str, separator: str) -> list[str]:
    if separator == " ":
        return text.split()
    parts = text.split(separator) if separator else list(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _number_of_words(value: object, mode: object = None) -> int:
    text = to_s(value)
    cjk = sum(script_of(character) in _CJK for character in text) if mode in ("cjk", "auto") else 0
    if not cjk:
        return len(text.split())
    return cjk + len("".join(" " if script_of(character) in _CJK else character for character in text).split())


def _slugify(value: object, mode: object = None) -> str | None:
    if value is None:
        return None
    text = to_s(value)
    match to_s(mode) or "default":
        case "raw" | "ascii":
            text = re.sub(r"\s+" if mode == "raw" else r"[^A-Za-z0-9]+", "-", text, flags=re.ASCII)
            return re.sub(r"^-|-$", "", text).lower()
        case "latin":
            return slugify("".join(map(_latin, text)))
        case "default" | "pretty":
            return slugify(text, PRETTY if mode == "pretty" else "")
    return text.lower()


def _latin(letter: str) -> str:
    base = "".join(c for c in normalize("NFKD", letter) if not combining(c)) if letter < "ƀ" else letter
    return _LATIN.get(letter, base if base.isascii() else "?")


# --- Dates ----------------------------------------------------------------------------------------------------------


def _date(value: object, form: object = "") -> object:
    moment = to_moment(value) if to_s(form) else None
    return strftime(moment, to_s(form)) if moment else value


def _dated(form: str, value: object) -> object:
    """Return a date in a fixed format; what is none fails, and what is empty stays empty."""
    if not to_s(value):
        return value
    moment = to_moment(value)
    if not moment:
        raise FilterArgumentError(f"{inspect(value)} is not a date", token=None)
    return strftime(moment, form)


def _date_to(month: str, value: object, kind: object = None, style: object = None) -> object:
    if kind != "ordinal":
        return _dated(f"%d {month} %Y", value)
    day = to_s(_dated("%-d", value))
    ending = "th" if day in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(day[-1:], "th")
    return _dated(f"{month} {day}{ending}, %Y" if style == "US" else f"{day}{ending} {month} %Y", value)


# --- Numbers --------------------------------------------------------------------------------------------------------


def _integer(value: object) -> int:
    """Return an argument that has to be a whole number."""
    with_digits = re.fullmatch(r"\s*[+-]?\d{1,9}\s*", to_s(value), re.ASCII)
    if not with_digits:
        raise FilterArgumentError(f"{inspect(value)} is not a whole number", token=None)
    return int(to_s(value))


def _of_numbers(function: Callable[..., Number]) -> Filter:
    """Return a filter whose value and arguments are numbers."""

    def apply(*values: object) -> object:
        try:
            result = function(*map(to_number, values))
        except ArithmeticError as error:
            raise FilterArgumentError("divides by 0, or the number is too large", token=None) from error
        return float(result) if isinstance(result, Decimal) else result

    return apply


def _divided(number: Number, divisor: Number) -> Number:
    return number // divisor if isinstance(number, int) and isinstance(divisor, int) else Decimal(number) / divisor


def _modulo(number: Number, divisor: Number) -> Number:
    rest = number % divisor
    return rest + divisor if rest and (rest < 0) != (divisor < 0) else rest


def _rounded(number: Number, digits: Number = 0) -> Number:
    shift = int(digits)
    if isinstance(number, int) and shift >= 0:
        return number
    result = Decimal(number).scaleb(shift).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-shift)
    return result if shift > 0 else int(result)


# --- Lists ----------------------------------------------------------------------------------------------------------


def _items(value: object) -> list[object] | None:
    """Return the items among which Jekyll's filters look for some; None for a value that has none, a text."""
    match value:
        case list() | tuple() | range():
            return list(value)
        case dict():
            return list(value.values())
        case None:
            return []
    return None


def _value(item: object, name: str) -> object:
    """Return a property of an item; nil where it has none."""
    if isinstance(item, str):
        return name if name in item else None
    if not isinstance(item, Mapping):
        raise FilterArgumentError(f"{inspect(item)} has no {name!r}", token=None)
    value: object = item
    for key in [name] if name in item else name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _values(items: list[object], name: object, context: Context) -> Iterator[tuple[object, object]]:
    """Yield each item with a property of it as filters compare it."""
    check_property(items, to_s(name), context.filter_token, context.host.warn)
    return ((item, sortable(_value(item, to_s(name)))) for item in items)


def _matches(value: object, target: object) -> bool:
    """Return whether a property has a value, or has it among its items."""
    if target is None:
        return value is None
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return to_s(target) in map(to_s, values)


@with_context
def _where(value: object, name: object, target: object, *, context: Context) -> object:
    items = _items(value)
    if items is None or isinstance(target, list | tuple | dict):
        return value
    return [item for item, found in _values(items, name, context) if _matches(found, target)]


@with_context
def _find(value: object, name: object, target: object, *, context: Context) -> object:
    items = _items(value)
    if items is None or isinstance(target, list | tuple | dict):
        return value
    return next((item for item, found in _values(items, name, context) if _matches(found, target)), None)


@with_context
def _where_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    items = _items(value)
    if items is None:
        return value
    return [item for item, found in _evaluated(BooleanExpression, items, variable, expression, context) if found]


@with_context
def _find_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    items = _items(value)
    if items is None:
        return value
    found = _evaluated(BooleanExpression, items, variable, expression, context)
    return next((item for item, holds in found if holds), None)


@with_context
def _group_by(value: object, name: object, *, context: Context) -> object:
    items = _items(value)
    return value if items is None else _groups((item, to_s(found)) for item, found in _values(items, name, context))


@with_context
def _group_by_exp(value: object, variable: object, expression: object, *, context: Context) -> object:
    items = _items(value)
    if items is None:
        return value
    return _groups(_evaluated(FilteredExpression, items, variable, expression, context))


def _groups(named: Iterator[tuple[object, object]]) -> list[object]:
    """Return items in groups, each with its name, in the order in which the names occur first."""
    groups: dict[str, tuple[object, list[object]]] = {}
    for item, name in named:
        groups.setdefault(inspect(name), (name, []))[1].append(item)
    return [{"name": name, "items": items, "size": len(items)} for name, items in groups.values()]


def _evaluated(
    kind: type[Parsed],
    items: list[object],
    variable: object,
    expression: object,
    context: Context,
) -> Iterator[tuple[object, object]]:
    """Yield each item with what an expression is where the variable stands for the item."""
    evaluate = context.parsed(kind, to_s(expression)).evaluate
    namespace: dict[str, object] = {}
    with context.extend(namespace):
        for item in items:
            namespace[to_s(variable)] = item
            context.spend(2)
            yield item, evaluate(context)


@with_context
def _sort(value: object, name: object = None, nils: object = "first", *, context: Context) -> object:
    if value is None or nils not in ("first", "last"):
        message = "nothing can be sorted" if value is None else f"{inspect(nils)} is neither 'first' nor 'last'"
        raise FilterArgumentError(message, token=None)
    items = to_list(value) if isinstance(value, list | tuple) else _items(value)
    if items is None:
        raise FilterArgumentError(f"{inspect(value)} is not a list", token=None)
    if name is None:
        return sorted(items, key=cmp_to_key(_strictly))
    found = list(_values(items, name, context))
    there = sorted((pair for pair in found if pair[1] is not None), key=cmp_to_key(_by_value))
    in_order, without = [item for item, _ in there], [item for item, each in found if each is None]
    return without + in_order if nils == "first" else in_order + without


def _strictly(one: object, other: object) -> int:
    result = order(one, other)
    if result is None:
        raise FilterArgumentError(f"{inspect(one)} and {inspect(other)} have no order", token=None)
    return result


def _by_value(one: tuple[object, object], other: tuple[object, object]) -> int:
    result = order(one[1], other[1])
    texts = to_s(one[1]), to_s(other[1])
    return (texts[0] > texts[1]) - (texts[0] < texts[1]) if result is None else result


@with_context
def _sort_natural(value: object, name: object = None, *, context: Context) -> list[object]:
    items = to_list(value)
    found = list(_values(items, name, context)) if name is not None else [(item, item) for item in items]
    there = [(item, each) for item, each in found if each is not None]
    there.sort(key=lambda pair: re.sub("[A-Z]+", lambda capitals: capitals[0].lower(), to_s(pair[1])))
    return [item for item, _ in there] + [item for item, each in found if each is None]


@with_context
def _map(value: object, name: object, *, context: Context) -> list[object]:
    items = to_list(value)
    check_property(items, to_s(name), context.filter_token, context.host.warn)
    return [_value(item, to_s(name)) if isinstance(item, Mapping | str) else None for item in items]


def _uniq(value: object, name: object = None) -> list[object]:
    """Return the items without those that occur before, in linear time, unlike the library's."""
    by: dict[object, object] = {}
    for item in to_list(value):
        by.setdefault(_key(item if name is None else _value(item, to_s(name))), item)
    return list(by.values())


def _key(value: object) -> object:
    return inspect(value) if isinstance(value, str | int | float | list | dict | None) else id(value)


def _compact(value: object, name: object = None) -> list[object]:
    return [item for item in to_list(value) if (item if name is None else _value(item, to_s(name))) is not None]


def _concat(value: object, other: object) -> list[object]:
    if other is None:
        return to_list(value)
    if not isinstance(other, list | tuple | range):
        raise FilterArgumentError(f"{inspect(other)} is not a list", token=None)
    return [*to_list(value), *other]


def _of_list(change: Callable[[list[object], object], list[object]]) -> Filter:
    """Return a filter that leaves all but lists as they are."""
    return lambda value, argument=1: change(list(value), argument) if isinstance(value, list | tuple) else value


def _sample(value: object, count: object = 1) -> object:
    if not isinstance(value, list | tuple):
        return value
    drawn = secrets.SystemRandom().sample(value, min(len(value), max(0, _integer(count))))
    return drawn if count != 1 else drawn[0] if drawn else None


def _sentence(value: object, connector: object = "and") -> str:
    items = [to_s(item) for item in (_items(value) or [])]
    last = f" {to_s(connector)} "
    return last.join(items) if len(items) < 3 else f"{', '.join(items[:-1])},{last}{items[-1]}"


def _join(value: object, glue: object = " ") -> str:
    return to_s(glue).join(map(to_s, to_list(value)))


@with_context
def _jsonify(value: object, *, context: Context) -> str:
    return to_json(value, context.spend)


@with_context
def _markdownify(value: object, *, context: Context) -> str:
    return context.convert(to_s(value))


def _address(function: Callable[[str], str], value: object) -> str | None:
    """Return an address; that of a document is its ``url``."""
    if isinstance(value, Mapping):
        value = value.get("url", value)
    return None if value is None else function(to_s(value))


def add_filters(environment: Environment, url: str, baseurl: str) -> None:
    """Add them all to an environment; ``url`` and ``baseurl`` are the two halves of the site's address."""
    for name in _TEXT_FILTERS:
        environment.add_filter(name, _of_texts(environment.filters[name]))
    for name, function in _FILTERS.items():
        environment.add_filter(name, function)
    environment.add_filter("relative_url", partial(_address, partial(relative_url, baseurl)))
    environment.add_filter("absolute_url", partial(_address, partial(absolute_url, url, baseurl)))


_TEXT_FILTERS = (  # the library's, which differ in how they print what is no text
    "append prepend remove remove_first remove_last replace replace_first replace_last capitalize downcase upcase "
    "base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode squish"
).split()
_FILTERS: dict[str, Filter] = {
    "abs": _of_numbers(abs),
    "array_to_sentence_string": _sentence,
    "at_least": _of_numbers(max),
    "at_most": _of_numbers(min),
    "ceil": _of_numbers(math.ceil),
    "cgi_escape": _of_texts(quote_plus),
    "compact": _compact,
    "concat": _concat,
    "date": _date,
    "date_to_long_string": partial(_date_to, "%B"),
    "date_to_rfc822": partial(_dated, "%a, %d %b %Y %H:%M:%S %z"),
    "date_to_string": partial(_date_to, "%b"),
    "date_to_xmlschema": partial(_dated, "%Y-%m-%dT%H:%M:%S%:z"),
    "divided_by": _of_numbers(_divided),
    "escape": _unless_nil(_escape),
    "escape_once": _of_texts(lambda text: _UNESCAPED.sub(lambda found: _REFERENCES[found[0]], text)),
    "find": _find,
    "find_exp": _find_exp,
    "floor": _of_numbers(math.floor),
    "group_by": _group_by,
    "group_by_exp": _group_by_exp,
    "h": _unless_nil(_escape),
    "inspect": lambda value: _escape(inspect(value)).replace("&#39;", "&apos;"),
    "join": _join,
    "jsonify": _jsonify,
    "lstrip": _of_texts(lambda text: text.lstrip(_BLANKS)),
    "map": _map,
    "markdownify": _markdownify,
    "minus": _of_numbers(lambda number, other: number - other),
    "modulo": _of_numbers(_modulo),
    "newline_to_br": _of_texts(partial(_LINE_END.sub, "<br />\n")),
    "normalize_whitespace": _of_texts(lambda text: _SPACE.sub(" ", text).strip()),
    "number_of_words": _number_of_words,
    "plus": _of_numbers(lambda number, other: number + other),
    "pop": _of_list(lambda items, count: items[: max(0, len(items) - _integer(count))]),
    "push": _of_list(lambda items, item: [*items, item]),
    "reverse": lambda value: to_list(value)[::-1],
    "round": _of_numbers(_rounded),
    "rstrip": _of_texts(lambda text: text.rstrip(_BLANKS)),
    "sample": _sample,
    "shift": _of_list(lambda items, count: items[_integer(count) :]),
    "slice": _slice,
    "slugify": _slugify,
    "smartify": _of_texts(smarten),
    "sort": _sort,
    "sort_natural": _sort_natural,
    "split": _of_texts(_split),
    "strip": _of_texts(lambda text: text.strip(_BLANKS)),
    "strip_html": _of_texts(_strip_html),
    "strip_index": _unless_nil(strip_index),
    "strip_newlines": _of_texts(partial(_LINE_END.sub, "")),
    "times": _of_numbers(lambda number, other: number * other),
    "to_integer": lambda value: int(value) if isinstance(value, bool) else to_integer(value),
    "truncate": lambda value, *given: value if value is None else _truncate(value, *given),
    "truncatewords": lambda value, *given: value if value is None else _truncatewords(value, *given),
    "uniq": _uniq,
    "unshift": _of_list(lambda items, item: [item, *items]),
    "uri_escape": _of_texts(partial(quote, safe="/:?#[]@!$&'()*+,;=%~-._")),
    "url_decode": _unless_nil(unquote_plus),
    "url_encode": _unless_nil(quote_plus),
    "where": _where,
    "where_exp": _where_exp,
    "xml_escape": _of_texts(lambda text: _escape(text).replace("&#39;", "&apos;")),
}
