"""Who told an idea may not be whose mailbox it is mailed to: what was said before stays only as its owner says (R4)."""

import re
import uuid

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event, Message, Text
from socialewifi.initiatives.actions.claims import disown, recognise
from socialewifi.initiatives.actions.doubles import answer_join, drop_join, propose_join
from socialewifi.initiatives.actions.inform import tell_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Initiator, JoinAnswer
from socialewifi.initiatives.queries.standing import standing_in_name_of
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.invitations import InvitationClosed, accept_invitation, invite_initiator
from socialewifi.owners.actions.ownership import correct_reach
from socialewifi.people.actions.keys import open_with_key
from socialewifi.people.models import User
from socialewifi.people.tests.factories import UserFactory
from socialewifi.publication.actions.consents import edit_public_text, publish_page

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


def fresh(user):
    return User.objects.get(pk=user.pk)


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


def test_a_street_and_a_number_that_the_owner_does_not_know_reach_nobody_any_more(client, told, resident):
    Initiator.objects.filter(pk=told.pk).update(address="Kwade straat 6", preferred_channel="letter")
    told.refresh_from_db()
    client.force_login(resident)
    page = client.get(reverse("mine-claim", args=[told.initiative.key])).content.decode()
    assert "eindigt op 78" in page
    assert "‘Kwa… 6’" in page
    assert not any(words in page for words in ("12345678", "Kwade straat"))

    recognise(initiator=told, by=resident, at=clock.now())

    told.refresh_from_db()
    assert (told.phone, told.address, told.preferred_channel) == ("", "", "email")


def test_a_way_to_be_reached_that_is_theirs_stays(told, resident):
    Initiator.objects.filter(pk=told.pk).update(preferred_channel="phone")

    recognise(initiator=told, keeps=codes(told), by=resident, at=clock.now())

    told.refresh_from_db()
    assert (told.phone, told.preferred_channel) == ("06 12345678", "phone")


def test_a_letter_that_waits_when_it_is_recognised_has_a_code_that_opens(told, resident):
    Initiator.objects.filter(pk=told.pk).update(address="Dorpsstraat 1", preferred_channel="letter")
    told.refresh_from_db()
    Text.objects.filter(code="check-in").update(body="Dag {{ name }}\n\nJe code is {{ access_code }}")
    tell_initiator(initiator=told, code="check-in", at=clock.now())

    recognise(initiator=told, keeps=codes(told), by=resident, at=clock.now())

    waiting = Message.objects.letters().waiting().filter(kind="check-in").get()
    code = re.search(r"Je code is (\S+)", waiting.body)[1]
    assert open_with_key(kind="letter", typed=code, at=clock.now()) == told.user


def test_what_an_account_asked_that_had_it_before_ends_too(told, resident, stranger):
    """``stranger`` said it is theirs, asked someone, and had it mailed to ``resident`` since."""
    User.objects.filter(pk=told.user_id).update(account=stranger)
    told.initiative.invitations.update(revoked_at=clock.now())
    asked = invite_initiator(
        initiative=told.initiative, name="Gast", email="gast@voorbeeld.test", by=fresh(stranger), at=clock.now()
    )
    User.objects.filter(pk=told.user_id).update(account=None)

    recognise(initiator=told, by=resident, at=clock.now())

    asked.refresh_from_db()
    assert asked.revoked_at


def test_what_another_initiator_asked_stays_theirs(told, resident):
    other = InitiatorFactory(initiative=told.initiative, user=UserFactory(email=None), email="an@voorbeeld.test")
    asked = invite_initiator(
        initiative=told.initiative, name="Gast", email="gast@voorbeeld.test", by=other.user, at=clock.now()
    )

    recognise(initiator=told, by=resident, at=clock.now())

    asked.refresh_from_db()
    assert asked.revoked_at is None


def test_a_question_to_which_the_answer_ends_is_asked_anew(told, resident):
    recognise(initiator=told, by=resident, at=clock.now())

    assert Message.objects.filter(kind="join-asked", to_email=resident.email).exists()


def test_an_answer_to_a_question_that_ended_is_history(told, resident, guide):
    drop_join(initiative=told.initiative, by=guide, at=clock.now())

    recognise(initiator=told, by=resident, at=clock.now())

    assert JoinAnswer.objects.filter(initiator=told, agrees=True).exists()


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


def test_who_ticks_keeps_what_they_read_and_not_what_was_made_of_it_meanwhile(told, resident):
    Initiator.objects.filter(pk=told.pk).update(address="Dorpsstraat 1")
    told.refresh_from_db()
    read = codes(told)
    edit_public_text(initiative=told.initiative, public_text="Iets anders.", by=told.user, at=clock.now())
    Initiator.objects.filter(pk=told.pk).update(address="Kwade straat 6", phone="06 99999999")

    recognise(initiator=told, keeps=read, by=resident, at=clock.now())

    told.refresh_from_db()
    assert (told.phone, told.address) == ("", "")
    assert not what_stands(told)["shown"]
