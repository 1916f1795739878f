"""R4 as a property: whatever people do, in any order, nothing shows without the consent of every present initiator."""

from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialewifi.core.errors import DomainError
from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.initiatives.models import Consent, Initiative
from socialewifi.initiatives.tests.factories import InitiativeFactory, InvitationFactory
from socialewifi.owners.actions.invitations import accept_invitation
from socialewifi.owners.actions.ownership import leave_initiative
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.publication.actions.consents import give_consent, publish_page, record_consent, withdraw_consent
from socialewifi.publication.actions.stories import take_back_story, tell_story, write_story


def publish(i, user, guide, yes):
    publish_page(initiative=i, public_text="Kom kijken.", by=user, at=NOON)


def agree(i, user, guide, yes):
    give_consent(initiative=i, story=i.stories.last() if yes else None, by=user, at=NOON)


def take_back(i, user, guide, yes):
    withdraw_consent(initiative=i, story=i.stories.last() if yes else None, by=user, at=NOON)


def leave(i, user, guide, yes):
    leave_initiative(initiative=i, by=user, at=NOON)


def stop(i, user, guide, yes):
    withdraw_initiative(initiative=i, by=user, at=NOON)


def start_again(i, user, guide, yes):
    reopen_initiative(initiative=i, reason="Toch.", by=user, at=NOON)
    Initiative.objects.filter(pk=i.pk).update(step="supporting", weighed_at=NOON)


def join(i, user, guide, yes):
    who = Who(name=user.name, email=user.email, preferred_channel="email")
    accept_invitation(invitation=InvitationFactory(initiative=i, email=user.email), who=who, agrees=yes, at=NOON)


def tell(i, user, guide, yes):
    tell_story(initiative=i, title="Oogst", body="Soep.", agrees=yes, by=user, at=NOON)


def dictate(i, user, guide, yes):
    teller = i.initiators.current().filter(user=user).first()
    if teller:
        told = {"title": "Oogst", "body": "Soep.", "agrees": yes, "through": "phone"}
        write_story(initiative=i, initiator=teller, **told, by=guide, at=NOON)


def take_back_a_story(i, user, guide, yes):
    if i.stories.exists():
        take_back_story(story=i.stories.last(), by=user, at=NOON)


def say_on_the_phone(i, user, guide, yes):
    caller = i.initiators.current().filter(user=user).first()
    if caller:
        record_consent(initiative=i, initiator=caller, agrees=yes, through="phone", by=guide, at=NOON)


def staff_try(i, user, guide, yes):
    give_consent(initiative=i, by=guide, at=NOON)


DEEDS = [
    publish, agree, take_back, leave, stop, start_again, join, tell, dictate, take_back_a_story, say_on_the_phone,
    staff_try,
]  # fmt: skip


def shows_only_what_everyone_agrees_to(initiative):
    initiative.refresh_from_db()
    owners = set(initiative.initiators.current())
    shown = [{"subject": "page"}] if initiative.published_at else []
    shown += [{"story": story} for story in initiative.stories.filter(published_at__isnull=False)]
    for about in shown:
        agreeing = {one.initiator for one in Consent.objects.in_force().filter(**about).select_related("initiator")}
        assert owners
        assert owners <= agreeing, f"{about} shows without {owners - agreeing}"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.booleans()), min_size=1, max_size=14))
def test_no_order_of_deeds_shows_what_not_everyone_agreed_to(deeds, guide, municipality):
    agree_on_numbers()
    write_texts()
    people = [UserFactory() for _n in range(3)]
    initiative = InitiativeFactory(
        supporting=True, contact_person=guide, municipality=municipality, owners=people[:1], published=True
    )

    for deed, number, yes in deeds:
        with suppress(DomainError):
            deed(Initiative.objects.get(pk=initiative.pk), people[number], guide, yes)
        shows_only_what_everyone_agrees_to(initiative)
