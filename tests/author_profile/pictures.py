"""Pictures for the tests, made anew each time: an edge-rich one that weighs what a photograph does."""

import io
from typing import Any

from PIL import Image, ImageFilter


def photograph(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture with soft shapes, edges and grain, the same in every run."""
    soft = Image.radial_gradient("L").resize((width, height))
    noise = Image.effect_mandelbrot((width, height), (-1.5, -1, 0.6, 1), 60).convert("L")
    grain = Image.frombytes(
        "L",
        (width, height),
        bytes((x * x * 31 + (x >> 7) * 17 + (x % 251) * (x % 89)) & 255 for x in range(width * height)),
    )
    blurred = grain.filter(ImageFilter.GaussianBlur(1.2))
    bands = [Image.blend(Image.blend(soft, noise, 0.35), blurred, share) for share in (0.12, 0.16, 0.1)]
    picture = Image.merge("RGB", bands).convert(mode)
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
