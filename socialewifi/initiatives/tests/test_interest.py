from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from socialewifi.core import clock
from socialewifi.core.errors import NotAllowed
from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.contact import accept_handover, offer_handover
from socialewifi.initiatives.actions.doubles import undo_join
from socialewifi.initiatives.actions.interest import ContactStepsAsideLater, declare_interest
from socialewifi.initiatives.models import Initiative, Interest, Task
from socialewifi.initiatives.queries.people import works_there
from socialewifi.initiatives.tests.factories import (
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    TaskFactory,
    join,
)
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory, RegionFactory

FAMILY = Interest.Relation.FAMILY


def test_who_steps_aside_no_longer_sees_the_initiative(explored, coordinator):
    declare_interest(initiative=explored, relation=FAMILY, by=coordinator, at=NOON)

    assert explored not in Initiative.objects.visible_to(coordinator)
    assert not rules.works_on(coordinator, explored)


def test_the_contact_hands_over_before_stepping_aside(explored, guide):
    with pytest.raises(ContactStepsAsideLater, match="Draag het initiatief eerst over"):
        declare_interest(initiative=explored, relation=FAMILY, by=guide, at=NOON)


def test_what_waited_for_who_steps_aside_goes_back(explored, guide, coordinator):
    handover = HandoverFactory(initiative=explored, receiver=coordinator)
    task = TaskFactory(initiative=explored, assignee=coordinator)

    declare_interest(initiative=explored, relation=FAMILY, by=coordinator, at=NOON)

    handover.refresh_from_db()
    task.refresh_from_db()
    assert handover.refused_at == NOON
    assert task.assignee == guide


def test_a_resident_without_a_role_has_nothing_to_step_aside_from(explored, stranger):
    with pytest.raises(NotAllowed):
        declare_interest(initiative=explored, relation=FAMILY, by=stranger, at=NOON)


def test_stepping_aside_is_done_once(explored, coordinator):
    declare_interest(initiative=explored, relation=FAMILY, by=coordinator, at=NOON)

    with pytest.raises(NotAllowed):
        declare_interest(initiative=explored, relation=FAMILY, by=coordinator, at=NOON)


@pytest.fixture
def into(texts, agreements, guide, municipality):
    return InitiativeFactory(
        title="Groot", exploring=True, contact_person=guide, municipality=municipality, owners=[UserFactory()]
    )


@pytest.fixture
def resting(municipality, guide):
    """Joined later; its only initiator is known by an address of which nobody said yet that it is theirs."""
    return InitiativeFactory(title="Klein", exploring=True, contact_person=guide, municipality=municipality)


def test_who_says_later_that_a_resting_idea_is_theirs_steps_aside_from_what_it_goes_on_in(
    into, resting, guide, coordinator
):
    typed = InitiatorFactory(initiative=resting, user__email=None, email=coordinator.email)
    join(resting, into, by=guide)

    recognise(initiator=typed, by=coordinator, at=NOON)

    assert {one.initiative for one in Interest.objects.filter(user=coordinator)} == {into, resting}
    assert not rules.works_on(User.objects.get(pk=coordinator.pk), Initiative.objects.get(pk=into.pk))


def test_a_contact_whose_own_idea_rests_in_it_steps_aside_once_someone_else_took_over(into, guide, coordinator):
    owned = InitiativeFactory(
        exploring=True, contact_person=coordinator, municipality=into.municipality, owners=[guide]
    )
    join(owned, into, by=coordinator)
    assert not Interest.objects.filter(user=guide, initiative=into).exists()

    offer_handover(initiative=into, receiver=coordinator, reason="Ik doe zelf mee.", by=guide, at=NOON)
    accept_handover(initiative=into, by=coordinator, at=NOON)

    assert Interest.objects.filter(user=guide, initiative=into).exists()
    assert into not in Initiative.objects.visible_to(User.objects.get(pk=guide.pk))


def test_who_is_no_owner_of_what_rests_in_it_goes_on_seeing_it_after_a_handover(into, guide, coordinator):
    offer_handover(initiative=into, receiver=coordinator, reason="Vakantie.", by=guide, at=NOON)
    accept_handover(initiative=into, by=coordinator, at=NOON)

    assert not Interest.objects.filter(user=guide).exists()


ROLES = ["guide", "coordinator", "regional_coordinator", "ambassador", "panel_member"]


def test_the_query_and_the_rule_say_the_same_of_who_works_on_it(
    municipality, other_municipality, subregion, other_subregion, guide
):
    """Each role, here and elsewhere, of a contact or not, involved or not, for each place of an initiative."""
    own = {"guide": {"subregion": subregion}, "coordinator": {"subregion": subregion}, "regional_coordinator": {}}
    own |= {"ambassador": {"municipality": municipality}, "panel_member": {}}
    told, meant = {}, {}
    for kind, place, is_contact, is_involved in product(
        ROLES, [None, municipality, other_municipality], [True, False], [True, False]
    ):
        user = UserFactory()
        RoleFactory(user=user, kind=kind, **own[kind])
        by = user if is_contact else guide
        initiative = InitiativeFactory(exploring=True, contact_person=by, municipality=place)
        if is_involved:
            InterestFactory(user=user, initiative=initiative)
        row = TaskFactory(initiative=initiative, assignee=user)
        case = (kind, place and place.name, is_contact, is_involved)
        found = Task.objects.filter(works_there("assignee", day=timezone.localdate(NOON)), pk=row.pk)
        told[case] = found.exists()
        meant[case] = rules.works_on(User.objects.get(pk=user.pk), Initiative.objects.get(pk=initiative.pk))

    assert {case: found for case, found in told.items() if found is not meant[case]} == {}
    assert {True, False} == set(told.values())


@pytest.mark.django_db(transaction=True)
def test_who_steps_aside_from_what_rests_and_who_takes_the_join_back_wait_for_each_other_in_one_order():
    RegionFactory()
    agree_on_numbers()
    write_texts()
    guide = UserFactory(roles=["guide"])
    place = {"municipality": MunicipalityFactory(subregion=guide.roles.get().subregion), "exploring": True}
    member = UserFactory(roles=["panel_member"])
    # What goes on has the lower number: the two deeds came to it from different sides.
    into = InitiativeFactory(contact_person=guide, **place)
    resting = InitiativeFactory(contact_person=guide, **place)
    InitiatorFactory(initiative=into, user=UserFactory(email=None), email="a@voorbeeld.test")
    InitiatorFactory(initiative=resting, user=UserFactory(email=None), email="b@voorbeeld.test")
    join(resting, into, by=guide)
    start = Barrier(2)

    def at_once(deed):
        try:
            start.wait(timeout=20)
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        aside = pool.submit(
            at_once, lambda: declare_interest(initiative=resting, relation="own", by=member, at=clock.now())
        )
        apart = pool.submit(at_once, lambda: undo_join(initiative=resting, by=guide, at=clock.now()))
        # A deadlock is an error of one of them.
        aside.result()
        apart.result()

    assert Interest.objects.filter(user=member, initiative=resting).exists()
