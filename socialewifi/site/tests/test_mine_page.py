"""The page of one initiative: it always says who has it, what happens next and before when (R11)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    EffectStoryFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    PauseFactory,
    PostFactory,
    SupportPromiseFactory,
    rest_in,
)
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db

FAR = date(2999, 1, 1)
STATES = {
    "reported": "Nu: iemand neemt contact met je op",
    "exploring": "Nu: samen uitzoeken wat er nodig is",
    "assessing": "Nu: buren kijken mee",
    "supporting": "Nu: je krijgt hulp",
    "sustaining": "Nu: je idee loopt",
    "landed": "Je idee staat op eigen benen",
    "redirected": "Nu: iemand anders helpt je verder",
    "declined": "Dit kunnen wij niet doen",
    "withdrawn": "Je bent gestopt",
}


@pytest.fixture
def samira(subregion):
    return UserFactory(
        name="Samira Sterk",
        phone="045 000 00 00",
        working_days="Maandag tot en met donderdag",
        roles=["guide"],
        roles__subregion=subregion,
    )


def make(state, owner, samira, **more):
    traits = {} if state in {"reported", "withdrawn"} else {"contact_person": samira}
    if state != "reported":
        traits[state] = True
    return InitiativeFactory(title="Moestuin de Groene Hoek", owners=[owner], **{**traits, **more})


def show(client, user, initiative):
    client.force_login(user)
    answer = client.get(reverse("mine-initiative", args=[initiative.key]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("state", "headline"), STATES.items())
def test_the_page_says_what_happens_now_at_every_step(client, resident, samira, state, headline):
    page = show(client, resident, make(state, resident, samira))

    assert headline in page
    assert "Moestuin de Groene Hoek" in page


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"reported", "withdrawn"}])
def test_the_page_names_the_contact_with_phone_and_days(client, resident, samira, state):
    page = show(client, resident, make(state, resident, samira))

    assert "Samira Sterk" in page
    assert "procesbegeleider Noordoever" in page
    assert 'href="tel:0450000000"' in page
    assert "Maandag tot en met donderdag" in page


def test_before_there_is_a_contact_the_page_shows_the_front_desk(client, resident, region, samira):
    page = show(client, resident, make("reported", resident, samira))

    assert region.desk_phone in page
    assert "Zodra we weten wie dat is, staat het hier." in page


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("reported", Deadline.Kind.CONTACT),
        ("exploring", Deadline.Kind.CONTACT),
        ("exploring", Deadline.Kind.EXPLORATION),
        ("assessing", Deadline.Kind.ASSESSMENT),
        ("sustaining", Deadline.Kind.CHECK_IN),
    ],
)
def test_the_page_says_before_when_in_words(client, resident, samira, state, kind):
    initiative = make(state, resident, samira)
    DeadlineFactory(initiative=initiative, kind=kind, due_on=FAR, is_provisional=True)

    page = show(client, resident, initiative)

    assert "Uiterlijk dinsdag 1 januari" in page
    assert "voorlopig" in page


def test_a_day_that_passed_is_admitted(client, resident, samira):
    initiative = make("exploring", resident, samira)
    DeadlineFactory(initiative=initiative, kind=Deadline.Kind.EXPLORATION, due_on=date(2020, 1, 6))

    page = show(client, resident, initiative)

    assert "Dat is niet gelukt, sorry." in page
    assert "Bel gerust Samira: 045 000 00 00." in page


def test_a_pause_shows_its_reason_and_no_day(client, resident, samira):
    initiative = make("exploring", resident, samira)
    DeadlineFactory(initiative=initiative, kind=Deadline.Kind.EXPLORATION, due_on=FAR)
    PauseFactory(initiative=initiative, reason="De school is dicht.")

    page = show(client, resident, initiative)

    assert "Nu: je idee staat even stil" in page
    assert "De school is dicht." in page
    assert "Uiterlijk" not in page


def test_promised_help_shows_who_does_what_before_when(client, resident, samira):
    initiative = make("supporting", resident, samira)
    SupportPromiseFactory(initiative=initiative, what="Een pomp regelen", who="De tuinclub", before_date=FAR)

    page = show(client, resident, initiative)

    assert "Een pomp regelen" in page
    assert "De tuinclub, uiterlijk dinsdag 1 januari" in page


def test_a_handover_that_waits_is_told(client, resident, samira):
    initiative = make("exploring", resident, samira)
    HandoverFactory(initiative=initiative, receiver=UserFactory(name="Omar Nieuw"))

    assert "Samira vraagt Omar Nieuw om het over te nemen." in show(client, resident, initiative)


def test_a_redirected_initiative_keeps_its_contact_until_the_partner_confirms(client, resident, samira):
    initiative = make("redirected", resident, samira)
    assert "Tot zij ja zeggen, blijft Samira jouw contact." in show(client, resident, initiative)

    initiative.redirect_confirmed_at = NOON
    initiative.save()

    assert "helpt je nu verder" in show(client, resident, initiative)


def test_a_joined_initiative_leads_to_the_other_which_its_owner_may_read(client, resident, samira):
    other = make("exploring", UserFactory(), samira)
    mine = InitiativeFactory(title="Plukbos", owners=[resident])
    rest_in(mine, other)

    assert "Nu: jullie gaan samen verder" in show(client, resident, mine)
    page = show(client, resident, other)
    assert "Je leest hier wat er gebeurt sinds" in page
    assert "Van jullie" not in page


def test_nothing_is_asked_as_a_rule(client, resident, samira):
    assert "Jij hoeft nu niets te doen." in show(client, resident, make("exploring", resident, samira))


def test_what_is_asked_of_this_initiator_is_said(client, resident, samira):
    initiative = make("supporting", resident, samira)
    other = InitiatorFactory(initiative=initiative, user=UserFactory(name="Bas Tweede"))
    story = EffectStoryFactory(initiative=initiative, told_by=other.user, title="Oogst")
    other.consents.create(subject="story", story=story, given_at=NOON, given_through="email", recorded_by=other.user)
    other.consents.create(subject="page", given_at=NOON, given_through="email", recorded_by=other.user)
    PostFactory(initiative=initiative, by=samira, is_from_initiators=False)

    page = show(client, resident, initiative)

    assert "Lees het bericht van Samira Sterk" in page
    assert "Zeg of anderen ‘Oogst’ mogen lezen" in page
    assert "Zeg of anderen jullie pagina mogen zien" in page
    assert "Jij hoeft nu niets te doen." not in page


def test_strangers_and_people_at_work_find_nothing(client, resident, samira, stranger, coordinator, administrator):
    initiative = make("exploring", resident, samira)

    for someone in (stranger, samira, coordinator, administrator):
        client.force_login(someone)
        assert client.get(reverse("mine-initiative", args=[initiative.key])).status_code == 404


def test_who_left_finds_nothing(client, resident, samira):
    initiative = make("exploring", UserFactory(), samira)
    InitiatorFactory(initiative=initiative, user=resident, left=True)
    client.force_login(resident)

    assert client.get(reverse("mine-initiative", args=[initiative.key])).status_code == 404


def test_who_is_not_in_reads_how_to_come_in(client, resident, samira, region):
    initiative = make("exploring", resident, samira)

    for key in (initiative.key, "23456789"):
        answer = client.get(reverse("mine-initiative", args=[key]))

        assert answer.status_code == 403
        page = answer.content.decode()
        assert "Mail mij een code" in page
        assert "Vul mijn code in" in page
        assert region.desk_phone in page
        assert initiative.title not in page


def test_the_page_asks_a_constant_number_of_questions(client, resident, samira, django_assert_max_num_queries):
    initiative = make("supporting", resident, samira)
    for number in range(4):
        InitiatorFactory(initiative=initiative)
        PostFactory(initiative=initiative, at=NOON + timedelta(hours=number))
        SupportPromiseFactory(initiative=initiative)
        EffectStoryFactory(initiative=initiative, told_by=resident)
    client.force_login(resident)
    client.get(reverse("mine-initiative", args=[initiative.key]))

    with django_assert_max_num_queries(20):
        client.get(reverse("mine-initiative", args=[initiative.key]))
