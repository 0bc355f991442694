"""YAML front matter → Pelican's metadata, as Jekyll reads it. Edge.

The reader keeps what it finds in ``PROBLEMS``; when all content is known, this module adds what only the whole site
shows: two pages at one address, a page at a static file's address, a template that is not there, a file left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Content
from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.readers import Readers

from ..problems import Problem, reported
from .outputs import Output, clashes
from .reader import JekyllReader


def add_reader(readers: Readers) -> None:
    """Let Markdown files be read by this plugin."""
    for extension in JekyllReader.file_extensions:
        readers.reader_classes[extension] = JekyllReader


def check_site(generators: Iterable[Generator]) -> None:
    """Report what is wrong between the pages, all of them known."""
    generator = next(iter(generators))
    context = generator.context
    content = Path(generator.settings["PATH"])
    published = [*context["articles"], *context["hidden_articles"], *context["pages"], *context["hidden_pages"]]
    published += [page for original in published for page in original.translations]
    statics = context.get("staticfiles", [])
    outputs = [output(page, content) for page in [*published, *statics]]
    reported(context).extend(clashes(outputs))
    reported(context).extend(missing_templates(generator, published, content))
    reported(context).extend(left_out(context, content))
    reported(context).extend(no_pages(generator.settings, content))


def output(page: Content, content: Path) -> Output:
    """Return where a page or a static file is written, and where that is said."""
    lines: Mapping[str, int] = getattr(page, "key_lines", {})
    key = next((key for key in ("permalink", "save_as", "slug") if key in lines), "")
    return Output(page.save_as, Path(page.source_path).relative_to(content.parent).as_posix(), lines.get(key, 0), key)


def missing_templates(generator: Generator, pages: Iterable[Content], content: Path) -> Iterator[Problem]:
    """Yield a problem for each page whose ``template`` the theme does not have."""
    for page in pages:
        try:
            generator.get_template(page.template)
        except PelicanTemplateNotFound:
            line = page.key_lines.get("template", 0)
            path = Path(page.source_path).relative_to(content.parent).as_posix()
            yield Problem(path, line, "template", f"the theme has no '{page.template}.html'", "leave the key out")


def left_out(context: Mapping[str, Any], content: Path) -> Iterator[Problem]:
    """Yield a problem for each file that Pelican could not read: it logs the reason and would publish the rest."""
    told = {problem.path for problem in reported(dict(context))}
    for relative, page in sorted(context["generated_content"].items()):
        path = (Path(content.name) / relative).as_posix()
        if page is None and path not in told:
            yield Problem(path, 0, "", "cannot be read, and would be left out", "see the message above")


def no_pages(settings: Mapping[str, Any], content: Path) -> Iterator[Problem]:
    """Yield a warning for each file among the pages that is no Markdown: nothing publishes it."""
    for folder in (*settings["PAGE_PATHS"], *settings["ARTICLE_PATHS"]):
        for file in sorted((content / folder).rglob("*")):
            ignored = any(file.match(pattern) for pattern in settings["IGNORE_FILES"])
            if file.is_file() and not ignored and file.suffix[1:] not in JekyllReader.file_extensions:
                path = file.relative_to(content.parent).as_posix()
                yield Problem(
                    path, 0, "", "is no Markdown, and is not published", "move it to content/files/", warning=True
                )


def register() -> None:
    """Connect the receivers."""
    signals.readers_init.connect(add_reader)
    signals.all_generators_finalized.connect(check_site)
