"""Author facts → the sidebar, and everything that a machine reads about the author.

An edge: reads content/authors.yml once in a build that shows an author, and attaches ``page.profile``.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup
from pelican import signals

from plugins.author_profile.authors import AUTHORS_FILE, Authors, Fact, Facts, choose, read_authors
from plugins.author_profile.icons import icon
from plugins.author_profile.profile import KNOWN_KEYS, Profile, make_profile
from plugins.author_profile.services import shown
from plugins.problems import Problem, reported


def profile_pages(generator: Any) -> None:
    """Give each page that asks for it its author's profile."""
    _profile(generator, [*generator.pages, *generator.hidden_pages, *generator.draft_pages])


def profile_articles(generator: Any) -> None:
    """Give each article that asks for it its author's profile."""
    _profile(generator, [*generator.articles, *generator.hidden_articles, *generator.drafts])


def _profile(generator: Any, pages: list[Any]) -> None:
    context = generator.context
    for page in pages:
        page.profile = None
        front_matter = getattr(page, "front_matter", {})
        if wants_profile(front_matter.get("author_profile")):
            page.profile = _profile_of(page, front_matter, context)


def wants_profile(value: object) -> bool:
    """Tell whether a page's ``author_profile`` asks for the sidebar: anything but false, empty or a word for no."""
    return bool(value) and str(value).strip().lower() not in ("false", "no", "off", "none", "0")


def _profile_of(page: Any, front_matter: dict[str, Any], context: dict[str, Any]) -> Profile | None:
    authors = _authors(context)
    written = None
    if "author" in front_matter:
        path = Path(page.relative_source_path).as_posix()
        line = page.key_lines.get("author", 0)
        written = Fact(front_matter["author"], f"{Path(context['PATH']).name}/{path}", line)
    chosen = choose(authors, written, str(context.get("AUTHOR") or context["SITENAME"]))
    if isinstance(chosen, Problem):
        reported(context).append(chosen)
        return None
    if chosen is None:
        reported(context).extend(authors.problems)
        return None
    name, facts = chosen
    profile, problems = make_profile(name, facts)
    reported(context).extend([*authors.problems, *problems])
    profile.home = f"{context['SITEURL']}/{page.url}"
    profile.portrait = _portrait(facts, context)
    profile.links = [replace(link, svg=_icon(link.icon, context)) for link in profile.links]
    profile.icons = {name: _icon(name, context) for name in ("location", "employer")}
    return profile


def _icon(name: str, context: dict[str, Any]) -> Markup:
    def complain(file: Path, reason: str) -> None:
        reported(context).append(Problem(f"theme/icons/{file.name}", 0, "", reason, "save it as a plain SVG"))

    return icon(name, Path(context["THEME"]) / "icons", complain)


def _portrait(facts: Facts, context: dict[str, Any]) -> str:
    """Return the address of the author's portrait; "" for an author without one."""
    fact = facts.get("avatar")
    value = str(fact.value or "").strip() if fact and not isinstance(fact.value, dict | list | bool) else ""
    if not fact or not value:
        return ""
    if "://" in value:
        return value
    content = Path(context["PATH"])
    for written in (value.strip("/"), unquote(value).strip("/")):
        for file in (content / "images" / written, content / written):
            if file.is_file() and file.resolve().is_relative_to(content.resolve()):
                return f"{context['SITEURL']}/{quote(file.relative_to(content).as_posix())}"
    hint = f"put the picture at content/images/{Path(value).name}, or delete the key to show the initials"
    reported(context).append(Problem(fact.path, fact.line, "avatar", f"{shown(value)} does not exist", hint))
    return ""


def _authors(context: dict[str, Any]) -> Authors:
    """Return the site's authors, read once a build."""
    if "AUTHORS_FILE" not in context:
        file = Path(context["PATH"]) / "authors.yml"
        content = file.read_bytes() if file.is_file() else None
        context["AUTHORS_FILE"] = read_authors(content, KNOWN_KEYS, AUTHORS_FILE)
    authors: Authors = context["AUTHORS_FILE"]
    return authors


def register() -> None:
    """Connect the receivers."""
    signals.page_generator_finalized.connect(profile_pages)
    signals.article_generator_finalized.connect(profile_articles)
