"""Moving along the road: what every step must leave behind, and the side exits (000 §2.10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.calls import call_again, close_calls
from socialewifi.initiatives.actions.deadlines import drop_deadlines, meet_deadline, shift_deadlines, start_deadline
from socialewifi.initiatives.actions.doubles import lock_with_its_join, settle_join
from socialewifi.initiatives.actions.inform import mention_to_contact, tell_initiators
from socialewifi.initiatives.actions.publishing import take_offline
from socialewifi.initiatives.actions.written import tell_all_written_for
from socialewifi.initiatives.models import Deadline, IllegalMove, Initiative, Pause, Step
from socialewifi.initiatives.signals import initiative_resumed, initiative_withdrawn
from socialewifi.people.models import Organisation, User


class NotPaused(DomainError):
    """Raised when an initiative is resumed that was not paused, or paused twice."""


class SignsMissing(DomainError):
    """Raised when an initiative would land without signs agreed beforehand (000 §5.1)."""


class AlreadyConfirmed(DomainError):
    """Raised when a partner confirms a handover a second time."""


@transaction.atomic
def begin_assessing(*, initiative: Initiative, at: datetime) -> Initiative:
    """Take the step from exploring to assessing; the assessment room calls this inside its own deed."""
    initiative = Initiative.objects.locked(initiative.pk)
    initiative.move_to(Step.ASSESSING, at=at)
    initiative.save(update_fields=["step", "step_since"])
    meet_deadline(initiative, Deadline.Kind.EXPLORATION, at=at)
    drop_deadlines(initiative, Deadline.Kind.CONTACT, at=at)
    start_deadline(initiative, Deadline.Kind.ASSESSMENT, at=at)
    return initiative


@transaction.atomic
def return_to_exploring(*, initiative: Initiative, at: datetime) -> Initiative:
    """Take the step back from assessing, to find something out; the assessment room calls this."""
    initiative = Initiative.objects.locked(initiative.pk)
    if initiative.step != Step.ASSESSING:
        raise IllegalMove(_("Dit initiatief wordt nu niet gewogen."))
    initiative.move_to(Step.EXPLORING, at=at)
    initiative.save(update_fields=["step", "step_since"])
    drop_deadlines(initiative, at=at)
    start_deadline(initiative, Deadline.Kind.EXPLORATION, at=at)
    return initiative


@transaction.atomic
def conclude_assessing(
    *, initiative: Initiative, to: Step, at: datetime, because: str = "", partner: Organisation | None = None
) -> Initiative:
    """Take the step that the outcome sets; only the assessment room calls this, after the rules R2 and R3."""
    initiative = Initiative.objects.locked(initiative.pk)
    if initiative.step != Step.ASSESSING:
        raise IllegalMove(_("Dit initiatief wordt nu niet gewogen."))
    initiative.move_to(to, at=at)
    initiative.weighed_at = at
    initiative.ended_because = because
    initiative.redirected_to = partner
    initiative.redirect_confirmed_at = None
    initiative.save(
        update_fields=["step", "step_since", "weighed_at", "ended_because", "redirected_to", "redirect_confirmed_at"]
    )
    meet_deadline(initiative, Deadline.Kind.ASSESSMENT, at=at)
    drop_deadlines(initiative, at=at)
    end_pause(initiative, at=at)
    return initiative


@transaction.atomic
def sustain_initiative(*, initiative: Initiative, by: User, at: datetime) -> Initiative:
    """Go from supporting to sustaining: the help is arranged, from now on there is a check-in every few months."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    initiative.move_to(Step.SUSTAINING, at=at)
    initiative.save(update_fields=["step", "step_since"])
    start_deadline(initiative, Deadline.Kind.CHECK_IN, at=at)
    events.record("initiatives.initiative.sustained", on=initiative, by=by, at=at)
    return initiative


@transaction.atomic
def take_new_question(*, initiative: Initiative, question: str, by: User, at: datetime) -> Initiative:
    """Go back from sustaining to supporting, because the initiators have a new question."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative) or rules.owns(by, initiative))
    if initiative.step != Step.SUSTAINING:
        raise IllegalMove(_("Er loopt al hulp, of het initiatief is nog niet zo ver."))
    initiative.move_to(Step.SUPPORTING, at=at)
    initiative.save(update_fields=["step", "step_since"])
    drop_deadlines(initiative, at=at)
    events.record("initiatives.initiative.supported_again", on=initiative, by=by, at=at, question=question)
    if not rules.owns(by, initiative):
        tell_all_written_for(
            initiative=initiative, words=_("Je hebt een nieuwe vraag: %(question)s"), by=by, at=at, question=question
        )
    return initiative


@transaction.atomic
def agree_landing_signs(*, initiative: Initiative, signs: str, by: User, at: datetime) -> Initiative:
    """Write down by which signs the initiative stands on its own, as agreed with the initiators."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_support(by, initiative))
    initiative.landing_signs, initiative.landing_signs_agreed_at = signs, at
    initiative.save(update_fields=["landing_signs", "landing_signs_agreed_at"])
    events.record("initiatives.landing.agreed", on=initiative, by=by, at=at, signs=signs)
    words = _("Dit spraken we af. Hieraan zien we dat je idee op eigen benen staat: %(signs)s")
    tell_all_written_for(initiative=initiative, words=words, by=by, at=at, signs=signs)
    return initiative


