"""Looking for initiatives."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.initiatives.models import RegionWord
from socialewifi.places.models import Municipality
from socialewifi.publication.queries import Wish


class LookForm(forms.Form):
    """Words and filters, all of them in the address. What cannot be chosen is passed over."""

    zoek = forms.CharField(label=_("Zoek"), required=False, max_length=100)
    gemeente = forms.ChoiceField(label=_("Gemeente"), required=False)
    thema = forms.ChoiceField(label=_("Waar gaat het over"), required=False)
    soort = forms.ChoiceField(label=_("Soort"), required=False)

    def choose_from(
        self, *, municipalities: Iterable[Municipality], themes: Iterable[RegionWord], kinds: Iterable[RegionWord]
    ) -> "LookForm":
        """Fill in what can be chosen today."""
        self._offer("gemeente", _("Alle gemeenten"), [(place.slug, place.name) for place in municipalities])
        self._offer("thema", _("Alles"), [(theme.code, str(theme.label)) for theme in themes])
        self._offer("soort", _("Alle soorten"), [(kind.code, str(kind.label)) for kind in kinds])
        return self

    def wish(self) -> Wish:
        self.full_clean()
        given = self.cleaned_data
        return Wish(
            words=given.get("zoek", ""),
            municipality=given.get("gemeente", ""),
            theme=given.get("thema", ""),
            kind=given.get("soort", ""),
        )

    def _offer(self, name: str, everything: object, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker
        field.choices = [("", str(everything)), *choices]
