"""What differs in production: the site's address, and where it is published."""

import os

from pelicanconf import *  # noqa: F403

# Where the site will be, such as "https://name.github.io", without a slash at the end. While this line reads the
# environment, the workflow in .github/workflows/publish.yml passes in the address that GitHub Pages gives the site.
SITEURL = os.environ.get("SITEURL", "")

HOSTS = ["github-pages"]  # which hosts to write redirects and headers for
PUBLISH = {"github-pages": {"remote": "origin", "branch": "gh-pages"}}  # where `invoke publish` sends the site