@transaction.atomic
def land_initiative(*, initiative: Initiative, by: User, at: datetime) -> Initiative:
    """
    Mark that the initiative stands on its own.

    :raises SignsMissing: if the signs were not agreed before
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    if not initiative.landing_signs:
        raise SignsMissing(_("Spreek eerst met de initiatiefnemers af waaraan je ziet dat het op eigen benen staat."))
    initiative.move_to(Step.LANDED, at=at)
    initiative.save(update_fields=["step", "step_since"])
    drop_deadlines(initiative, at=at)
    end_pause(initiative, at=at)
    events.record("initiatives.initiative.landed", on=initiative, by=by, at=at)
    return initiative


@transaction.atomic
def withdraw_initiative(*, initiative: Initiative, reason: str = "", by: User, at: datetime) -> Initiative:
    """Stop, as its initiators want, at any moment; the page and the stories go offline with it (R4)."""
    initiative, joining = lock_with_its_join(initiative)
    require(rules.can_withdraw(by, initiative))
    take_offline(initiative, by=by, at=at)
    initiative.move_to(Step.WITHDRAWN, at=at)
    initiative.ended_because = reason
    initiative.save(update_fields=["step", "step_since", "ended_because"])
    drop_deadlines(initiative, at=at)
    end_pause(initiative, at=at)
    initiative.handovers.running().update(dropped_at=at)
    initiative_withdrawn.send(sender=Initiative, initiative=initiative, at=at)
    events.record("initiatives.initiative.withdrawn", on=initiative, by=by, at=at, reason=reason)
    settle_join(joining, by=by, at=at)
    close_calls(initiative, at=at)
    tell_initiators(initiative=initiative, code="withdrawn", at=at, without=by)
    mention_to_contact(initiative=initiative, words=_("%(name)s stopt met ‘%(title)s’."), at=at, name=by.name)
    return initiative


@transaction.atomic
def reopen_initiative(*, initiative: Initiative, reason: str, by: User, at: datetime) -> Initiative:
    """
    Open a side exit again. It goes to exploring, with the contact it had; who reopens it becomes the contact if
    there was none.
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_reopen(by, initiative))
    if initiative.contact_person is None and not rules.can_work_on(by, initiative):
        initiative.step, initiative.step_since = Step.REPORTED, at
        start_deadline(initiative, Deadline.Kind.CONTACT, at=at)
    else:
        initiative.contact_person = initiative.contact_person or by
        initiative.move_to(Step.EXPLORING, at=at)
        start_deadline(initiative, Deadline.Kind.EXPLORATION, at=at)
    initiative.ended_because, initiative.redirected_to, initiative.redirect_confirmed_at = "", None, None
    initiative.save(
        update_fields=[
            "step",
            "step_since",
            "contact_person",
            "ended_because",
            "redirected_to",
            "redirect_confirmed_at",
        ]
    )
    events.record("initiatives.initiative.reopened", on=initiative, by=by, at=at, reason=reason)
    call_again(initiative, at=at)
    if not rules.owns(by, initiative):
        tell_all_written_for(
            initiative=initiative, words=_("Je idee is weer open: %(reason)s"), by=by, at=at, reason=reason
        )
    return initiative


@transaction.atomic
def confirm_redirect(*, initiative: Initiative, by: User, at: datetime) -> Initiative:
    """Note that the fund or partner confirmed the warm handover; until then page and contact stay."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    if initiative.step != Step.REDIRECTED or initiative.redirected_to is None:
        raise IllegalMove(_("Dit initiatief is niet doorverwezen."))
    if initiative.redirect_confirmed_at is not None:
        raise AlreadyConfirmed(_("De overname was al bevestigd."))
    initiative.redirect_confirmed_at = at
    initiative.save(update_fields=["redirect_confirmed_at"])
    events.record("initiatives.redirect.confirmed", on=initiative, by=by, at=at, partner=str(initiative.redirected_to))
    tell_initiators(initiative=initiative, code="redirect-confirmed", at=at, partner=str(initiative.redirected_to))
    return initiative


@transaction.atomic
def pause_initiative(*, initiative: Initiative, reason: str, by: User, at: datetime) -> Pause:
    """Stop the terms for a while, with the reason the initiators read."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_pause(by, initiative))
    if initiative.pauses.filter(ended_at=None).exists():
        raise NotPaused(_("Dit initiatief staat al stil."))
    pause = Pause.objects.create(initiative=initiative, started_at=at, started_by=by, reason=reason)
    events.record("initiatives.initiative.paused", on=initiative, by=by, at=at, reason=reason)
    return pause


@transaction.atomic
def resume_initiative(*, initiative: Initiative, by: User, at: datetime) -> None:
    """End the pause; the terms shift by the working days it took."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_pause(by, initiative))
    if not end_pause(initiative, at=at):
        raise NotPaused(_("Dit initiatief staat niet stil."))
    events.record("initiatives.initiative.resumed", on=initiative, by=by, at=at)


def end_pause(initiative: Initiative, *, at: datetime) -> bool:
    """End a running pause, if there is one, and shift the terms that still run."""
    pause = initiative.pauses.filter(ended_at=None).first()
    if pause is None:
        return False
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    shift_deadlines(initiative, pause, at=at)
    initiative_resumed.send(sender=None, initiative=initiative, pause=pause, at=at)
    return True
