"""The residents' panel: who is asked, and their free advice (R2, R5, R8)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models.guards import INVOLVED, OF_ROW, OF_SEAT, after_it_opened, only_while_open
from socialewifi.assessment.models.weighing import Assessment
from socialewifi.core.append_only import append_only, moments_are_now
from socialewifi.initiatives.models import Interest
from socialewifi.people.models import Role, User


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def taking_part(self) -> "PanelSeatQuerySet":
        """Keep the seats of members who are not involved in the initiative (R5)."""
        involved = Interest.objects.filter(user=OuterRef("member"), initiative=OuterRef("assessment__initiative"))
        return self.filter(~Exists(involved), recused_at=None)

    def visible_to(self, user: User) -> "PanelSeatQuerySet":
        """Keep a panel member's own seats, never those of initiatives they are involved in (R5, R8)."""
        return self.seats_of(user.pk) if user.has_role(Role.Kind.PANEL_MEMBER) else self.none()

    def seats_of(self, member: int) -> "PanelSeatQuerySet":
        """Keep what ``visible_to`` keeps, for the panel member with this number."""
        return self.taking_part().filter(member=member, assessment__initiative__joined_into=None)

    def waiting(self) -> "PanelSeatQuerySet":
        """Keep the seats whose member still has to give advice."""
        given = PanelAdvice.objects.filter(seat=OuterRef("pk"))
        # Said twice, so that the database begins with the few weighings that go on, not with all that was ever weighed.
        going_on = self.taking_part().filter(assessment__concluded_at=None, assessment__returned_at=None)
        return going_on.filter(~Exists(given), assessment__in=Assessment.objects.open())

    def advised(self) -> "PanelSeatQuerySet":
        """Keep the seats whose advice counts."""
        return self.taking_part().filter(advice__isnull=False)


class PanelSeat(models.Model):
    """A panel member asked to weigh one initiative."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="seats")
    member = models.ForeignKey(User, models.PROTECT, related_name="panel_seats")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recused_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "member"], name="assessment_seat_once_per_member")
        ]
        triggers: ClassVar = [
            *append_only(once=["recused_at"], free=["reminded_at"]),
            only_while_open(OF_ROW),
            after_it_opened("invited_at", OF_ROW),
            moments_are_now("invited_at", "recused_at"),
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
            *append_only(),
            only_while_open(OF_SEAT),
            after_it_opened("given_at", OF_SEAT),
            moments_are_now("given_at"),
            pgtrigger.Trigger(
                name="who_is_involved_steps_aside",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=f"""
                IF EXISTS (
                    SELECT 1 FROM assessment_panelseat s WHERE s.id = NEW.seat_id
                    AND (s.recused_at IS NOT NULL OR EXISTS ({INVOLVED}))
                ) THEN
                    RAISE EXCEPTION 'who is involved gives no advice (R5)';
                END IF;
                RETURN NEW;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} · {self.seat}"
