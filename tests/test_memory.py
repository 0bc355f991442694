"""What a process that builds again and again need not work out twice."""

from typing import Any

import pytest

from plugins.memory import remembered


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
