"""A question that is written once is asked anew each time, with what is given then."""

import threading

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import Count

from socialewifi.core.written import hang, written_once
from socialewifi.people.models import Organisation, Role, User
from socialewifi.people.tests.factories import OrganisationFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_same_question_is_asked_with_other_values():
    with_organisation = written_once(
        lambda name, since: User.objects.filter(name=name, joined_at__gte=since).select_related("organisation")
    )
    roos, daan = UserFactory(name="Roos", organisation=OrganisationFactory()), UserFactory(name="Daan")

    assert with_organisation("Roos", roos.joined_at) == [roos]
    assert with_organisation("Daan", daan.joined_at) == [daan]
    assert with_organisation("Niemand", roos.joined_at) == []


def test_the_rows_come_with_what_hangs_on_them(django_assert_num_queries):
    with_organisation = written_once(lambda name: User.objects.filter(name=name).select_related("organisation"))
    UserFactory(name="Roos", organisation=OrganisationFactory(name="De Werkplaats"))

    with django_assert_num_queries(1):
        assert with_organisation("Roos")[0].organisation.name == "De Werkplaats"


def test_nothing_of_an_answer_is_kept():
    of_kind = written_once(lambda kind: Organisation.objects.filter(kind=kind).order_by("name"))

    assert of_kind("fund") == []

    fund = OrganisationFactory(kind=Organisation.Kind.FUND)

    assert of_kind("fund") == [fund]


def test_it_is_written_once_for_each_kind_of_question():
    written = []

    @written_once
    def roles(user, *, kinds):
        written.append(kinds)
        return Role.objects.filter(user=user, kind__in=kinds)

    role = RoleFactory(kind=Role.Kind.GUIDE)
    other = RoleFactory(kind=Role.Kind.GUIDE)
    guides, nobody = frozenset({"guide"}), frozenset()

    assert [roles(role.user.pk, kinds=guides), roles(other.user.pk, kinds=guides)] == [[role], [other]]
    assert [roles(role.user.pk, kinds=nobody), roles(role.user.pk, kinds=nobody)] == [[], []]
    assert written == [guides, nobody]


def test_plain_values_are_counted_too():
    UserFactory(name="Roos")
    UserFactory(name="Roos")
    names = written_once(lambda name: User.objects.filter(name=name).values_list("name").annotate(Count("pk")))

    assert names("Roos") == [("Roos", 2)]


def test_a_question_with_a_mistake_is_refused_each_time():
    wrong = written_once(lambda value: User.objects.filter(no_such_column=value))

    for _n in range(2):
        with pytest.raises(FieldError):
            wrong(1)


def test_rows_hang_on_what_they_belong_to(django_assert_num_queries):
    role = RoleFactory(kind=Role.Kind.GUIDE)
    user, rows = User.objects.get(pk=role.user_id), [Role.objects.get(pk=role.pk)]

    with django_assert_num_queries(0):
        hang(user, "roles", rows)

        assert list(user.roles.all()) == [role]
        assert user.roles.all()[0].user is user


def test_a_blank_that_is_nothing_or_no_key_at_all_finds_nobody():
    UserFactory()
    by_key = written_once(lambda key: User.objects.filter(pk=key))

    assert (by_key(None), by_key(10**30)) == ([], [])


def test_a_limit_an_order_and_what_is_left_out_are_of_each_asking():
    first, second, third = UserFactory(), UserFactory(), UserFactory()
    others = written_once(lambda me, since: User.objects.exclude(pk=me).filter(pk__gte=since).order_by("-pk")[:2])

    assert others(third.pk, first.pk) == [second, first]
    assert others(first.pk, second.pk) == [third, second]


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_the_same_moment_each_get_their_own_answer():
    asked = written_once(lambda name: User.objects.filter(name=name).select_related("organisation"))
    users = [UserFactory() for _n in range(4)]
    together, wrong = threading.Barrier(len(users)), []

    def ask(user):
        together.wait(timeout=10)
        try:
            wrong.extend(found for _n in range(100) if (found := asked(user.name)) != [user])
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert wrong == []
