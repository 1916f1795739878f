"""The questions with which an idea is told: one page each for residents, all on one page for who helps someone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from socialewifi.core.fields import EuroField, LineField, MailField, PhoneField, WordsField
from socialewifi.core.forms import ChoiceCards, HumanForm
from socialewifi.core.lazy import StrOrPromise
from socialewifi.initiatives.forms.titles import warn_of_a_number
from socialewifi.intake.queries.places import find_place, municipality_choices
from socialewifi.people.models import User

LONGEST = 10_000
DONT_KNOW = _("Weet ik niet")
# Each language in its own words.
LANGUAGES = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]

CHANNELS = (
    (User.Channel.PHONE, _("Bel mij")),
    (User.Channel.EMAIL, _("Mail mij")),
    (User.Channel.VISIT, _("Ik spreek je liever in het echt")),
    (User.Channel.LETTER, _("Stuur mij een brief")),
)


class QuestionForm(forms.Form):
    """The fields of one question; ``answers`` is what was told before."""

    def __init__(self, *args: Any, answers: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.answers = answers or {}
        kwargs.setdefault("initial", dict(self.answers))
        super().__init__(*args, **kwargs)


class IdeaForm(QuestionForm):
    idea = WordsField(
        label=_("Vertel je idee in een paar zinnen"),
        help_text=_("Schrijf zoals je praat. Het hoeft niet af te zijn."),
        longest=LONGEST,
        rows=5,
        error_messages={"required": _("Schrijf een paar woorden over je idee.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["idea"].required = "skip" not in self.data


class TitleForm(QuestionForm):
    title = LineField(
        label=_("Een korte naam"),
        help_text=_("Zo weet iedereen waar het over gaat. Je kunt de naam later veranderen."),
        longest=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        warn_of_a_number(self)


class PlaceForm(QuestionForm):
    municipality = forms.ChoiceField(
        label=_("In welke gemeente?"), choices=lambda: [("", DONT_KNOW), *municipality_choices()], required=False
    )
    place = LineField(
        label=_("In welke buurt, straat of plek?"),
        help_text=_("Typ zelf, of kies uit de lijst."),
        longest=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        found = find_place(municipality=fields.get("municipality", ""), words=fields.get("place", ""))
        if found.elsewhere:
            self.add_error(
                "municipality",
                _("%(place)s ligt in %(municipality)s. Kijk even of de gemeente klopt.")
                % {"place": found.elsewhere, "municipality": found.elsewhere.municipality},
            )
        elif found.municipality:
            fields["municipality"] = found.municipality.slug
        return fields


class PeopleForm(QuestionForm):
    participants = WordsField(label=_("Wie doen er mee?"), longest=LONGEST, rows=3, required=False)
    audience = WordsField(label=_("Voor wie is het?"), longest=LONGEST, rows=3, required=False)


class PlanForm(QuestionForm):
    existing = WordsField(
        label=_("Wat is er al?"),
        help_text=_("Bijvoorbeeld een plek, spullen, of buren die al iets doen."),
        longest=LONGEST,
        rows=3,
        required=False,
    )
    effect = WordsField(label=_("Wat wordt er beter als het lukt?"), longest=LONGEST, rows=3, required=False)


class HelpForm(QuestionForm):
    needs = WordsField(
        label=_("Waar kunnen we bij helpen?"),
        help_text=_("Bijvoorbeeld een ruimte, mensen, spullen, of iemand die de regels kent."),
        longest=LONGEST,
        rows=3,
        required=False,
    )
    amount_asked = EuroField(label=_("Is er geld nodig? Hoeveel ongeveer?"), help_text=_("In euro's."), required=False)
    asked_before = WordsField(
        label=_("Heb je al ergens om hulp gevraagd? Waar?"),
        help_text=_("Bijvoorbeeld bij de gemeente, een fonds of een vereniging. En wat zeiden ze?"),
        longest=LONGEST,
        rows=3,
        required=False,
    )


class YouForm(QuestionForm):
    name = LineField(
        label=_("Je naam"),
        longest=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in. Dan weten we wie we spreken.")},
    )
    phone = PhoneField(label=_("Je telefoonnummer"), required=False)
    email = MailField(label=_("Je e-mailadres"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is needed, and the page says so.
        for name in ("phone", "email"):
            self.fields[name].page_says_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if not any(fields.get(one) or one in self.errors for one in ("phone", "email")):
            self.add_error(
                "phone", _("Vul een telefoonnummer of een e-mailadres in. Anders kunnen we je niet bereiken.")
            )
        return fields


class ReachForm(QuestionForm):
    preferred_channel = forms.ChoiceField(
        label=_("Hoe praten we het liefst met je?"),
        choices=CHANNELS,
        widget=ChoiceCards(hints={User.Channel.VISIT: _("We spreken samen een plek en een tijd af.")}),
        error_messages={"required": _("Kies hoe we je het best kunnen bereiken.")},
    )
    preferred_times = LineField(
        label=_("Wanneer kan het goed?"),
        help_text=_("Bijvoorbeeld: op dinsdag, of na vijf uur."),
        longest=200,
        required=False,
    )
    language = forms.ChoiceField(label=_("In welke taal?"), choices=LANGUAGES, initial=get_language)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "phone" not in self.fields:
            self._offer_what_can_be()

    def _offer_what_can_be(self) -> None:
        """Offer calling only with a phone number and mailing only with an address; the likeliest comes first."""
        needed = {User.Channel.PHONE: "phone", User.Channel.EMAIL: "email"}
        self.fields["preferred_channel"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in CHANNELS if value not in needed or self.answers.get(needed[value])
        ]


class AddressForm(QuestionForm):
    address = WordsField(
        label=_("Je adres"),
        help_text=_("Straat en huisnummer, en daaronder postcode en plaats."),
        longest=400,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages={"required": _("Vul je adres in. Daar sturen we de brief heen.")},
    )


class StartForm(HumanForm, IdeaForm):
    """
    The first question on the home page.

    Its draft is known before it is sent: sending twice, or going back and sending again, is the same draft (R7).
    """

    draft = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class SendForm(HumanForm):
    """The last button; everything was answered before, and nothing changed since it was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = self.initial["seen"] = now

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        seen = fields.get("seen", "")
        if seen and seen != self.now:
            self.data = cast("QueryDict", self.data).copy()
            # What is drawn again is what stands there now.
            self.data["seen"] = self.now
            raise forms.ValidationError(_("Er is net iets veranderd in dit idee. Lees het nog een keer."))
        return fields


