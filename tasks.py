"""What one does with the site: `invoke --list`, `invoke -h TASK`. The tasks are in plugins/tasks.py."""

import os
from pathlib import Path

os.chdir(Path(__file__).parent)  # every path of the settings is relative to the project's root
from plugins.tasks import *  # noqa: E402, F403
