"""The settings of Pelican that this program needs: a site's pelicanconf.py begins with ``from … import *`` of them.

This project's own settings, with their defaults and what they do, are in `plugins.settings`.
https://docs.getpelican.com/en/latest/settings.html
"""

from pathlib import Path

from . import ignored as _ignored

_HERE = Path(__file__).parent
_PACKAGE = __name__.partition(".")[0]  # "plugins" in a checkout, "frontispiece" where it is installed

# --- Where things are ---------------------------------------------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = str(_HERE / "theme" if (_HERE / "theme").is_dir() else _HERE.parent / "theme")
PAGE_PATHS = ["pages"]
ARTICLE_PATHS = ["articles"]
STATIC_PATHS: list[str] = []  # empty: every other folder of the content is copied
EXTRA_PATH_METADATA: dict[str, dict[str, str]] = {}  # files below content/root/ are added: they go to the site's root
IGNORE_FILES = [*_ignored.FILES, *_ignored.FOLDERS]  # what editors and systems leave
FILENAME_METADATA = ""  # the reader takes an article's date from its name, as Jekyll does
READERS = {"rst": None}  # pages are Markdown, or HTML with front matter
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

# --- The build ----------------------------------------------------------------------------------------------------
PLUGIN_PATHS = ["."]
PLUGINS = [_PACKAGE]
MARKDOWN = {"extensions": [f"{_PACKAGE}.kramdown"], "output_format": "html"}
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# --- What the site has beside its pages ---------------------------------------------------------------------------
DIRECT_TEMPLATES = ["404"]  # with SITEURL also sitemap, robots and llms, which hold whole addresses
TEMPLATE_EXTENSIONS = [".html", ".xml", ".txt"]
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"  # one in content/root/ takes its place
LLMS_SAVE_AS = "llms.txt"

# --- What the site does not have ----------------------------------------------------------------------------------
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
TAG_SAVE_AS = ""
TAGS_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
THEME_STATIC_DIR = ""
