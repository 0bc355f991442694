"""A server with the headers of a built site, and Chromium and Firefox in front of it."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from tests.conftest import free_port, listening, need_module


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder with the headers of its `_headers`."""

    def end_headers(self) -> None:
        """Add what `_headers` says of every path."""
        for line in Path(self.directory, "_headers").read_text("utf-8").splitlines():
            if line.startswith("  "):
                self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


class Browser(Protocol):
    """What the tests do with a browser: ``said`` is what its console holds."""

    said: list[str]

    def go(self, url: str) -> None:
        """Open an address."""

    def click(self, text: str) -> None:
        """Follow a link."""

    def back(self) -> None:
        """Press the Back button."""

    def at(self, url: str) -> bool:
        """Tell whether the browser comes to an address within some seconds."""

    def value(self, expression: str) -> Any:
        """Return what an expression is on the page, once it is true or ten seconds have passed."""


class Chromium:
    """Chromium by Playwright."""

    def __init__(self, page: Any) -> None:
        """Listen to one page."""
        self.page = page
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def go(self, url: str) -> None:
        """Open an address."""
        self.page.goto(url)

    def click(self, text: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=text, exact=True).click()

    def back(self) -> None:
        """Press the Back button."""
        self.page.go_back()

    def at(self, url: str) -> bool:
        """Tell whether the browser comes to an address within some seconds."""
        return arrives(lambda: str(self.page.url), url, self.sleep)

    def value(self, expression: str) -> Any:
        """Return what an expression is on the page, once it is true or ten seconds have passed."""
        return comes_true(lambda: self.page.evaluate(expression), self.sleep)

    def sleep(self, seconds: float) -> None:
        """Wait while the page goes on."""
        self.page.wait_for_timeout(1000 * seconds)


class Firefox:
    """Firefox by WebDriver BiDi, which it speaks itself."""

    def __init__(self, socket: Any) -> None:
        """Begin a session in the window that is open."""
        self.socket = socket
        self.number = count(1)
        self.said: list[str] = []
        self.ask("session.new", {"capabilities": {}})
        self.ask("session.subscribe", {"events": ["log.entryAdded"]})
        self.window = self.ask("browsingContext.getTree", {})["contexts"][0]["context"]

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:
        """Send a command and wait for its answer; keep what the console says meanwhile."""
        number = next(self.number)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=60))
            if answer.get("method") == "log.entryAdded":
                self.said.append(answer["params"]["text"])
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("browsingContext.navigate", {"context": self.window, "url": url, "wait": "complete"})

    def click(self, text: str) -> None:
        """Follow a link, found as a person finds it."""
        found = self.ask(
            "browsingContext.locateNodes",
            {"context": self.window, "locator": {"type": "accessibility", "value": {"role": "link", "name": text}}},
        )
        origin = {"type": "element", "element": {"sharedId": found["nodes"][0]["sharedId"]}}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.ask(
            "input.performActions",
            {"context": self.window, "actions": [{"type": "pointer", "id": "mouse", "actions": actions}]},
        )

    def back(self) -> None:
        """Press the Back button."""
        self.ask("browsingContext.traverseHistory", {"context": self.window, "delta": -1})

    def at(self, url: str) -> bool:
        """Tell whether the browser comes to an address within some seconds."""
        return arrives(lambda: str(self.ask("browsingContext.getTree", {})["contexts"][0]["url"]), url)

    def value(self, expression: str) -> Any:
        """Return what an expression is on the page, once it is true or ten seconds have passed."""
        target = {"context": self.window}

        def now() -> Any:
            asked = {"expression": expression, "target": target, "awaitPromise": True}
            return self.ask("script.evaluate", asked)["result"].get("value")

        return comes_true(now)


def comes_true(now: Callable[[], Any], sleep: Callable[[float], None] = time.sleep) -> Any:
    """Return a value once it is true, or after ten seconds."""
    for _ in range(100):
        if value := now():
            return value
        sleep(0.1)
    return now()


def arrives(where: Callable[[], str], url: str, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Tell whether a browser comes to an address within 20 seconds and stays there for a second."""
    for _ in range(200):
        if where() == url:
            sleep(1)
            return where() == url
        sleep(0.1)
    return False


@contextmanager
def running(name: str, scripts: bool, need: Callable[..., str], folder: Path) -> Iterator[Browser]:
    """Run Chromium or Firefox with a profile in ``folder``."""
    if name == "chromium":
        program = need("chromium", "chromium")
        playwright = need_module("playwright.sync_api")
        with playwright.sync_playwright() as driver:
            quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
            chromium = driver.chromium.launch(executable_path=program, args=quiet)
            yield Chromium(chromium.new_context(java_script_enabled=scripts).new_page())
            chromium.close()
        return
    program = need("firefox-esr", "firefox-esr")
    client = need_module("websockets.sync.client")
    port = free_port()
    preferences = {"javascript.enabled": scripts, "browser.shell.checkDefaultBrowser": False, "app.update.auto": False}
    lines = [f'user_pref("{each}", {json.dumps(value)});\n' for each, value in preferences.items()]
    (folder / "user.js").write_text("".join(lines))
    command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", str(port)]
    environment = {**os.environ, "HOME": str(folder)}
    with (
        listening([*command, "about:blank"], port, folder / "log", env=environment),
        client.connect(f"ws://127.0.0.1:{port}/session", max_size=None) as connection,
    ):
        yield Firefox(connection)
