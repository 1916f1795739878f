"""The questions on one page, for who helps someone; and the letters to post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import DeedForm
from socialewifi.core.fields import LineField
from socialewifi.initiatives.models import Channel
from socialewifi.initiatives.models.words import WEBSITE
from socialewifi.intake.forms.report import (
    CHANNELS,
    AddressForm,
    HelpForm,
    IdeaForm,
    Ordered,
    PeopleForm,
    PlaceForm,
    PlanForm,
    ReachForm,
    TitleForm,
    YouForm,
)
from socialewifi.people.models import User

OTHER = "other"
SITUATIONS = (
    ("counter", _("Aan de balie")),
    ("phone", _("Aan de telefoon")),
    ("municipality", _("Bij de gemeente")),
    ("neighbourhood", _("In het wijkteam")),
    ("paper", _("Van een ingevuld blad")),
    (OTHER, _("Anders")),
)
# The same questions, asked about someone else.
ABOUT_SOMEONE = {
    "idea": _("Het idee, in de eigen woorden"),
    "title": _("Een korte naam voor het idee"),
    "name": _("Naam"),
    "phone": _("Telefoonnummer"),
    "email": _("E-mailadres"),
    "preferred_channel": _("Hoe praten we het liefst?"),
    "address": _("Adres, voor brieven"),
    "needs": _("Wat is er nodig?"),
    "asked_before": _("Waar is al om hulp gevraagd?"),
}
SHORT = {
    User.Channel.PHONE: _("Bellen"),
    User.Channel.EMAIL: _("Mailen"),
    User.Channel.VISIT: _("In het echt"),
    User.Channel.LETTER: _("Een brief"),
}


def _channels() -> Any:
    return Channel.objects.filter(retired_at=None).exclude(code=WEBSITE).order_by("position", "name")


class StaffReportForm(
    DeedForm, IdeaForm, TitleForm, PlaceForm, PeopleForm, PlanForm, HelpForm, YouForm, ReachForm, AddressForm, Ordered
):
    """Everything on one page, with how it came in, who fills it in and that the resident agrees (R10)."""

    channel = forms.ModelChoiceField(
        label=_("Hoe kwam het binnen?"),
        queryset=Channel.objects.none(),
        empty_label=_("Kies"),
        error_messages={"required": _("Kies hoe het binnenkwam.")},
    )
    situation = forms.ChoiceField(
        label=_("Waar help je?"),
        choices=SITUATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar je helpt.")},
    )
    situation_words = LineField(label=_("Anders, namelijk"), longest=200, required=False)
    has_consent = forms.BooleanField(
        label=_("De bewoner vindt het goed dat ik dit voor hem of haar opschrijf en bewaar."),
        error_messages={"required": _("Vraag eerst of het mag, en zet dan het vinkje.")},
    )
    field_order = [*Ordered.field_order, "channel", "situation", "situation_words", "has_consent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = _channels()  # type: ignore[attr-defined]
        self.fields["idea"].error_messages["required"] = _("Schrijf een paar woorden over het idee.")
        self.fields["address"].required = False
        self.fields["address"].help_text = _("Alleen nodig voor een brief.")
        self.fields["preferred_channel"].choices = [  # type: ignore[attr-defined]
            (value, SHORT[value]) for value, _label in CHANNELS
        ]
        for name, label in ABOUT_SOMEONE.items():
            self.fields[name].label = label
        for name, field in self.fields.items():
            field.widget.attrs.pop("autocomplete", None)
            if "rows" in field.widget.attrs and name != "idea":
                field.widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        needed = {"phone": "phone", "email": "email", "letter": "address"}.get(fields.get("preferred_channel", ""), "")
        if needed and not fields.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Dit is nodig om zo contact te maken."))
        if fields.get("situation") == OTHER and not fields.get("situation_words"):
            self.add_error("situation_words", _("Schrijf erbij hoe het ging."))
        return fields

    def reason(self) -> str:
        """Return in which situation someone helped, in words."""
        situation = self.cleaned_data["situation"]
        return str(self.cleaned_data["situation_words"] if situation == OTHER else dict(SITUATIONS)[situation])
