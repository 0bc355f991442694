"""Files that editors, operating systems and other tools leave in a folder: never read, published, reported or watched.

One table for the build and for `invoke serve`. The patterns are those of `fnmatch`, whatever the case; a site's own
``IGNORE_FILES`` adds to them.
"""

import re
from collections.abc import Callable
from fnmatch import translate
from functools import cache

FILES = (
    # Emacs: a lock (a link that leads nowhere), an automatic save, a check; the backups of most editors
    *(".#*", "#*#", "flycheck_*", "*_flymake.*", "*~"),
    # Vim: the swap files, and the file with which it tries whether it may write
    *(".*.sw?", "*.sw[nop]", "4913"),
    # JetBrains, Kate, gedit, Office, LibreOffice, Syncthing
    *("*___jb_tmp___", "*___jb_old___", "*___jb_bak___", ".*.kate-swp", ".goutputstream-*"),
    *("~$*", "~WRL*.tmp", ".~lock.*#", ".syncthing.*", "~syncthing~*"),
    # macOS, Windows, KDE, network drives
    *(".DS_Store", "._*", ".localized", ".apdisk", "Icon\r", "Thumbs.db", "ehthumbs*.db", "desktop.ini", ".directory"),
    *(".nfs*", ".fuse_hidden*"),
    # version control, editors' settings, R
    *(".git*", ".hg*", ".keep", ".editorconfig", ".dir-locals.el", ".RData", ".Rhistory"),
)
FOLDERS = (
    *(".git", ".hg", ".svn", ".idea", ".vscode", ".vs", ".history", ".obsidian", ".ipynb_checkpoints", ".Rproj.user"),
    *("__pycache__", "node_modules", ".dropbox.cache", ".stfolder", ".stversions"),
    *(".Spotlight-V100", ".Trashes", ".Trash-*", ".fseventsd", ".TemporaryItems", ".DocumentRevisions-V100"),
    *(".AppleDouble", "__MACOSX", "$RECYCLE.BIN", "System Volume Information"),
)


@cache  # compiling the patterns takes longer than listing a small site
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a function that states whether a name matches one of the patterns."""
    match = re.compile("|".join(map(translate, patterns)) or "(?!)", re.IGNORECASE).match
    return lambda name: match(name) is not None


def is_ignored(path: str) -> bool:
    """Return whether a file, or a folder that it lies in, is ignored; ``path`` is relative, with forward slashes."""
    *folders, name = path.split("/")
    return matcher((*FILES, *FOLDERS))(name) or any(map(matcher(FOLDERS), folders))
