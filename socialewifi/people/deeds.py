"""What administrators do with people and their access, and what the second person of a role does."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events, texts
from socialewifi.core.deeds import Deed
from socialewifi.core.lazy import LazyStr, StrOrPromise
from socialewifi.core.models import Event, Message
from socialewifi.core.models import Text as MailText
from socialewifi.people import forms, queries, rules
from socialewifi.people.actions import accounts, mail, reading, roles
from socialewifi.people.actions.texts import change_text
from socialewifi.people.models import Role, User
from socialewifi.people.subjects import page_of


def _named(words: LazyStr) -> Callable[[User], StrOrPromise]:
    """Return these words with the name of whom they are about."""
    return lambda someone: str(words) % {"name": someone.name}


def _of_role(words: LazyStr) -> Callable[[Role], StrOrPromise]:
    """Return these words with the role, whose it is, and the address that whoever has it comes in with."""
    return lambda role: str(words) % {"role": role.title, "name": role.user.name, "email": role.user.email or "—"}


def _where_to(someone: User) -> StrOrPromise:
    words = gettext("We sturen een e-mail naar %(email)s: hoe je binnenkomt, en wat je daarvoor kiest.")
    return words % {"email": someone.email or "—"}


def _what_a_role_is(_someone: User) -> StrOrPromise:
    words = gettext("Een rol geldt voor een plek en een tijd. Na de laatste dag werkt hij niet meer.")
    if settings.ROLES_TAKE_TWO:
        words += gettext(" Een rol van het werk of in het panel geldt pas als een ander hem bevestigt.")
    return words


def _whom_it_did_not_reach(one: Message) -> StrOrPromise:
    shown = queries.UndeliverableMail.of(one)
    return gettext("Aan %(who)s. %(why)s") % {"who": shown.who, "why": shown.why}


def _page_of_the_new(_about: object, fields: Mapping[str, Any]) -> str:
    new = User.objects.filter(email=fields["email"]).first()
    return page_of(new) if new else reverse("people-list")


def _of_text(_user: User, one: MailText) -> dict[str, Any]:
    history = Event.objects.about(one).select_related("by").order_by("-at")[:20]
    return {
        "placeholders": sorted(texts.allowed(one.code).items()),
        "history": [{"at": event.at, "text": events.label(event), "by": event.by} for event in history],
    }


OF_PEOPLE = (
    Deed(
        name="add",
        path="nieuw",
        verb=_("Voeg toe"),
        done=_("Toegevoegd. Geef nu een rol, en stuur dan een uitnodiging."),
        may=rules.administers,
        act=accounts.add_person,
        form=forms.PersonForm,
        heading=_("Voeg iemand toe"),
        explanation=_("Iemand die hier werkt of in het panel zit. Daarna geef je een rol en stuur je een uitnodiging."),
        leads=_page_of_the_new,
    ),
)
OF_PERSON = (
    Deed(
        name="change",
        path="gegevens",
        verb=_("Bewaar"),
        done=_("De gegevens zijn bewaard."),
        may=rules.administers,
        act=accounts.change_person,
        form=forms.ChangePersonForm,
        heading=_named(_("Gegevens van %(name)s")),
        explanation=_(
            "Met een ander e-mailadres begint deze persoon opnieuw: stuur een nieuwe uitnodiging, "
            "en laat een ander de rollen weer bevestigen. We mailen het oude en het nieuwe adres."
        ),
        ends_access=True,
    ),
    Deed(
        name="invite",
        path="uitnodigen",
        verb=_("Stuur de uitnodiging"),
        done=_("De uitnodiging is verstuurd."),
        may=rules.administers,
        act=accounts.invite,
        form=forms.InviteForm,
        heading=_named(_("Nodig %(name)s uit")),
        explanation=_where_to,
    ),
    Deed(
        name="withdraw",
        path="uitloggen",
        verb=_("Log overal uit"),
        done=_("Overal uitgelogd. Stuur een nieuwe uitnodiging als deze persoon hier verder werkt."),
        may=rules.administers,
        act=accounts.withdraw_access,
        heading=_named(_("Log %(name)s overal uit")),
        explanation=_(
            "Ook links, codes, het wachtwoord en de tweede stap werken dan niet meer. "
            "Werkt deze persoon hier? Stuur dan een nieuwe uitnodiging, "
            "en laat een ander de rollen weer bevestigen. Een inwoner vraagt een nieuwe code aan. "
            "Zonder e-mailadres hoort iemand dit niet vanzelf: bel dan zelf."
        ),
        ends_access=True,
    ),
    Deed(
        name="second-factor",
        path="tweede-stap",
        verb=_("Haal weg"),
        done=_("De tweede stap is weg. Stuur nu een nieuwe uitnodiging."),
        may=rules.administers,
        act=accounts.remove_second_factor,
        form=forms.ReasonForm,
        heading=_named(_("Haal de tweede stap van %(name)s weg")),
        explanation=_(
            "Voor wie telefoon of sleutel kwijt is. Bel eerst terug op een bekend nummer: "
            "is het echt deze persoon? Ook het wachtwoord werkt dan niet meer. "
            "Een ander bevestigt daarna de rollen opnieuw."
        ),
        is_drastic=True,
        ends_access=True,
    ),
    Deed(
        name="close",
        path="sluiten",
        verb=_("Sluit het account"),
        done=_("Het account is gesloten."),
        may=rules.administers,
        act=accounts.close_account,
        form=forms.ReasonForm,
        heading=_named(_("Sluit het account van %(name)s")),
        explanation=_("Deze persoon komt er niet meer in. Wat al gedaan is, blijft staan."),
        is_drastic=True,
        ends_access=True,
    ),
    Deed(
        name="reopen",
        path="openen",
        verb=_("Open weer"),
        done=_("Het account is weer open."),
        may=rules.administers,
        act=accounts.reopen_account,
        heading=_named(_("Open het account van %(name)s weer")),
        explanation=_("Rollen die nog lopen, gelden pas als een ander ze bevestigt."),
    ),
)
OF_ROLE_TO_GIVE = (
    Deed(
        name="give",
        path="rol",
        verb=_("Geef de rol"),
        done=_("De rol is gegeven. Staat er ‘wacht op een tweede’ bij? Dan geldt hij pas als een ander hem bevestigt."),
        may=rules.administers,
        act=roles.give_role,
        form=forms.RoleForm,
        heading=_named(_("Geef %(name)s een rol")),
        explanation=_what_a_role_is,
    ),
)
OF_ROLE = (
    Deed(
        name="end",
        path="einde",
        verb=_("Laat de rol eindigen"),
        done=_("De rol eindigt op de dag die je koos."),
        may=rules.administers,
        act=roles.end_role,
        form=forms.EndRoleForm,
        heading=_of_role(_("Laat de rol van %(name)s eindigen")),
        explanation=lambda role: role.title,
    ),
)
OF_WAITING_ROLE = (
    Deed(
        name="confirm",
        path="bevestigen",
        verb=_("Bevestig de rol"),
        done=_("De rol is bevestigd."),
        may=rules.can_confirm_role,
        act=roles.confirm_role,
        form=forms.ConfirmRoleForm,
        heading=_of_role(_("Bevestig de rol van %(name)s")),
        explanation=_of_role(
            _("%(role)s, voor %(email)s. Weet je zeker dat deze persoon dat adres heeft? Vraag het eerst na.")
        ),
    ),
    Deed(
        name="refuse",
        path="weigeren",
        verb=_("Weiger de rol"),
        done=_("De rol geldt niet."),
        may=rules.can_refuse_role,
        act=roles.refuse_role,
        heading=_of_role(_("Weiger de rol van %(name)s")),
        explanation=_of_role(_("%(role)s. De rol geldt dan niet. Geven kan later opnieuw.")),
        is_drastic=True,
    ),
)
OF_MAIL = (
    Deed(
        name="again",
        path="opnieuw",
        verb=_("Verstuur opnieuw"),
        done=_("De mail gaat opnieuw op weg."),
        may=rules.can_send_again,
        act=mail.send_again,
        heading=_("Verstuur de mail opnieuw"),
        explanation=_whom_it_did_not_reach,
    ),
)
OF_TEXT = (
    Deed(
        name="change",
        path="wijzigen",
        verb=_("Bewaar"),
        done=_("De tekst is bewaard."),
        may=rules.administers,
        act=change_text,
        form=forms.TextForm,
        heading=lambda text: texts.KINDS[text.code].label,
        template="people/text.html",
        context=_of_text,
    ),
)
OF_READING = (
    Deed(
        name="start",
        path="meelezen",
        verb=_("Begin met meelezen"),
        done="",
        may=rules.administers,
        act=reading.start_reading_mode,
        form=forms.ReasonForm,
        heading=_("Meelezen met initiatieven"),
        explanation=_("Als beheerder zie je geen initiatieven. Is het echt nodig? Dan mag je een uur meelezen."),
        above="people/deeds/reading.html",
    ),
)
