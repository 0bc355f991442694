"""No image of the site holds where, with what or by whom it was made; every pixel stays."""

import io
import json
import re
import subprocess
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from plugins import images
from plugins.images import has_metadata
from tests.conftest import Site

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'


def strip_metadata(data: bytes) -> bytes | None:
    """Return the picture without metadata, None if there is nothing to remove."""
    made, _ = images.strip_metadata(data)
    return None if made == data else made


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x013B] = "Acme", "Acme Phone 9", "Jane Doe"
    made.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 7.0), 3: "W", 4: (1.0, 15.0, 28.0)})
    made[0x0112] = orientation
    return made


def picture(kind: str, orientation: int = 1, **options: object) -> bytes:
    image = Image.linear_gradient("L").resize((40, 30)).convert("RGB")
    image.paste("red", (0, 0, 10, 10))
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", "Jane Doe")
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = texts
    if kind in ("JPEG", "GIF"):
        options["comment"] = b"private"
    if kind in ("JPEG", "WEBP", "AVIF"):
        options["xmp"] = XMP
    if kind == "TIFF":
        options |= {"description": "private", "artist": "Jane Doe"}
    file = io.BytesIO()
    image.save(file, kind, exif=exif(orientation), **options)  # type: ignore[arg-type]
    return file.getvalue()


KINDS = {
    "JPEG": ("JPEG", {}),
    "progressive JPEG": ("JPEG", {"progressive": True}),
    "JPEG with restarts": ("JPEG", {"restart_marker_blocks": 1}),
    "PNG": ("PNG", {}),
    "WebP": ("WEBP", {}),
    "WebP without loss": ("WEBP", {"lossless": True}),
}


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("case", KINDS)
def test_the_pixels_stay_and_the_metadata_goes(case: str, orientation: int) -> None:
    kind, options = KINDS[case]
    original = picture(kind, orientation, **options)
    made = strip_metadata(original)
    assert has_metadata(original)
    assert made is not None
    assert not [word for word in (b"Acme", b"Jane", b"private", b"xmpmeta") if word in made]
    before, after = (ImageOps.exif_transpose(Image.open(io.BytesIO(data))) for data in (original, made))
    assert before.size == after.size
    assert before.tobytes() == after.tobytes()
    assert dict(Image.open(io.BytesIO(made)).getexif()) == ({} if orientation == 1 else {0x0112: 6})
    assert strip_metadata(made) is None or orientation == 6


def test_a_second_image_behind_the_first_goes_too() -> None:
    original = picture("JPEG") + picture("JPEG")
    made = strip_metadata(original)
    assert made is not None
    assert made.count(b"\xff\xd8\xff") == 1
    assert made.endswith(b"\xff\xd9")


def test_fill_bytes_before_a_marker_are_part_of_the_scan() -> None:
    """Any number of FF may stand before a marker (ITU T.81, B.1.1.2): the image goes on behind them."""
    original = picture("JPEG", restart_marker_blocks=1)
    scan = original.index(b"\xff\xda")
    filled = original
    for marker in (b"\xff\xd1", b"\xff\xd9"):
        assert marker in original[scan:]
        filled = filled[:scan] + filled[scan:].replace(marker, b"\xff" + marker)
    made = strip_metadata(filled + picture("JPEG"))
    assert made is not None
    assert made.endswith(filled[scan:])
    assert made.count(b"\xff\xd8\xff") == 1
    assert Image.open(io.BytesIO(made)).tobytes() == Image.open(io.BytesIO(original)).tobytes()


def test_metadata_anywhere_before_the_scan_is_found() -> None:
    original = picture("JPEG")
    clean = strip_metadata(original)
    assert clean is not None
    scan = clean.index(b"\xff\xda")
    assert strip_metadata(clean[:scan] + b"\xff\xfe\0\x09private" + clean[scan:]) == clean


