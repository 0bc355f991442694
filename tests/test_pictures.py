"""The author's picture becomes small, upright, modern and free of metadata; one that cannot is reported."""

import io
import json
import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, features

from plugins.pictures import Cache, make_picture
from plugins.problems import InvalidValueError
from tests.author_profile.pictures import photograph
from tests.conftest import Site

NO_CACHE = Cache(load=lambda name: None, store=lambda name, data: None)
PAGE = "---\npermalink: /\nauthor_profile: true\n---\nHello.\n"
EXIF = Image.Exif()
EXIF[0x010F], EXIF[0x0110], EXIF[0x013B] = "Acme", "Acme Phone 9", "Jane Doe"  # make, model, artist
EXIF.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 7.0), 3: "W", 4: (1.0, 15.0, 28.0)})  # where it was taken
EXIF[0x0112] = 6  # lies on its side


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_600_kb_picture_becomes_six_files_of_together_under_60_kb(site: Site) -> None:
    original = photograph(900, 800)
    assert 550_000 < len(original) < 900_000
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: me.png\n")
    site.write("content/images/me.png", original)
    site.write("content/pages/about.md", PAGE)
    built = site.build()
    assert built.lines == []
    files = [name for name in built.files() if name.startswith("images/portrait-")]
    assert sorted(re.sub(r"portrait-[0-9a-f]{10}", "", name) for name in files) == [
        "images/-1x.avif", "images/-1x.jpg", "images/-1x.webp", "images/-2x.avif", "images/-2x.jpg", "images/-2x.webp",
    ]  # fmt: skip
    assert sum((built.output / name).stat().st_size for name in files) < 60_000
    for name in files:
        side = 608 if "-2x" in name else 304
        assert opened((built.output / name).read_bytes()).size == (side, side)
    html = built.text("index.html")
    assert re.search(
        r'<source type="image/avif" srcset="/images/portrait-\w+-1x.avif 1x, /images/portrait-\w+-2x.avif 2x">', html
    )
    assert re.search(r'<img class="u-photo" src="/images/portrait-\w+-1x.jpg" srcset="/images/portrait-\w+-2x.jpg 2x" '
                     r'width="304" height="304" alt="Yuhang Song">', html)  # fmt: skip


def test_the_second_build_reuses_the_portraits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: me.png\n")
    site.write("content/images/me.png", photograph(60, 60))
    site.write("content/pages/about.md", PAGE)
    first = site.build().files()
    monkeypatch.setattr(Image, "open", lambda *_: pytest.fail("a cached portrait does not need Pillow"))
    assert site.build().files() == first


SHAPES = {
    "square": (300, 200, "square", (100, 100), (200, 200)),
    "a plate of a tall picture": (400, 600, "plate", (80, 100), (160, 200)),
    "a plate of one that is not as tall": (400, 440, "plate", (91, 100), (182, 200)),
    "a plate of a wide one": (300, 200, "plate", (100, 100), (200, 200)),
    "whole": (300, 200, "whole", (100, 67), (200, 133)),
    "a tall one whole": (200, 400, "whole", (50, 100), (100, 200)),
    "a small one": (60, 60, "circle", (100, 100), None),
    "a middling one": (150, 150, "square", (100, 100), (150, 150)),
}


@pytest.mark.parametrize("case", SHAPES)
def test_a_picture_is_cut_to_its_shape_and_never_enlarged(case: str) -> None:
    width, height, shape, css, largest = SHAPES[case]
    portrait = make_picture(photograph(width, height), 100, shape, NO_CACHE)
    assert (portrait.width, portrait.height) == css
    sizes = {file.scale: opened(file.data).size for file in portrait.files}
    assert sizes.get(2) == largest
    assert sizes[1] == (css if width >= 100 else (60, 60))


