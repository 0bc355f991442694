"""Fixtures: the site in which cases run, as Liquid finds it, and a function that runs a template."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.adapter import Build
from plugins.kramdown import ValueConverter
from plugins.kramdown.liquid.running import run_liquid
from plugins.problems import Problem, Problems
from tests.conftest import new_site
from tests.liquid.reading import our_files

Run = Callable[[str], tuple[str, list[Problem]]]


@pytest.fixture(scope="session")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mapping[str, Any]]:
    """Return what Liquid finds in the page about.md of the site."""
    site = new_site(tmp_path_factory.mktemp("liquid") / "site")
    for name, data in our_files():
        site.write(f"content/{name}", data)
    options = {"extensions": ["plugins.kramdown"], "extension_configs": {"plugins.kramdown": {"typogrify": False}}}
    settings = {"SITENAME": "Yan & Co", "AUTHOR": "Yan", "SITEURL": "https://example.org/lab", "MARKDOWN": options}
    build = Build(read_settings(str(site.root / "pelicanconf.py"), override=settings))
    found: dict[str, Any] = build.liquid_variables({})
    assert not build.problems
    return {**found, "page": dict(next(page for page in found["site"]["pages"] if page["name"] == "about.md"))}


@pytest.fixture(scope="session")
def run(variables: dict[str, Mapping[str, Any]]) -> Run:
    """Return a function that runs a template in that page, and returns what it prints and what it reports."""

    convert = ValueConverter().convert

    def run(template: str) -> tuple[str, list[Problem]]:
        problems = Problems()
        text = run_liquid(
            template, variables, lambda position: template.count("\n", 0, position) + 1, problems, convert
        )
        return text, list(problems)

    return run
