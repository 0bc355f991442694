"""What Windows and macOS have otherwise: encodings, separators, modules, names, processes."""

import ast
import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from plugins.portable_names import unusable
from plugins.serving import server
from tests.conftest import ROOT, Site

SOURCES = sorted([*(ROOT / "plugins").rglob("*.py"), *ROOT.glob("*.py")])
POSIX_ONLY = {"fcntl", "grp", "pwd", "pty", "resource", "termios", "tty", "curses", "syslog", "readline", "nis"}
POSIX_CALLS = {"fork", "forkpty", "mkfifo", "mknod", "chown", "lchown", "chroot", "getuid", "geteuid", "getgid", "setsid", "killpg", "getpgid", "uname", "wait", "nice"}  # fmt: skip
POSIX_SIGNALS = {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "SIGPIPE", "SIGQUIT"}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call with the last part of its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def text_without_encoding(source: str) -> list[int]:
    """Return the lines of calls that would read or write a text in the system's encoding."""
    found = []
    for call, name in calls(ast.parse(source)):
        keywords = {keyword.arg for keyword in call.keywords}
        method = isinstance(call.func, ast.Attribute)
        of_os = method and isinstance(call.func.value, ast.Name) and call.func.value.id in ("os", "webbrowser")
        if name in ("read_text", "write_text"):
            at = 0 if name == "read_text" else 1
            bad = "encoding" not in keywords and len(call.args) <= at
        elif name == "open" and not of_os:
            mode_at = 0 if method else 1
            modes = [*call.args[mode_at : mode_at + 1], *(k.value for k in call.keywords if k.arg == "mode")]
            binary = any("b" in str(mode.value) for mode in modes if isinstance(mode, ast.Constant))
            bad = not binary and "encoding" not in keywords
        elif name in ("run", "Popen", "check_output") and ("text" in keywords or "universal_newlines" in keywords):
            bad = "encoding" not in keywords
        else:
            continue
        if bad:
            found.append(call.lineno)
    return found


def posix_only(source: str) -> list[int]:
    """Return the lines that use what Windows does not have, without a check whether it is there."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used = POSIX_CALLS if node.value.id == "os" else POSIX_SIGNALS if node.value.id == "signal" else set()
            if node.attr in used and f'hasattr({node.value.id}, "{node.attr}")' not in source:
                found.append(node.lineno)
        found += [node.lineno for name in names if name in POSIX_ONLY]
    return found


def shell_or_separator(source: str) -> list[int]:
    """Return the lines that run a shell, or that put paths together with the system's separator."""
    tree = ast.parse(source)
    found = []
    for call, name in calls(tree):
        shell = any(keyword.arg == "shell" for keyword in call.keywords)
        if shell or (name in ("system", "popen") and isinstance(call.func, ast.Attribute)):
            found.append(call.lineno)
    found += [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("sep", "altsep")
    ]
    return found


