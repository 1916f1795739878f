from datetime import date

import pytest

from socialewifi.core.errors import DayIsOver, NotAllowed
from socialewifi.core.models import Event
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.tests.factories import InitiativeFactory, SupportKindFactory, SupportPromiseFactory
from socialewifi.people.tests.factories import NOON
from socialewifi.support.actions.promises import PromiseClosed, drop_promise, keep_promise, promise_support


@pytest.fixture
def supported(municipality, guide):
    return InitiativeFactory(municipality=municipality, supporting=True, contact_person=guide)


def test_help_is_promised_by_someone_before_some_day(supported, guide):
    promise_support(
        initiative=supported,
        kind=SupportKindFactory(),
        what="een dag spitten",
        who="De tuinvereniging",
        before_date=date(2026, 7, 1),
        by=guide,
        at=NOON,
    )

    assert supported.promises.open().get().what == "een dag spitten"
    assert said(Event.objects.about(supported).get()) == "De tuinvereniging gaat je helpen: een dag spitten"


def test_no_help_is_promised_before_it_was_weighed(explored, guide):
    with pytest.raises(NotAllowed):
        promise_support(
            initiative=explored,
            kind=SupportKindFactory(),
            what="x",
            who="y",
            before_date=date(2026, 7, 1),
            by=guide,
            at=NOON,
        )


def test_a_kept_promise_is_closed(supported, guide):
    promise = SupportPromiseFactory(initiative=supported)

    keep_promise(promise=promise, by=guide, at=NOON)

    with pytest.raises(PromiseClosed):
        drop_promise(promise=promise, because="ziek", by=guide, at=NOON)


def test_no_help_is_promised_for_a_day_that_is_over(supported, guide):
    with pytest.raises(DayIsOver) as refused:
        promise_support(
            initiative=supported,
            kind=SupportKindFactory(),
            what="een dag spitten",
            who="De tuinvereniging",
            before_date=date(26, 6, 12),
            by=guide,
            at=NOON,
        )

    assert refused.value.field == "before_date"
    assert not supported.promises.exists()


def test_a_promise_that_is_not_kept_says_why(supported, guide):
    promise = SupportPromiseFactory(initiative=supported)

    drop_promise(promise=promise, because="De schop is kapot.", by=guide, at=NOON)

    assert "De schop is kapot." in said(Event.objects.about(supported).get())
    assert not supported.promises.open().exists()


def test_someone_of_another_subregion_answers_for_no_promise(supported, other_guide):
    with pytest.raises(NotAllowed):
        keep_promise(promise=SupportPromiseFactory(initiative=supported), by=other_guide, at=NOON)
