"""What each key of an entry's front matter means: the tables that a reader extends.

Keys are found by their `name`: case, spaces, hyphens and underscores do not count. Those without a meaning of their own
are in `links` where they hold an address.
"""

import re
from difflib import get_close_matches
from functools import cache


@cache
def name(key: str) -> str:
    """Return the form of a key by which the tables list it: ``short-venue`` → ``shortvenue``."""
    return re.sub(r"[-_\s.]+", "", key.casefold())


_FACTS = {  # a fact of `Entry` → the keys that hold it; the first that says something counts
    "title": "title listtitle",
    "authors": "authors author",
    "coauthors": "coauthors coauthor",
    "citation": "citation",
    "venue": "venue journal conference conf booktitle shortvenue confshortname",
    "date": "date published year pubdate daterange years",
    "kind": "type ispreprint",
    "category": "category categories",
    "award": "award awards honor honors honour honours prize",
    "abstract": "abstract excerpt summary",
    "bibtex": "bibtex",
    "picture": "teaser image img picture photo thumbnail overlayimage",
    "selected": "selected featured highlight",
    "order": "displayorder order weight",
    "permalink": "permalink",
    "redirects": "redirectfrom",
}
FACTS = {key: fact for fact, keys in _FACTS.items() for key in keys.split()}
PRECEDENCE = {key: rank for keys in _FACTS.values() for rank, key in enumerate(keys.split())}

FLAGS = {"ispreprint": "Preprint"}  # keys that are true or not → what they say

DETAILS = {  # keys that are printed as they are, with a label
    "additional": "Note",
    "audience": "Audience",
    "category2": "Category",
    "chapter": "Chapter",
    "city": "City",
    "confshortname": "Conference",
    "country": "Country",
    "course": "Course",
    "daterange": "Dates",
    "description": "Description",
    "duration": "Duration",
    "edition": "Edition",
    "editor": "Editor",
    "editors": "Editors",
    "event": "Event",
    "funder": "Funder",
    "funding": "Funding",
    "grant": "Grant",
    "institution": "Institution",
    "isbn": "ISBN",
    "issn": "ISSN",
    "issue": "Issue",
    "keywords": "Keywords",
    "level": "Level",
    "listtitle": "Listed as",
    "loc": "Location",
    "location": "Location",
    "metalabel": "Label",
    "month": "Month",
    "number": "Number",
    "pages": "Pages",
    "period": "Period",
    "projectgroup": "Group",
    "projecttype": "Type of project",
    "publisher": "Publisher",
    "role": "Role",
    "school": "School",
    "section": "Section",
    "semester": "Semester",
    "series": "Series",
    "shortvenue": "Venue",
    "state": "State",
    "status": "Status",
    "students": "Students",
    "subtitle": "Subtitle",
    "supervisor": "Supervisor",
    "tags": "Tags",
    "term": "Term",
    "university": "University",
    "volume": "Volume",
    "years": "Years",
}

FIELDS = {  # keys that BibTeX has too, by its name
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "pages": "pages",
    "publisher": "publisher",
    "series": "series",
    "edition": "edition",
    "editor": "editor",
    "editors": "editor",
    "chapter": "chapter",
    "isbn": "isbn",
    "issn": "issn",
    "institution": "institution",
    "school": "school",
}

IGNORED = frozenset(  # what only the old theme, Jekyll or Pelican needs to know
    "layout collection authorprofile comments share readtime related classes toc toclabel tocicon tocsticky "
    "breadcrumbs sidebar showdate mathjax math usemath katex search sitemap slug output ext excerptseparator nav "
    "navorder pagination robots template saveas modified lastmodifiedat lastupdated scriptlangs redirectto publish "
    "draft unpublished private authorid gallery featurerow entrieslayout lang header.caption header.overlaycolor "
    "header.overlayfilter header.imagedescription header.ctalabel header.ogimage header.video".replace(".", "").split()
)

IN_HEADER = frozenset("teaser image overlayimage actions ctaurl".split())  # the keys inside `header` that say something


def hint(key: str) -> str:
    """Return what an author may do about a key that means nothing."""
    close = get_close_matches(name(key), (*FACTS, *DETAILS), 1, 0.8)
    return f"write '{close[0]}'" if close else "delete it, or write what it says into the text"
