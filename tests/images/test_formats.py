"""Each kind of picture, by several programs: the pixels stay, and nothing of what was written into it."""

import io
import json
import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageSequence, features

from plugins.images import has_metadata, strip_metadata
from tests.images.test_metadata import XMP, exif, picture

WORDS = (b"Acme", b"Jane", b"private")
CAMERA = {"exif": exif(6), "xmp": XMP.replace(b"<rdf:RDF", b"<!-- Jane --><rdf:RDF")}
SEVERAL: dict[str, object] = {
    "save_all": True,
    "append_images": [Image.new("RGB", (40, 30), name) for name in ("blue", "green")],
}


def saved(kind: str, **options: object) -> bytes:
    image = Image.linear_gradient("L").resize((40, 30)).convert("RGB")
    image.paste("red", (0, 0, 10, 10))
    file = io.BytesIO()
    image.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(*chunks: bytes, behind: bytes = b"", **options: object) -> bytes:
    whole = saved("PNG", **options)
    return whole[:33] + b"".join(chunks) + whole[33:] + behind


def jpeg_with(*segments: tuple[int, bytes], behind: bytes = b"", **options: object) -> bytes:
    whole = saved("JPEG", **options)
    more = b"".join(struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in segments)
    return whole[:2] + more + whole[2:] + behind


def gif_with(*extensions: bytes, **options: object) -> bytes:
    whole = saved("GIF", **options)
    position = 13 + (3 * 2 << (whole[10] & 7) if whole[10] & 0x80 else 0)
    return whole[:position] + b"".join(extensions) + whole[position:]


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def webp_with(chunks: bytes, **options: object) -> bytes:
    whole = saved("WEBP", **options) + chunks
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


PROGRAM = b"\x21\xff\x0bXMP DataXMP" + XMP + b"Jane" + bytes([1, *range(255, -1, -1)]) + b"\0"
NOTE = b"private Jane Acme"
PICTURES: dict[str, Callable[[], bytes]] = {
    "JPEG, progressive": lambda: saved("JPEG", progressive=True, comment=NOTE, **CAMERA),
    "JPEG, of the first byte fill": lambda: jpeg_with((0xFE, NOTE)).replace(b"\xff\xfe", b"\xff\xff\xff\xfe", 1),
    "JPEG with every application segment": lambda: jpeg_with(*((marker, NOTE) for marker in range(0xE1, 0xF0))),
    "JPEG with a thumbnail in JFIF": lambda: jpeg_with((0xE0, b"JFIF\0\1\1\0\0\1\0\1\4\1" + b"JaneAcmeJane")),
    "JPEG with a thumbnail of its own": lambda: jpeg_with((0xE0, b"JFXX\0\x10" + picture("JPEG"))),
    "JPEG with a film behind it": lambda: jpeg_with(behind=box(b"ftyp", NOTE)),
    "JPEG with a picture behind it, and zeros": lambda: jpeg_with((0xFE, NOTE), behind=picture("JPEG") + bytes(9)),
    "PNG with what a program adds": lambda: png_with(chunk(b"prVW", NOTE), chunk(b"caBX", NOTE)),
    "PNG with a GIF's comment": lambda: png_with(chunk(b"gIFx", NOTE)),
    "PNG with what was cut off": lambda: png_with(behind=NOTE),
    "PNG, animated": lambda: png_with(chunk(b"tEXt", NOTE), **SEVERAL),
    "PNG, cut short behind its pixels": lambda: png_with(chunk(b"tEXt", NOTE))[:-12],
    "WebP with an unknown chunk": lambda: webp_with(b"NOTE" + struct.pack("<I", len(NOTE)) + NOTE + b"\0"),
    "WebP with something behind it": lambda: saved("WEBP", **CAMERA) + NOTE,
    "WebP, animated": lambda: saved("WEBP", **SEVERAL, **CAMERA),
    "GIF with a comment": lambda: saved("GIF", comment=NOTE),
    "GIF with XMP": lambda: gif_with(PROGRAM),
    "GIF with an unknown extension and a comment": lambda: gif_with(b"\x21\xff\x0bMGK8BIM0000\x11" + NOTE + b"\0", b"\x21\xfe\x11" + NOTE + b"\0"),
    "GIF, animated": lambda: gif_with(PROGRAM, **SEVERAL, comment=NOTE, loop=0),
    "GIF with something behind it": lambda: saved("GIF") + NOTE,
    "TIFF": lambda: saved("TIFF", description=NOTE.decode(), software="Acme", exif=exif(6)),
    "TIFF, LZW": lambda: saved("TIFF", compression="tiff_lzw", artist="Jane Doe"),
    "TIFF, JPEG": lambda: saved("TIFF", compression="jpeg", artist="Jane Doe", copyright="Jane Doe"),
    "TIFF of several pages": lambda: saved("TIFF", artist="Jane Doe", **SEVERAL),
    "TIFF, large": lambda: saved("TIFF", big_tiff=True, exif=exif(6)),
    "TIFF with XMP": lambda: saved("TIFF", tiffinfo={700: CAMERA["xmp"], 33723: NOTE, 34377: NOTE}),
    "AVIF": lambda: saved("AVIF", **CAMERA),
    "AVIF, animated": lambda: saved("AVIF", **SEVERAL, **CAMERA),
    "AVIF with boxes of programs": lambda: saved("AVIF", **CAMERA) + box(b"uuid", NOTE) + box(b"jumb", NOTE),
    "JPEG 2000": lambda: saved("JPEG2000") + box(b"xml ", XMP + NOTE) + box(b"uuid", NOTE),
}  # fmt: skip


