"""Redirects that only the built site shows to be missing: lines of their own at the end of ``content/redirects.yml``.

An import that is repeated keeps them, as long as the file is as the last one left it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from ..addresses import encode
from ..old_site import FILE as OLD_ADDRESSES
from ..problems import Problems
from ..yaml_mapping import parse_yaml
from .plan import Plan
from .record import FILE as RECORD
from .record import fingerprint, read

FILE = "content/redirects.yml"
_MARK = "# Found by asking the built site for the old addresses: where each leads.\n"


def add_leads(plan: Plan, leads: Mapping[str, str]) -> None:
    """Add redirects to a plan, old address → new one, but for those that it has already."""
    text = _planned(plan)
    known = parse_yaml(text, FILE, Problems()).values
    lines = [f"{_quoted(old)}: {_quoted(new)}\n" for old, new in sorted(leads.items()) if old not in known]
    if lines:
        above, mark, below = text.partition(_MARK)
        plan.files[FILE] = f"{above}{_MARK}{below if mark else ''}{''.join(lines)}".encode()


def keep_leads(plan: Plan, project: Path) -> None:
    """Add the redirects to a plan that an earlier import has found for addresses which the old site still has."""
    file = project / FILE
    if file.is_file() and fingerprint(file) == read(project / RECORD).get(FILE):
        _, _, below = file.read_text("utf-8").partition(_MARK)
        old_addresses = plan.files.get(OLD_ADDRESSES)
        wanted = old_addresses.decode() if isinstance(old_addresses, bytes) else ""
        found = parse_yaml(below, FILE, Problems()).values
        add_leads(plan, {old: str(new) for old, new in found.items() if f"\n{encode(old)} " in wanted})


def _planned(plan: Plan) -> str:
    planned = plan.files.get(FILE)
    return planned.decode() if isinstance(planned, bytes) else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
