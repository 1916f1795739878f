"""Writing down what was decided about an agreement."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.governance import rules
from socialewifi.governance.models import Agreed, Agreement, AgreementChange
from socialewifi.people.models import User


class CannotChange(DomainError):
    """Raised when an agreement cannot become this."""


@transaction.atomic
def change_agreement(*, agreement: Agreement, agreed: Agreed, reason: str, by: User, at: datetime) -> AgreementChange:
    """
    Write down what is agreed now, with the reason. What runs already keeps the term it was promised.

    :raises CannotChange: if nothing changes, the reason is missing or the value does not fit
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    require(rules.can_change_agreements(by))
    _check(agreement, agreed, reason=reason)
    old = agreement.agreed
    change = AgreementChange.objects.create(
        agreement=agreement,
        at=at,
        by=by,
        **{f"old_{name}": value for name, value in asdict(old).items()},
        **{f"new_{name}": value for name, value in asdict(agreed).items()},
        reason=reason.strip(),
    )
    for name, value in asdict(agreed).items():
        setattr(agreement, name, value)
    agreement.changed_at = at
    agreement.save(update_fields=[*asdict(agreed), "changed_at"])
    events.record(
        "governance.agreement.changed",
        on=agreement,
        by=by,
        at=at,
        name=agreement.name,
        old=asdict(old),
        new=asdict(agreed),
        reason=change.reason,
    )
    return change


def _check(agreement: Agreement, agreed: Agreed, *, reason: str) -> None:
    if agreement.retired_at is not None:
        raise CannotChange(_("Deze afspraak geldt niet meer."))
    if not reason.strip():
        raise CannotChange(_("Schrijf op wie dit besloot en waarom."), field="reason")
    if not agreed.owner.strip():
        raise CannotChange(_("Vul in wie hierover beslist."), field="owner")
    if (agreed.value is None) != (agreement.unit == Agreement.Unit.NONE):
        raise CannotChange(_("Vul een getal in."), field="value")
    number = agreement.number
    if agreed.value is not None and not number.least <= agreed.value <= number.most:
        bounds = {"least": number.least, "most": number.most}
        raise CannotChange(_("Dit getal is minstens %(least)s en hoogstens %(most)s.") % bounds, field="value")
    if agreed == agreement.agreed:
        raise CannotChange(_("Er verandert niets. Kies bijvoorbeeld een ander getal of een andere status."))
