"""The tags that Jekyll adds, academicpages' includes, and our own ``{% section %}``.

A section, and an entry that an include of academicpages would print, leave a block of HTML in the text, which the
pipeline replaces when all pages are read: ``<div data-section="publications"></div>``. That of an entry is the
``marker`` of its document.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import TextIO

from liquid import Environment, RenderContext, Token, TokenStream
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import FilteredExpression
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.assign_tag import AssignNode, AssignTag
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.builtin.tags.if_tag import IfNode, IfTag
from liquid.builtin.tags.unless_tag import UnlessNode, UnlessTag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from .context import Context, forgiving
from .conversion import highlighted
from .values import printed, to_s

Print = Callable[[Context, Token, str], str]  # (context, the tag, what it is given) → what it prints

_BASE_PATH = "base_path"  # academicpages' include: the site's address, for links
_ENTRIES = frozenset(f"archive-single{kind}.html" for kind in ("", "-talk", "-cv", "-talk-cv"))  # they print `post`
_OUTPUT = re.compile(r"\{\{(.*?)\}\}")
_LANGUAGE = re.compile(r"[a-zA-Z0-9.+#_-]+")


def add_tags(environment: Environment) -> None:
    """Add them all to an environment."""
    for tag in (_Output, _Echo, _Assign, _If, _Unless, _Highlight):
        environment.add_tag(tag)
    for name, function in _TAGS.items():
        environment.tags[name] = _Simple(environment, function)


class _OutputNode(OutputNode):
    """`{{ … }}`, which prints values as Ruby does; one that fails prints nothing, and the text around it stays."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        try:
            return buffer.write(printed(self.expression.evaluate(context)))
        except LiquidError as error:
            context.env.error(error, token=self.token)
            return 0


class _Output(Output):
    node_class = _OutputNode


class _Echo(EchoTag):
    node_class = _OutputNode  # type: ignore[assignment]  # it is made in the same way


class _AssignNode(AssignNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        try:
            return super().render_to_output(context, buffer)
        except LiquidError as error:
            context.env.error(error, token=self.token)
            return 0


class _Assign(AssignTag):
    node_class = _AssignNode


class _If(IfTag):
    def parse(self, stream: TokenStream) -> Node:
        return _with_conditions(super().parse(stream))


class _Unless(UnlessTag):
    def parse(self, stream: TokenStream) -> Node:
        return _with_conditions(super().parse(stream))


def _with_conditions(node: Node) -> Node:
    if isinstance(node, IfNode | UnlessNode):
        node.condition = forgiving(node.condition)
        for alternative in node.alternatives:
            alternative.expression = forgiving(alternative.expression)
    return node


class _Simple(Tag):
    """A tag without a block that prints a text."""

    block = False

    def __init__(self, env: Environment, function: Print) -> None:
        super().__init__(env)
        self.function = function

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        given = stream.current.value.strip() if stream.current.kind == TOKEN_EXPRESSION else ""
        if not given:
            stream.pos -= 1
        return _SimpleNode(token, given, self.function)


class _SimpleNode(Node):
    def __init__(self, token: Token, given: str, function: Print) -> None:
        super().__init__(token)
        self.given, self.function = given, function
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        assert isinstance(context, Context)  # noqa: S101  # the template's own
        return buffer.write(self.function(context, self.token, self.given))


class _Highlight(Tag):
    """`{% highlight python %}`: code with its language, printed as Jekyll does with Rouge."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        language = _LANGUAGE.match(stream.current.value) if stream.current.kind == TOKEN_EXPRESSION else None
        if not language:
            raise LiquidSyntaxError("'highlight' names no language", token=token)
        next(stream)
        block = get_parser(self.env).parse_block(stream, frozenset((self.end,)))
        stream.expect(TOKEN_TAG, value=self.end)
        return _HighlightNode(token, language[0], block)


class _HighlightNode(Node):
    def __init__(self, token: Token, language: str, block: BlockNode) -> None:
        super().__init__(token)
        self.language, self.block = language, block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        inner = context.get_buffer(buffer)
        self.block.render(context, inner)
        code = highlighted(inner.getvalue().strip("\r\n"), self.language)
        name = html.escape(self.language)
        opening = f'<code class="language-{name.replace("+", "-")}" data-lang="{name}">'
        return buffer.write(f'<figure class="highlight"><pre>{opening}{code}</code></pre></figure>')


def _include(context: Context, token: Token, given: str) -> str:
    """Return what an include prints; of the files of the Jekyll site, academicpages' own are known."""
    name = given.split(maxsplit=1)[0] if given else ""
    site = context.globals.get("site")
    if name == _BASE_PATH and isinstance(site, Mapping):
        context.assign(_BASE_PATH, f"{site.get('url') or ''}{site.get('baseurl') or ''}")
        return ""
    marker = getattr(context.get(["post"], token=token), "marker", "") if name in _ENTRIES else ""
    if not marker:
        message = f"'include {name}' names a file of the Jekyll site that is not here, so that nothing is printed"
        context.host.warn(token, message, "write what it stands for, or delete it")
    return f"\n\n{marker}\n\n" if marker else ""


def _section(context: Context, token: Token, given: str) -> str:
    name = given.strip("\"' ")
    if re.fullmatch(r"[\w-]+", name):
        return f'\n\n<div data-section="{name}"></div>\n\n'
    context.host.warn(token, f"'section {given}' names no section", "write '{% section publications %}'")
    return ""


def _link(context: Context, token: Token, given: str) -> str:
    """Return the address of a file, by its path in the Jekyll site."""
    context.filter_token = token
    path = _OUTPUT.sub(lambda found: to_s(context.parsed(FilteredExpression, found[1]).evaluate(context)), given)
    return _address(context, token, path, (path, f"/{path}"))


def _post_url(context: Context, token: Token, given: str) -> str:
    """Return the address of an article, by the name of its file."""
    name = given.removeprefix("/")
    folder, slash, file = name.rpartition("/")
    return _address(context, token, name, (f"_posts/{name}", f"{folder}{slash}_posts/{file}"))


def _address(context: Context, token: Token, written: str, paths: tuple[str, str]) -> str:
    site = context.globals.get("site")
    for document in _documents(site if isinstance(site, Mapping) else {}):
        path = to_s(document.get("relative_path") or document.get("path"))
        if path in paths or path.rpartition(".")[0] in paths:
            return to_s(context.env.filters["relative_url"](document.get("url") or document.get("path")))
    message = f"{written!r} is no page, article, entry or file of this site, so that nothing is printed"
    context.host.warn(token, message, "correct its path, or delete it")
    return ""


def _documents(site: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield all that ``site`` lists."""
    collections = site.get("collections")
    lists = [collection.get("docs") for collection in collections] if isinstance(collections, list) else []
    for listed in chain(lists, (site.get(name) for name in ("posts", "pages", "static_files"))):
        if isinstance(listed, list):
            yield from listed


_TAGS: dict[str, Print] = {"include": _include, "link": _link, "post_url": _post_url, "section": _section}