def frames(data: bytes) -> list[tuple[object, bytes]]:
    """Return the pixels of each frame, and how long it is shown."""
    image = Image.open(io.BytesIO(data))
    return [(frame.info.get("duration"), frame.convert("RGBA").tobytes()) for frame in ImageSequence.Iterator(image)]


def made_from(case: str) -> tuple[bytes, bytes]:
    if ("AVIF" in case and not features.check("avif")) or ("2000" in case and not features.check("jpg_2000")):
        pytest.skip("Pillow was built without it")
    original = PICTURES[case]()
    made, warning = strip_metadata(original)
    assert warning == ""
    return original, made


@pytest.mark.parametrize("case", PICTURES)
def test_the_words_go_and_the_pixels_stay(case: str) -> None:
    original, made = made_from(case)
    assert has_metadata(original)
    assert [word for word in WORDS if word in original]
    assert not [word for word in WORDS if word in made]
    assert frames(made) == frames(original)
    assert strip_metadata(made) == (made, "") or b"\x01\x12\0\x03" in made  # an orientation


@pytest.mark.parametrize("loop", [None, 0, 3])
def test_an_animation_repeats_as_before(loop: int | None) -> None:
    options = {} if loop is None else {"loop": loop}
    for kind in ("GIF", "PNG", "WEBP"):
        made, _ = strip_metadata(saved(kind, **SEVERAL, **options, **({"comment": NOTE} if kind == "GIF" else {})))
        original = saved(kind, **SEVERAL, **options)
        assert Image.open(io.BytesIO(made)).info.get("loop") == Image.open(io.BytesIO(original)).info.get("loop")


@pytest.mark.parametrize(
    "axes", ["ImageJ=1.53\nimages=3\nslices=3", '<?xml version="1.0"?><OME xmlns="x"/>', '{"shape": [3, 30, 40]}']
)
def test_the_axes_of_a_stack_stay(axes: str) -> None:
    made, _ = strip_metadata(saved("TIFF", description=axes, artist="Jane Doe"))
    assert b"Jane" not in made
    assert Image.open(io.BytesIO(made)).tag_v2[270] == axes  # type: ignore[attr-defined]


def test_the_coordinates_of_a_map_stay() -> None:
    made, _ = strip_metadata(saved("TIFF", artist="Jane Doe", tiffinfo={33550: (1.0, 1.0, 0.0), 34737: "WGS 84"}))
    assert b"WGS 84" in made


