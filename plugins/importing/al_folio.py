"""What al-folio keeps elsewhere than academicpages: the author, the bibliography. Edge: reads the checkout."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from ..yaml_mapping import Value
from .checkout import beginning

_ACCOUNT = re.compile(r"email|\w+_(?:username|userid|id|user|profile|url|handle|mail)")
_OTHER = re.compile(r"analytics|verification|disqus|giscus|repo|baseurl|rss|tag_manager|openpanel|external_source")
CODE = re.compile(r"assets/(?:css|js|fonts|webfonts|libs)/.*")


def is_al_folio(checkout: Path, config: Mapping[str, Value]) -> bool:
    """Return whether a Jekyll site is made with al-folio."""
    return (checkout / "_bibliography").is_dir() or ("scholar" in config and "first_name" in config)


def bibliography(checkout: Path, config: Mapping[str, Value]) -> str:
    """Return the path of the list of publications, "" where there is none."""
    scholar = config.get("scholar")
    named = str(scholar.get("bibliography") or "") if isinstance(scholar, dict) else ""
    folder = checkout / "_bibliography"
    found = sorted(file.name for file in folder.glob("*.bib")) if folder.is_dir() else []
    name = next((name for name in (named, "papers.bib", *found) if name in found), "")
    return f"_bibliography/{name}" if name else ""


def authors(checkout: Path, config: Mapping[str, Value], name: str, picture: Value) -> str:
    """Return the text of ``content/authors.yml``: the accounts as they were written, and the home page's picture."""
    socials = checkout / "_data" / "socials.yml"
    if socials.is_file() and not socials.is_symlink():
        lines = beginning(socials).decode("utf-8-sig", "replace").splitlines()
    else:
        accounts = {key: value for key, value in config.items() if _ACCOUNT.fullmatch(key) and not _OTHER.search(key)}
        filled = {key: value for key, value in accounts.items() if isinstance(value, str | int) and str(value).strip()}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in filled.items()]
    image = str(picture.get("image") or "") if isinstance(picture, dict) else ""
    path = next((path for path in (image, f"assets/img/{image}") if image and (checkout / path).is_file()), "")
    lines += [f"avatar: {json.dumps(path, ensure_ascii=False)}"] * bool(path)
    body = "".join(f"  {line}\n" if line.strip() else "\n" for line in lines)
    return f"{json.dumps(name, ensure_ascii=False)}:\n{body or '  {}'}".rstrip() + "\n"
