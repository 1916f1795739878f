"""Telling the initiators something, each in the way they prefer (R10)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from socialewifi.core import texts
from socialewifi.core.actions import send_mail, write_letter
from socialewifi.core.lazy import LazyStr
from socialewifi.core.models import Message, Notice
from socialewifi.core.notices import Page, tell
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.models import Initiative, Initiator, Task
from socialewifi.people.models import User

# To a mailbox that may be anyone's.
MAILS_A_DAY = 10
# On the phone nobody opens a page: a paragraph that asks for one of these is not said.
NOT_SAID: Mapping[str, str] = {"page": "", "base_url": "", "link": "", "access_code": ""}


def tell_initiators(
    *,
    initiative: Initiative,
    code: str,
    at: datetime,
    without: User | None = None,
    asks: Mapping[str, object] | None = None,
    **values: object,
) -> None:
    """Tell every current initiator, except the one who did it themselves, what the region's text ``code`` says."""
    for initiator in initiative.initiators.current().select_related("user"):
        if without is None or initiator.user_id not in without.identities:
            tell_initiator(initiator=initiator, code=code, at=at, assignee=None, written_by=None, asks=asks, **values)


def tell_initiator(
    *,
    initiator: Initiator,
    code: str,
    at: datetime,
    assignee: User | None = None,
    written_by: User | None = None,
    asks: Mapping[str, object] | None = None,
    **values: object,
) -> None:
    """
    Mail it, write a letter, or put it on the call list, of ``assignee`` if one is given, with the words to say.

    ``asks`` is what a call asks, if it asks something (``ask_to_call``).
    """
    if initiator.preferred_channel == User.Channel.EMAIL and initiator.email:
        if _is_mailed_often(initiator, at=at):
            _mention_it(initiator=initiator, code=code, at=at, **values)
        else:
            mail_initiator(initiator=initiator, code=code, at=at, **values)
    elif initiator.preferred_channel == User.Channel.LETTER and initiator.address:
        write_to_initiator(initiator=initiator, code=code, at=at, **values)
    else:
        known = {**_known(initiator), **values, **NOT_SAID}
        subject, body = texts.render(code, language=initiator.language, name=initiator.name, **known)
        ask_to_call(
            initiative=initiator.initiative,
            initiator=initiator,
            name=initiator.name,
            subject=subject,
            words=body,
            at=at,
            assignee=assignee,
            written_by=written_by,
            asks=asks,
        )


def _is_mailed_often(initiator: Initiator, *, at: datetime) -> bool:
    """Tell whether a mailbox whose owner did not say that it is theirs got enough mail about this idea for a day."""
    account = initiator.user.account
    if account is not None and account.email == initiator.email:
        return False
    mails = Message.objects.filter(channel=Message.Channel.EMAIL, to_email=initiator.email)
    return mails.filter(recipient=initiator.user_id, created_at__gt=at - timedelta(days=1)).count() >= MAILS_A_DAY


def _mention_it(*, initiator: Initiator, code: str, at: datetime, **values: object) -> None:
    """Put it in the digest: someone stopping and going on all day fills nobody's mailbox."""
    known = {**_known(initiator), **values}
    subject, _body = texts.render(code, language=initiator.language, name=initiator.name, **known)
    tell(initiator.user, subject, to=("mine-initiative", initiator.initiative.key), at=at)


def words_to_read(*, initiative: Initiative, code: str, **values: object) -> str:
    """Return what the first initiator would read; nothing is sent."""
    initiator = initiative.initiators.current().select_related("user").earliest("joined_at", "pk")
    known = {**_known(initiator), **values}
    _subject, body = texts.render(code, language=initiator.language, name=initiator.name, **known)
    return body


def mail_initiator(*, initiator: Initiator, code: str, at: datetime, **values: object) -> Message:
    """Mail it, with a link that opens their own page."""
    return send_mail(
        code=code,
        name=initiator.name,
        email=initiator.email,
        language=initiator.language,
        at=at,
        recipient_id=initiator.user_id,
        about=initiator.initiative,
        **{**_known(initiator), "link": entrance.link(initiator, at=at), **values},
    )


