"""Which letters are printed, and which are on their way."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import DeedForm
from socialewifi.core.models import Message


class ChosenLettersForm(forms.Form):
    """Which letters were chosen; the deed says of each whether it still waits."""

    letters = forms.ModelMultipleChoiceField(
        label=_("Brieven"),
        queryset=Message.objects.none(),
        error_messages={
            "required": _("Kies eerst welke brieven."),
            "invalid_choice": _("Een van deze brieven staat niet in jouw lijst."),
        },
    )

    def __init__(self, *args: Any, letters: QuerySet[Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"].queryset = letters  # type: ignore[attr-defined]


class PostLettersForm(DeedForm, ChosenLettersForm):
    """Which of the letters were given or posted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"].error_messages["required"] = _("Kies welke brieven op de post zijn.")
