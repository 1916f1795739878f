"""
Sending what was written, once.

A message is noted as tried before the mail server is called and as sent after it answered. Whoever is killed in
between leaves a message that is tried but not sent: it goes out again, under the same Message-ID, so that a mail
program shows it once. That is the only way a mail can be double; none is ever lost.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from socialewifi.core.models import Message
from socialewifi.core.texts import blocks


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
        as_email(message).send()
        message.note_sent(at=at)
    return True


def as_email(message: Message) -> EmailMultiAlternatives:
    """Return the mail as it leaves: plain words, and the same words as a simple page."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to_email],
        headers={"Message-ID": f"<message-{message.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    page = render_to_string("core/mail.html", {"message": message, "blocks": blocks(message.body)})
    email.attach_alternative(page, "text/html")
    return email


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
    waiting = Message.objects.waiting().filter(channel=Message.Channel.EMAIL, pk=message_id)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is None and waiting.exists():
        raise BeingSent
    return message
