"""What is filled in about people and access."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock, texts
from socialewifi.core.deeds import DeedForm
from socialewifi.core.editing import EditForm, ShownForm
from socialewifi.core.fields import MailField
from socialewifi.people.models import Organisation, Role, User
from socialewifi.places.models import Municipality, Neighbourhood, SubRegion


def _day(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class LetterCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Je code"),
        help_text=_("Bijvoorbeeld K7MP-3XWA-QT9E. Hoofdletters, streepjes en spaties maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PeopleFilter(forms.Form):
    q = forms.CharField(
        label=_("Naam, organisatie of e-mailadres"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    rol = forms.ChoiceField(
        label=_("Rol"), required=False, choices=lazy(lambda: [("", _("Alle rollen")), *Role.Kind.choices], list)
    )


class PersonForm(DeedForm):
    """What is known of someone."""

    name = forms.CharField(label=_("Naam"), max_length=200)
    email = MailField(label=_("E-mailadres"), help_text=_("Hiermee logt deze persoon in."))
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(retired_at=None).order_by("name"),
        label=_("Organisatie"),
        required=False,
        empty_label=_("Geen, of een inwoner"),
    )
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Taal van de mails"),
        choices=settings.LANGUAGES,
        initial="nl",
        required=False,
        help_text=_("Wie is ingelogd, kiest die ook zelf, boven en onder aan elke pagina."),
    )
    working_days = forms.CharField(
        label=_("Werkdagen en uren"),
        max_length=150,
        required=False,
        help_text=_("Inwoners zien dit naast de naam. Bijvoorbeeld: maandag tot en met donderdag."),
    )

    def clean_language(self) -> str:
        """Keep the language there was when none is chosen."""
        return str(self.cleaned_data["language"] or self.get_initial_for_field(self.fields["language"], "language"))


class ChangePersonForm(EditForm, PersonForm):
    """The same, of someone who is known already."""

    def as_it_is(self) -> dict[str, Any]:
        return {name: getattr(self.about, name) for name in PersonForm.base_fields if name != "token"}


class RoleForm(DeedForm):
    kind = forms.ChoiceField(label=_("Rol"), choices=Role.Kind.choices)
    subregion = forms.ModelChoiceField(
        SubRegion.objects.order_by("position"),
        label=_("Subregio"),
        required=False,
        empty_label=_("Niet van toepassing"),
        help_text=_("Voor een procesbegeleider of coördinator."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.filter(retired_at=None).order_by("name"),
        label=_("Gemeente"),
        required=False,
        empty_label=_("Niet van toepassing"),
        help_text=_("Voor een ambassadeur of regelingenmedewerker."),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.filter(retired_at=None).order_by("name"),
        label=_("Buurt"),
        required=False,
        empty_label=_("Niet van toepassing"),
        help_text=_("Voor een lid van een PlusWIJkteam."),
    )
    starts_on = forms.DateField(
        label=_("Eerste dag"), initial=clock.today, help_text=_("Vandaag of later."), widget=_day()
    )
    ends_on = forms.DateField(
        label=_("Laatste dag"), required=False, help_text=_("Leeg: tot iemand de rol laat eindigen."), widget=_day()
    )


class EndRoleForm(DeedForm):
    last_day = forms.DateField(
        label=_("Laatste dag"),
        initial=clock.today,
        help_text=_("Kies gisteren als de rol meteen moet eindigen."),
        widget=_day(),
    )


class ConfirmRoleForm(ShownForm):
    """A yes to this role for whom this address belongs to: asked after, so never for another."""

    def shown(self, about: Role) -> list[object]:
        return [about.user_id, about.user.email, about.title, about.starts_on, about.ends_on]


class InviteForm(ShownForm):
    """A mail that opens an account, to the address that was read."""

    def shown(self, about: User) -> list[object]:
        return [about.email]


class ReasonForm(DeedForm):
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Dit komt in het logboek."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TextForm(EditForm):
    """The words of a mail or letter; they can be looked at before they are kept."""

    looks = ("preview",)
    subject = forms.CharField(label=_("Onderwerp"), max_length=250)
    body = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 18}))

    def as_it_is(self) -> dict[str, Any]:
        return {"subject": self.about.subject, "body": self.about.body}

    @property
    def preview(self) -> dict[str, str]:
        """Fill in what each placeholder holds, so that the reader sees where something comes."""
        explained = texts.allowed(self.about.code)

        def fill(words: str) -> str:
            return texts.PLACEHOLDER.sub(lambda found: f"[{explained.get(found[1], gettext('onbekend'))}]", words)

        return {name: fill(self[name].value() or getattr(self.about, name)) for name in ("subject", "body")}
