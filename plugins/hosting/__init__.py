"""What hosts read beside pages: redirects as rules, headers, and the Content-Security-Policy of each page.

`plugins.pipeline` shows the steps in the order of a build. To add a host, add a row to `hosts.HOSTS`.

Alone, in any Pelican site: ``PLUGINS = ["frontispiece.redirects", "frontispiece.hosting"]``, and in ``publishconf.py``
``HOSTS = ["netlify"]``; the README lists the hosts. It writes the files that these hosts read: the redirects of
``frontispiece.redirects`` as rules, and headers (``HEADERS``, ``STRICT_TRANSPORT_SECURITY``, caching of files whose
names hold a hash). Without ``frontispiece.redirects`` there are only headers, and a warning says so.

A file of your own of the same name is extended at a line ``# frontispiece``, and never overwritten.
"""

from .headers import make_headers
from .hosts import choose_hosts, host_file_names
from .plan import HostPlan, OwnFile, plan_host_files, render_host_files, select_rules
from .policy import needs_of, policy_for, report_blocked
from .services import read_allow, snippet

__all__ = [
    "HostPlan",
    "OwnFile",
    "choose_hosts",
    "host_file_names",
    "make_headers",
    "needs_of",
    "plan_host_files",
    "policy_for",
    "read_allow",
    "register",
    "render_host_files",
    "report_blocked",
    "select_rules",
    "snippet",
]


def register() -> None:
    """Let Pelican run this part in any site; `plugins.standalone` is imported only then."""
    from ..standalone import register

    register()
