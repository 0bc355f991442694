r"""Math that stands as a block of its own: `$$ … $$` and `\\[ … \\]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .boundaries import MARGIN
from .ruby import FLAGS

if TYPE_CHECKING:
    from .blocks import Blocks

_START = re.compile(rf"{MARGIN}(\\?)\$\$", FLAGS)
_END = re.compile(r"\s*?\n", FLAGS)


def parse(blocks: Blocks) -> bool:
    """Read block math between blank lines; behind a backslash it is no block, but still math within the line."""
    text = blocks.text
    if not (match := _START.match(text, blocks.pos)) or not blocks.after_boundary():
        return False
    close = -1 if ("$$", match.end()) in blocks.vain else text.find("$$", match.end())
    if close < 0:
        blocks.vain.add("$$", match.end())
        return False
    rest = _END.match(text, close + 2)
    if match[1]:
        if rest:
            blocks.pos = match.end() - 2
        return False
    start = blocks.pos
    blocks.pos = rest.end() if rest else close + 2
    if not blocks.before_boundary():
        blocks.pos = start
        return False
    blocks.tree.children.append(blocks.new("math", text[match.end() : close].strip()))
    return True
