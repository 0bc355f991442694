"""What a process that builds again and again need not work out twice.

`invoke serve` gives every build the same ``MEMORY`` in the context; any other build begins with an empty one. A result
is kept with all that it was worked out from, and used again only while that is equal.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

Result = TypeVar("Result")


def remembered(context: Mapping[str, Any], name: Hashable, source: object, work_out: Callable[[], Result]) -> Result:
    """Return what ``work_out()`` returns; from memory if the build before had an equal ``source`` under this ``name``.

    Neither ``source`` nor the result may be changed by anyone afterwards.
    """
    memory = context.get("MEMORY")
    if memory is None:
        return work_out()
    kept = memory.get(name)
    if kept is None or kept[0] != source:
        kept = memory[name] = (source, work_out())
    result: Result = kept[1]
    return result
