"""A role of work takes two: one who gives it and another who confirms it (ADR 19)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from socialewifi.core import clock
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.people import queries, rules
from socialewifi.people.actions import accounts, roles
from socialewifi.people.models import Role, User
from socialewifi.people.tests.factories import PLACE_OF_KIND, RoleFactory, UserFactory

DAY = timedelta(days=1)
OF_WORK = [kind for kind in Role.Kind if kind != Role.Kind.PANEL_MEMBER]


@pytest.fixture
def second_administrator(region):
    return UserFactory(name="Bob Beheerder", roles=["administrator"])


def give(user, by, kind="guide", **fields):
    place, make = PLACE_OF_KIND.get(kind, ("", None))
    if place and place not in fields:
        fields[place] = make()
    return roles.give_role(user=user, kind=kind, starts_on=clock.today(), by=by, at=clock.now(), **fields)


def again(user):
    """The same person, as the next request finds them."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("kind", OF_WORK)
def test_a_role_of_work_gives_nothing_until_another_confirms_it(resident, administrator, second_administrator, kind):
    role = give(resident, administrator, kind)

    assert not again(resident).has_role(kind)
    assert not role.holds_on(clock.today())
    assert not Role.objects.current(clock.today()).filter(pk=role.pk).exists()

    roles.confirm_role(role=role, by=second_administrator, at=clock.now())

    assert again(resident).has_role(kind)
    assert Event.objects.about(resident).get(kind="people.role.confirmed").by == second_administrator


def test_a_seat_in_the_panel_takes_a_second_person_too(resident, administrator):
    """Else one administrator with a few mailboxes would be the residents who weigh."""
    give(resident, administrator, "panel_member")

    assert not again(resident).has_role("panel_member")


def test_where_one_is_enough_the_role_holds_at_once(resident, administrator, settings):
    settings.ROLES_TAKE_TWO = False

    give(resident, administrator)

    assert again(resident).has_role("guide")


def test_on_the_command_line_two_administrators_are_made_who_then_confirm_each_others_roles(resident):
    call_command("add_administrator", "bea@werk.test", "Bea")
    call_command("add_administrator", "bob@werk.test", "Bob")
    bea, bob = User.objects.get(email="bea@werk.test"), User.objects.get(email="bob@werk.test")

    role = give(resident, bea)
    assert queries.second_people(role, clock.today()) == [bob]
    roles.confirm_role(role=role, by=bob, at=clock.now())

    assert again(resident).has_role("guide")


def test_the_command_line_is_the_way_back_when_nobody_can_confirm(administrator):
    waiting = RoleFactory(kind="administrator", waiting=True, user__email="bob@werk.test").user

    call_command("add_administrator", "bob@werk.test", "Bob")

    assert again(waiting).has_role("administrator")


@pytest.mark.parametrize(
    ("who", "kind", "may"),
    [
        ("second_administrator", "guide", True),
        ("regional_coordinator", "guide", True),
        ("regional_coordinator", "administrator", True),
        ("coordinator", "guide", True),
        ("coordinator", "ambassador", True),
        ("coordinator", "administrator", False),
        ("administrator", "guide", False),
        ("guide", "guide", False),
        ("ambassador", "ambassador", False),
        ("panel_member", "guide", False),
        ("steering_member", "guide", False),
        ("resident", "guide", False),
    ],
)
def test_who_may_confirm(request, stranger, administrator, subregion, municipality, who, kind, may):
    user = request.getfixturevalue(who)
    place = {"guide": {"subregion": subregion}, "ambassador": {"municipality": municipality}}.get(kind, {})
    role = give(stranger, administrator, kind, **place)

    assert rules.can_confirm_role(user, role) is may
    assert (user in queries.second_people(role, clock.today())) is may
    assert ([one.role for one in queries.waiting_roles(user, clock.today()) if one.may_confirm] == [role]) is may
    if not may:
        with pytest.raises(NotAllowed):
            roles.confirm_role(role=role, by=user, at=clock.now())


def test_a_coordinator_of_another_place_is_not_asked(stranger, administrator, coordinator, other_subregion):
    role = give(stranger, administrator, subregion=other_subregion)

    assert queries.waiting_roles(coordinator, clock.today()) == []
    assert not rules.can_confirm_role(coordinator, role)
    assert not rules.can_refuse_role(coordinator, role)


def test_nobody_confirms_their_own_role(administrator, second_administrator):
    role = give(second_administrator, administrator, "treasurer")

    with pytest.raises(NotAllowed):
        roles.confirm_role(role=role, by=second_administrator, at=clock.now())
    with pytest.raises(NotAllowed):
        roles.refuse_role(role=role, by=second_administrator, at=clock.now())


