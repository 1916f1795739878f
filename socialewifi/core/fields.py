"""Form fields that keep what people write: any script, any length that fits, and kind words when something is off."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from socialewifi.core.addresses import LONGEST, normal_address

# What a database, a page or a letter cannot hold; a line break and a tab are kept.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HOME_COUNTRY = "NL"
COUNTRIES = ("NL", "BE", "DE")


def without_controls(text: str) -> str:
    """Return the text with one kind of line break and without characters that nobody can see or store."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class WordsField(forms.CharField):
    """
    Text in someone's own words, in any script.

    The browser gets no ``maxlength``: it would cut off what is pasted without a word.
    """

    def __init__(self, *, longest: int, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "data-draft": True}))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("dir", "auto")
        words = ngettext_lazy(
            "Dit is te lang: %(show_value)d tekens. Er past %(limit_value)d teken in. Maak het iets korter.",
            "Dit is te lang: %(show_value)d tekens. Er passen %(limit_value)d tekens in. Maak het iets korter.",
            "limit_value",
        )
        self.validators.append(MaxLengthValidator(longest, words))

    def to_python(self, value: Any) -> str:
        return super().to_python(without_controls(str(value)) if value not in self.empty_values else value) or ""


class LineField(WordsField):
    """A short text on one line: line breaks and tabs become spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class PhoneField(LineField):
    """A phone number of the Netherlands, Belgium or Germany, kept the way people read it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}))
        super().__init__(longest=40, **kwargs)
        self.widget.attrs["dir"] = "ltr"

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return readable_phone(typed) if typed else ""


def readable_phone(typed: str) -> str:
    """
    Return the number as it is read here: ``06 12345678``, or with ``+32`` or ``+49`` before it.

    :raises ValidationError: if it is not a number of one of these countries
    """
    try:
        number = phonenumbers.parse(typed, HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not any(phonenumbers.is_valid_number_for_region(number, country) for country in COUNTRIES):
        raise ValidationError(
            _(
                "Dit telefoonnummer klopt niet. Kijk de cijfers na, bijvoorbeeld 06 12345678."
                " Heb je een nummer uit België of Duitsland? Begin dan met +32 of +49."
            ),
            code="phone",
        )
    at_home = phonenumbers.is_valid_number_for_region(number, HOME_COUNTRY)
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, shape))


class MailField(forms.EmailField):
    """An e-mail address in its one form (core.addresses); spaces around it are nobody's fault."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    default_validators = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = without_controls(str(value)).strip() if value not in self.empty_values else ""
        return normal_address(typed) if typed else ""


class EuroField(forms.CharField):
    """An amount in euros, written as people write it: 250, 1.250 or € 1.250,50."""

    LARGEST = Decimal("9999999.99")

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "utrecht-textbox--short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show an amount that was kept as people write it: ``250``, or ``12,50``."""
        if re.fullmatch(r"\d+\.\d\d", str(value)):
            return str(value).removesuffix(".00").replace(".", ",")
        return value

    def to_python(self, value: Any) -> str:
        return without_controls(super().to_python(value) or "")

    def clean(self, value: Any) -> Decimal | None:
        typed = re.sub(r"[\s€]|euro", "", super().clean(value).lower())
        if not typed:
            return None
        amount = _as_amount(typed)
        if amount is None or amount < 0 or amount > self.LARGEST:
            raise ValidationError(_("Schrijf het bedrag in cijfers, bijvoorbeeld 250 of 1.250,50."), code="amount")
        return amount or None


def _as_amount(typed: str) -> Decimal | None:
    """Read Dutch and English marks: the last one with one or two digits behind it is the decimal mark."""
    typed = re.sub(r"[.,][-–—]+$", "", typed)
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", typed)
    if not found:
        return None
    try:
        return Decimal(f"{re.sub('[.,]', '', found[1])}.{found[2] or 0}").quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
