"""The repository of a site's owner: `new` creates it, `upgrade` refreshes what is generated in it. Edge.

The folder ``site/`` is such a repository, with placeholders. Its files are of two kinds:

- the **owner's**: `content/` and the two settings files. Written once, never touched again;
- **generated**: all others. They hold nothing that differs between sites, so each release refreshes those that the
  owner has not changed. The file `.frontispiece` in the owner's repository records what was generated, by hash.

Called by the tasks; not a Pelican plugin.
"""

from .creating import ask_owner, new_site, next_steps
from .files import Owner
from .upgrading import differences, upgrade

__all__ = ["Owner", "ask_owner", "differences", "new_site", "next_steps", "upgrade"]
