"""Weighing at work: lists, deeds and who may do them."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.assessment import queries
from socialewifi.assessment.actions.outcome import return_to_exploring
from socialewifi.assessment.models import Assessment, CriterionScore
from socialewifi.assessment.tests.factories import AssessmentFactory
from socialewifi.initiatives.models import Deadline, Step
from socialewifi.initiatives.tests.factories import DeadlineFactory, ExplorationFactory, InitiativeFactory, PauseFactory
from socialewifi.people.tests.factories import NOON, UserFactory

DAY = timedelta(days=1)


def url(initiative, name="weigh-detail", *more):
    return reverse(name, args=[initiative.key, *more])


def post(client, address, **fields):
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token, **fields})


def test_the_coordinator_begins_a_weighing(pages, weighing, initiative, panel_members, trigger):
    answer = post(
        pages,
        url(initiative, "weigh-open"),
        members=[member.pk for member in panel_members],
        triggers=[trigger.pk],
        question="Mag het veld?",
        is_living_environment="on",
    )

    assert answer.status_code == 303
    assessment = Assessment.objects.get()
    assert assessment.is_living_environment
    assert assessment.seats.count() == 3
    assert assessment.questions.current().get().question == "Mag het veld?"


def test_too_small_a_panel_is_refused_beside_the_field(pages, weighing, initiative, panel_members):
    answer = post(pages, url(initiative, "weigh-open"), members=[panel_members[0].pk])

    assert answer.status_code == 422
    assert "Kies minstens 3 panelleden." in answer.content.decode()


def test_an_empty_panel_and_no_reason_to_ask_are_refused_in_their_own_words(pages, weighing, initiative, panel_members):
    empty = post(pages, url(initiative, "weigh-open"))
    assert "Kies minstens 3 panelleden." in empty.content.decode()

    weighing.open(initiative)
    unasked = post(pages, url(initiative, "weigh-ask-municipality"))
    assert unasked.status_code == 422
    assert "Kies waar het de gemeente raakt." in unasked.content.decode()


def test_the_page_says_what_an_outcome_still_needs(pages, assessment, criteria):
    page = pages.get(url(assessment.initiative)).content.decode()

    assert "nog 2 uitgangspunten" in page
    assert "nog 3 adviezen" in page
    assert "0 van 3" in page


def test_where_much_is_weighed_the_page_shows_the_most_urgent_and_leads_to_the_rest(pages, assessment, monkeypatch):
    monkeypatch.setattr("socialewifi.assessment.views.weighing.LISTED", 1)
    other = AssessmentFactory(initiative__municipality=assessment.initiative.municipality)

    page = pages.get(reverse("weigh-list")).content.decode()

    assert [one.initiative.title in page for one in (assessment, other)].count(True) == 1
    assert "Alle 2 wegingen in de lijst bekijken" in page


def test_criteria_are_noted_together_and_what_is_left_open_stays_open(pages, assessment, criteria):
    first, _second = criteria
    address = url(assessment.initiative, "weigh-criteria")

    answer = post(pages, address, **{f"answer_{first.pk}": "partly", f"why_{first.pk}": "Twee straten doen mee."})

    assert answer.status_code == 303
    score = CriterionScore.objects.get()
    assert (score.criterion, score.answer, score.why) == (first, "partly", "Twee straten doen mee.")


@pytest.mark.parametrize(
    ("typed", "refusal"), [({"answer": "yes"}, "Schrijf in een regel waarom."), ({"why": "Zo."}, "Kies er één.")]
)
def test_a_criterion_needs_an_answer_and_a_line_why(pages, assessment, criteria, typed, refusal):
    fields = {f"{name}_{criteria[0].pk}": value for name, value in typed.items()}

    answer = post(pages, url(assessment.initiative, "weigh-criteria"), **fields)

    assert answer.status_code == 422
    assert refusal in answer.content.decode()
    assert not CriterionScore.objects.exists()


def test_two_who_fill_in_the_criteria_keep_each_others_answers(pages, assessment, criteria):
    address = url(assessment.initiative, "weigh-criteria")
    form = pages.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    first, second = [name for name in shown if name.startswith("answer_")][:2]
    theirs = {**shown, first: "yes", first.replace("answer", "why"): "Ja hoor.", "token": uuid.uuid4()}
    assert pages.post(address, theirs).status_code == 303

    assert pages.post(address, {**shown, second: "no", second.replace("answer", "why"): "Nee."}).status_code == 303

    assert set(assessment.scores.values_list("answer", "why")) == {("yes", "Ja hoor."), ("no", "Nee.")}


def test_someone_is_asked_to_the_panel(pages, assessment):
    extra = UserFactory(roles=["panel_member"])

    assert post(pages, url(assessment.initiative, "weigh-add-member"), member=extra.pk).status_code == 303
    assert assessment.seats.filter(member=extra).exists()


def test_advice_by_phone_is_written_down(pages, assessment, panel_member):
    seat = assessment.seats.get(member=panel_member)

    answer = post(
        pages, url(assessment.initiative, "weigh-write-advice", seat.pk), choice="do", reason="Zei het aan de telefoon."
    )

    assert answer.status_code == 303
    assert pages.get(url(assessment.initiative, "weigh-write-advice", seat.pk)).status_code == 403


def test_the_municipality_is_asked_from_the_page(pages, assessment, trigger):
    answer = post(pages, url(assessment.initiative, "weigh-ask-municipality"), triggers=[trigger.pk])

    assert answer.status_code == 303
    assert "heeft nu geen ambassadeur" in pages.get(url(assessment.initiative)).content.decode()


def test_an_answer_of_the_municipality_by_phone_is_written_down(pages, assessment, trigger, coordinator):
    post(pages, url(assessment.initiative, "weigh-ask-municipality"), triggers=[trigger.pk])
    address = url(assessment.initiative, "weigh-write-answer")
    assert address in pages.get(url(assessment.initiative)).content.decode()

    refused = post(pages, address, spoken_by="", answer="agree")
    assert (refused.status_code, "agree" in refused.content.decode()) == (422, True)
    assert post(pages, address, spoken_by="Wethouder Waterdorp", answer="agree").status_code == 303

    page = pages.get(url(assessment.initiative)).content.decode()
    assert f"Wethouder Waterdorp, opgeschreven door {coordinator}" in page
    assert pages.get(address).status_code == 403


def test_it_goes_back_to_exploring_with_a_reason(pages, assessment, initiative):
    answer = post(pages, url(initiative, "weigh-return"), reason="Mag het veld wel?")

    assert answer.status_code == 303
    initiative.refresh_from_db()
    assert initiative.step == Step.EXPLORING


DEEDS = ["weigh-criteria", "weigh-ask-municipality", "weigh-add-member", "weigh-outcome", "weigh-return"]


def test_the_deeds_are_gone_when_nothing_is_weighed(pages, initiative):
    assert [pages.get(url(initiative, name)).status_code for name in DEEDS] == [404] * 5
    assert pages.get(url(initiative)).status_code == 200
    assert pages.get(url(initiative, "weigh-open")).status_code == 200


def test_the_list_puts_first_what_is_ready(pages, weighing, assessment, municipality, guide):
    weighing.score(assessment)
    weighing.advise(assessment)
    explored = InitiativeFactory(title="Buurtkoor", exploring=True, contact_person=guide, municipality=municipality)
    ExplorationFactory(initiative=explored)

    page = pages.get(reverse("weigh-list")).content.decode()

    assert page.index("Klaar voor een uitkomst") < page.index("Moestuin") < page.index("Loopt nog")
    assert page.index("Klaar om te wegen") < page.index("Buurtkoor")


@pytest.fixture
def many(weighing, municipality, guide, agreements, texts):
    for number in range(6):
        one = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
        DeadlineFactory(initiative=one, kind=Deadline.Kind.EXPLORATION)
        if number < 4:
            weighing.advise(weighing.open(one), weighing.members[0])
        else:
            ExplorationFactory(initiative=one)


def test_the_list_asks_a_constant_number_of_questions(pages, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        pages.get(reverse("weigh-list"))


def test_the_page_of_one_weighing_asks_few_questions(pages, weighing, assessment, django_assert_max_num_queries):
    weighing.score(assessment)
    weighing.advise(assessment)

    with django_assert_max_num_queries(28):
        pages.get(url(assessment.initiative))


def test_today_asks_a_coordinator_for_what_only_they_can_do(many, weighing, assessment, coordinator, guide):
    weighing.score(assessment)
    weighing.advise(assessment)

    deeds = [line.deed for line in queries.due_for(coordinator, NOON + DAY)]
    assert deeds == ["Weging beginnen", "Weging beginnen", "Uitkomst bepalen"]
    assert {line.deed for line in queries.due_for(guide, NOON + DAY)} == {"Uitgangspunten bekijken"}
    assert len(queries.due_for(guide, NOON + DAY)) == 4


def test_today_says_that_the_time_is_over_with_fewer_advices_and_not_that_all_is_there(
    weighing, assessment, panel_members, coordinator
):
    weighing.score(assessment)
    weighing.advise(assessment, panel_members[0])

    [line] = queries.due_for(coordinator, assessment.panel_closes_at + DAY)

    assert (line.deed, line.note) == ("Uitkomst bepalen", "de tijd is om, met 1 van 3 adviezen")


def test_today_asks_nothing_of_who_does_not_weigh(assessment, panel_member, resident, ambassador):
    assert not any(queries.due_for(user, NOON) for user in (panel_member, resident, ambassador))


def test_what_stands_still_does_not_wait_to_be_weighed(pages, coordinator, initiative):
    ExplorationFactory(initiative=initiative)
    assert list(queries.ready_to_weigh(coordinator)) == [initiative]

    PauseFactory(initiative=initiative)

    assert list(queries.ready_to_weigh(coordinator)) == []


def test_a_deed_says_that_it_was_done(pages, weighing, initiative, panel_members):
    post(pages, url(initiative, "weigh-open"), members=[member.pk for member in panel_members])

    assert "De weging is begonnen." in pages.get(url(initiative)).content.decode()


def test_what_is_weighed_stands_beside_the_deeds(pages, assessment, criteria):
    for name in ("weigh-detail", "weigh-criteria", "weigh-outcome"):
        assert assessment.initiative.idea in pages.get(url(assessment.initiative, name)).content.decode()


def test_what_a_colleague_noted_meanwhile_is_not_wiped(pages, assessment):
    address = url(assessment.initiative, "weigh-criteria")
    drawn = re.search(r'name="based_on" value="([^"]*)"', pages.get(address).content.decode())

    assert drawn
    assert "answer_" in drawn[1]


@pytest.mark.parametrize("name", ["weigh-open", "weigh-add-member", "weigh-ask-municipality", "weigh-return"])
def test_whoever_comes_too_late_for_a_weighing_reads_what_happened_and_keeps_their_words(
    pages, weighing, initiative, panel_members, coordinator, name
):
    assessment = weighing.open(initiative)
    token = str(uuid.uuid4())
    if name != "weigh-open":
        return_to_exploring(assessment=assessment, by=coordinator, at=NOON + DAY, reason="Eerst de buren.")

    answer = pages.post(url(initiative, name), {"token": token, "reason": "Zo was het.", "question": "Zo was het."})

    assert answer.status_code == 403
    happened = "Weging begonnen" if name == "weigh-open" else "Terug naar verkennen"
    assert happened in answer.context["latest"]
    assert coordinator.name in answer.context["latest"]
