from datetime import date

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.initiatives.tests.factories import InitiativeFactory, TaskFactory
from socialewifi.people.tests.factories import NOON

CALLS = reverse("work-calls")


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def calls(client, user):
    client.force_login(user)
    return [call for call, _to_note in client.get(CALLS).context["calls"]]


def test_only_who_works_somewhere_has_a_call_list(client, db, stranger, ambassador, panel_member):
    assert client.get(CALLS).status_code == 302
    for who in (stranger, ambassador, panel_member):
        client.force_login(who)
        assert client.get(CALLS).status_code == 403


def test_a_call_says_whom_which_number_when_and_what(client, guide, explored):
    TaskFactory(initiative=explored, call=True)
    client.force_login(guide)

    page = client.get(CALLS).content.decode()

    for words in ("tel:0600000000", "na 17 uur", "we hebben je idee gekregen", "Moestuin"):
        assert words in page


def test_calls_in_another_subregion_are_not_on_the_list(client, guide, other_municipality):
    TaskFactory(initiative=InitiativeFactory(municipality=other_municipality), call=True)

    assert calls(client, guide) == []


def test_everything_for_one_initiator_is_one_call(client, guide, explored):
    first = TaskFactory(initiative=explored, call=True, due_on=date(2026, 6, 12))
    TaskFactory(initiative=explored, call=True, to_call=first.to_call, due_on=date(2026, 6, 9))
    TaskFactory(initiative=explored, call=True, due_on=date(2026, 6, 11))

    found = calls(client, guide)

    assert [len(call.tasks) for call in found] == [2, 1]
    assert found[0].due_on == date(2026, 6, 9)


def test_what_was_called_is_off_the_list(client, guide, explored):
    TaskFactory(initiative=explored, call=True, done=True)
    TaskFactory(initiative=explored)

    assert calls(client, guide) == []


def test_the_call_list_asks_the_database_as_much_for_many_calls(client, guide, explored, django_assert_max_num_queries):
    for _ in range(15):
        TaskFactory(initiative=explored, call=True)
    client.force_login(guide)
    client.get(CALLS)

    with django_assert_max_num_queries(12):
        client.get(CALLS)
