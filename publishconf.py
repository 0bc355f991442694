"""What differs in production."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # Pelican loads this file by its path and does not look beside it
from pelicanconf import *  # noqa: F403

SITEURL = "https://yuhangsong.github.io"
HOSTS: list[str] = []  # "netlify", "cloudflare", "github-pages", …: README, "Hosts"
# Where `invoke publish` sends the site: name → options; README, "Publishing", has them all.
PUBLISH = {"github-pages": {"remote": "origin", "branch": "gh-pages"}}
