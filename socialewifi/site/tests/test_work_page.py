from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.conversation import write_note
from socialewifi.initiatives.models import PlanVersion, Step
from socialewifi.initiatives.queries.at_work import initiative_for_deed
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    NoteFactory,
    PauseFactory,
    PostFactory,
    SupportPromiseFactory,
    TaskFactory,
)
from socialewifi.people.tests.factories import NOON
from socialewifi.site.queries.work_list import rows_for


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def address(initiative):
    return reverse("work-initiative", args=[initiative.key])


def shown(client, user, initiative):
    client.force_login(user)
    return client.get(address(initiative)).content.decode()


def verbs(client, user, initiative):
    client.force_login(user)
    context = client.get(address(initiative)).context
    return [link.name for link in [*context["first"], *context["often"], *context["rare"]]]


def first_verb(client, user, initiative):
    client.force_login(user)
    return client.get(address(initiative)).context["first"][0].name


def test_whoever_is_not_signed_in_is_asked_to(client, explored):
    assert client.get(address(explored)).status_code == 302


def test_it_does_not_exist_for_strangers_and_other_subregions(client, explored, stranger, other_guide, panel_member):
    for who in (stranger, other_guide, panel_member):
        client.force_login(who)
        assert client.get(address(explored)).status_code == 404


def test_it_does_not_exist_for_who_steps_aside_or_owns_it(client, explored, coordinator, guide):
    InterestFactory(user=coordinator, initiative=explored)
    client.force_login(coordinator)
    assert client.get(address(explored)).status_code == 404

    own = InitiatorFactory(initiative=InitiativeFactory(municipality=explored.municipality), user=guide).initiative
    client.force_login(guide)
    assert client.get(address(own)).status_code == 404


def test_a_guide_reads_the_whole_story_on_one_page(client, guide, explored):
    ExplorationFactory(initiative=explored, what_it_is="Een tuin van de buurt.")
    PostFactory(initiative=explored, body="Wanneer kunnen we bellen?")
    NoteFactory(initiative=explored, body="Let op de sleutel.")
    TaskFactory(initiative=explored, what="De gemeente vragen")
    DeadlineFactory(initiative=explored, due_on=date(2026, 6, 9))

    page = shown(client, guide, explored)

    for words in ("Samen een tuin", "Een tuin van de buurt.", "Wanneer kunnen we bellen?", "Let op de sleutel."):
        assert words in page
    assert "De gemeente vragen" in page
    assert "gisteren" in page
    assert "voorlopig" in page


def test_who_works_there_sees_how_to_reach_the_initiators(client, guide, explored):
    InitiatorFactory(initiative=explored, offline=True, name="Olaf Inwoner")

    page = shown(client, guide, explored)

    assert "tel:0600000000" in page
    assert "na 17 uur" in page


def test_an_ambassador_sees_no_contact_details_messages_notes_or_timeline(client, ambassador, explored, guide):
    InitiatorFactory(initiative=explored, offline=True)
    PostFactory(initiative=explored, body="Bel me op het werk.")
    TaskFactory(initiative=explored, what="Iets geheims doen")
    write_note(initiative=explored, body="Geheim", by=guide, at=NOON)

    page = shown(client, ambassador, explored)

    for words in ("0600000000", "06 00 00", "voorbeeld.test", "Bel me op", "Geheim", "geheims", "Interne notitie"):
        assert words not in page


def test_what_residents_wrote_is_never_markup(client, guide, municipality):
    initiative = InitiativeFactory(
        title="<script>alert(1)</script>", idea="<img src=x onerror=alert(2)>", municipality=municipality
    )
    PostFactory(initiative=initiative, body="<b>vet</b>")

    page = shown(client, guide, initiative)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>vet" not in page


