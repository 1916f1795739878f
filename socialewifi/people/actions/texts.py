"""Changing the words of mails and letters."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import events, texts
from socialewifi.core.errors import DomainError, require
from socialewifi.core.models import Text
from socialewifi.people import rules
from socialewifi.people.models import User

# Without these a mail or letter that had them is of no use.
NEEDED = {"code", "link", "page"}


class UnusableText(DomainError):
    """Raised when a text asks for something that is not filled in, or lost what it is sent for."""


@transaction.atomic
def change_text(*, text: Text, subject: str, body: str, by: User, at: datetime) -> Text:
    """
    Give a mail or letter other words. From now on the region's file no longer overwrites them.

    :raises UnusableText: if the placeholders are not right
    """
    text = Text.objects.select_for_update().get(pk=text.pk)
    require(rules.can_administer(by))
    check(text=text, subject=subject, body=body)
    old = {"old_subject": text.subject, "old_body": text.body}
    text.subject, text.body, text.is_edited = subject, body, True
    text.save(update_fields=["subject", "body", "is_edited"])
    events.record("people.text.changed", on=text, by=by, at=at, code=text.code, language=text.language, **old)
    return text


def check(*, text: Text, subject: str, body: str) -> None:
    """
    Check new words.

    :raises UnusableText: if something in them is unknown, broken or missing, or what is needed is gone
    """
    lost = (NEEDED & set(texts.placeholders(text.body))) - set(texts.placeholders(body))
    if lost:
        names = ", ".join(f"{{{{ {name} }}}}" for name in sorted(lost))
        raise UnusableText(_("Dit moet erin blijven staan: %(names)s.") % {"names": names}, field="body")
    for field, why in texts.faults(text.code, subject=subject, body=body):
        raise UnusableText(why, field=field)
