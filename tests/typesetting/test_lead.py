"""The first paragraph that says something is set larger, with an initial where its script has them."""

from xml.etree.ElementTree import fromstring

import pytest

from plugins.typesetting.lead import LONGEST, SHORTEST, mark_lead

WORDS = "I study how brains learn, and how machines could learn with as little energy as brains do. " * 2


def led(html: str) -> list[str | None]:
    """Return the class of each child of a page."""
    root = fromstring(f"<div>{html}</div>")
    mark_lead(root)
    return [child.get("class") for child in root]


@pytest.mark.parametrize(
    "before",
    ["", "<p>Hi there! 👋</p>", '<span id="about"></span>', '<a name="x"></a><p>Welcome.</p>', "<p></p>", "<div id='a'> </div>"],
)  # fmt: skip
def test_greetings_and_empty_anchors_are_passed_over(before: str) -> None:
    assert led(f"{before}<p>{WORDS}</p>")[-1] == "lead initial"


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>About</h1><p>{WORDS}</p>",
        f"<ul><li>x</li></ul><p>{WORDS}</p>",
        f"<p><img/></p><p>{WORDS}</p>",
        f"<div>{WORDS}</div><p>{WORDS}</p>",
        f"<p>{'x' * (SHORTEST - 1)}</p>",
        f"<p>{'x ' * (LONGEST // 2 + 1)}</p>",
    ],
    ids=["a heading", "a list", "a picture", "a box of text", "a short one", "a long one"],
)
def test_nothing_else_is_led_in(html: str) -> None:
    assert not any(led(html))


@pytest.mark.parametrize(
    ("text", "has_initial"),
    [
        (WORDS, True),
        ("Ада изучает, " + WORDS, True),
        ("“Quoted words” " + WORDS, False),
        ("🎉 " + WORDS, False),
        ("我研究大脑如何学习，" * 10, False),
        ("أدرس كيف يتعلم الدماغ " * 6, False),
        ("2025 was a year " + WORDS, False),
        ("<strong>Jane</strong> " + WORDS, False),
        (WORDS[: SHORTEST + 20], False),
    ],
    ids=["Latin", "Cyrillic", "a quotation", "an emoji", "Chinese", "Arabic", "a number", "markup", "too short for it"],
)
def test_an_initial_needs_a_letter_of_a_script_that_has_them(text: str, has_initial: bool) -> None:
    assert led(f"<p>{text}</p>") == ["lead initial" if has_initial else "lead"]


def test_the_bounds_belong_to_it() -> None:
    assert led(f"<p>{'x' * SHORTEST}</p>") == ["lead"]
    assert led(f"<p>{'x' * LONGEST}</p>") == ["lead"]
