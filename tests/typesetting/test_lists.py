"""News get a column for their dates, publications keep their names and links together."""

from xml.etree.ElementTree import fromstring, tostring

import pytest
from markdown import markdown

from plugins.typesetting.lists import SHOWN, arrange
from tests.conftest import Site

DATES = (
    "2025.10", "2025-10", "2025/10", "2025-10-31", "10/2025", "31.10.2025", "Oct 2025", "Oct. 2025", "October 2025",
    "October, 2025", "Oct 31, 2025", "October 31st, 2025", "31 October 2025", "2025 Oct", "Fall 2025", "2025年10月",
    "2025年10月31日", "2025", "2019–2025", "Sept 2019 - Oct 2025", "2023 – present",
)  # fmt: skip
FORMS = (
    "**[{}]** {}",
    "*{}*: {}",
    "[{}] {}",
    "({}) {}",
    "{}: {}",
    "`{}` {}",
    "{} – {}",
    "**{}**, {}",
    "<b>{}</b> | {}",
)


def arranged(html: str) -> str:
    root = fromstring(f"<div>{html}</div>")
    arrange(root, "Older")
    return tostring(root, "unicode")[5:-6]


def listed(*items: str) -> str:
    return arranged(markdown("\n".join(f"- {item}" for item in items)))


@pytest.mark.parametrize("date", DATES)
def test_each_form_of_a_date_gets_its_column(date: str) -> None:
    """Without brackets and the sign behind it; the text stays."""
    for form in FORMS:
        html = listed(*(form.format(date, f"Word {number}") for number in range(3)))
        assert html.count(f'<span class="when">{date}</span> Word') == 3, form
        assert '<ul class="dated">' in html


@pytest.mark.parametrize(
    "items",
    [
        ["2025 was a good year", "2024 was too", "2023 less so"],
        ["2025: one", "2024: two"],
        ["2025: one", "two", "three", "four"],
        ["Paper of 2025: one", "Paper of 2024: two", "Paper of 2023: three"],
        ["**Doe 2025**: one", "**Doe 2024**: two", "**Doe 2023**: three"],
        ["12.5: one", "10.1: two", "3.2: three"],
    ],
    ids=["sentences", "two items", "one of four", "a date inside", "a date after a name", "numbers"],
)
def test_other_lists_stay_as_they_are(items: list[str]) -> None:
    assert listed(*items) == markdown("\n".join(f"- {item}" for item in items))


def test_news_after_the_eighth_are_folded() -> None:
    """Under such a heading only: the education of a CV stays whole."""
    items = "".join(f"<li>2025-01-{day:02}: x{day}</li>" for day in range(1, 13))
    news = arranged(f"<h2>🔥 News</h2><ul>{items}</ul>")
    shown, _, folded = news.partition("<details><summary>Older</summary>")
    assert shown.count('class="when"') == SHOWN
    assert folded.count('class="when"') == 12 - SHOWN
    assert "details" not in arranged(f"<h2>Education</h2><ul>{items}</ul>")
    assert "details" not in arranged(f"<h2>Renewsal</h2><ul>{items}</ul>")


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("J. A. Doe, M. Lee", "J.~A.~Doe, M.~Lee"),
        ("J. A. <strong>Doe</strong>", "J.~A.~<strong>Doe</strong>"),
        ("<em>J. Doe</em>", "<em>J.~Doe</em>"),
        ("Plan B. then", "Plan B. then"),
        ("<code>A. B</code>", "<code>A. B</code>"),
        ("J. <em>doe</em>", "J. <em>doe</em>"),
    ],
)
def test_initials_stay_with_the_name(text: str, tied: str) -> None:
    assert arranged(f"<ol><li>{text}</li></ol>") == f"<ol><li>{tied}</li></ol>".replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("item", "together"),
    [
        ('Title. [<a href="p">PDF</a>] [<a href="c">Code</a>]', 'Title. <span class="links">[<a href="p">PDF</a>] [<a href="c">Code</a>]</span>'),
        ('Title. <a href="p">PDF</a> | <a href="c">Code</a>.', 'Title. <span class="links"><a href="p">PDF</a> | <a href="c">Code</a>.</span>'),
        ('<a href="t">A title that is long enough not to be one</a>, <a href="p">PDF</a>', None),
        ('<a href="t">T</a> and <a href="p">U</a>', None),
        ('<a href="p">PDF</a> <a href="c">Code</a> and more', None),
    ],
)  # fmt: skip
def test_a_run_of_links_at_the_end_stays_together(item: str, together: str | None) -> None:
    assert arranged(f"<ul><li>{item}</li></ul>") == f"<ul><li>{together or item}</li></ul>"


def test_a_heading_that_is_a_year_is_marked() -> None:
    assert arranged("<h3>2024</h3><h3>2024 papers</h3>") == '<h3 class="year">2024</h3><h3>2024 papers</h3>'


@pytest.mark.parametrize("size", [2_000, 20_000])
def test_long_lists_take_linear_time(size: int) -> None:
    """Counted by what would be squared: a run of links, initials in one item, levels of markup."""
    arranged(f"<ul><li>T {'[<a>x</a>] ' * size}</li></ul>")
    arranged(f"<ul><li>{'A. ' * size}</li></ul>")
    arranged(f"<ul>{'<li>2025: x</li>' * size}</ul>")


def test_a_page_shows_them(site: Site) -> None:
    """In the page's language, and every word of it."""
    items = "\n".join(f"- **2025-01-{day:02}** Word{day}" for day in range(1, 12))
    site.write("content/pages/about.md", f"---\npermalink: /\nlang: de\n---\n## Aktuelles\n\n{items}\n")
    built = site.build()
    assert not built.failed
    html = built.text("index.html")
    assert "<summary>Ältere</summary>" in html
    assert all(f"Word{day}</li>" in html for day in range(1, 12))
