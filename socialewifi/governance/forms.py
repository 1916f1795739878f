"""What is filled in about an agreement."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core.editing import EditForm
from socialewifi.governance.models import Agreed, Agreement, Status


class ChangeForm(EditForm):
    value = forms.IntegerField(label=_("Getal"))
    status = forms.ChoiceField(label=_("Hoe vast staat het?"), choices=Status.choices, widget=forms.RadioSelect)
    owner = forms.CharField(label=_("Wie beslist hierover?"), max_length=150)
    decide_by = forms.DateField(
        label=_("Voor wanneer is een besluit nodig?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Wie besloot dit, en wanneer? Dit blijft bij de afspraak staan."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, about: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        if about.unit == Agreement.Unit.NONE:
            del self.fields["value"]
        else:
            label = _("Getal (%(unit)s)") % {"unit": about.get_unit_display()}
            least, most = about.number.least, about.number.most
            self.fields["value"] = forms.IntegerField(label=label, min_value=least, max_value=most, initial=about.value)
        self.remember()

    def as_it_is(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self.about.agreed).items() if name in self.fields}

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        agreed = Agreed(*(fields.get(name) for name in ("value", "status", "owner", "decide_by")))  # type: ignore[arg-type]
        return {"token": fields.get("token"), "agreed": agreed, "reason": fields.get("reason")}
