"""Fixtures: the real kramdown, started once, and this project's converter."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from markdown import Markdown

from plugins.kramdown import KramdownMarkdown


@pytest.fixture(scope="session")
def kramdown(need: Callable[..., str]) -> Iterator[Callable[[str], str | None]]:
    """Return a function that converts Markdown with the real kramdown, and returns None where kramdown fails."""
    ruby = need("ruby", "ruby-kramdown-parser-gfm ruby-rouge")
    process = subprocess.Popen(
        [ruby, str(Path(__file__).parent / "oracle.rb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    stdin, stdout = process.stdin, process.stdout

    def convert(source: str) -> str | None:
        stdin.write(json.dumps(source) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    yield convert
    stdin.close()
    process.wait(10)


@pytest.fixture
def md() -> KramdownMarkdown:
    """Return Python-Markdown with this extension, without what kramdown does not do: typography and emoji."""
    options = {"plugins.kramdown": {"typogrify": False, "emoji": False}}
    return cast(KramdownMarkdown, Markdown(extensions=["plugins.kramdown"], extension_configs=options))
