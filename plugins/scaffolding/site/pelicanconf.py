"""The settings of this site. What differs in production is in publishconf.py."""

from frontispiece.defaults import *  # noqa: F403

# --- The site -------------------------------------------------------------------------------------------------
SITENAME = "Your Name"  # the site's name, in the browser's title bar
AUTHOR = "Your Name"  # whose profile the sidebar shows: a name in content/authors.yml
DEFAULT_LANG = "en"  # the language of pages that name none
TIMEZONE = "UTC"  # the time zone of your dates, such as "Europe/London"

# --- Looks ----------------------------------------------------------------------------------------------------
THEME_SCHEME = "auto"  # light or dark as the reader's system is; "light" or "dark" for one of them
THEME_ACCENT = ""  # the color of headings and links, such as "#8c1d18"; "" for the theme's own
AUTHOR_PORTRAIT_SHAPE = "plate"  # 4:5; or "square", "circle"; "whole" does not crop the picture

# --- The sidebar ----------------------------------------------------------------------------------------------
AUTHOR_FILES = ["author.vcf", "resume.json"]  # files for address books and CV tools; [] for none
AUTHOR_FILES_LINKED = False  # True: the sidebar links to them

# --- Old addresses that belong to no page ---------------------------------------------------------------------
REDIRECTS: dict[str, object] = {}  # such as {"/old/": "/new/"}; a page's own are its `redirect_from`
