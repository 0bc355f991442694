"""What the server answers (edge: reads the output folder).

Built on Starlette. Pages get the live script as they are sent; a request that comes while a build runs waits for it, so
that no one ever sees the page of before a save.
"""

import asyncio
import json
import mimetypes
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
from ..problems import Problem

LIVE = "/.frontispiece/"  # no file of a site begins like this
_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_TYPES = {  # what Python's table lacks or a machine's own table may spoil
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PAUSE = 15.0  # seconds between two signs of life on an event stream


def media_type(path: str) -> str:
    """Return the type of a file by its name; text says that it is UTF-8."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    found = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found in ("application/json", "application/xml", "image/svg+xml")
    return f"{found}; charset=utf-8" if is_text else found


@dataclass
class State:
    """What the last build left: its number from 1, its problems; and whether one is running now."""

    build: int = 0
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    listeners: set[asyncio.Queue[str]] = field(default_factory=set)

    def message(self) -> str:
        """Return what the browser is told, as one event."""
        problems = [
            {name: getattr(problem, name) for name in ("path", "line", "key", "message", "hint")}
            for problem in self.problems
            if not problem.warning
        ]
        changed = [f"/{quote(path)}" for path in self.changed]
        return f"data: {json.dumps({'build': self.build, 'changed': changed, 'problems': problems})}\n\n"

    def built(self, build: int, problems: Iterable[Problem], changed: Iterable[str]) -> None:
        """Take note of a build that has ended, and tell every open page."""
        self.build, self.problems, self.changed = build, tuple(problems), tuple(changed)
        self.idle.set()
        message = self.message()
        for listener in self.listeners:
            listener.put_nowait(message)


def application(output: Path, state: State, hosts: Iterable[str]) -> Starlette:
    """Return the server of the folder ``output``; it answers only requests to one of ``hosts`` (``*`` is any)."""
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
                        yield await asyncio.wait_for(queue.get(), _PAUSE)
                    except TimeoutError:
                        yield ": still here\n\n"
            finally:
                state.listeners.discard(queue)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_HEADERS)

    async def page(request: Request) -> Response:
        await state.idle.wait()
        return answer(output, request.scope["path"], request.url.query, state.build)

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
    """Return the answer to one decoded path."""
    for name, redirects in candidates(path):
        file = inside(output, name)
        if file is None:
            continue
        if redirects:
            return RedirectResponse(quote(f"{path}/") + (f"?{query}" if query else ""), 301, _HEADERS)
        return send(file, name, 200, build)
    missing = inside(output, "404.html")
    if missing is not None:
        return send(missing, "404.html", 404, build)
    return Response(
        with_live(b"<!doctype html><title>Not found</title><p>Not found", build), 404, _HEADERS, "text/html"
    )


def inside(output: Path, name: str) -> str | None:
    """Return the path of the file ``name`` of the site if there is one, and if it really lies in the folder."""
    try:
        root = os.path.realpath(output)
        real = os.path.realpath(f"{root}/{name}")
        return real if real.startswith(f"{root}/") and os.path.isfile(real) else None  # noqa: PTH113
    except (OSError, ValueError):  # too long, or nothing that this disk could name
        return None


def send(file: str, name: str, status: int, build: int) -> Response:
    """Return a file; a page carries the live script."""
    kind = media_type(name)
    if not kind.startswith("text/html"):
        return FileResponse(file, status, _HEADERS, media_type=kind, stat_result=os.stat(file))  # noqa: PTH116
    return Response(with_live(Path(file).read_bytes(), build), status, _HEADERS, media_type=kind)


def with_live(page: bytes, build: int) -> bytes:
    """Return a page with the live script at the end of its body, or of the page if it has no end tag for its body.

    Its Content-Security-Policy is removed: it allows only what the page contains as built, so that it would forbid this
    script, and anything that a save adds.
    """
    page = without_policy(page.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    tag = f'<script src="{LIVE}live.js" data-build="{build}" defer></script>'.encode()
    before, closing, after = page.rpartition(b"</body>")
    return before + tag + closing + after if closing else page + tag
