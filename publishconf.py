"""What differs in production."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # Pelican loads this file by its path and does not look beside it
from pelicanconf import *  # noqa: F403

SITEURL = "https://yuhangsong.github.io"
# Where `invoke publish` sends the site: name → options; README, "Publishing", has them all.
PUBLISH = {"github-pages": {"remote": "origin", "branch": "gh-pages"}}

DIRECT_TEMPLATES = ["404", "sitemap", "robots", "llms"]  # the last three need SITEURL
