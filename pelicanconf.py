"""Every setting of the site, in groups. What differs in production stands in publishconf.py."""

from pathlib import Path

# --- The site -------------------------------------------------------------------------------------------------
SITENAME = "Yuhang Song"
AUTHOR = "Yuhang Song"
SITEURL = ""
DEFAULT_LANG = "en"
SCRIPT_LANGS: dict[str, str] = {}  # the language of runs whose letters do not tell: {"Han": "zh-Hans"}
TIMEZONE = "UTC"

# --- Where things are -----------------------------------------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "theme"
PAGE_PATHS = ["pages"]
ARTICLE_PATHS = ["articles"]
_CONTENT = Path(__file__).parent / PATH
STATIC_PATHS = [  # every other folder is copied as it is
    folder.name for folder in sorted(_CONTENT.glob("*")) if folder.is_dir() and folder.name not in ("pages", "articles")
]
EXTRA_PATH_METADATA = {  # a file below content/root/ goes to the root of the site
    f"root/{file.relative_to(_CONTENT / 'root').as_posix()}": {"path": file.relative_to(_CONTENT / "root").as_posix()}
    for file in (_CONTENT / "root").rglob("*")
    if file.is_file()
}
IGNORE_FILES = [".gitkeep", ".DS_Store", "._*", "Thumbs.db", "*~", ".*.sw?"]  # but not .htaccess, .well-known
READERS = {"html": None, "rst": None}  # pages are Markdown

# --- Looks ----------------------------------------------------------------------------------------------------
THEME_SCHEME = "auto"  # the reader's system decides; or "light", "dark"
THEME_ACCENT = ""  # the theme's own red; or a colour, "#8c1d18" or "oklch(45% .13 27)", or two: for light and for dark

# --- The author ------------------------------------------------------------------------------------------------
AUTHOR_PORTRAIT_SIZE = 176  # the longer side of the portrait, in CSS pixels
AUTHOR_PORTRAIT_SHAPE = "square"  # or "circle", or "whole": the picture is not cut
AUTHOR_PORTRAIT_CACHE = ".cache/portraits"  # what was made of a picture is kept here
AUTHOR_FILES = ["author.vcf", "resume.json"]  # for address books and CV tools
AUTHOR_FILES_LINKED = False  # True: the sidebar links them
AUTHOR_FILES_CONTACTS: list[str] = []  # "phone", "address": what they tell beside the rest

# --- Pictures -------------------------------------------------------------------------------------------------
IMAGES_STRIP_METADATA = True  # place, camera and author are left out of every picture that is published

# --- Plugins --------------------------------------------------------------------------------------------------
PLUGIN_PATHS = ["."]
PLUGINS = ["plugins"]
MARKDOWN = {"extensions": ["plugins.kramdown"], "output_format": "html"}
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# --- Old addresses --------------------------------------------------------------------------------------------
# A page's own old addresses stand in its front matter (`redirect_from`); these belong to no page.
REDIRECTS: dict[str, object] = {}  # {"/old/": "/new/", "/talk/": {"target": "https://example.org/", "status": 302}}
REDIRECTS_FILE = "redirects.yml"  # the same as YAML, below content/; it need not exist

# --- What the site has beside its pages -----------------------------------------------------------------------
DIRECT_TEMPLATES = ["404"]  # publishconf.py adds those that hold whole addresses
TEMPLATE_EXTENSIONS = [".html", ".xml", ".txt"]
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"  # one in content/root/ takes its place
LLMS_SAVE_AS = "llms.txt"

# --- What the host is told --------------------------------------------------------------------------------------
HOSTS: list[str] = []  # "netlify", "cloudflare", "github-pages", …: see the README; none: what harms nowhere
HEADERS = {  # beside the Content-Security-Policy, which is computed from what the pages hold
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT_TRANSPORT_SECURITY = ""  # "max-age=63072000": browsers then refuse the site without HTTPS for two years

# --- What the site does not have ------------------------------------------------------------------------------
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

# --- Drafts ---------------------------------------------------------------------------------------------------
SHOW_DRAFTS = False  # True builds pages with `published: false` or `status: draft` too
