"""The filters above the list of initiatives at work. They live in the address, so a list can be kept and shared."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core.fields import LineField
from socialewifi.initiatives.models import Step
from socialewifi.site.queries.work_list import MINE, NO_PLACE, NOBODY, Choices, Filters

ALL = [("", _("Alle"))]
ORDERS = [
    ("", _("Nieuwste eerst")),
    ("oudste", _("Oudste eerst")),
    ("eerst-klaar", _("Eerst wat het eerst klaar moet")),
    ("langst-in-stap", _("Langst in dezelfde stap")),
    ("naam", _("Op naam")),
]


class WorkListForm(forms.Form):
    """Everything optional: what is not understood asks nothing, so an old address still gives a list."""

    zoek = LineField(label=_("Zoek op woord, naam, telefoon of e-mail"), longest=200, required=False)
    stap = forms.ChoiceField(label=_("Stap"), required=False, choices=[*ALL, *Step.choices])
    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    contact = forms.ChoiceField(label=_("Contactpersoon"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    soort = forms.ChoiceField(label=_("Soort"), required=False)
    kanaal = forms.ChoiceField(label=_("Kwam binnen via"), required=False)
    volgorde = forms.ChoiceField(label=_("Volgorde"), required=False, choices=ORDERS)
    te_laat = forms.BooleanField(label=_("Alleen te laat"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        self._offer("gemeente", [(NO_PLACE, _("Nog geen plek")), *choices.municipalities])
        self._offer("contact", [(MINE, _("Ik")), (NOBODY, _("Nog niemand")), *choices.contacts])
        self._offer("thema", choices.themes)
        self._offer("soort", choices.kinds)
        self._offer("kanaal", choices.channels)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but words is asked, so that the filters stand open."""
        return any(self.data.get(name) for name in self.fields if name != "zoek")

    @property
    def filters(self) -> Filters:
        """What is asked, without what was not understood."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            words=asked.get("zoek", ""),
            step=asked.get("stap", ""),
            municipality=asked.get("gemeente", ""),
            theme=asked.get("thema", ""),
            contact=asked.get("contact", ""),
            channel=asked.get("kanaal", ""),
            kind=asked.get("soort", ""),
            is_overdue=asked.get("te_laat", False),
            order=asked.get("volgorde", ""),
        )

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [*ALL, *choices]
