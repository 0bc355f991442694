"""Read a Markdown page with Jekyll's front matter: read, parse, translate, convert. Edge: reads the disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pelican.readers import MarkdownReader

from ..memory import remembered
from ..problems import Problem, reported
from ..yaml_mapping import Reading, read_mapping
from .jekyll import Source, translate
from .parse import FrontMatter, decode, parse


class FinishTree(Treeprocessor):
    """Runs what the plugins registered in ``FINISH_TREE`` on the tree of a converted page."""

    steps: Sequence[Callable[[Element], None]] = ()

    def run(self, root: Element) -> None:
        """Run each step on the page."""
        for step in self.steps:
            step(root)


class JekyllReader(MarkdownReader):  # type: ignore[misc]  # Pelican ships no types
    """Pelican's reader of Markdown files, for pages written for Jekyll.

    A page with a problem is skipped here; the problem, in ``PROBLEMS``, ends the build with all others in one message.
    A file without front matter may begin with Pelican's own ``Key: value`` lines.
    """

    file_extensions = ("md", "markdown", "mkd", "mdown")
    markdown: Markdown | None = None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the page's HTML and its metadata; ``status: skip`` for one that is not to be published."""
        source = self.source(Path(source_path))
        text = decode(Path(source_path).read_bytes(), source.path)
        if isinstance(text, Problem):
            return self.refused([text])
        parts = parse(text, source.path, partial(self.mapping, source.path))
        if not parts.fenced:
            parts = self.pelican_header(parts)
        metadata, problems = translate(parts, source, str(self.settings["SITENAME"]))
        problems = [*parts.problems, *problems]
        if any(not problem.warning for problem in problems):
            return self.refused(problems)
        for name in ("date", "modified"):
            try:
                metadata = self.with_moment(metadata, name)
            except ValueError:
                wrong = Problem(
                    source.path, parts.lines.get(name, 1), name, f"{metadata[name]!r} is not a date", "write 2026-01-31"
                )
                problems.append(wrong)
        if any(not problem.warning for problem in problems):
            return self.refused(problems)
        reported(self.settings).extend(problems)
        for name in ("author", "authors", "category", "tags"):
            if name in metadata:
                metadata[name] = self.process_metadata(name, metadata[name])
        if metadata.get("status") == "draft" and not self.settings.get("SHOW_DRAFTS"):
            return "", {**metadata, "status": "skip"}
        if metadata.get("status") == "draft":
            metadata["status"] = "published"
        metadata["front_matter"] = parts.values
        metadata["key_lines"] = parts.lines
        html = self.html(parts, metadata, source)
        metadata["markdown"] = getattr(self.markdown, "source_without_comments", "")
        return html, metadata

    def mapping(self, path: str, text: str, first_line: int) -> Reading:
        """Read the YAML of a page, or remember it."""
        return remembered(
            self.settings, ("front matter", path), (text, first_line), partial(read_mapping, text, first_line)
        )

    def source(self, path: Path) -> Source:
        """Return what a file is: its path from the project's root, its name below the folder of its kind."""
        content = Path(self.settings["PATH"])
        for folders, is_article in (("PAGE_PATHS", False), ("ARTICLE_PATHS", True)):
            for folder in self.settings[folders]:
                if path.is_relative_to(content / folder):
                    name = PurePosixPath(path.relative_to(content / folder).as_posix())
                    return Source(path.relative_to(content.parent).as_posix(), name, is_article)
        return Source(path.as_posix(), PurePosixPath(path.name))

    def refused(self, problems: list[Problem]) -> tuple[str, dict[str, Any]]:
        """Report problems, and skip the page."""
        reported(self.settings).extend(problems)
        return "", {"status": "skip"}

    def pelican_header(self, parts: FrontMatter) -> FrontMatter:
        """Return a page without front matter with the values of Pelican's own ``Key: value`` lines, if it has any."""
        meta = Markdown(extensions=["markdown.extensions.meta"])
        body = "\n".join(meta.preprocessors["meta"].run(parts.body.split("\n")))
        values = {name: "\n".join(lines) for name, lines in meta.Meta.items()}  # type: ignore[attr-defined]
        taken = parts.body.count("\n") - body.count("\n")
        return replace(parts, values=values, body=body, body_line=parts.body_line + taken)

    def with_moment(self, metadata: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the metadata with one date as a datetime; ``ValueError`` if it is none."""
        value = metadata.get(name)
        if value is None or isinstance(value, datetime):
            return metadata
        return {**metadata, name: self.process_metadata(name, value)}

    def html(self, parts: FrontMatter, metadata: Mapping[str, Any], source: Source) -> str:
        """Convert the body, and report what its converter found, with the lines of the file."""
        if self.markdown is None:
            options: dict[str, Any] = self.settings["MARKDOWN"]
            configs = options.get("extension_configs", {})
            extensions = [
                _extension(name, configs) for name in options["extensions"] if name != "markdown.extensions.meta"
            ]
            self.markdown = Markdown(**{**options, "extensions": extensions})  # one for all: it is slow to set up
            self.finish = FinishTree()
            self.markdown.treeprocessors.register(self.finish, "finish", -100)  # after those of all extensions
        self.finish.steps = [
            partial(step, metadata=metadata, path=source.path, settings=self.settings)
            for step in self.settings.get("FINISH_TREE", ())
        ]
        self.markdown.reset()
        self.markdown.liquid_variables = self.liquid_variables(parts, metadata, source)  # type: ignore[attr-defined]
        html = self.markdown.convert(parts.body)
        found: list[Problem] = getattr(self.markdown, "problems", [])
        reported(self.settings).extend(
            replace(problem, path=source.path, line=problem.line + parts.body_line - 1) for problem in found
        )
        return html

    def liquid_variables(self, parts: FrontMatter, metadata: Mapping[str, Any], source: Source) -> dict[str, Any]:
        """Return Jekyll's ``site`` and ``page`` for the Liquid in a page's body.

        https://jekyllrb.com/docs/variables/; ``site.url`` and ``site.baseurl`` are the two halves of ``SITEURL``.
        """
        if "{{" not in parts.body and "{%" not in parts.body:
            return {}
        address = urlsplit(self.settings["SITEURL"])
        site = {
            "title": self.settings["SITENAME"],
            "url": f"{address.scheme}://{address.netloc}" if address.netloc else "",
            "baseurl": address.path.rstrip("/"),
            "author": self.author(metadata),
        }
        page = {
            **parts.values,
            "title": metadata["heading"] or None,
            "url": f"/{metadata.get('url', '')}",
            "path": source.path,
            "name": source.name.name,
        }
        return {"site": site, "page": page}

    def author(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts of ``content/authors.yml`` for the page's author; author_profile tells what is wrong."""
        file = Path(self.settings["PATH"]) / "authors.yml"
        if not file.is_file():
            return {}
        text = decode(file.read_bytes(), file.name)
        authors = {} if isinstance(text, Problem) else read_mapping(text).values
        name = str(metadata.get("author", self.settings.get("AUTHOR", "")))
        facts = authors.get(name) or authors.get("author")
        return dict(facts) if isinstance(facts, dict) else {}


_PACKAGE = __name__.partition(".")[0]  # "plugins" in a checkout, "frontispiece" where it is installed


def _extension(name: Any, configs: Mapping[str, Any]) -> Any:
    """Return the extension in a module of this project; anything else is found by Python-Markdown.

    It would ask every installed package for an extension of that name first, which takes longer than a page does.
    """
    if isinstance(name, str) and name.startswith(f"{_PACKAGE}."):
        return import_module(name).makeExtension(**configs.get(name, {}))
    return name
