"""The site that a researcher has now → this project's content and settings. Edge; called by the tasks.

    source     a folder, a ZIP file or a git address → a folder to read
    planning   its files → what each is and where it goes (`checkout`, `sorting`, `template`, `config`, `menu`)
    hugo       the same for HugoBlox
    leads      redirects that only the built site shows to be missing
    deciding   the plan and what the project holds → what is written, and what its owner keeps
    summary    the plan → the short report

Content is copied byte for byte. Every file is in the plan, with the reason if it is left out. All files are written, or
none.
"""

from pathlib import Path

from ..problems import ContentError
from ..transaction import obstacles, restore, write_all
from .checkout import report_names
from .deciding import decide
from .hugo import is_hugo, plan_hugo
from .leads import keep_leads
from .plan import Imported, Item, Plan
from .planning import plan_jekyll
from .source import opened
from .summary import summary

__all__ = ["Imported", "Item", "Plan", "carry_out", "import_site", "opened", "summary"]


def import_site(checkout: Path, project: Path, *, overwrite: bool = False, remote: str = "") -> Imported:
    """Take over the site in the folder ``checkout`` into ``project``; ``remote`` is its git address, where known.

    Raises ``ContentError``, and leaves ``project`` as it was, if ``checkout`` is no site that is known here, if a file
    of the owner's would be replaced and ``overwrite`` is False, and if a file cannot be read or written.
    """
    plan = plan_hugo(checkout, remote) if is_hugo(checkout) else plan_jekyll(checkout, remote)
    restore(project)
    keep_leads(plan, project)
    done = carry_out(plan, project, overwrite=overwrite)
    report_names(sorted(path for path, source in plan.files.items() if source is not None), plan.problems)
    return done


def carry_out(plan: Plan, project: Path, *, overwrite: bool = False) -> Imported:
    """Write what a plan says and the project lacks; raises as `import_site` does."""
    if found := obstacles(project, [path for path, source in plan.files.items() if source is not None], replace=True):
        raise ContentError(found)
    decision = decide(plan, project, overwrite=overwrite)
    if decision.files:
        write_all(project, decision.files)
    return Imported(plan, sorted(decision.files), decision.replaced, decision.kept)
