"""A branch of a git remote, as GitHub Pages publishes it. Edge: runs git.

Each deployment is one commit on top of the previous one, pushed without force: a deployment that somebody else pushed
in the meantime is never overwritten, and a push succeeds as a whole or not at all. This runs git itself, because
ghp-import rewrites the branch without checking whether it has changed.
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .destination import PublishError
from .difference import Difference, File, difference

RESTORES = "Restores: "  # the trailer of a commit that restores an earlier one


class GitBranch:
    """``branch`` of ``remote``, a remote's name or its URL, seen from the repository in the working directory."""

    def __init__(self, output: Path, remote: str, branch: str, siteurl: str) -> None:
        """Store the arguments; connect to nothing yet."""
        self.output = output.resolve()
        self.remote = remote
        self.branch = branch
        self.siteurl = siteurl
        self.parent = ""  # the live commit, "" if there is none
        self.tree = ""  # what is to be published
        self.commit = ""  # what was pushed

    def compare(self) -> Difference:
        """Fetch the branch and compare it with the output, to which .nojekyll and the branch's CNAME are added."""
        self.parent = self.fetch()
        live = self.files(self.parent) if self.parent else {}
        self.tree = self.write_tree(keep_cname="CNAME" in live)
        return difference(live, self.files(self.tree))

    def send(self) -> str:
        """Commit the output on top of the branch and push it."""
        source = self.git("log", "-1", "--format=%h %s").strip() if self.has_commits() else "no commit"
        self.push(self.tree, f"Publish {self.siteurl}\n\nFrom {source}\n")
        return f"pushed {self.commit[:10]} to {self.branch} of {self.remote}"

    def verify(self) -> str:
        """Ask the remote for its commit: a commit's name is the hash of everything in it."""
        if self.remote_commit() != self.commit:
            raise PublishError(
                f"{self.branch} of {self.remote} is not at {self.commit[:10]}, which was pushed; publish again"
            )
        return f"{self.branch} of {self.remote} holds exactly this site"

    def roll_back(self) -> str:
        """Publish the previous deployment as a new commit; a second roll-back goes back further."""
        self.parent = self.fetch()
        if not self.parent:
            raise PublishError(f"{self.branch} of {self.remote} does not exist: nothing has been published")
        message = self.git("log", "-1", "--format=%B", self.parent)
        restored = next(
            (line[len(RESTORES) :] for line in message.splitlines() if line.startswith(RESTORES)), self.parent
        )
        if not self.succeeds("rev-parse", "--verify", "--quiet", f"{restored}^"):
            raise PublishError("there is no previous deployment; the site is unchanged")
        before = self.git("rev-parse", f"{restored}^").strip()
        self.push(
            self.git("rev-parse", f"{before}^{{tree}}").strip(), f"Roll back {self.siteurl}\n\n{RESTORES}{before}\n"
        )
        return f"{self.branch} of {self.remote} holds the content of {before[:10]} again"

    def push(self, tree: str, message: str) -> None:
        """Commit a tree on top of the live commit and push it; PublishError if the branch has moved on."""
        parents = ["-p", self.parent] if self.parent else []
        self.commit = self.git("commit-tree", tree, *parents, "-F", "-", text=message).strip()
        try:
            self.git("push", "--quiet", self.remote, f"{self.commit}:refs/heads/{self.branch}")
        except PublishError as error:
            if self.remote_commit() != self.parent:
                branch = f"{self.branch} of {self.remote}"
                raise PublishError(
                    f"{branch} has changed in the meantime, and nothing was published; publish again"
                ) from None
            raise PublishError(f"nothing was published: {error}") from None

    def remote_commit(self) -> str:
        """Return the branch's commit at the remote, "" if the branch does not exist."""
        return self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").partition("\t")[0].strip()

    def fetch(self) -> str:
        """Fetch the branch, and return its commit, "" if it does not exist."""
        if not self.succeeds("rev-parse", "--git-dir"):
            raise PublishError("this folder is not a git repository; run 'git init', commit, and add the remote")
        commit = self.remote_commit()
        if commit:
            self.git("fetch", "--quiet", "--no-tags", self.remote, f"refs/heads/{self.branch}")
        return commit

    def write_tree(self, *, keep_cname: bool) -> str:
        """Write the output into the repository as a tree, and return its name; the working tree is not touched."""
        with tempfile.TemporaryDirectory() as workdir:
            index = {"GIT_INDEX_FILE": str(Path(workdir) / "index"), "GIT_WORK_TREE": str(self.output)}
            plain = ("-c", "core.autocrlf=false", "-c", "core.fileMode=false")
            self.git(*plain, "add", "--all", "--force", "--", ".", env=index, cwd=self.output)
            empty = self.git("hash-object", "-w", "--stdin", text="").strip()
            self.git("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll", env=index)
            if keep_cname and not (self.output / "CNAME").exists():
                cname = self.git("rev-parse", f"{self.parent}:CNAME").strip()
                self.git("update-index", "--add", "--cacheinfo", f"100644,{cname},CNAME", env=index)
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

    def has_commits(self) -> bool:
        """Return whether the project has a commit."""
        return self.succeeds("rev-parse", "--verify", "--quiet", "HEAD")

    def succeeds(self, *arguments: str) -> bool:
        """Return whether a git command succeeds."""
        return subprocess.run(["git", *arguments], capture_output=True).returncode == 0  # noqa: S603, S607

    def git(
        self, *arguments: str, text: str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> str:
        """Run git and return its output; PublishError with git's error message if it fails."""
        environment = {**os.environ, **(env or {})}
        if env:
            environment["GIT_DIR"] = self.git("rev-parse", "--absolute-git-dir").strip()
        ran = subprocess.run(["git", *arguments], input=text, capture_output=True, text=True, env=environment, cwd=cwd)  # noqa: S603, S607
        if ran.returncode:
            lines = ran.stderr.splitlines()
            errors = [line for line in lines if line.startswith(("fatal:", "error:"))]
            raise PublishError(f"git {arguments[0]}: {next(iter([*errors, *lines]), 'failed')}")
        return ran.stdout
