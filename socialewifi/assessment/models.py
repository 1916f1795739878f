"""Weighing an initiative: criteria, the residents' panel, the ambassador's answer and the route (000 §2.10 step 3)."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.initiatives.models import Initiative, RegionWord, SupportKind
from socialewifi.people.models import Organisation, User
from socialewifi.places.models import Municipality


class Criterion(RegionWord):
    """One of the criteria of 000 §3, or of the seven for the living environment of 000 §7.2."""

    class Group(models.TextChoices):
        BASE = "base", _("Voor elk initiatief")
        LIVING_ENVIRONMENT = "living_environment", _("Voor de leefomgeving")

    group = models.CharField(max_length=20, choices=Group, default=Group.BASE)
    # "No" here means that it falls outside Sociale WIFI.
    is_knock_out = models.BooleanField(default=False)


class Trigger(RegionWord):
    """A matter for which the municipality is asked in time (000 §2.11)."""


class Outcome(models.TextChoices):
    SUPPORT = "support", _("We gaan samen aan de slag")
    REDIRECT = "redirect", _("Het past beter ergens anders")
    DECLINE = "decline", _("Het past niet")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open(self) -> "AssessmentQuerySet":
        return self.filter(concluded_at=None, returned_at=None)

    def locked(self, pk: int) -> "Assessment":
        """Return the assessment with its row locked until the deed is done."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Assessment(models.Model):
    """One weighing of an initiative; it ends in an outcome, or goes back when something must be found out first."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="assessments")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_living_environment = models.BooleanField(default=False)
    # The numbers in force when it was opened, so that a later change does not move the goal.
    quorum = models.PositiveSmallIntegerField()
    panel_closes_at = models.DateTimeField()
    triggers = models.ManyToManyField(Trigger, blank=True)

    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    advice_count = models.PositiveSmallIntegerField(default=0)
    below_quorum_because = models.TextField(blank=True)
    # What the initiators read first, in plain words.
    reason = models.TextField(blank=True)
    # Where someone can go when the answer is no: every no names the next door.
    alternative = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(concluded_at=None, returned_at=None),
                name="assessment_one_open_per_initiative",
            ),
            models.CheckConstraint(
                name="assessment_outcome_is_whole",
                condition=Q(outcome="", concluded_at=None, concluded_by=None)
                | (
                    ~Q(outcome="")
                    & ~Q(reason="")
                    & Q(concluded_at__isnull=False, concluded_by__isnull=False, returned_at=None)
                ),
            ),
            # R2: the quorum, or the panel's deadline with at least one advice and the coordinator's reason.
            models.CheckConstraint(
                name="assessment_residents_weigh_everything",
                condition=Q(outcome="")
                | Q(advice_count__gte=F("quorum"))
                | (Q(advice_count__gte=1, concluded_at__gt=F("panel_closes_at")) & ~Q(below_quorum_because="")),
            ),
            models.CheckConstraint(
                name="assessment_no_names_the_next_door",
                condition=Q(outcome__in=["", "support"]) | ~Q(alternative=""),
            ),
            models.CheckConstraint(name="assessment_quorum_is_positive", condition=Q(quorum__gte=1)),
        ]
        triggers: ClassVar = [
            # R2 and R3 once more, against the rows themselves: what no action can forget.
            pgtrigger.Trigger(
                name="outcome_keeps_the_rules",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__outcome__gt=""),
                func="""
                IF TG_OP = 'UPDATE' AND OLD.outcome <> '' THEN
                    RAISE EXCEPTION 'a concluded assessment is never altered (R6)';
                END IF;
                IF NEW.advice_count <> (
                    SELECT count(*) FROM assessment_paneladvice a
                    JOIN assessment_panelseat s ON s.id = a.seat_id
                    WHERE s.assessment_id = NEW.id AND s.recused_at IS NULL
                ) THEN
                    RAISE EXCEPTION 'the count of advices is not true (R2)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_ambassadorquestion q
                    WHERE q.assessment_id = NEW.id AND q.answered_at IS NULL
                    AND q.due_on >= (NEW.concluded_at AT TIME ZONE 'Europe/Amsterdam')::date
                ) THEN
                    RAISE EXCEPTION 'the municipality can still answer (R3)';
                END IF;
                IF EXISTS (SELECT 1 FROM assessment_assessment_triggers t WHERE t.assessment_id = NEW.id)
                AND NOT EXISTS (SELECT 1 FROM assessment_ambassadorquestion q WHERE q.assessment_id = NEW.id) THEN
                    RAISE EXCEPTION 'the municipality was not asked (R3)';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"weging van {self.initiative}"

    @property
    def is_open(self) -> bool:
        return self.concluded_at is None and self.returned_at is None


