"""What is filled in about people and access."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterCodeForm(forms.Form):
    code = forms.CharField(
        label=_("De code uit je brief"),
        help_text=_("Bijvoorbeeld K7MP-3XWA-QT9E. Hoofdletters, streepjes en spaties maken niet uit."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
