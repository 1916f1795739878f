"""Advice that someone else wrote down: its member hears at once and can object; the writer does not decide alone."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from socialewifi.assessment import queries
from socialewifi.assessment.actions.advice import AdviceGiven, give_advice, write_advice_for
from socialewifi.assessment.actions.municipality import ask_ambassador, write_answer_of_municipality
from socialewifi.assessment.actions.outcome import OutcomeByAnother, PanelNotReady
from socialewifi.assessment.actions.written import AlreadyObjected, object_to_advice
from socialewifi.assessment.models import AdviceObjection, PanelAdvice, PanelSeat
from socialewifi.assessment.tests.conftest import DAY, HOUR
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.models import Task
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory

REASON = "Het past goed bij ons dorp."


@pytest.fixture
def second(subregion):
    return UserFactory(name="Dina Tweede", roles=["coordinator"], roles__subregion=subregion)


@pytest.fixture
def written(assessment, coordinator, panel_member):
    """The seat whose advice the coordinator wrote down."""
    seat = assessment.seats.get(member=panel_member)
    write_advice_for(seat=seat, choice="do", reason=REASON, by=coordinator, at=NOON + HOUR)
    return PanelSeat.objects.get(pk=seat.pk)


def without_mailbox(member):
    """Make this a member who was always called, and never had a mailbox."""
    with rewriting():
        User.objects.filter(pk=member.pk).update(email=None, phone="06 11 22 33 44")
    return User.objects.get(pk=member.pk)


def write(assessment, member, by, at=NOON + HOUR):
    seat = assessment.seats.get(member=member)
    write_advice_for(seat=seat, choice="do", reason=REASON, by=by, at=at)


def test_a_member_hears_at_once_what_was_written_down_by_whom_and_where_to_object(written, panel_member, coordinator):
    mail = Message.objects.get(kind="advice-written")

    assert (mail.to_email, mail.recipient) == (panel_member.email, panel_member)
    assert REASON in mail.body
    assert coordinator.name in mail.body
    assert f"/meekijken/{written.pk}/" in mail.body


def test_a_member_without_e_mail_is_called_by_another_than_the_writer_and_the_call_does_not_tell_the_advice(
    assessment, coordinator, second, panel_member
):
    write(assessment, without_mailbox(panel_member), coordinator)

    call = Task.objects.get(kind=Task.Kind.CALL)
    assert call.assignee == second
    assert REASON not in call.words


def test_whoever_calls_a_member_finds_the_number_of_today_beside_the_advice(
    client, assessment, coordinator, second, panel_member
):
    member = without_mailbox(panel_member)
    write(assessment, member, coordinator)
    with rewriting():
        User.objects.filter(pk=member.pk).update(phone="06 55 66 77 88")
    client.force_login(second)

    words = Task.objects.get(kind=Task.Kind.CALL).words
    page = client.get(re.search(r"/werk/\S+", words)[0]).content.decode()

    assert "06 11 22 33 44" not in words
    assert "tel:0655667788" in page
    assert REASON in page


def test_once_an_objection_is_written_down_only_that_is_asked_about(assessment, coordinator, second, panel_member):
    member = without_mailbox(panel_member)
    write(assessment, member, coordinator)

    seat = PanelSeat.objects.get(assessment=assessment, member=member)
    object_to_advice(seat=seat, words="Dat zei ik niet.", by=second, at=NOON + 2 * HOUR)

    call = Task.objects.open().get(kind=Task.Kind.CALL)
    assert (call.assignee, "er is een bezwaar voor je opgeschreven" in call.what) == (coordinator, True)


def test_an_objection_stands_beside_the_advice_and_takes_it_out_of_the_count(written, assessment, panel_member, second):
    object_to_advice(seat=written, words="Ik zei iets anders.", by=panel_member, at=NOON + 2 * HOUR)

    assert PanelAdvice.objects.get(seat=written).reason == REASON
    assert AdviceObjection.objects.get().words == "Ik zei iets anders."
    assert assessment.seats.advised().count() == 0
    assert assessment.seats.taking_part().count() == 3
    assert Notice.objects.filter(user=second, words__contains=panel_member.name).exists()
    assert said(Event.objects.get(kind="assessment.advice.objected")) == ""


def test_who_objected_gives_their_own_advice_and_read_no_other_before(written, assessment, weighing, panel_members):
    weighing.advise(assessment, panel_members[1])
    assert queries.advices_of_others(written) == []
    object_to_advice(seat=written, by=panel_members[0], at=NOON + 2 * HOUR)

    seat = queries.waiting_for(panel_members[0])[0]
    assert queries.advices_of_others(seat) == []
    give_advice(seat=seat, choice="doubt", reason="Ik twijfel.", by=panel_members[0], at=NOON + 3 * HOUR)

    assert [advice.reason for advice in queries.advices_of_others(seat)] == ["Mooi plan."]
    assert assessment.seats.advised().count() == 2


def test_one_objects_once_and_never_to_ones_own_words(written, assessment, weighing, panel_members):
    object_to_advice(seat=written, by=panel_members[0], at=NOON + 2 * HOUR)
    with pytest.raises(AlreadyObjected):
        object_to_advice(seat=written, by=panel_members[0], at=NOON + 2 * HOUR)
    weighing.advise(assessment, panel_members[1])
    own = assessment.seats.get(member=panel_members[1])
    with pytest.raises(NotAllowed):
        object_to_advice(seat=own, by=panel_members[1], at=NOON + 2 * DAY)
    with pytest.raises(DatabaseError, match="one's own words"), transaction.atomic():
        AdviceObjection.objects.create(advice=own.advice, at=NOON)


@pytest.mark.parametrize("who", ["coordinator", "guide", "regional_coordinator", "stranger", "ambassador"])
def test_nobody_else_objects_for_a_member_who_can_do_it_themselves(written, request, who):
    with pytest.raises(NotAllowed):
        object_to_advice(seat=written, by=request.getfixturevalue(who), at=NOON + 2 * HOUR)


@pytest.mark.parametrize(("who", "may"), [("second", True), ("regional_coordinator", True), ("guide", False)])
def test_for_a_member_without_e_mail_a_coordinator_notes_the_objection(assessment, coordinator, request, who, may):
    member = without_mailbox(assessment.seats.first().member)
    write(assessment, member, coordinator)
    seat = assessment.seats.get(member=member)
    by = request.getfixturevalue(who)

    if not may:
        with pytest.raises(NotAllowed):
            object_to_advice(seat=seat, by=by, at=NOON + 2 * HOUR)
        return
    object_to_advice(seat=seat, by=by, at=NOON + 2 * HOUR)

    assert AdviceObjection.objects.get().written_by == by
    assert Event.objects.get(kind="assessment.advice.objected").on_behalf_of == member.name


def test_an_objection_that_was_written_down_is_asked_about_by_another_than_its_writer(assessment, coordinator, second):
    member = without_mailbox(assessment.seats.first().member)
    write(assessment, member, coordinator)
    object_to_advice(seat=assessment.seats.get(member=member, advice__isnull=False), by=second, at=NOON + 2 * HOUR)

    call = Task.objects.filter(kind=Task.Kind.CALL).latest("pk")
    assert call.assignee == coordinator
    assert f"Dina Tweede schreef op dat {member.name}" in call.words
    assert "/wegen/" in call.words


def test_after_the_outcome_an_objection_stands_beside_it_and_changes_no_count(
    written, assessment, weighing, panel_members, second
):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[1:])
    weighing.conclude(assessment, by=second)

    object_to_advice(seat=written, words="Dat zei ik niet.", by=panel_members[0], at=NOON + 3 * DAY)

    told = queries.outcome_for_initiators(assessment.initiative)
    assert (len(told.advices), told.written_down, told.objected) == (3, 1, 1)
    assert not assessment.seats.filter(replaces__isnull=False).exists()


def test_who_wrote_more_than_one_advice_does_not_set_the_outcome(
    assessment, weighing, panel_members, coordinator, second
):
    weighing.score(assessment)
    for member in panel_members:
        write(assessment, member, coordinator)

    with pytest.raises(OutcomeByAnother):
        weighing.conclude(assessment, by=coordinator)

    weighing.conclude(assessment, by=second)
    letter = Message.objects.get(kind="outcome").body
    assert "3 adviezen zijn opgeschreven door iemand die hier werkt" in letter


def test_who_wrote_one_advice_sets_the_outcome(assessment, weighing, panel_members, coordinator):
    weighing.score(assessment)
    write(assessment, panel_members[0], coordinator)
    weighing.advise(assessment, *panel_members[1:])

    assert weighing.conclude(assessment, by=coordinator).advice_count == 3


def test_the_database_refuses_an_outcome_by_who_wrote_more_than_one_advice(assessment, panel_members, coordinator):
    for member in panel_members:
        write(assessment, member, coordinator)
    assessment.outcome, assessment.reason, assessment.advice_count = "support", "Zo is het.", 3
    assessment.concluded_at, assessment.concluded_by = NOON + 2 * DAY, coordinator

    with pytest.raises(DatabaseError, match="more than one advice"), transaction.atomic():
        assessment.save()


def test_the_database_refuses_an_outcome_that_counts_an_advice_someone_objected_to(
    written, assessment, weighing, panel_members, second
):
    weighing.advise(assessment, *panel_members[1:])
    AdviceObjection.objects.create(advice=written.advice, at=NOON + 2 * HOUR)
    assessment.outcome, assessment.reason, assessment.advice_count = "support", "Zo is het.", 3
    assessment.concluded_at, assessment.concluded_by = NOON + 2 * DAY, second

    with pytest.raises(DatabaseError, match="count of advices"), transaction.atomic():
        assessment.save()


def test_an_objected_advice_is_missing_from_the_quorum(written, assessment, weighing, panel_members, second):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[1:])
    object_to_advice(seat=written, by=panel_members[0], at=NOON + 2 * HOUR)

    with pytest.raises(PanelNotReady):
        weighing.conclude(assessment, by=second)


def test_an_objection_is_never_altered(written, panel_member):
    objection = object_to_advice(seat=written, by=panel_member, at=NOON + 2 * HOUR)

    with pytest.raises(DatabaseError), transaction.atomic():
        AdviceObjection.objects.filter(pk=objection.pk).update(words="Toch goed.")


def test_a_seat_is_replaced_only_after_an_objection(written, panel_member, coordinator):
    with pytest.raises(DatabaseError, match="objected"), transaction.atomic():
        PanelSeat.objects.create(
            assessment=written.assessment,
            member=panel_member,
            invited_at=NOON,
            invited_by=coordinator,
            replaces=written,
        )


def test_a_second_written_advice_is_refused(written, coordinator):
    with pytest.raises(AdviceGiven):
        write_advice_for(seat=written, choice="do", reason=REASON, by=coordinator, at=NOON + 2 * HOUR)


def test_a_member_reads_who_wrote_and_objects_on_their_own_page(client, written, panel_member, second):
    client.force_login(panel_member)
    page = client.get(reverse("panel-seat", args=[written.pk])).content.decode()
    assert reverse("panel-object", args=[written.pk]) in page

    form = client.get(reverse("panel-object", args=[written.pk]))
    token = form.context["form"]["token"].value()
    client.post(reverse("panel-object", args=[written.pk]), {"token": token, "words": "Nee."})

    seat = queries.waiting_for(panel_member)[0]
    assert "Hier kun je zelf advies geven" in client.get(reverse("panel-seat", args=[seat.pk])).content.decode()
    client.force_login(second)
    page = client.get(reverse("weigh-detail", args=[written.assessment.initiative.key])).content.decode()
    assert f"Bezwaar van {panel_member.name}" in page


def test_a_coordinator_reads_a_written_advice_only_to_call_a_member_without_e_mail(client, written, second):
    address = reverse("weigh-write-objection", args=[written.assessment.initiative.key, written.pk])
    client.force_login(second)
    assert client.get(address).status_code == 403

    without_mailbox(written.member)

    assert REASON in client.get(address).content.decode()


def test_the_page_of_the_outcome_says_that_another_sets_it_and_who_can(
    client, assessment, panel_members, coordinator, second
):
    for member in panel_members[:2]:
        write(assessment, member, coordinator)
    client.force_login(coordinator)

    page = client.get(reverse("weigh-outcome", args=[assessment.initiative.key])).content.decode()

    assert "Een ander stelt deze uitkomst vast" in page
    assert second.name in page
    assert "Bekijk de brief" not in page
    assert "2 adviezen zijn opgeschreven" in page


def test_the_ambassadors_hear_at_once_what_was_written_down_as_their_answer(
    assessment, trigger, coordinator, ambassador
):
    question = ask_ambassador(assessment=assessment, triggers=[trigger], by=coordinator, at=NOON)
    write_answer_of_municipality(
        question=question, spoken_by="Piet van groen", answer="agree", by=coordinator, at=NOON + HOUR
    )

    mail = Message.objects.get(kind="municipality-answer-written")
    assert (mail.to_email, "Piet van groen" in mail.body) == (ambassador.email, True)


def test_who_became_involved_at_work_after_their_advice_still_objects_and_steps_aside(
    written, assessment, panel_member, subregion
):
    RoleFactory(user=panel_member, kind="guide", subregion=subregion)
    member = type(panel_member).objects.get(pk=panel_member.pk)

    object_to_advice(seat=written, by=member, at=NOON + 2 * HOUR)

    assert assessment.seats.advised().count() == 0
    assert not assessment.seats.filter(replaces__isnull=False).exists()


def test_the_mail_about_a_written_advice_leads_to_the_new_seat_after_an_objection(client, written, panel_member):
    object_to_advice(seat=written, by=panel_member, at=NOON + 2 * HOUR)
    client.force_login(panel_member)

    answer = client.get(reverse("panel-seat", args=[written.pk]))

    assert answer.headers["Location"] == reverse("panel-seat", args=[PanelSeat.objects.get(replaces=written).pk])


def lines(user):
    return [(line.deed, line.note, line.path) for line in queries.due_for(user, NOON + 2 * DAY)]


def test_today_offers_the_outcome_only_to_who_may_set_it_and_says_who_else_can(
    assessment, weighing, panel_members, coordinator, second
):
    weighing.score(assessment)
    for member in panel_members:
        write(assessment, member, coordinator)

    page = f"/werk/initiatieven/{assessment.initiative.key}/wegen/"
    assert lines(coordinator) == [("Uitkomst vragen aan een ander", f"jij kunt dit niet, wel: {second.name}", page)]
    assert lines(second) == [("Uitkomst bepalen", "alles is er", f"{page}uitkomst/")]


def test_who_wrote_one_advice_among_others_is_offered_the_outcome(assessment, weighing, written, panel_members):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[1:])

    assert [deed for deed, _note, _path in lines(weighing.coordinator)] == ["Uitkomst bepalen"]


def test_the_page_of_the_weighing_says_who_sets_the_outcome_instead(
    client, assessment, weighing, panel_members, coordinator, second
):
    weighing.score(assessment)
    for member in panel_members:
        write(assessment, member, coordinator)
    client.force_login(coordinator)

    page = client.get(reverse("weigh-detail", args=[assessment.initiative.key])).content.decode()

    assert "Een ander stelt deze uitkomst vast" in page
    assert second.name in page
    assert "Bepaal de uitkomst" not in page
