"""Asking the initiators of two initiatives whether they want to go on as one, and what each of them says (R4)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core.append_only import NeverEmptied, append_only, ends_once, moments_are_now
from socialewifi.initiatives.models.initiative import Initiative
from socialewifi.initiatives.models.owners import Initiator
from socialewifi.people.models import User

WAITING = Q(accepted_at=None, refused_at=None, dropped_at=None)


class JoinProposalQuerySet(models.QuerySet["JoinProposal"]):
    def waiting(self) -> "JoinProposalQuerySet":
        """Keep what still waits for someone's yes or no."""
        return self.filter(WAITING)

    def about(self, initiative: Initiative) -> "JoinProposalQuerySet":
        """Keep what was asked about this initiative, whichever of the two would rest."""
        return self.filter(Q(initiative=initiative) | Q(into=initiative))

    def in_force(self) -> "JoinProposalQuerySet":
        """Keep what everyone said yes to, and nobody took back."""
        return self.filter(accepted_at__isnull=False, undone_at=None)


class JoinProposal(models.Model):
    """The question whether ``initiative`` goes on in ``into``: only with the yes of everyone who owns one of them."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="join_proposals")
    into = models.ForeignKey(Initiative, models.CASCADE, related_name="joins_asked")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    # When the last of them said yes: from then on the ones read what happens with the other.
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = JoinProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative"], condition=WAITING, name="initiatives_join_asked_once"),
            models.UniqueConstraint(fields=["into"], condition=WAITING, name="initiatives_join_asked_once_of_other"),
            models.CheckConstraint(name="initiatives_join_of_two", condition=~Q(into=F("initiative"))),
            models.CheckConstraint(
                name="initiatives_join_ends_once",
                condition=ends_once("accepted_at", "refused_at", "dropped_at"),
            ),
            models.CheckConstraint(
                name="initiatives_join_undone_once_joined", condition=Q(undone_at=None) | Q(accepted_at__isnull=False)
            ),
        ]
        triggers: ClassVar = [
            *append_only(once=["accepted_at", "refused_at", "dropped_at", "undone_at"]),
            moments_are_now("asked_at", "accepted_at", "refused_at", "dropped_at", "undone_at"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.into}"

    @property
    def is_waiting(self) -> bool:
        return self.accepted_at is None and self.refused_at is None and self.dropped_at is None

    def other_than(self, initiative: Initiative) -> Initiative:
        """Return the one of the two that this initiative would go on with."""
        return self.into if initiative.pk == self.initiative_id else self.initiative


class JoinAnswerQuerySet(models.QuerySet["JoinAnswer"]):
    def waiting(self) -> "JoinAnswerQuerySet":
        """Keep the answers to questions that still wait for someone else's."""
        return self.filter(proposal__in=JoinProposal.objects.waiting())


class JoinAnswer(models.Model):
    """What one initiator said, which they may change as long as the question waits."""

    proposal = models.ForeignKey(JoinProposal, models.CASCADE, related_name="answers")
    initiator = models.ForeignKey(Initiator, models.CASCADE, related_name="join_answers")
    agrees = models.BooleanField()
    at = models.DateTimeField()
    through = models.CharField(_("Hoe"), max_length=10, choices=User.Channel)
    # Who wrote it down, when the initiator said it on the phone or on paper (R10).
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = JoinAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "initiator"], name="initiatives_join_answer_once")
        ]
        triggers: ClassVar = [
            NeverEmptied(),
            moments_are_now("at"),
            pgtrigger.Trigger(
                name="only_while_it_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF EXISTS (
                    SELECT 1 FROM initiatives_joinproposal p WHERE p.id IN (NEW.proposal_id, OLD.proposal_id)
                    AND num_nonnulls(p.accepted_at, p.refused_at, p.dropped_at) > 0
                ) THEN
                    RAISE EXCEPTION 'this question was answered before (R4)'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiator} · {self.agrees}"
