"""Asking the municipality in time, and its answer (R3, 000 §2.11)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open
from socialewifi.assessment.actions.written import tell_municipality
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, Trigger
from socialewifi.core import events
from socialewifi.core.actions import send_mail
from socialewifi.core.dates import date_in_words
from socialewifi.core.errors import DomainError, require
from socialewifi.core.lazy import LazyStr
from socialewifi.core.notices import tell
from socialewifi.core.workdays import add_workdays
from socialewifi.governance.queries import number
from socialewifi.initiatives.actions.moved import drop_mails
from socialewifi.initiatives.models import Initiative
from socialewifi.people.models import User


class MunicipalityUnknown(DomainError):
    """Raised when the municipality has to be asked and nobody noted which one it is."""

    field = "triggers"


class NothingToAsk(DomainError):
    """Raised when the municipality would be asked without a trigger."""

    field = "triggers"


class AlreadyAsked(DomainError):
    """Raised when the municipality is asked a second time in one weighing."""


class AlreadyAnswered(DomainError):
    """Raised when a question is answered that was answered before."""


class QuestionEnded(DomainError):
    """Raised when a question is answered after the initiative moved to another municipality."""


class SpeakerMissing(DomainError):
    """Raised when an answer is written down without whose answer it is."""

    field = "spoken_by"


class WordsMissing(DomainError):
    """Raised when the municipality sets conditions, or wants to talk, without saying about what."""

    field = "words"


@transaction.atomic
def ask_ambassador(
    *, assessment: Assessment, triggers: Collection[Trigger], question: str = "", by: User, at: datetime
) -> AmbassadorQuestion:
    """
    Ask the municipality during the weighing, because only now it shows that it must be asked.

    :raises AlreadyAsked: if it was asked before
    """
    assessment = lock_open(assessment)
    require(rules.can_score(by, assessment.initiative))
    if queries.question_of(assessment) is not None:
        raise AlreadyAsked(_("De gemeente is al gevraagd."))
    return put_question(assessment, triggers=triggers, question=question, by=by, at=at)


def put_question(
    assessment: Assessment, *, triggers: Collection[Trigger], question: str, by: User, at: datetime
) -> AmbassadorQuestion:
    """
    Put the question to every ambassador of the municipality; without one it stands, and the coordinators hear of it.

    :raises NothingToAsk: without a trigger
    :raises MunicipalityUnknown: if the initiative has no municipality
    """
    initiative = assessment.initiative
    if not triggers:
        raise NothingToAsk(_("Kies waar het de gemeente raakt."))
    if initiative.municipality is None:
        raise MunicipalityUnknown(
            _("De gemeente moet dit weten, maar de gemeente is nog niet ingevuld. Vul eerst de plek in.")
        )
    assessment.triggers.set(triggers)
    because = ", ".join(trigger.name for trigger in triggers)
    asked = AmbassadorQuestion.objects.create(
        assessment=assessment,
        municipality=initiative.municipality,
        question=question,
        asked_at=at,
        asked_by=by,
        due_on=add_workdays(timezone.localdate(at), number("ambassador-term").value),
    )
    events.record(
        "assessment.municipality.asked",
        on=initiative,
        by=by,
        at=at,
        municipality=initiative.municipality.name,
        because=because,
    )
    _tell_ambassadors(asked, because=because, at=at)
    return asked


@transaction.atomic
def ask_where_it_is_now(*, initiative: Initiative, by: User, at: datetime) -> None:
    """
    Ask the municipality to which an initiative moved while it is weighed; the question to the former one ends (R3).

    Whoever places it has the initiative locked. Where nothing was asked, nothing is: no trigger needs it.
    """
    assessment = initiative.assessments.open().select_for_update(of=("self",)).first()
    former = None if assessment is None else queries.question_of(assessment)
    if assessment is None or former is None or former.municipality_id == initiative.municipality_id:
        return
    assessment.initiative = initiative
    former.ended_at = at
    former.save(update_fields=["ended_at"])
    municipality = former.municipality.name
    events.record("assessment.municipality.moved", on=initiative, by=by, at=at, municipality=municipality)
    _tell_former_ambassadors(former, at=at)
    put_question(assessment, triggers=assessment.triggers.all(), question=former.question, by=by, at=at)


@transaction.atomic
def answer_ambassador(
    *, question: AmbassadorQuestion, answer: str, words: str = "", by: User, at: datetime
) -> AmbassadorQuestion:
    """
    Answer for the municipality: once, also after the term as long as there is no outcome.

    :raises QuestionEnded: if the initiative is in another municipality now
    :raises AlreadyAnswered: if it was answered before
    :raises WordsMissing: if conditions, or the wish to talk, come without words
    """
    question = _lock(question)
    require(rules.can_answer(by, question))
    question = _answer(question, answer=answer, words=words, by=by, at=at)
    if answer != AmbassadorQuestion.Answer.AGREE:
        _tell_coordinators(
            question,
            _("De gemeente %(municipality)s antwoordt over ‘%(title)s’, met woorden. Lees wat zij vraagt."),
            at=at,
        )
    return question


@transaction.atomic
def write_answer_of_municipality(
    *, question: AmbassadorQuestion, spoken_by: str, answer: str, words: str = "", by: User, at: datetime
) -> AmbassadorQuestion:
    """
    Write down what the municipality answered by telephone, in a talk or on paper: it counts the same (R3, R10).

    Its ambassadors hear at once what was written down, by whom, and how to say that it is not so.

    :raises SpeakerMissing: if nobody is named whose answer it is
    :raises AlreadyAnswered: if it was answered before
    :raises WordsMissing: if conditions, or the wish to talk, come without words
    """
    question = _lock(question)
    require(rules.can_weigh(by, question.assessment.initiative))
    if not spoken_by.strip():
        raise SpeakerMissing(_("Schrijf op wie dit namens de gemeente zei."))
    question = _answer(question, answer=answer, words=words, by=by, at=at, spoken_by=spoken_by.strip())
    tell_municipality(question, by=by, at=at)
    return question


def _lock(question: AmbassadorQuestion) -> AmbassadorQuestion:
    assessment = lock_open(question.assessment)
    question = AmbassadorQuestion.objects.select_related("municipality", "answered_by").get(pk=question.pk)
    question.assessment = assessment
    return question


def _answer(
    question: AmbassadorQuestion, *, answer: str, words: str, by: User, at: datetime, spoken_by: str = ""
) -> AmbassadorQuestion:
    if question.ended_at is not None:
        raise QuestionEnded(_("Dit initiatief ligt nu in een andere gemeente. Een antwoord is niet meer nodig."))
    if question.answered_at is not None:
        raise AlreadyAnswered(_("%(name)s heeft deze vraag al beantwoord.") % {"name": question.answered_by_whom})
    if answer != AmbassadorQuestion.Answer.AGREE and not words.strip():
        raise WordsMissing(_("Schrijf erbij waar het om gaat."))
    question.answer, question.words = answer, words
    question.answered_at, question.answered_by, question.spoken_by = at, by, spoken_by
    question.save(update_fields=["answer", "words", "answered_at", "answered_by", "spoken_by"])
    events.record(
        "assessment.municipality.answer_written" if spoken_by else "assessment.municipality.answered",
        on=question.assessment.initiative,
        by=by,
        at=at,
        municipality=question.municipality.name,
        answer=answer,
        words=words,
        spoken_by=spoken_by,
    )
    return question


def _tell_ambassadors(asked: AmbassadorQuestion, *, because: str, at: datetime) -> None:
    initiative = asked.assessment.initiative
    ambassadors = queries.ambassadors_of(asked.municipality, initiative, timezone.localdate(at))
    for ambassador in ambassadors:
        if ambassador.email:
            send_mail(
                code="ambassador-question",
                name=ambassador.name,
                email=ambassador.email,
                language=ambassador.language,
                at=at,
                recipient_id=ambassador.pk,
                about=initiative,
                title=initiative.title,
                municipality=asked.municipality.name,
                asker=asked.asked_by.name,
                because=because,
                question=asked.question or because,
                due=asked.due_on,
                page=reverse("ambassador-question", args=[asked.pk]),
            )
    if not ambassadors:
        _tell_coordinators_of_the_gap(asked, at=at)


def tell_that_the_question_lapses(assessment: Assessment, *, at: datetime) -> None:
    """Tell the ambassadors that a weighing ended without an outcome before they answered; the next one asks again."""
    question = queries.question_of(assessment)
    if question is not None and question.answered_at is None:
        question.assessment = assessment
        words = _(
            "‘%(title)s’ wordt nu niet gewogen. Begint er een nieuwe weging, dan vragen we %(municipality)s weer."
        )
        _tell_all(question, words, at=at)


def _tell_former_ambassadors(former: AmbassadorQuestion, *, at: datetime) -> None:
    _tell_all(former, _("‘%(title)s’ ligt nu in een andere gemeente. De vraag aan %(municipality)s vervalt."), at=at)


def _tell_all(question: AmbassadorQuestion, words: LazyStr, *, at: datetime) -> None:
    initiative = question.assessment.initiative
    for ambassador in queries.ambassadors_of(question.municipality, initiative, timezone.localdate(at)):
        with translation.override(ambassador.language):
            told = str(words) % {"title": initiative.title_for_all, "municipality": question.municipality}
        # The question itself is over, also where it still waits to be mailed.
        drop_mails(initiative=initiative, email=ambassador.email or "", at=at)
        tell(ambassador, told, to=("ambassador-list",), at=at)


def _tell_coordinators_of_the_gap(asked: AmbassadorQuestion, *, at: datetime) -> None:
    words = _("De gemeente %(municipality)s heeft geen ambassadeur. Bel zelf over ‘%(title)s’, voor %(day)s.")
    _tell_coordinators(asked, words, at=at)


def _tell_coordinators(asked: AmbassadorQuestion, words: LazyStr, *, at: datetime) -> None:
    initiative = asked.assessment.initiative
    for coordinator in queries.coordinators_of(initiative, timezone.localdate(at)):
        with translation.override(coordinator.language):
            values = {"municipality": asked.municipality, "title": initiative.title}
            told = str(words) % {**values, "day": date_in_words(asked.due_on, "j F")}
        tell(coordinator, told, to=("weigh-detail", initiative.key), at=at)
