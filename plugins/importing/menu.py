"""academicpages' ``_data/navigation.yml`` → ``content/navigation.yml``: the same entries, where their pages are now."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from ..problems import Place, Problems
from ..yaml_mapping import parse_yaml

# Returns where an entry's address leads now: the same, another address, or None if nothing is left of its page.
Lead = Callable[[str], str | None]


def converted(text: str, path: str, lead: Lead, problems: Problems) -> str:
    """Return the text of the menu; "" if none of its entries is left.

    Only addresses change, and entries go whose pages have not come along.
    """
    faults = Problems()
    reading = parse_yaml(text, path, faults)
    main = reading.values.get("main")
    if faults.failed or not isinstance(main, list):
        problems.warn(Place(path), "has no menu that can be read", "write content/navigation.yml: README")
        return ""
    lines = text.split("\n")
    starts = [
        min((line for key, line in reading.lines.items() if key[:2] == ("main", number)), default=0)
        for number in range(len(main))
    ]
    kept = lines[: starts[0] - 1] if main and starts[0] else []
    found = 0
    for number, (entry, start) in enumerate(zip(main, starts, strict=True)):
        title, url = (entry.get("title"), entry.get("url")) if isinstance(entry, Mapping) else (None, None)
        if not isinstance(url, str) or not title or not url.strip():
            problems.warn(Place(path, start), f"{entry!r} has no title or no url, and is left out")
            continue
        target = url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", url) else lead(url)
        if target is None:
            continue
        found += 1
        end = next((line - 1 for line in starts[number + 1 :] if line), len(lines))
        block = lines[start - 1 : end]
        if target != url:
            row = reading.lines["main", number, "url"] - start
            before, _, _ = block[row].partition("url")
            block[row] = f"{before}url: {json.dumps(target, ensure_ascii=False)}"
        kept += block
    return "\n".join(kept).rstrip() + "\n" if found else ""


def path_of(url: str, base: str) -> str:
    """Return the decoded path of an entry's address without the slashes at its ends, below the site's own ``base``."""
    path = unquote(re.split("[?#]", re.sub("^(?:[^/?#:]+:)?//[^/?#]*", "", url))[0])
    if base and (path == base or path.startswith(f"{base}/")):
        path = path.removeprefix(base)
    return path.strip("/").removesuffix("index.html").removesuffix(".html").strip("/")