def test_a_raw_picture_is_named() -> None:
    for tag in ({50706: b"\1\4\0\0"}, {262: 32803}):
        original = saved("TIFF", tiffinfo=tag, artist="Jane Doe")
        if 262 in tag:  # Pillow writes its own
            at = original.index(struct.pack("<HHI", 262, 3, 1)) + 8
            original = original[:at] + struct.pack("<H", 32803) + original[at + 2 :]
        made, warning = strip_metadata(original)
        assert made == original
        assert "raw picture" in warning


def test_a_text_that_lies_in_the_pixels_is_not_wiped() -> None:
    original = saved("TIFF", artist="Jane Doe of Acme")
    at = original.index(struct.pack("<HH", 315, 2)) + 8
    strip = original.index(struct.pack("<HHI", 273, 4, 1)) + 8
    damaged = original[:at] + original[strip : strip + 4] + original[at + 4 :]
    made, warning = strip_metadata(damaged)
    assert made == damaged
    assert warning.startswith("is damaged")


def test_heic_is_cleaned_as_avif_is() -> None:
    if not features.check("avif"):
        pytest.skip("Pillow was built without it")
    avif = saved("AVIF", **CAMERA)
    made, warning = strip_metadata(avif.replace(b"ftypavif", b"ftypheic", 1))
    assert (made, warning) == (strip_metadata(avif)[0].replace(b"ftypavif", b"ftypheic", 1), "")


def test_jpeg_xl_loses_its_boxes() -> None:
    codestream = box(b"jxlc", b"\xff\x0a" + bytes(20))
    start = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    original = (
        start
        + box(b"Exif", NOTE)
        + box(b"xml ", XMP + NOTE)
        + box(b"brob", b"xml " + NOTE)
        + codestream
        + box(b"jumb", NOTE)
    )
    made, warning = strip_metadata(original)
    assert warning == ""
    assert len(made) == len(original)
    assert made[made.index(codestream) :].startswith(codestream)
    assert not [word for word in WORDS if word in made]


def test_exiftool_finds_nothing_that_it_wrote(tmp_path: Path, need: Callable[..., str]) -> None:
    """exiftool writes wherever a format has room for it, and looks there again."""
    exiftool = need("exiftool", "libimage-exiftool-perl")
    kinds = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tif": "TIFF"}
    kinds |= {"avif": "AVIF"} if features.check("avif") else {}
    kinds |= {"jp2": "JPEG2000"} if features.check("jpg_2000") else {}
    for ending, kind in kinds.items():
        (tmp_path / f"a.{ending}").write_bytes(saved(kind))
    written = "-GPSLatitude=51 -GPSLatitudeRef=N -Artist=Jane -Make=Acme -XMP:Creator=Jane -IPTC:By-line=Jane -Comment=private"
    files = [str(tmp_path / f"a.{ending}") for ending in kinds]
    subprocess.run(
        [exiftool, "-q", "-m", "-overwrite_original", *written.split(), *files], check=True, capture_output=True
    )
    originals = {ending: (tmp_path / f"a.{ending}").read_bytes() for ending in kinds}
    for ending, original in originals.items():
        assert has_metadata(original), ending
        made, warning = strip_metadata(original)
        assert warning == ""
        assert frames(made) == frames(original)
        (tmp_path / f"a.{ending}").write_bytes(made)
    said = subprocess.run([exiftool, "-json", "-G", *files], capture_output=True, text=True, check=True)
    for tags in json.loads(said.stdout):
        assert not [
            tag for tag in tags if re.search(r"GPS|Make|Artist|Creator|By-line|Comment|XMP|IPTC|Warning", tag)
        ], tags


def test_a_look_at_a_hundred_megabytes_is_cheap(tmp_path: Path) -> None:
    """Mapped, of a large picture only what is asked for is read."""
    import mmap
    import tracemalloc

    clean, _ = strip_metadata(saved("JPEG"))
    file = tmp_path / "a.jpg"
    with file.open("wb") as opened:
        opened.write(clean[:-2])
        opened.truncate(100_000_000)
        opened.seek(0, 2)
        opened.write(b"\xff\xd9")
    with file.open("rb") as opened:
        tracemalloc.start()
        assert not has_metadata(memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)))
        assert tracemalloc.get_traced_memory()[1] < 100_000
        tracemalloc.stop()
