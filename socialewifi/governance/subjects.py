"""What the deeds of governance are about: one agreement."""

from django.urls import reverse

from socialewifi.core import events
from socialewifi.core.deeds import Subject
from socialewifi.core.models import Event
from socialewifi.governance import rules
from socialewifi.governance.models import Agreement
from socialewifi.people.models import User
from socialewifi.people.signed_in import only


def _agreement(_user: User, code: str) -> Agreement | None:
    return Agreement.objects.filter(code=code).first()


AGREEMENT = Subject(
    name="agreement",
    find=_agreement,
    title=lambda _user, agreement: agreement.name,
    home=lambda _user, code: reverse("agreement", args=[code]),
    prefix="agreement",
    latest=lambda _user, agreement: events.latest_of(Event.objects.about(agreement)),
    lock=lambda agreement: Agreement.objects.select_for_update().get(pk=agreement.pk),
    guard=only(rules.can_read_agreements),
)