def write_to_initiator(*, initiator: Initiator, code: str, at: datetime, **values: object) -> Message:
    """Write a letter about it, with the short code that opens the page of this one idea."""
    return write_letter(
        code=code,
        name=initiator.name,
        address=initiator.address,
        language=initiator.language,
        at=at,
        recipient_id=initiator.user_id,
        about=initiator.initiative,
        **{**_known(initiator), "access_code": entrance.code(initiator, at=at), **values},
    )


def _known(initiator: Initiator) -> dict[str, object]:
    """Return what every text to an initiator may use; a link only exists in a mail, a code only in a letter."""
    initiative = initiator.initiative
    return {
        "title": initiative.title,
        "contact": initiative.contact_person,
        "page": reverse("mine-initiative", args=[initiative.key]),
        "link": "",
        "access_code": "",
    }


def ask_to_call(
    *,
    initiative: Initiative,
    name: str,
    subject: str,
    words: str,
    at: datetime,
    initiator: Initiator | None = None,
    assignee: User | None = None,
    written_by: User | None = None,
    asks: Mapping[str, object] | None = None,
) -> Task:
    """
    Put a call on the list of the contact, or of ``assignee``, with the words to say.

    ``asks`` names what it asks in the fields of ``Task``: an invitation, a joining, a consent, or of which person. The
    call ends with it. What ``written_by`` wrote in someone's name, somebody else asks about.
    """
    with translation.override("nl"):
        what = _("Bel %(name)s: %(subject)s") % {"name": name, "subject": subject}
    return Task.objects.create(
        initiative=initiative,
        kind=Task.Kind.CALL,
        what=what[:250],
        words=words,
        to_call=initiator,
        assignee=assignee or _contact_who_may(initiative, written_by=written_by, asks=asks or {}),
        written_by=written_by,
        due_on=add_workdays(timezone.localdate(at), 1),
        created_at=at,
        **(asks or {}),
    )


def _contact_who_may(initiative: Initiative, *, written_by: User | None, asks: Mapping[str, object]) -> User | None:
    """Return the contact, unless it is another's to ask: what they wrote themselves, or what a panel member meant."""
    contact = initiative.contact_person
    return None if contact == written_by or "person_to_call" in asks else contact


def mention_to_initiators(
    *,
    initiative: Initiative,
    words: LazyStr,
    to: Page,
    at: datetime,
    without: User | None = None,
    asks: Mapping[str, object] | None = None,
    **values: str,
) -> None:
    """Put a line in the daily digest of every other initiator, in their language; who has no e-mail is called (R12)."""
    for initiator in initiative.initiators.current().select_related("user__account"):
        if without is not None and initiator.user_id in without.identities:
            continue
        by_mail = initiator.preferred_channel == User.Channel.EMAIL and initiator.email
        with translation.override(initiator.language if by_mail else "nl"):
            line = str(words) % {"title": initiative.title, **values}
        if by_mail:
            tell(initiator.user.account or initiator.user, line, to=to, at=at)
        else:
            ask_to_call(
                initiative=initiative,
                initiator=initiator,
                name=initiator.name,
                subject=initiative.title,
                words=line,
                at=at,
                asks=asks,
            )


def mention_to_contact(*, initiative: Initiative, words: LazyStr, at: datetime, **values: str) -> None:
    """Put a line in the daily digest of the contact person, if there is one."""
    contact = initiative.contact_person
    if contact is not None:
        with translation.override("nl"):
            line = str(words) % {"title": initiative.title, **values}
        tell_colleague(user=contact, initiative=initiative, words=line, at=at)


def tell_colleague(*, user: User, initiative: Initiative, words: str, at: datetime) -> Notice:
    """Put a line in a colleague's next digest (R12), with the way to the initiative."""
    return tell(user, words, to=("work-initiative", initiative.key), at=at)
