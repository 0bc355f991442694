"""A proxy on this machine that stops, or closes all connections, once it has passed so many bytes to the server."""

import contextlib
import math
import socket
import threading
from types import TracebackType


class Proxy:
    """Passes connections on to ``port`` of 127.0.0.1. ``passed`` counts the bytes from clients since `limit`."""

    def __init__(self, port: int) -> None:
        """Listen at a free port."""
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.limit(math.inf)
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "Proxy":
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close everything."""
        self._listener.close()
        self.close_all()

    def limit(self, most: float, *, close: bool = False) -> None:
        """Begin to count; after ``most`` bytes wait for `go_on`, or ``close`` all connections that are open then."""
        self.passed, self._most, self._close = 0, most, close
        self.reached, self._may_go_on = threading.Event(), threading.Event()

    def go_on(self) -> None:
        """Pass the rest."""
        self._most = math.inf
        self._may_go_on.set()

    def close_all(self) -> None:
        """Close all connections, as a network that is gone."""
        for each in tuple(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # until it is closed
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server))
                self._open |= {client, server}
                threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 14):
                if counted:
                    with self._lock:
                        rest = max(0, int(min(self._most - self.passed, len(data))))
                        self.passed += len(data)
                        wait = self._may_go_on if rest < len(data) else None
                    target.sendall(data[:rest])
                    if wait:
                        self.reached.set()
                        if self._close:
                            self._most = math.inf
                            self.close_all()
                            return
                        wait.wait()
                        target.sendall(data[rest:])
                else:
                    target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)
