"""A call that asks something ends with the question: nobody is called about what no longer waits (R10, R13)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.events import label
from socialewifi.core.models import Event, Text
from socialewifi.initiatives import jobs
from socialewifi.initiatives.actions import calls
from socialewifi.initiatives.actions.claims import disown
from socialewifi.initiatives.actions.doubles import answer_join, drop_join, propose_join, undo_join, write_join_answer
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.initiatives.models import Initiative, Task
from socialewifi.initiatives.tests.factories import (
    EffectStoryFactory,
    InitiativeFactory,
    InitiatorFactory,
    TaskFactory,
    join,
)
from socialewifi.owners.actions.invitations import (
    accept_invitation,
    invite_initiator,
    refuse_invitation,
    revoke_invitation,
)
from socialewifi.owners.actions.ownership import leave_initiative
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.publication.actions.consents import give_consent, record_consent, withdraw_consent
from socialewifi.support.actions.tasks import TaskClosed, note_call


@pytest.fixture(autouse=True)
def _words(texts, agreements):
    """Deeds tell with the texts of the region."""


@pytest.fixture
def neighbour():
    return UserFactory(name="Bas Buurman")


@pytest.fixture
def initiative(municipality, guide, resident, neighbour):
    return InitiativeFactory(
        title="Plukbos",
        supporting=True,
        municipality=municipality,
        contact_person=guide,
        owners=[resident, neighbour],
        public_text="Kom kijken.",
    )


@pytest.fixture
def olaf(initiative):
    return InitiatorFactory(initiative=initiative, offline=True, user__name="Olaf Telefoon")


@pytest.fixture
def invitation(initiative, resident):
    return invite_initiator(initiative=initiative, name="Bo Buur", phone="06 00 00 00 07", by=resident, at=NOON)


def asking():
    """Return what open calls ask something."""
    return [
        task for task in Task.objects.open().order_by("pk") if task.invitation_id or task.joining_id or task.consent_to
    ]


def left_out(initiative):
    return Event.objects.about(initiative).filter(kind="initiatives.call.dropped")


def take_back(invitation, **_who):
    revoke_invitation(invitation=invitation, by=invitation.invited_by, at=NOON)


def leave(invitation, **_who):
    leave_initiative(initiative=invitation.initiative, by=invitation.invited_by, at=NOON)


def stop(invitation, **_who):
    withdraw_initiative(initiative=invitation.initiative, by=invitation.invited_by, at=NOON)


def say_no(invitation, guide, **_who):
    refuse_invitation(invitation=invitation, by=guide, at=NOON)


def say_yes(invitation, guide, **_who):
    accept_invitation(invitation=invitation, who=Who(name="Bo", phone="06 00 00 00 07"), by=guide, at=NOON)


def run_out(invitation, monkeypatch, **_who):
    monkeypatch.setattr(clock, "now", lambda: invitation.expires_at)
    jobs.close_expired_calls(0)


@pytest.mark.parametrize("end", [take_back, leave, stop, say_no, say_yes, run_out])
def test_nobody_is_called_about_an_invitation_that_ended(initiative, invitation, guide, end, monkeypatch):
    assert [task.what for task in asking()] == ["Bel Bo Buur: meedoen met ‘Plukbos’?"]

    end(invitation, guide=guide, monkeypatch=monkeypatch)

    assert asking() == []
    assert "Bo Buur" in label(left_out(initiative).get())


def test_nobody_is_called_for_someone_whose_address_was_not_theirs(initiative, guide):
    mailbox = UserFactory(name="Mia", email="mia@voorbeeld.test")
    typed = InitiatorFactory(initiative=initiative, user__email=None, email="mia@voorbeeld.test")
    invite_initiator(initiative=initiative, name="Bo Buur", phone="06 00 00 00 07", by=typed.user, at=NOON)

    disown(initiator=typed, by=mailbox, at=NOON)

    assert asking() == []


def test_who_goes_on_later_has_the_invited_called_after_all(initiative, invitation, resident):
    stop(invitation)

    reopen_initiative(initiative=initiative, reason="Toch wel", by=resident, at=NOON)

    assert [task.invitation for task in asking()] == [invitation]


def test_who_goes_on_later_has_nobody_called_twice(initiative, invitation, guide):
    Initiative.objects.filter(pk=initiative.pk).update(step="declined", weighed_at=NOON, ended_because="Past niet.")
    assert [task.invitation for task in asking()] == [invitation]

    reopen_initiative(initiative=initiative, reason="Toch wel", by=guide, at=NOON)

    assert [task.invitation for task in asking()] == [invitation]


@pytest.fixture
def other(initiative, guide):
    return InitiativeFactory(
        exploring=True, contact_person=guide, municipality=initiative.municipality, owners=[UserFactory()]
    )


def test_once_both_go_on_by_themselves_the_invited_are_called_after_all(initiative, invitation, other, guide):
    exploring(initiative)
    join(initiative, other, by=guide)
    assert asking() == []

    undo_join(initiative=initiative, by=guide, at=NOON)

    assert [task.invitation for task in asking()] == [invitation]


def exploring(initiative):
    """Put it where it can go on together with another."""
    Initiative.objects.filter(pk=initiative.pk).update(step="exploring")


def test_nobody_is_called_whether_what_rests_may_be_shown(initiative, olaf, other, resident, guide):
    exploring(initiative)
    give_consent(initiative=initiative, by=resident, at=NOON)
    assert [task.to_call for task in asking()] == [olaf]

    join(initiative, other, by=guide)

    assert asking() == []


def test_one_initiative_that_fails_stops_nothing(initiative, invitation, other, monkeypatch):
    theirs = other.initiators.get().user.account
    invite_initiator(initiative=other, name="Ans", phone="06 00 00 00 08", by=theirs, at=NOON)
    monkeypatch.setattr(clock, "now", lambda: invitation.expires_at)
    close = calls.close_calls

    def failing(one, *, at):
        close(one, at=at)
        if one == initiative:
            raise RuntimeError

    monkeypatch.setattr(calls, "close_calls", failing)
    jobs.close_expired_calls(0)

    assert [task.initiative for task in asking()] == [initiative]
    monkeypatch.setattr(calls, "close_calls", close)
    jobs.close_expired_calls(0)
    assert asking() == []


def test_a_call_to_somebody_who_left_is_not_made(initiative, olaf, resident):
    told = TaskFactory(initiative=initiative, call=True, to_call=olaf)

    leave_initiative(initiative=initiative, by=olaf.user, at=NOON)

    told.refresh_from_db()
    assert (told.done_at, told.done_by) == (NOON, None)
    assert not Task.objects.open().filter(to_call=olaf).exists()


def test_a_call_about_an_answered_question_to_go_on_together_is_not_made(initiative, other, olaf, guide):
    propose_join(initiative=initiative, into=other, by=guide, at=NOON)
    assert [task.to_call for task in asking()] == [olaf]

    write_join_answer(initiator=olaf, agrees=True, through="phone", by=guide, at=NOON)

    assert asking() == []


@pytest.mark.parametrize("how", ["dropped", "refused"])
def test_a_question_to_go_on_together_that_ended_takes_its_calls_along(initiative, other, olaf, guide, resident, how):
    propose_join(initiative=initiative, into=other, by=guide, at=NOON)

    if how == "dropped":
        drop_join(initiative=initiative, by=guide, at=NOON)
    else:
        answer_join(initiative=initiative, agrees=False, by=resident, at=NOON)

    assert asking() == []
    assert "Alles blijft zoals het was" in Task.objects.open().get(to_call=olaf).words


@pytest.mark.parametrize("how", ["said yes", "taken back"])
def test_a_call_whether_the_page_may_show_ends_with_the_answer(initiative, olaf, guide, resident, how):
    give_consent(initiative=initiative, by=resident, at=NOON)
    assert [task.to_call for task in asking()] == [olaf]

    if how == "said yes":
        record_consent(initiative=initiative, initiator=olaf, agrees=True, through="phone", by=guide, at=NOON)
    else:
        withdraw_consent(initiative=initiative, by=resident, at=NOON)

    assert asking() == []


@pytest.mark.parametrize("how", ["said yes", "taken back"])
def test_a_call_whether_a_story_may_show_ends_with_the_answer_about_that_story(initiative, olaf, guide, resident, how):
    story, second = (EffectStoryFactory(initiative=initiative, title=title) for title in ("Eerste", "Tweede"))
    for one in (story, second):
        give_consent(initiative=initiative, story=one, by=resident, at=NOON)
    give_consent(initiative=initiative, by=resident, at=NOON)
    assert [(task.to_call, task.story) for task in asking()] == [(olaf, story), (olaf, second), (olaf, None)]

    if how == "said yes":
        said = {"agrees": True, "through": "phone", "by": guide, "at": NOON}
        record_consent(initiative=initiative, initiator=olaf, story=story, **said)
    else:
        withdraw_consent(initiative=initiative, story=story, by=resident, at=NOON)

    assert [task.story for task in asking()] == [second, None]


@pytest.mark.parametrize("wrong", ["two questions", "no story", "a story of no question", "a task nobody did"])
def test_the_database_knows_what_a_call_asks_and_who_did_a_task(initiative, invitation, wrong):
    story = EffectStoryFactory(initiative=initiative)
    row = {
        "two questions": {"kind": "call", "invitation": invitation, "consent_to": "page"},
        "no story": {"kind": "call", "consent_to": "story"},
        "a story of no question": {"kind": "call", "consent_to": "page", "story": story},
        "a task nobody did": {"done_at": NOON},
    }[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        TaskFactory(initiative=initiative, **row)


def test_what_is_only_told_is_still_told(initiative, olaf, invitation, resident):
    told = TaskFactory(initiative=initiative, call=True, to_call=olaf)

    take_back(invitation)

    assert told in Task.objects.open()


def test_who_noted_a_call_too_late_keeps_what_they_typed(client, initiative, invitation, guide):
    call = asking()[0]
    take_back(invitation)
    client.force_login(guide)

    page = client.post(
        reverse("work-note-call", args=[initiative.key, call.pk]),
        {"reached": "True", "result": "Bo denkt erover na."},
    )

    assert "Bo denkt erover na." in page.content.decode()
    with pytest.raises(TaskClosed, match="Dit hoeft niet meer"):
        note_call(task=call, reached=True, result="", by=guide, at=NOON)


def test_the_caller_reads_where_to_note_the_answer(client, initiative, invitation, olaf, resident, guide):
    give_consent(initiative=initiative, by=resident, at=NOON)
    client.force_login(guide)

    page = client.get(reverse("work-calls")).content.decode()

    assert reverse("work-invitation", args=[initiative.key, invitation.pk]) in page
    assert reverse("work-consent", args=[initiative.key]) in page


def test_on_the_phone_nobody_is_read_an_address_to_open(initiative, olaf, texts, guide):
    parts = [
        "Wil je samen verder met ‘{{ other }}’?",
        "Jouw pagina: {{ base_url }}{{ page }}",
        "Antwoord hier: {{ link }}",
    ]
    Text.objects.filter(code="join-asked").update(body="\n\n".join(parts))
    other = InitiativeFactory(
        title="Tuin van ons", exploring=True, contact_person=guide, municipality=initiative.municipality
    )

    propose_join(initiative=initiative, into=other, by=guide, at=NOON)

    assert asking()[0].words == "Wil je samen verder met ‘Tuin van ons’?"
