"""What templates were compiled to, kept between builds: compiling them takes a sixth of a build. Edge: ``CACHE_PATH``.

A template's code follows from its text, and from all that Jinja works out while it compiles: options, and filters and
tests of constants. So code is kept by the template's place and text, in a folder named after everything else, and not
at all where a filter or test comes from outside Jinja, Pelican and plugins/. https://jinja.palletsprojects.com/api/#bytecode-cache
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

HERE = Path(__file__).resolve().parent.parent
HOMES = frozenset(("builtins", "_operator", "operator", "jinja2", "markupsafe", "pelican", "plugins"))


class CompiledTemplates(FileSystemBytecodeCache):
    """The code of templates, in memory for the builds of one process and on the disk for other processes."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Keep it below ``CACHE_PATH``; where nothing can be written there, in memory alone."""
        super().__init__(str(Path(settings["CACHE_PATH"], "templates", _fingerprint(settings))), "%s")
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if the code of its template is known."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))
        if bucket.code is None and _all_known(bucket):
            try:
                super().load_bytecode(bucket)
            except Exception:  # whatever a file that is not whole makes pickle raise
                bucket.reset()
            if bucket.code is not None:
                self._code[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that was compiled just now."""
        if bucket.code is None:
            return
        self._code[bucket.key, bucket.checksum] = bucket.code
        if _all_known(bucket):
            try:
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)
            except OSError:
                pass  # a folder that is read only, a full disk: the next build compiles again


def _all_known(bucket: Bucket) -> bool:
    """Tell whether every filter and test that could be worked out for constants is one that the fingerprint covers."""
    environment = bucket.environment
    return all(_home(value) in HOMES for value in chain(environment.filters.values(), environment.tests.values()))


def _home(value: Any) -> str:
    """Return the package in which a function, or the class of an object that is called like one, is defined."""
    while isinstance(value, partial):
        value = value.func
    module: str = getattr(value, "__module__", None) or type(value).__module__
    return module.partition(".")[0]


def _fingerprint(settings: Mapping[str, Any]) -> str:
    """Return a name for all that a template's code follows from, beside its text; Jinja tells Pythons apart itself."""
    told = (
        version("jinja2"),
        version("markupsafe"),
        version("pelican"),
        sorted((name, repr(value)) for name, value in settings["JINJA_ENVIRONMENT"].items()),
        settings["PLUGINS"],
        sorted(_stamps(HERE)),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield path, time and size of the modules below: as Python itself tells whether a compiled one is still good."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _stamps(Path(entry.path))
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield entry.path, found.st_mtime_ns, found.st_size
