"""Going on together takes the yes of everyone who owns one of the two, each asked in their own way (R4, R10)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from socialewifi.core.errors import NotAllowed
from socialewifi.core.events import for_initiators
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.doubles import (
    CannotJoin,
    JoinClosed,
    answer_join,
    drop_join,
    propose_join,
    undo_join,
    write_join_answer,
)
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.initiatives.models import Initiative, JoinAnswer, JoinProposal, Task
from socialewifi.initiatives.tests.factories import (
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    InvitationFactory,
    join,
)
from socialewifi.owners.actions.invitations import accept_invitation
from socialewifi.owners.actions.ownership import leave_initiative
from socialewifi.owners.queries.today import waiting_joins
from socialewifi.people.tests.factories import NOON, UserFactory


@pytest.fixture
def neighbour():
    return UserFactory(name="Bas Buurman")


@pytest.fixture
def mine(municipality, guide, resident, texts, agreements):
    owned = {"municipality": municipality, "contact_person": guide, "owners": [resident]}
    return InitiativeFactory(title="Plukbos", exploring=True, **owned)


@pytest.fixture
def theirs(municipality, guide, neighbour):
    owned = {"municipality": municipality, "contact_person": guide, "owners": [neighbour]}
    return InitiativeFactory(title="Tuin van ons", exploring=True, **owned)


@pytest.fixture
def asked(mine, theirs, guide):
    return propose_join(initiative=mine, into=theirs, by=guide, at=NOON)


def joined(initiative):
    return Initiative.objects.get(pk=initiative.pk).joined_into


def test_both_are_asked_in_their_own_way_and_nothing_changes_yet(mine, theirs, guide):
    InitiatorFactory(initiative=theirs, offline=True, user__name="Nel Telefoon")
    InitiatorFactory(initiative=theirs, by_letter=True)

    propose_join(initiative=mine, into=theirs, by=guide, at=NOON)

    assert sorted(Message.objects.filter(kind="join-asked").values_list("channel", flat=True)) == [
        "email",
        "email",
        "letter",
    ]
    assert Task.objects.get(kind=Task.Kind.CALL).to_call.name == "Nel Telefoon"
    assert joined(mine) is None


def test_only_when_the_last_of_them_said_yes_they_go_on_together(asked, mine, theirs, resident, neighbour):
    second = InitiatorFactory(initiative=theirs).user

    for owner, initiative in ((resident, mine), (neighbour, theirs)):
        answer_join(initiative=initiative, agrees=True, by=owner, at=NOON)
        assert joined(mine) is None

    answer_join(initiative=theirs, agrees=True, by=second, at=NOON)
    assert joined(mine) == theirs


def test_a_no_ends_it_and_the_guide_hears_but_nobody_reads_who_said_it(asked, mine, theirs, resident, neighbour, guide):
    answer_join(initiative=theirs, agrees=True, by=neighbour, at=NOON)
    answer_join(initiative=mine, agrees=False, by=resident, at=NOON)

    assert joined(mine) is None
    assert "een initiatiefnemer wil dat niet" in Notice.objects.get(user=guide).words
    ended = Event.objects.about(theirs).get(kind="initiatives.join.refused")
    assert ended.by is None
    assert "Alles blijft zoals het was" in said(ended)
    with pytest.raises(JoinClosed):
        answer_join(initiative=theirs, agrees=True, by=neighbour, at=NOON)


def test_a_yes_can_become_a_no_as_long_as_it_waits(asked, mine, resident):
    answer_join(initiative=mine, agrees=True, by=resident, at=NOON)
    answer_join(initiative=mine, agrees=False, by=resident, at=NOON)

    assert JoinAnswer.objects.get().agrees is False


def test_a_guide_writes_down_what_was_said_and_who_said_it_hears(asked, mine, guide, resident):
    write_join_answer(initiator=mine.initiators.get(), agrees=True, through="phone", by=guide, at=NOON)

    answer = JoinAnswer.objects.get()
    assert (answer.written_by, answer.agrees) == (guide, True)
    assert Message.objects.get(kind="written-for-you").recipient.account == resident
    assert Event.objects.get(kind="initiatives.join.answered").on_behalf_of == resident.name


def test_only_its_initiators_answer_and_only_who_works_there_writes_it_down(asked, mine, stranger, other_guide, guide):
    for outsider in (stranger, guide, other_guide):
        with pytest.raises(NotAllowed):
            answer_join(initiative=mine, agrees=True, by=outsider, at=NOON)
    with pytest.raises(NotAllowed):
        write_join_answer(initiator=mine.initiators.get(), agrees=True, through="phone", by=other_guide, at=NOON)
    with pytest.raises(NotAllowed):
        drop_join(initiative=mine, by=other_guide, at=NOON)


def test_a_question_that_waits_can_be_taken_back(asked, mine, theirs, guide, resident):
    drop_join(initiative=theirs, by=guide, at=NOON)

    assert not JoinProposal.objects.waiting().exists()
    with pytest.raises(JoinClosed):
        answer_join(initiative=mine, agrees=True, by=resident, at=NOON)


def test_each_is_asked_one_thing_at_a_time(asked, mine, theirs, municipality, guide):
    third = InitiativeFactory(municipality=municipality, exploring=True, contact_person=guide)

    for one, other in ((mine, third), (third, mine), (theirs, third), (third, theirs)):
        with pytest.raises(CannotJoin):
            propose_join(initiative=one, into=other, by=guide, at=NOON)


def test_who_leaves_takes_their_answer_along_and_the_others_go_on(asked, mine, theirs, resident, neighbour):
    second = InitiatorFactory(initiative=theirs).user.account
    answer_join(initiative=mine, agrees=True, by=resident, at=NOON)
    answer_join(initiative=theirs, agrees=True, by=neighbour, at=NOON)

    leave_initiative(initiative=theirs, by=second, at=NOON)

    assert joined(mine) == theirs


def test_what_meanwhile_ended_is_not_joined_and_the_guide_hears(asked, mine, theirs, resident, neighbour, guide):
    answer_join(initiative=mine, agrees=True, by=resident, at=NOON)
    Initiative.objects.filter(pk=theirs.pk).update(step="withdrawn")

    answer_join(initiative=theirs, agrees=True, by=neighbour, at=NOON)

    assert joined(mine) is None
    assert "kunnen nu niet samengaan" in Notice.objects.get(user=guide).words


def test_it_stands_on_the_page_of_today_of_who_asked_within_its_term(asked, guide, other_guide):
    day = asked.due_on

    assert waiting_joins(guide, until=day) == [asked]
    assert waiting_joins(guide, until=day - timedelta(days=1)) == []
    assert waiting_joins(other_guide, until=day) == []


def test_after_an_undone_join_everyone_is_asked_anew(mine, theirs, guide):
    join(mine, theirs, by=guide)
    undo_join(initiative=mine, by=guide, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=mine.pk).update(joined_into=theirs)


@pytest.mark.parametrize("said", ["nothing", "one yes", "a yes and a no"])
def test_the_database_joins_nothing_without_the_yes_of_all(asked, mine, theirs, said):
    given = {"proposal": asked, "at": NOON, "through": "phone"}
    if said != "nothing":
        JoinAnswer.objects.create(initiator=mine.initiators.get(), agrees=True, **given)
    if said == "a yes and a no":
        JoinAnswer.objects.create(initiator=theirs.initiators.get(), agrees=False, **given)
    JoinProposal.objects.update(accepted_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=mine.pk).update(joined_into=theirs)


def test_the_database_takes_no_answer_to_what_does_not_wait(asked, mine):
    JoinProposal.objects.update(dropped_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        JoinAnswer.objects.create(
            proposal=asked, initiator=mine.initiators.get(), agrees=True, at=NOON, through="phone"
        )


def test_a_resident_reads_what_is_asked_and_answers_on_their_own_page(client, asked, mine, resident):
    client.force_login(resident)
    page = client.get(reverse("mine-initiative", args=[mine.key])).content.decode()
    assert "Zeg of jullie samen verder gaan met ‘Tuin van ons’" in page

    address = reverse("mine-join", args=[mine.key])
    question = client.get(address)
    assert "Zegt iemand nee? Dan blijft alles zoals het is." in question.content.decode()

    token = question.context["form"]["token"].value()
    assert client.post(address, {"agrees": "yes", "token": token}).status_code == 303
    assert JoinAnswer.objects.get().agrees


def test_a_guide_reads_out_what_is_asked_and_writes_the_answer_down(client, asked, mine, guide):
    client.force_login(guide)
    address = reverse("work-join-answer", args=[mine.key])
    question = client.get(address)
    assert "Zegt iemand nee? Dan blijft alles zoals het is." in question.content.decode()

    token = question.context["form"]["token"].value()
    fields = {"initiator": mine.initiators.get().pk, "agrees": "no", "through": "phone", "token": token}
    assert client.post(address, fields).status_code == 303
    assert JoinProposal.objects.get().refused_at is not None


def test_whoever_becomes_an_initiator_while_it_waits_is_asked_too(asked, mine, resident):
    invitation = InvitationFactory(initiative=mine, invited_by=resident, email="bo@voorbeeld.test")
    who = Who(name="Bo Buur", email="bo@voorbeeld.test", preferred_channel="email")

    accept_invitation(invitation=invitation, who=who, at=NOON)

    assert Message.objects.filter(kind="join-asked", to_email="bo@voorbeeld.test").exists()


def test_when_the_initiators_of_one_stop_nobody_waits_for_an_answer_any_more(asked, mine, theirs, resident, guide):
    withdraw_initiative(initiative=mine, by=resident, at=NOON)

    assert not JoinProposal.objects.waiting().exists()
    assert "kunnen nu niet samengaan" in " ".join(Notice.objects.filter(user=guide).values_list("words", flat=True))


def test_the_initiators_of_both_hear_that_they_go_on_by_themselves_again(mine, theirs, guide):
    join(mine, theirs, by=guide)

    undo_join(initiative=mine, by=guide, at=NOON)

    told = Message.objects.filter(kind="initiatives-split").values_list("subject_id", flat=True)
    assert set(told) == {mine.pk, theirs.pk}


def answer(client, user, initiative, agrees):
    """Answer on one's own page; return what the page after it says."""
    client.force_login(user)
    address = reverse("mine-join", args=[initiative.key])
    token = client.get(address).context["form"]["token"].value()
    went_to = client.post(address, {"agrees": agrees, "token": token}).headers["Location"]
    return client.get(went_to).content.decode()


