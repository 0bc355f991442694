"""What this site's owner chose. Every setting with its default: README, "Settings"."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # Pelican loads this file by its path and does not look beside it
from plugins.defaults import *  # noqa: F403

SITENAME = "Yuhang Song"  # in the browser's title bar
AUTHOR = "Yuhang Song"  # whose profile the pages show: a name in content/authors.yml
DEFAULT_LANG = "en"  # the language of pages that name none
TIMEZONE = "UTC"

THEME_SCHEME = "auto"  # the reader's system decides; or "light", "dark"
THEME_ACCENT = ""  # the theme's own red; or a colour, "#8c1d18", or two: for light and for dark
AUTHOR_PORTRAIT_SHAPE = "plate"  # 4:5; or "square", "circle", or "whole": the picture is not cut

# Old addresses that belong to no page; a page's own stand in its front matter (`redirect_from`).
REDIRECTS: dict[str, object] = {}  # {"/old/": "/new/"}, or below content/ in redirects.yml
