"""
Sending what was written, once.

A message is noted as tried before the mail server is called and as sent after it answered. Whoever is killed in
between leaves a message that is tried but not sent: it goes out again, under the same Message-ID, so that a mail
program shows it once. That is the only way a mail can be double; none is ever lost.
"""

import logging
import re
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import F
from django.template.loader import render_to_string

from socialewifi.core.models import Message
from socialewifi.core.signals import mail_undeliverable
from socialewifi.core.texts import blocks

logger = logging.getLogger(__name__)

# A server may be away for a long weekend, and the days after it.
LONGEST_TRY = timedelta(days=7)
FOR_GOOD = range(500, 600)
OF_US = re.compile(rb"5\.7\.|.*\brelay", re.IGNORECASE | re.DOTALL)
GIVEN_UP, FAULT = "week", "fault"
# A server may take its time for each word; the transaction that waits for it is not idle for nothing (ADR 22).
WAITS_FOR_THE_SERVER = "SET LOCAL idle_in_transaction_session_timeout = '10min'"


class BeingSent(Exception):
    """Raised when another worker holds this mail: as long as it is not noted as sent, that one may still fail."""


def deliver(*, message_id: int, at: datetime) -> bool:
    """
    Send this mail, unless it was sent; tell whether it was sent here.

    :raises BeingSent: if another worker is sending it now
    """
    if not _note_attempt(message_id):
        return False
    with transaction.atomic():
        message = _mine(message_id)
        if message is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_THE_SERVER)
        try:
            as_email(message).send()
        except (SMTPRecipientsRefused, SMTPDataError) as refused:
            code = refused_for_good(refused)
            if not code:
                raise
            _note_undeliverable(message, because=code, at=at)
            return False
        message.note_sent(at=at)
    return True


def give_up(*, message_id: int, at: datetime, at_once: bool = False) -> bool:
    """
    Note that a mail cannot arrive that was tried for a week; tell whether it was that long.

    With ``at_once`` it need not be: the fault is ours, and trying again does not help.
    """
    with transaction.atomic():
        message = Message.objects.waiting().select_for_update().filter(pk=message_id, undeliverable_at=None).first()
        if message is None or (not at_once and (message.again_at or message.created_at) > at - LONGEST_TRY):
            return False
        _note_undeliverable(message, because=FAULT if at_once else GIVEN_UP, at=at)
    return True


def refused_for_good(refused: SMTPRecipientsRefused | SMTPDataError) -> str:
    """
    Return the code with which a mail server refused this mail or its reader for good; empty if it may do later.

    That it carries no mail of ours (a policy, RFC 3463 x.7.x; "relay") says nothing of the reader.
    """
    answers = answers_of(refused)
    is_for_good = all(code in FOR_GOOD and not OF_US.match(words) for code, words in answers)
    return str(answers[0][0]) if answers and is_for_good else ""


def answers_of(refused: Exception) -> list[tuple[int, bytes]]:
    """Return code and words with which a mail server refused, for each reader; none if it did not answer."""
    if isinstance(refused, SMTPRecipientsRefused):
        return list(refused.recipients.values())
    return [(refused.smtp_code, _words(refused))] if isinstance(refused, SMTPResponseException) else []


def _words(refused: SMTPResponseException) -> bytes:
    return refused.smtp_error if isinstance(refused.smtp_error, bytes) else refused.smtp_error.encode()


def _note_undeliverable(message: Message, *, because: str, at: datetime) -> None:
    message.note_undeliverable(at=at, because=because)
    logger.warning("Mail cannot arrive: %s, %s", message.kind, because)
    mail_undeliverable.send(Message, message=message, at=at)


def as_email(message: Message) -> EmailMultiAlternatives:
    """Return the mail as it leaves: plain words, and the same words as a simple page."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to_email],
        headers={"Message-ID": f"<{_mark(message)}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    page = render_to_string("core/mail.html", {"message": message, "blocks": blocks(message.body)})
    email.attach_alternative(page, "text/html")
    return email


def _mark(message: Message) -> str:
    """Return what no other mail has, also of before a restore, which sets back the numbers of rows."""
    return f"message-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}"


def _note_attempt(message_id: int) -> bool:
    with transaction.atomic():
        message = _mine(message_id)
        if message is not None:
            message.attempts = F("attempts") + 1
            message.save(update_fields=["attempts"])
    return message is not None


def _mine(message_id: int) -> Message | None:
    """
    Return the message with its row locked; nothing when there is nothing to send any more.

    :raises BeingSent: if someone else has it
    """
    waiting = Message.objects.waiting().filter(channel=Message.Channel.EMAIL, pk=message_id, undeliverable_at=None)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is None and waiting.exists():
        raise BeingSent
    return message
