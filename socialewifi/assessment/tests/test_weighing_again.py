"""A second weighing of one initiative: what the first one asked and heard does not go away (R2, R3, R8)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from socialewifi.assessment import queries
from socialewifi.assessment.actions.outcome import return_to_exploring
from socialewifi.assessment.forms.weighing import OpenForm
from socialewifi.assessment.models import Assessment
from socialewifi.core.digest import send_digests
from socialewifi.core.models import Message, Notice
from socialewifi.core.tests.factories import TextFactory
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.people.tests.factories import NOON

DAY = timedelta(days=1)


@pytest.fixture
def returned(weighing, initiative, trigger, coordinator, ambassador, panel_members):
    """A weighing in which the municipality was asked, and which went back before it answered."""
    first = weighing.open(initiative, triggers=[trigger], question="Mag het op dit plein?")
    weighing.advise(first, panel_members[0], choice="doubt", reason="Er is te weinig plek.", at=NOON)
    weighing.advise(first, panel_members[1], choice="doubt", reason="Er is nog geen geld.", at=NOON)
    return_to_exploring(assessment=first, reason="Eerst de buren vragen.", by=coordinator, at=NOON + DAY)
    return first


def again(weighing, initiative, **fields):
    initiative.refresh_from_db()
    return weighing.open(initiative, at=NOON + 2 * DAY, **fields)


def test_why_the_municipality_was_asked_holds_in_the_next_weighing(weighing, initiative, returned, trigger):
    second = again(weighing, initiative)

    assert list(second.triggers.all()) == [trigger]
    assert second.questions.get().question == "Mag het op dit plein?"


def test_it_holds_also_after_the_initiators_stopped_and_went_on(weighing, initiative, trigger, resident, guide):
    weighing.open(initiative, triggers=[trigger], question="Mag het?")
    initiative.refresh_from_db()
    withdraw_initiative(initiative=initiative, reason="Even niet.", by=resident, at=NOON + DAY)
    initiative.refresh_from_db()
    reopen_initiative(initiative=initiative, reason="Toch wel.", by=guide, at=NOON + DAY)

    assert again(weighing, initiative).questions.exists()


def test_the_form_begins_with_it_and_says_that_it_stays(initiative, returned, trigger, coordinator):
    initiative.refresh_from_db()

    field = OpenForm(about=initiative, by=coordinator)["triggers"]

    assert field.value() == [trigger.pk]
    assert trigger.name in str(field.help_text)


def test_the_ambassadors_hear_that_their_answer_is_not_needed_now(initiative, returned, ambassador):
    assert "wordt nu niet gewogen" in Notice.objects.get(user=ambassador).words


def test_the_database_refuses_an_outcome_for_which_only_an_earlier_weighing_asked(
    weighing, initiative, returned, coordinator
):
    second = again(weighing, initiative)
    weighing.score(second)
    weighing.advise(second, at=NOON + 3 * DAY)
    with rewriting():
        second.questions.all().delete()

    with pytest.raises(DatabaseError, match="was not asked"), transaction.atomic():
        Assessment.objects.filter(pk=second.pk).update(
            outcome="support",
            reason="Goed.",
            advice_count=3,
            concluded_at=NOON + 4 * DAY,
            concluded_by=coordinator,
        )


def test_no_digest_asks_for_what_is_not_needed_any_more(initiative, returned, panel_members, ambassador):
    TextFactory(code="digest", body="{{ lines }}")

    send_digests(at=NOON + DAY)

    told = {mail.to_email: mail.body for mail in Message.objects.filter(kind="digest")}
    silent = panel_members[2:]
    assert not any(member.email in told for member in silent)
    assert "wordt nu niet gewogen" in told[ambassador.email]


def test_who_is_asked_again_reads_no_advice_of_the_first_time_before_their_own(
    weighing, initiative, returned, panel_members
):
    first = returned.seats.get(member=panel_members[0])
    weighing_of_others = [advice.reason for advice in queries.advices_of_others(first)]

    again(weighing, initiative)

    assert weighing_of_others == ["Er is nog geen geld."]
    assert queries.advices_of_others(first) == []


def test_a_question_that_waits_to_be_mailed_goes_to_nobody_once_it_lapsed(initiative, returned, ambassador):
    assert not Message.objects.waiting().filter(kind="ambassador-question").exists()
