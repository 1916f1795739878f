"""Telling an idea page by page: kept from the first sentence on, sent once (R7)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core.errors import DomainError
from socialewifi.core.redaction import without_a_trace
from socialewifi.governance.queries import number
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.strangers import may_mail_stranger
from socialewifi.initiatives.models import Channel, Doubt, Draft, Initiative
from socialewifi.initiatives.models.words import WEBSITE
from socialewifi.intake.actions.report import Where, report_initiative
from socialewifi.intake.queries.places import find_place
from socialewifi.people.models import User

# How long the code for who has no e-mail stays on the page, so that a lost connection does not lose it.
CODE_SHOWN_FOR = timedelta(hours=1)

# What is kept is Dutch, whatever language it was told in.
IDEA_OF = "Idee van %(name)s"
TELLS_IT_LATER = "Vertelt het liever zelf, aan de telefoon of aan tafel."


class AlreadySent(DomainError):
    """Raised when an answer arrives for an idea that was sent before."""


class ChangedMeanwhile(DomainError):
    """Raised when someone else changed an idea after its sender read it."""


class NotComplete(DomainError):
    """Raised when an idea is sent without a name or a way to reach its owner."""


@transaction.atomic
def begin_draft(*, token: uuid.UUID, page: str, answers: Mapping[str, Any], language: str, at: datetime) -> Draft:
    """
    Keep the first sentence of an idea.

    The same token is the same draft, however often it is sent; after it was reported, another sentence is a new idea.
    """
    draft = _locked(token, language=language, at=at)
    if draft.initiative is not None:
        if answers.get("idea") == draft.initiative.idea:
            return draft
        draft = Draft.objects.create(token=uuid.uuid4(), language=language, created_at=at)
    return _kept(draft, page, answers, language=language, at=at)


@transaction.atomic
def keep_answers(*, token: uuid.UUID, page: str, answers: Mapping[str, Any], language: str, at: datetime) -> Draft:
    """
    Keep the answers of one page, beside those of the other pages.

    A draft that was cleared away in the meantime begins again with them: what is typed is not lost.

    :raises AlreadySent: if the idea was reported before
    """
    draft = _locked(token, language=language, at=at)
    if draft.initiative_id is not None:
        raise AlreadySent(_("Je idee was al verstuurd."))
    return _kept(draft, page, answers, language=language, at=at)


@transaction.atomic
def send_draft(
    *, token: uuid.UUID, doubt: str = "", at: datetime, sender: User | None = None, seen: str = ""
) -> Initiative:
    """
    Report the idea that was told. Sending again gives the same initiative (R7).

    Who left no e-mail address gets a short code to open their own page with; it stands on the page for a while.
    ``sender`` is who is signed in: an idea with the address of their own account is theirs at once. ``seen`` names what
    they read before they sent it.

    :raises ChangedMeanwhile: if it says something else now
    :raises NotComplete: if something is missing without which nobody can be reached
    """
    # Nothing is joined here: beside a row that was waited for, joined rows are those of before the wait.
    draft = Draft.objects.select_for_update().get(pk=token)
    if draft.initiative is not None:
        return draft.initiative
    if seen and seen != draft.fingerprint:
        raise ChangedMeanwhile(_("Er is net iets veranderd in dit idee. Lees het nog een keer."))
    answers = Answers(draft.answers)
    if answers.missing_field():
        raise NotComplete(_("Er ontbreekt nog iets."), field=answers.missing_field())
    initiative = report_initiative(
        plan=answers.plan(),
        who=answers.who(),
        where=answers.where(),
        channel=Channel.objects.get(code=WEBSITE),
        draft=draft,
        doubt=doubt or suspicion(draft, at=at) or _too_much_mail(answers.text("email"), sender=sender),
        at=at,
        sender=sender,
    )
    if not answers.text("email"):
        owner = initiative.initiators.select_related("user").get().user
        code = entrance.new_code(user=owner, by=None, at=at)
        Draft.objects.filter(pk=token).update(answers={"code": code})
    return initiative


@transaction.atomic
def discard_draft(*, token: uuid.UUID) -> None:
    """
    Throw away what was told and not sent; nothing of it is left.

    :raises AlreadySent: if the idea was reported before: then its initiator can stop with it
    """
    draft = Draft.objects.select_for_update().filter(pk=token).first()
    if draft is None:
        return
    if draft.initiative_id is not None:
        raise AlreadySent(_("Je idee was al verstuurd."))
    draft.delete()


@transaction.atomic
def forget_code(*, token: uuid.UUID) -> None:
    """Take the code off the page, once it was written down."""
    Draft.objects.filter(pk=token, initiative__isnull=False).update(answers={})


def code_to_show(draft: Draft, *, at: datetime) -> str:
    """Return the code that still has to be written down; empty when there is none, or after a while."""
    is_fresh = draft.initiative_id is not None and at < draft.updated_at + CODE_SHOWN_FOR
    return str(draft.answers.get("code", "")) if is_fresh else ""


@transaction.atomic
def forget_codes(*, at: datetime) -> int:
    """Clear away the codes that nobody wrote down while they stood on the page; return how many."""
    shown_before = Draft.objects.filter(initiative__isnull=False, updated_at__lt=at - CODE_SHOWN_FOR)
    return shown_before.exclude(answers={}).update(answers={})


@transaction.atomic
def purge_drafts(*, at: datetime) -> int:
    """Clear away what was not sent within the agreed days; return how many drafts."""
    before = at - timedelta(days=number("draft-retention").value)
    cleared, _models = Draft.objects.filter(updated_at__lt=before).delete()
    return cleared


@dataclass(frozen=True)
class Answers:
    """What was told so far, and what it says about the plan, the place and the person."""

    told: Mapping[str, Any]

    def text(self, name: str) -> str:
        return str(self.told.get(name) or "")

    def missing_field(self) -> str:
        """Return the first field without which nobody can be reached; empty when all is there."""
        channel = self.text("preferred_channel")
        needed = {"phone": "phone", "email": "email"}.get(channel, "")
        checks = (
            ("name", self.text("name")),
            ("phone", self.text("phone") or self.text("email")),
            ("preferred_channel", channel and (not needed or self.text(needed))),
            ("address", channel != User.Channel.LETTER or self.text("address")),
        )
        return next((field for field, is_there in checks if not is_there), "")

    def title(self) -> str:
        """Return the name it was given, or one made from its first sentence."""
        return (
            self.text("title")
            or suggest_title(self.text("idea"))
            or IDEA_OF % {"name": without_a_trace(self.text("name"))[:100]}
        )

    def plan(self) -> dict[str, Any]:
        names = ("idea", "participants", "audience", "existing", "effect", "needs", "asked_before")
        amount = self.text("amount_asked")
        return {
            **{name: self.text(name) for name in names},
            "idea": self.text("idea") or TELLS_IT_LATER,
            "title": self.title(),
            "amount_asked": Decimal(amount) if amount else None,
        }

    def where(self) -> Where:
        found = find_place(municipality=self.text("municipality"), words=self.text("place"))
        return Where(found.municipality, found.neighbourhood, self.text("place"))

    def who(self) -> Who:
        names = ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language")
        return Who(**{name: self.text(name) for name in names if self.text(name)})


def suggest_title(idea: str) -> str:
    """Make a short name from the first sentence of an idea."""
    # Left out before it is cut: of half a number nobody sees any more that it is one.
    first = without_a_trace(idea.strip().split("\n", maxsplit=1)[0])
    for mark in (". ", "! ", "? "):
        first = first.split(mark, maxsplit=1)[0]
    first = first.strip().rstrip(".!?")
    if len(first) <= 60:
        return first
    return f"{first[:60].rsplit(' ', maxsplit=1)[0]}…"


def suspicion(draft: Draft, *, at: datetime) -> str:
    """Say why a machine may have told this; empty when there is no reason to think so. A person looks first."""
    words = " ".join(str(answer) for answer in draft.answers.values())
    if words.count("://") > 3:
        return Doubt.LINKS
    if at - draft.created_at < timedelta(seconds=8 * settings.HUMAN_SECONDS):
        return Doubt.FAST
    return ""


def _too_much_mail(email: str, *, sender: User | None) -> str:
    """Say why a person looks first at one more idea with an address that was mailed often enough today."""
    if sender is not None and sender.is_account and sender.email == email:
        return ""
    return Doubt.SAME_MAIL if email and not may_mail_stranger(email) else ""


def _locked(token: uuid.UUID, *, language: str, at: datetime) -> Draft:
    # Made or held in one statement: another tab may be throwing it away.
    new = Draft(token=token, language=language, created_at=at)
    Draft.objects.bulk_create([new], update_conflicts=True, unique_fields=["token"], update_fields=["language"])
    return Draft.objects.select_for_update().get(pk=token)


def _kept(draft: Draft, page: str, answers: Mapping[str, Any], *, language: str, at: datetime) -> Draft:
    pages = {*draft.answers.get("pages", []), page}
    told = {name: _storable(answer) for name, answer in answers.items()}
    draft.answers = {**draft.answers, **told, "pages": sorted(pages)}
    draft.language, draft.updated_at = language, at
    draft.save(update_fields=["answers", "language", "updated_at"])
    return draft


def _storable(answer: Any) -> Any:
    return str(answer) if isinstance(answer, Decimal) else answer
