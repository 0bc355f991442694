"""The import rule of plugins/__init__.py, held against every module."""

import ast
import graphlib
import re
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "plugins").rglob("*.py"))
SHARED = {"plugins.memory", "plugins.problems", "plugins.utf8", "plugins.yaml_mapping"}
LIBRARIES = {  # the one thing that a package exists to wrap, or a shared module reads
    "yaml_mapping": {"yaml"},
    "kramdown": {"markdown", "liquid", "latex2mathml", "pygments", "emoji"},
    "author_profile": {"PIL", "markdown", "markupsafe", "nh3"},
    "stylesheet": {"lightningcss"},
}
DISK = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "rename",
    "rglob",
    "iterdir",
}


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def package_of(module: Path) -> str:
    return [*name_of(module).split("."), ""][1]


def imported(module: Path, tree: ast.AST) -> set[str]:
    """Return the full names of the modules that a module imports; those of plugins/ are imported relatively."""
    package = name_of(module).split(".") if module.name == "__init__.py" else name_of(module).split(".")[:-1]
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            name = ".".join(part for part in base if part)
            for alias in node.names:
                inside = ROOT / name.replace(".", "/") / alias.name
                is_module = inside.is_dir() or inside.with_suffix(".py").is_file()
                names.add(f"{name}.{alias.name}" if is_module else name)
    assert relative(tree), "imports of plugins/ are relative"
    return names


def relative(tree: ast.AST) -> bool:
    """Tell whether no import of a module names ``plugins``: the package is called ``frontispiece`` once installed."""
    absolute = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("plugins"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("plugins") for alias in node.names))
    ]
    return not absolute


def is_edge(module: Path, tree: ast.Module) -> bool:
    return (
        module.name == "__init__.py" or re.search(r"\bedge\b", ast.get_docstring(tree) or "", re.IGNORECASE) is not None
    )


def test_there_are_modules_to_check() -> None:
    """The glob that the tests below go through is not empty."""
    assert len(MODULES) > 5


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_packages_never_import_each_other(module: Path) -> None:
    """A module imports its own package and the shared words, no other package of plugins."""
    own = f"plugins.{package_of(module)}"
    strangers = {
        name
        for name in imported(module, ast.parse(module.read_text("utf-8")))
        if name.startswith("plugins") and name not in SHARED and name != own and not name.startswith(f"{own}.")
    }
    assert not strangers


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_pure_modules_stay_pure(module: Path) -> None:
    """Only a module whose docstring says that it is an edge imports Pelican or other libraries, or touches a disk."""
    tree = ast.parse(module.read_text("utf-8"))
    if is_edge(module, tree):
        return
    allowed = set(sys.stdlib_module_names) | {"plugins"} | LIBRARIES.get(package_of(module), set())
    assert {name.partition(".")[0] for name in imported(module, tree)} <= allowed
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    assert not calls & DISK


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_registering_is_wiring_only(module: Path) -> None:
    """No receiver is a lambda: Blinker keeps weak references, and a second build in one process would connect it twice."""
    connected = [
        argument
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
        for argument in node.args
    ]
    assert not any(isinstance(argument, ast.Lambda) for argument in connected)


def test_imports_have_no_cycle() -> None:
    """No module imports itself through others; imports for type checkers alone count as well."""
    names = {name_of(module) for module in MODULES}
    graph = {name_of(module): imported(module, ast.parse(module.read_text("utf-8"))) & names for module in MODULES}
    graphlib.TopologicalSorter(graph).prepare()  # it raises CycleError, which shows the cycle
