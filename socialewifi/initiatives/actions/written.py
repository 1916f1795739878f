"""Whoever something is written down for hears at once, in their own way, what it says and how to object (R10)."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from socialewifi.core import texts
from socialewifi.core.actions import NAMES, send_mail
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.redaction import name_for_mail
from socialewifi.initiatives.actions.inform import ask_to_call, mail_initiator, tell_initiator
from socialewifi.initiatives.models import Initiative, Initiator, Invitation
from socialewifi.initiatives.queries.people import workers_there
from socialewifi.people.models import Role, User

CODE = "written-for-you"


def tell_written_for(*, initiator: Initiator, words: StrOrPromise, by: User, at: datetime, **values: str) -> None:
    """Tell an initiator what someone at work wrote down in their name; a call is made by somebody else, if there is."""
    told = _in_their_language(words, {"title": initiator.initiative.title, **values})
    caller = _caller(initiator.initiative, by=by, at=at)
    tell_initiator(initiator=initiator, code=CODE, at=at, assignee=caller, written_by=by, writer=by.name, words=told)


def mail_written_for(*, initiator: Initiator, words: StrOrPromise, by: User, at: datetime) -> None:
    """
    Mail an initiator what someone at work did with their way in, however they like to be spoken to.

    The mailbox is the way in of whoever said that the idea is theirs (R14).
    """
    told = _in_their_language(words, {"title": initiator.initiative.title})
    mail_initiator(initiator=initiator, code=CODE, at=at, writer=by.name, words=told, access_code="")


def tell_all_written_for(*, initiative: Initiative, words: StrOrPromise, by: User, at: datetime, **values: str) -> None:
    """Tell every initiator what someone at work wrote down in the name of all of them."""
    for initiator in initiative.initiators.current().select_related("user"):
        tell_written_for(initiator=initiator, words=words, by=by, at=at, **values)


def tell_at_old_address(*, before: Initiator, words: StrOrPromise, by: User, at: datetime) -> None:
    """Tell it where they were reached until now, without anything that opens their page."""
    told = _in_their_language(words, {"title": before.initiative.title})
    if (before.preferred_channel == User.Channel.EMAIL and before.email) or (
        before.preferred_channel == User.Channel.LETTER and before.address
    ):
        tell_initiator(initiator=before, code=CODE, at=at, writer=by.name, words=told, link="", access_code="")
    elif before.phone:
        with translation.override("nl"):
            line = _("Bel het nummer dat tot nu toe bekend was: %(phone)s. %(words)s")
            said = line % {"phone": before.phone, "words": told}
        _call(before.initiative, name=before.name, said=said, by=by, at=at)


def tell_invited(*, invitation: Invitation, words: StrOrPromise, by: User, at: datetime) -> None:
    """Tell who was invited, and has no page here, what someone at work wrote down as their answer."""
    initiative = invitation.initiative
    told = _in_their_language(words, {"title": initiative.title})
    if invitation.email:
        send_mail(
            code=CODE,
            name=invitation.name,
            email=invitation.email,
            language=get_language() or "nl",
            at=at,
            about=initiative,
            title=initiative.title,
            page="",
            contact=None,
            writer=by.name,
            words=told,
            # They have no page here.
            link="",
            access_code="",
        )
    else:
        with translation.override("nl"):
            said = _("Bel %(phone)s. %(words)s Vraag of het klopt.") % {"phone": invitation.phone, "words": told}
        _call(initiative, name=invitation.name, said=said, by=by, at=at)


def _call(initiative: Initiative, *, name: str, said: str, by: User, at: datetime) -> None:
    ask_to_call(
        initiative=initiative,
        name=name,
        subject=texts.KINDS[CODE].label,
        words=said,
        at=at,
        assignee=_caller(initiative, by=by, at=at),
        written_by=by,
    )


def _in_their_language(words: StrOrPromise, values: dict[str, str]) -> str:
    """Return words that take the language in which they are read; whoever reads them may not know us."""
    shown = {key: name_for_mail(value) if key in NAMES else value for key, value in values.items()}
    return lazy(lambda: str(words) % shown, str)()


def _caller(initiative: Initiative, *, by: User, at: datetime) -> User | None:
    """Return who calls: the contact, but somebody else when it is they who wrote it; a coordinator first."""
    contact = initiative.contact_person
    if contact is not None and contact != by:
        return contact
    day = timezone.localdate(at)
    decides = Role.objects.current(day).filter(
        user=OuterRef("pk"), kind__in=(Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)
    )
    others = workers_there(initiative, day=day).exclude(pk=by.pk).annotate(decides=Exists(decides))
    return others.order_by("-decides", "name", "pk").first()
