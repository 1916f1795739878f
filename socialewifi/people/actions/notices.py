"""The mail with which the owner of an account hears what someone else did to their access. It opens nothing."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core.actions import send_written_mail
from socialewifi.core.dates import date_in_words
from socialewifi.core.lazy import LazyStr
from socialewifi.people.models import Role, User
from socialewifi.places.queries import the_region

ADDRESS_LEFT = _("Je account heeft nu een ander e-mailadres. Op dit adres krijg je er geen mail meer over.")
ADDRESS_NEW = _(
    "Dit e-mailadres hoort nu bij je account. Links, codes, je wachtwoord en je tweede stap werken niet meer."
)
WITHDRAWN = _("Je bent overal uitgelogd. Links, codes, je wachtwoord en je tweede stap werken niet meer.")
FACTOR_REMOVED = _("Je tweede stap om in te loggen is weggehaald. Je wachtwoord werkt ook niet meer.")
FACTOR_LOST = _(
    "Je tweede stap en je wachtwoord werken niet meer. "
    "Je krijgt ook een nieuwe uitnodiging: kies daarmee een wachtwoord en een tweede stap."
)
CLOSED = _("Je account is gesloten. Je kunt niet meer inloggen.")
REOPENED = _("Je account is weer open. Je kunt weer inloggen.")
ROLE_GIVEN = _("Je hebt een rol gekregen: %(role)s.")
ROLE_CONFIRMED = _("Je rol is bevestigd: %(role)s.")
ROLE_REFUSED = _("Je rol is niet bevestigd, en geldt dus niet: %(role)s.")
ROLE_ENDED = _("Je rol eindigt op %(end)s: %(role)s.")


def tell_owner(
    what: LazyStr,
    *,
    user: User,
    by: User | None,
    at: datetime,
    email: str | None = None,
    role: Role | None = None,
    waits: bool = False,
) -> None:
    """
    Mail someone what changed in their access, who did it and whom to call if that is wrong.

    ``waits`` adds that the roles of work need a second person again. Who has no address is not written to.
    """
    to = email or user.email
    if not to:
        return
    with translation.override(user.language):
        end = date_in_words(role.ends_on, "j F Y") if role and role.ends_on else ""
        context = {
            "name": user.name,
            "what": str(what) % ({"role": role.title, "end": end} if role else {}),
            "who": by.name if by else "",
            "day": date_in_words(timezone.localdate(at), "j F Y"),
            "waits": waits,
            "desk": the_region(),
        }
        subject = render_to_string("people/mail/access_subject.txt", context).strip()
        body = render_to_string("people/mail/access_message.txt", context).strip()
    send_written_mail(
        kind="people.access_changed",
        subject=subject,
        body=body,
        name=user.name,
        email=to,
        language=user.language,
        at=at,
        recipient_id=user.pk,
    )
