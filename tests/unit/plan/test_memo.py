from __future__ import annotations

from chariot_gen.plan import memo
from chariot_gen.plan.memo import remembered


def test_the_same_question_is_answered_once() -> None:
    asked: list[object] = []

    @remembered
    def size(value: list[int], *, scale: int = 1) -> int:
        asked.append(value)
        return scale * len(value)

    one, twin = [1], [1]
    assert [size(one), size(one), size(twin), size(one, scale=2), size(one, scale=2)] == [1, 1, 1, 2, 2]
    assert [value is one for value in asked] == [True, False, True]


def test_nothing_is_too_small_to_be_remembered() -> None:
    asked: list[object] = []

    @remembered
    def nothing(value: object) -> None:
        asked.append(value)

    something = object()
    assert [nothing(something), nothing(something)] == [None, None]
    assert len(asked) == 1


def test_a_value_that_is_gone_leaves_no_answer_for_the_next_one() -> None:
    first = remembered(lambda value: value[0])
    assert [first([number]) for number in range(1000)] == list(range(1000))


def test_it_forgets_before_it_grows_without_end() -> None:
    asked: list[object] = []
    answer = remembered(asked.append)
    kept = [object() for _ in range(memo._MOST + 1)]
    for value in (*kept, kept[0]):
        answer(value)
    assert len(asked) == len(kept) + 1
