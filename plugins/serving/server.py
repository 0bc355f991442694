"""Find a port, build, and serve until Ctrl-C (edge: the network)."""

import asyncio
import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import FrameType

import uvicorn

from ..memory import Memory
from ..problems import Problem
from .app import State, application
from .rebuild import AnyBuilt, Rebuilder

WATCHED = ("content", "theme", "plugins")
WINDOWS = sys.platform == "win32"
RESTART = 75  # the exit status by which a server on Windows asks to be started again
_SUPERVISED = "FRONTISPIECE_SUPERVISED"


class ListenError(Exception):
    """No server can listen there; the message says why, and a way out."""


class PortTakenError(ListenError):
    """Another program listens at the port; ``free`` is the next free one."""

    def __init__(self, port: int, free: int) -> None:
        self.free = free
        super().__init__(f"port {port} is taken by another program; the next free one: invoke serve --port {free}")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at ``host`` and ``port`` (0: any free port); raise ListenError."""
    try:
        return _bound(host, port)
    except (OSError, UnicodeError) as error:
        if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
            reason = getattr(error, "strerror", None) or "it is no address"
            hint = "write 127.0.0.1 or an address of this machine, and a port from 1024 on"
            raise ListenError(f"cannot listen at {host!r}, port {port}: {reason}; {hint}") from None
    for other in range(port + 1, min(port + 100, 65536)):
        try:
            _bound(host, other).close()
        except OSError:
            continue
        raise PortTakenError(port, other)
    raise PortTakenError(port, 0)


def serve(
    build: Callable[[Memory], AnyBuilt],
    report: Callable[[AnyBuilt, Container[str]], object],
    listener: socket.socket,
    *,
    host: str = "127.0.0.1",
    open_browser: bool = False,
) -> None:
    """Serve the site at ``listener`` and rebuild at every change, until Ctrl-C ends the process.

    ``build`` receives the memory that builds share; ``report`` prints the result of one, without the warnings that it
    receives, which the build before has reported.
    """
    asyncio.run(_serve(build, report, listener, host, open_browser))


@contextmanager
def served(output: Path) -> Iterator[str]:
    """Serve a folder on this machine while the block runs, as static hosts do; yield its address, without a slash."""
    state = State(output)
    state.idle.set()
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(application(state, ["127.0.0.1"]), log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


async def _serve(
    build: Callable[[Memory], AnyBuilt],
    report: Callable[[AnyBuilt, Container[str]], object],
    listener: socket.socket,
    host: str,
    open_browser: bool,
) -> None:
    state = State(Path.cwd() / "output", build=time.time_ns() // 1_000_000)  # greater than any before a restart
    loop = asyncio.get_running_loop()
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"

    def begins() -> None:
        asyncio.run_coroutine_threadsafe(_clear(state.idle), loop).result()

    known: set[str] = set()  # warnings, without their lines

    def ends(built: AnyBuilt, faults: Sequence[Problem]) -> None:
        nonlocal known
        problems = [*faults, *(problem for problem in built.problems if not problem.warning)]
        number = state.build + (not built.failed)
        loop.call_soon_threadsafe(state.built, rebuilder.output, number, problems, built.changed)
        for fault in faults:
            print(fault, file=sys.stderr)
        report(built, known)
        warnings = {problem.without_line for problem in built.problems if problem.warning}
        known = known | warnings if built.failed else warnings  # a build that fails may not come to all of them

    def restart() -> None:
        print("Python code has changed: restarting", file=sys.stderr, flush=True)
        asyncio.run_coroutine_threadsafe(start_again(), loop).result()

    async def start_again() -> None:
        state.idle.set()
        socket_of_next = listener.dup()
        for accepting in server.servers:
            accepting.close()
        for _ in range(100):  # requests that have come are answered; later ones wait at the socket
            await asyncio.sleep(0.02)
            if len(server.server_state.tasks) <= len(state.listeners):
                break
        if WINDOWS:
            os._exit(RESTART)
        socket_of_next.set_inheritable(True)
        os.environ["FRONTISPIECE_SOCKET"] = str(socket_of_next.fileno())
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (the same command again)

    rebuilder = Rebuilder(Path.cwd(), WATCHED, build, begins=begins, ends=ends, restart=restart)

    def end(number: int, frame: FrameType | None) -> None:
        rebuilder.stop()
        os._exit(0)  # at once: event streams, watchers and keep-alive connections have nothing to finish

    config = uvicorn.Config(
        application(state, allowed_hosts(host)), log_level="error", lifespan="off", ws="none", access_log=False
    )
    server = uvicorn.Server(config)
    server.handle_exit = end  # type: ignore[method-assign, assignment]  # uvicorn's own waits for connections that never end
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    rebuilder.start()
    print(f"{address} (Ctrl-C to stop)", flush=True)
    if open_browser and not inherited():
        webbrowser.open(address)
    await server.serve([listener])


def supervise() -> int | None:
    """On Windows, run this command as another process, again and again while it asks for that; return its status.

    There ``execv`` would end this process, so that the shell shows its prompt in the middle of the server's lines.
    Returns None where this process is to serve.
    """
    if not WINDOWS or os.environ.get(_SUPERVISED):
        return None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they reach the server too, and its end is ours
    status = RESTART
    while status == RESTART:
        command = [sys.executable, *sys.orig_argv[1:]]
        status = subprocess.call(command, env={**os.environ, _SUPERVISED: "1"})  # noqa: S603
    return status


def inherited() -> socket.socket | None:
    """Return the listening socket that the process left before its restart."""
    number = os.environ.get("FRONTISPIECE_SOCKET")
    return socket.socket(fileno=int(number)) if number else None


def allowed_hosts(host: str) -> list[str]:
    """Return the host names to answer to: on the loopback interface only its own, against DNS rebinding."""
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    return ["localhost", "127.0.0.1", "[::1]", host] if is_loopback else ["*"]


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # for TCP_NODELAY by asyncio
    # On Windows SO_REUSEADDR lets two programs have one port; elsewhere it only forgets connections that have ended.
    option = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
    listener.setsockopt(socket.SOL_SOCKET, option, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(128)
    return listener


async def _clear(event: asyncio.Event) -> None:
    event.clear()
