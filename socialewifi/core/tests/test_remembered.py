"""What hardly ever changes is asked once in a while, and never in the tests of anything else."""

from socialewifi.core.remembered import remembered


def test_an_answer_is_remembered_for_each_question(settings):
    settings.REMEMBER_SECONDS = 30
    asked = []
    double = remembered(lambda number: asked.append(number) or number * 2)

    assert [double(2), double(2), double(3), double(2)] == [4, 4, 6, 4]
    assert asked == [2, 3]


def test_after_a_while_it_is_asked_again(settings):
    settings.REMEMBER_SECONDS = 0
    answers = iter(["before", "after"])
    read = remembered(lambda: next(answers))

    assert [read(), read()] == ["before", "after"]


def test_that_there_is_nothing_yet_is_not_remembered(settings):
    settings.REMEMBER_SECONDS = 30
    answers = iter([None, "there"])
    read = remembered(lambda: next(answers))

    assert [read(), read()] == [None, "there"]
