"""Which files browsers may keep for a year."""

import pytest

from plugins.caching import IMMUTABLE, REVALIDATE, cache_control


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("images/portrait-0123456789-2x.webp", id="a portrait"),
        pytest.param("images/portrait-0123456789.svg", id="a drawn portrait"),
        pytest.param("files/app.0a1b2c3d.css", id="eight digits"),
        pytest.param("files/app.1234567a.js", id="a letter in the last place"),
        pytest.param("files/app.123456ab.js", id="a letter in the seventh place"),
        pytest.param("files/app.0123456789abcdef.js", id="a letter in the eleventh place"),
        pytest.param("files/app.0123abcd4567.css", id="twelve digits"),
        pytest.param(f"files/app.min.{'0f' * 32}.js", id="a SHA-256"),
    ],
)
def test_a_hashed_name_is_kept_for_a_year(path: str) -> None:
    assert cache_control(path) == IMMUTABLE


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("index.html", id="a page"),
        pytest.param("files/report-20240131.pdf", id="a date after a dash"),
        pytest.param("files/report.20240131.pdf", id="a date after a dot"),
        pytest.param("files/talk.20240131123000.pdf", id="a date with a time"),
        pytest.param("files/550e8400-e29b-41d4-a716-446655440abc.pdf", id="a UUID"),
        pytest.param("images/portrait-2024.jpg", id="a portrait of the author's own"),
        pytest.param("files/app.0a1b2c3.css", id="seven digits"),
        pytest.param("files/app.0a1b2c3d.css.map/x", id="a folder with such a name"),
    ],
)
def test_any_other_name_is_asked_for_each_time(path: str) -> None:
    assert cache_control(path) == REVALIDATE
