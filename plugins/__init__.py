"""Frontispiece: the one Pelican plugin of a researcher's home page, and the program around it.

Begin with `pipeline`: it is the story of a build, from top to bottom.

**Nine modules at the edge** import Pelican or Invoke, or touch the disk:

- `pipeline`: the steps of a build in order; it connects Pelican's signals;
- `adapter`: Pelican's objects → our records, our results → its templates. What templates find is listed there;
- `content_files`: what lies below the content, and what of it is not published;
- `commits`: when pages were last committed;
- `standalone`: single parts, each alone in any Pelican site;
- `builder`: one build in this process, and how it went;
- `proof`: an import is proven by building the site and asking it for every old address;
- `tasks`: Invoke's tasks, which the top-level tasks.py passes on; `program`: the same as the command `frontispiece`.

**What steps share** stands beside them and imports none of them: `site` (pages, files, redirects), `settings` (every
setting with its default and one line of prose), `defaults` (the settings of Pelican that we need), `problems` (what an
author has to fix, and the collector), `memory` (results that a rebuild can use again), `addresses`, `permalinks`
(Jekyll's patterns of addresses), `base_path` and `domain` (where the site lives), `portable_names`, `ignored` (what
editors leave), `markup` (HTML), `mathml`, `comments` (in values), `media_types`, `svg` (drawings), `pictures` (in
modern formats), `small_capitals`, `scripts` (writing systems), `caching`, `utf8`, `yaml_mapping`, `settings_source`,
`exchange` (of two folders), `transaction` (files that are written all or none), `old_site` (the addresses before an
import), `release` (the version).

**Features** are packages of functions from typed values to typed values: `front_matter`, `kramdown`, `language`,
`author_profile`, `collections`, `redirects`, `hosting`, `navigation`, `favicons`, `alternates`, `images`,
`paper`, `stylesheet`, `typesetting`. They never import each other; the pipeline hands one's result to the next.

**What the tasks call** are packages too, and edges: `staging`, `serving`, `checking`, `publishing`, `importing`,
`scaffolding`.

tests/test_imports.py holds these rules against every module.
"""


def register() -> None:
    """Let Pelican run the pipeline; the site names this package in ``PLUGINS``."""
    from .pipeline import register

    register()
