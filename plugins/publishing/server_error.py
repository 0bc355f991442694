"""Ask a published site once: a server that refuses a line of its rules answers every request with an error 500."""

from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from .destination import PublishError

TIMEOUT = 20  # seconds
RULES = {  # the file that a server reads in the folder of a site → what to ask of its keeper, and the host in HOSTS
    ".htaccess": ("'AllowOverride FileInfo', and 'Options FollowSymLinks' if it has a RewriteRule", "apache"),
    "web.config": ("the module URL Rewrite", "iis"),
}


def check_server(siteurl: str, output: Path) -> str:
    """Return what to report of the site's first answer, "" where it has no rules of a server that could be refused.

    Raises `PublishError` for an error 500. A site that does not answer yet is no error: it may get its name later.
    """
    rules = next((name for name in RULES if (output / name).is_file()), "")
    if not rules:
        return ""
    url = f"{siteurl}/"
    try:
        with urlopen(Request(url, headers={"User-Agent": "frontispiece"}), timeout=TIMEOUT):  # noqa: S310  (SITEURL)
            return f"{url} answers"
    except HTTPError as error:
        if error.code != 500:
            return f"{url} answers with {error.code}: look whether the site is there"
    except (URLError, OSError, ValueError) as error:
        return f"{url} could not be asked whether it takes {rules}: {getattr(error, 'reason', error)}"
    needed, host = RULES[rules]
    raise PublishError(
        f"{url} answers with an error 500: its server refuses a line of {rules}. Ask its keeper for {needed}; or leave "
        f"'{host}' out of HOSTS and publish again: the stubs need nothing"
    )
