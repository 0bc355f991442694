"""Titles that citations repeat are printed once: the forms in which 456 of 477 citations do."""

import pytest
from markupsafe import Markup

from plugins.collections.citation import without_title

CASES = {  # citation, title → what is left
    "straight quotes": ('Lee, A. (2020). "On Things." J. 1.', "On Things", "Lee, A. (2020). J. 1."),
    "quotes with the full stop behind them": ('Lee. "On Things". J.', "On Things", "Lee. J."),
    "curly quotes": ("Lee. “On Things.” J.", "On Things", "Lee. J."),
    "quotes of other languages": ("Lee. «On Things», J.", "On Things", "Lee. J."),
    "Chinese brackets": ("李. 《论事》, 刊.", "论事集论事集", "李. 《论事》, 刊."),
    "Chinese brackets around the title": ("李雷.《关于事物的研究》. 学报", "关于事物的研究", "李雷.学报"),
    "single quotes": ("Lee. 'On Things', J.", "On Things", "Lee. J."),
    "no quotes": ("Lee. On Things. J.", "On Things", "Lee. J."),
    "no mark behind": ("Lee (2020) On Things J.", "On Things", "Lee (2020) J."),
    "another case": ("Lee. On things. J.", "On Things", "Lee. J."),
    "a full stop at the end of the title": ("Lee. On Things. J.", "On Things.", "Lee. J."),
    "a question mark": ("Lee. “What Are Things?” J.", "What Are Things?", "Lee. J."),
    "other dashes": ("Lee. On Things – A Study. J.", "On Things - A Study", "Lee. J."),
    "other quotes within": ("Lee. “On ‘Things’.” J.", 'On "Things"', "Lee. J."),
    "an ampersand": ("Lee. On Things &amp; Co. J.", "On Things &amp; Co", "Lee. J."),
    "in italics": ("Lee. <i>On Things</i>. J.", "On Things", "Lee. J."),
    "in italics within quotes": ('Lee. "<i>On Things</i>." J.', "On Things", "Lee. J."),
    "quotes within italics": ("Lee. <i>“On Things.”</i> J.", "On Things", "Lee. J."),
    "italics in it": ("Lee. On <i>E. coli</i> Things. J.", "On E. coli Things", "Lee. J."),
    "italics in the title too": ("Lee. On <i>E. coli</i>. J.", "On <em>E. coli</em>", "Lee. J."),
    "at the beginning": ("On Things. Lee, J.", "On Things", "Lee, J."),
    "at the end": ("Lee, J. On Things", "On Things", "Lee, J."),
    "alone": ("“On Things.”", "On Things", ""),
    "accents": ("Lee. Über Größe. J.", "über größe", "Lee. J."),
    "not there": ("Lee. Other. J.", "On Things", "Lee. Other. J."),
    "a part of a word": ("Lee. Upon Thingsness. J.", "on things", "Lee. Upon Thingsness. J."),
    "in a link's address alone": ('Lee. <a href="/On-Things">J</a>', "On Things", 'Lee. <a href="/On-Things">J</a>'),
    "a short title": ("Go, A. Go. Go J.", "Go", "Go, A. Go. Go J."),
    "twice": ("Lee. On Things. In: On Things, ed.", "On Things", "Lee. In: On Things, ed."),
}


@pytest.mark.parametrize(("citation", "title", "left"), CASES.values(), ids=CASES)
def test_a_citation_without_its_title(citation: str, title: str, left: str) -> None:
    assert without_title(Markup(citation), Markup(title)) == (left, [])


def test_a_link_around_the_title_is_kept_for_it() -> None:
    citation = Markup('Lee. "<a href="https://x.org/?a&amp;b">On Things</a>". J.')
    assert without_title(citation, Markup("On Things")) == ("Lee. J.", ["https://x.org/?a&b"])


def test_tags_that_begin_or_end_in_the_title_stay_balanced() -> None:
    citation = Markup("<b>Lee. On</b> <i>Things. J</i>.")
    assert without_title(citation, Markup("On Things"))[0] == "<b>Lee. </b><i>J</i>."
