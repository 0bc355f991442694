"""What is published, a project with a git remote on this disk; and where to: an sshd and a store that speaks S3."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.git_branch import GitBranch
from tests.conftest import Site, free_port, listening, missing

PAGE = "---\npermalink: /\nredirect_from: /about/\n---\nHello.\n"


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


@dataclass
class Project:
    """``site`` is the project, ``remote`` its bare repository ``ann/ann.github.io``."""

    site: Site
    remote: Path

    def configure(self, **settings: object) -> None:
        """Add settings to publishconf.py, and commit."""
        with (self.site.root / "publishconf.py").open("a", encoding="utf-8") as config:
            config.writelines(f"{name} = {value!r}\n" for name, value in settings.items())
        self.commit("Configure")

    def commit(self, message: str) -> None:
        """Commit all of the project."""
        git("add", "--all", cwd=self.site.root)
        git("commit", "--quiet", "--allow-empty", "-m", message, cwd=self.site.root)

    def live(self, branch: str = "gh-pages") -> dict[str, str]:
        """Return what the branch holds: path → text."""
        names = git("ls-tree", "-r", "--name-only", branch, cwd=self.remote).splitlines()
        return {name: git("show", f"{branch}:{name}", cwd=self.remote) for name in names}

    def deploy(self, **files: str) -> None:
        """Publish an output of these files, without the command line and the build."""
        output = self.site.root.parent / "deployed"
        shutil.rmtree(output, ignore_errors=True)
        for name, text in files.items():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        branch = self.branch()
        branch.compare()
        branch.send()
        branch.verify()

    def branch(self) -> GitBranch:
        """Return the destination of `deploy`; the working directory has to be the project."""
        return GitBranch(self.site.root.parent / "deployed", "origin", "gh-pages", "https://ann.github.io")

    def deployments(self, branch: str = "gh-pages") -> int:
        """Return how many commits the branch has."""
        return int(git("rev-list", "--count", branch, cwd=self.remote))


@pytest.fixture
def project(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name, value in (("NAME", "Ann"), ("EMAIL", "ann@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.chdir(site.root)
    remote = tmp_path / "ann" / "ann.github.io.git"
    remote.mkdir(parents=True)
    git("init", "--quiet", "--bare", cwd=remote)
    site.write("content/pages/about.md", PAGE)
    site.write("content/files/cv.pdf", b"%PDF")
    site.write(".gitignore", "/output/\n/.staging*/\n/.cache/\n__pycache__/\n")
    git("init", "--quiet", "--initial-branch=main", cwd=site.root)
    git("remote", "add", "origin", str(remote), cwd=site.root)
    project = Project(site, remote)
    project.configure(SITEURL="https://ann.github.io")
    return project


@pytest.fixture(scope="session")
def ssh(need: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an sshd of our own, with keys of our own; return the ssh command that reaches it."""
    folder = tmp_path_factory.mktemp("ssh")
    sshd, keygen = need("sshd", "openssh-server"), need("ssh-keygen", "openssh-client")
    need("rsync", "rsync")
    if os.geteuid() == 0 and not Path("/run/sshd").is_dir():
        missing("/run/sshd does not exist, without which root's sshd does not start (mkdir /run/sshd)")
    for name in ("host", "user"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized").write_text((folder / "user.pub").read_text())
    port = free_port()
    (folder / "config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
    )
    with listening([sshd, "-D", "-e", "-f", str(folder / "config")], port, folder / "log"):
        yield (
            f"ssh -p {port} -i {folder}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
            " -o LogLevel=ERROR -o BatchMode=yes -o KexAlgorithms=curve25519-sha256"  # the cheapest one
        )


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    from moto.server import ThreadedMotoServer  # takes a second

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    """Return a client of an empty bucket ``web``."""
    import boto3

    for name, value in (("ACCESS_KEY_ID", "x"), ("SECRET_ACCESS_KEY", "x"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    client = boto3.client("s3", endpoint_url=endpoint)
    for bucket in client.list_buckets()["Buckets"]:
        for found in client.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            client.delete_object(Bucket=bucket["Name"], Key=found["Key"])
        client.delete_bucket(Bucket=bucket["Name"])
    client.create_bucket(Bucket="web")
    return client
