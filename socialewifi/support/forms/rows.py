"""The forms of the deeds about one task or one promise of help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import DeedForm
from socialewifi.core.fields import LineField, WordsField
from socialewifi.initiatives.forms.work import COLUMNS

YES, NO = "ja", "nee"


def yes_or_no(label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[(YES, yes), (NO, no)],
        coerce=lambda answer: answer == YES,
        widget=forms.RadioSelect(attrs=COLUMNS),
    )


class FinishForm(DeedForm):
    result = WordsField(label=_("Hoe ging het?"), longest=2000, rows=3, required=False)


class CallForm(DeedForm):
    reached = yes_or_no(_("Kreeg je iemand te pakken?"), _("Ja, we spraken elkaar"), _("Nee, later weer proberen"))
    result = WordsField(label=_("Wat kwam eruit?"), longest=2000, rows=4)


class DropPromiseForm(DeedForm):
    because = LineField(label=_("Waarom gaat het niet door?"), longest=250)
