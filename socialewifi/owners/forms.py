"""What initiators fill in about what is theirs. Each form carries out one deed, once (R7)."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.deeds import DeedForm
from socialewifi.core.editing import EditForm
from socialewifi.core.fields import EuroField, LineField, MailField, PhoneField, WordsField
from socialewifi.core.forms import ChoiceCards, HumanForm, ShownForm
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.forms.titles import warn_of_a_number
from socialewifi.initiatives.models import PLAN_FIELDS, EffectStory, Initiative, Initiator, PlanVersion
from socialewifi.initiatives.queries.joining import joining_of
from socialewifi.initiatives.queries.shown import shows_something
from socialewifi.initiatives.queries.standing import standing_in_name_of
from socialewifi.people.models import User

LONGEST = 10_000
REACHED = [
    (User.Channel.PHONE, _("Bel mij")),
    (User.Channel.EMAIL, _("Mail mij")),
    (User.Channel.VISIT, _("Ik spreek je liever in het echt")),
    (User.Channel.LETTER, _("Stuur mij een brief")),
]
SAID_THROUGH = [
    (User.Channel.PHONE, _("Aan de telefoon")),
    (User.Channel.LETTER, _("Op papier")),
    (User.Channel.VISIT, _("In een gesprek")),
]
YES_NO = [("yes", _("Ja")), ("no", _("Nee"))]


def _words(label: Any, *, rows: int = 3, **kwargs: Any) -> WordsField:
    return WordsField(label=label, longest=LONGEST, rows=rows, required=kwargs.pop("required", False), **kwargs)


def yes_or_no(value: str) -> bool:
    return value == "yes"


class PlanForm(EditForm):
    """The whole plan; what is kept is a new version of the one that was newest when it was sent."""

    title = LineField(label=_("Hoe heet je idee?"), longest=120)
    idea = _words(_("Wat wil je doen?"), rows=5, required=True)
    participants = _words(_("Wie doen er mee?"))
    audience = _words(_("Voor wie is het?"))
    existing = _words(_("Wat is er al?"))
    effect = _words(_("Wat wordt er beter als het lukt?"))
    needs = _words(_("Waar kunnen we bij helpen?"))
    amount_asked = EuroField(label=_("Is er geld nodig? Hoeveel ongeveer?"), help_text=_("In euro's."), required=False)
    asked_before = _words(_("Heb je al ergens om hulp gevraagd? Waar?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = self.about.plan_versions.latest("number").number
        warn_of_a_number(self)

    def as_it_is(self) -> dict[str, Any]:
        return {name: getattr(self.about, name) for name in PLAN_FIELDS}

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        plan = {name: fields.get(name) for name in PLAN_FIELDS}
        return {"token": fields.get("token"), "plan": plan, "based_on": self.newest}


def changes_of(old: PlanVersion | None, new: PlanVersion) -> list[tuple[str, str]]:
    """Return what is written differently than in the version before it, under the words of its question."""
    return [
        (str(PlanForm.base_fields[name].label), str(getattr(new, name) or _("(leeg gemaakt)")))
        for name in PLAN_FIELDS
        if (getattr(old, name) != getattr(new, name) if old else getattr(new, name))
    ]


class PostForm(DeedForm):
    body = _words(_("Je bericht"), rows=4, required=True)


class InviteForm(DeedForm):
    name = LineField(label=_("Hoe heet diegene?"), longest=200)
    email = MailField(label=_("E-mailadres"), required=False)
    phone = PhoneField(label=_("Of een telefoonnummer"), help_text=_("Dan belt jouw contact."), required=False)


class ReachFields(forms.Form):
    """Who someone is and how to reach them."""

    name = LineField(label=_("Naam"), longest=200)
    phone = PhoneField(label=_("Telefoonnummer"), required=False)
    email = MailField(label=_("E-mailadres"), required=False)
    preferred_channel = forms.ChoiceField(label=_("Hoe praten we het liefst?"), choices=REACHED, widget=ChoiceCards())
    preferred_times = LineField(
        label=_("Wanneer kan het goed?"),
        help_text=_("Bijvoorbeeld: op dinsdag, of na vijf uur."),
        longest=200,
        required=False,
    )
    address = WordsField(
        label=_("Adres"),
        help_text=_("Alleen nodig als je een brief wilt: straat, postcode en plaats."),
        longest=400,
        rows=3,
        required=False,
    )
    language = forms.ChoiceField(label=_("In welke taal?"), choices=settings.LANGUAGES)


def who_of(fields: dict[str, Any]) -> Who:
    """Return who this is, taken out of what was filled in."""
    given = {name: fields.pop(name) for name in ReachFields.base_fields if name in fields}
    return Who(**{"name": "", **given})


class ReachForm(EditForm, ReachFields):
    """How an initiator wants to be reached from now on."""

    @property
    def initiator(self) -> Initiator:
        return cast("Initiator", self.about)

    def as_it_is(self) -> dict[str, Any]:
        return {name: getattr(self.initiator, name) for name in ReachFields.base_fields}

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        return {"token": fields.get("token"), "who": who_of(fields)}


class OwnReachForm(ReachForm):
    """The same, filled in by that initiator."""

    @property
    def initiator(self) -> Initiator:
        return cast("Initiative", self.about).initiators.of(self.by).get()


class PublicTextForm(ShownForm, EditForm):
    """What everyone reads; until it is written, it begins with the idea as it was told."""

    shown = ("public_text",)
    public_text = _words(
        _("Wat mogen anderen lezen?"),
        rows=6,
        required=True,
        help_text=_("Vertel wat jullie doen en of iemand mee kan doen. Zet er geen namen of nummers bij."),
    )

    def as_it_is(self) -> dict[str, Any]:
        return {"public_text": self.about.public_text or self.about.idea}


class ClaimForm(DeedForm):
    """Whether an idea that was told with one's address is one's own; whoever was invited takes part in it."""

    is_mine = forms.TypedChoiceField(
        label=_("Is dit idee van jou?"),
        choices=[("yes", _("Ja, dit is mijn idee")), ("no", _("Nee, dit ben ik niet"))],
        coerce=yes_or_no,
        widget=ChoiceCards(),
    )

    keeps = forms.MultipleChoiceField(
        label=_("Dit is eerder gezegd. Wat klopt hiervan?"),
        help_text=_("Zeg je ja, kruis dan aan wat klopt. De rest trekken we in."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Er is net iets veranderd. Kijk nog een keer.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = standing_in_name_of(self.about, at=clock.now())
        if standing:
            self.fields["keeps"].choices = [(one.code, one.words) for one in standing]  # type: ignore[attr-defined]
        else:
            del self.fields["keeps"]
        if self.about.invited_by_id is not None:
            self.fields["is_mine"].label = _("Doe jij mee?")
            yes, no = ("yes", _("Ja, ik doe mee")), ("no", _("Nee, dit ben ik niet"))
            self.fields["is_mine"].choices = [yes, no]  # type: ignore[attr-defined]


class StopForm(DeedForm):
    reason = _words(_("Wil je zeggen waarom?"), help_text=_("Daar leren we van."))


class AgainForm(DeedForm):
    reason = _words(_("Wat wil je nu doen?"), required=True)


class QuestionForm(DeedForm):
    question = _words(_("Wat is je vraag?"), required=True)


class StoryForm(ShownForm, DeedForm):
    shown = ("title", "body")
    title = LineField(label=_("Een korte titel"), longest=120)
    body = _words(
        _("Wat bracht het?"),
        rows=8,
        required=True,
        help_text=_("Vertel het zoals je praat. Een paar zinnen is genoeg."),
    )
    agrees = forms.TypedChoiceField(
        label=_("Mogen anderen dit lezen?"), choices=YES_NO, coerce=yes_or_no, widget=ChoiceCards()
    )

    def will_be_shown(self, fields: dict[str, Any]) -> bool:
        return bool(fields.get("agrees"))


class JoinForm(HumanForm, DeedForm, ReachFields):
    """
    Joining as an initiator. The address is the one that was invited.

    What is public now needs an explicit yes or no of the newcomer; without anything public it is not asked (R4).
    """

    agrees = forms.TypedChoiceField(
        label=_("Mag de pagina ook met jou erbij openbaar blijven?"),
        help_text=_("Zeg je nee? Dan halen we hem van internet. Later ja zeggen kan altijd."),
        choices=YES_NO,
        coerce=yes_or_no,
        widget=ChoiceCards(),
    )
    field_order = ["agrees"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        _ask_what_shows(self)

    def as_it_is(self) -> dict[str, Any]:
        asked = self.about
        channel, language = User.Channel.EMAIL, get_language()
        return {"name": asked.name, "phone": asked.phone, "preferred_channel": channel, "language": language}

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        # The address is the one that was invited: nobody joins with another.
        who = replace(who_of(fields), email=self.about.email)
        return {**fields, "who": who}


class RefuseForm(HumanForm, DeedForm):
    """Only a button, for someone without an account."""


class AnswerForm(DeedForm, ReachFields):
    """What someone who was called answered to an invitation, written down at work (R10)."""

    answer = forms.ChoiceField(
        label=_("Wat was het antwoord?"),
        choices=[("yes", _("Ja, ik doe mee")), ("no", _("Nee, liever niet"))],
        widget=ChoiceCards(),
    )
    through = forms.ChoiceField(label=_("Hoe is dit gezegd?"), choices=SAID_THROUGH, widget=ChoiceCards())
    agrees = forms.TypedChoiceField(
        label=_("Mag wat nu openbaar is, openbaar blijven met diegene erbij?"),
        choices=YES_NO,
        coerce=yes_or_no,
        widget=ChoiceCards(),
    )
    field_order = ["answer", "through", "agrees"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_what_shows(self)

    def as_it_is(self) -> dict[str, Any]:
        asked = self.about
        channel = User.Channel.PHONE
        return {"name": asked.name, "phone": asked.phone, "preferred_channel": channel, "language": "nl"}

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        who = who_of(fields)
        return {**fields, "who": who}


def _ask_what_shows(form: DeedForm) -> None:
    """Ask for a yes to what everyone sees now, and only when there is something (R4)."""
    if not shows_something(form.about.initiative):
        del form.fields["agrees"]


class OwnerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of the present initiators."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Initiator.objects.none(), empty_label=None, widget=ChoiceCards(), **kwargs)

    def offer(self, initiative: Initiative) -> None:
        self.queryset = initiative.initiators.current().order_by("joined_at", "pk")


class ToldForm(StoryForm):
    """A story someone tells, written down at work (R10)."""

    initiator = OwnerChoice(label=_("Wie vertelt het?"))
    through = forms.ChoiceField(label=_("Hoe is het verteld?"), choices=SAID_THROUGH, widget=ChoiceCards())
    field_order = ["initiator", "through"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiator"].offer(self.about)  # type: ignore[attr-defined]


class JoinAnswerForm(DeedForm):
    """Yes or no to going on with another idea."""

    agrees = forms.TypedChoiceField(
        label=_("Willen jullie samen verder?"),
        choices=[("yes", _("Ja, samen verder")), ("no", _("Nee, liever niet"))],
        coerce=yes_or_no,
        widget=ChoiceCards(),
    )


class OwnJoinAnswerForm(JoinAnswerForm):
    """The same, that whoever said yes can still change."""

    def as_it_is(self) -> dict[str, Any]:
        joining = joining_of(self.about)
        said = joining is not None and any(one.user_id in self.by.identities for one in joining.agreed)
        return {"agrees": "yes"} if said else {}


class WrittenJoinAnswerForm(JoinAnswerForm):
    """The same, said on the phone or on paper and written down at work (R10)."""

    initiator = OwnerChoice(label=_("Wie zei het?"))
    through = forms.ChoiceField(label=_("Hoe is dit gezegd?"), choices=SAID_THROUGH, widget=ChoiceCards())
    field_order = ["initiator", "agrees", "through"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiator"].offer(self.about)  # type: ignore[attr-defined]


class RecordConsentForm(DeedForm):
    """A yes or a no that an initiator said on the phone or on paper (R10)."""

    initiator = OwnerChoice(label=_("Wie zei het?"))
    story: "forms.ModelChoiceField[EffectStory]" = forms.ModelChoiceField(
        label=_("Waarover?"), queryset=None, required=False, empty_label=_("De openbare pagina"), widget=ChoiceCards()
    )
    agrees = forms.TypedChoiceField(
        label=_("Mag het openbaar zijn?"), choices=YES_NO, coerce=yes_or_no, widget=ChoiceCards()
    )
    through = forms.ChoiceField(label=_("Hoe is dit gezegd?"), choices=SAID_THROUGH, widget=ChoiceCards())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiator"].offer(self.about)  # type: ignore[attr-defined]
        stories = self.about.stories.filter(taken_back_at=None).order_by("-told_at")
        self.fields["story"].queryset = stories  # type: ignore[attr-defined]
