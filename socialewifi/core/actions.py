"""Mail and letters, written in the transaction of the deed they tell of."""

from datetime import datetime

from django.conf import settings
from django.db import models

from socialewifi.core import texts
from socialewifi.core.models import Message


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
    subject, body = texts.render(code, language=language, name=name, base_url=settings.BASE_URL, **values)
    return _write(Message.Channel.EMAIL, code, subject, body, name, language, at, recipient_id, about, to_email=email)


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
    subject, body = texts.render(code, language=language, name=name, base_url=settings.BASE_URL, **values)
    return _write(
        Message.Channel.LETTER, code, subject, body, name, language, at, recipient_id, about, to_address=address
    )


def _write(
    channel: str,
    code: str,
    subject: str,
    body: str,
    name: str,
    language: str,
    at: datetime,
    recipient_id: int | None,
    about: models.Model | None,
    to_email: str = "",
    to_address: str = "",
) -> Message:
    return Message.objects.create(
        channel=channel,
        kind=code,
        recipient_id=recipient_id,
        to_name=name,
        to_email=to_email,
        to_address=to_address,
        language=language,
        subject=subject[:250],
        body=body,
        subject_type=about._meta.label_lower if about else "",
        subject_id=about.pk if about else None,
        created_at=at,
    )
