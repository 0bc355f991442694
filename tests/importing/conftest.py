"""A small checkout of academicpages."""

from pathlib import Path

import pytest

from tests.conftest import SEED
from tests.importing.checkouts import compose

CONFIG = """\
# Site
title                    : "Ann Lee / Home"
url                      : https://annlee.github.io # no slash
baseurl                  : "/lab"
locale                   : "de-DE"

author:
  name             : "Ann Lee"
  # not yet: pronouns
  bio              : "Neurons"

  github           : annlee
googlescholar_extra: x
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "academicpages"
    files = {
        "_config.yml": CONFIG.encode(),
        "_pages/about.md": (SEED / "about.md").read_bytes().replace(b"\n", b"\r\n"),
        "_pages/cv.md": b"---\npermalink: /cv/\n---\n",
        "images/me.png": b"\x89PNG",
        "files/cv.pdf": b"%PDF",
        "PDF/a.pdf": b"%PDF",
        "assets/js/main.js": b"x",
        "CNAME": b"ann.example\n",
    }
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a checkout with every kind of file."""
    return compose(tmp_path / "whole")
