"""Redirects and the site's other files → a plan, or problems.

The rules, in this order:

1. **What really exists wins.** A source at which a page or file lies is dropped with a warning that names both places,
   and so is one that would need a folder where a file lies.
2. A source that differs **only in case** from a page, a file or its own target is a problem: a disk or a host that
   ignores case would lose the page.
3. One source named twice for one target counts once. One source claimed for **two targets** is a problem; `/a`, `/a/`,
   `/a/index.html` are one source, and so are two that differ only in case. What counts are the ends of their chains, so
   that `/a` may lead to `/a/`, which leads elsewhere.
4. A target that is itself a source is followed to its end, so that nobody is redirected twice; a **circle** is a
   problem. The last target's own query and fragment count, else those of the targets before it.
5. A source that is another **form of its target** (`/a`, `/a/`, `/a.html`) gets a stub but no rule: hosts redirect
   these forms to each other, and a rule against theirs would run in a circle. A stub that some hosts would find when
   they are asked for the target is dropped with a warning.
6. A source that is another **form of some other page** gets a stub but no rule, and a warning: a host that takes both
   forms for one would hide the page.
7. What the author **declares** comes first. A ``former`` address that clashes by these rules is dropped with a warning
   instead of an error, and of two the first wins; a ``default`` one is dropped without a word, by rule 6 too.

Everything here is linear in the number of redirects and files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import get_args
from urllib.parse import urlsplit

from ..addresses import candidates, decode, fold, is_html, with_query_of
from ..problems import Problems
from ..site import Claim, Output, Redirect, RedirectPlan
from .stub import stub_files


class Claims:
    """What will lie in the output, by folded path: the files that exist anyway, and the files that sources claim."""

    def __init__(self, outputs: Iterable[Output]) -> None:
        """Index the files that exist anyway and the folders above them."""
        self.files = {fold(output.save_as): output for output in outputs}
        self.folders: set[str] = set()  # that a file or a stub needs, so that no file can stand in their place
        for file in self.files:
            self.need_folders(file)
        self.pages = {
            fold(canonical(f"/{output.save_as}")): output for output in self.files.values() if is_html(output.save_as)
        }
        self.redirects: dict[str, Redirect] = {}
        self.rivals: dict[Redirect, list[Redirect]] = {}  # who has claimed a source before, for other targets
        self.ends: dict[str, str | None] = {}  # target → the last target of its chain; None in a circle

    def new_folders(self, folded: str) -> list[str]:
        """Return the folders above a file that no other file needs, the nearest first."""
        folders = []
        while (folded := folded.rpartition("/")[0]) and folded not in self.folders:
            folders.append(folded)
        return folders

    def need_folders(self, folded: str) -> None:
        """Keep every folder above a file."""
        self.folders.update(self.new_folders(folded))

    def obstacle(self, folded: str) -> Output | None:
        """Return the file that lies where ``folded`` needs a folder."""
        for folder in self.new_folders(folded):
            if folder in self.files:
                return self.files[folder]
        return None

    @cached_property
    def by_form(self) -> dict[str, Redirect]:
        """The redirects by the canonical form of their source, but those that lead to another form of themselves.

        Used only for targets at which nothing lies, once every source has made its claims.
        """
        forms: dict[str, Redirect] = {}
        for redirect in self.redirects.values():
            form = canonical(redirect.source)
            if form != canonical(path_of(redirect.target)):
                forms.setdefault(fold(form), redirect)
        return forms

    def stub_place(self, file: str, folded: str, source: str) -> str | None:
        """Return where the stub of ``source`` that is meant for ``file`` goes, or None if there can or need be none.

        If other files lie below a file that is the source itself, the stub goes into a folder of that name.
        """
        if folded in self.folders:
            if file != source[1:]:
                return None
            file, folded = f"{file}/index.html", f"{folded}/index.html"
        return None if folded in self.files else file


CLAIMS = get_args(Claim)


def canonical(path: str) -> str:
    """Return the one form of an address under which hosts keep it: `/a`, `/a/`, `/a.html` and `/a/index.html` are `/a`.

    Hosts differ in which of these they redirect to which other (Netlify, Cloudflare and Firebase among them), so that
    a rule from one form to another can run in a circle.
    """
    if is_html(path):
        path = path.rpartition(".")[0]
    if path.endswith("/index"):
        path = path[:-5]
    return path.rstrip("/") or "/"


def make_plan(declared: Iterable[Redirect], outputs: Iterable[Output], problems: Problems) -> RedirectPlan:
    """Return the plan for ``declared`` on a site whose other files are ``outputs``.

    ``source`` of an output is what a person calls it: `content/pages/about.md`.
    """
    claims = Claims(outputs)
    found = {claim: Problems() for claim in CLAIMS}
    declared = sorted(declared, key=lambda redirect: (leads_to_a_form(redirect), CLAIMS.index(redirect.claim)))
    admitted = [(r, files) for r in declared if not r.query and (files := admit(r, claims, found[r.claim]))]
    redirects: list[Redirect] = []
    rules: list[Redirect] = []
    stubs: dict[str, Redirect] = {}
    for redirect, files in admitted:
        reported = found[redirect.claim]
        end = last_target(redirect.target, claims)
        if end is None:
            report_circle(redirect, claims, reported)
            continue
        if rivals := claims.rivals.get(redirect):
            if rival := next((each for each in rivals if last_target(each.target, claims) != end), None):
                report_two_targets(redirect, rival, reported)
            if rival or any(each.source == redirect.source for each in rivals):
                continue
        if end != redirect.target:
            redirect = redirect._replace(target=end)
        path = path_of(end)
        form, source = path and canonical(path), canonical(redirect.source)
        folded_source = fold(source)
        page = claims.pages.get(folded_source)
        if source == form:
            answers = {candidate.file for candidate in candidates(path)}
            files = [(file, folded) for file, folded in files if file not in answers]
            if not files:
                reason = f"is another form of {path!r}, and its stub would hide that page on some hosts"
                report_superfluous(redirect, reason, reported)
        elif folded_source == fold(form):
            report_case(redirect, f"its target {path!r}", reported)
            continue
        elif page is not None:
            reason = f"is another form of an address of {page.source}, so that hosts get no rule for it"
            report_superfluous(redirect, reason, reported)
            if redirect.claim == "default":
                continue
        places = [claims.stub_place(file, folded, redirect.source) for file, folded in files]
        for place in filter(None, places):
            stubs.setdefault(place, redirect)
        if any(places):
            redirects.append(redirect)
            if source != form and page is None:
                rules.append(redirect)
    problems.extend(found["declared"])
    problems.extend(replace(problem, warning=True) for problem in found["former"])
    return RedirectPlan(tuple(redirects), tuple(rules), stubs, tuple(plan_queries(declared, claims, problems)))


def leads_to_a_form(redirect: Redirect) -> bool:
    """Whether the target is another form of the source, or itself: a redirect with a target elsewhere comes first."""
    return canonical(path_of(redirect.target)) == canonical(redirect.source)


def plan_queries(declared: Iterable[Redirect], claims: Claims, problems: Problems) -> Iterator[Redirect]:
    """Yield the redirects of requests with a certain query, by rules 3 and 4; a page may lie at their path."""
    found: dict[tuple[str, str], Redirect] = {}
    for redirect in declared:
        if not redirect.query:
            continue
        earlier = found.setdefault((canonical(redirect.source), redirect.query), redirect)
        if earlier.target != redirect.target:
            report_two_targets(redirect, earlier, problems)
        elif earlier is redirect and (end := last_target(redirect.target, claims)):
            if canonical(path_of(end)) == canonical(redirect.source) and urlsplit(end).query == redirect.query:
                problems.error(redirect.place, f"{redirect.written!r} leads to itself", "name another target")
            else:
                yield redirect._replace(target=end)


def report_two_targets(redirect: Redirect, earlier: Redirect, problems: Problems) -> None:
    """Report one source that is claimed for two targets."""
    message = (
        f"{redirect.written!r} is claimed for {redirect.target!r} here and, as {earlier.written!r}, "
        f"for {earlier.target!r} in {earlier.place}"
    )
    problems.error(redirect.place, message, "keep one of them")


def admit(redirect: Redirect, claims: Claims, problems: Problems) -> list[tuple[str, str]]:
    """Return the files for a redirect's stub, each with its folded path; none if rules 1 to 3 keep it out.

    They are claimed for it, and so is the place to which the stub moves if another source lies below it.
    """
    names = stub_files(redirect.source)
    files = [(file, fold(file)) for file in names]
    claimed = files
    if names[0] == redirect.source[1:]:
        claimed = [*files, (f"{names[0]}/index.html", f"{files[0][1]}/index.html")]
    for file, folded in claimed:
        output = claims.files.get(folded)
        if output is not None and output.save_as != file:
            report_case(redirect, output.source, problems)
            return []
        if output is not None and (file == names[0] or path_of(redirect.target) != f"{redirect.source}/"):
            report_existing(redirect, output.source, problems)
            return []
        if (obstacle := claims.obstacle(folded)) is not None:
            if fold(obstacle.save_as) == fold(redirect.source[1:]):
                report_existing(redirect, obstacle.source, problems)
            else:
                reason = f"would need a folder where {obstacle.source} is a file, which stays"
                report_superfluous(redirect, reason, problems)
            return []
        earlier = claims.redirects.get(folded)
        if earlier is not None and earlier.target != redirect.target:
            claims.rivals.setdefault(redirect, []).append(earlier)
        elif earlier is not None and earlier.source == redirect.source:
            return []
    for _, folded in claimed:
        claims.redirects.setdefault(folded, redirect)
    for _, folded in files:
        claims.need_folders(folded)
    return files


@lru_cache(maxsize=1000)  # many redirects to one page are common
def path_of(target: str) -> str:
    """Return the decoded path of a target on this site, "" for a target elsewhere."""
    return decode(urlsplit(target).path) if target.startswith("/") else ""


def next_redirect(target: str, claims: Claims) -> Redirect | None:
    """Return the redirect that answers at a target, None where the chain ends."""
    path = path_of(target)
    if not path:
        return None
    files = [fold(candidate.file) for candidate in candidates(path)]
    if any(file in claims.files for file in files):
        return None
    by_file = next((claims.redirects[file] for file in files if file in claims.redirects), None)
    return by_file or claims.by_form.get(fold(canonical(path)))


def last_target(target: str, claims: Claims) -> str | None:
    """Follow a target to the end of its chain, by rule 4; None in a circle."""
    chain: list[str] = []
    here = target
    while here not in claims.ends:
        chain.append(here)
        following = next_redirect(here, claims)
        claims.ends[here] = None if following else here  # until its end is known: a chain that comes back is a circle
        here = following.target if following else here
    end = claims.ends[here]
    for passed in reversed(chain):
        end = None if end is None else with_query_of(passed, end)
        claims.ends[passed] = end
    return end


def report_circle(redirect: Redirect, claims: Claims, problems: Problems) -> None:
    """Report a redirect that leads back to itself; not one that only leads to others that do."""
    chain = [redirect]
    following = next_redirect(redirect.target, claims)
    while following is not None and following not in chain:
        chain.append(following)
        following = next_redirect(following.target, claims)
    if following != redirect:
        return
    path = path_of(redirect.target)
    if len(chain) > 1:
        places = " → ".join(f"{step.written!r} ({step.place})" for step in chain[1:])
        message = f"{redirect.written!r} leads in a circle: → {places} → {redirect.written!r}"
        problems.error(redirect.place, message, "remove one of them")
    elif fold(path) == fold(redirect.source) and path != redirect.source:
        report_case(redirect, f"its target {path!r}", problems)
    else:
        problems.error(redirect.place, f"{redirect.written!r} leads to itself", "name another target")


def report_existing(redirect: Redirect, name: str, problems: Problems) -> None:
    """Warn of a source at which a page or file lies."""
    what = "the address of this page itself" if name == redirect.place.path else f"already an address of {name}"
    report_superfluous(redirect, f"is {what}, which stays", problems)


def report_superfluous(redirect: Redirect, reason: str, problems: Problems) -> None:
    """Warn of a source that cannot be what its author meant."""
    hint = "write another" if redirect.place.key == "permalink" else "remove this entry"
    problems.warn(redirect.place, f"{redirect.written!r} {reason}", hint)


def report_case(redirect: Redirect, name: str, problems: Problems) -> None:
    """Report a source that breaks rule 2."""
    message = f"differs only in case from {name}, which a disk or host that ignores case would lose"
    problems.error(redirect.place, f"{redirect.written!r} {message}", "remove this entry")