def test_a_jpeg_for_print_keeps_its_colours() -> None:
    """The Adobe segment states how a decoder reads the four channels."""
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (10, 200, 30, 40)).save(file, "JPEG", comment=b"private")
    made = strip_metadata(file.getvalue())
    assert made is not None
    assert b"\xff\xee\x00\x0eAdobe" in made


def test_the_header_of_a_webp_announces_what_is_left() -> None:
    """VP8X has a flag for Exif and one for XMP (RFC 9649, 2.7)."""
    for orientation, flags in ((1, 0), (6, 0x08)):
        made = strip_metadata(picture("WEBP", orientation))
        assert made is not None
        assert made[12:16] == b"VP8X"
        assert made[20] & 0x0C == flags


def test_a_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        made = strip_metadata(picture(kind, icc_profile=profile))
        assert made is not None
        assert Image.open(io.BytesIO(made)).info["icc_profile"] == profile


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html><svg/></html>", b"<?xml version='1.0'?><!-- x --><feed/>", b"\x1f\x8b"]
)
def test_another_file_is_left_as_it_is(data: bytes) -> None:
    assert images.strip_metadata(data) == (data, "")
    assert not has_metadata(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_picture_cut_short_is_cleaned_or_named(kind: str) -> None:
    whole = picture(kind)
    for length in range(16, len(whole), 7):
        made, warning = images.strip_metadata(whole[:length])
        assert warning or not [word for word in (b"Acme", b"Jane", b"private") if word in made], length


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_broken_picture_makes_it_raise_or_hang(data: st.DataObject) -> None:
    whole = bytearray(picture(data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    images.strip_metadata(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_no_image_of_the_site_holds_metadata(site: Site, need: Callable[..., str]) -> None:
    """exiftool finds no place, camera or author in any image of the output; the author's originals are untouched."""
    exiftool = need("exiftool", "libimage-exiftool-perl")
    originals = {
        "a.jpg": picture("JPEG", 6),
        "b.png": picture("PNG"),
        "c.webp": picture("WEBP"),
        "d.JPG": picture("JPEG"),
        "e.jpe": picture("JPEG"),
        "f.jfif": picture("JPEG"),
        "png.jpg": picture("PNG"),
        "webp.png": picture("WEBP"),
        "jpeg.pdf": picture("JPEG"),
        "no-ending": picture("JPEG"),
        "g.gif": picture("GIF"),
        "h.tif": picture("TIFF"),
        "i.avif": picture("AVIF"),
    }
    for name, data in originals.items():
        site.write(f"content/images/{name}", data)
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: a.jpg\n")
    site.write("content/pages/about.md", "---\npermalink: /\nauthor_profile: true\n---\n![x](/images/b.png)\n")
    built = site.build()
    assert built.lines == []
    assert {f"images/{name}" for name in originals} <= set(built.files())
    command = [exiftool, "-json", "-G", "-r", "-ext", "*", str(built.output / "images")]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(said.stdout)
    assert len(found) == len(originals) + 3  # the portrait in three formats
    for tags in found:
        assert not [tag for tag in tags if re.search(r"GPS|Make|:Model|Artist|Author|Creator|Comment|XMP|Desc", tag)], (
            tags
        )
    assert (site.root / "content/images/a.jpg").read_bytes() == originals["a.jpg"]


def test_what_cannot_be_cleaned_is_named(site: Site, home: None) -> None:
    site.write("content/images/a.psd", b"8BPS" + bytes(40))
    site.write("content/images/b.gif", b"GIF89a")
    assert site.build().lines == [
        "content/images/a.psd: warning: may hold where, with what and by whom it was made; save it as JPEG, PNG or WebP",
        "content/images/b.gif: warning: is damaged, and may hold where, with what and by whom it was made; save it again",
    ]


def test_the_author_may_publish_them_as_they_are(site: Site) -> None:
    original = picture("JPEG")
    site.write("content/images/a.jpg", original)
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHello.\n")
    built = site.build(IMAGES_STRIP_METADATA=False)
    assert (built.output / "images/a.jpg").read_bytes() == original
