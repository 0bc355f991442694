"""A link to an author's page shows a card: the same bytes everywhere, and no boxes for letters."""

import hashlib
import io
import re

import pytest
from PIL import Image

from plugins.author_profile.card import ICON, SIZE, CardFacts, make_card, make_icon, shown
from plugins.pictures import Cache
from tests.author_profile.pictures import photograph
from tests.conftest import Site

NO_CACHE = Cache(load=lambda name: None, store=lambda name, data: None)
FACTS = CardFacts("Jane Doe", ["Professor", "University of Somewhere"], "jane.example.org", b"", "#fcf9f5", "#8b2320")
NAMES = (
    "Yuhang Song", "Maximiliane Oppenheimer-Schmidt", "宋宇航", "Yuhang Song 宋宇航", "أحمد علي", "Ада Лавлейс", "Plato",
    "Nguyễn Thị Minh Khai", "Wolfgang Amadeus Theophilus Mozart-Habsburg von Lothringen und Tirol", "",
)  # fmt: skip


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("name", NAMES)
def test_every_name_gives_a_card_with_a_margin(name: str) -> None:
    """1200 × 630, and whatever is written ends before the edges."""
    image = pixels(make_card(FACTS._replace(name=name, lines=[name, "x" * 90, "words " * 60]), NO_CACHE))
    assert image.size == SIZE
    paper = image.getpixel((1190, 300))
    for edge in ((1150, 0, 1200, 630), (580, 0, 630, 630), (600, 590, 1200, 630), (600, 0, 1200, 60)):
        assert image.crop(edge).getcolors() == [((edge[2] - edge[0]) * (edge[3] - edge[1]), paper)], edge


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Yuhang Song 宋宇航", "Yuhang Song"),
        ("宋宇航", ""),
        ("أحمد علي", ""),
        ("Ада Лавлейс", "Ада Лавлейс"),
        ("Ελένη Δούκα", "Ελένη Δούκα"),
        ("Nguyễn Thị", "Nguyễn Thị"),
        ("Jane 🎉 Doe", "Jane Doe"),
        ("Zoë — O’Neill…", "Zoë — O’Neill…"),
    ],
)
def test_words_that_the_font_has_not_are_left_out(text: str, kept: str) -> None:
    assert shown(text) == kept


def test_letters_that_the_font_has_not_are_known() -> None:
    """It has those of Europe's languages, and none of these."""
    assert shown("ÅåÄäÖöŁłŠšŽžĐđĞğŐőŞşȚțÞþÐðŒœßÿЖжЁёЇїґΆάώ").count("") > 40
    assert shown("ƁĨ ⴰ ა א ก \uffff") == ""


def test_the_bytes_depend_on_nothing_but_the_facts() -> None:
    assert make_card(FACTS, NO_CACHE) == make_card(FACTS, NO_CACHE)
    assert make_card(FACTS, NO_CACHE) != make_card(FACTS._replace(name="John Doe"), NO_CACHE)


def test_a_finished_card_is_kept() -> None:
    kept: dict[str, bytes] = {}
    cache = Cache(kept.get, kept.__setitem__)
    first = make_card(FACTS, cache)
    assert list(kept.values()) == [first]
    kept[next(iter(kept))] = b"kept"
    assert make_card(FACTS, cache) == b"kept"


@pytest.mark.parametrize("name", ["Jane Doe", "宋宇航", ""])
def test_the_icon_of_a_home_screen_has_its_size(name: str) -> None:
    image = pixels(make_icon(name, "#8b2320", NO_CACHE))
    assert image.size == (ICON, ICON)
    assert len(image.getcolors(1 << 16) or ()) > 2


PAGE = "---\npermalink: /\ntitle: About me\nauthor_profile: true\n---\nHello.\n"
IMAGE = re.compile(r'<meta property="og:image" content="https://jane.example.org/(images/card-\w+\.(?:png|jpg))">')


def test_a_published_page_names_its_card(site: Site) -> None:
    """With the name for its title; a preview without an address has neither card nor icon."""
    site.write("content/authors.yml", "Yuhang Song:\n  avatar: me.png\n  role: Professor\n")
    site.write("content/images/me.png", photograph(300, 400))
    site.write("content/pages/about.md", PAGE)
    built = site.build(production=True, SITEURL="https://jane.example.org")
    assert not built.failed, built.lines
    html = built.text("index.html")
    (name,) = IMAGE.findall(html)
    data = (built.output / name).read_bytes()
    assert pixels(data).size == SIZE
    assert name == f"images/card-{hashlib.sha256(data).hexdigest()[:10]}.jpg"
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert '<meta property="og:title" content="Yuhang Song">' in html
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in html
    assert pixels((built.output / "apple-touch-icon.png").read_bytes()).size == (ICON, ICON)
    assert "card-" not in site.build().text("index.html")
    assert "apple" not in site.build().text("index.html")


def test_the_authors_own_pictures_come_first(site: Site) -> None:
    """An icon at the root, and PREVIEW_IMAGE where there is no portrait."""
    site.write("content/authors.yml", "Yuhang Song:\n  role: Professor\n")
    site.write("content/images/own.png", photograph(300, 200))
    site.write("content/root/apple-touch-icon.png", photograph(60, 60))
    site.write("content/pages/about.md", PAGE)
    built = site.build(production=True, SITEURL="https://jane.example.org", PREVIEW_IMAGE="images/own.png")
    assert not built.failed, built.lines
    html = built.text("index.html")
    assert '<meta property="og:image" content="https://jane.example.org/images/own.png">' in html
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in html
    assert pixels((built.output / "apple-touch-icon.png").read_bytes()).size == (60, 60)
