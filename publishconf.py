"""What differs in production."""

from pelicanconf import *  # noqa: F403  (Pelican's own way of layering settings)

SITEURL = "https://yuhangsong.github.io"
