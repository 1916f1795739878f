"""The question to the municipality (R3)."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models.guards import OF_ROW, PARTIAL, after_it_opened, day_of, only_while_open
from socialewifi.assessment.models.weighing import Assessment
from socialewifi.core.append_only import append_only, moments_are_now, only_later
from socialewifi.core.personal import Kept, names, said
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality


class AmbassadorQuestionQuerySet(models.QuerySet["AmbassadorQuestion"]):
    def visible_to(self, user: User) -> "AmbassadorQuestionQuerySet":
        """Keep what an ambassador's municipality was asked, but for what they are involved in or work on (R5, R15)."""
        if user.is_reading_along:
            return self.none()
        municipalities = {role.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)}
        involved = Interest.objects.filter(user=user, initiative=OuterRef("assessment__initiative"))
        asked = self.filter(
            ~Exists(involved), municipality__in=municipalities, assessment__initiative__joined_into=None
        )
        return asked.exclude(assessment__initiative__in=Initiative.objects.worked_on_by(user).values("pk"))

    def current(self) -> "AmbassadorQuestionQuerySet":
        """Keep the questions to the municipality where it is: not those that ended because it moved (R3)."""
        return self.filter(ended_at=None)

    def waiting(self) -> "AmbassadorQuestionQuerySet":
        """Keep the questions that can still be answered; late is possible until there is an outcome."""
        return self.current().filter(answered_at=None, assessment__in=Assessment.objects.open())


class AmbassadorQuestion(models.Model):
    """
    The question to the municipality where the initiative is, and its one answer (R3).

    A weighing has one at a time: when the initiative moves meanwhile, the question ends and another one is asked.
    """

    class Answer(models.TextChoices):
        AGREE = "agree", _("Akkoord")
        CONDITIONS = "conditions", _("Akkoord, met voorwaarden")
        TALK_FIRST = "talk_first", _("Eerst praten")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="questions")
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    # Who wrote it down, for an answer by telephone or on paper: whose it is stands in ``spoken_by`` then (R10).
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    spoken_by = models.CharField(max_length=150, blank=True, default="")
    reminded_at = models.DateTimeField(null=True)
    # When the initiative moved to another municipality, which is asked instead; an answer then counts no longer.
    ended_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        "question": said(Kept.IDEA),
        "words": said(Kept.IDEA),
        "spoken_by": names(Kept.IDEA),
    }

    objects = AmbassadorQuestionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(ended_at=None),
                name="assessment_one_municipality_asked_at_a_time",
            ),
            models.CheckConstraint(
                name="assessment_ambassador_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="assessment_ambassador_explains",
                condition=Q(answer__in=["", "agree"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="assessment_municipality_answers_after_it_is_asked",
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="answer_is_never_altered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.answer > '' AND to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at'"
                ),
            ),
            pgtrigger.Protect(
                name="ended_question_is_never_altered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            *append_only(
                once=["answer", "words", "answered_at", "answered_by", "spoken_by", "ended_at"],
                free=["reminded_at", "due_on"],
                besides=only_later("due_on"),
            ),
            only_while_open(OF_ROW),
            after_it_opened("asked_at", OF_ROW),
            moments_are_now("asked_at", "answered_at", "ended_at"),
            pgtrigger.Trigger(
                name="ends_only_where_it_moved",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__ended_at__isnull=False, old__ended_at__isnull=True),
                func="""
                IF EXISTS (
                    SELECT 1 FROM assessment_assessment a JOIN initiatives_initiative x ON x.id = a.initiative_id
                    WHERE a.id = NEW.assessment_id AND x.municipality_id = NEW.municipality_id
                ) THEN
                    RAISE EXCEPTION 'the municipality where it is keeps its term (R3)';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="who_is_involved_does_not_answer",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__answer__gt="", old__answer="", new__spoken_by=""),
                func=f"""
                IF EXISTS (
                    {PARTIAL.format(assessment="NEW.assessment_id", person="NEW.answered_by_id", at="NEW.answered_at")}
                ) THEN
                    RAISE EXCEPTION 'who is involved does not answer for the municipality (R5)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_paneladvice a JOIN assessment_panelseat s ON s.id = a.seat_id
                    JOIN assessment_assessment e ON e.id = s.assessment_id
                    JOIN assessment_assessment o ON o.initiative_id = e.initiative_id
                    WHERE o.id = NEW.assessment_id AND s.member_id = NEW.answered_by_id
                ) THEN
                    RAISE EXCEPTION 'who advised does not answer for the municipality (R15)';
                END IF;
                RETURN NEW;
                """,  # noqa: S608
            ),
            # R3: a term that ends on the day of the question, or before it, is no term.
            pgtrigger.Trigger(
                name="municipality_has_time",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=f"""
                IF NEW.due_on <= {day_of("NEW.asked_at")} THEN
                    RAISE EXCEPTION 'the municipality has no time to answer (R3)';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"vraag aan {self.municipality}"

    @property
    def answered_by_whom(self) -> str:
        """Whose answer it is, and who wrote it down when that was someone else."""
        if not self.spoken_by:
            return str(self.answered_by)
        return gettext("%(speaker)s, opgeschreven door %(writer)s") % {
            "speaker": self.spoken_by,
            "writer": self.answered_by,
        }

    @property
    def can_be_answered(self) -> bool:
        """Tell whether it still waits for an answer; late is possible until there is an outcome."""
        return self.ended_at is None and not self.answer and self.assessment.is_open

    def blocks_outcome(self, day: date) -> bool:
        """Tell whether the municipality can still answer on this day, so that no outcome may be set."""
        return self.answered_at is None and self.due_on >= day