CHECKS = {
    "a text without an encoding": (
        text_without_encoding,
        ["open('x')", "open('x', 'w')", "p.open()", "p.open('r')", "p.read_text()", "p.read_text(errors='x')", "p.write_text(a)",
         "subprocess.run(a, text=True)", "io.open(a)"],
        ["open('x', 'rb')", "open('x', encoding='utf-8')", "p.open('xb')", "p.open(mode='wb')", "p.read_text('utf-8')",
         "p.write_text(a, 'utf-8')", "p.write_text(a, encoding='utf-8')", "os.open(a, b)", "subprocess.run(a)",
         "subprocess.run(a, encoding='utf-8')"],
    ),
    "something that only POSIX has": (
        posix_only,
        ["import fcntl", "from pwd import x", "os.fork()", "os.geteuid()", "signal.SIGKILL"],
        ["import os", 'x = hasattr(os, "geteuid") and os.geteuid() == 0', "signal.SIGTERM", "other.fork()"],
    ),
    "a shell or the system's separator": (
        shell_or_separator,
        ["subprocess.run(a, shell=True)", "os.system(a)", "a + os.sep + b", "path.replace(os.altsep, '/')"],
        ["subprocess.run([a])", "a.as_posix()"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHECKS)
def test_the_check_finds_it(what: str) -> None:
    """Each example of what is looked for is found, and none of what is allowed."""
    check, found, allowed = CHECKS[what]
    assert [line for line in found if not check(line)] == []
    assert [line for line in allowed if check(line)] == []


@pytest.mark.parametrize("what", CHECKS)
def test_no_source_has(what: str) -> None:
    """Not one file of the program or of the settings."""
    assert len(SOURCES) > 100
    check = CHECKS[what][0]
    assert [f"{path.relative_to(ROOT)}:{line}" for path in SOURCES for line in check(path.read_text("utf-8"))] == []


def test_every_path_that_becomes_text_has_forward_slashes() -> None:
    """`str(path.relative_to(…))` has the system's separator: addresses and records take `as_posix()`."""
    pattern = re.compile(r"str\([^()]*\.relative_to\(|f\"[^\"]*\{[^{}\"]*\.relative_to\([^()]*\)\}")
    assert pattern.search("str(file.relative_to(root))")
    assert pattern.search('f"{file.relative_to(root)}/x"')
    assert not pattern.search("file.relative_to(root).as_posix()")
    found = [path.name for path in SOURCES if pattern.search(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("path", "why"),
    [
        pytest.param("con/index.html", "has 'con', a device's name on Windows", id="a folder"),
        pytest.param("a/AUX.html", "has 'AUX.html', a device's name on Windows", id="a file with an extension"),
        pytest.param("nul", "has 'nul', a device's name on Windows", id="a file"),
        pytest.param("com1.tar.gz", "has 'com1.tar.gz', a device's name on Windows", id="a port"),
        pytest.param("lpt³", "has 'lpt³', a device's name on Windows", id="a port with a superscript"),
        pytest.param("a./index.html", "has 'a.', of which Windows drops the end", id="a dot at the end"),
        pytest.param("a /index.html", "has 'a ', of which Windows drops the end", id="a blank at the end"),
        pytest.param("a:b.html", "has ':', which no name on Windows may have", id="a colon"),
        pytest.param("a?.html", "has '?', which no name on Windows may have", id="a question mark"),
        pytest.param("content/index.html", "", id="a name that begins like one"),
        pytest.param("console.html", "", id="a name that begins with one"),
        pytest.param("com10/.htaccess", "", id="a higher number, and a dot in front"),
        pytest.param("lab.con", "", id="an extension"),
    ],
)
def test_a_name_that_windows_cannot_have(path: str, why: str) -> None:
    """Devices, with any extension and in any case; ends that are dropped; characters."""
    assert unusable(path) == why


def test_reserved_names_are_warnings(site: Site) -> None:
    """For a permalink, a save_as, a redirect and a file: with the line, and a way out; the site is built."""
    site.write("content/pages/about.md", "---\npermalink: /\nredirect_from:\n  - /con/\n  - /fine/\n---\nHello.\n")
    site.write("content/pages/aux.md", "---\nx: y\npermalink: /aux/\n---\nHello.\n")
    site.write("content/pages/own.md", "---\nurl: x\nsave_as: a:b.html\n---\nHello.\n")
    site.write("content/files/trailing.", b"x")
    built = site.build()
    assert not built.failed
    assert built.lines == [
        "content/files/trailing.: warning: '/files/trailing.' has 'trailing.', of which Windows drops the end,"
        " so that it is lost there; rename it",
        "content/pages/about.md:3: warning: redirect_from: '/con/' has 'con', a device's name on Windows,"
        " so that its stub is lost there; leave it out, or build and copy the site on other systems only",
        "content/pages/aux.md:3: warning: permalink: '/aux/index.html' has 'aux', a device's name on Windows,"
        " so that it is lost there; choose another address",
        "content/pages/own.md:3: warning: save_as: '/a:b.html' has ':', which no name on Windows may have,"
        " so that it is lost there; choose another address",
    ]


def test_serving_on_windows_restarts_by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first process starts the server anew while it ends with the status for that, and ends with its last one."""
    started: list[list[str]] = []
    answers = [server.RESTART, server.RESTART, 3]

    def call(command: list[str], env: dict[str, str]) -> int:
        started.append(command)
        assert env["FRONTISPIECE_SUPERVISED"] == "1"
        return answers[len(started) - 1]

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    assert server.supervise() is None
    monkeypatch.setattr(server, "WINDOWS", True)
    assert server.supervise() == 3
    assert started == [[sys.executable, *sys.orig_argv[1:]]] * 3
    monkeypatch.setenv("FRONTISPIECE_SUPERVISED", "1")
    assert server.supervise() is None


def test_a_port_belongs_to_one_program_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There SO_REUSEADDR would let two programs listen at one port."""
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False)  # any that exists here
    with server.listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert not listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_name_that_the_terminal_cannot_show(site: Site, encoding: str) -> None:
    """A command prints it escaped, as a program on Windows does whose output goes into a file."""
    site.write("content/pages/about.md", "---\npermalink: /\n---\nHello.\n")
    site.write("content/files/中.pdf", b"%PDF")
    target = site.root.parent / "live"
    target.mkdir()
    (target / "文").write_text("x", "utf-8")
    with (site.root / "publishconf.py").open("a", encoding="utf-8") as config:
        config.write(f'SITEURL = "https://ann.example"\nPUBLISH = {{"folder": {{"path": {str(target)!r}}}}}\n')
    ran = site.invoke("publish", "--yes", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "  + files/\\u4e2d.pdf (4 bytes)" in ran.stdout
    assert "\\u6587" in ran.stdout
    assert (target / "files" / "中.pdf").is_file()
    assert (target / "文").is_file()