@pytest.mark.parametrize(
    ("step", "verb"),
    [
        (Step.REPORTED, "take-contact"),
        (Step.EXPLORING, "record-exploration"),
        (Step.SUPPORTING, "promise-support"),
        (Step.REDIRECTED, "confirm-redirect"),
    ],
)
def test_the_first_deed_is_what_the_initiative_waits_for(client, guide, municipality, step, verb):
    trait = {} if step == Step.REPORTED else {step.value: True, "contact_person": guide}

    assert first_verb(client, guide, InitiativeFactory(municipality=municipality, **trait)) == verb


def test_once_all_help_came_the_first_deed_is_to_sustain(client, guide, municipality):
    initiative = InitiativeFactory(municipality=municipality, supporting=True, contact_person=guide)
    SupportPromiseFactory(initiative=initiative, kept=True)

    assert first_verb(client, guide, initiative) == "sustain"


def test_what_was_explored_wholly_waits_for_the_weighing(client, guide, explored):
    ExplorationFactory(initiative=explored)

    assert first_verb(client, guide, explored) == "log-contact"
    assert "De coördinator kan beginnen met wegen" in shown(client, guide, explored)


def test_an_unread_message_comes_before_exploring(client, guide, explored):
    PostFactory(initiative=explored)

    assert first_verb(client, guide, explored) == "write-message"


def test_a_handover_that_waits_for_me_comes_first(client, coordinator, explored):
    HandoverFactory(initiative=explored, receiver=coordinator)
    DeadlineFactory(initiative=explored)

    assert first_verb(client, coordinator, explored) == "accept-handover"


def test_deeds_that_make_no_sense_now_are_not_offered(client, guide, explored):
    PauseFactory(initiative=explored)

    offered = verbs(client, guide, explored)

    assert "resume" in offered
    assert not {"pause", "take-contact", "promise-support", "land", "reopen", "undo-join", "accept-handover"} & set(
        offered
    )


def test_an_ambassador_is_offered_only_to_step_aside(client, ambassador, explored):
    assert verbs(client, ambassador, explored) == ["step-aside"]


def test_what_looks_alike_is_shown_with_a_way_to_join(client, guide, explored, municipality):
    other = InitiativeFactory(title="Moestuintje", municipality=municipality)
    client.force_login(guide)

    page = client.get(reverse("work-doubles", args=[explored.key])).content.decode()

    assert "Moestuintje" in page
    assert f"into={other.key}" in page


def test_every_version_of_the_plan_is_kept(client, guide, explored):
    PlanVersion.objects.create(
        initiative=explored, number=2, at=NOON, title="Moestuin", idea="Nu met kippen erbij.", by=guide
    )
    client.force_login(guide)

    assert reverse("work-versions", args=[explored.key]) in client.get(address(explored)).content.decode()
    assert "Nu met kippen erbij." in client.get(reverse("work-versions", args=[explored.key])).content.decode()


def test_one_initiative_asks_the_database_as_much_however_much_hangs_around_it(
    client, guide, municipality, django_assert_max_num_queries
):
    initiative = InitiativeFactory(municipality=municipality, supporting=True, contact_person=guide)
    client.force_login(guide)

    def more_hangs_around_it():
        InitiatorFactory(initiative=initiative)
        PostFactory(initiative=initiative)
        NoteFactory(initiative=initiative)
        TaskFactory(initiative=initiative)
        SupportPromiseFactory(initiative=initiative)

    more_hangs_around_it()
    client.get(reverse("work-list"))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(initiative))
    for _n in range(11):
        more_hangs_around_it()

    with django_assert_max_num_queries(len(asked)):
        page = client.get(address(initiative))

    assert page.status_code == 200


def test_what_is_read_of_an_initiative_says_of_everyone_whether_they_stepped_aside(guide, coordinator, explored):
    InterestFactory(initiative=explored, user=coordinator)

    read = [initiative_for_deed(guide, explored.key), *rows_for(guide, [explored.pk])]

    assert [rules.works_on(coordinator, one) for one in read] == [False, False]
    assert [rules.works_on(guide, one) for one in read] == [True, True]
