"""Redirects and the site's other files → a plan, or problems.

The rules, in this order:

1. **What really exists wins.** A source at which a page or file lies is dropped with a warning that names both places,
   and so is one that would need a folder where a file lies.
2. A source that differs **only in case** from a page, a file or its own target is a problem: a disk or a host that
   ignores case would lose the page.
3. One source named twice for one target counts once. One source claimed for **two targets** is a problem; `/a`, `/a/`,
   `/a/index.html` are one source, and so are two that differ only in case.
4. A target that is itself a source is followed to its end, so that nobody is sent on twice; a **circle** is a problem.
   The last target's own query and fragment count, else those of the way there.
5. A source that is another **form of its target** (`/a`, `/a/`, `/a.html`) gets a stub but no rule: hosts send these
   forms on to each other, and a rule against theirs would run in a circle. A stub that some hosts would find when they
   are asked for the target is dropped with a warning.
6. A source that is another **form of some other page** gets a stub but no rule, and a warning: a host that takes both
   forms for one would hide the page.

Everything here is linear in the number of redirects and files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from ..problems import Problem
from . import address
from .declared import Redirect


@dataclass(frozen=True, slots=True)
class Plan:
    """The finished redirects: every target final, every source free of anything else.

    ``redirects`` holds them all; ``rules`` those that hosts may be told of; ``stubs`` maps each output file, relative
    to the output, to the redirect whose stub goes there.
    """

    redirects: tuple[Redirect, ...] = ()
    rules: tuple[Redirect, ...] = ()
    stubs: Mapping[str, Redirect] = field(default_factory=dict)


class Site:
    """What will lie in the output: the files that exist anyway, and the files that sources claim, by folded path."""

    def __init__(self, taken: Mapping[str, str]) -> None:
        """Index the files that exist anyway and the folders above them."""
        self.names = taken
        self.files = {address.fold(file): file for file in taken}
        self.folders = {""}  # that a file or a stub needs, so that no file stands in their place
        for file in self.files:
            self.need_folder(file)
        self.forms = {address.fold(address.served(f"/{file}")): file for file in taken if address.is_html(file)}
        self.claims: dict[str, Redirect] = {}
        self.ends: dict[str, str | None] = {}  # target → where it ends; None in a circle

    def name(self, folded: str) -> str:
        """Return what a person calls the file that exists at a folded path."""
        return self.names[self.files[folded]]

    def need_folder(self, folded: str) -> None:
        """Keep every folder above a file."""
        folder = folded.rpartition("/")[0]
        while folder not in self.folders:
            self.folders.add(folder)
            folder = folder.rpartition("/")[0]

    @cached_property
    def by_form(self) -> dict[str, Redirect]:
        """The sources by the one form of their address, but those that lead to another form of themselves.

        Asked only for targets at which nothing lies, once every source has made its claims.
        """
        forms: dict[str, Redirect] = {}
        for redirect in self.claims.values():
            form = address.served(redirect.source)
            if form != address.served(path_of(redirect.target)):
                forms.setdefault(address.fold(form), redirect)
        return forms

    def place(self, file: str, folded: str, source: str) -> str | None:
        """Return where the stub of ``source`` that is meant for ``file`` goes, or None if there can or need be none.

        Where others lie below a file that is the source itself, the stub goes into a folder of that name.
        """
        if folded in self.folders:
            if file != source[1:]:
                return None
            file, folded = f"{file}/index.html", f"{folded}/index.html"
        return None if folded in self.files else file

    def in_the_way(self, folded: str) -> str | None:
        """Return the folded path of a file that lies where ``folded`` needs a folder."""
        folder = folded.rpartition("/")[0]
        while folder not in self.folders:
            if folder in self.files:
                return folder
            folder = folder.rpartition("/")[0]
        return None


def plan(declared: Iterable[Redirect], taken: Mapping[str, str]) -> tuple[Plan, list[Problem]]:
    """Return the plan for ``declared`` on a site whose other files are ``taken``, and all problems and warnings.

    ``taken`` maps each file, relative to the output, to what a person calls it: `content/pages/about.md`.
    """
    problems: list[Problem] = []
    site = Site(taken)
    admitted = [(redirect, files) for redirect in declared if (files := admit(redirect, site, problems))]
    forms: dict[str, tuple[str, str, str]] = {}  # target → its path, the one form of it, and that folded
    redirects: list[Redirect] = []
    rules: list[Redirect] = []
    stubs: dict[str, Redirect] = {}
    for redirect, files in admitted:
        end = site.ends[redirect.target] if redirect.target in site.ends else ends_at(redirect.target, site)
        if end is None:
            if turns := circle(redirect, site):
                problems.append(turns)
            continue
        if end != redirect.target:
            redirect = redirect._replace(target=end)
        if end not in forms:
            path = path_of(end)
            form = address.served(path) if path else ""
            forms[end] = (path, form, address.fold(form))
        path, form, folded_form = forms[end]
        source = address.served(redirect.source)
        folded_source = address.fold(source)
        told = False
        if source == form:
            files = [(file, at) for file, at in files if file not in address.files(path)]
            if not files:
                problems.append(hides(redirect, path))
        elif folded_source == folded_form:
            problems.append(case(redirect, f"its target {path!r}"))
            continue
        elif (page := site.forms.get(folded_source)) is not None:
            problems.append(near(redirect, site.names[page]))
        else:
            told = True
        placed = False
        for file, at in files:
            if (place := site.place(file, at, redirect.source)) is not None:
                stubs.setdefault(place, redirect)
                placed = True
        if placed:
            redirects.append(redirect)
            if told:
                rules.append(redirect)
    return Plan(tuple(redirects), tuple(rules), stubs), problems


def admit(redirect: Redirect, site: Site, problems: list[Problem]) -> list[tuple[str, str]]:
    """Return the files for a redirect's stub, each with its folded path; none if rules 1 to 3 keep it out.

    They are claimed for it, and so is the place to which the stub moves if another source lies below it.
    """
    names = address.files(redirect.source)
    files = [(file, address.fold(file)) for file in names]
    every = files
    if names[0] == redirect.source[1:]:
        every = [*files, (f"{names[0]}/index.html", f"{files[0][1]}/index.html")]
    for file, at in every:
        if at in site.files:
            if site.files[at] != file:
                problems.append(case(redirect, site.name(at)))
                return []
            if file == names[0] or path_of(redirect.target) != f"{redirect.source}/":
                problems.append(exists(redirect, site.name(at)))
                return []
        if (stands := site.in_the_way(at)) is not None:
            why = blocked if stands != address.fold(redirect.source[1:]) else exists
            problems.append(why(redirect, site.name(stands)))
            return []
        earlier = site.claims.get(at)
        if earlier is not None and earlier.target != redirect.target:
            if at in map(address.fold, address.files(path_of(redirect.target))):
                problems.append(exists(redirect, redirect.place.path))
            else:
                problems.append(twice(redirect, earlier))
            return []
        if earlier is not None and earlier.source == redirect.source:
            return []
    for _, at in every:
        site.claims.setdefault(at, redirect)
    for _, at in files:
        site.need_folder(at)
    return files


def claimed(path: str) -> tuple[str, ...]:
    """Return the folded paths of the files that answer at a path, as ``admit`` claims them."""
    files = address.files(path)
    every = (*files, f"{files[0]}/index.html") if files[0] == path[1:] else files
    return tuple(address.fold(file) for file in every)


def path_of(target: str) -> str:
    """Return the decoded path of a target on this site, "" for a target elsewhere."""
    return address.decode(urlsplit(target).path) if target.startswith("/") else ""


def next_after(target: str, site: Site) -> Redirect | None:
    """Return the redirect that answers at a target, None where the way ends."""
    path = path_of(target)
    if not path:
        return None
    files = claimed(path)
    if any(file in site.files for file in files):
        return None
    by_file = next((site.claims[file] for file in files if file in site.claims), None)
    return by_file or site.by_form.get(address.fold(address.served(path)))


def ends_at(target: str, site: Site) -> str | None:
    """Follow a target to its end, by rule 4; None where that never comes."""
    way: list[str] = []
    seen: set[str] = set()
    here: str | None = target
    while here is not None and here not in site.ends:
        if here in seen:
            here = None
            break
        seen.add(here)
        way.append(here)
        onward = next_after(here, site)
        if onward is None:
            site.ends[here] = here
            break
        here = onward.target
    end = site.ends[here] if here is not None else None
    for passed in reversed(way):
        end = None if end is None else carried(passed, end)
        site.ends[passed] = end
    return end


def carried(passed: str, end: str) -> str:
    """Return ``end`` with the query and fragment of the target passed on the way, where it has none of its own."""
    before, after = urlsplit(passed), urlsplit(end)
    return after._replace(query=after.query or before.query, fragment=after.fragment or before.fragment).geturl()


def circle(redirect: Redirect, site: Site) -> Problem | None:
    """Return the problem of a redirect that leads back to itself; None if it only leads to others that do."""
    way = [redirect]
    onward = next_after(redirect.target, site)
    while onward is not None and onward not in way:
        way.append(onward)
        onward = next_after(onward.target, site)
    if onward != redirect:
        return None
    if len(way) == 1:
        path = path_of(redirect.target)
        if address.fold(path) == address.fold(redirect.source) and path != redirect.source:
            return case(redirect, f"its target {path!r}")
        return redirect.place.problem(f"{redirect.written!r} leads to itself", "name another target")
    places = " → ".join(f"{step.written!r} ({step.place})" for step in way[1:])
    return redirect.place.problem(
        f"{redirect.written!r} leads in a circle: → {places} → {redirect.written!r}", "remove one of them"
    )


def exists(redirect: Redirect, name: str) -> Problem:
    """Return the warning of rule 1."""
    what = "the address of this page itself" if name == redirect.place.path else f"already an address of {name}"
    return redirect.place.problem(f"{redirect.written!r} is {what}, which stays", "remove this entry", warning=True)


def near(redirect: Redirect, name: str) -> Problem:
    """Return the warning of rule 6."""
    return redirect.place.problem(
        f"{redirect.written!r} is another form of an address of {name}, so that hosts are told of no rule for it",
        "remove this entry",
        warning=True,
    )


def blocked(redirect: Redirect, name: str) -> Problem:
    """Return the warning of rule 1 for a source below a file."""
    return redirect.place.problem(
        f"{redirect.written!r} would need a folder where {name} is a file, which stays",
        "remove this entry",
        warning=True,
    )


def case(redirect: Redirect, name: str) -> Problem:
    """Return the problem of rule 2."""
    return redirect.place.problem(
        f"{redirect.written!r} differs only in case from {name}, which a disk or host that ignores case would lose",
        "remove this entry",
    )


def twice(redirect: Redirect, earlier: Redirect) -> Problem:
    """Return the problem of rule 3."""
    return redirect.place.problem(
        f"{redirect.written!r} is claimed for {redirect.target!r} here and, as {earlier.written!r}, "
        f"for {earlier.target!r} in {earlier.place}",
        "keep one of them",
    )


def hides(redirect: Redirect, path: str) -> Problem:
    """Return the warning of rule 5."""
    return redirect.place.problem(
        f"{redirect.written!r} is another form of {path!r}, and its stub would hide that page on some hosts",
        "remove this entry",
        warning=True,
    )
