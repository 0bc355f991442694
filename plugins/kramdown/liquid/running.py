"""A text with Liquid → the text that it prints.

What cannot be resolved prints nothing and is reported with its position, so that a page whose data stayed behind in
Jekyll still builds, with all the text of its own. What Jekyll refuses, such as a block that is never closed, ends the
build.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from liquid.exceptions import BlockNestingError, LiquidError, ResourceLimitError

from ...problems import Problems
from .context import Convert, Host, PageEnvironment
from .filters import add_filters
from .limits import STEPS
from .tags import add_tags

Variables = Mapping[str, Mapping[str, object]]  # "site" and "page"

_OUTPUT = 1_000_000  # bytes that a page may print beyond its own length


def run_liquid(
    text: str, variables: Variables, line_of: Callable[[int], int], problems: Problems, convert: Convert
) -> str:
    """Return the text after its Liquid was run; ``line_of`` returns the line of a position in it.

    ``convert`` turns Markdown into HTML, and returns its problems too. Nothing is left of a text whose Liquid cannot be
    run: no one knows what it was to hide. That ends the build.
    """
    host = Host(problems, line_of, convert)
    site = variables.get("site", {})
    environment = PageEnvironment(host, STEPS + len(text) // 2, _OUTPUT + len(text))
    add_filters(environment, str(site.get("url") or ""), str(site.get("baseurl") or ""))
    add_tags(environment)
    names: dict[str, object] = {"site": {"time": datetime.now(UTC)}, "page": {}, "jekyll": _JEKYLL, **variables}
    try:
        return environment.from_string(text).render(**names)
    except ResourceLimitError as error:
        nests = isinstance(error, BlockNestingError)
        hint = "write fewer blocks within blocks" if nests else "print less, in fewer and shorter loops"
        problems.error(host.place(error.token), f"Liquid ends here: {error.message}", hint)
    except LiquidError as error:
        hint = "close it, or write '{% raw %}' before and '{% endraw %}' after braces that are text"
        problems.error(host.place(error.token), f"Liquid fails: {error.message}", hint)
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        problems.error(host.place(None), f"Liquid fails ({type(error).__name__})", "write it in a simpler way")
    return ""


_JEKYLL = {"environment": "production", "version": "4.3.1"}
