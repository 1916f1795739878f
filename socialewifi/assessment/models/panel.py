"""The residents' panel: who is asked, and their free advice (R2, R5, R8)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models.guards import (
    OF_ROW,
    OF_SEAT,
    PART,
    PARTIAL,
    after_it_opened,
    day_of,
    only_while_open,
)
from socialewifi.assessment.models.weighing import Assessment
from socialewifi.core.append_only import append_only, moments_are_now
from socialewifi.core.personal import Kept, said
from socialewifi.initiatives.models import Initiative, Initiator, Interest
from socialewifi.people.models import Role, User


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def taking_part(self) -> "PanelSeatQuerySet":
        """Keep the seats of members who are not involved (R5), but for those whose advice was objected to in time."""
        of_it = Q(initiative=OuterRef("assessment__initiative"))
        of_it |= Q(initiative__joined_into=OuterRef("assessment__initiative"))
        involved = Interest.objects.filter(of_it, user=OuterRef("member"))
        replaced = PanelSeat.objects.filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(involved), ~Exists(replaced), recused_at=None)

    def visible_to(self, user: User) -> "PanelSeatQuerySet":
        """Keep a panel member's own seats, never those of initiatives they are involved in or work on (R5, R8, R15)."""
        if not user.has_role(Role.Kind.PANEL_MEMBER):
            return self.none()
        # Advice of before stays theirs.
        given = PanelAdvice.objects.filter(seat=OuterRef("pk"))
        at_work = Initiative.objects.visible_to(user.in_full()).values("pk")
        own = self.taking_part().filter(member=user, assessment__initiative__joined_into=None)
        return own.filter(Exists(given) | ~Q(assessment__initiative__in=at_work))

    def waiting(self) -> "PanelSeatQuerySet":
        """Keep the seats whose member still has to give advice."""
        given = PanelAdvice.objects.filter(seat=OuterRef("pk"))
        # Said twice, so that the database begins with the few weighings that go on, not with all that was ever weighed.
        going_on = self.taking_part().filter(assessment__concluded_at=None, assessment__returned_at=None)
        return going_on.filter(~Exists(given), assessment__in=Assessment.objects.open())

    def advised(self) -> "PanelSeatQuerySet":
        """
        Keep the seats whose advice counts: not of who owns it or what rests in it by now, or whose mailbox is asked so.

        An invitation takes no advice away: else an initiator would, who likes it less.
        """
        of_it = Q(initiative=OuterRef("assessment__initiative"))
        of_it |= Q(initiative__joined_into=OuterRef("assessment__initiative"))
        theirs = Q(user=OuterRef("member")) | Q(user__account=OuterRef("member"))
        theirs |= Q(email=OuterRef("member__email"), user__email=None)
        owns = Initiator.objects.current().filter(of_it).filter(theirs)
        return self.taking_part().filter(~Exists(owns), advice__isnull=False)


class PanelSeat(models.Model):
    """A panel member asked to weigh one initiative."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="seats")
    member = models.ForeignKey(User, models.PROTECT, related_name="panel_seats")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recused_at = models.DateTimeField(null=True)
    # Who wrote down that its member, who has no e-mail, steps aside.
    recusal_written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The seat whose advice, written down by someone else, its member objected to in time: that no longer counts.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    reminded_at = models.DateTimeField(null=True)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "member"], condition=Q(replaces=None), name="assessment_seat_once_per_member"
            )
        ]
        triggers: ClassVar = [
            *append_only(once=["recused_at", "recusal_written_by"], free=["reminded_at"]),
            only_while_open(OF_ROW),
            after_it_opened("invited_at", OF_ROW),
            moments_are_now("invited_at", "recused_at"),
            pgtrigger.Trigger(
                name="who_advised_does_not_step_aside",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__recused_at__isnull=False, old__recused_at__isnull=True),
                func="""
                IF EXISTS (
                    SELECT 1 FROM assessment_paneladvice a WHERE a.seat_id = NEW.id
                    AND NOT EXISTS (SELECT 1 FROM assessment_adviceobjection o WHERE o.advice_id = a.id)
                ) THEN
                    RAISE EXCEPTION 'an advice that was given goes on counting (R8)';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="who_works_on_it_has_no_seat",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=f"""
                IF EXISTS (
                    {PART.format(assessment="NEW.assessment_id", member="NEW.member_id", day=day_of("NEW.invited_at"))}
                ) THEN
                    RAISE EXCEPTION 'who works on it does not weigh it (R15)';
                END IF;
                IF EXISTS (
                    {PARTIAL.format(assessment="NEW.assessment_id", person="NEW.member_id", at="NEW.invited_at")}
                ) THEN
                    RAISE EXCEPTION 'who is involved does not weigh it (R5)';
                END IF;
                IF NOT EXISTS (
                    SELECT 1 FROM people_role r WHERE r.user_id = NEW.member_id AND r.kind = 'panel_member'
                    AND r.confirmed_at IS NOT NULL AND r.starts_on <= {day_of("NEW.invited_at")}
                    AND (r.ends_on IS NULL OR r.ends_on >= {day_of("NEW.invited_at")})
                ) AND NEW.replaces_id IS NULL THEN
                    RAISE EXCEPTION 'only a member of the panel weighs it (R2)';
                END IF;
                IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM assessment_panelseat s
                    JOIN assessment_paneladvice a ON a.seat_id = s.id
                    JOIN assessment_adviceobjection o ON o.advice_id = a.id
                    WHERE s.id = NEW.replaces_id AND s.assessment_id = NEW.assessment_id AND s.member_id = NEW.member_id
                ) THEN
                    RAISE EXCEPTION 'a seat replaces only one whose member objected (R8)';
                END IF;
                RETURN NEW;
                """,  # noqa: S608
            ),
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
    personal: ClassVar = {
        "reason": said(Kept.IDEA),
    }

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
                    AND (s.recused_at IS NOT NULL OR EXISTS (
                        {PARTIAL.format(assessment="s.assessment_id", person="s.member_id", at="NEW.given_at")}
                    ))
                ) THEN
                    RAISE EXCEPTION 'who is involved gives no advice (R5)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM assessment_panelseat s WHERE s.id = NEW.seat_id AND EXISTS (
                        {PART.format(assessment="s.assessment_id", member="s.member_id", day=day_of("NEW.given_at"))}
                    )
                ) THEN
                    RAISE EXCEPTION 'who works on it gives no advice (R15)';
                END IF;
                IF EXISTS (
                    SELECT 1 FROM people_user u WHERE u.id = NEW.written_by_id AND u.account_id IS NOT NULL
                ) THEN
                    RAISE EXCEPTION 'who writes an advice down is not somebody by another name (R2)';
                END IF;
                RETURN NEW;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} · {self.seat}"


class AdviceObjection(models.Model):
    """What a member says of an advice that someone else wrote down for them: it is not theirs. Stands beside it."""

    advice = models.OneToOneField(PanelAdvice, models.PROTECT, related_name="objection")
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    # Who wrote the objection down, for a member who said it on the phone (R10).
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    personal: ClassVar = {
        "words": said(Kept.IDEA),
    }

    class Meta:
        triggers: ClassVar = [
            *append_only(),
            moments_are_now("at"),
            pgtrigger.Trigger(
                name="only_to_what_someone_else_wrote",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM assessment_paneladvice a WHERE a.id = NEW.advice_id AND a.written_by_id IS NULL
                ) THEN
                    RAISE EXCEPTION 'one does not object to one''s own words (R8)';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"bezwaar · {self.advice}"
