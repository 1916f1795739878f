"""The outcome with its parts: each kind of part has its own place on the page, and is left out when left empty."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import letters, queries
from socialewifi.assessment.actions.outcome import Part
from socialewifi.assessment.models import Outcome, RoutePart
from socialewifi.core import clock
from socialewifi.core.deeds import DeedForm
from socialewifi.core.fields import EuroField, LineField, WordsField
from socialewifi.core.forms import ChoiceCards
from socialewifi.initiatives.models import SupportKind
from socialewifi.people.models import Organisation

FIRST_ROWS, MOST_ROWS = 3, 10
WHY = _("Waarom?")
MORE = "more"


def _count(typed: object) -> int:
    """Return how many kinds of help there is room for; whatever the hidden field says, within reason."""
    words = str(typed or FIRST_ROWS)
    return (
        max(1, min(int(words), MOST_ROWS)) if words.isascii() and words.isdecimal() and len(words) < 3 else FIRST_ROWS
    )


class OutcomeForm(DeedForm):
    """The outcome with its parts; before it is set, the letter it makes can be looked at, and room made for more."""

    looks = ("preview", MORE)
    outcome = forms.ChoiceField(
        label=_("Wat is de uitkomst?"),
        choices=Outcome.choices,
        widget=ChoiceCards(
            hints={
                Outcome.SUPPORT: _("Vul hieronder in wat de initiatiefnemers krijgen."),
                Outcome.REDIRECT: _("Kies hieronder het fonds of de partner."),
                Outcome.DECLINE: _("Schrijf hieronder waar ze wel terechtkunnen."),
            }
        ),
    )
    reason = WordsField(
        label=_("De reden"),
        help_text=_("Hiermee begint de brief aan de initiatiefnemers. Schrijf zoals je praat."),
        longest=3000,
        rows=4,
    )
    alternative = WordsField(
        label=_("Waar kunnen ze wel terecht?"),
        help_text=_("Bij elk ‘nee’ hoort een volgende deur."),
        longest=1500,
        rows=2,
        required=False,
    )
    amount = EuroField(label=_("Bedrag in euro’s"), required=False)
    gift_what = LineField(label=_("Waarvoor?"), longest=250, required=False)
    gift_reason = LineField(label=WHY, longest=1000, required=False)
    connector_reason = LineField(label=WHY, longest=1000, required=False)
    partner = forms.ModelChoiceField(
        label=_("Welk fonds of welke partner?"),
        queryset=Organisation.objects.filter(is_next_door=True, retired_at=None).order_by("name"),
        required=False,
        empty_label=_("Geen"),
    )
    partner_reason = LineField(label=WHY, longest=1000, required=False)
    municipality_reason = LineField(label=WHY, longest=1000, required=False)
    below_quorum_because = WordsField(
        label=_("Waarom ga je verder met minder adviezen?"),
        help_text=_("De initiatiefnemers lezen dit ook."),
        longest=1000,
        rows=2,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        self._letter = ""
        asks_for_room = data is not None and MORE in data
        if data is not None and asks_for_room:
            # As it was typed, with one row more; nothing is checked yet.
            kwargs["initial"] = {**data.dict(), "rows": str(_count(data.get("rows")) + 1)}
        super().__init__(None if asks_for_room else data, *args, **kwargs)
        self.progress = queries.progress_of(self.about, clock.now())
        if not self.progress.needs_reason:
            del self.fields["below_quorum_because"]
        kinds = SupportKind.objects.filter(retired_at=None).order_by("position", "pk")
        self.row_count = _count((self.data if self.is_bound else self.initial).get("rows"))
        for number in range(self.row_count):
            self.fields[f"support_{number}"] = forms.ModelChoiceField(
                label=_("Soort hulp"), queryset=kinds, required=False, empty_label=_("Geen")
            )
            self.fields[f"support_reason_{number}"] = LineField(label=WHY, longest=1000, required=False)
        for name, field in self.fields.items():
            # The page says once that only what fits is filled in.
            field.page_says_optional = name not in {"alternative"}  # type: ignore[attr-defined]
        if asks_for_room:
            self.fields[f"support_{self.row_count - 1}"].widget.attrs["autofocus"] = True

    @property
    def letter(self) -> str:
        """Return the letter that this outcome makes, for whoever looks at it first, or has to look at it again."""
        self.is_valid()
        return self._letter

    @property
    def letter_mark(self) -> str:
        """Return what tells this letter from another: it comes back with the button that sends it."""
        return sha256(self.letter.encode()).hexdigest()

    @property
    def support_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"support_{number}"], self[f"support_reason_{number}"]) for number in range(self.row_count)]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        kept = {name: fields.get(name, "") for name in ("token", "outcome", "reason", "alternative")}
        outcome = {
            **kept,
            "below_quorum_because": fields.get("below_quorum_because", ""),
            "parts": [*self._help(fields), *self._others(fields)],
        }
        if not self.errors:
            self._read_first(outcome)
        return outcome

    def _read_first(self, outcome: dict[str, Any]) -> None:
        """Let nobody send a letter that was never read: what was changed after it was shown makes another one."""
        seen = self.data.get("seen")
        if "preview" not in self.data and not seen:
            return
        letter = letters.preview(self.about, outcome)
        if "preview" in self.data:
            self._letter = letter
        elif seen != sha256(letter.encode()).hexdigest():
            self._letter = letter
            self.add_error(None, _("Je veranderde iets nadat je de brief las. Lees hem nog een keer."))

    def _help(self, fields: dict[str, Any]) -> list[Part]:
        parts = []
        for number in range(self.row_count):
            kind, reason = fields.get(f"support_{number}"), fields.get(f"support_reason_{number}", "")
            if kind or reason:
                self._require(f"support_{number}", kind)
                self._require(f"support_reason_{number}", reason)
                parts.append(Part(RoutePart.Kind.SUPPORT, reason, support_kind=kind))
        return parts

    def _others(self, fields: dict[str, Any]) -> list[Part]:
        parts = []
        amount: Decimal | None = fields.get("amount")
        what, why = fields.get("gift_what", ""), fields.get("gift_reason", "")
        if amount or what or why:
            for name, value in (("amount", amount), ("gift_what", what), ("gift_reason", why)):
                self._require(name, value)
            parts.append(Part(RoutePart.Kind.GIFT, why, amount=amount, what=what))
        partner, why = fields.get("partner"), fields.get("partner_reason", "")
        if partner or why:
            self._require("partner", partner)
            self._require("partner_reason", why)
            parts.append(Part(RoutePart.Kind.PARTNER, why, partner=partner))
        for kind in (RoutePart.Kind.CONNECTOR, RoutePart.Kind.MUNICIPALITY):
            if fields.get(f"{kind}_reason"):
                parts.append(Part(kind, fields[f"{kind}_reason"]))
        return parts

    def _require(self, name: str, value: object) -> None:
        if not value and name not in self.errors:
            self.add_error(name, _("Vul dit nog in."))
