"""What a role forbids, it forbids in every session, also where the role itself is held back (R5, R8, R15)."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.assessment import rules
from socialewifi.assessment.actions.advice import write_advice_for
from socialewifi.people.tests.factories import NOON, RoleFactory


@pytest.fixture
def session(settings, monkeypatch):
    """Someone who came in with a mailed code, and passed no second factor."""
    settings.REQUIRE_SECOND_FACTOR = True
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON)

    def begin(user):
        client = Client()
        client.force_login(user)
        return client

    return begin


def test_a_member_who_works_there_weighs_nothing_also_without_a_second_factor(session, assessment, subregion):
    seat = assessment.seats.first()
    RoleFactory(user=seat.member, kind="guide", subregion=subregion)
    client = session(seat.member)
    form = {"choice": "do", "reason": "Dit is een heel mooi plan.", "token": str(uuid.uuid4())}

    sent = client.post(reverse("panel-advise", args=[seat.pk]), form)

    assert sent.status_code != 303
    assert sent.status_code < 500
    assert reverse("panel-seat", args=[seat.pk]) not in client.get(reverse("panel-list")).content.decode()
    assert not assessment.seats.filter(advice__isnull=False).exists()


def test_who_can_still_give_their_own_advice_reads_no_others_in_another_role(
    weighing, assessment, coordinator, panel_member, subregion
):
    seat = assessment.seats.get(member=panel_member)
    write_advice_for(seat=seat, choice="do", reason="Zei ze aan de telefoon.", by=coordinator, at=NOON)
    RoleFactory(user=panel_member, kind="coordinator", subregion=subregion)
    panel_member.forget_rights()

    assert not rules.can_read_advices(panel_member, assessment)
