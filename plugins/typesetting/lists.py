"""Lists of a page, so that an eye finds its way: news by their dates, publications by their names and links.

- a list whose items begin with dates gets a column for them, and under a heading such as "News" those after the eighth
  are folded;
- in items, initials stay with the name after them, and a run of links at the end stays together;
- a heading that is a year is marked as one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

SHOWN = 8  # news that are not folded
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_UNTOUCHED = frozenset("pre code kbd samp math svg script style textarea".split())
_INLINE = frozenset("strong b em i code span time mark u small font".split())
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_NEWS = re.compile(
    r"\b(?:news|updates?|announcements?|latest|what.s new|highlights|aktuelles|neuigkeiten|nouvelles|actualités|"
    r"noticias|novedades|novidades)\b|新闻|新聞|动态|動態|消息|お知らせ|ニュース|소식|أخبار",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?,?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MOMENT = (
    rf"(?:{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s*\d{{4}}|\d{{4}}\s*{_MONTH}(?:\s+{_DAY})?|"
    r"(?:Spring|Summer|Autumn|Fall|Winter)\s+\d{4}|\d{4}年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|"
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}[./-]\d{4}|(?:19|20)\d\d(?:[./-]\d{1,2}){0,2})"
)
_WHEN = rf"{_MOMENT}(?:\s*[–—-]+\s*(?:{_MOMENT}|present|now))?"
_WHOLE_DATE = rf"\s*[\[(]?\s*({_WHEN})\s*[\])]?\s*[:.,–—|-]?\s*"
_FIRST_DATE = rf"\s*(?:[\[(]\s*({_WHEN})\s*[\])]\s*[:.,–—|-]?|({_WHEN})\s*(?:[:,–—|]|\s-|\.\s))\s*"
_AFTER_DATE = re.compile(r"[\s:.,–—|-]*")
_INITIAL = re.compile(r"(?<!\w)([A-Z]\.)[ \n]+(?=[A-Z])")
_LAST_INITIAL = re.compile(r"(?<!\w)([A-Z]\.)[ \n]+\Z")
_BETWEEN_LINKS = re.compile(r"[\s\[\](){}|/,;·•.]*")
_OPENING = re.compile(r"[\[({|]*\Z")
_LONGEST_LABEL = 24  # characters of a link that is one of a run: "PDF", "Supplementary material"


class _Date(NamedTuple):
    """A date at the beginning of ``holder``'s text, or all of its first ``child``, and its text without brackets."""

    holder: Element
    child: Element | None
    text: str


def arrange(root: Element, older: str) -> None:
    """Arrange the lists of a converted page; ``older`` is the word over news that are folded."""
    heading = ""
    for element in list(root.iter()):
        if element.tag in _HEADINGS:
            heading = "".join(element.itertext())
            if _YEAR.fullmatch(heading):
                element.set("class", f"{element.get('class', '')} year".strip())
        elif element.tag in ("ul", "ol"):
            items = [item for item in element if item.tag == "li"]
            for item in items:
                _tie_initials(item)
                _keep_links_together(item)
            if element.tag == "ul" and _set_dates(items):
                element.set("class", f"{element.get('class', '')} dated".strip())
                if _NEWS.search(heading):
                    _fold(element, items[SHOWN:], older)


def _set_dates(items: list[Element]) -> bool:
    """Put the date of each item into an element of its own, if most of three or more items begin with one."""
    dates = [_date_of(item) for item in items]
    if len(items) < 3 or sum(map(bool, dates)) * 4 < len(items) * 3:
        return False
    for date in filter(None, dates):
        when = Element("span", {"class": "when"})
        when.text = date.text
        if date.child is None:
            when.tail = " " + re.sub(_FIRST_DATE, "", date.holder.text or "", count=1, flags=re.IGNORECASE)
        else:
            when.tail = " " + _AFTER_DATE.sub("", date.child.tail or "", count=1)
            date.holder.remove(date.child)
        date.holder.text = None
        date.holder.insert(0, when)
    return True


def _date_of(item: Element) -> _Date | None:
    """Return the date with which an item begins."""
    holder = item
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        holder = item[0]
    text = holder.text or ""
    if text.strip():
        match = re.match(_FIRST_DATE, text, re.IGNORECASE)  # compiled by the first list: it takes a while
        return _Date(holder, None, match[1] or match[2]) if match else None
    child = holder[0] if len(holder) and holder[0].tag in _INLINE else None
    if child is None or len(child) > 1:
        return None
    match = re.fullmatch(_WHOLE_DATE, "".join(child.itertext()), re.IGNORECASE)
    return _Date(holder, child, match[1]) if match else None


def _fold(element: Element, items: list[Element], older: str) -> None:
    """Move items into a list that a reader opens."""
    if len(items) < 2:
        return
    gone = set(items)
    element[:] = [item for item in element if item not in gone]
    rest, details = Element("ul", {"class": "dated"}), Element("details")
    rest.extend(items)
    summary = Element("summary")
    summary.text = older
    details.extend((summary, rest))
    last = Element("li", {"class": "older"})
    last.append(details)
    element.append(last)


def _tie_initials(item: Element) -> None:
    """Put no-break spaces behind initials: in ``J. A. Doe`` both."""
    for element in _texts(item):
        if element.text:
            element.text = _tied(element.text, element[0] if len(element) else None)
        for child, after in zip(element, [*element[1:], None], strict=False):
            if child.tail:
                child.tail = _tied(child.tail, after)


def _tied(text: str, after: Element | None) -> str:
    if ". " not in text and ".\n" not in text:
        return text
    text = _INITIAL.sub("\\1\u00a0", text)
    begins = next(filter(None, after.itertext()), "") if after is not None and after.tag in _INLINE | {"a"} else ""
    return _LAST_INITIAL.sub("\\1\u00a0", text) if begins[:1].isupper() else text


def _texts(item: Element) -> Iterator[Element]:
    """Yield the elements of an item whose text is its own: not those of lists inside it, which have their turn."""
    waiting = [item]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in element if child.tag not in _UNTOUCHED and child.tag not in ("ul", "ol")]


def _keep_links_together(item: Element) -> None:
    """Put two or more links with short labels at the end of a paragraph into one element."""
    for holder in (item, *(child for child in item if child.tag == "p")):
        inline = list(holder)
        while inline and inline[-1].tag in ("ul", "ol", "p", "br"):
            inline.pop()
        run: list[Element] = []
        for child in reversed(inline):
            label = "".join(child.itertext())
            if child.tag != "a" or len(label) > _LONGEST_LABEL or not _BETWEEN_LINKS.fullmatch(child.tail or ""):
                break
            run.append(child)
        if len(run) < 2:
            continue
        run.reverse()
        place = len(inline) - len(run)
        before = holder[place - 1] if place else None
        text = (holder.text if before is None else before.tail) or ""
        opening = _OPENING.search(text)
        links = Element("span", {"class": "links"})
        links.text = opening[0] if opening else ""
        rest = text[: len(text) - len(links.text)]
        if before is None:
            holder.text = rest
        else:
            before.tail = rest
        holder[place : len(inline)] = [links]
        links.extend(run)
        last = run[-1].tail or ""
        run[-1].tail, links.tail = last.rstrip(), last[len(last.rstrip()) :]
