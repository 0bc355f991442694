"""The import rules of DESIGN, as plugins/__init__.py states them, held against every module."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

SITE = ROOT / "plugins" / "scaffolding" / "site"  # files for an owner's repository: no modules of the program
MODULES = sorted(file for file in (ROOT / "plugins").rglob("*.py") if not file.is_relative_to(SITE))
# The modules at the top that import Pelican or Invoke, and the packages that the tasks call: edges too.
EDGES = {"adapter", "builder", "commits", "content_files", "pipeline", "program", "proof", "standalone", "tasks"}
TASK_PACKAGES = set("checking importing paper publishing scaffolding serving staging".split())
LIBRARIES = {  # the one thing that a package exists to wrap, or a shared module reads
    "yaml_mapping": {"yaml"},
    "mathml": {"latex2mathml"},
    "kramdown": {"markdown", "liquid", "pygments", "emoji"},
    "author_profile": {"markdown", "markupsafe", "nh3", "PIL"},
    "pictures": {"PIL"},
    "collections": {"markupsafe", "bibtexparser", "pylatexenc"},
    "language": {"typogrify"},
    "stylesheet": {"coloraide", "lightningcss", "tinycss2"},
}
DISK = set("open read_text read_bytes write_text write_bytes mkdir unlink rmdir rename rglob iterdir is_file".split())


def name_of(module: Path) -> str:
    """Return ``redirects.plan`` for plugins/redirects/plan.py, "" for plugins/__init__.py."""
    return ".".join(module.relative_to(ROOT / "plugins").with_suffix("").parts).removesuffix("__init__").rstrip(".")


NAMES = {name_of(module): module for module in MODULES}
PACKAGES = {module.parent.name for module in MODULES if module.name == "__init__.py"} - {"plugins"}
SHARED = {name for name in NAMES if name and "." not in name} - PACKAGES - EDGES


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def siblings(module: Path) -> Iterator[str]:
    """Yield the names of the modules of plugins/ that a module imports, at its top or inside a function.

    Not those that ``register()`` imports: Pelican calls it, nobody else does.
    """
    name = name_of(module)
    package = name.split(".") if module.name == "__init__.py" else name.split(".")[:-1]
    tree = tree_of(module)
    tree.body = [node for node in tree.body if not (isinstance(node, ast.FunctionDef) and node.name == "register")]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [part for part in package if part][: len(package) - node.level + 1]
            if node.module:
                base += node.module.split(".")
            for alias in node.names:
                inside = ".".join([*base, alias.name])
                yield inside if inside in NAMES else ".".join(base)


def libraries(module: Path) -> set[str]:
    """Return the top names of everything else that a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def is_edge(module: Path) -> bool:
    top = name_of(module).partition(".")[0]
    return (
        top in EDGES or top in TASK_PACKAGES or top in ("exchange", "transaction")
    )  # which several of these packages share


def test_there_are_modules_to_check() -> None:
    """The globs that the tests below go through are not empty."""
    assert len(MODULES) > 50
    assert {"redirects", "kramdown"} <= PACKAGES
    assert {"site", "problems", "settings"} <= SHARED
    assert "redirects.plan" in {name for module in MODULES for name in siblings(module)}


def test_two_modules_connect_signals() -> None:
    """Whoever reads the pipeline knows everything that Pelican calls; single parts of it have a module of their own."""
    connecting = {
        name_of(module)
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute) and node.attr in ("connect", "connect_via", "connected_to")
    }
    assert connecting == {"pipeline", "standalone"}


@pytest.mark.parametrize("module", ["pipeline", "standalone"])
def test_each_signal_has_one_receiver(module: str) -> None:
    """Blinker calls several in no fixed order, and keeps only weak references: no lambda, nothing made on the fly."""
    calls = [
        node
        for node in ast.walk(tree_of(NAMES[module]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
    ]
    senders = [ast.unparse(call.func) for call in calls]
    assert len(set(senders)) == len(senders) > 3
    assert all(isinstance(argument, ast.Name) for call in calls for argument in call.args)


def test_pelicans_context_is_read_in_the_adapter_alone() -> None:
    """What steps share is typed; a string key of Pelican's is a matter of the border."""
    keyed = re.compile(r"""context(?:\[|\.get\(|\.setdefault\()["']""")
    assert {name_of(module) for module in MODULES if keyed.search(module.read_text("utf-8"))} <= {"adapter"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_features_never_import_each_other(module: Path) -> None:
    """A module imports its own package and the shared records; only edges at the top import packages."""
    name = name_of(module)
    if name in EDGES or name == "":
        return
    own = name.partition(".")[0]
    strangers = {other for other in siblings(module) if other.partition(".")[0] not in {own, *SHARED}}
    assert not strangers


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_features_stay_pure(module: Path) -> None:
    """Only edges import Pelican or other libraries, or touch a disk."""
    if is_edge(module):
        return
    top = name_of(module).partition(".")[0]
    assert libraries(module) <= set(sys.stdlib_module_names) | LIBRARIES.get(top, set())
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    assert not calls & DISK


def test_imports_run_in_no_circle() -> None:
    """Whoever reads a module from its imports downwards comes to an end; imports for types count."""
    graph = {name_of(module): set(siblings(module)) - {name_of(module)} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(f"imports run in a circle: {' → '.join(cycle.args[1])}")


def test_imports_of_plugins_are_relative() -> None:
    """The package is called ``frontispiece`` once it is installed."""
    assert not [name_of(module) for module in MODULES if "plugins" in libraries(module)]
