"""What is written down about accounts and access. None of it is the initiators' to read; administrators do."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import EventKind, register

register(
    {
        "people.key.issued": EventKind(_("%(what)s gemaakt, geldig tot en met %(until)s")),
        "people.key.used": EventKind(_("Binnengekomen met: %(what)s")),
        "people.key.revoked": EventKind(_("%(what)s ingetrokken")),
        "people.user.signed_in": EventKind(_("Ingelogd met: %(how)s")),
        "people.tie.made": EventKind(_("Account van een organisatie gekoppeld: %(organisation)s")),
        "people.session.ended": EventKind(_("Uitgelogd op een ander apparaat")),
        "people.user.added": EventKind(_("Toegevoegd als %(name)s")),
        "people.user.met": EventKind(_("Vroeg een code aan met het adres van een idee: %(name)s")),
        "people.user.renamed": EventKind(_("Heet nu %(name)s, eerst %(before)s")),
        "people.user.recognised": EventKind(_("Zei dat een idee van hem of haar is, bekend als %(name)s")),
        "people.user.changed": EventKind(_("Gegevens aangepast: %(what)s")),
        "people.address.changed": EventKind(_("E-mailadres veranderd")),
        "people.user.invited": EventKind(_("Uitgenodigd per e-mail")),
        "people.user.closed": EventKind(_("Account gesloten: %(reason)s")),
        "people.user.reopened": EventKind(_("Account weer geopend")),
        "people.access.withdrawn": EventKind(
            _("Overal uitgelogd; links, codes, wachtwoord en tweede stap werken niet meer")
        ),
        "people.second_factor.removed": EventKind(_("Tweede stap weggehaald: %(reason)s")),
        "people.role.given": EventKind(_("Rol gekregen: %(role)s, vanaf %(start)s")),
        "people.role.confirmed": EventKind(_("Rol bevestigd: %(role)s")),
        "people.role.refused": EventKind(_("Rol niet bevestigd: %(role)s")),
        "people.role.doubted": EventKind(_("Rol wacht op bevestiging, want de toegang veranderde: %(role)s")),
        "people.role.ended": EventKind(_("Rol eindigt op %(end)s: %(role)s")),
        "people.reading.started": EventKind(_("Meelezen begonnen: %(reason)s")),
        "people.reading.ended": EventKind(_("Meelezen gestopt")),
        "people.mail.sent_again": EventKind(_("Mail die niet aankwam, opnieuw verstuurd")),
        "people.text.changed": EventKind(_("Tekst aangepast: %(code)s (%(language)s)")),
    }
)
