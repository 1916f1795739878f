"""Forms that change what is known: whoever saves never writes over what someone else wrote meanwhile."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from socialewifi.core.deeds import DeedForm, labels_of
from socialewifi.core.errors import DomainError

# Keyed, so that nobody can look for another text with the same mark.
SIGNS = 12


class Overtaken(DomainError):
    """Raised when what a form was made from was changed at the very moment that it was saved."""


class EditForm(DeedForm):
    """
    A form that begins with what is known, and carries a mark of each value it was made from.

    What someone else changed meanwhile stays as they made it where this form was left as it was. Where both changed the
    same, it is asked about once, with what stands there now beside it.
    """

    edits = True
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remember()

    def remember(self) -> None:
        """Mark what is known now; a form that makes its fields by itself does so once they are there."""
        self.known = self.as_it_is()
        self._marks = marks_of(self.known)
        self.fields["based_on"].initial = _together(self._marks)

    def as_it_is(self) -> dict[str, Any]:
        """Return what is known now, by the name of its field: as it was given, unless a form knows better."""
        return {name: value for name, value in self.initial.items() if name in self.fields}

    def require_unchanged(self, about: Any) -> None:
        """
        Look once more under the lock.

        :raises Overtaken: if it was changed since this form was read
        """
        self.about = about
        if marks_of(self.as_it_is()) != self._marks:
            words = _("Dit is net ook al bewaard. Kijk wat er nu staat, en bewaar opnieuw.")
            raise Overtaken(" ".join(filter(None, [words, self._what_happened()])))

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        was = dict(one.split(":", 1) for one in fields.pop("based_on", "").split() if ":" in one)
        overtaken = [name for name, mark in self._marks.items() if was.get(name, mark) != mark and name in fields]
        conflicts = []
        for name in overtaken:
            typed = mark_of(fields[name])
            if typed == was[name]:
                fields[name] = self.fields[name].clean(_as_sent(self.known[name]))
            elif typed != self._marks[name]:
                conflicts.append(name)
        self._ask_about(conflicts)
        return fields

    def _ask_about(self, conflicts: list[str]) -> None:
        """Show what stands there now; whoever presses again has read it."""
        if not conflicts:
            return
        for name in conflicts:
            words = _("Intussen staat hier: ‘%(now)s’. Kijk wat klopt, en bewaar opnieuw.")
            self.add_error(name, words % {"now": self._in_words(name)})
        if happened := self._what_happened():
            self.add_error(None, happened)
        self.data = cast("QueryDict", self.data).copy()
        self.data[self.add_prefix("based_on")] = _together(self._marks)

    def _what_happened(self) -> str:
        latest = self.latest()
        return _("Het laatste wat hier gebeurde: %(latest)s.") % {"latest": latest} if latest else ""

    def _in_words(self, name: str) -> str:
        sent = _as_sent(self.known[name])
        labels = labels_of(self.fields[name])
        return ", ".join(labels.get(str(one), str(one)) for one in (sent if isinstance(sent, list) else [sent])) or "–"


class ShownForm(DeedForm):
    """
    A yes to what the page showed: it carries a mark of that.

    What changed meanwhile is shown first; whoever presses again has read it.
    """

    edits = True
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mark = self._mark_of(self.about)
        self.fields["seen"].initial = self._mark

    def shown(self, about: Any) -> list[object]:
        """Return what the yes is about, as it is now."""
        raise NotImplementedError

    def require_unchanged(self, about: Any) -> None:
        """
        Look once more under the lock.

        :raises Overtaken: if it is another than what was read
        """
        if self._mark_of(about) != self._mark:
            raise Overtaken(self._words())

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if fields.pop("seen", "") != self._mark:
            self.data = cast("QueryDict", self.data).copy()
            self.data[self.add_prefix("seen")] = self._mark
            raise forms.ValidationError(self._words())
        return fields

    def _mark_of(self, about: Any) -> str:
        """Return a mark that nobody can make another thing fit to: one of the two may be who changes it."""
        return salted_hmac(type(self).__qualname__, repr(self.shown(about)), algorithm="sha256").hexdigest()

    def _words(self) -> str:
        return _("Dit is intussen veranderd. Kijk wat er nu staat, en druk dan nog een keer.")


def marks_of(known: dict[str, Any]) -> dict[str, str]:
    return {name: mark_of(value) for name, value in known.items()}


def mark_of(value: Any) -> str:
    """Return a short mark of a value, the same whether it was read from a row or from a form."""
    sent = _as_sent(value)
    words = " ".join(sorted(map(str, sent))) if isinstance(sent, list) else "\n".join(map(str.rstrip, _lines(sent)))
    return salted_hmac("core.editing", words, algorithm="sha256").hexdigest()[:SIGNS]


def _lines(sent: Any) -> list[str]:
    """Return a text by line: a browser ends them otherwise than we do, and a blank line means something."""
    return str(sent).strip().splitlines()


def _as_sent(value: Any) -> Any:
    """Return a value as a form sends it: rows by their key, nothing as an empty text."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_as_sent(one) for one in value]
    if isinstance(value, Decimal):
        # 1.5 is 1.50, wherever it was written.
        return format(value.normalize(), "f")
    return "" if value is None else value


def _together(marks: dict[str, str]) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())
