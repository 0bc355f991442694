"""What a page's Liquid asks for and is not there: which of it is a warning.

Liquid prints nothing for what is absent, loops over nothing and takes the other branch, without a word. An author whose
page came from Jekyll loses text that way; but templates also ask for what may be absent, on purpose. The first row
that applies decides:

===========================================================  ========================================================
absent is                                                    a warning
===========================================================  ========================================================
a variable that the page assigns somewhere                   never: in one branch only, say
a key that another document of its collection has, or        never
another row of its list
a key of a value that is there and empty, ``post.next.url``  never
any other key of a document or of a row                      always: of ``post.venu`` no entry has anything
a name of ``site`` or of ``site.data``                       always: it stayed behind in Jekyll
any other name without a dot                                 always, but of `OPTIONAL`
a key of anything else, such as ``page.x``                   where it is printed, looped over or filtered; neither in a
                                                             condition nor before ``default``, which are made for it
===========================================================  ========================================================

"Always" is wherever it is looked up: printed, assigned, in a condition, a loop or a filter. Each is reported once for a
line. The same holds for a property that a filter reads, ``map: "venu"``, of which no item has anything.
"""

from collections.abc import Callable, Container, ItemsView, Iterable, Mapping

from liquid import Token, Undefined
from liquid.undefined import UNDEFINED

Report = Callable[[Token | None, str, str], None]
"""Reports a warning at a token: what is wrong, and a way out."""

OPTIONAL = frozenset("content include layout page paginator theme highlighter_prefix highlighter_suffix".split())
"""Names that Jekyll gives some pages only; keys of them are treated as those of ``page``."""

_HINT = "write what it stands for, or delete it"
_KEY_HINT = "write the name of a key that they have, or delete it"


class Missing(Undefined):
    """A value that is absent; it reports itself where it is printed or looped over, unless that has been done."""

    __slots__ = ("report",)

    def __init__(
        self,
        name: str,
        *,
        token: Token | None = None,
        obj: object = UNDEFINED,
        hint: str | None = None,
        report: Report | None = None,
    ) -> None:
        super().__init__(name, token=token, obj=obj, hint=hint)
        self.report = report

    def __str__(self) -> str:
        """Report it; it prints nothing."""
        if self.report:
            self.report(self.token, f"{self.name} is undefined, so that nothing is printed", _HINT)
        return ""

    def items(self) -> ItemsView[object, object]:
        """Report it; a loop finds nothing in it."""
        str(self)
        return super().items()

    def __getitem__(self, key: str) -> object:
        """Return itself: what it would hold is absent too."""
        return self

    __hash__ = Undefined.__hash__


def missing(
    path: list[object], found: int, holder: object, token: Token | None, assigned: Container[str], report: Report
) -> Missing:
    """Return what stands for a value that is absent; reported already if it is always a warning.

    ``found`` is how many parts of the ``path`` there are, ``holder`` what the last of them is.
    """
    root, name = path[0], written(path[: found + 1])
    if (found == 0 and root in assigned) or _is_optional(holder, path[found]) or (found > 1 and holder is None):
        return Missing(name, token=token)
    if found == 0 and root not in OPTIONAL:
        report(token, f"{name} is undefined, so that nothing is printed", _HINT)
    elif getattr(holder, "fields", None) is not None:
        report(token, f"{name} is undefined: none of them has {path[found]!r}", _KEY_HINT)
    elif path[:found] == ["site"] or getattr(holder, "required", False):
        report(token, f"{name} is undefined, so that nothing is printed", _way_out(path[: found + 1]))
    else:
        return Missing(name, token=token, report=report)
    return Missing(name, token=token)


def check_property(items: Iterable[object], name: str, token: Token | None, report: Report) -> None:
    """Report a property that a filter reads and that no item has."""
    holders = [item for item in items if isinstance(item, Mapping)]
    key = name.partition(".")[0]
    if holders and not any(key in item or _is_optional(item, key) for item in holders):
        report(token, f"none of them has {name!r}", _KEY_HINT)


def _is_optional(holder: object, key: object) -> bool:
    return key in (getattr(holder, "fields", None) or ())


def _way_out(path: list[object]) -> str:
    """Return where what is absent of ``site`` belongs."""
    match path:
        case ["site", "posts" | "tags" | "categories" | "related_posts", *_]:
            return "write articles into content/articles/, or delete it"
        case ["site", "data", str() as first, *rest]:
            return f"write content/data/{'/'.join(map(str, [first, *rest]))}.yml, or delete it"
        case ["site", "data", *_]:
            return "write files into content/data/, or delete it"
    return f"write '{path[1]}:' into content/site.yml, or files into content/{path[1]}/, or delete it"


def written(path: list[object]) -> str:
    """Return a path as an author writes it."""
    parts = [f".{part}" if isinstance(part, str) else f"[{part}]" for part in path]
    return "".join(parts).removeprefix(".")
