"""The specimen and the seed look as they did when somebody last looked at them.

`KEEP=1 pytest tests/browser/test_specimen.py` keeps what it sees as the new reference: look at it before you commit it.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Published, look
from tests.conftest import missing, need_module

KEPT = Path(__file__).parent / "kept"
FACES = ("Charis SIL", "Noto Serif CJK SC", "Noto Naskh Arabic", "Noto Color Emoji", "DejaVu Sans Mono")
VIEWS = {
    "seed-light-1440": ("/", 1440, "light"),
    "seed-dark-390": ("/", 390, "dark"),
    "specimen-light-1440": ("/specimen/", 1440, "light"),
    "specimen-dark-390": ("/specimen/", 390, "dark"),
    "specimen-print-768": ("/specimen/", 768, "print"),
}
SEEN = 48  # of 255: a difference that an eye would notice
TOLERATED = 0.002  # of all pixels: edges of letters, drawn by another version of the browser


@pytest.fixture(scope="module")
def faces(need: Callable[..., str]) -> None:
    """Pin the fonts: on a machine with others every letter lies elsewhere."""
    fc_match = need("fc-match", "fontconfig")
    for face in FACES:
        found = subprocess.run([fc_match, "-f", "%{family}", face], capture_output=True, text=True, check=True).stdout
        if face not in found:
            missing(f"the references are drawn with {face}, which is not installed")


@pytest.mark.usefixtures("faces")
@pytest.mark.parametrize("view", VIEWS)
def test_the_page_looks_as_it_did(browser: Any, gallery: Published, tmp_path: Path, view: str) -> None:
    """At most two pixels in a thousand differ visibly."""
    image, chops = need_module("PIL.Image"), need_module("PIL.ImageChops")
    path, width, scheme = VIEWS[view]
    page = look(browser, width, scheme=scheme)
    page.goto(gallery.url + path)
    shot = tmp_path / f"{view}.png"
    page.screenshot(path=shot, full_page=True)
    seen, kept = image.open(shot).convert("RGB"), KEPT / f"{view}.png"
    if os.environ.get("KEEP"):
        KEPT.mkdir(exist_ok=True)
        seen.quantize(64, dither=image.Dither.NONE).save(kept, optimize=True)
    reference = image.open(kept).convert("RGB")
    assert seen.size == reference.size
    differences = chops.difference(seen, reference).convert("L").point(lambda value: 255 * (value > SEEN))
    share = differences.histogram()[255] / (seen.width * seen.height)
    assert share <= TOLERATED, f"{share:.2%} of {view} differ: {shot} against {kept}"
