"""All that happens to one page between its file and its HTML, in order and in this process, without a disk."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, cast

from markdown import Markdown

from plugins.adapter import FinishTree
from plugins.alternates import source_text
from plugins.author_profile.authors import read_authors
from plugins.author_profile.plan import Assets, plan_profiles
from plugins.base_path import absolute, from_root
from plugins.collections.liquid_variables import own_variables
from plugins.front_matter import Source, liquid_page, parse, translate
from plugins.hosting.policy import needs_of, policy_for, report_blocked
from plugins.kramdown import KramdownMarkdown
from plugins.language import heading_html, script_langs
from plugins.paper import printed
from plugins.pictures import Cache
from plugins.problems import Problems
from plugins.settings import Settings
from plugins.site import Page, Site
from plugins.utf8 import decode
from plugins.yaml_mapping import parse_yaml

PATH = "content/pages/about.md"
SETTINGS = Settings(siteurl="https://example.org/lab", sitename="Jane Doe", author="Jane Doe")
VARIABLES = MappingProxyType({"list": ["a", "b"], "name": "Jane"})


class Publisher:
    """Publishes one page after the other, as a build does."""

    def __init__(self) -> None:
        """Create the converter, once: it is slow to set up."""
        self.converter = cast(KramdownMarkdown, Markdown(extensions=["plugins.kramdown"], output_format="html"))
        self.finish = FinishTree()
        self.converter.treeprocessors.register(self.finish, "finish", -100)

    def publish(self, text: str, authors: str = "Jane Doe:\n  bio: Hello.\n") -> tuple[str, Problems]:
        """Return a page's HTML, "" if a problem keeps it from being published, and the problems."""
        problems = Problems()
        decoded = decode(text.encode("utf-8", "surrogatepass"), PATH, problems)
        if decoded is None:
            return "", problems
        parts = parse(decoded, PATH, problems)
        source = Source(PATH, PurePosixPath("about.md"))
        metadata: dict[str, Any] = translate(parts, source, SETTINGS.sitename, frozenset(), problems)
        if problems.failed:
            return "", problems
        place = Page(PATH, "", "", "").place("script_langs")
        self.converter.reset()
        self.converter.liquid_variables = _variables(parts, metadata, source)
        self.finish.language = metadata.get("lang") or "en"
        self.finish.script_langs = script_langs(parts.values.get("script_langs"), place, problems)
        html = self.converter.convert(parts.body)
        problems.extend(self.converter.problems)
        page = Page(
            PATH,
            metadata.get("url", ""),
            metadata.get("save_as", "index.html"),
            metadata["title"],
            metadata["heading"],
            self.finish.language,
            html=from_root(html, SETTINGS.siteurl, {"index.html"}),
            markdown=self.converter.source_without_comments,
            front_matter={"author_profile": True, **parts.values},
            lines=parts.lines,
        )
        site = Site(SETTINGS.siteurl, SETTINGS.sitename, "en", [page], [])
        known = read_authors(parse_yaml(authors, "content/authors.yml", problems), "content/authors.yml", problems)
        nothing = cast("Any", {}.get)
        profiles = plan_profiles(
            site, known, SETTINGS, Assets(nothing, nothing, Cache(nothing, lambda *_: None)), problems
        )
        report_blocked(page, lambda: decoded, lambda _: None, site.url, (), problems)
        finished = "\n".join(
            [
                str(profiles.heads.get(PATH, "")),
                str(profiles.shown.get(PATH, "")),
                heading_html(page.heading, page.lang, self.finish.script_langs),
                page.html,
                *printed(page.html, SETTINGS.siteurl),
                source_text(page),
                *map(str, problems),
            ]
        )
        policy_for(needs_of(absolute(finished, SETTINGS.siteurl), SETTINGS.siteurl))
        return page.html, problems


def _variables(parts: Any, metadata: Mapping[str, object], source: Source) -> dict[str, dict[str, object]]:
    site = {**own_variables(SETTINGS), "author": dict(VARIABLES)}
    return {"site": site, "page": liquid_page(parts, metadata, source)}