def test_who_said_yes_reads_who_is_waited_for_and_may_think_again(client, asked, mine, resident):
    InitiatorFactory(initiative=mine, user__name="Bo Buur")

    home = answer(client, resident, mine, "yes")
    question = client.get(reverse("mine-join", args=[mine.key]))

    assert "Zodra iedereen heeft geantwoord, hoor je hoe het verdergaat" in home
    assert "Je zei ja op de vraag om samen verder te gaan met ‘Tuin van ons’" in home
    for words in ("Jij zei ja.", "Nog geen antwoord: Bo Buur.", "Wie daar al antwoordde, zie je niet"):
        assert words in question.content.decode()
    assert question.context["form"]["agrees"].value() == "yes"
    assert "Bas Buurman" not in question.content.decode()


def test_the_last_to_say_yes_reads_that_they_go_on_together(client, asked, mine, theirs, resident, neighbour):
    answer_join(initiative=theirs, agrees=True, by=neighbour, at=NOON)

    assert "nu zei iedereen ja. Jullie gaan samen verder." in answer(client, resident, mine, "yes")


def test_after_a_no_both_sides_read_that_all_stays_as_it_was_and_not_who_said_so(
    client, asked, mine, theirs, resident, neighbour
):
    assert "De anderen lezen niet wie nee zei." in answer(client, resident, mine, "no")

    for owner, initiative in ((resident, mine), (neighbour, theirs)):
        client.force_login(owner)
        page = client.get(reverse("mine-join", args=[initiative.key])).content.decode()
        assert "Iemand zei nee. Jullie gaan dus niet samen" in page
    assert "Roos" not in page


