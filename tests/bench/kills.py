"""60 publications to each kind of target, interrupted in the transfer: `invoke bench kills`."""

import os
import sys

import pytest

os.environ["KILLS"] = "60"
sys.exit(pytest.main(["-q", "-s", "-p", "no:logging", "tests/publishing/test_killed.py"]))
