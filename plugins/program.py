"""The program `frontispiece`: the tasks, for the site in whose folder, or below it, one is. Edge."""

import os
import sys
from importlib import import_module
from pathlib import Path

from invoke import Collection, Exit, Program

from .release import version

_SETTINGS = "pelicanconf.py"  # what makes a folder a site
_ANYWHERE = {"new"}  # the tasks that need no site
_PATHS = {("import", "site"), ("pdf", "to")}  # the tasks' options that are paths, relative to where one is
_USAGE = """\
Usage: {binary} COMMAND [options]

  {binary} COMMAND --help   explain a command
  {binary} --version        print the version
"""


def main() -> None:
    """Run the program."""
    root = site_root(Path.cwd())
    # The repository of the program is a site too, whose settings and tasks use this code as the package `plugins`.
    own = root is not None and (root / "plugins" / "program.py").is_file()
    if own:
        sys.path.insert(0, str(root))
    tasks = import_module("plugins.tasks" if own else f"{__package__}.tasks")
    _Program(root, version=version(), namespace=Collection.from_module(tasks), name="frontispiece").run()


def site_tasks(file: str) -> Collection:
    """Enter the folder of a site's tasks.py, named by ``file``, and return the site's tasks for Invoke."""
    enter(Path(file).resolve().parent)
    return Collection.from_module(import_module(f"{__package__}.tasks"))


def site_root(folder: Path) -> Path | None:
    """Return the folder of the site that ``folder`` belongs to: itself or the nearest above with a pelicanconf.py."""
    return next((above for above in (folder, *folder.parents) if (above / _SETTINGS).is_file()), None)


def enter(root: Path) -> None:
    """Make a site's folder the working directory, to which its settings are relative, and import from it."""
    os.chdir(root)
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))


class _Program(Program):  # type: ignore[misc]  # Invoke ships no type information
    """Invoke's program for a fixed set of tasks, which finds the site's folder."""

    def __init__(self, root: Path | None, **options: object) -> None:
        super().__init__(**options)
        self._root = root

    def normalize_argv(self, argv: list[str] | None) -> None:
        """Let `COMMAND --help` explain a command that needs an argument, which Invoke would take `--help` for."""
        words = sys.argv if argv is None else argv
        super().normalize_argv([words[0], "--help", words[1]] if "--help" in words[2:] else words)

    def print_help(self) -> None:
        """Print the usage and the commands, without the options that Invoke has for programs that run shells."""
        print(_USAGE.format(binary=self.binary))
        self.list_tasks()

    def print_task_help(self, name: str) -> None:
        """Print the usage of one command."""
        context = self.parser.contexts[name]
        arguments = "".join(f" {argument.name.upper()}" for argument in context.positional_args)
        print(f"Usage: {self.binary} {name}{arguments} [options]\n\n{self.collection[name].__doc__}\n")
        if options := context.help_tuples():
            self.print_columns(options)

    def task_list_opener(self, extra: str = "") -> str:
        return "Commands"

    def execute(self) -> None:
        """Run the tasks in the site's folder."""
        sys.dont_write_bytecode = False  # which Invoke sets; with it every command would compile the program anew
        if any(task.name not in _ANYWHERE for task in self.tasks):
            if self._root is None:
                hint = "`frontispiece new DIR` makes a site"
                raise Exit(f"{Path.cwd()} belongs to no site: no {_SETTINGS} here or in a folder above; {hint}")
            for task in self.tasks:
                for name, argument in task.args.items():
                    is_path = (task.name, name) in _PATHS and argument.got_value
                    if is_path and (task.name != "import" or Path(argument.value).exists()):  # a git address is none
                        argument.value = str(Path(argument.value).resolve())
            enter(self._root)
        super().execute()
