"""Posting letters while their reader moves: on a real PostgreSQL, at the same moment and in any order."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.actions.inform import tell_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Initiator, Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.ownership import correct_reach, write_reach
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory, RegionFactory
from socialewifi.support.actions.letters import AlreadyPosted, WasWithdrawn, post_letters, print_letters

REACH = ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language")


def someone_with_letters(number):
    RegionFactory()
    place = MunicipalityFactory()
    agree_on_numbers()
    write_texts()
    guide = UserFactory(roles=["guide"], roles__subregion=place.subregion)
    one = InitiativeFactory(exploring=True, contact_person=guide, municipality=place)
    owner = InitiatorFactory(initiative=one, by_letter=True)
    for _letter in range(number):
        write(owner)
    return owner, guide


def write(owner):
    tell_initiator(initiator=owner, code="join-asked", at=NOON, other="De buren", asker="Gijs", due=NOON)


def elsewhere(owner, street, channel=User.Channel.LETTER):
    known = Who(**{field: getattr(owner, field) for field in REACH})
    return replace(known, address=street, preferred_channel=channel)


def move(owner, street):
    correct_reach(initiative=owner.initiative, who=elsewhere(owner, street), by=owner.user, at=NOON)


def at_once(*deeds):
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(timeout=20)
            with suppress(AlreadyPosted, WasWithdrawn):
                deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(do, deeds))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(4))
def test_a_letter_that_is_posted_while_its_reader_moves_is_posted_or_taken_back_and_never_both(_time):
    owner, guide = someone_with_letters(3)
    letters = list(Message.objects.letters())

    at_once(
        lambda: post_letters(letters=letters, by=User.objects.get(pk=guide.pk), at=NOON),
        lambda: print_letters(letters=letters[::-1], by=User.objects.get(pk=guide.pk), at=NOON),
        lambda: move(Initiator.objects.get(pk=owner.pk), "Nieuwe straat 2"),
        lambda: move(Initiator.objects.get(pk=owner.pk), "Derde straat 3"),
    )

    owner.refresh_from_db()
    first = Message.objects.letters().filter(pk__in=[one.pk for one in letters])
    taken_back = first.filter(withdrawn_at__isnull=False)
    assert {(one.sent_at is None) == (one.withdrawn_at is not None) for one in first} == {True}
    waiting = Message.objects.letters().waiting()
    assert list(waiting.values_list("to_address", flat=True)) == [owner.address] * taken_back.count()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.none()),
        st.tuples(st.just("post"), st.none()),
        st.tuples(st.sampled_from(["move", "write down"]), st.sampled_from(["A 1", "B 2", "C 3", "D 4"])),
        st.tuples(st.just("by phone"), st.sampled_from(["A 1", "B 2", ""])),
    ),
    max_size=10,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_whatever_order_someone_moves_no_words_are_lost_and_nothing_about_the_idea_goes_to_an_old_street(steps):
    with transaction.atomic():
        owner, guide = someone_with_letters(1)
        for step, street in steps:
            take(step, street, owner, guide)
            owner = Initiator.objects.select_related("user", "initiative").get(pk=owner.pk)
        told = Message.objects.letters().filter(kind="join-asked")
        asked = 1 + sum(step == "write" for step, _street in steps)
        called = Task.objects.filter(kind=Task.Kind.CALL, what__contains="samen").count()

        assert set(told.waiting().values_list("to_address", flat=True)) <= {owner.address}
        assert not told.filter(sent_at__isnull=False, withdrawn_at__isnull=False).exists()
        assert told.filter(withdrawn_at=None).count() + called == asked
        transaction.set_rollback(True)


def take(step, street, owner, guide):
    if step == "write":
        write(owner)
    elif step == "post":
        with suppress(AlreadyPosted):
            post_letters(letters=Message.objects.letters().waiting(), by=guide, at=NOON)
    elif step == "move":
        move(owner, street)
    elif step == "write down":
        write_reach(initiator=owner, who=elsewhere(owner, street), by=guide, at=NOON)
    else:
        who = elsewhere(owner, street, User.Channel.PHONE)
        correct_reach(initiative=owner.initiative, who=who, by=owner.user, at=NOON)
