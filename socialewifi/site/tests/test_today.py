from datetime import date, timedelta

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.initiatives.models import Deadline, Initiative
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    PauseFactory,
    PostFactory,
    SupportPromiseFactory,
    TaskFactory,
)
from socialewifi.people.tests.factories import NOON

TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def in_june(monkeypatch, agreements):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def mine(municipality, guide):
    return InitiativeFactory(title="Moestuin", municipality=municipality, exploring=True, contact_person=guide)


def today(client, user):
    client.force_login(user)
    return client.get(reverse("today")).context


def whats(client, user):
    return [str(row.line.what) for row in today(client, user)["due"]]


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    assert client.get(reverse("today")).status_code == 302


def test_only_who_works_somewhere_has_a_today(client, stranger, ambassador, panel_member, treasurer):
    for who in (stranger, ambassador, panel_member, treasurer):
        client.force_login(who)
        assert client.get(reverse("today")).status_code == 403


@pytest.mark.parametrize(
    ("hour", "words"), [(6, "Goedemorgen"), (11, "Goedemiddag"), (16, "Goedenavond"), (23, "Goedemorgen")]
)
def test_everyone_is_greeted_by_name_in_the_time_of_the_region(client, guide, monkeypatch, hour, words):
    monkeypatch.setattr(clock, "now", lambda: NOON.replace(hour=hour))
    client.force_login(guide)

    assert f"{words} Gijs" in client.get(reverse("today")).content.decode()


def test_what_is_due_stands_in_order_whatever_room_it_comes_from(client, guide, mine):
    DeadlineFactory(initiative=mine, kind=Deadline.Kind.EXPLORATION, due_on=TODAY + timedelta(days=1))
    TaskFactory(initiative=mine, what="Bel de gemeente", assignee=guide, due_on=TODAY - timedelta(days=2))
    call = TaskFactory(initiative=mine, call=True, due_on=TODAY - timedelta(days=1))
    PostFactory(initiative=mine)

    found = whats(client, guide)

    assert found[:2] == ["Bel de gemeente", f"Bel {call.to_call.name}"]
    assert found[2].startswith("Bericht van")
    assert found[3] == "Verkenning klaar"


def test_what_a_coordinator_has_to_meet_is_no_line_of_the_guides(client, guide, coordinator, mine):
    term = DeadlineFactory(initiative=mine, kind=Deadline.Kind.EXPLORATION)
    assert whats(client, guide) == ["Verkenning klaar"]

    ExplorationFactory(initiative=mine)

    assert whats(client, guide) == []
    [begin] = [row for row in today(client, coordinator)["due"] if row.line.what == "Weging beginnen"]
    assert begin.due_on == term.due_on


def test_what_is_not_due_for_a_while_waits(client, guide, mine):
    DeadlineFactory(initiative=mine, due_on=TODAY + timedelta(days=14))

    assert whats(client, guide) == []


def test_what_stands_still_is_not_due(client, guide, mine):
    DeadlineFactory(initiative=mine, due_on=TODAY)
    PauseFactory(initiative=mine)

    assert whats(client, guide) == []


def test_a_handover_that_waits_for_my_answer_is_due(client, coordinator, mine):
    HandoverFactory(initiative=mine, receiver=coordinator)

    assert whats(client, coordinator) == ["Overdracht"]


def test_a_message_about_an_idea_that_nobody_took_yet_is_everyones_who_works_there(
    client, guide, other_guide, municipality
):
    untaken = InitiativeFactory(title="Taalcafé", municipality=municipality)
    PostFactory(initiative=untaken, body="Kan het woensdag?")

    assert [what for what in whats(client, guide) if "Bericht" in what] != []
    assert [what for what in whats(client, other_guide) if "Bericht" in what] == []


def test_several_unread_messages_about_one_initiative_are_one_line(client, guide, mine):
    PostFactory.create_batch(3, initiative=mine)
    PostFactory(initiative=mine, read=True)

    assert len(whats(client, guide)) == 1


def test_the_work_of_a_colleague_is_theirs(client, coordinator, mine, guide):
    DeadlineFactory(initiative=mine, due_on=TODAY)
    TaskFactory(initiative=mine, assignee=guide, due_on=TODAY)
    PostFactory(initiative=mine)

    assert whats(client, coordinator) == []


def test_a_promise_of_contact_that_nobody_took_is_everyones_on_its_day(client, guide, coordinator, municipality):
    DeadlineFactory(initiative=InitiativeFactory(municipality=municipality), due_on=TODAY)
    DeadlineFactory(initiative=InitiativeFactory(municipality=municipality), due_on=TODAY + timedelta(days=1))

    assert whats(client, guide) == whats(client, coordinator) == ["Contact oppakken"]


