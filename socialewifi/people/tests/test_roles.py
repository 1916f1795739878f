import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from socialewifi.core.errors import NotAllowed
from socialewifi.core.events import label
from socialewifi.core.models import Event
from socialewifi.people.actions import accounts, roles
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory, SubRegionFactory

TODAY = timezone.localdate(NOON)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "allowed"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(db, starts_on, ends_on, allowed):
    role = RoleFactory(starts_on=starts_on, ends_on=ends_on)

    assert role.holds_on(TODAY) is allowed
    assert Role.objects.current(TODAY).exists() is allowed


@pytest.mark.parametrize("kind", Role.Kind)
@pytest.mark.parametrize(("trait", "allowed"), [({}, True), ({"expired": True}, False), ({"future": True}, False)])
def test_only_a_role_of_today_gives_anything(db, kind, trait, allowed):
    user = RoleFactory(kind=kind, **trait).user

    assert user.has_role(kind) is allowed
    assert bool(user.scopes(kind)) is allowed


@pytest.mark.parametrize("kind", Role.Kind)
def test_everyone_but_a_panel_member_works_here(db, kind):
    assert UserFactory(roles=[kind]).is_staff_member is (kind != Role.Kind.PANEL_MEMBER)


def test_a_role_says_where_it_holds(guide, other_guide, subregion):
    assert [role.subregion for role in guide.scopes("guide")] == [subregion]
    assert [role.subregion for role in other_guide.scopes("guide")] != [subregion]


def test_a_role_is_given_for_a_place_and_a_period_and_written_down(resident, administrator, subregion):
    role = roles.give_role(
        user=resident,
        kind="guide",
        subregion=subregion,
        starts_on=TODAY,
        ends_on=TODAY + 30 * DAY,
        by=administrator,
        at=NOON,
    )

    assert (role.subregion, role.ends_on) == (subregion, TODAY + 30 * DAY)
    event = Event.objects.about(resident).get(kind="people.role.given")
    assert event.by == administrator
    assert label(event) == "Rol gekregen: Procesbegeleider (Noordoever), vanaf 10 juni 2026"


@pytest.mark.parametrize(
    ("kind", "places", "field"),
    [
        ("guide", [], "subregion"),
        ("guide", ["municipality"], "subregion"),
        ("coordinator", [], "subregion"),
        ("ambassador", ["subregion"], "municipality"),
        ("neighbourhood_team", [], "neighbourhood"),
        ("administrator", ["municipality"], "kind"),
        ("panel_member", ["subregion"], "kind"),
    ],
)
def test_a_role_for_another_kind_of_place_is_refused(resident, administrator, kind, places, field):
    made = {"municipality": MunicipalityFactory(), "subregion": SubRegionFactory()}

    with pytest.raises(roles.WrongPlace) as refusal:
        roles.give_role(
            user=resident,
            kind=kind,
            starts_on=TODAY,
            by=administrator,
            at=NOON,
            **{place: made[place] for place in places},
        )

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((TODAY, None), (TODAY, None), False),
        ((TODAY, TODAY + DAY), (TODAY + DAY, None), False),
        ((TODAY, TODAY), (TODAY + DAY, None), True),
        ((TODAY + 5 * DAY, None), (TODAY, TODAY + 4 * DAY), True),
        ((TODAY + 5 * DAY, None), (TODAY, TODAY + 5 * DAY), False),
    ],
)
def test_nobody_has_the_same_role_twice_at_once(resident, administrator, first, second, allowed):
    def give(starts_on, ends_on):
        roles.give_role(
            user=resident, kind="treasurer", starts_on=starts_on, ends_on=ends_on, by=administrator, at=NOON
        )

    give(*first)
    if allowed:
        give(*second)
    else:
        with pytest.raises(roles.AlreadyHasRole):
            give(*second)


def test_a_role_in_another_place_is_another_role(guide, administrator, other_subregion):
    roles.give_role(user=guide, kind="guide", subregion=other_subregion, starts_on=TODAY, by=administrator, at=NOON)

    assert guide.roles.count() == 2


def test_a_role_ends_early_and_what_was_stays(guide, administrator):
    role = guide.roles.get()

    roles.end_role(role=role, last_day=TODAY - DAY, by=administrator, at=NOON)

    role.refresh_from_db()
    assert (role.starts_on, role.ends_on) == (date(2020, 1, 1), TODAY - DAY)
    assert Event.objects.about(guide).get().kind == "people.role.ended"


@pytest.mark.parametrize("starts_on", [TODAY, TODAY + 7 * DAY])
def test_a_role_that_was_given_by_mistake_never_holds(resident, administrator, subregion, starts_on):
    role = roles.give_role(
        user=resident, kind="guide", subregion=subregion, starts_on=starts_on, by=administrator, at=NOON
    )
    Role.objects.filter(pk=role.pk).update(confirmed_at=NOON)

    roles.end_role(role=role, last_day=TODAY - DAY, by=administrator, at=NOON)

    role.refresh_from_db()
    assert not any(role.holds_on(TODAY + day * DAY) for day in range(20))
    # The same one can be given anew.
    roles.give_role(user=resident, kind="guide", subregion=subregion, starts_on=TODAY, by=administrator, at=NOON)


def test_a_role_does_not_end_in_the_past_nor_later_than_it_did(guide, administrator):
    role = guide.roles.get()

    with pytest.raises(roles.WrongPeriod):
        roles.end_role(role=role, last_day=TODAY - 2 * DAY, by=administrator, at=NOON)
    roles.end_role(role=role, last_day=TODAY + DAY, by=administrator, at=NOON)
    with pytest.raises(roles.WrongPeriod):
        roles.end_role(role=role, last_day=TODAY + 2 * DAY, by=administrator, at=NOON)


def test_the_last_administrator_stays(administrator):
    UserFactory(roles=["administrator"], is_active=False)
    RoleFactory(kind="administrator", ends_on=TODAY + DAY)
    RoleFactory(kind="administrator", expired=True)

    with pytest.raises(roles.LastAdministrator):
        roles.end_role(role=administrator.roles.get(), last_day=TODAY + DAY, by=administrator, at=NOON)


def test_the_account_of_the_last_administrator_is_not_closed(administrator):
    with pytest.raises(roles.LastAdministrator):
        accounts.close_account(user=administrator, reason="weg", by=administrator, at=NOON)


def test_one_of_two_administrators_may_go(administrator):
    UserFactory(roles=["administrator"])

    roles.end_role(role=administrator.roles.get(), last_day=TODAY, by=administrator, at=NOON)

    assert not Role.objects.current(TODAY + DAY).filter(user=administrator).exists()


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_others_role_at_once_do_not_both_succeed():
    bea, bob = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
    both_ready = threading.Barrier(2)

    def end(theirs, by):
        both_ready.wait(timeout=10)
        try:
            roles.end_role(role=theirs, last_day=TODAY, by=by, at=NOON)
        except (roles.LastAdministrator, NotAllowed):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ended = [pool.submit(end, bob.roles.get(), bea), pool.submit(end, bea.roles.get(), bob)]
        outcomes = sorted(one.result(timeout=20) for one in ended)

    assert outcomes == [False, True]
    assert Role.objects.current(TODAY + DAY).count() == 1
