"""When the process that serves is given up for a new one."""

import threading
from pathlib import Path

import pytest

from plugins.builder import Built
from plugins.memory import Memory
from plugins.serving import rebuild
from plugins.serving.rebuild import Rebuilder
from tests.serving.test_serve import until


@pytest.mark.parametrize(("longest", "restarts"), [(0.0, True), (60.0, False)], ids=["too long", "not yet"])
def test_a_save_during_a_build_that_does_not_end_starts_a_new_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, longest: float, restarts: bool
) -> None:
    monkeypatch.setattr(rebuild, "LONGEST", longest)
    (tmp_path / "content").mkdir()
    begun, end, restarted = threading.Event(), threading.Event(), threading.Event()
    builds = []

    def build(memory: Memory) -> Built:
        builds.append(memory)
        begun.set()
        end.wait(20)
        return Built(Path("output"), ())

    def restart() -> None:
        restarted.set()
        end.set()

    monkeypatch.chdir(tmp_path)
    rebuilder = Rebuilder(
        tmp_path, ["content"], build, begins=lambda: None, ends=lambda built, faults: None, restart=restart
    )
    rebuilder.start()
    try:
        assert begun.wait(10)
        threading.Event().wait(0.3)  # for the watcher to begin
        (tmp_path / "content" / "a.md").write_text("a")
        assert restarted.wait(10 if restarts else 0.5) is restarts
        end.set()
        until(lambda: len(builds) >= 2, "the build of the save")
    finally:
        end.set()
        rebuilder.stop()
