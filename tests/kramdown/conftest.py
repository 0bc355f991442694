"""Fixtures: the real kramdown, started once, and this project's reader of Markdown."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markdown import Markdown


@pytest.fixture(scope="session")
def kramdown(need: Callable[..., str]) -> Iterator[Callable[[str], str | None]]:
    """Return a function from Markdown to what the real kramdown makes of it (None: it fails)."""
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
def md() -> Markdown:
    """Return Python-Markdown with this extension and without what kramdown has not: typogrify and emoji."""
    return Markdown(
        extensions=["plugins.kramdown"], extension_configs={"plugins.kramdown": {"typogrify": False, "emoji": False}}
    )