def test_a_picture_on_its_side_is_turned_upright_and_loses_its_metadata(
    tmp_path: Path, need: Callable[..., str]
) -> None:
    exiftool = need("exiftool", "libimage-exiftool-perl")
    top = Image.new("RGB", (80, 120), "red")
    top.paste("blue", (0, 0, 40, 120))  # on its side: the left half is the bottom… of an upright picture
    file = io.BytesIO()
    top.save(file, "JPEG", exif=EXIF, comment=b"private")
    portrait = make_picture(file.getvalue(), 60, "whole", NO_CACHE)
    assert (portrait.width, portrait.height) == (60, 40)
    for made in portrait.files:
        (tmp_path / made.name).write_bytes(made.data)
        red, _, blue = opened(made.data).convert("RGB").getpixel((30, 4))  # type: ignore[misc]
        assert blue > 150 > red
    said = subprocess.run(
        [exiftool, "-json", "-G", *tmp_path.glob("portrait-*")], capture_output=True, text=True, check=True
    )
    for tags in json.loads(said.stdout):
        assert not [tag for tag in tags if re.search(r"GPS|Make|Model|Artist|Author|Creator|Comment|EXIF|XMP", tag)]


MODES = {
    "CMYK": ("JPEG", "CMYK"),
    "grey": ("PNG", "L"),
    "16 bits of grey": ("PNG", "I;16"),
    "a palette": ("PNG", "P"),
    "black and white": ("PNG", "1"),
    "TIFF": ("TIFF", "RGB"),
    "WebP": ("WEBP", "RGB"),
    "GIF": ("GIF", "P"),
    "BMP": ("BMP", "RGB"),
}


@pytest.mark.parametrize("case", MODES)
def test_every_kind_of_picture_becomes_rgb(case: str) -> None:
    kind, mode = MODES[case]
    portrait = make_picture(photograph(80, 80, kind, mode), 40, "square", NO_CACHE)
    assert portrait.warning == ""
    for file in portrait.files:
        assert opened(file.data).mode == "RGB"
    kinds = {file.type for file in portrait.files}
    assert kinds == {"image/avif", "image/webp", "image/jpeg"} - (set() if features.check("avif") else {"image/avif"})