def reopen(user, by):
    """Open an account that was closed a while ago, by whom does not matter here."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    accounts.reopen_account(user=user, by=by, at=clock.now())


# What one administrator did with the account of someone to whom another then gives a role in good faith.
TOUCHES = {
    "added": lambda user, by: None,
    "another address": lambda user, by: accounts.change_person(
        user=user, email="ander@werk.test", by=by, at=clock.now()
    ),
    "second step": lambda user, by: accounts.remove_second_factor(user=user, reason="weg", by=by, at=clock.now()),
    "signed out": lambda user, by: accounts.withdraw_access(user=user, by=by, at=clock.now()),
    "opened again": reopen,
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_whoever_could_come_in_as_someone_does_not_confirm_their_role(administrator, second_administrator, touch):
    adds = administrator if touch == "added" else None
    someone = accounts.add_person(name="Nina", email="nina@werk.test", by=adds, at=clock.now())
    TOUCHES[touch](someone, administrator)

    role = give(someone, second_administrator)

    assert not rules.can_confirm_role(administrator, role)
    assert administrator not in queries.second_people(role, clock.today())
    with pytest.raises(NotAllowed):
        roles.confirm_role(role=role, by=administrator, at=clock.now())


@pytest.mark.parametrize("touch", [name for name in TOUCHES if name != "added"])
@pytest.mark.parametrize("who", ["guide", "coordinator", "regional_coordinator", "ambassador", "second_administrator"])
def test_one_administrator_alone_is_never_someone_else(request, administrator, touch, who):
    colleague = request.getfixturevalue(who)
    RoleFactory(user=colleague, kind="panel_member")

    TOUCHES[touch](colleague, administrator)

    assert again(colleague).current_roles == []
    for role in colleague.roles.waiting(clock.today()):
        with pytest.raises(NotAllowed):
            roles.confirm_role(role=role, by=administrator, at=clock.now())


def test_a_role_that_waits_again_is_confirmed_again(guide, administrator, coordinator):
    accounts.withdraw_access(user=guide, by=administrator, at=clock.now())

    roles.confirm_role(role=guide.roles.get(), by=coordinator, at=clock.now())

    assert again(guide).has_role("guide")
    assert guide.roles.get().starts_on.year == 2020


def test_a_closed_account_comes_back_without_its_roles(guide, administrator):
    accounts.close_account(user=guide, reason="weg", by=administrator, at=clock.now())
    accounts.reopen_account(user=guide, by=administrator, at=clock.now())

    assert not again(guide).has_role("guide")


@pytest.mark.parametrize("touch", ["another address", "second step", "signed out"])
def test_the_last_administrator_does_not_lock_everyone_out(administrator, touch):
    with pytest.raises(roles.LastAdministrator):
        TOUCHES[touch](administrator, administrator)

    assert again(administrator).has_role("administrator")


def test_a_refused_role_never_holds_and_can_be_given_anew(resident, administrator, second_administrator, subregion):
    role = give(resident, administrator, subregion=subregion)

    roles.refuse_role(role=role, by=second_administrator, at=clock.now())

    assert not again(resident).has_role("guide")
    with pytest.raises(roles.NotWaiting):
        roles.confirm_role(role=role, by=second_administrator, at=clock.now())
    with pytest.raises(roles.NotWaiting):
        roles.refuse_role(role=role, by=second_administrator, at=clock.now())
    give(resident, administrator, subregion=subregion)


def test_whoever_gave_a_role_takes_it_back(resident, administrator):
    role = give(resident, administrator)

    roles.refuse_role(role=role, by=administrator, at=clock.now())

    assert not resident.roles.waiting(clock.today()).exists()


def test_a_role_never_starts_in_the_past(resident, administrator):
    with pytest.raises(roles.WrongPeriod) as refusal:
        roles.give_role(
            user=resident, kind="treasurer", starts_on=clock.today() - DAY, by=administrator, at=clock.now()
        )

    assert refusal.value.field == "starts_on"


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": "yesterday"},
        {"confirmed_by": "giver"},
        {"confirmed_by": "owner"},
        {"given_by": "owner"},
        {"confirmed_by": "other", "confirmed_at": None},
        {"refused_at": "now"},
    ],
    ids=str,
)
def test_the_database_keeps_it_too(resident, administrator, second_administrator, fields):
    words = {
        "yesterday": clock.today() - DAY,
        "now": clock.now(),
        "giver": administrator,
        "owner": resident,
        "other": second_administrator,
    }
    right = {"given_by": administrator, "given_at": clock.now(), "confirmed_at": clock.now()}
    RoleFactory(user=resident, kind="convener", starts_on=clock.today(), **right)

    wrong = {name: words.get(value) if value else None for name, value in fields.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(user=resident, kind="treasurer", **{"starts_on": clock.today(), **right, **wrong})


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_refused_at_once_one_of_the_two_holds():
    bob, cor = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
    role = RoleFactory(waiting=True)
    both_ready = threading.Barrier(2)

    def answer(act, by):
        both_ready.wait(timeout=10)
        try:
            act(role=role, by=by, at=timezone.now())
        except roles.NotWaiting:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(answer, roles.confirm_role, bob), pool.submit(answer, roles.refuse_role, cor)]
        outcomes = sorted(one.result(timeout=20) for one in answers)

    assert outcomes == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_take_away_each_others_access_at_once_do_not_both_succeed():
    bea, bob = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
    both_ready = threading.Barrier(2)

    def withdraw(user, by):
        both_ready.wait(timeout=10)
        try:
            accounts.withdraw_access(user=user, by=by, at=clock.now())
        except (roles.LastAdministrator, NotAllowed):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        withdrawn = [pool.submit(withdraw, bob, bea), pool.submit(withdraw, bea, bob)]
        outcomes = sorted(one.result(timeout=20) for one in withdrawn)

    assert outcomes == [False, True]
    assert Role.objects.current(clock.today()).count() == 1


def form_of(client, url):
    return {field.name: field.value() for field in client.get(url).context["form"].hidden_fields()}


def test_a_coordinator_finds_it_on_the_page_of_today_and_confirms_it(client, resident, administrator, coordinator):
    role = give(resident, administrator, subregion=coordinator.roles.get().subregion)
    client.force_login(coordinator)

    assert "1 rol geldt pas als een ander" in client.get(reverse("today")).content.decode()
    page = client.get(reverse("role-list")).content.decode()
    assert all(words in page for words in (resident.name, resident.email, "Procesbegeleider", administrator.name))
    url = reverse("role-confirm", args=[role.pk])
    assert client.post(url, form_of(client, url)).headers["Location"] == reverse("role-list")

    assert again(resident).has_role("guide")
    assert "Er wacht geen rol" in client.get(reverse("role-list")).content.decode()


def test_whoever_gave_it_sees_that_it_waits_and_for_whom(client, resident, administrator, second_administrator):
    role = give(resident, administrator)
    client.force_login(administrator)

    assert "1 rol geldt pas als een ander" in client.get(reverse("admin-home")).content.decode()
    page = client.get(reverse("person", args=[resident.public_id])).content.decode()
    assert f"Geldt pas als een van hen dit bevestigt: {second_administrator.name}." in page
    assert client.get(reverse("role-confirm", args=[role.pk])).status_code == 403
    assert "Jij kunt deze rol niet bevestigen" in client.get(reverse("role-list")).content.decode()


def test_when_nobody_can_confirm_the_page_says_so(client, resident, administrator):
    give(resident, administrator)
    client.force_login(administrator)

    page = client.get(reverse("person", args=[resident.public_id])).content.decode()

    assert "Nu kan niemand anders dit bevestigen" in page


def test_the_list_takes_the_same_queries_for_many(client, administrator, django_assert_max_num_queries):
    RoleFactory.create_batch(15, waiting=True)
    client.force_login(administrator)
    client.get(reverse("role-list"))

    with django_assert_max_num_queries(9):
        client.get(reverse("role-list"))


def test_the_invitation_of_whoever_will_work_here_is_one_for_work(administrator):
    newcomer = accounts.add_person(name="Nina", email="nina@werk.test", by=administrator, at=clock.now())
    give(newcomer, administrator)

    accounts.invite(user=newcomer, by=administrator, at=clock.now())

    assert Message.objects.latest("id").kind == "people.invitation_staff"


def test_whoever_starts_to_work_here_on_a_later_day_is_invited_to_work_too(administrator, subregion):
    newcomer = accounts.add_person(name="Nina", email="nina@werk.test", by=administrator, at=clock.now())
    RoleFactory(user=newcomer, kind="guide", subregion=subregion, starts_on=clock.today() + timedelta(days=10))

    accounts.invite(user=newcomer, by=administrator, at=clock.now())

    assert Message.objects.latest("id").kind == "people.invitation_staff"
