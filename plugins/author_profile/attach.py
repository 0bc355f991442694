"""Pelican's objects → records; the plan → page.profile and page.head. An edge that the pipeline will replace."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from ..problems import reported
from ..site import Page, Site, StaticFile
from ..yaml_mapping import read_yaml
from .authors import AUTHORS_FILE, Authors, read_authors
from .plan import Assets, Profiles, plan_profiles, shows_author
from .portrait import Cache
from .settings import read_settings


def assets_on_disk(content: Path, theme: Path, cache: Path) -> Assets:
    """Return the assets in the folders of the content, of the theme and of the cache."""
    return Assets(
        read=partial(_read_below, content),
        read_icon=lambda name: _read(theme / "icons" / f"{name}.svg"),
        cache=Cache(lambda name: _read(cache / name), partial(_store, cache)),
    )


def _read_below(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file below a folder; None if it does not exist, or leads out of the folder."""
    file = folder / path
    return _read(file) if file.resolve().is_relative_to(folder.resolve()) else None


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _store(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the cache; without write permission the next build takes longer, and nothing else happens."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    except OSError:
        return


def _plan(context: dict[str, Any]) -> Profiles:
    """Return the plan of a build; the first call makes it, and gives every page its profile and its head."""
    if "AUTHOR_PROFILES" not in context:
        content = Path(context["PATH"])
        problems = reported(context)
        settings = read_settings(context, problems)
        objects = {_path(page, content): page for page in context["generated_content"].values() if page is not None}
        site = Site(
            url=str(context["SITEURL"]).rstrip("/"),
            name=str(context["SITENAME"]),
            lang=str(context["DEFAULT_LANG"]),
            pages=[_page(path, page) for path, page in objects.items()],
            static_files=[
                StaticFile(_path(file, content), Path(file.save_as).as_posix(), Path(file.source_path))
                for file in context["static_content"].values()
            ],
        )
        authors = Authors()
        if any(map(shows_author, site.pages)):
            file = content / "authors.yml"
            reading = read_yaml(file.read_bytes(), AUTHORS_FILE, problems) if file.is_file() else None
            authors = read_authors(reading, AUTHORS_FILE, problems)
        assets = assets_on_disk(content, Path(context["THEME"]), content.parent / settings.portrait_cache)
        plan = context["AUTHOR_PROFILES"] = plan_profiles(site, authors, settings, assets, problems)
        for path, page in objects.items():
            page.profile, page.head = plan.shown.get(path), plan.heads[path]
    planned: Profiles = context["AUTHOR_PROFILES"]
    return planned


def _path(content_object: Any, content: Path) -> str:
    return Path(content_object.source_path).relative_to(content.parent).as_posix()


def _page(path: str, page: Any) -> Page:
    return Page(
        path=path,
        url=page.url,
        save_as=page.save_as,
        title=page.title,
        heading=getattr(page, "heading", ""),
        status=page.status,
        is_article=type(page).__name__ == "Article",
        modified=getattr(page, "modified", None),
        html=page._content or "",
        front_matter=getattr(page, "front_matter", {}),
        lines=getattr(page, "key_lines", {}),
    )


def register_files(pelican: Any) -> None:
    """Register the function that lists this plugin's output files."""
    pelican.settings.setdefault("MAKES", []).append(planned_files)


def planned_files(context: dict[str, Any]) -> Iterator[str]:
    """Yield the files that will be written."""
    yield from _plan(context).files


def profile_pages(generators: list[Any]) -> None:
    """Give every page and article its profile and its head."""
    _plan(generators[0].context)


class AuthorGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes the planned files."""

    def generate_output(self, writer: Any) -> None:
        """Write them all."""
        for name, data in _plan(self.context).files.items():
            self.context["WRITE"](name, data)


def add_generator(pelican: Any) -> type[Generator]:
    """Return the generator for Pelican to run."""
    return AuthorGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(register_files)
    signals.all_generators_finalized.connect(profile_pages)
    signals.get_generators.connect(add_generator)
