"""What hosts read beside pages: redirects as rules, headers, and the Content-Security-Policy of each page.

`plugins.pipeline` shows the steps in the order of a build. To add a host, add a row to `hosts.HOSTS`.

Alone, in any Pelican site: ``PLUGINS = ["frontispiece.redirects", "frontispiece.hosting"]``, and in ``publishconf.py``
``HOSTS = ["netlify"]``; the README lists the hosts. It writes the files that these hosts read: the redirects of
``frontispiece.redirects`` as rules, and headers (``HEADERS``, ``STRICT_TRANSPORT_SECURITY``, caching of files whose
names hold a hash). Without ``frontispiece.redirects`` there are only headers, and a warning says so.

A file of your own of the same name is extended at a line ``# frontispiece``, and never overwritten.
"""


def register() -> None:
    """Let Pelican run this part in any site; `plugins.standalone` is imported only then."""
    from ..standalone import register

    register()
