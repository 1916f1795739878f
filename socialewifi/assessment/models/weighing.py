"""The weighing itself: what is looked at, and the outcome with its parts."""

from datetime import date, datetime, timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models.guards import COUNTING, OF_ROW, PARTIAL, day_of, only_while_open
from socialewifi.core.append_only import NeverEmptied, append_only, moments_are_now, only_later
from socialewifi.core.personal import Kept, said
from socialewifi.initiatives.models import Initiative, RegionWord, Step, SupportKind
from socialewifi.people.models import Organisation, User

# One resident is no panel: whatever is agreed, an outcome takes the advice of at least this many (R2).
SMALLEST_QUORUM = 2


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


class WithoutOutcome(models.TextChoices):
    """How a weighing can end without an outcome."""

    FIND_OUT = "find_out", _("Terug naar verkennen")
    WITHDRAWN = "withdrawn", _("Gestopt door de initiatiefnemers")


# What ends a weighing; all else of it, such as the quorum and the panel's deadline, stays as it began.
SET_ONCE = (
    "outcome",
    "concluded_at",
    "concluded_by",
    "below_quorum_because",
    "reason",
    "alternative",
    "returned_at",
    "without_outcome",
    "returned_because",
)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open(self) -> "AssessmentQuerySet":
        """Keep what is being weighed now; an initiative that was withdrawn or joined is not."""
        return self.filter(
            concluded_at=None, returned_at=None, initiative__step=Step.ASSESSING, initiative__joined_into=None
        )

    def worked_on_by(self, user: User) -> "AssessmentQuerySet":
        """Keep the weighings of the initiatives that this person works on."""
        return self.filter(initiative__in=Initiative.objects.worked_on_by(user))

    def locked(self, pk: int) -> "Assessment":
        """Return the assessment with its row locked until the deed is done."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Assessment(models.Model):
    """
    One weighing of an initiative.

    It ends in an outcome, or without one: something must be found out first, or the initiators stop.
    """

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
    # When, how and why it ended without an outcome.
    returned_at = models.DateTimeField(null=True)
    without_outcome = models.CharField(max_length=10, choices=WithoutOutcome, blank=True, default="")
    returned_because = models.TextField(blank=True)
    personal: ClassVar = {
        "below_quorum_because": said(Kept.IDEA),
        "reason": said(Kept.IDEA),
        "alternative": said(Kept.IDEA),
        "returned_because": said(Kept.IDEA),
    }

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
            models.CheckConstraint(
                name="assessment_end_without_outcome_is_whole",
                condition=Q(without_outcome="", returned_at=None)
                | (~Q(without_outcome="") & Q(returned_at__isnull=False)),
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
            models.CheckConstraint(
                name="assessment_one_resident_is_no_panel", condition=Q(quorum__gte=SMALLEST_QUORUM)
            ),
            models.CheckConstraint(
                name="assessment_panel_has_time",
                condition=Q(panel_closes_at__gte=F("opened_at") + timedelta(days=1)),
            ),
            models.CheckConstraint(
                name="assessment_ends_after_it_opened",
                condition=(Q(concluded_at=None) | Q(concluded_at__gte=F("opened_at")))
                & (Q(returned_at=None) | Q(returned_at__gte=F("opened_at"))),
            ),
        ]
        triggers: ClassVar = [
            # R2 and R3 once more, against the rows themselves: what no action can forget.
            pgtrigger.Trigger(
                name="outcome_keeps_the_rules",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__outcome__gt=""),
                func=f"""
                IF NEW.advice_count <> (SELECT count(*) {COUNTING}) THEN
                    RAISE EXCEPTION 'the count of advices is not true (R2)';
                END IF;
                IF NEW.concluded_at < (
                    SELECT max(a.given_at) FROM assessment_paneladvice a
                    JOIN assessment_panelseat s ON s.id = a.seat_id WHERE s.assessment_id = NEW.id
                ) THEN
                    RAISE EXCEPTION 'the outcome is older than an advice (R2)';
                END IF;
                IF NEW.concluded_at < (
                    SELECT max(COALESCE(q.answered_at, q.asked_at)) FROM assessment_ambassadorquestion q
                    WHERE q.assessment_id = NEW.id
                ) THEN
                    RAISE EXCEPTION 'the outcome is older than the word of the municipality (R3)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_paneladvice a JOIN assessment_panelseat s ON s.id = a.seat_id
                    JOIN assessment_assessment e ON e.id = s.assessment_id
                    WHERE e.initiative_id = NEW.initiative_id AND s.member_id = NEW.concluded_by_id
                ) THEN
                    RAISE EXCEPTION 'who advised does not set the outcome (R15)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_ambassadorquestion q JOIN assessment_assessment e ON e.id = q.assessment_id
                    WHERE e.initiative_id = NEW.initiative_id
                    AND q.answered_by_id = NEW.concluded_by_id AND q.spoken_by = ''
                ) THEN
                    RAISE EXCEPTION 'who answered for the municipality does not set the outcome (R15)';
                END IF;
                IF (
                    SELECT count(*) FILTER (WHERE a.written_by_id = NEW.concluded_by_id) > 1
                        OR count(*) = count(*) FILTER (WHERE a.written_by_id = NEW.concluded_by_id)
                    {COUNTING}
                ) THEN
                    RAISE EXCEPTION 'who wrote down more than one advice, or the only one, sets no outcome (R2)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_adviceobjection o JOIN assessment_paneladvice a ON a.id = o.advice_id
                    JOIN assessment_panelseat s ON s.id = a.seat_id
                    WHERE s.assessment_id = NEW.id AND o.written_by_id = NEW.concluded_by_id
                ) THEN
                    RAISE EXCEPTION 'who wrote down an objection sets no outcome (R2)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_panelseat s
                    WHERE s.assessment_id = NEW.id AND s.recusal_written_by_id = NEW.concluded_by_id
                ) THEN
                    RAISE EXCEPTION 'who wrote down that a member steps aside sets no outcome (R2)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_ambassadorquestion q
                    WHERE q.assessment_id = NEW.id AND q.ended_at IS NULL
                    AND q.due_on >= {day_of("NEW.concluded_at")}
                    AND (q.answered_at IS NULL OR (q.answered_by_id = NEW.concluded_by_id AND q.spoken_by > ''))
                ) THEN
                    RAISE EXCEPTION 'the municipality, or who did not write down its word, can still answer (R3)';
                END IF;
                IF EXISTS (
                    {PARTIAL.format(assessment="NEW.id", person="NEW.concluded_by_id", at="NEW.concluded_at")}
                ) THEN
                    RAISE EXCEPTION 'who is involved does not set the outcome (R5)';
                END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM initiatives_initiative x LEFT JOIN places_municipality m ON m.id = x.municipality_id
                    JOIN people_role r ON r.user_id = NEW.concluded_by_id
                    WHERE x.id = NEW.initiative_id AND r.confirmed_at IS NOT NULL
                    AND r.starts_on <= {day_of("NEW.concluded_at")}
                    AND (r.ends_on IS NULL OR r.ends_on >= {day_of("NEW.concluded_at")})
                    AND (r.kind = 'regional_coordinator' OR (
                        r.kind = 'coordinator' AND (m.id IS NULL OR r.subregion_id = m.subregion_id)
                    ))
                ) THEN
                    RAISE EXCEPTION 'only a coordinator there sets the outcome (R2)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM initiatives_pause w WHERE w.initiative_id = NEW.initiative_id AND w.ended_at IS NULL
                ) THEN
                    RAISE EXCEPTION 'nothing is decided while it stands still (R2, R3)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_assessment_triggers t
                    JOIN assessment_assessment e ON e.id = t.assessment_id
                    WHERE e.initiative_id = NEW.initiative_id
                ) AND NOT EXISTS (
                    SELECT 1 FROM assessment_ambassadorquestion q
                    JOIN initiatives_initiative x ON x.id = NEW.initiative_id AND x.municipality_id = q.municipality_id
                    WHERE q.assessment_id = NEW.id AND q.ended_at IS NULL
                ) THEN
                    RAISE EXCEPTION 'the municipality where it is was not asked (R3)';
                END IF;
                RETURN NEW;
                """,  # noqa: S608
            ),
            pgtrigger.Protect(
                name="outcome_is_never_altered",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__outcome__gt=""),
            ),
            *append_only(
                once=SET_ONCE, free=["advice_count", "panel_closes_at"], besides=only_later("panel_closes_at")
            ),
            moments_are_now("opened_at", "concluded_at", "returned_at"),
        ]

    def __str__(self) -> str:
        return f"weging van {self.initiative}"

    @property
    def is_open(self) -> bool:
        """Tell whether it is being weighed now; an initiative that was withdrawn or joined is not."""
        return (
            self.concluded_at is None
            and self.returned_at is None
            and self.initiative.step == Step.ASSESSING
            and self.initiative.joined_into_id is None
        )

    def end_without_outcome(self, how: WithoutOutcome, *, because: str, at: datetime) -> None:
        """Close it; what was given until now stays as it is."""
        self.returned_at, self.without_outcome, self.returned_because = at, how, because
        self.save(update_fields=["returned_at", "without_outcome", "returned_because"])

    @property
    def panel_closes_on(self) -> date:
        """Return the last day for advice, as it is here."""
        return timezone.localdate(self.panel_closes_at)


class AskedBecause(Assessment.triggers.through):  # type: ignore[misc, name-defined]
    """Why the municipality is asked: never taken away, because it is what makes the question needed (R3)."""

    class Meta:
        proxy = True
        triggers: ClassVar = [*append_only(), only_while_open(OF_ROW)]


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
    personal: ClassVar = {
        "why": said(Kept.IDEA),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="assessment_criterion_scored_once"),
            models.CheckConstraint(name="assessment_score_says_why", condition=~Q(why="")),
        ]
        triggers: ClassVar = [only_while_open(OF_ROW), NeverEmptied()]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_answer_display()}"


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
    personal: ClassVar = {
        "what": said(Kept.IDEA),
        "reason": said(Kept.IDEA),
    }

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
        triggers: ClassVar = [*append_only(), only_while_open(OF_ROW)]

    def __str__(self) -> str:
        return self.get_kind_display()
