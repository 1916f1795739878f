"""Writing down what was decided about an agreement."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError
from socialewifi.governance import rules
from socialewifi.governance.models import Agreement, AgreementChange, Status
from socialewifi.people.models import User


class CannotChange(DomainError):
    """Raised when an agreement cannot become this."""


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, value: int | None, status: str, reason: str, by: User, at: datetime
) -> AgreementChange:
    """
    Give an agreement another value or status, with the reason. What runs already keeps the term it was promised.

    :raises CannotChange: if the user may not, nothing changes, the reason is missing or the value does not fit
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    _check(agreement, value=value, status=status, reason=reason, by=by)
    change = AgreementChange.objects.create(
        agreement=agreement,
        at=at,
        by=by,
        old_value=agreement.value,
        new_value=value,
        old_status=agreement.status,
        new_status=status,
        reason=reason.strip(),
    )
    agreement.value, agreement.status, agreement.changed_at = value, status, at
    agreement.save(update_fields=["value", "status", "changed_at"])
    events.record(
        "governance.agreement.changed",
        on=agreement,
        by=by,
        at=at,
        name=agreement.name,
        old=_words(change.old_value, change.old_status),
        new=_words(change.new_value, change.new_status),
        reason=change.reason,
    )
    return change


def _check(agreement: Agreement, *, value: int | None, status: str, reason: str, by: User) -> None:
    if not rules.can_change_agreements(by):
        raise CannotChange(_("Alleen een beheerder verandert een afspraak."))
    if agreement.retired_at is not None:
        raise CannotChange(_("Deze afspraak geldt niet meer."))
    if not reason.strip():
        raise CannotChange(_("Schrijf op wie dit besloot en waarom."), field="reason")
    if (value is None) != (agreement.unit == Agreement.Unit.NONE):
        raise CannotChange(_("Vul een getal in."), field="value")
    if (value, status) == (agreement.value, agreement.status):
        raise CannotChange(_("Er verandert niets. Kies een ander getal of een andere status."), field="value")


def _words(value: int | None, status: str) -> str:
    label = Status(status).label
    return f"{label}" if value is None else f"{value} ({label})"
