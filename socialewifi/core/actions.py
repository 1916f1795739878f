"""Mail and letters, written in the transaction of the deed they tell of."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from socialewifi.core import texts
from socialewifi.core.models import Message
from socialewifi.core.queue import AT_ONCE, DELIVER, IN_TURN, defer
from socialewifi.core.redaction import name_for_mail
from socialewifi.core.texts import Secret

if TYPE_CHECKING:
    pass


# What someone typed as a name of themselves, of somebody or of their idea; the rest of a mail is ours, or a message.
NAMES = {"title", "other", "inviter", "asker", "sender", "writer", "member", "story", "initiator"}


@transaction.atomic
def send_mail(
    *,
    code: str,
    name: str,
    email: str,
    language: str,
    at: datetime,
    recipient_id: int | None = None,
    about: models.Model | None = None,
    **values: object,
) -> Message:
    """Write a mail that a worker sends once this transaction is committed."""
    message = _message(code, name, language, values)
    message.channel, message.to_email = Message.Channel.EMAIL, email
    _keep(message, at=at, recipient_id=recipient_id, about=about)
    _deliver(message)
    return message


@transaction.atomic
def send_written_mail(
    *,
    kind: str,
    subject: str,
    body: str,
    name: str,
    email: str,
    language: str,
    at: datetime,
    recipient_id: int | None = None,
    secrets: Sequence[str] = (),
) -> Message:
    """Write a mail whose words are there already, such as a code to sign in with; ``secrets`` are wiped once sent."""
    message = Message(kind=kind, to_name=name, language=language, subject=subject[:250], body=body)
    message.secrets = list(secrets)
    message.channel, message.to_email = Message.Channel.EMAIL, email
    _keep(message, at=at, recipient_id=recipient_id, about=None)
    _deliver(message)
    return message


@transaction.atomic
def write_letter(
    *,
    code: str,
    name: str,
    address: str,
    language: str,
    at: datetime,
    recipient_id: int | None = None,
    about: models.Model | None = None,
    **values: object,
) -> Message:
    """Write a letter that waits in the list of letters to print."""
    message = _message(code, name, language, values)
    message.channel, message.to_address = Message.Channel.LETTER, address
    _keep(message, at=at, recipient_id=recipient_id, about=about)
    return message


@transaction.atomic
def write_letter_again(
    *, letter: Message, name: str, address: str, new_secret: Callable[[], str], at: datetime
) -> Message:
    """
    Write the words of a letter anew for another address, with something else that opens in place of what was in it.

    Where nothing may be opened any more, and ``new_secret`` returns nothing, the paragraph about it is left out.
    """
    made = {old: new_secret() for old in letter.secrets}
    subject, body = letter.subject, letter.body if all(made.values()) else letter.body_to_tell
    for old, new in made.items():
        subject, body = subject.replace(old, new), body.replace(old, new)
    again = Message(channel=Message.Channel.LETTER, kind=letter.kind, to_name=name, to_address=address)
    again.language, again.subject, again.body = letter.language, subject, body
    again.secrets = [new for new in made.values() if new]
    again.subject_type, again.subject_id = letter.subject_type, letter.subject_id
    _keep(again, at=at, recipient_id=letter.recipient_id, about=None)
    return again


@transaction.atomic
def mail_letter(*, letter: Message, name: str, email: str, at: datetime) -> Message:
    """Mail the words of a letter to who is mailed from now on, without the paragraph about a code on paper."""
    mail = Message(channel=Message.Channel.EMAIL, kind=letter.kind, to_name=name, to_email=email)
    mail.language, mail.subject, mail.body = letter.language, letter.subject_to_tell, letter.body_to_tell
    mail.subject_type, mail.subject_id = letter.subject_type, letter.subject_id
    _keep(mail, at=at, recipient_id=letter.recipient_id, about=None)
    _deliver(mail)
    return mail


def send_again(mail: Message, *, at: datetime) -> None:
    """Have a mail tried anew that could not arrive; the caller holds its row."""
    mail.note_again(at=at)
    _deliver(mail)


def _deliver(mail: Message) -> None:
    """Have it sent; what opens something is waited for, and goes before what tells something."""
    defer(DELIVER, queue=AT_ONCE if mail.secrets else IN_TURN, message_id=mail.pk)


def _message(code: str, name: str, language: str, values: dict[str, object]) -> Message:
    names = {key: name_for_mail(value) for key, value in values.items() if key in NAMES and isinstance(value, str)}
    subject, body = texts.render(code, language=language, name=name_for_mail(name), **{**values, **names})
    secrets = [str(value) for value in values.values() if isinstance(value, Secret) and value.is_made]
    return Message(kind=code, to_name=name, language=language, subject=subject, body=body, secrets=secrets)


def _keep(message: Message, *, at: datetime, recipient_id: int | None, about: models.Model | None) -> None:
    message.recipient_id = recipient_id
    message.created_at = at
    if about is not None:
        message.subject_type, message.subject_id = about._meta.label_lower, about.pk
    message.save()