def test_what_was_reported_in_my_subregion_is_new_the_longest_waiting_first(
    client, guide, municipality, other_municipality
):
    InitiativeFactory(title="Nieuw", municipality=municipality)
    InitiativeFactory(title="Ouder", municipality=municipality, reported_at=NOON - timedelta(days=1))
    InitiativeFactory(title="Elders", municipality=other_municipality)

    context = today(client, guide)

    assert [one.title for one, _ago in context["new"]] == ["Ouder", "Nieuw"]
    assert context["new_count"] == 2


def test_the_road_counts_mine_and_leads_to_the_list(client, guide, mine, municipality):
    InitiativeFactory(municipality=municipality, exploring=True)

    road = today(client, guide)["road"]

    assert [(stone.count) for stone in road.steps] == [0, 1, 0, 0, 0]
    rows = client.get(road.steps[1].url).context["rows"]
    assert [row.title for row in rows] == ["Moestuin"]


def test_who_has_none_sees_where_everything_stands(client, coordinator, mine):
    road = today(client, coordinator)["road"]

    assert road.mine == 0
    assert road.steps[1].count == 1


def test_letters_of_my_subregion_wait_to_be_printed(client, guide, mine, other_municipality):
    elsewhere = InitiativeFactory(municipality=other_municipality)
    for initiative in (mine, mine, elsewhere):
        Message.objects.create(
            channel=Message.Channel.LETTER,
            kind="x",
            to_name="x",
            subject="x",
            body="x",
            created_at=NOON,
            subject_type="initiatives.initiative",
            subject_id=initiative.pk,
        )

    assert today(client, guide)["letters"] == 2


def test_a_coordinator_sees_what_falls_between_two_chairs(client, coordinator, guide, mine, municipality):
    InitiativeFactory(title="Nergens", without_place=True)
    InitiativeFactory(title="Vreemd", municipality=municipality, doubt="fast")
    guide.roles.update(ends_on=TODAY - timedelta(days=1))

    gaps = today(client, coordinator)["gaps"]

    assert [place.name for place in gaps.municipalities] == ["Waterdorp"]
    assert [one.title for one in gaps.without_contact] == ["Moestuin"]
    assert [one.title for one in gaps.without_place] == ["Nergens"]
    assert [one.title for one in gaps.doubted] == ["Vreemd"]


def test_a_contact_who_works_in_another_subregion_is_a_gap(client, coordinator, other_guide, municipality):
    InitiativeFactory(title="Verhuisd", municipality=municipality, exploring=True, contact_person=other_guide)

    assert [one.title for one in today(client, coordinator)["gaps"].without_contact] == ["Verhuisd"]


def test_where_nobody_works_any_more_every_contact_is_a_gap(client, regional_coordinator, guide, mine):
    guide.roles.update(ends_on=TODAY - timedelta(days=1))

    assert [one.title for one in today(client, regional_coordinator)["gaps"].without_contact] == ["Moestuin"]


def test_without_gaps_there_is_no_card(client, coordinator, guide, mine, ambassador):
    assert not today(client, coordinator)["gaps"]


def test_help_that_should_have_come_is_asked_after(client, guide, coordinator, mine):
    SupportPromiseFactory(initiative=mine, what="Een aanhanger", who="Welsun", before_date=TODAY - timedelta(days=1))
    SupportPromiseFactory(initiative=mine, what="Zaden", before_date=TODAY)
    SupportPromiseFactory(initiative=mine, what="Een schep", before_date=TODAY - timedelta(days=1), kept_at=NOON)

    due = [row for row in today(client, guide)["due"] if str(row.line.what) == "Kwam de hulp?"]

    assert [(row.line.note, row.due_on) for row in due] == [
        ("Een aanhanger, beloofd door Welsun", TODAY - timedelta(days=1))
    ]
    assert due[0].line.url == f"/werk/initiatieven/{mine.key}/#hulp"
    assert "Kwam de hulp?" not in whats(client, coordinator)


def test_a_guide_is_not_bothered_with_gaps(client, guide, mine):
    assert today(client, guide)["gaps"] is None


def test_today_asks_the_database_as_much_for_much_work(client, guide, municipality, django_assert_max_num_queries):
    for one in InitiativeFactory.create_batch(12, municipality=municipality, exploring=True, contact_person=guide):
        InitiatorFactory(initiative=one)
        DeadlineFactory(initiative=one, due_on=TODAY)
        TaskFactory(initiative=one, call=True, due_on=TODAY)
        PostFactory(initiative=one)
    InitiativeFactory.create_batch(9, municipality=municipality)
    client.force_login(guide)
    client.get(reverse("today"))

    with django_assert_max_num_queries(17):
        page = client.get(reverse("today"))

    assert page.context["due_more"] > 0
    assert Initiative.objects.count() == 21
