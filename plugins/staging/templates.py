"""Compiled templates, kept between builds: compiling them takes a sixth of a build (edge: ``CACHE_PATH``).

A template's code depends on its text, on Jinja and its options, and on how filters and tests want to be called. All of
that is part of the checksum under which the code is kept. It would also depend on what filters and tests return, since
Jinja applies them to constants while it compiles; here it does not.
"""

import contextlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr, Impossible, TemplateData


class _Unfolded(CodeGenerator):
    """Generates code that calls every filter and test when the template is rendered."""

    def _output_child_to_const(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if not isinstance(node, TemplateData):
            raise Impossible
        return super()._output_child_to_const(node, frame, finalize)


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps the code of templates on the disk; where it cannot, templates are compiled in every build."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Keep it below ``CACHE_PATH``."""
        super().__init__(str(Path(settings["CACHE_PATH"], "templates")), "%s")
        options = sorted((name, repr(value)) for name, value in settings["JINJA_ENVIRONMENT"].items())
        self._compiled_with = version("jinja2"), options

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code that was compiled from this source in an equal environment, or an empty bucket."""
        environment.optimized = False
        environment.code_generator_class = _Unfolded
        calls = sorted(
            (name, call.jinja_pass_arg.name)
            for name, call in (*environment.filters.items(), *environment.tests.items())
            if hasattr(call, "jinja_pass_arg")
        )
        compiled_with = self._compiled_with, sorted(environment.extensions), calls
        return super().get_bucket(environment, name, filename, f"{source}\0{compiled_with}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket; leave it empty if the file is damaged or cannot be read."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever a damaged file makes pickle raise
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, if the folder can be written."""
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
