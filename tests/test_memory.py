"""Results that a process which builds again and again need not compute twice."""

from typing import Any

import pytest

from plugins.memory import Memory, remembered
from plugins.problems import Place, Problems


def test_a_result_is_computed_again_only_when_its_source_differs() -> None:
    memory = Memory()
    computed: list[int] = []

    def compute(source: int) -> int:
        computed.append(source)
        return source * 10

    sources = [1, 1, 2, 2, 1]
    assert [memory.recall("name", [source], lambda source=source: compute(source)) for source in sources] == [
        10, 10, 20, 20, 10
    ]  # fmt: skip
    assert computed == [1, 2, 1]


def test_each_name_has_its_own_result() -> None:
    memory = Memory()
    assert memory.recall("one", 0, lambda: 1) == 1
    assert memory.recall("other", 0, lambda: 2) == 2
    assert memory.recall("one", 0, lambda: 3) == 1


def test_what_a_remembered_result_reported_is_reported_again() -> None:
    """Each build has its own collector."""
    memory = Memory()
    computed: list[int] = []

    def compute(problems: Problems) -> str:
        computed.append(1)
        problems.error(Place("f", 3, "key"), "is wrong")
        return "result"

    for _ in range(2):
        problems = Problems()
        assert memory.recall_reporting("name", "source", compute, problems) == "result"
        assert list(map(str, problems)) == ["f:3: key: is wrong"]
    assert computed == [1]


@pytest.mark.parametrize(
    ("memory", "sources", "worked_out"),
    [
        pytest.param({"MEMORY": {}}, [[1], [1], [2], [2], [1]], 3, id="only what its source asks for"),
        pytest.param({}, [[1], [1]], 2, id="without a memory, everything"),
    ],
)
def test_a_result_is_worked_out_again_only_when_its_source_differs(
    memory: dict[str, Any], sources: list[list[int]], worked_out: int
) -> None:
    asked: list[int] = []

    def work_out(source: list[int]) -> int:
        asked.append(source[0])
        return source[0] * 10

    for source in sources:
        assert remembered(memory, "name", source, lambda source=source: work_out(source)) == source[0] * 10
    assert len(asked) == worked_out
