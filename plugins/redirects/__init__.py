"""Old addresses that lead to new ones: ``redirect_from``, ``redirect_to`` and tables → a plan, and its stubs.

In the order of a build::

    found = declarations(site.pages)
    redirects = memory.recall_reporting("redirects declared", found, partial(declare, found), problems)
    redirects = redirects + declare_setting(settings.redirects, "pelicanconf.py", problems)
    redirects += declare_file(build.read_yaml("redirects.yml"), "content/redirects.yml", problems)

    moved = moved_pages(redirects)  # paths of the pages that a stub replaces: neither printed, listed nor in the menu
    outputs = [...]  # every other file of the site, without those of moved pages
    plan = memory.recall_reporting("redirects", (redirects, outputs), partial(make_plan, redirects, outputs), problems)

    html = template("redirect.html").render(TEMPLATE_VARIABLES)
    stub = stub_writer(html, site.url)
    for file, redirect in plan.stubs.items():
        if redirect.source not in host_plan.unwanted_stubs:
            write(file, stub(redirect.target))

``declare`` depends on its declarations alone and ``make_plan`` on the redirects and outputs, so that both can be
remembered; with 100,000 redirects they take longer than the rest of a build.
"""

from .declared import declarations, declare, declare_file, declare_setting, moved_pages
from .plan import make_plan
from .stub import TEMPLATE_VARIABLES, stub_writer

__all__ = [
    "TEMPLATE_VARIABLES",
    "declarations",
    "declare",
    "declare_file",
    "declare_setting",
    "make_plan",
    "moved_pages",
    "stub_writer",
]