def test_what_is_transparent_stays_transparent() -> None:
    picture = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (20, 20, 60, 60))
    file = io.BytesIO()
    picture.save(file, "PNG")
    portrait = make_picture(file.getvalue(), 40, "square", NO_CACHE)
    assert portrait.files[-1].type == "image/png"
    for made in portrait.files:
        image = opened(made.data).convert("RGBA")
        assert image.getpixel((0, 0))[3] < 20  # type: ignore[index]
        assert image.getpixel((image.width // 2, image.height // 2))[3] > 235  # type: ignore[index]


def test_an_alpha_channel_that_hides_nothing_is_dropped() -> None:
    portrait = make_picture(photograph(80, 80, "PNG", "RGBA"), 40, "square", NO_CACHE)
    assert portrait.files[-1].type == "image/jpeg"


def test_the_first_frame_of_an_animation_is_shown_with_a_warning() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    portrait = make_picture(file.getvalue(), 40, "square", NO_CACHE)
    assert portrait.warning == "is animated; only its first frame is shown"
    assert opened(portrait.files[-1].data).convert("RGB").getpixel((20, 20))[0] > 200  # type: ignore[index]


def test_an_svg_is_shown_unchanged() -> None:
    svg = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    portrait = make_picture(svg, 40, "square", NO_CACHE)
    assert [(file.type, file.data) for file in portrait.files] == [("image/svg+xml", svg)]


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that claims to have 900 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


BROKEN = {
    "no picture": (b"hello", "is not a picture that can be read"),
    "an empty file": (b"", "is not a picture that can be read"),
    "half a picture": (photograph(80, 80)[:2000], "is a damaged picture"),
    "a bomb": (bomb(), "has too many pixels"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_not_a_picture_is_refused(case: str) -> None:
    data, message = BROKEN[case]
    with pytest.raises(InvalidValueError, match=message) as error:
        make_picture(data, 40, "square", NO_CACHE)
    assert error.value.hint


def test_the_problem_names_the_key(site: Site) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: me.png\n")
    site.write("content/images/me.png", b"hello")
    site.write("content/pages/about.md", PAGE)
    assert site.build().lines == [
        "content/authors.yml:2: avatar: 'me.png' is not a picture that can be read; save it as JPEG or PNG"
    ]


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("me.png", "images/me.png"),
        ("images/me.png", "images/me.png"),
        ("/images/me.png", "images/me.png"),
        ("./images/me.png", "images/me.png"),
        ("my%20photo.png", "images/my photo.png"),
        ("my photo.png", "images/my photo.png"),
        ("照片.png", "images/照片.png"),
        ("e\u0301.png", "images/\u00e9.png"),
        ("assets/img/me.png", "assets/img/me.png"),
        ("https://jane.example.org/images/me.png", "images/me.png"),
    ],
)
def test_the_picture_is_found_however_it_is_written(site: Site, written: str, file: str) -> None:
    site.write("content/authors.yml", f'Yuhang Song:\n  avatar: "{written}"\n')
    site.write(f"content/{file}", photograph(40, 40))
    site.write("content/pages/about.md", PAGE)
    built = site.build(SITEURL="https://jane.example.org")
    assert built.lines == []
    assert "images/portrait-" in built.text("index.html")


def test_a_name_that_differs_in_case_is_reported(site: Site) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: Me.PNG\n")
    site.write("content/images/me.png", photograph(40, 40))
    site.write("content/pages/about.md", PAGE)
    assert site.build().lines == [
        "content/authors.yml:2: avatar: 'Me.PNG' does not exist; write 'me.png', as the file is called"
    ]


def test_a_picture_on_another_site_is_shown_with_a_warning(site: Site) -> None:
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: https://example.net/me.png\n")
    site.write("content/pages/about.md", PAGE)
    built = site.build()
    assert '<img class="u-photo" src="https://example.net/me.png" width="304" height="304"' in built.text("index.html")
    assert built.lines == [
        "content/authors.yml:2: warning: avatar: 'https://example.net/me.png' is on another site, from which every visitor's "
        "browser will load it; put the picture into content/images"
    ]


def halves(upper: str, lower: str, size: tuple[int, int], share: float) -> bytes:
    """Return a picture whose upper part has one colour and the rest the other."""
    image = Image.new("RGB", size, lower)
    image.paste(upper, (0, 0, size[0], round(size[1] * share)))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("written", "is_red"),
    [
        ("", True),
        ("avatar_focus: top", True),
        ("avatar_focus: bottom", False),
        ("avatar_focus: 50% 0%", True),
        ("avatar_focus: center bottom", False),
        ("avatar_focus: '50% 100%'", False),
    ],
)
def test_a_tall_picture_is_cut_around_the_face(site: Site, written: str, is_red: bool) -> None:
    """By default around its upper third; else where the author says."""
    site.write("content/authors.yml", f"Yuhang Song:\n  avatar: me.png\n  {written}\n")
    site.write("content/images/me.png", halves("red", "blue", (200, 900), 0.45))
    site.write("content/pages/about.md", PAGE)
    built = site.build()
    assert built.lines == []
    name = next(name for name in built.files() if name.endswith("1x.jpg"))
    red, _, blue = opened((built.output / name).read_bytes()).convert("RGB").getpixel((100, 125))  # type: ignore[misc]
    assert (red > blue) == is_red


@pytest.mark.parametrize("value", ["up", "120%", "50 20", "[1, 2]", "true", "top left right", "50% 20% 3%"])
def test_a_focus_that_is_none_is_reported(site: Site, value: str) -> None:
    site.write("content/authors.yml", f"Yuhang Song:\n  avatar: me.png\n  avatar_focus: {value}\n")
    site.write("content/images/me.png", photograph(60, 60))
    site.write("content/pages/about.md", PAGE)
    (line,) = site.build().lines
    assert "content/authors.yml:3: warning: avatar_focus:" in line
