"""Every deed at work through its own address: as a page, in place, carried out once, refused in words."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event
from socialewifi.initiatives.actions.doubles import write_join_answer
from socialewifi.initiatives.deeds import FURTHER, TO_EXPLORE
from socialewifi.initiatives.models import Initiative, Interest, Step
from socialewifi.initiatives.tests.factories import (
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    KindFactory,
    PauseFactory,
    PostFactory,
    SupportKindFactory,
    SupportPromiseFactory,
    TaskFactory,
    ThemeFactory,
)
from socialewifi.initiatives.tests.waiting import while_it_waits
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON
from socialewifi.support.deeds import OF_INITIATIVE

DEEDS = (*TO_EXPLORE, *OF_INITIATIVE, *FURTHER)


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def at_work(client, guide):
    client.force_login(guide)
    return client


def address(initiative, deed, row=None):
    return reverse(f"work-{deed}", args=[initiative.key, *([row.pk] if row else [])])


def do(client, initiative, deed, row=None, **fields):
    fields.setdefault("token", str(uuid.uuid4()))
    return client.post(address(initiative, deed, row), fields)


@pytest.fixture
def reported(initiative):
    return initiative


# The state it starts in, the deed, what is filled in, and what is true afterwards.
ROAD = [
    ("reported", "take-contact", {}, lambda one: one.step == Step.EXPLORING),
    (
        "explored",
        "log-contact",
        {"through": "phone", "summary": "Goed."},
        lambda one: one.contact_moments.get().summary == "Goed.",
    ),
    ("explored", "write-message", {"body": "Hallo!"}, lambda one: one.posts.get().body == "Hallo!"),
    ("explored", "write-note", {"body": "Intern"}, lambda one: one.notes.get().body == "Intern"),
    (
        "explored",
        "add-task",
        {"what": "Bellen", "due_on": "2026-06-12"},
        lambda one: one.tasks.get().due_on == date(2026, 6, 12),
    ),
    (
        "explored",
        "record-exploration",
        {"what_it_is": "Een tuin", "question": "Mag het?"},
        lambda one: one.exploration.question == "Mag het?",
    ),
    ("explored", "pause", {"reason": "Vakantie"}, lambda one: one.pauses.get().reason == "Vakantie"),
    ("supported", "sustain", {}, lambda one: one.step == Step.SUSTAINING),
    ("supported", "agree-landing", {"signs": "Zelf doen"}, lambda one: one.landing_signs == "Zelf doen"),
    ("sustained", "take-question", {"question": "Een hek?"}, lambda one: one.step == Step.SUPPORTING),
    ("redirected", "confirm-redirect", {}, lambda one: one.redirect_confirmed_at == NOON),
    ("declined", "reopen", {"reason": "Toch wel"}, lambda one: one.step == Step.EXPLORING),
]


@pytest.mark.parametrize(("state", "deed", "fields", "is_true"), ROAD, ids=[deed for _state, deed, *_rest in ROAD])
def test_a_deed_is_shown_and_carried_out_without_javascript(request, at_work, state, deed, fields, is_true):
    one = request.getfixturevalue(state)

    assert at_work.get(address(one, deed)).status_code == 200
    answer = do(at_work, one, deed, **fields)

    assert answer.status_code == 303, answer.context and answer.context["form"].errors
    assert answer.headers["Location"] == reverse("work-initiative", args=[one.key])
    assert is_true(Initiative.objects.get(pk=one.pk))


@pytest.mark.parametrize(("state", "deed", "fields", "_is_true"), ROAD, ids=[deed for _state, deed, *_rest in ROAD])
def test_a_role_that_ends_while_a_deed_waits_for_its_turn_gives_nothing(
    request, at_work, guide, monkeypatch, state, deed, fields, _is_true
):
    one = request.getfixturevalue(state)
    while_it_waits(monkeypatch, lambda: Role.objects.filter(user=guide).update(ends_on=date(2026, 6, 9)))

    assert do(at_work, one, deed, **fields).status_code == 422

    assert not Event.objects.about(one).filter(by=guide).exists()


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_no_deed_exists_for_another_subregion_or_a_resident(client, explored, other_guide, stranger, deed):
    for who in (other_guide, stranger):
        client.force_login(who)
        assert client.get(address(explored, deed.name)).status_code == 404
        assert do(client, explored, deed.name).status_code == 404


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed.name != "step-aside"], ids=lambda deed: deed.name)
def test_an_ambassador_may_look_but_do_nothing(client, explored, ambassador, deed):
    client.force_login(ambassador)

    assert client.get(address(explored, deed.name)).status_code == 403
    assert do(client, explored, deed.name).status_code == 403


@pytest.mark.parametrize(
    "deed", ["promise-support", "take-contact", "land", "resume", "reopen", "accept-handover", "undo-join"]
)
def test_a_deed_that_makes_no_sense_now_is_refused(at_work, explored, deed):
    assert at_work.get(address(explored, deed)).status_code == 403


def test_an_unknown_deed_does_not_exist(at_work, explored):
    assert at_work.get(f"/werk/initiatieven/{explored.key}/weggooien/").status_code == 404


def test_whoever_writes_reads_who_will_read_it(at_work, explored):
    assert "Alleen collega" in at_work.get(address(explored, "write-note")).content.decode()
    assert "De initiatiefnemers lezen dit" in at_work.get(address(explored, "write-message")).content.decode()


def test_in_place_only_the_form_comes(at_work, explored):
    page = at_work.get(address(explored, "write-note"), headers={"HX-Request": "true"}).content.decode()

    assert "<form" in page
    assert "<html" not in page


def test_in_place_a_deed_leads_back_to_the_page(at_work, explored):
    token = str(uuid.uuid4())
    answer = at_work.post(
        address(explored, "write-note"), {"body": "x", "token": token}, headers={"HX-Request": "true"}
    )

    assert answer.headers["HX-Redirect"] == reverse("work-initiative", args=[explored.key])


def test_what_is_not_right_stands_beside_the_field_and_nothing_typed_is_lost(at_work, explored):
    answer = do(
        at_work, explored, "log-contact", through="phone", spoken_at="2027-01-01T10:00", summary="Mooi gesprek."
    )

    assert answer.status_code == 422
    assert "Dit moment is nog niet geweest." in answer.content.decode()
    assert "Mooi gesprek." in answer.content.decode()
    assert not explored.contact_moments.exists()


def test_the_same_form_sent_twice_is_carried_out_once(at_work, explored):
    token = str(uuid.uuid4())

    do(at_work, explored, "write-message", body="Hallo!", token=token)
    again = do(at_work, explored, "write-message", body="Hallo!", token=token)

    assert again.status_code == 303
    assert explored.posts.count() == 1


def test_whoever_was_too_late_reads_who_took_it(at_work, reported, coordinator, monkeypatch):
    def meanwhile(user, initiative):
        initiative.contact_person, initiative.step = coordinator, Step.EXPLORING
        Initiative.objects.filter(pk=initiative.pk).update(contact_person=coordinator, step=Step.EXPLORING)
        return True

    deed = next(deed for deed in DEEDS if deed.name == "take-contact")
    monkeypatch.setitem(deed.__dict__, "may", meanwhile)

    answer = do(at_work, reported, "take-contact")

    assert answer.status_code == 422
    assert "Cora Coordinator heeft dit initiatief al opgepakt." in answer.content.decode()


def test_a_handover_is_asked_and_taken(client, explored, guide, coordinator):
    client.force_login(guide)
    do(client, explored, "offer-handover", receiver=coordinator.pk, reason="Verlof")
    explored.refresh_from_db()
    assert explored.contact_person == guide

    client.force_login(coordinator)
    do(client, explored, "accept-handover")

    explored.refresh_from_db()
    assert explored.contact_person == coordinator


def test_a_handover_is_asked_only_of_who_works_there(at_work, explored, other_guide, coordinator):
    page = at_work.get(address(explored, "offer-handover")).content.decode()
    assert "Cora Coordinator" in page
    assert "Otto Begeleider" not in page

    assert do(at_work, explored, "offer-handover", receiver=other_guide.pk, reason="Verlof").status_code == 422


def test_a_handover_is_refused_with_a_reason(client, explored, coordinator):
    HandoverFactory(initiative=explored, receiver=coordinator)
    client.force_login(coordinator)

    assert do(client, explored, "refuse-handover").status_code == 422
    assert do(client, explored, "refuse-handover", reason="Te vol.").status_code == 303
    assert explored.handovers.get().refused_because == "Te vol."


def test_a_handover_is_taken_back(at_work, explored, coordinator):
    HandoverFactory(initiative=explored, receiver=coordinator)

    do(at_work, explored, "drop-handover")

    assert explored.handovers.get().dropped_at == NOON


def test_an_initiative_goes_on_after_a_pause(at_work, explored):
    PauseFactory(initiative=explored)

    do(at_work, explored, "resume")

    assert explored.pauses.get().ended_at == NOON


def test_messages_without_a_question_are_marked_read(at_work, explored):
    PostFactory(initiative=explored)

    do(at_work, explored, "mark-read")

    assert explored.posts.get().read_at == NOON


def test_kind_and_themes_are_chosen_from_what_is_in_use(at_work, explored):
    kind, theme = KindFactory(code="zelfregie", name="Zelfregiegroep"), ThemeFactory()
    ThemeFactory(code="oud", name="Oud thema", retired_at=NOON)

    assert "Oud thema" not in at_work.get(address(explored, "classify")).content.decode()
    do(at_work, explored, "classify", kind=kind.pk, themes=[theme.pk])

    explored.refresh_from_db()
    assert explored.kind == kind
    assert list(explored.themes.all()) == [theme]


def test_the_place_in_words_is_recognised(at_work, explored, municipality):
    dyke = municipality.neighbourhoods.create(name="Dijkbuurt", slug="dijkbuurt")
    Initiative.objects.filter(pk=explored.pk).update(place_words="op het pleintje in de dijkbuurt")

    page = at_work.get(address(explored, "fill-in-place"))

    assert page.context["form"]["neighbourhood"].initial == dyke.pk
    do(at_work, explored, "fill-in-place", municipality=municipality.pk, neighbourhood=dyke.pk, words="het pleintje")
    explored.refresh_from_db()
    assert explored.neighbourhood == dyke


def test_whoever_moves_it_out_of_sight_returns_to_the_list(client, explored, coordinator, other_municipality):
    client.force_login(coordinator)

    answer = do(client, explored, "fill-in-place", municipality=other_municipality.pk)

    assert answer.headers["Location"] == reverse("work-list")


def test_whoever_steps_aside_returns_to_the_list(client, explored, coordinator):
    client.force_login(coordinator)

    answer = do(client, explored, "step-aside", relation=Interest.Relation.FAMILY)

    assert answer.headers["Location"] == reverse("work-list")
    assert client.get(reverse("work-initiative", args=[explored.key])).status_code == 404


def test_the_contact_is_told_to_hand_over_before_stepping_aside(at_work, explored):
    answer = do(at_work, explored, "step-aside", relation=Interest.Relation.FAMILY)

    assert answer.status_code == 422
    assert "Draag het initiatief eerst over" in answer.content.decode()


@pytest.mark.parametrize("typed", ["Tuin van ons", "tuin van ONS ", "https://voorbeeld.test/werk/initiatieven/{key}/"])
def test_another_is_found_by_name_or_address_and_they_part_again(at_work, reported, municipality, guide, typed):
    other = InitiativeFactory(title="Tuin van ons", municipality=municipality, exploring=True, contact_person=guide)

    do(at_work, reported, "propose-join", into=typed.replace("{key}", other.key))
    for owner in reported.initiators.current():
        write_join_answer(initiator=owner, agrees=True, through="phone", by=guide, at=NOON)
    reported.refresh_from_db()
    assert reported.joined_into == other

    do(at_work, reported, "undo-join")
    reported.refresh_from_db()
    assert reported.joined_into is None


def test_joining_with_what_is_not_there_says_so(at_work, reported, other_municipality):
    InitiativeFactory(title="Elders", municipality=other_municipality)

    answer = do(at_work, reported, "propose-join", into="Elders")

    assert answer.status_code == 422
    assert "vinden we niet" in answer.content.decode()


def test_a_task_is_ticked_off(at_work, explored, guide):
    task = TaskFactory(initiative=explored)

    assert "De gemeente vragen" in at_work.get(address(explored, "finish-task", task)).content.decode()
    do(at_work, explored, "finish-task", task, result="Het mag.")

    task.refresh_from_db()
    assert (task.done_by, task.result) == (guide, "Het mag.")
    again = do(at_work, explored, "finish-task", task, result="Het mag toch.").content.decode()
    assert "Gijs Begeleider heeft dit al gedaan" in again
    assert "Het mag toch." in again


def test_a_call_shows_what_to_say_and_is_noted(at_work, explored):
    call = TaskFactory(initiative=explored, call=True)

    page = at_work.get(address(explored, "note-call", call)).content.decode()
    assert "we hebben je idee gekregen" in page
    assert "tel:0600000000" in page

    do(at_work, explored, "note-call", call, reached="nee", result="Geen gehoor")
    call.refresh_from_db()
    assert call.done_at is None

    do(at_work, explored, "note-call", call, reached="ja", result="Hij is blij.")
    call.refresh_from_db()
    assert call.done_at == NOON


def test_a_task_of_another_initiative_is_not_here(at_work, explored, municipality):
    elsewhere = TaskFactory(initiative=InitiativeFactory(municipality=municipality))

    assert at_work.get(address(explored, "finish-task", elsewhere)).status_code == 404


def test_help_is_promised_and_comes_or_not(at_work, supported):
    kind = SupportKindFactory()
    do(at_work, supported, "promise-support", kind=kind.pk, what="Spitten", who="De buren", before_date="2026-07-01")
    promise = supported.promises.get()
    late = SupportPromiseFactory(initiative=supported)

    do(at_work, supported, "keep-promise", promise)
    do(at_work, supported, "drop-promise", late, because="Ziek")

    promise.refresh_from_db()
    late.refresh_from_db()
    assert promise.kept_at == NOON
    assert late.dropped_because == "Ziek"
    assert at_work.get(address(supported, "keep-promise", promise)).status_code == 403


def test_an_initiative_lands_by_the_signs_agreed_before(at_work, sustained):
    Initiative.objects.filter(pk=sustained.pk).update(landing_signs_agreed_at=NOON)

    do(at_work, sustained, "land")

    sustained.refresh_from_db()
    assert sustained.step == Step.LANDED


def test_a_deed_form_asks_the_database_little(at_work, explored, django_assert_max_num_queries):
    TaskFactory.create_batch(5, initiative=explored)
    at_work.get(reverse("work-list"))

    for deed in ("log-contact", "record-exploration", "classify", "fill-in-place", "offer-handover", "add-task"):
        with django_assert_max_num_queries(20):
            at_work.get(address(explored, deed))


def test_a_resident_who_is_also_a_guide_does_nothing_to_their_own(client, guide, municipality):
    own = InitiatorFactory(initiative=InitiativeFactory(municipality=municipality), user=guide).initiative
    client.force_login(guide)

    assert do(client, own, "take-contact").status_code == 404
