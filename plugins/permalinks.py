"""Jekyll's patterns of addresses, and the form that a text has in one."""

import re
import unicodedata

POSTS = "/:categories/:title/"  # what academicpages sets for posts
STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
PRETTY = "._~!$&'()+,;=@"  # what the placeholder ``:title`` keeps


def slugify(text: str, extra: str = "", *, cased: bool = False) -> str:
    """Return letters, marks, digits and the ``extra`` characters of a text, and hyphens for the rest."""
    kept = "".join(c if c in extra or unicodedata.category(c)[0] in "LM" or c.isdecimal() else "\0" for c in text)
    slug = re.sub("\0+", "-", kept).strip("-")
    return slug if cased else slug.lower()
