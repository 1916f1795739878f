"""What is written down about accounts and access. None of it is the initiators' to read; administrators do."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import Kind, register

register(
    {
        "people.key.issued": Kind(_("%(what)s gemaakt, geldig tot en met %(until)s")),
        "people.key.used": Kind(_("Binnengekomen met: %(what)s")),
        "people.key.revoked": Kind(_("%(what)s ingetrokken")),
        "people.user.signed_in": Kind(_("Ingelogd met: %(how)s")),
        "people.tie.made": Kind(_("Account van een organisatie gekoppeld: %(organisation)s")),
        "people.session.ended": Kind(_("Uitgelogd op een ander apparaat")),
        "people.user.added": Kind(_("Toegevoegd als %(name)s")),
        "people.user.met": Kind(_("Vroeg een code aan met het adres van een idee: %(name)s")),
        "people.user.renamed": Kind(_("Heet nu %(name)s, eerst %(before)s")),
        "people.user.recognised": Kind(_("Zei dat een idee van hem of haar is, bekend als %(name)s")),
        "people.user.changed": Kind(_("Gegevens aangepast: %(what)s")),
        "people.address.changed": Kind(_("E-mailadres veranderd")),
        "people.user.invited": Kind(_("Uitgenodigd per e-mail")),
        "people.user.closed": Kind(_("Account gesloten: %(reason)s")),
        "people.user.reopened": Kind(_("Account weer geopend")),
        "people.access.withdrawn": Kind(
            _("Overal uitgelogd; links, codes, wachtwoord en tweede stap werken niet meer")
        ),
        "people.second_factor.removed": Kind(_("Tweede stap weggehaald: %(reason)s")),
        "people.role.given": Kind(_("Rol gekregen: %(role)s, vanaf %(start)s")),
        "people.role.confirmed": Kind(_("Rol bevestigd: %(role)s")),
        "people.role.refused": Kind(_("Rol niet bevestigd: %(role)s")),
        "people.role.doubted": Kind(_("Rol wacht op bevestiging, want de toegang veranderde: %(role)s")),
        "people.role.ended": Kind(_("Rol eindigt op %(end)s: %(role)s")),
        "people.reading.started": Kind(_("Meelezen begonnen: %(reason)s")),
        "people.reading.ended": Kind(_("Meelezen gestopt")),
        "people.mail.sent_again": Kind(_("Mail die niet aankwam, opnieuw verstuurd")),
        "people.text.changed": Kind(_("Tekst aangepast: %(code)s (%(language)s)")),
    }
)
