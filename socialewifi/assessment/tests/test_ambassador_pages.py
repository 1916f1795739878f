"""The municipality's pages: one question with its whole context, one answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.assessment.actions.municipality import write_answer_of_municipality
from socialewifi.people.tests.factories import NOON, UserFactory


@pytest.fixture
def asked(weighing, initiative, trigger, ambassador):
    question = "Mag het veld een tuin worden?"
    return weighing.open(initiative, triggers=[trigger], question=question).questions.current().get()


@pytest.fixture
def pages(client, ambassador):
    client.force_login(ambassador)
    return client


def url(question, name="ambassador-question"):
    return reverse(name, args=[question.pk])


def test_the_list_shows_what_waits_for_an_answer(pages, asked):
    assert "Moestuin de Groene Hoek" in pages.get(reverse("ambassador-list")).content.decode()


def test_the_question_comes_with_the_plan_and_the_guide_but_not_with_how_to_reach_residents(
    pages, asked, initiative, guide, resident
):
    initiative.refresh_from_db()
    initiative.idea = "Een tuin. Bel 06 12345678."
    initiative.save()

    page = pages.get(url(asked)).content.decode()

    for part in ("Mag het veld een tuin worden?", "Een gebouw of grond van de gemeente", guide.name, guide.phone):
        assert part in page
    for secret in ("12345678", resident.name, resident.email):
        assert secret not in page


def test_the_ambassador_answers_on_the_page(pages, asked):
    token = pages.get(url(asked)).context["form"]["token"].value()
    pages.post(url(asked, "ambassador-answer"), {"token": token, "answer": "conditions", "words": "Laat het pad vrij."})

    page = pages.get(url(asked)).content.decode()
    assert "Akkoord, met voorwaarden" in page
    assert "Laat het pad vrij." in page
    assert pages.get(url(asked)).context["form"] is None


def test_conditions_without_words_stay_on_the_page(pages, asked):
    token = pages.get(url(asked)).context["form"]["token"].value()
    answer = pages.post(url(asked, "ambassador-answer"), {"token": token, "answer": "conditions", "words": ""})

    assert answer.status_code == 422
    assert "Schrijf erbij waar het om gaat." in answer.content.decode()


def test_an_answer_is_not_asked_any_more_once_there_is_an_outcome(pages, asked, weighing):
    weighing.score(asked.assessment)
    weighing.advise(asked.assessment)
    weighing.conclude(asked.assessment, at=NOON + timedelta(days=8))

    page = pages.get(url(asked))
    assert "Een antwoord is niet meer nodig." in page.content.decode()
    assert "Mooi plan." not in page.content.decode()


def test_a_question_to_another_municipality_does_not_exist(client, asked, other_municipality):
    client.force_login(UserFactory(roles=["ambassador"], roles__municipality=other_municipality))

    assert client.get(url(asked)).status_code == 404


def test_an_ambassador_reads_beside_a_written_answer_how_to_say_that_it_is_not_right(
    client, weighing, initiative, trigger, ambassador, coordinator, region
):
    assessment = weighing.open(initiative, triggers=[trigger])
    write_answer_of_municipality(
        question=assessment.questions.current().get(),
        answer="agree",
        spoken_by="Wim Wethouder",
        by=coordinator,
        at=NOON + timedelta(days=1),
    )
    client.force_login(ambassador)

    page = client.get(reverse("ambassador-question", args=[assessment.questions.current().get().pk])).content.decode()

    for words in ("Klopt dit niet?", "Cora Coordinator schreef dit op", coordinator.phone, region.desk_phone):
        assert words in page
    assert f"mailto:{region.desk_email}" in page
