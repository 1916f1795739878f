"""Mail that could not arrive: having it sent again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import actions, events
from socialewifi.core.errors import DomainError, require
from socialewifi.core.models import Message
from socialewifi.people import rules
from socialewifi.people.models import User


class NotWaiting(DomainError):
    """Raised when a mail is sent again that was sent meanwhile, or is on its way already."""


@transaction.atomic
def send_again(*, mail: Message, by: User, at: datetime) -> None:
    """
    Have a mail tried anew that could not arrive, as when the mailbox works again.

    :raises NotWaiting: if it does not wait for anyone to do so
    """
    mail = Message.objects.select_for_update().get(pk=mail.pk)
    require(rules.can_administer(by))
    if mail.undeliverable_at is None or mail.sent_at is not None or mail.withdrawn_at is not None:
        raise NotWaiting(_("Deze mail is al opnieuw verstuurd."))
    actions.send_again(mail, at=at)
    events.record("people.mail.sent_again", on=mail, by=by, at=at)
