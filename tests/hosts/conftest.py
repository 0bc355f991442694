"""A site with every awkward redirect, and real servers in front of its output."""

import http.client
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.conftest import free_port, listening, new_site
from tests.hosts.awkward import AWKWARD, QUERIES

PAGES = {"new": "/new/", "size": "/größe/", "blank": "/with blank/", "odd": "/o$1dd%25/", "p": "/p(x){y}/", "home": "/"}
HASHED = "files/app.0123abcd4567.css"


def make_site(root: Path, hosts: list[str], table: dict[str, object], **settings: object) -> Path:
    """Build a site with the given redirects for the given hosts; return its output."""
    site = new_site(root)
    for name, permalink in PAGES.items():
        site.write(f"content/pages/{name}.md", f"---\npermalink: {json.dumps(permalink)}\ntitle: {name}\n---\n{name}\n")
    site.write(f"content/{HASHED}", "a{}")
    site.write("content/redirects.yml", json.dumps(table, ensure_ascii=False))
    built = site.build(HOSTS=hosts, **{"STRICT_TRANSPORT_SECURITY": "max-age=63072000", **settings})
    assert not built.failed, built.lines
    return built.output


@pytest.fixture(scope="session")
def servers_output() -> Iterator[Path]:
    """Yield the output for the four servers: below pytest's folders, which are private, a root's Apache reads nothing."""
    others = {f"/s{status} ü(1)/": {"target": "/new/#x", "status": status} for status in (302, 307, 308)}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # a server that root starts reads files as another user
        table = {**dict(AWKWARD.values()), **dict(QUERIES.values()), **others}
        yield make_site(Path(folder) / "site", ["nginx", "apache", "caddy", "lighttpd"], table)


@dataclass
class Answer:
    """What a server answered; ``location`` resolved against the request."""

    status: int
    location: str
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Server:
    """A server on 127.0.0.1."""

    port: int
    kind: str = ""

    def ask(self, path: str) -> Answer:
        """Ask for a path as it is, byte by byte."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest("GET", path, skip_accept_encoding=True)
            connection.endheaders()
            response = connection.getresponse()
            location = response.getheader("Location", "")
            if location:
                location = urljoin(f"http://127.0.0.1:{self.port}/", location)
                location = location.removeprefix(f"http://127.0.0.1:{self.port}")
            return Answer(response.status, location, response.headers, response.read())
        finally:
            connection.close()


def run(command: list[str], port: int, log: Path, **more: Any) -> Iterator[Server]:
    """Run a server until the test is over."""
    with listening(command, port, log, **more):
        yield Server(port)


Configured = Callable[[Path, Path, int], list[str]]


def nginx(output: Path, folder: Path, port: int) -> list[str]:
    """Write a configuration of nginx around ours; return its arguments, without `-t`."""
    large = output / "nginx-map.conf"
    folder.joinpath("nginx.conf").write_text(
        f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
        events {{ }}
        http {{
          types {{ text/html html; text/css css; }} default_type application/octet-stream;
          access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
          uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
          {f'include "{large}";' if large.exists() else ""}
          server {{ listen 127.0.0.1:{port}; root {output}; index index.html; include "{output}/nginx.conf"; }}
        }}"""
    )
    return ["-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def apache(
    output: Path, folder: Path, port: int, override: str = "FileInfo", options: str = "FollowSymLinks MultiViews"
) -> list[str]:
    """Write a configuration of Apache that lets our .htaccess do what ``override`` allows; return its arguments."""
    modules = "/usr/lib/apache2/modules"
    names = "mpm_event authz_core dir mime rewrite headers alias negotiation"
    loaded = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in names.split())
    folder.joinpath("apache.conf").write_text(
        f"""{loaded}
        ServerRoot {folder}
        ServerName 127.0.0.1
        Listen 127.0.0.1:{port}
        PidFile {folder}/pid
        ErrorLog {folder}/error.log
        TypesConfig /etc/mime.types
        DocumentRoot {output}
        DirectoryIndex index.html
        <Directory {output}>
          Options {options}
          AllowOverride {override}
          Require all granted
        </Directory>"""
    )
    return ["-d", str(folder), "-f", f"{folder}/apache.conf"]


def caddy(output: Path, folder: Path, port: int) -> list[str]:
    """Write a Caddyfile around our snippet; return the arguments of `caddy run`."""
    folder.joinpath("Caddyfile").write_text(
        f"""{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {output}
  import {output}/caddy.conf
  file_server
}}
"""
    )
    return ["--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


def lighttpd(output: Path, folder: Path, port: int) -> list[str]:
    """Write a configuration of lighttpd that includes ours; return its arguments, without `-t`."""
    folder.joinpath("lighttpd.conf").write_text(
        f"""server.modules = ( "mod_redirect" )
server.document-root = "{output}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/error.log"
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", ".css" => "text/css" )
include "{output}/lighttpd.conf"
"""
    )
    return ["-f", f"{folder}/lighttpd.conf"]


SERVERS: dict[str, tuple[str, str, Configured, list[str], list[str]]] = {
    # name → program, Debian package, configuration, arguments to run it, arguments to check the configuration
    "nginx": ("nginx", "nginx-light", nginx, [], ["-t"]),
    "apache": ("apache2", "apache2", apache, ["-DFOREGROUND"], ["-t"]),
    "caddy": ("caddy", "caddy", caddy, ["run"], ["validate"]),
    "lighttpd": ("lighttpd", "lighttpd", lighttpd, ["-D"], ["-tt"]),
}


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which a server leaves its files in the test's folder."""
    return {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


@pytest.fixture(scope="module", params=SERVERS)
def server(
    request: pytest.FixtureRequest,
    servers_output: Path,
    tmp_path_factory: pytest.TempPathFactory,
    need: Callable[..., str],
) -> Iterator[Server]:
    """Run each server in turn in front of the output."""
    name, package, configure, foreground, _ = SERVERS[request.param]
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    command = [need(name, package), *foreground, *configure(servers_output, folder, port)]
    for running in run(command, port, folder / "log", env=environment(folder)):
        running.kind = request.param
        yield running
