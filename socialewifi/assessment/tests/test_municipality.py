"""R3: the municipality is asked in time."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment.actions.locking import AssessmentClosed
from socialewifi.assessment.actions.municipality import (
    AlreadyAnswered,
    AlreadyAsked,
    NothingToAsk,
    QuestionEnded,
    SpeakerMissing,
    WordsMissing,
    answer_ambassador,
    ask_ambassador,
    write_answer_of_municipality,
)
from socialewifi.assessment.actions.outcome import MunicipalityCanAnswer, MunicipalityNotAsked, OutcomeByAnother
from socialewifi.assessment.letters import municipality_line
from socialewifi.assessment.models import AmbassadorQuestion, Assessment
from socialewifi.assessment.queries import ambassadors_of, progress_of, told
from socialewifi.core import clock, events
from socialewifi.core.errors import NotAllowed
from socialewifi.core.events import for_initiators
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.place import place_initiative
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import InterestFactory
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory

DAY = timedelta(days=1)


@pytest.fixture
def asked(weighing, initiative, trigger, ambassador):
    assessment = weighing.open(initiative, triggers=[trigger], question="Mag het veld een tuin worden?")
    return assessment.questions.current().get()


@pytest.fixture
def ready(weighing, asked):
    """Everything for an outcome is there, but for the municipality."""
    weighing.score(asked.assessment)
    weighing.advise(asked.assessment)
    return asked.assessment


def answer(question, by, **fields):
    return answer_ambassador(question=question, by=by, **{"answer": "agree", "at": NOON + DAY, **fields})


def test_the_ambassador_has_the_term_of_the_region_in_working_days(asked):
    assert asked.due_on == date(2026, 6, 17)


def test_every_ambassador_of_the_municipality_gets_the_question(
    weighing, initiative, trigger, ambassador, municipality
):
    second = UserFactory()
    RoleFactory(user=second, kind="ambassador", municipality=municipality)
    former = UserFactory()
    RoleFactory(user=former, kind="ambassador", municipality=municipality, expired=True)

    weighing.open(initiative, triggers=[trigger])

    assert {mail.recipient for mail in Message.objects.all()} == {ambassador, second}
    assert "Een gebouw of grond van de gemeente" in Message.objects.first().body


def test_a_municipality_without_an_ambassador_is_a_gap_the_coordinator_hears_of(
    weighing, initiative, trigger, coordinator
):
    assessment = weighing.open(initiative, triggers=[trigger])

    assert assessment.questions.current().get().due_on == date(2026, 6, 17)
    assert "heeft geen ambassadeur" in Notice.objects.get(user=coordinator).words


def test_no_outcome_while_the_municipality_can_still_answer(weighing, ready):
    with pytest.raises(MunicipalityCanAnswer):
        weighing.conclude(ready)


def test_no_outcome_on_the_last_day_of_the_term(weighing, ready):
    with pytest.raises(MunicipalityCanAnswer):
        weighing.conclude(ready, at=NOON + 7 * DAY)


def test_an_outcome_once_the_term_has_passed(weighing, ready):
    assert weighing.conclude(ready, at=NOON + 8 * DAY).outcome == "support"


def test_an_outcome_once_the_municipality_answered(weighing, ready, asked, ambassador):
    answer(asked, ambassador, answer="talk_first", words="Er loopt een bouwplan.")

    assert weighing.conclude(ready).outcome == "support"


def test_a_late_answer_is_taken_until_there_is_an_outcome(weighing, ready, asked, ambassador):
    assert answer(asked, ambassador, at=NOON + 9 * DAY).answer == "agree"


def test_there_is_no_answer_after_the_outcome(weighing, ready, asked, ambassador):
    weighing.conclude(ready, at=NOON + 8 * DAY)

    with pytest.raises(AssessmentClosed):
        answer(asked, ambassador, at=NOON + 9 * DAY)


def test_the_municipality_answers_once(asked, ambassador):
    answer(asked, ambassador)

    with pytest.raises(AlreadyAnswered):
        answer(asked, ambassador, answer="talk_first", words="Toch niet.")


def test_an_answer_by_phone_counts_the_same_and_names_who_spoke_and_who_wrote(
    weighing, ready, asked, coordinator, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: NOON + 3 * DAY)
    write_answer_of_municipality(
        question=asked, spoken_by="Am van de gemeente", answer="agree", by=coordinator, at=NOON + DAY
    )

    # Who wrote the municipality's word down does not decide on it while it still has time.
    with pytest.raises(OutcomeByAnother):
        weighing.conclude(ready, by=coordinator)
    another = UserFactory(roles=["regional_coordinator"])
    assert weighing.conclude(ready, by=another).outcome == "support"
    event = Event.objects.get(kind="assessment.municipality.answer_written")
    assert (event.by, "bij monde van Am van de gemeente" in events.label(event)) == (coordinator, True)
    assert said(event).strip() == "De gemeente Waterdorp antwoordt: Akkoord."


def test_the_guide_cannot_answer_for_the_municipality(asked, guide):
    with pytest.raises(NotAllowed):
        write_answer_of_municipality(question=asked, spoken_by="Ik", answer="agree", by=guide, at=NOON + DAY)


def test_a_written_answer_says_whose_it_is(asked, coordinator):
    with pytest.raises(SpeakerMissing):
        write_answer_of_municipality(question=asked, spoken_by=" ", answer="agree", by=coordinator, at=NOON + DAY)


@pytest.mark.parametrize("choice", ["conditions", "talk_first"])
def test_conditions_come_with_words(asked, ambassador, choice):
    with pytest.raises(WordsMissing):
        answer(asked, ambassador, answer=choice, words=" ")


def test_the_initiators_read_what_the_municipality_was_asked_and_answered(asked, ambassador, initiative):
    answer(asked, ambassador, answer="conditions", words="Laat het pad vrij.")

    words = [said(one) for one in for_initiators(Event.objects.about(initiative)).order_by("pk")]
    assert words[1:] == [
        "We vroegen ook de gemeente Waterdorp. Het gaat om: Een gebouw of grond van de gemeente.",
        "De gemeente Waterdorp antwoordt: Akkoord, met voorwaarden. Laat het pad vrij.",
    ]


def test_the_municipality_is_asked_later_when_only_then_a_trigger_shows(weighing, assessment, trigger, guide):
    question = ask_ambassador(assessment=assessment, triggers=[trigger], by=guide, at=NOON + DAY)

    assert question.due_on == date(2026, 6, 18)
    with pytest.raises(AlreadyAsked):
        ask_ambassador(assessment=assessment, triggers=[trigger], by=guide, at=NOON + DAY)


def test_without_a_trigger_there_is_nothing_to_ask(assessment, guide):
    with pytest.raises(NothingToAsk):
        ask_ambassador(assessment=assessment, triggers=[], by=guide, at=NOON)


@pytest.mark.parametrize(
    "who", ["coordinator", "guide", "panel_member", "resident", "administrator", "regional_coordinator"]
)
def test_only_an_ambassador_answers_for_a_municipality(request, asked, who):
    with pytest.raises(NotAllowed):
        answer(asked, request.getfixturevalue(who))


def test_the_ambassador_of_another_municipality_neither_answers_nor_sees_it(asked, other_municipality):
    neighbour = UserFactory(roles=["ambassador"], roles__municipality=other_municipality)

    assert not AmbassadorQuestion.objects.visible_to(neighbour).exists()
    with pytest.raises(NotAllowed):
        answer(asked, neighbour)


def test_an_ambassador_who_is_involved_steps_aside(asked, ambassador, initiative):
    InterestFactory(user=ambassador, initiative=initiative)

    assert not AmbassadorQuestion.objects.visible_to(ambassador).exists()
    with pytest.raises(NotAllowed):
        answer(asked, ambassador)


def test_an_ambassador_who_is_involved_is_not_asked_and_the_coordinator_hears_that_nobody_is(
    weighing, initiative, trigger, ambassador, coordinator
):
    InterestFactory(user=ambassador, initiative=initiative)

    assessment = weighing.open(initiative, triggers=[trigger])

    assert not Message.objects.filter(recipient=ambassador).exists()
    assert "heeft geen ambassadeur" in Notice.objects.get(user=coordinator).words
    assert progress_of(assessment, NOON).has_gap


def test_the_letter_does_not_blame_a_municipality_where_nobody_could_get_the_question(weighing, initiative, trigger):
    assessment = weighing.open(initiative, triggers=[trigger])

    line = municipality_line(told(with_outcome(assessment)))

    assert "heeft nog niemand voor zulke vragen" in line
    assert "op tijd" not in line


def test_an_ambassador_who_is_involved_could_not_get_the_question(asked, ambassador):
    InterestFactory(user=ambassador, initiative=asked.assessment.initiative)

    assert "heeft nog niemand voor zulke vragen" in municipality_line(told(with_outcome(asked.assessment)))


def test_a_municipality_with_an_ambassador_who_did_not_answer_is_said_to_be_late(asked):
    assert "gaf op tijd geen antwoord" in municipality_line(told(with_outcome(asked.assessment)))


def test_an_ambassador_who_came_while_it_could_be_answered_got_the_question(
    weighing, initiative, trigger, municipality, asked_late
):
    assert "gaf op tijd geen antwoord" in municipality_line(told(with_outcome(asked_late)))


@pytest.fixture
def asked_late(weighing, initiative, trigger, municipality):
    assessment = weighing.open(initiative, triggers=[trigger])
    RoleFactory(
        kind="ambassador", municipality=municipality, starts_on=timezone.localdate(NOON + DAY), confirmed_at=NOON + DAY
    )
    return assessment


def with_outcome(assessment):
    """Return the weighing as its letter is looked at before there is an outcome."""
    assessment.outcome = "support"
    return assessment


@pytest.fixture
def elsewhere(subregion):
    """Another municipality in the same sub-region, with its own ambassador."""
    town = MunicipalityFactory(name="Bergdorp", slug="bergdorp", subregion=subregion)
    UserFactory(name="Bert Berg", roles=["ambassador"], roles__municipality=town)
    return town


def move(initiative, municipality, by, at=NOON + 2 * DAY):
    place_initiative(initiative=initiative, municipality=municipality, neighbourhood=None, words="", by=by, at=at)


def asked_now(assessment):
    return Assessment.objects.get(pk=assessment.pk).questions.current().get()


def test_when_it_moves_while_it_is_weighed_the_municipality_where_it_is_now_is_asked(
    ready, asked, ambassador, elsewhere, guide
):
    move(ready.initiative, elsewhere, guide)

    now = asked_now(ready)
    assert (now.municipality, now.question, now.due_on) == (elsewhere, asked.question, date(2026, 6, 19))
    assert Message.objects.filter(kind="ambassador-question", to_email=elsewhere_email(elsewhere)).count() == 1
    assert Notice.objects.filter(user=ambassador, words__contains="vervalt").exists()
    assert list(AmbassadorQuestion.objects.waiting()) == [now]


def elsewhere_email(municipality):
    return User.objects.get(roles__kind="ambassador", roles__municipality=municipality).email


def test_a_place_in_the_same_municipality_asks_nothing_anew(ready, asked, guide):
    move(ready.initiative, ready.initiative.municipality, guide)

    assert asked_now(ready) == asked


def test_where_nothing_was_asked_a_move_asks_nothing(assessment, elsewhere, guide):
    move(assessment.initiative, elsewhere, guide)

    assert not AmbassadorQuestion.objects.exists()


def test_what_a_former_municipality_answered_counts_no_longer(ready, asked, ambassador, elsewhere, guide, weighing):
    answer(asked, ambassador)
    move(ready.initiative, elsewhere, guide)

    with pytest.raises(MunicipalityCanAnswer):
        weighing.conclude(ready, at=NOON + 3 * DAY)
    answer(asked_now(ready), User.objects.get(name="Bert Berg"), at=NOON + 3 * DAY)
    assert weighing.conclude(ready, at=NOON + 3 * DAY).concluded_at


def test_a_former_municipality_answers_no_more_and_what_its_ambassador_typed_stays(
    client, ready, asked, ambassador, elsewhere, guide, monkeypatch
):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 2 * DAY)
    client.force_login(ambassador)
    url = reverse("ambassador-question", args=[asked.pk])
    token = client.get(url).context["form"]["token"].value()
    move(ready.initiative, elsewhere, guide)

    with pytest.raises(QuestionEnded):
        answer(asked, ambassador, at=NOON + 2 * DAY)
    typed = {"token": token, "answer": "conditions", "words": "Laat het pad vrij."}
    sent = client.post(reverse("ambassador-answer", args=[asked.pk]), typed)
    assert sent.status_code == 403
    assert "Laat het pad vrij." in sent.content.decode()
    assert "ligt nu in een andere gemeente" in sent.content.decode()
    assert "andere gemeente" in client.get(url).content.decode()


def test_no_outcome_while_the_municipality_where_it_is_was_not_asked(ready, asked, ambassador, elsewhere, weighing):
    answer(asked, ambassador)
    Initiative.objects.filter(pk=ready.initiative.pk).update(municipality=elsewhere)

    with pytest.raises(MunicipalityNotAsked):
        weighing.conclude(ready)
    outcome = {"outcome": "support", "reason": "Ja.", "concluded_at": NOON + 2 * DAY, "advice_count": 3}
    with pytest.raises(DatabaseError, match="where it is was not asked"), transaction.atomic():
        Assessment.objects.filter(pk=ready.pk).update(**outcome, concluded_by=weighing.coordinator)


@pytest.mark.parametrize("change", [{"answer": "agree"}, {"ended_at": None}, {"reminded_at": NOON}])
def test_a_question_that_ended_stays_as_it_was(ready, asked, elsewhere, guide, change):
    move(ready.initiative, elsewhere, guide)

    with pytest.raises(DatabaseError), transaction.atomic():
        AmbassadorQuestion.objects.filter(pk=asked.pk).update(**change)


def test_what_was_typed_for_one_municipality_is_not_kept_as_the_word_of_another(
    client, ready, asked, coordinator, elsewhere, guide, monkeypatch
):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 2 * DAY)
    client.force_login(coordinator)
    url = reverse("weigh-write-answer", args=[ready.initiative.key])
    form = client.get(url).context["form"]
    sent = {"token": form["token"].value(), "question": form["question"].value()}
    move(ready.initiative, elsewhere, guide)

    answer = client.post(url, {**sent, "spoken_by": "Wethouder Wim", "answer": "agree", "words": "Prima."})

    assert answer.status_code == 422
    assert "Prima." in answer.content.decode()
    assert asked_now(ready).answer == ""


def test_a_former_ambassador_reads_nothing_of_what_happens_elsewhere(
    client, ready, asked, ambassador, elsewhere, guide, monkeypatch
):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 2 * DAY)
    Initiative.objects.filter(pk=ready.initiative.pk).update(idea="Geheim plan van nu.")
    client.force_login(ambassador)
    url = reverse("ambassador-question", args=[asked.pk])
    assert "Geheim plan" in client.get(url).content.decode()

    move(ready.initiative, elsewhere, guide)

    assert "Geheim plan" not in client.get(url).content.decode()


def test_who_weighed_it_as_a_resident_does_not_answer_for_the_municipality(ready, asked, weighing, municipality):
    member = ready.seats.first().member
    RoleFactory(user=member, kind="ambassador", municipality=municipality)

    with pytest.raises(NotAllowed):
        answer(asked, User.objects.get(pk=member.pk))


def test_who_weighed_it_and_left_the_panel_does_not_either_and_is_not_asked(ready, asked, municipality):
    member = ready.seats.first().member
    member.roles.all().update(ends_on=timezone.localdate(NOON) - DAY)
    RoleFactory(user=member, kind="ambassador", municipality=municipality)

    with pytest.raises(NotAllowed):
        answer(asked, User.objects.get(pk=member.pk))
    assert member not in ambassadors_of(municipality, ready.initiative, timezone.localdate(NOON))