class CriterionScore(models.Model):
    """What was found on one criterion, with a line why."""

    class Answer(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Deels")
        NO = "no", _("Nee")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT)
    answer = models.CharField(max_length=10, choices=Answer)
    why = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="assessment_criterion_scored_once"),
            models.CheckConstraint(name="assessment_score_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_answer_display()}"


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def taking_part(self) -> "PanelSeatQuerySet":
        return self.filter(recused_at=None)

    def waiting(self) -> "PanelSeatQuerySet":
        """Keep the seats whose member still has to give advice."""
        return self.filter(recused_at=None, advice=None, assessment__concluded_at=None, assessment__returned_at=None)


class PanelSeat(models.Model):
    """A panel member asked to weigh one initiative."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="seats")
    member = models.ForeignKey(User, models.PROTECT, related_name="panel_seats")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recused_at = models.DateTimeField(null=True)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "member"], name="assessment_seat_once_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.assessment}"


class PanelAdvice(models.Model):
    """A panel member's free advice (R8); never altered."""

    class Choice(models.TextChoices):
        DO = "do", _("Doen")
        DO_WITH_TIP = "do_with_tip", _("Doen, met een tip")
        DOUBT = "doubt", _("Ik twijfel")

    seat = models.OneToOneField(PanelSeat, models.PROTECT, related_name="advice")
    choice = models.CharField(max_length=12, choices=Choice)
    reason = models.TextField()
    given_at = models.DateTimeField()
    # Who wrote it down, for a member who gave it on the phone or on paper (R10).
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="assessment_advice_has_a_reason", condition=~Q(reason=""))]
        triggers: ClassVar = [
            pgtrigger.Protect(name="advice_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} · {self.seat}"


class AmbassadorQuestion(models.Model):
    """The one question to the municipality, and its one answer (R3)."""

    class Answer(models.TextChoices):
        AGREE = "agree", _("Akkoord")
        CONDITIONS = "conditions", _("Akkoord, met voorwaarden")
        TALK_FIRST = "talk_first", _("Eerst praten")

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="ambassador_question")
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assessment_ambassador_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"vraag aan {self.municipality}"

    def blocks_outcome(self, day: date) -> bool:
        """Tell whether the municipality can still answer on this day, so that no outcome may be set."""
        return self.answered_at is None and self.due_on >= day


class RoutePart(models.Model):
    """One part of the outcome, with the reason the initiators read."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("Hulp")
        GIFT = "gift", _("Geld")
        CONNECTOR = "connector", _("Krachtenbinder")
        PARTNER = "partner", _("Ander fonds of andere partner")
        MUNICIPALITY = "municipality", _("Contact met de gemeente")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=15, choices=Kind)
    support_kind = models.ForeignKey(SupportKind, models.PROTECT, null=True)
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    what = models.CharField(max_length=250, blank=True)
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="assessment_route_part_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="assessment_route_part_is_whole",
                condition=Q(kind="support", support_kind__isnull=False, partner=None, amount=None)
                | (Q(kind="gift", support_kind=None, partner=None, amount__gt=0) & ~Q(what=""))
                | Q(kind="partner", support_kind=None, partner__isnull=False, amount=None)
                | Q(kind__in=["connector", "municipality"], support_kind=None, partner=None, amount=None),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
