"""A branch of a git remote, as GitHub Pages publishes it. Edge: runs git.

One commit for each publication, on top of the one before, pushed without force: whoever published meanwhile is never
overwritten, and a push takes place whole or not at all. Written with git's own commands: ghp-import rewrites the branch
without looking whether anything has changed there.
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .difference import Difference, File, difference
from .errors import PublishError

RESTORES = "Restores: "  # the trailer of a commit that goes back to an earlier one


class GitBranch:
    """``branch`` of ``remote``, a remote's name or its URL, seen from the repository in the working directory."""

    def __init__(self, output: Path, remote: str, branch: str, siteurl: str) -> None:
        """Know the places; ask nobody yet."""
        self.output = output.resolve()
        self.remote = remote
        self.branch = branch
        self.siteurl = siteurl
        self.parent = ""  # the commit that is published, "" if none is
        self.tree = ""  # what shall be published
        self.commit = ""  # what this publication has pushed

    def compare(self) -> Difference:
        """Fetch the branch, and compare it with the output: CNAME is kept, .nojekyll added."""
        self.parent = self.fetched()
        live = self.files(self.parent) if self.parent else {}
        self.tree = self.written(keep_cname="CNAME" in live)
        return difference(live, self.files(self.tree))

    def send(self) -> str:
        """Commit the output on top of the branch and push it."""
        source = self.git("log", "-1", "--format=%h %s").strip() if self.has_commits() else "no commit"
        self.push(self.tree, f"Publish {self.siteurl}\n\nFrom {source}\n")
        return f"pushed {self.commit[:10]} to {self.branch} of {self.remote}"

    def look(self) -> str:
        """Ask the remote which commit it has: a commit's name is the hash of all that it holds."""
        if self.asked() != self.commit:
            raise PublishError(
                f"{self.branch} of {self.remote} is not at {self.commit[:10]}, which was pushed; publish again"
            )
        return f"{self.branch} of {self.remote} holds exactly this site"

    def roll_back(self) -> str:
        """Publish again what was published before, as a commit of its own; once more goes back further."""
        self.parent = self.fetched()
        if not self.parent:
            raise PublishError(f"{self.branch} of {self.remote} does not exist: nothing has been published")
        message = self.git("log", "-1", "--format=%B", self.parent)
        restored = next(
            (line[len(RESTORES) :] for line in message.splitlines() if line.startswith(RESTORES)), self.parent
        )
        if not self.answers("rev-parse", "--verify", "--quiet", f"{restored}^"):
            raise PublishError("nothing was published before; the site stays as it is")
        before = self.git("rev-parse", f"{restored}^").strip()
        self.push(
            self.git("rev-parse", f"{before}^{{tree}}").strip(), f"Roll back {self.siteurl}\n\n{RESTORES}{before}\n"
        )
        return f"{self.branch} of {self.remote} holds again what {before[:10]} published"

    def push(self, tree: str, message: str) -> None:
        """Commit a tree on top of what is published and push it; PublishError if the branch has moved on."""
        parents = ["-p", self.parent] if self.parent else []
        self.commit = self.git("commit-tree", tree, *parents, "-F", "-", text=message).strip()
        try:
            self.git("push", "--quiet", self.remote, f"{self.commit}:refs/heads/{self.branch}")
        except PublishError as error:
            if self.asked() != self.parent:
                raise PublishError(
                    f"{self.branch} of {self.remote} has changed meanwhile, and nothing was published; publish again"
                ) from None
            raise PublishError(f"nothing was published: {error}") from None

    def asked(self) -> str:
        """Return the commit that the remote has on the branch, "" if there is no such branch."""
        return self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").partition("\t")[0].strip()

    def fetched(self) -> str:
        """Bring what is published into the repository, and return its commit, "" if there is none."""
        if not self.answers("rev-parse", "--git-dir"):
            raise PublishError("this folder is no git repository; run 'git init', commit, and add the remote")
        commit = self.asked()
        if commit:
            self.git("fetch", "--quiet", "--no-tags", self.remote, f"refs/heads/{self.branch}")
        return commit

    def written(self, *, keep_cname: bool) -> str:
        """Write the output into the repository as a tree, and return its name. No file of the project is touched."""
        with tempfile.TemporaryDirectory() as room:
            index = {"GIT_INDEX_FILE": str(Path(room) / "index"), "GIT_WORK_TREE": str(self.output)}
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
        """Tell whether the project has a commit of its own."""
        return self.answers("rev-parse", "--verify", "--quiet", "HEAD")

    def answers(self, *arguments: str) -> bool:
        """Tell whether a git command succeeds."""
        return subprocess.run(["git", *arguments], capture_output=True).returncode == 0  # noqa: S603, S607

    def git(
        self, *arguments: str, text: str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> str:
        """Run git and return what it prints; PublishError with git's last word if it fails."""
        where = {**os.environ, **(env or {})}
        if env:
            where["GIT_DIR"] = subprocess.check_output(["git", "rev-parse", "--absolute-git-dir"], text=True).strip()  # noqa: S607
        ran = subprocess.run(["git", *arguments], input=text, capture_output=True, text=True, env=where, cwd=cwd)  # noqa: S603, S607
        if ran.returncode:
            words = [
                line for line in ran.stderr.splitlines() if line.startswith(("fatal:", "error:"))
            ] or ran.stderr.splitlines()
            raise PublishError(f"git {arguments[0]}: {words[0] if words else 'failed'}")
        return ran.stdout
