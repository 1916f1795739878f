"""
Mail to an address that someone typed, who may not know us: little, and without anything to press in a name (R14).

Whoever tells an idea, asks someone to join or changes their address makes the platform mail an address they choose.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from socialewifi.core import limits
from socialewifi.core.addresses import mailbox_of
from socialewifi.core.errors import DomainError

MAILS_PER_MAILBOX = 5
DAY = timedelta(days=1)


class MailedOften(DomainError):
    """Raised when an address would be mailed more often in a day than a stranger should be."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(_("Naar dit e-mailadres ging vandaag al veel mail. Probeer het morgen weer, of bel ons."))


def may_mail_stranger(email: str) -> bool:
    """Count one mail to this address that a visitor brings about; tell whether it may be sent."""
    return limits.take("mail-to-stranger", mailbox_of(email), most=MAILS_PER_MAILBOX, within=DAY)


def require_mailable(email: str) -> None:
    """
    Refuse what would mail a stranger too often.

    :raises MailedOften: if this address was mailed often enough today
    """
    if email and not may_mail_stranger(email):
        raise MailedOften