@dataclass(frozen=True)
class Question:
    """One page of the form: its address, its title, its fields, and the words of the button that passes it."""

    slug: str
    title: StrOrPromise
    form: type[QuestionForm]
    skip: StrOrPromise = ""
    lead: StrOrPromise = ""

    @property
    def fields(self) -> list[str]:
        return list(self.form.base_fields)


SKIP = _("Sla over")

QUESTIONS = (
    Question("idee", _("Wat wil je doen?"), IdeaForm, _("Ik vertel het liever aan iemand")),
    Question("naam", _("Hoe heet je idee?"), TitleForm, _("Weet ik nog niet")),
    Question("plek", _("Waar is het?"), PlaceForm, DONT_KNOW),
    Question("mensen", _("Met wie en voor wie?"), PeopleForm, DONT_KNOW),
    Question("plan", _("Nu en straks"), PlanForm, SKIP),
    Question("hulp", _("Wat heb je nodig?"), HelpForm, SKIP),
    Question("jij", _("Wie ben je?"), YouForm, "", _("Een telefoonnummer of een e-mailadres is genoeg.")),
    Question("contact", _("Zo bereiken we je"), ReachForm),
)
ADDRESS = Question("adres", _("Waar sturen we de brief heen?"), AddressForm)


class Ordered(forms.Form):
    """A form whose fields stand in the order of the questions."""

    field_order = [name for question in (*QUESTIONS, ADDRESS) for name in question.fields]
