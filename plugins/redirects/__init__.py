"""Old addresses that lead to new ones: ``redirect_from``, ``redirect_to`` and tables → a plan, and its stubs.

In the order of a build::

    redirects = declare(declarations(site.pages), problems)
    redirects += declare_setting(settings.get("REDIRECTS", {}), "pelicanconf.py", problems)
    redirects += declare_file(Path("content/redirects.yml").read_bytes(), "content/redirects.yml", problems)

    moved = moved_pages(redirects)  # paths of the pages that a stub replaces: neither printed, listed nor in the menu
    plan = make_plan(redirects, outputs, problems)  # outputs: every file of the site but those of moved pages

    html = template("redirect.html").render(TEMPLATE_VARIABLES)
    stub = stub_writer(html, site.url)
    for file, redirect in plan.stubs.items():
        if redirect.source not in host_plan.unwanted_stubs:
            write(file, stub(redirect.target))

The first and the last step may be remembered between builds: ``declare`` depends on its declarations alone, and
``make_plan`` on the redirects and the outputs. The package runs without Pelican, but for the edge that connects it.
"""

from typing import Any

from pelican import signals

from .generator import StubGenerator, plan_redirects


def add_generator(pelican: Any) -> type[StubGenerator]:
    """Register the generator that writes the stubs."""
    return StubGenerator


def register() -> None:
    """Connect the receivers."""
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(plan_redirects)
