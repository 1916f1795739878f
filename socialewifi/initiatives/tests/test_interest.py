import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.interest import ContactStepsAsideLater, declare_interest
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.initiatives.tests.factories import HandoverFactory, TaskFactory
from socialewifi.people.tests.factories import NOON

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
