"""Author facts → the sidebar, and everything that a machine reads about the author. An edge.

content/authors.yml is read once in a build that shows an author; every page gets ``page.profile`` (None without a
sidebar) and ``page.head``, what its head says. The portrait, author.vcf and resume.json are written beside the pages.
"""

import json
from collections.abc import Iterator
from typing import Any

from pelican import signals
from pelican.generators import Generator

from ..problems import reported
from .attach import PORTRAITS, Gathered, attach
from .settings import read_settings
from .vocabularies import resume, vcard


def announce(pelican: Any) -> None:
    """Say who knows which files will be written."""
    pelican.settings.setdefault("MAKES", []).append(files)


def profile_pages(generators: list[Any]) -> None:
    """Give every page and article its profile and its head."""
    gather(generators[0].context)


def gather(context: dict[str, Any]) -> Gathered:
    """Return what is known of the authors; whoever asks first lets every page have its profile and its head."""
    if "AUTHOR_PROFILES" not in context:
        settings, problems = read_settings(context)
        gathered = context["AUTHOR_PROFILES"] = Gathered(settings, context, reported(context))
        gathered.problems.extend(problems)
        attach([page for page in context["generated_content"].values() if page is not None], gathered)
    found: Gathered = context["AUTHOR_PROFILES"]
    return found


def files(context: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the files that belong to the authors."""
    gathered = gather(context)
    yield from gathered.files
    for profile in gathered.profiles:
        if profile.portrait:
            yield from (f"{PORTRAITS}{file.name}" for file in profile.portrait.files)


class AuthorGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes what belongs to the authors rather than to a page."""

    def generate_output(self, writer: Any) -> None:
        """Write portraits, and the files about the site's own author."""
        gathered = gather(self.context)
        write = self.context["WRITE"]
        portraits = [profile.portrait for profile in gathered.profiles if profile.portrait]
        for name, data in {file.name: file.data for portrait in portraits for file in portrait.files}.items():
            write(f"{PORTRAITS}{name}", data)
        if gathered.owner is None:
            return
        asked = {contact: contact in gathered.settings.files_contacts for contact in ("phone", "address")}
        if "author.vcf" in gathered.files:
            write("author.vcf", vcard(gathered.owner, gathered.owner.home, **asked).encode())
        if "resume.json" in gathered.files:
            text = json.dumps(resume(gathered.owner, gathered.owner.home, **asked), ensure_ascii=False, indent=2)
            write("resume.json", f"{text}\n".encode())


def add_generator(pelican: Any) -> type[Generator]:
    """Let the author's files be written."""
    return AuthorGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(announce)
    signals.all_generators_finalized.connect(profile_pages)
    signals.get_generators.connect(add_generator)
