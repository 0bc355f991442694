"""The domain in ``CNAME``, at which GitHub Pages shows a site, compared with ``SITEURL``."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from .problems import Problem


def other_domain(cname: str, siteurl: str, place: str = "content/root/CNAME") -> Iterator[Problem]:
    """Yield a warning if a CNAME names another host than the site's address; "" for either is none.

    ``place`` says where the CNAME is.
    """
    host = urlsplit(siteurl).hostname or ""
    domain = cname.strip()
    if domain and host and domain.lower() != host:
        hint = f"write {host!r}, or change SITEURL in publishconf.py"
        yield Problem(place, 0, "", f"{domain!r} is not the host of SITEURL, {siteurl!r}", hint, warning=True)
