"""The web application that serves the output folder (edge: reads files).

Built on Starlette. The live script is added to pages as they are sent. A request that arrives during a build waits for
its end, so that nobody sees a page from before a save; when the build takes long, the site before is sent, and the live
script updates it at the end.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from ..addresses import candidates
from ..markup import without_policy
from ..media_types import media_type
from ..problems import Problem

LIVE = "/.frontispiece/"  # no file of a site begins like this
_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_PATIENCE = 2.0  # seconds that a request waits for the end of a build
_KEEP_ALIVE = 15.0  # seconds after which an idle event stream sends a comment


@dataclass
class State:
    """The last build: its folder, number, problems and changed files; ``idle`` is set unless one is running."""

    output: Path
    build: int = 0
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    listeners: set[asyncio.Queue[str]] = field(default_factory=set)

    def message(self) -> str:
        """Return the last build as one event for the browser."""
        problems = [
            {name: getattr(problem, name) for name in ("path", "line", "key", "message", "hint")}
            for problem in self.problems
            if not problem.warning
        ]
        changed = [f"/{quote(os.fsencode(path))}" for path in self.changed]
        return f"data: {json.dumps({'build': self.build, 'changed': changed, 'problems': problems})}\n\n"

    def built(self, output: Path, build: int, problems: Iterable[Problem], changed: Iterable[str]) -> None:
        """Record a finished build and notify every open page."""
        self.output = output
        self.build, self.problems, self.changed = build, tuple(problems), tuple(changed)
        self.idle.set()
        message = self.message()
        for listener in self.listeners:
            listener.put_nowait(message)


def application(state: State, hosts: Iterable[str]) -> Starlette:
    """Return the application that serves the last build; it answers requests to one of ``hosts`` (``*`` is any)."""
    script = (Path(__file__).parent / "live.js").read_bytes()

    async def live(request: Request) -> Response:
        return Response(script, media_type="text/javascript; charset=utf-8", headers=_HEADERS)

    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            queue: asyncio.Queue[str] = asyncio.Queue()
            state.listeners.add(queue)
            try:
                yield "retry: 300\n\n"
                yield state.message()
                while True:
                    try:
                        yield await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
                    except TimeoutError:
                        yield ": keep-alive\n\n"
            finally:
                state.listeners.discard(queue)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_HEADERS)

    async def page(request: Request) -> Response:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(state.idle.wait(), _PATIENCE)
        return answer(state.output, request.scope["path"], request.url.query, state.build)

    app = Starlette(
        routes=[
            Route(f"{LIVE}live.js", live),
            Route(f"{LIVE}events", events),
            Route("/{path:path}", page),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)],
    )
    app.router.redirect_slashes = False  # it would send a path with a line end elsewhere
    return app


def answer(output: Path, path: str, query: str, build: int) -> Response:
    """Return the response to a decoded path."""
    for name, redirects in candidates(path):
        file = inside(output, name)
        if file is None:
            continue
        if redirects:
            return RedirectResponse(quote(f"{path}/") + (f"?{query}" if query else ""), 301, _HEADERS)
        with contextlib.suppress(OSError):  # it cannot be read, or has just gone
            return send(file, name, 200, build)
    missing = inside(output, "404.html")
    if missing is not None:
        with contextlib.suppress(OSError):
            return send(missing, "404.html", 404, build)
    status, text = (404, "Not found") if output.exists() else (503, "This site has not been built yet")
    page = f"<!doctype html><title>{text}</title><p>{text}"
    return Response(with_live(page.encode(), build), status, _HEADERS, "text/html")


def inside(output: Path, name: str) -> str | None:
    """Return the real path of the site's file ``name``; None if it does not exist or is outside the folder."""
    try:
        root = os.path.realpath(output)
        real = os.path.realpath(f"{root}/{name}")
        return real if real.startswith(f"{root}/") and os.path.isfile(real) else None  # noqa: PTH113
    except (OSError, ValueError):  # too long, or with characters that no file name may have
        return None


def send(file: str, name: str, status: int, build: int) -> Response:
    """Return a response with a file; a page gets the live script."""
    kind = media_type(name)
    if not kind.startswith("text/html"):
        return FileResponse(file, status, _HEADERS, media_type=kind, stat_result=os.stat(file))  # noqa: PTH116
    return Response(with_live(Path(file).read_bytes(), build), status, _HEADERS, media_type=kind)


def with_live(page: bytes, build: int) -> bytes:
    """Add the live script at the end of a page's body, or at the end of a page without one.

    The page's Content-Security-Policy is removed: it allows what the finished page contains, but neither this script
    nor what a later save adds.
    """
    page = without_policy(page.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    tag = f'<script src="{LIVE}live.js" data-build="{build}" defer></script>'.encode()
    before, closing, after = page.rpartition(b"</body>")
    return before + tag + closing + after if closing else page + tag
