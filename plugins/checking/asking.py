"""Ask a site for addresses over HTTP as a visitor's browser does: redirects are followed, by rules or by stubs.

Edge: the network. Every address is asked for once, a few at a time, and a page that many redirects lead to is not asked
for again.
"""

import http.client
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Lock, local
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from ..markup import refresh_target
from ..old_site import Answer
from . import is_anchor, read

AT_A_TIME = 4
_MOST_HOPS = 10
_MOST_BYTES = 8 << 20  # of a page
_LITTLE = 64 << 10  # bytes that are read so that the connection can be used again
_LONGEST_WAIT = 30.0  # seconds that a busy server may ask for
_BUSY = (429, 503)
_PAGE = "text/html"


class Response(NamedTuple):
    """What a server sent: status 0, and why in ``fault``, where it sent nothing.

    ``text`` is that of a page or of XML, ``anchors`` are a page's, ``target`` is where a redirect leads.
    """

    status: int
    headers: http.client.HTTPMessage = http.client.HTTPMessage()
    text: str = ""
    anchors: frozenset[str] = frozenset()
    target: str = ""
    fault: str = ""


class Asker:
    """Asks the site at ``root``, an address without a slash at its end."""

    def __init__(self, root: str, agent: str, *, timeout: float = 20, context: ssl.SSLContext | None = None) -> None:
        self.root, self._timeout, self._agent = root, timeout, agent
        self._context = context
        self._known: dict[str, Response] = {}
        self._lock, self._thread = Lock(), local()
        self.expires: datetime | None = None
        """When the site's certificate ends; None before the first answer over HTTPS."""

    def ask_all(self, addresses: Iterable[str], progress: Callable[[int], object] = lambda done: None) -> list[Answer]:
        """Ask for addresses from the site's root, and return the answers in the same order."""
        answers: list[Answer] = []
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for answer in pool.map(self.ask, addresses):
                answers.append(answer)
                progress(len(answers))
        return answers

    def ask(self, address: str) -> Answer:
        """Ask for one address, and follow it to its end or out of the site."""
        url = self.root + address
        hops: list[str] = []
        seen: set[str] = set()
        while True:
            bare, fragment = urldefrag(url)
            response = self.response(bare)
            fault = response.fault
            if not fault and (bare in seen or len(hops) > _MOST_HOPS):
                fault = "is redirected without end"
            seen.add(bare)
            if fault or not response.target:
                break
            hops.append(str(response.status) if response.status != 200 else "refresh")
            url = urljoin(bare, response.target)
            url += f"#{fragment}" if fragment and "#" not in url else ""
            if not same_host(url, self.root):
                return Answer(address, tuple(hops), 0, url)
            if urlsplit(url).scheme != urlsplit(self.root).scheme:
                fault = f"is redirected to {url!r}, by another scheme"
                break
        if not fault and response.status != 200:
            fault = f"answers {response.status}"
        if not fault and response.headers.get_content_type() == _PAGE and not is_anchor(fragment, response.anchors):
            fault = f"leads to {_short(url, self.root)!r}, and the page has no such anchor"
        return Answer(address, tuple(hops), response.status, _short(url, self.root), fault)

    def response(self, url: str) -> Response:
        """Return what the server sends for a URL, from the second time on from memory."""
        with self._lock:
            known = self._known.get(url)
        if known is None:
            known = self._response(url)
            with self._lock:
                self._known[url] = known
        return known

    def _response(self, url: str) -> Response:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            for _ in range(2):
                response = self._request(parts.scheme, parts.netloc, path)
                wait = response.headers.get("Retry-After", "")
                if response.status not in _BUSY or not wait.isdecimal() or float(wait) > _LONGEST_WAIT:
                    break
                time.sleep(float(wait))
        except ssl.SSLCertVerificationError as error:
            return Response(0, fault=f"has a certificate that browsers refuse: {error.verify_message}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            return Response(0, fault=f"does not answer: {reason}")
        target = response.headers.get("Location", "") if 300 <= response.status < 400 else ""
        if response.headers.get_content_type() == _PAGE and not target:
            target = refresh_target(response.text)
        return response._replace(target=target, anchors=frozenset(() if target else read(response.text).anchors))

    def _request(self, scheme: str, netloc: str, path: str) -> Response:
        """Send one request over the thread's connection; a server may have closed it since the last one."""
        connections: dict[str, http.client.HTTPConnection] = self._thread.__dict__.setdefault("connections", {})
        for fresh in (False, True):
            if fresh or netloc not in connections:
                connections[netloc] = self._connection(scheme, netloc)
                fresh = True
            connection = connections[netloc]
            try:
                connection.request("GET", path, headers={"User-Agent": self._agent, "Accept": "text/html,*/*"})
                self._note_certificate(connection)
                answer = connection.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                connections.pop(netloc).close()
                if fresh:
                    raise
                continue
            break
        is_text = answer.headers.get_content_type() in (_PAGE, "application/xml", "text/xml")
        body = answer.read(_MOST_BYTES if is_text else _LITTLE)
        if not answer.isclosed():  # a large file, of which its headers are enough
            connections.pop(netloc).close()
        text = body.decode("utf-8", "replace") if is_text else ""
        return Response(answer.status, answer.headers, text)

    def _connection(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if scheme != "https":
            return http.client.HTTPConnection(netloc, timeout=self._timeout)
        context = self._context or ssl.create_default_context()
        return http.client.HTTPSConnection(netloc, timeout=self._timeout, context=context)

    def _note_certificate(self, connection: http.client.HTTPConnection) -> None:
        if self.expires is None and isinstance(connection.sock, ssl.SSLSocket):
            certificate = connection.sock.getpeercert() or {}
            seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
            self.expires = datetime.fromtimestamp(seconds, UTC)


def same_host(url: str, other: str) -> bool:
    """Return whether two addresses are on one host; ``www.`` does not count, since hosts redirect from one to both."""
    try:
        one, two = (urlsplit(each).netloc.lower().removeprefix("www.") for each in (url, other))
    except ValueError:
        return False
    return one == two


def _short(url: str, root: str) -> str:
    """Return a URL of the site from its root."""
    return url.removeprefix(root) or "/"
