"""What is written down about accounts and access. None of it is the initiators' to read; administrators do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import EventKind, Reader, day, label_of, register
from socialewifi.core.lazy import StrOrPromise
from socialewifi.people.models import AccessKey, Role

FIELDS = {
    "name": _("naam"),
    "email": _("e-mailadres"),
    "phone": _("telefoon"),
    "language": _("taal"),
    "working_days": _("werkdagen"),
    "organisation": _("organisatie"),
}
# How someone came in, as the library that signs people in calls it.
MEANS = {
    "code": _("code uit een e-mail"),
    "password": _("wachtwoord"),
    "mfa": _("tweede stap"),
    "socialaccount": _("account van de organisatie"),
    "key": _("link of brief"),
}


def _each(labels: Mapping[str, StrOrPromise], between: str) -> Reader:
    read = label_of(labels)
    return lambda codes: between.join(str(read(code)) for code in codes)


OF_KEY = {"what": label_of(AccessKey.Kind)}
OF_ROLE = {"role": Role.title_of}

register(
    {
        "people.key.issued": EventKind(
            _("%(what)s gemaakt, geldig tot en met %(until)s"), reads={**OF_KEY, "until": day}
        ),
        "people.key.used": EventKind(_("Binnengekomen met: %(what)s"), reads=OF_KEY),
        "people.key.revoked": EventKind(_("%(what)s ingetrokken"), reads=OF_KEY),
        "people.user.signed_in": EventKind(_("Ingelogd met: %(how)s"), reads={"how": _each(MEANS, " + ")}),
        "people.tie.made": EventKind(_("Account van een organisatie gekoppeld: %(organisation)s")),
        "people.session.ended": EventKind(_("Uitgelogd op een ander apparaat")),
        "people.user.added": EventKind(_("Toegevoegd als %(name)s")),
        "people.user.met": EventKind(_("Vroeg een code aan met het adres van een idee: %(name)s")),
        "people.user.renamed": EventKind(_("Heet nu %(name)s, eerst %(before)s")),
        "people.user.recognised": EventKind(_("Zei dat een idee van hem of haar is, bekend als %(name)s")),
        "people.user.changed": EventKind(_("Gegevens aangepast: %(what)s"), reads={"what": _each(FIELDS, ", ")}),
        "people.address.changed": EventKind(_("E-mailadres veranderd")),
        "people.user.invited": EventKind(_("Uitgenodigd per e-mail")),
        "people.user.closed": EventKind(_("Account gesloten: %(reason)s")),
        "people.user.reopened": EventKind(_("Account weer geopend")),
        "people.access.withdrawn": EventKind(
            _("Overal uitgelogd; links, codes, wachtwoord en tweede stap werken niet meer")
        ),
        "people.second_factor.removed": EventKind(_("Tweede stap weggehaald: %(reason)s")),
        "people.role.given": EventKind(_("Rol gekregen: %(role)s, vanaf %(start)s"), reads={**OF_ROLE, "start": day}),
        "people.role.confirmed": EventKind(_("Rol bevestigd: %(role)s"), reads=OF_ROLE),
        "people.role.refused": EventKind(_("Rol niet bevestigd: %(role)s"), reads=OF_ROLE),
        "people.role.doubted": EventKind(
            _("Rol wacht op bevestiging, want de toegang veranderde: %(role)s"), reads=OF_ROLE
        ),
        "people.role.ended": EventKind(_("Rol eindigt op %(end)s: %(role)s"), reads={**OF_ROLE, "end": day}),
        "people.reading.started": EventKind(_("Meelezen begonnen: %(reason)s")),
        "people.reading.ended": EventKind(_("Meelezen gestopt")),
        "people.mail.sent_again": EventKind(_("Mail die niet aankwam, opnieuw verstuurd")),
        "people.text.changed": EventKind(_("Tekst aangepast: %(code)s (%(language)s)")),
    }
)
