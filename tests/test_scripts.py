"""Writing systems, by character and by language."""

import pytest

from plugins.scripts import direction, has_cjk, script_of, scripts_of


@pytest.mark.parametrize(
    ("characters", "script"),
    [
        ("宋々。〇", "Han"),
        ("かカｶー", "Kana"),
        ("한ㅎ", "Hangul"),
        ("שװ", "Hebrew"),
        ("ةپ", "Arabic"),
        ("ыї", "Cyrillic"),
        ("λό", "Greek"),
        ("aé1½ ℝ—", ""),
        ("\U0010ffff\x00", ""),
    ],
)
def test_a_character_has_a_script(characters: str, script: str) -> None:
    assert {script_of(character) for character in characters} == {script}


@pytest.mark.parametrize(
    ("language", "scripts"),
    [
        ("ja-JP", ("Han", "Kana")),
        ("zh_TW", ("Han",)),
        ("th", ("Thai",)),
        ("ku-Arab", ("Arabic",)),
        ("en", ()),
        ("arn", ()),
    ],
)
def test_a_language_has_scripts(language: str, scripts: tuple[str, ...]) -> None:
    """By its first subtag, unless one names the script."""
    assert scripts_of(language) == scripts


@pytest.mark.parametrize(
    ("language", "written"),
    [("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("ku-Arab", "rtl"), ("dv", "rtl"), ("ku", "ltr"), ("en", "ltr")],
)
def test_a_language_has_a_direction(language: str, written: str) -> None:
    assert direction(language) == written


def test_chinese_japanese_and_korean_are_recognized() -> None:
    assert all(map(has_cjk, ("a 宋", "カ", "한")))
    assert not any(map(has_cjk, ("", "abc", "naïve — Київ", "ไทย")))