def test_no_initiator_reads_who_of_their_own_idea_said_no(client, asked, mine, resident, guide):
    inge = InitiatorFactory(initiative=mine, user__name="Inge", by_letter=True)
    write_join_answer(initiator=inge, agrees=False, through="phone", by=guide, at=NOON)

    told = [event for event in for_initiators(Event.objects.about(mine)) if "nee" in said(event)]
    assert told == []
    client.force_login(resident)
    for page in ("mine-timeline", "mine-join", "mine-initiative"):
        assert "Inge zei" not in client.get(reverse(page, args=[mine.key])).content.decode()
    client.force_login(guide)
    assert "Inge zei nee" in client.get(reverse("work-history", args=[mine.key])).content.decode()


def test_a_question_that_was_taken_back_is_no_dead_end(client, asked, mine, resident, guide, stranger):
    drop_join(initiative=mine, by=guide, at=NOON)
    client.force_login(resident)

    assert "De vraag is ingetrokken" in client.get(reverse("mine-join", args=[mine.key])).content.decode()


def test_where_nothing_was_asked_there_is_nothing_to_see(client, mine, resident):
    client.force_login(resident)

    assert client.get(reverse("mine-join", args=[mine.key])).status_code == 404


def test_who_stepped_aside_from_the_other_idea_reads_nothing_of_it(client, asked, mine, theirs, resident, coordinator):
    asker = asked.asked_by
    Initiative.objects.filter(pk__in=[mine.pk, theirs.pk]).update(contact_person=coordinator)
    InterestFactory(user=asker, initiative=theirs)
    client.force_login(asker)
    pages = [
        reverse("today"),
        reverse("work-initiative", args=[mine.key]),
        reverse("work-history", args=[mine.key]),
        reverse("work-join-answer", args=[mine.key]),
    ]

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert theirs.title not in answer.content.decode(), page
    assert "een ander idee" in client.get(reverse("today")).content.decode()

    answer_join(initiative=mine, agrees=False, by=resident, at=NOON)
    for page in pages[1:3]:
        assert theirs.title not in client.get(page).content.decode()
    assert [one.user for one in Notice.objects.filter(words__contains=theirs.title)].count(asker) == 0
    assert Notice.objects.filter(user=coordinator, words__contains=theirs.title).exists()
