"""A branch of a git remote, as GitHub Pages publishes it. Edge: runs git.

Each deployment is one commit on top of the previous one, pushed without force: a deployment that somebody else pushed
in the meantime is never overwritten, and a push succeeds as a whole or not at all. This runs git itself, because
ghp-import rewrites the branch without checking whether it has changed.

What is not ours on the branch stays (`plugins.publishing.keeping`). The history says what is ours: all that the last
commit of ours holds, but for what its message names as kept. The branch's CNAME always stays: GitHub writes it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from ..domain import other_domain
from .destination import Destination, Difference, File, PublishError, difference
from .keeping import foreign_files, site_files

RESTORES = "Restores: "  # the trailer of a commit that restores an earlier one
KEEPS = "Keeps: "  # the trailer that names a file on the branch which is not ours, percent-encoded
OURS = "^(Publish|Roll back) https?://"  # how the message of a commit of ours begins
_REJECTED = re.compile(r"^ ! \[[^\]]*\] .*\((.+)\)$", re.MULTILINE)


@dataclass
class GitBranch(Destination):
    """``branch`` of ``remote``, a remote's name or its URL, seen from the repository in the working directory."""

    output: Path
    remote: str
    branch: str
    siteurl: str
    parent: str = ""  # the live commit, "" if there is none
    tree: str = ""  # what is to be published
    kept: tuple[str, ...] = ()  # the files of the live commit that stay
    before: str = ""  # the commit that a roll-back restores
    commit: str = ""  # what was pushed

    def compare(self) -> Difference:
        """Fetch the branch and compare it with the output, to which .nojekyll and the files that stay are added."""
        self.parent = self.fetch()
        live = self.files(self.parent) if self.parent else {}
        output = self.write_tree()
        self.kept = foreign_files(live, self.files(output).keys(), self.ours(self.parent) if self.parent else ())
        self.tree = self.add_kept(output)
        changes = difference(live, self.files(self.tree), self.kept)
        if "CNAME" in self.kept:
            cname = self.git("cat-file", "blob", f"{self.parent}:CNAME")
            warnings = other_domain(cname, self.siteurl, f"CNAME on {self.branch}")
            return replace(changes, warnings=tuple(f"{each.path}: {each.message}; {each.hint}" for each in warnings))
        return changes

    def send(self) -> str:
        """Commit the output on top of the branch and push it."""
        has_commits = self.succeeds("rev-parse", "--verify", "--quiet", "HEAD")
        source = self.git("log", "-1", "--format=%h %s").strip() if has_commits else "no commit"
        self.push(self.tree, f"Publish {self.siteurl}\n\nFrom {source}\n")
        return f"pushed {self.commit[:10]} to {self.branch} of {self.remote}"

    def verify(self) -> str:
        """Ask the remote for its commit: a commit's name is the hash of everything in it."""
        if self.remote_commit() != self.commit:
            raise PublishError(
                f"{self.branch} of {self.remote} is not at {self.commit[:10]}, which was pushed; publish again"
            )
        return f"{self.branch} of {self.remote} holds exactly this site"

    def compare_previous(self) -> Difference:
        """Fetch the branch and compare it with the previous deployment, to which the files that stay are added."""
        self.parent = self.fetch()
        if not self.parent:
            raise PublishError(f"{self.branch} of {self.remote} does not exist: nothing has been published")
        last = self.last_of_ours(self.parent) or self.parent
        restored = next(iter(trailers(RESTORES, self.git("log", "-1", "--format=%B", last))), last)
        if not self.succeeds("rev-parse", "--verify", "--quiet", f"{restored}^"):
            raise PublishError(self.no_previous)
        before = self.git("rev-parse", f"{restored}^").strip()
        self.before = self.last_of_ours(before) or before
        live, then = self.files(self.parent), self.files(self.before)
        ours = self.ours(self.parent) or live.keys()
        self.kept = foreign_files(live, then.keys() - (live.keys() - ours), ours)
        self.tree = self.add_kept(f"{self.before}^{{tree}}")
        return difference(live, self.files(self.tree), self.kept)

    def roll_back(self) -> str:
        """Publish the previous deployment as a new commit; a second roll-back goes back further."""
        self.compare_previous()
        self.push(self.tree, f"Roll back {self.siteurl}\n\n{RESTORES}{self.before}\n")
        return f"{self.branch} of {self.remote} holds the content of {self.before[:10]} again"

    def ours(self, commit: str) -> frozenset[str]:
        """Return the paths that publications of this site had written by a commit."""
        last = self.last_of_ours(commit)
        if not last:
            return frozenset()
        kept = trailers(KEEPS, self.git("log", "-1", "--format=%B", last))
        return frozenset(self.files(last)) - {*(unquote(path, errors="surrogateescape") for path in kept), "CNAME"}

    def last_of_ours(self, commit: str) -> str:
        """Return the last publication or roll-back up to a commit, "" if there is none."""
        search = ("--first-parent", "--extended-regexp", f"--grep={OURS}")
        return self.git("log", "-1", *search, "--format=%H", commit).strip()

    def add_kept(self, tree: str) -> str:
        """Return the tree of a site with the files that stay, as they are in the live commit."""
        if not self.kept:
            return self.git("rev-parse", tree).strip()
        live = self.git("ls-tree", "-r", "-z", self.parent).split("\0")
        entries = {path: about for about, _, path in (entry.partition("\t") for entry in live)}
        lines = []
        for path in self.kept:
            mode, _, name = entries[path].split()
            lines.append(f"{mode} {name}\t{path}\0")
        with tempfile.TemporaryDirectory() as workdir:
            index = {"GIT_INDEX_FILE": str(Path(workdir) / "index")}
            self.git("read-tree", tree, env=index)
            self.git("update-index", "-z", "--index-info", text="".join(lines), env=index)
            return self.git("write-tree", env=index).strip()

    def push(self, tree: str, message: str) -> None:
        """Commit a tree on top of the live commit and push it; PublishError if the branch has moved on."""
        parents = ["-p", self.parent] if self.parent else []
        message += "".join(f"{KEEPS}{quote(path, errors='surrogateescape')}\n" for path in self.kept)
        self.commit = self.git("commit-tree", tree, *parents, "-F", "-", text=message).strip()
        try:
            self.git("push", "--quiet", self.remote, f"{self.commit}:refs/heads/{self.branch}")
        except PublishError as error:
            branch = f"{self.branch} of {self.remote}"
            try:
                now = self.remote_commit()
            except PublishError:
                raise PublishError(f"{error}; {branch} is the old site or the new one, publish again") from None
            if now == self.parent:
                raise PublishError(f"nothing was published: {error}") from None
            if now != self.commit:  # else it was pushed, and the answer was lost
                raise PublishError(
                    f"{branch} has changed in the meantime, and nothing was published; publish again"
                ) from None

    def remote_commit(self) -> str:
        """Return the branch's commit at the remote, "" if the branch does not exist."""
        return self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").partition("\t")[0].strip()

    def fetch(self) -> str:
        """Fetch the branch, and return its commit, "" if it does not exist."""
        if not self.succeeds("rev-parse", "--git-dir"):
            raise PublishError("this folder is not a git repository; run 'git init', commit, and add the remote")
        commit = self.remote_commit()
        if commit:
            # Without --refmap= it updates the remote's branch here too, which the lock of a killed git prevents.
            self.git("fetch", "--quiet", "--no-tags", "--refmap=", self.remote, f"refs/heads/{self.branch}")
        return commit

    def write_tree(self) -> str:
        """Write the output into the repository as a tree, and return its name; the working tree is not touched."""
        with tempfile.TemporaryDirectory() as workdir:
            index = {"GIT_INDEX_FILE": str(Path(workdir) / "index"), "GIT_WORK_TREE": str(self.output.resolve())}
            plain = ("-c", "core.autocrlf=false", "-c", "core.fileMode=false")
            paths = "".join(f"{path}\0" for path in site_files(self.output))
            self.git(*plain, "update-index", "--add", "-z", "--stdin", text=paths, env=index, cwd=self.output)
            empty = self.git("hash-object", "-w", "--stdin", text="").strip()
            self.git("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll", env=index)
            return self.git("write-tree", env=index).strip()

    def files(self, tree: str) -> dict[str, File]:
        """Return the files of a commit or tree, by path, with git's own digests."""
        files: dict[str, File] = {}
        for entry in self.git("ls-tree", "-r", "-l", "-z", tree).split("\0"):
            if entry:
                about, path = entry.split("\t", 1)
                _, _, digest, size = about.split()
                files[path] = File(digest, int(size) if size.isdigit() else 0)
        return files

    def succeeds(self, *arguments: str) -> bool:
        """Return whether a git command succeeds."""
        return run_git(*arguments).returncode == 0

    def git(
        self, *arguments: str, text: str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> str:
        """Run git and return its output; PublishError with git's reason if it fails."""
        if env:
            env = {**env, "GIT_DIR": self.git("rev-parse", "--absolute-git-dir").strip()}
        ran = run_git(*arguments, text=text, env=env, cwd=cwd)
        if ran.returncode:
            raise PublishError(f"git {arguments[0]}: {reason(ran.stderr)}")
        return ran.stdout


def run_git(
    *arguments: str, text: str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run git, in English, and return how it ended; PublishError if it is not installed.

    Names on a branch are bytes: those that are not UTF-8 pass through as lone surrogates.
    """
    program = shutil.which("git")
    if program is None:
        raise PublishError("git is not installed; https://git-scm.com/downloads has it")
    return subprocess.run(  # noqa: S603
        [program, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        cwd=cwd,
    )


def reason(stderr: str) -> str:
    """Return on one line why git failed: what the remote said and why it refused a branch, else git's own error."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    if rejected := _REJECTED.search(stderr):
        remote = [
            line.removeprefix("remote:").strip().removeprefix("error:").strip()
            for line in lines
            if line.startswith("remote:")
        ]
        return ": ".join([rejected[1], " ".join(line for line in remote if line)]).removesuffix(": ")
    errors = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return next(iter([*errors, *lines]), "failed")


def trailers(name: str, message: str) -> list[str]:
    """Return the values of a trailer in a commit's message."""
    return [line.removeprefix(name) for line in message.splitlines() if line.startswith(name)]
