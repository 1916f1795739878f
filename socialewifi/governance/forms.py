"""What is filled in about an agreement."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core.editing import EditForm
from socialewifi.governance.models import Agreement, Status


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

    def __init__(self, sent: Any = None, *, agreement: Agreement) -> None:
        super().__init__(sent, initial=asdict(agreement.agreed))
        if agreement.unit == Agreement.Unit.NONE:
            del self.fields["value"]
        else:
            number = agreement.number
            self.fields["value"] = forms.IntegerField(min_value=number.least, max_value=number.most)
            self.fields["value"].label = _("Getal (%(unit)s)") % {"unit": agreement.get_unit_display()}
