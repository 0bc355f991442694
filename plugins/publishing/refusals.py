"""What must not be published: a missing or foreign address, to a foreign repository, drafts, uncommitted changes."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from ..problems import InvalidValueError, Problem
from ..settings import site_url
from .targets import Target

TEMPLATE_SITEURL = "https://yuhangsong.github.io"  # the value in publishconf.py before its owner changes it


class Facts(NamedTuple):
    """What git reports about the project: its remote's URL, "" without one, and the paths with uncommitted changes.

    ``address`` is where the host will show the site, "" where no workflow passes it in.
    """

    remote: str
    uncommitted: tuple[str, ...]
    address: str = ""


class Repository(NamedTuple):
    """The last two parts of a remote's address, in lower case, without ``.git``."""

    owner: str
    name: str


def refusals(
    settings: Mapping[str, object], target: Target, facts: Facts, config: str, lines: Mapping[str, int]
) -> list[Problem]:
    """Return the reasons not to publish to this target; ``lines`` gives the line of each setting in ``config``."""
    siteurl = str(settings.get("SITEURL") or "")

    def problem(key: str, message: str, hint: str) -> Problem:
        return Problem(config, lines.get(key, 0), key, message, hint)

    if not siteurl:
        return [problem("SITEURL", "is not set", 'write where the site will live: SITEURL = "https://name.github.io"')]
    try:
        site_url(siteurl)
    except InvalidValueError as error:
        return [problem("SITEURL", f"{siteurl!r} {error.message}", error.hint)]
    found: list[Problem] = []
    repository = repository_of(facts.remote)
    if siteurl == TEMPLATE_SITEURL and repository.owner != owner_of(siteurl):
        found.append(problem("SITEURL", f"{siteurl!r} is still the template's", "write where your site will live"))
    elif target.kind == "github-pages" and facts.address and not target.options["repository"]:
        if without_scheme(siteurl) != without_scheme(facts.address):
            hint = "change it, or the custom domain in Settings → Pages"
            found.append(
                problem("SITEURL", f"{siteurl!r} is not where GitHub shows this site, {facts.address!r}", hint)
            )
    elif target.kind == "github-pages" and (why := mismatch(siteurl, facts.remote, target.options["repository"])):
        hint = (
            'name the remote of the site\'s own repository: "github-pages": {"remote": "…", "repository": "owner/name"}'
        )
        found.append(problem("PUBLISH", why, hint))
    if settings.get("SHOW_DRAFTS"):
        found.append(problem("SHOW_DRAFTS", "would publish drafts", "leave it out"))
    found += [
        Problem(path, 0, "", "has uncommitted changes", "commit them, or add --yes")
        for path in sorted(facts.uncommitted)
    ]
    return found


def repository_of(remote: str) -> Repository:
    """Return the repository that a remote names: ``git@host:owner/name.git``, ``https://host/owner/name``, a path."""
    path = remote.rpartition("://")[2].rstrip("/").removesuffix(".git").lower()
    parts = [part for part in re.split(r"[/:]", path) if part]
    return Repository(parts[-2] if len(parts) > 1 else "", parts[-1] if parts else "")


def owner_of(siteurl: str) -> str:
    """Return the owner of an address on github.io, "" for another address."""
    host = urlsplit(siteurl).hostname or ""
    return host.removesuffix(".github.io") if host.endswith(".github.io") else ""


def without_scheme(address: str) -> str:
    """Return an address as it is compared: GitHub reports http:// for a domain whose HTTPS is not enforced."""
    return address.partition("://")[2].rstrip("/").lower()


def mismatch(siteurl: str, remote: str, named: str) -> str:
    """Return why a remote is not the site's own repository, "" if it is.

    ``owner.github.io`` is published from ``owner/owner.github.io``, ``owner.github.io/name`` from ``owner/name``
    (https://docs.github.com/pages, "Types of GitHub Pages sites"). Another address does not contain the name of its
    repository, so the author has to give it as ``named``.
    """
    if not remote:
        return "the project does not have this git remote"
    repository = repository_of(remote)
    owner = owner_of(siteurl)
    if named:
        wanted = repository_of(named)
    elif owner:
        wanted = Repository(owner, urlsplit(siteurl).path.strip("/").lower() or f"{owner}.github.io")
    else:
        return f"{siteurl!r} does not contain the name of its repository"
    if repository == wanted:
        return ""
    return f"{remote!r} is not the repository of this site, {wanted.owner}/{wanted.name}"
