"""Pelican is imported without docutils, and nobody else goes without it."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

BUILD = "import sys, plugins.staging.build as build; assert build.Pelican; "


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            "assert not [name for name in sys.modules if name.startswith('docutils')]", id="not while it builds"
        ),
        pytest.param(
            "import docutils.core; assert docutils.core.publish_string('*x*')", id="but for whoever asks later"
        ),
    ],
)
def test_docutils_stays_out(code: str) -> None:
    """A build imports none of docutils' modules, and leaves nothing in their place."""
    ran = subprocess.run([sys.executable, "-c", BUILD + code], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_docutils_that_is_there_stays_there() -> None:
    """Where something else has imported docutils before, Pelican gets the real one."""
    code = "import docutils.nodes; " + BUILD + "import pelican.rstdirectives as r; assert r.nodes is docutils.nodes"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
