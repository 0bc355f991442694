"""What hosts read beside pages: redirects as rules, headers, and the Content-Security-Policy of each page.

In the order of a build::

    hosts = choose_hosts(settings.hosts, problems)
    outputs += [Output(name, f"the site's own {name}") for name in host_file_names(hosts)]  # for redirects' make_plan

    base = urlsplit(site.url).path  # the path below which the site lives, "" at the root
    select = partial(select_rules, plan, hosts, base)
    selections = memory.recall("host rules", (plan, base, list(hosts)), select)
    own = {file.save_as: OwnFile(file.path, file.file.read_bytes()) for file in site.static_files if ...}
    host_plan = plan_host_files(plan, hosts, selections, base, own, problems)
    # static files named in host_plan.extended are not copied, sources in host_plan.unwanted_stubs have no stub
    for page in site.pages:
        report_widening(page, read_source, site.url, problems)

    # every page is printed, and the policy of each is known
    headers = make_headers(policies, stub_html, names_of_static_files, base, settings.headers, ...)
    for name, data in render_host_files(host_plan, headers, site.url).items():
        write(name, data)

To add a host, add a row to `hosts.HOSTS`.
"""

from typing import Any

from pelican import signals

from .generator import PLACE, HostGenerator, files, with_policy


def prepare(pelican: Any) -> None:
    """Give the templates the filter that fills in a page's policy, and register the list of this plugin's files."""
    pelican.settings["JINJA_FILTERS"] = {**pelican.settings["JINJA_FILTERS"], "with_policy": with_policy}
    pelican.settings["POLICY_PLACE"] = PLACE
    pelican.settings.setdefault("MAKES", []).append(files)


def begin(generators: list[Any]) -> None:
    """Begin a run: the policy of no page is known yet."""
    generators[0].context["POLICIES"] = []


def add_generator(pelican: Any) -> type[HostGenerator]:
    """Register the generator that writes the host files."""
    return HostGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(add_generator)
    signals.all_generators_finalized.connect(begin)
