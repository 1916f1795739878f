"""Who told an idea may not be whose mailbox it is mailed to: what was said before stays only as its owner says (R4)."""

import uuid

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event
from socialewifi.initiatives.actions.claims import disown, recognise
from socialewifi.initiatives.actions.consents import publish_page
from socialewifi.initiatives.actions.doubles import answer_join, drop_join, propose_join
from socialewifi.initiatives.actions.invitations import InvitationClosed, accept_invitation, invite_initiator
from socialewifi.initiatives.actions.ownership import correct_reach
from socialewifi.initiatives.actions.report import Who
from socialewifi.initiatives.models import Initiator, JoinAnswer
from socialewifi.initiatives.queries.standing import standing_in_name_of
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements")]


@pytest.fixture
def told(guide, municipality, resident):
    """
    An idea of which someone said by telephone that it is theirs. It is shown, a friend is asked, another idea may join.

    Then they typed the address of ``resident``.
    """
    idea = InitiativeFactory(title="Straatfeest", exploring=True, municipality=municipality, contact_person=guide)
    by_phone = {"email": "", "phone": "06 12345678", "preferred_channel": "phone"}
    one = InitiatorFactory(initiative=idea, user=UserFactory(name="Roos", email=None), name="Roos", **by_phone)
    other = InitiativeFactory(title="Buurtfeest", exploring=True, municipality=municipality, contact_person=guide)
    InitiatorFactory(initiative=other, user=UserFactory(email=None), email="buur@voorbeeld.test")
    deed = {"initiative": idea, "by": one.user, "at": clock.now()}
    publish_page(public_text="Roos geeft een feest.", **deed)
    invite_initiator(name="Vriend", email="vriend@voorbeeld.test", **deed)
    propose_join(initiative=idea, into=other, by=guide, at=clock.now())
    answer_join(agrees=True, **deed)
    who = Who(name="Roos", email=resident.email, phone="06 12345678", preferred_channel="email")
    correct_reach(who=who, **deed)
    idea.refresh_from_db()
    assert idea.published_at
    return Initiator.objects.select_related("initiative").get(initiative=idea)


def codes(told):
    return {one.code for one in standing_in_name_of(told, at=clock.now())}


def what_stands(told):
    told.initiative.refresh_from_db()
    return {
        "shown": told.initiative.published_at is not None,
        "asked": told.initiative.invitations.waiting(clock.now()).exists(),
        "agreed to join": JoinAnswer.objects.filter(initiator=told, agrees=True).exists(),
    }


def test_without_a_word_of_the_owner_nothing_stays_of_what_was_said_before(told, resident):
    recognise(initiator=told, by=resident, at=clock.now())

    assert not any(what_stands(told).values())


def test_what_is_not_theirs_ends_with_it(told, resident):
    disown(initiator=told, by=resident, at=clock.now())

    assert not any(what_stands(told).values())


def test_the_owner_reads_what_was_said_and_keeps_what_is_right(client, told, resident):
    client.force_login(resident)
    page = reverse("mine-claim", args=[told.initiative.key])

    question = client.get(page).content.decode()
    for words in ("Iedereen mag de pagina", "Vriend is gevraagd", "samengaan met ‘Buurtfeest’"):
        assert words in question
    shown = next(code for code in codes(told) if code.startswith("consent"))
    client.post(page, {"token": str(uuid.uuid4()), "is_mine": "yes", "keeps": [shown]})

    assert what_stands(told) == {"shown": True, "asked": False, "agreed to join": False}


def test_all_of_it_can_be_right(told, resident):
    recognise(initiator=told, keeps=codes(told), by=resident, at=clock.now())

    assert all(what_stands(told).values())


def test_what_is_said_while_the_owner_reads_does_not_stay(client, told, resident):
    client.force_login(resident)
    seen = codes(told)
    invite_initiator(
        initiative=told.initiative, name="Nog een", email="nog@voorbeeld.test", by=told.user, at=clock.now()
    )

    page = reverse("mine-claim", args=[told.initiative.key])
    client.post(page, {"token": str(uuid.uuid4()), "is_mine": "yes", "keeps": sorted(seen)})

    asked = told.initiative.invitations.waiting(clock.now())
    assert [one.name for one in asked] == ["Vriend"]


def test_a_yes_to_a_question_that_was_taken_back_is_nothing_that_stands(told, guide):
    assert any(code.startswith("joinanswer") for code in codes(told))

    drop_join(initiative=told.initiative, by=guide, at=clock.now())

    assert not any(code.startswith("joinanswer") for code in codes(told))
    assert JoinAnswer.objects.filter(initiator=told).exists()


def test_each_thing_that_ends_stands_in_the_timeline(told, resident):
    recognise(initiator=told, by=resident, at=clock.now())

    kinds = set(Event.objects.about(told.initiative).filter(by=resident).values_list("kind", flat=True))
    ended = {"initiatives.page.consent_withdrawn", "initiatives.invitation.revoked", "initiatives.join.unanswered"}
    assert kinds >= ended


def test_who_was_asked_before_does_not_get_in_after_it(told, resident):
    asked = told.initiative.invitations.get()
    recognise(initiator=told, by=resident, at=clock.now())

    with pytest.raises(InvitationClosed):
        accept_invitation(
            invitation=asked,
            who=Who(name="Vriend", email="vriend@voorbeeld.test", preferred_channel="email"),
            at=clock.now(),
        )


def test_who_came_in_before_is_named(client, told, resident):
    joined = {"initiative": told.initiative, "invited_by": told.user, "name": "Vreemde"}
    InitiatorFactory(user=UserFactory(email=None), email="vreemde@voorbeeld.test", **joined)
    client.force_login(resident)

    page = client.get(reverse("mine-claim", args=[told.initiative.key])).content.decode()

    assert "Vreemde doet al mee" in page


def test_an_idea_in_which_nothing_was_said_asks_only_whose_it_is(client, resident, municipality):
    InitiatorFactory(
        initiative=InitiativeFactory(municipality=municipality), user=UserFactory(email=None), email=resident.email
    )
    client.force_login(resident)

    page = client.get(reverse("mine-claim", args=[Initiator.objects.get().initiative.key])).content.decode()

    assert "eerder gezegd" not in page


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Vriend was asked to take part."), ("de", "Vriend wurde gefragt")]
)
def test_the_owner_reads_it_in_their_language(client, told, resident, language, words):
    resident.language = language
    resident.save(update_fields=["language"])
    client.force_login(resident)

    page = client.get(reverse("mine-claim", args=[told.initiative.key]), headers={"accept-language": language})

    assert words in page.content.decode()
    assert "gevraagd" not in page.content.decode()
