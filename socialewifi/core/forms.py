"""How every form is drawn, and how a form keeps bots out without a puzzle."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.redaction import has_contact_details

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

MAY_IT_STAY = _(
    "Er staat een nummer of adres in. Iedereen kan dat lezen. Mag het blijven staan? Druk dan nog een keer op de knop."
)
_SALT = "socialewifi.core.forms.began"


class FormRenderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def speak_plainly() -> None:
    """Say in our own words what a field still needs; Django's are those of a counter."""
    forms.Field.default_error_messages["required"] = _("Vul dit nog in.")
    for field in (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField):
        field.default_error_messages["required"] = _("Kies er één.")
        field.default_error_messages["invalid_choice"] = _("Kies een van de mogelijkheden.")
    forms.BooleanField.default_error_messages = {"required": _("Zet hier een vinkje, anders kunnen we niet verder.")}


class ChoiceCards(forms.RadioSelect):
    """Radio buttons as cards; ``hints`` says a little more about a choice, by its value."""

    def __init__(self, *args: Any, hints: dict[str, StrOrPromise] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "hint": self.hints.get(str(value), "")}


def stamp(at: datetime) -> str:
    """Return the signed moment at which a page was shown."""
    return signing.dumps(at.timestamp(), salt=_SALT)


class ShownForm(forms.Form):
    """
    Words that everyone will read. A number or an address in them is asked about once; sent again, it stays.

    ``shown`` names the fields. Combine as ``class XForm(ShownForm, DeedForm)``.
    """

    shown: tuple[str, ...] = ()
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        was_asked = fields.pop("asked", "")
        found = [name for name in self.shown if has_contact_details(fields.get(name) or "")]
        if found and not was_asked and self.will_be_shown(fields):
            for name in found:
                self.add_error(name, MAY_IT_STAY)
            self.data = cast("QueryDict", self.data).copy()
            self.data[self.add_prefix("asked")] = "yes"
        return fields

    def will_be_shown(self, fields: dict[str, Any]) -> bool:  # noqa: ARG002
        return True


class TrapInput(forms.TextInput):
    """A text field that nobody sees, with or without style sheets; only a bot fills it in."""

    template_name = "core/trap.html"

    @property
    def is_hidden(self) -> bool:
        return True


class HumanForm(forms.Form):
    """
    A public form that keeps bots out without asking anything of people.

    A hidden field has to stay empty, and nobody sends a page within ``HUMAN_SECONDS`` of seeing it. Whoever is refused
    by mistake loses nothing: pressing the button again is enough. Combine as ``class XForm(HumanForm, DeedForm)``.
    """

    homepage = forms.CharField(required=False, widget=TrapInput)
    began = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: stamp(clock.now()))

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        trapped, began = fields.pop("homepage", ""), fields.pop("began", "")
        if trapped or not self._took_time(began):
            self._start_again(began)
            if self.errors:
                # What the fields need is enough to read; that page is sent again anyway.
                return fields
            raise forms.ValidationError(
                _("Er ging iets mis bij het versturen. Wat je schreef staat er nog. Druk nog een keer op de knop."),
                code="not_human",
            )
        return fields

    def _took_time(self, began: str) -> bool:
        if not settings.HUMAN_SECONDS:
            return True
        try:
            seen_at = float(signing.loads(began, salt=_SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return False
        return clock.now().timestamp() - seen_at >= settings.HUMAN_SECONDS

    def _start_again(self, began: str) -> None:
        """Empty the trap and renew a stamp that cannot be read, so that the same page can be sent again."""
        renewed = {self.add_prefix("homepage"): ""}
        try:
            signing.loads(began, salt=_SALT)
        except signing.BadSignature:
            renewed[self.add_prefix("began")] = stamp(clock.now())
        self.data = cast("QueryDict", self.data).copy()
        self.data.update(renewed)
