"""A digest tells no one what they may not open now: its lines carry what residents told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from socialewifi.core.digest import send_digests
from socialewifi.core.models import Message
from socialewifi.core.notices import tell
from socialewifi.initiatives.actions.inform import mention_to_contact, mention_to_initiators
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.ownership import leave_initiative
from socialewifi.people.actions import accounts, roles
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
WORDS = "Nieuws over ‘%(title)s’."


@pytest.fixture
def initiative(municipality, guide, resident, texts, agreements):
    return InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[resident])


def digests_to(email):
    send_digests(at=NOON)
    return [message.body for message in Message.objects.filter(kind="digest", to_email=email)]


def test_whoever_works_on_it_reads_what_is_new(initiative, guide):
    mention_to_contact(initiative=initiative, words=WORDS, at=NOON)

    assert initiative.title in digests_to(guide.email)[0]


def test_whose_role_ended_reads_nothing_of_it_any_more(initiative, guide, administrator):
    yesterday = timezone.localdate(NOON) - timedelta(days=1)
    roles.end_role(role=guide.roles.get(), last_day=yesterday, by=administrator, at=NOON)
    mention_to_contact(initiative=initiative, words=WORDS, at=NOON)

    assert not digests_to(guide.email)


def test_at_an_address_that_waits_for_a_second_person_nothing_is_read(initiative, guide, administrator, settings):
    settings.ROLES_TAKE_TWO = True
    second = UserFactory(roles=["administrator"])
    mention_to_contact(initiative=initiative, words=WORDS, at=NOON)
    accounts.change_person(user=guide, email="ander@voorbeeld.test", by=administrator, at=NOON)

    assert not digests_to("ander@voorbeeld.test")

    roles.confirm_role(role=guide.roles.get(), by=second, at=NOON)

    assert initiative.title in digests_to("ander@voorbeeld.test")[0]


def test_whoever_left_reads_nothing_of_it_any_more(initiative, resident):
    other = InitiatorFactory(initiative=initiative, user=UserFactory(email="bas@voorbeeld.test")).user.account
    mention_to_initiators(initiative=initiative, words=WORDS, to=("mine-initiative", initiative.key), at=NOON)
    leave_initiative(initiative=initiative, by=User.objects.get(pk=other.pk), at=NOON)

    assert digests_to(resident.email)
    assert not digests_to(other.email)


def test_who_speaks_for_the_municipality_by_now_reads_nothing_of_what_lies_behind_its_page(
    initiative, coordinator, municipality
):
    """The objection of a panel member is told to a coordinator; who is only ambassador now, does not open that page."""
    tell(coordinator, "Iemand maakt bezwaar.", to=("weigh-detail", initiative.key), at=NOON)
    coordinator.roles.update(ends_on=timezone.localdate(NOON) - timedelta(days=1))
    RoleFactory(user=coordinator, kind="ambassador", municipality=municipality)

    assert not digests_to(coordinator.email)
