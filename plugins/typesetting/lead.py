"""The first paragraph that says something is set larger, with an initial where its script has them."""

import re
from xml.etree.ElementTree import Element

SHORTEST, LONGEST = 60, 450  # letters of a paragraph that is set larger; shorter ones are greetings
_PASSED_OVER = frozenset("a span br p div anchor".split())
_INITIAL = re.compile(r"[A-ZÀ-ÖØ-ÞŁŠŽΑ-ΩА-Я][\w’'. -]")  # after which two letters fit the second line


def mark_lead(root: Element) -> None:
    """Give the first paragraph of a page its class, if it is long enough and not too long.

    Empty anchors and greetings before it are passed over; a heading, a list or a picture is not.
    """
    for element in root:
        text = " ".join("".join(element.itertext()).split())
        if element.tag == "p" and SHORTEST <= len(text) <= LONGEST and element.find(".//img") is None:
            initial = " initial" if len(text) >= 2 * SHORTEST and _begins_plainly(element) else ""
            element.set("class", f"{element.get('class', '')} lead{initial}".strip())
            return
        is_greeting = element.tag == "p" and len(text) < SHORTEST
        if element.tag not in _PASSED_OVER or not (is_greeting or not text) or element.find(".//img") is not None:
            return


def _begins_plainly(element: Element) -> bool:
    return _INITIAL.match((element.text or "").lstrip()) is not None
