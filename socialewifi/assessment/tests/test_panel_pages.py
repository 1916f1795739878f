"""The panel's own pages: blind until own advice (R8), nothing of what one is involved in (R5)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.assessment.models import PanelAdvice
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.initiatives.models import Deadline, Interest
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    InitiativeFactory,
    SupportKindFactory,
    ThemeFactory,
)
from socialewifi.people.tests.factories import NOON, UserFactory


@pytest.fixture
def seats(assessment, panel_members):
    return [assessment.seats.get(member=member) for member in panel_members]


@pytest.fixture
def pages(client, panel_members):
    """The pages as the first panel member sees them."""
    client.force_login(panel_members[0])
    return client


def url(seat, name="panel-seat"):
    return reverse(name, args=[seat.pk])


def post(client, address, **fields):
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token, **fields})


def test_the_list_counts_what_waits_for_me(pages, seats):
    page = pages.get(reverse("panel-list")).content.decode()

    assert "Er wacht 1 idee op jouw advies." in page
    assert "Moestuin de Groene Hoek" in page


def test_a_member_reads_the_plan_without_how_to_reach_anyone(pages, seats, initiative, resident, guide):
    ThemeFactory()
    initiative.refresh_from_db()
    initiative.idea = "Bel mij: 06 12345678 of roos@voorbeeld.test. Geld op NL91 ABNA 0417 1643 00 graag."
    initiative.needs = "Aarde. Mail naar roos@voorbeeld.test"
    initiative.amount_asked = "1850.00"
    initiative.save()
    ExplorationFactory(initiative=initiative, what_exists="Een schuur, zegt 06-12345678.")

    page = pages.get(url(seats[0])).content.decode()

    for secret in ("12345678", "0417", resident.name, resident.email, guide.phone):
        assert secret not in page
    assert "vraagt € 1.850" in page
    assert "1 van 1" in page


def test_a_member_reads_which_help_would_fit_and_why(pages, seats, initiative):
    exploration = ExplorationFactory(initiative=initiative, fitting_support_words="Omdat het veld nat is.")
    exploration.fitting_support.add(SupportKindFactory(name="Samen graven", code="graven"))

    page = pages.get(url(seats[0])).content.decode()

    assert re.search(r"Welke hulp past\s*</dt>\s*<dd[^>]*>\s*Samen graven", page)
    assert re.search(r"Waarom die hulp past\s*</dt>\s*<dd[^>]*>\s*Omdat het veld nat is", page)


def test_a_member_reads_nothing_of_the_others_before_their_own_advice(pages, seats, weighing, panel_members):
    weighing.advise(seats[0].assessment, panel_members[1], reason="Denk aan het water.")

    page = pages.get(url(seats[0])).content.decode()

    assert "Denk aan het water." not in page


def test_after_their_own_advice_a_member_reads_the_others_without_names(pages, seats, weighing, panel_members):
    weighing.advise(seats[0].assessment, panel_members[1], choice="doubt", reason="Denk aan het water.")

    answer = post(pages, url(seats[0], "panel-advise"), choice="do", reason="Mooi plan.")
    page = pages.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 303
    assert "Denk aan het water." in page
    assert "Ik twijfel" in page
    assert panel_members[1].name not in page


def test_advice_is_asked_with_its_reason_and_what_was_chosen_stays(pages, seats):
    answer = post(pages, url(seats[0], "panel-advise"), choice="doubt", reason="")

    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert not PanelAdvice.objects.exists()


def test_the_same_form_sent_twice_gives_one_advice(pages, seats):
    token = pages.get(url(seats[0])).context["form"]["token"].value()
    for _twice in range(2):
        answer = pages.post(url(seats[0], "panel-advise"), {"token": token, "choice": "do", "reason": "Mooi."})

        assert answer.status_code in {303, 200}
    assert PanelAdvice.objects.count() == 1


def test_who_steps_aside_never_sees_it_again(pages, seats, panel_members):
    answer = post(pages, url(seats[0], "panel-recuse"), relation="family", explanation="Mijn broer.")

    assert answer.status_code == 303
    assert Interest.objects.filter(user=panel_members[0]).exists()
    assert pages.get(url(seats[0])).status_code == 404
    assert "Moestuin" not in pages.get(reverse("panel-list")).content.decode()


def test_nobody_steps_aside_after_giving_advice(pages, seats, weighing, panel_members):
    weighing.advise(seats[0].assessment, panel_members[0])

    assert pages.get(url(seats[0], "panel-recuse")).status_code == 403


def test_a_seat_of_another_member_does_not_exist(pages, seats):
    assert pages.get(url(seats[1])).status_code == 404
    assert pages.get(url(seats[1], "panel-recuse")).status_code == 404


def test_an_outcome_without_my_advice_asks_nothing_more(pages, weighing, seats, panel_members, coordinator):
    assessment = seats[0].assessment
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[1:])
    with rewriting():
        assessment.quorum = 2
        assessment.save()
    weighing.conclude(assessment)

    page = pages.get(url(seats[0])).content.decode()

    assert "Hier is geen advies meer nodig." in page
    assert "Mooi plan." not in page


def test_what_i_advised_stays_to_be_read(pages, weighing, seats, panel_members):
    weighing.advise(seats[0].assessment, panel_members[0], choice="do_with_tip")

    assert "Doen, met een tip" in pages.get(reverse("panel-given")).content.decode()


def test_a_stranger_signs_in_first(client, seats):
    assert client.get(url(seats[0])).status_code == 302


def test_the_list_asks_a_constant_number_of_questions(
    client, weighing, municipality, guide, panel_members, agreements, texts, django_assert_max_num_queries
):
    for _n in range(8):
        one = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
        DeadlineFactory(initiative=one, kind=Deadline.Kind.EXPLORATION)
        weighing.open(one)
    client.force_login(panel_members[0])

    with django_assert_max_num_queries(9):
        page = client.get(reverse("panel-list")).content.decode()
    assert "Er wachten 8 ideeën op jouw advies." in page


def test_advice_that_came_too_late_is_refused_and_stays_typed(client, weighing, initiative, panel_members, monkeypatch):
    late = UserFactory(roles=["panel_member"])
    weighing.members = [*panel_members, late]
    assessment = weighing.open(initiative)
    weighing.score(assessment)
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + timedelta(days=2))
    client.force_login(late)
    url = reverse("panel-advise", args=[assessment.seats.get(member=late).pk])
    token = client.get(url).context["form"]["token"].value()
    weighing.advise(assessment, *panel_members)
    weighing.conclude(assessment)

    sent = client.post(url, {"token": token, "choice": "do", "reason": "Een heel verhaal."})

    assert sent.status_code == 403
    assert "Een heel verhaal." in sent.content.decode()
    assert "Er is een uitkomst." in sent.content.decode()
