"""Images are published without the metadata that cameras and programs wrote into them. An edge.

Pelican does not copy a static file with such metadata; it is written without it. The author's originals stay as they
are. ``IMAGES_STRIP_METADATA = False`` publishes them unchanged.
"""

import mmap
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator, StaticGenerator

from .metadata import has_metadata, strip_metadata

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


def take_over(generators: list[Any]) -> None:
    """Take the pictures that need it from the generator that would copy them."""
    context = generators[0].context
    mine = context["BARE_IMAGES"] = []
    if not context.get("IMAGES_STRIP_METADATA", True):
        return
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            mine += [file for file in generator.staticfiles if _carries(Path(file.source_path))]
            generator.staticfiles[:] = [file for file in generator.staticfiles if file not in mine]


def _carries(file: Path) -> bool:
    """Tell whether a file is a picture with metadata; mapped, so that of a large one only what is asked for is read."""
    if file.suffix.lower() not in ENDINGS or not file.is_file() or not file.stat().st_size:
        return False
    with file.open("rb") as opened:
        return has_metadata(memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)))


class ImageGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes the bare pictures."""

    def generate_output(self, writer: Any) -> None:
        """Write each picture that was taken over."""
        for file in self.context["BARE_IMAGES"]:
            data = Path(file.source_path).read_bytes()
            self.context["WRITE"](Path(file.save_as).as_posix(), strip_metadata(data) or data)


def add_generator(pelican: Any) -> type[Generator]:
    """Let the bare pictures be written."""
    return ImageGenerator


def register() -> None:
    """Connect the receivers."""
    signals.all_generators_finalized.connect(take_over)
    signals.get_generators.connect(add_generator)
